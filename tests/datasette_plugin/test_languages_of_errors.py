"""What goes wrong is told in the reader's language, not only in English."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from provenance.wording import LANGUAGES

OURS = "/-/provenance/"
FORM = {"content-type": "application/x-www-form-urlencoded"}
OTHERS = [lang for lang in LANGUAGES if lang != "en"]

ASKED: dict[str, tuple[int, str, str]] = {
    "no such page": (404, "GET", "nowhere"),
    "no such check": (404, "GET", "checks/999"),
    "no such picture": (404, "GET", "pictures/999"),
    "no such match": (404, "GET", "checks/1/compare/999"),
    "no preview": (404, "GET", "checks/999/thumbnail"),
    "no such file of ours": (404, "GET", "static/nothing.css"),
    "no such archive": (404, "GET", "checks?archive=nothing"),
    "wrong method": (405, "POST", "coverage"),
    "no form": (400, "POST", "check"),
    "no hash": (400, "POST", "lookup"),
    "token": (403, "POST", "name"),
}


def told(browser: Any, case: str, lang: str) -> tuple[int, str]:
    status, method, path = ASKED[case]
    headers = {"cookie": f"provenance_lang={lang}", "accept-language": lang}
    if method == "POST":
        cross = case == "token"
        body = "by=Anna" if cross else "hash=xyz"
        kind = "text/plain" if case == "no form" else FORM["content-type"]
        browsed = {"sec-fetch-site": "same-origin"} if cross else {}
        sent = {"accept-language": lang, **browsed, "content-type": kind}
        answer = browser.post(f"{OURS}{path}", content=body, headers=sent)
    else:
        answer = browser.get(f"{OURS}{path}", headers=headers)
    assert answer.status_code == status, answer.text[:500]
    found = re.search(r"<main[^>]*>(.*?)</main>", answer.text, re.DOTALL)
    text = found[1] if found else answer.text
    return answer.status_code, re.sub(r"<[^>]+>|\s+", " ", text)


@pytest.mark.parametrize("case", ASKED)
def test_it_is_said_in_every_language(reader: Any, case: str) -> None:
    said = {lang: told(reader, case, lang)[1] for lang in LANGUAGES}
    assert len(set(said.values())) == len(LANGUAGES), said
    assert re.search("[\u0600-\u06ff]{3}", said["ar"])
    assert "This did not work" not in "".join(said[lang] for lang in OTHERS)


@pytest.mark.parametrize("lang", OTHERS)
def test_a_date_nobody_can_read(reader: Any, lang: str) -> None:
    page = reader.get(f"{OURS}check?lang={lang}")
    token = re.search(r'name="token" value="([^"]+)"', page.text)
    assert token
    cookies = "; ".join(each.partition(";")[0] for each in page.headers.get_list("set-cookie"))
    fields = {"token": token[1], "claim_date": "yesterday, I think"}
    headers = {"cookie": cookies, "sec-fetch-site": "same-origin"}
    answer = reader.post(f"{OURS}check?lang={lang}", data=fields, headers=headers)
    assert answer.status_code == 400
    wrong = re.findall(r'<p class="wrong"[^>]*>(.*?)</p>', answer.text)
    assert len(wrong) == 2  # the date, and that there is no picture
    assert "yesterday, I think" in wrong[1] + wrong[0]
    assert "no date" not in answer.text
    assert "Write it as" not in answer.text


@pytest.mark.parametrize("lang", OTHERS)
def test_another_host(reader: Any, lang: str) -> None:
    headers = {"host": "evil.example", "accept-language": lang}
    answer = reader.get(f"{OURS}checks", headers=headers)
    assert answer.status_code == 421
    assert "is not served" not in answer.text
    assert f'lang="{lang}"' in answer.text


@pytest.mark.parametrize("lang", OTHERS)
def test_what_cannot_be_decided(archive: Path, browse: Any, lang: str) -> None:
    browser = browse(archive)
    sent = {"decision": "not_same", "why": "w", "by": "Anna", "picture": "999"}
    answer = browser.post(f"{OURS}checks/1/review.json?lang={lang}", data=sent)
    assert answer.status_code == 400
    assert "no match" not in answer.json()["error"]
    assert answer.json()["error"]
