"""Pictures given by their address on the web, through the real command and a real server."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.demo.story import Story


class Web(http.server.ThreadingHTTPServer):
    """Serves a folder; ``asked`` holds the paths that somebody asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Request)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"


class _Request(http.server.SimpleHTTPRequestHandler):
    server: Web

    def __init__(self, *arguments, **named) -> None:
        super().__init__(*arguments, directory=str(arguments[2].folder), **named)

    def log_request(self, *_answer) -> None:
        self.server.asked.append(self.path)

    def log_message(self, format, *arguments) -> None:  # noqa: A002 - the library's word
        pass


@pytest.fixture
def web(written_story: Story) -> Iterator[Web]:
    with Web(written_story.folder) as web:
        thread = threading.Thread(target=web.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield web
        web.shutdown()
        thread.join()


@pytest.fixture
def photo(written_story: Story) -> str:
    return f"archive/{min((written_story.folder / 'archive').glob('*.jpg')).name}"


def test_add_lookup_and_check_by_address(run, web: Web, photo: str) -> None:
    url = web.url(photo) + "?width=1000&v=20200101"
    stated = ("--date", "2019", "--source", "Example Agency")
    (added,) = run("add", url, *stated, "--allow-private", "--nl").lines()
    assert (added["outcome"], added["input"]["name"]) == ("added", url)

    (found,) = run("lookup", url, "--allow-private", "--nl").lines()
    assert found["outcome"] == "matched"
    assert found["matches"][0]["relation"] == "identical_file"
    sightings = found["matches"][0]["sightings"]
    # What was stated, and that it is here; nothing from headers or from the address.
    stated_one = next(s for s in sightings if s["how"] == "stated")
    assert (stated_one["date"], stated_one["url"]) == ("2019", url)
    assert {s["means"] for s in sightings} == {"published", "held"}

    claim = ("--claim-date", "2023-10-23", "--allow-private", "--nl")
    (checked,) = run("check", url, *claim).lines()
    assert checked["finding"]["kind"] == "seen_before_claim"
    assert checked["query"]["name"] == url
    assert web.asked == [f"/{photo}?width=1000&v=20200101"] * 3


def test_a_private_address_is_refused_and_not_even_asked(run, web: Web, photo: str) -> None:
    done = run("add", web.url(photo), "--nl")
    assert done.code == 1
    (line,) = done.lines()
    assert (line["outcome"], line["reason"]) == ("refused", "fetch_refused")
    assert "--allow-private" in line["detail"]
    assert web.asked == []


def test_every_row_of_a_table_of_addresses_has_its_line(
    run, web: Web, photo: str, tmp_path: Path, written_story: Story
) -> None:
    table = tmp_path / "table.csv"
    local = written_story.folder / photo
    rows = [
        f"{web.url(photo)},,2019",
        f"{web.url('archive/gone.jpg')},,2019",
        f",{web.url('archive/')},2019",
        f"{local},https://example.com/page,2018",
        f",{web.url(photo)},2020",
    ]
    table.write_text("path,url,date\n" + "\n".join(rows) + "\n")

    refused = run("add", table, "--allow-private", "--nl")
    assert [line["reason"] for line in refused.lines()] == [
        *["fetch_refused"] * 3,
        None,
        "fetch_refused",
    ]
    assert web.asked == []

    done = run("add", table, "--fetch", "--allow-private", "--nl")
    assert done.code == 1
    lines = done.lines()
    assert [line["input"]["row"] for line in lines] == [1, 2, 3, 4, 5]
    assert [line["reason"] for line in lines] == [None, "fetch_failed", "not_image", None, None]
    assert [line["outcome"] for line in lines][3] == "known"
    assert len({line["picture"] for line in lines if line["picture"]}) == 1
    again = run("add", table, "--fetch", "--allow-private", "--nl").lines()
    assert [line["outcome"] for line in again] == ["known", "refused", "refused", "known", "known"]


def test_a_checked_picture_that_is_kept_keeps_its_address(
    run, web: Web, photo: str, filled_archive: Path, archive: Path
) -> None:
    archive.write_bytes(filled_archive.read_bytes())
    new = web.folder / "new.jpg"
    new.write_bytes((web.folder / photo).read_bytes() + b"\0")
    names = f"{web.url('new.jpg')}\n{web.url('nothing.jpg')}\n"
    done = run(
        "check", "-", "--keep", "--claim-date", "2023", "--allow-private", "--nl", stdin=names
    )
    new.unlink()
    first, second = done.lines()
    assert first["finding"]["kind"] == "seen_before_claim"
    assert (second["outcome"], second["reason"]) == ("unreadable", "fetch_failed")
    (shown,) = run("show", first["query"]["sha256"], "--json").json()
    assert web.url("new.jpg") in [sighting["url"] for sighting in shown["sightings"]]
    assert {s["strength"] for s in shown["sightings"] if s["url"]} <= {"indication", "none"}
