"""Safe as it comes: hosts, headers, other sites, tokens, free SQL, downloads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

CLAIM = {"claim": "Strikes on two bases", "claim_date": "23 October 2023"}
CHECK = "/-/provenance/check"
BROWSER = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}


def picture(story: Path) -> dict[str, Any]:
    path = min((story / "circulating").iterdir())
    return {"image": (path.name, path.read_bytes(), "image/jpeg")}


def form_of(browser: Any) -> tuple[str, dict[str, str]]:
    page = browser.get(CHECK)
    token = re.search(r'name="token" value="([^"]+)"', page.text)
    cookie = re.search(r"provenance_visit=([^;]+)", str(page.headers.get("set-cookie")))
    assert token
    assert cookie
    return token[1], {**BROWSER, "cookie": f"provenance_visit={cookie[1]}"}


@pytest.mark.parametrize("path", ["/-/provenance/", "/archive", "/archive/pictures", "/nowhere"])
def test_headers_on_every_page(reader: Any, path: str) -> None:
    told = reader.get(path).headers
    policy = told["content-security-policy"]
    assert "script-src 'self';" in f"{policy};"
    assert "frame-ancestors 'none'" in policy
    assert told["x-content-type-options"] == "nosniff"
    assert told["x-frame-options"] == "DENY"
    if path.startswith("/-/provenance"):
        assert "unsafe-inline" not in policy
        assert "no-store" in told["cache-control"]


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", ""])
def test_another_host_is_refused(reader: Any, host: str) -> None:
    assert reader.get("/-/provenance/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8001", "127.0.0.1:9", "[::1]:8001"])
def test_this_machine_by_any_of_its_names(reader: Any, host: str) -> None:
    assert reader.get("/-/provenance/", headers={"host": host}).status_code == 200


def test_free_sql_and_download_are_off(reader: Any) -> None:
    for path in ("/archive?sql=select+1", "/archive.json?sql=select+1", "/archive.db"):
        answer = reader.get(path, follow_redirects=True)
        assert answer.status_code == 403, path


def test_a_form_with_its_token_is_taken(archive: Path, story: Path, browse: Any) -> None:
    browser = browse(archive)
    token, headers = form_of(browser)
    sent = {**CLAIM, "token": token}
    answer = browser.post(CHECK, data=sent, files=picture(story), headers=headers)
    assert answer.status_code == 303
    check = browser.get(f"{answer.headers['location']}.json").json()
    assert check["finding"]["kind"] == "seen_before_claim"
    assert check["claim"]["date"] == "2023-10-23"


@pytest.mark.parametrize("token", ["", "wrong", "InN0b2xlbiI.AAAA"])
def test_a_wrong_token_is_a_clear_answer(
    archive: Path, story: Path, browse: Any, token: str
) -> None:
    browser = browse(archive)
    _, headers = form_of(browser)
    answer = browser.post(
        CHECK, data={**CLAIM, "token": token}, files=picture(story), headers=headers
    )
    assert answer.status_code == 403
    assert "token" in answer.text


def test_a_post_from_another_site_is_refused(archive: Path, story: Path, browse: Any) -> None:
    browser = browse(archive)
    token, headers = form_of(browser)
    for foreign in ({"origin": "https://evil.example", "sec-fetch-site": "cross-site"},):
        answer = browser.post(
            CHECK,
            data={**CLAIM, "token": token},
            files=picture(story),
            headers={**headers, **foreign},
        )
        assert answer.status_code == 403
    assert len(browser.get("/-/provenance/checks.json").json()["checks"]) == 3


def test_what_cannot_be_read_is_said(archive: Path, browse: Any) -> None:
    browser = browse(archive)
    hostile = {"image": ("../../etc/x.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 500, "image/jpeg")}
    answer = browser.post(f"{CHECK}.json", data=CLAIM, files=hostile)
    (check,) = answer.json()["checks"]
    assert check["query"]["name"] == "x.jpg"
    assert check["finding"]["kind"] == "unreadable"


def test_too_large_is_said_and_nothing_is_looked_at(archive: Path, browse: Any) -> None:
    from provenance.datasette_plugin.uploads import FILE_BYTES

    browser = browse(archive)
    large = {"image": ("large.jpg", b"\xff" * (FILE_BYTES + 1), "image/jpeg")}
    answer = browser.post(f"{CHECK}.json", data=CLAIM, files=large)
    assert answer.status_code == 413
    assert answer.json()["refused"][0]["reason"] == "too_big"


def test_an_unreadable_date_is_said_beside_its_field(
    archive: Path, story: Path, browse: Any
) -> None:
    browser = browse(archive)
    sent = {"claim_date": "02/30", "claim": "kept as typed"}
    answer = browser.post(CHECK, data=sent, files=picture(story))
    assert answer.status_code == 400
    assert 'id="claim_date-wrong"' in answer.text
    assert "kept as typed" in answer.text


def test_a_stranger_through_a_proxy_may_look_but_not_write(
    archive: Path, story: Path, browse: Any
) -> None:
    browser = browse(archive)
    proxied = {"x-forwarded-for": "203.0.113.7"}
    assert browser.get("/-/provenance/checks", headers=proxied).status_code == 200
    assert browser.get(CHECK, headers=proxied).status_code == 403
    answer = browser.post(CHECK, data=CLAIM, files=picture(story), headers=proxied)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "body",
    [b"", b"--x\r\n", b"--x\r\nContent-Disposition: form-data; name=image; filename=a\r\n\r\nabc"],
)
def test_a_body_cut_off_is_refused(archive: Path, browse: Any, body: bytes) -> None:
    browser = browse(archive)
    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = browser.post(f"{CHECK}.json", content=body, headers=kind)
    assert answer.status_code == 400
    assert answer.json()["reason"] == "malformed_form"


def test_what_another_process_writes_is_seen_at_once(
    archive: Path, story: Path, browse: Any
) -> None:
    from provenance.desk import Desk
    from provenance.models import Claim

    browser = browse(archive)
    before = browser.get("/-/provenance/checks.json").json()["checks"]
    with Desk(archive, actor="watcher") as desk:
        (checked,) = desk.check([min((story / "circulating").iterdir())], Claim(text="another"))
        after = browser.get("/-/provenance/checks.json").json()["checks"]
    assert len(after) == len(before) + 1
    assert after[0]["check"] == checked.number
    assert after[0]["made_by"] == "watcher"


def test_text_of_strangers_stays_text(archive: Path, story: Path, browse: Any) -> None:
    payload = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
    browser = browse(archive)
    path = min((story / "circulating").iterdir())
    sent = {"claim": payload, "claim_place": payload, "claim_url": f"javascript:{payload}"}
    files = {"image": (f"{payload}.jpg", path.read_bytes(), "image/jpeg")}
    answer = browser.post(f"{CHECK}.json", data=sent, files=files)
    number = answer.json()["checks"][0]["check"]
    picture_number = answer.json()["checks"][0]["matches"][0]["picture"]
    for page in (
        "checks",
        f"checks/{number}",
        f"checks/{number}/compare/{picture_number}",
        f"pictures/{picture_number}",
    ):
        text = browser.get(f"/-/provenance/{page}").text
        assert "<script>alert" not in text, page
        assert "<img src=x" not in text, page
        assert 'href="javascript:' not in text, page
