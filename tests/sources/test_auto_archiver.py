from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.conformance.sources import check_source
from provenance.errors import MissingColumn, UnreadableTable
from provenance.fingerprint import parse_hash
from provenance.models import How, Means, Trust
from provenance.sources import entries
from provenance.sources.auto_archiver import AutoArchiver

from .conftest import PDQ, SHA
from .exports import SHEET, medium, metadata

SHORT = "f" * 61  # auto-archiver drops leading zeros


def sheet(tmp_path, *rows, name="sheet.csv"):
    (tmp_path / name).write_text("\n".join([SHEET, *rows]) + "\n", "utf-8")
    return name


def row(**cells: str) -> str:
    """A row of the sheet; columns by their first word."""
    names = "link status folder location date thumbnail upload title text screenshot hash pdq w r"
    given_ = {"link": "https://t.me/example/55", "status": "telethon: success"} | cells
    return ",".join(f'"{given_.get(name, "")}"' for name in names.split())


def document(tmp_path, said, name="metadata.json"):
    text = said if isinstance(said, str) else json.dumps(said, indent=4, ensure_ascii=False)
    (tmp_path / name).write_text(text, "utf-8")
    return name


def problems(found):
    return [(entry.row, entry.problem.reason) for entry in found if entry.problem]


# --------------------------------------------------------------------------- the sheet


def test_each_perceptual_hash_of_a_link_is_a_picture(tmp_path, draw):
    said = row(
        pdq=f"{PDQ},{SHORT}",
        upload="2023-10-23T14:00:00+00:00",
        date="2023-10-24T08:00:00+00:00",
        text="Smoke over the port",
    )
    first, second = draw(sheet(tmp_path, said))
    assert (first.pdq, second.pdq) == (PDQ, SHORT.rjust(64, "0"))
    assert first.name == f"pdq:{PDQ}"
    assert (first.row, second.row) == (1, 1)
    sighting = first.sighting
    assert (sighting.means, sighting.how) == (Means.POSTED, How.PLATFORM)
    assert (sighting.source, sighting.url) == ("t.me", "https://t.me/example/55")
    assert sighting.caption == "Smoke over the port"
    assert first.trust is sighting.trust is Trust.UNREVIEWED


def test_what_it_calls_utc_is_in_no_known_zone(tmp_path, draw):
    said = row(pdq=PDQ, upload="2023-10-23T14:00:00+00:00", date="2023-10-24T08:00:00+00:00")
    (entry,) = draw(sheet(tmp_path, said))
    for sighting in (entry.sighting, *entry.more):
        assert sighting.date.zone == "unknown"
    assert entry.sighting.date.earliest == datetime(2023, 10, 23, 0, 0, tzinfo=UTC)
    assert entry.sighting.date.latest == datetime(2023, 10, 24, 2, 0, tzinfo=UTC)


def test_the_time_of_archiving_is_a_crawl_of_the_page(tmp_path, draw):
    (entry,) = draw(sheet(tmp_path, row(pdq=PDQ, date="2023-10-24T08:00:00+00:00")))
    (archived,) = entry.more
    assert (archived.means, archived.how) == (Means.CRAWLED, How.CRAWL_RECORD)
    assert not archived.image_record
    assert entry.sighting.date is None


@pytest.mark.parametrize(
    ("location", "hash_", "pdq", "found"),
    [
        # The report about the link: its hash is no picture's.
        ("https://s3.example/x.html", f"SHA-256:{SHA}", PDQ, [(None, PDQ)]),
        ("https://s3.example/x.jpg", f"SHA-256:{SHA}", PDQ, [(SHA, PDQ)]),
        ("https://s3.example/x.jpg?sig=1", SHA.upper(), "", [(SHA, None)]),
        ("https://s3.example/x.jpg", f"SHA-256:{SHA}", f"{PDQ},{SHORT}",
         [(SHA, None), (None, PDQ), (None, SHORT.rjust(64, "0"))]),
        ("https://s3.example/x.jpg", f"SHA3-512:{SHA}{SHA}", PDQ, [(None, PDQ)]),
    ],
)  # fmt: skip
def test_the_hash_counts_where_it_is_that_of_a_picture(tmp_path, draw, location, hash_, pdq, found):
    drawn = draw(sheet(tmp_path, row(location=location, hash=hash_, pdq=pdq)))
    got = [(e.sha256 and e.sha256.lower(), e.pdq) for e in drawn]
    assert got == found


def test_every_row_has_its_line(tmp_path, draw):
    found = draw(
        sheet(
            tmp_path,
            row(pdq=PDQ),
            row(status="Archive failed"),
            row(pdq="1.2E+63"),
            row(pdq="0"),
            row(pdq=PDQ, upload="some day"),
            row(pdq=f"{PDQ},x"),
            row(pdq=PDQ, upload="May 2021"),
        )
    )
    assert problems(found) == [
        (2, "no_picture"),
        (3, "malformed_hash"),
        (4, "malformed_hash"),
        (5, "unreadable_date"),
        (6, "malformed_hash"),
    ]
    assert [e.row for e in found if e.pdq] == [1, 6, 7]
    assert "(archive status: Archive failed)" in str(found[1].problem)
    assert found[-1].sighting.date.text == "2021-05"


def test_a_table_with_other_columns_is_a_table(tmp_path, draw):
    (tmp_path / "t.csv").write_text(f"link,pdq\nx,{PDQ}\n")
    assert draw("t.csv")[0].trust is Trust.OWN


# ----------------------------------------------------------------------- metadata.json


def test_the_media_of_one_link(tmp_path, draw):
    film = medium("b.mp4", "video/mp4", thumbnails=[medium("frame1.jpg", pdq_hash=SHORT)])
    said = metadata(
        medium("a.jpg", hash=f"SHA-256:{SHA}", pdq_hash=PDQ),
        film,
        medium("s.png", id="screenshot_1", pdq_hash=PDQ),
        medium("report.html", "text/html", id="_final_media", hash=f"SHA-256:{SHA}"),
    )
    first, frame = draw(document(tmp_path, said))
    assert (first.sha256, first.pdq, first.path) == (SHA, PDQ, None)
    assert frame.pdq == SHORT.rjust(64, "0")
    assert first.sighting.date.text == "2023-10-23T14:00:00"
    assert (first.sighting.source, first.sighting.url) == ("t.me", "https://t.me/example/55")
    assert first.sighting.caption == "Smoke over the port"
    assert "/srv/" not in f"{first}{frame}"


def test_with_its_hash_the_time_of_archiving_is_a_record_of_the_picture_itself(tmp_path, draw):
    said = metadata(medium("a.jpg", hash=f"SHA-256:{SHA}"), medium("b.jpg", pdq_hash=PDQ))
    first, second = draw(document(tmp_path, said))
    assert [each.more[0].image_record for each in (first, second)] == [True, False]
    assert first.more[0].date.text == "2023-10-24T08:00:01"
    assert first.more[0].date.zone == "unknown"


def test_a_picture_that_lies_beside_is_taken_as_a_file(tmp_path, draw):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.jpg").touch()
    document(tmp_path, metadata(medium("a.jpg", hash=f"SHA-256:{SHA}")), "out/metadata.json")
    (entry,) = draw("out/metadata.json")
    assert (entry.name, entry.sha256) == ("out/a.jpg", None)
    assert entry.path


def test_media_without_a_hash_that_can_be_used_have_their_line(tmp_path, draw):
    said = metadata(
        medium("a.jpg", hash=f"SHA3-512:{SHA}{SHA}"), medium("b.jpg"), medium("c.jpg", pdq_hash=PDQ)
    )
    found = draw(document(tmp_path, said))
    assert problems(found) == [(None, "no_picture"), (None, "no_picture")]
    assert found[-1].pdq == PDQ


@pytest.mark.parametrize(
    "text",
    [
        '{"status": "x", "metadata": {"a": ',
        '{"status": "x", "metadata": ' + "[" * 200_000,
        '{"status": "x", "metadata": "' + "x" * (9 << 20) + '"}',
    ],
)
def test_a_broken_document_is_one_line(tmp_path, draw, text):
    (entry,) = draw(document(tmp_path, text))
    assert entry.problem.reason == "malformed_export"


@pytest.mark.parametrize("said", [None, [], "x", 7, {"url": 7, "timestamp": []}])
def test_what_is_no_metadata_dates_nothing(tmp_path, draw, said):
    text = {"status": "x", "metadata": said, "media": [medium("a.jpg", pdq_hash=PDQ), None, 7]}
    (entry,) = draw(document(tmp_path, text))
    assert entry.sighting.date is None
    assert entry.sighting.url is None


def test_another_json_is_no_metadata(tmp_path, draw):
    (entry,) = draw(document(tmp_path, '{"state": 1}', "x.json"))
    assert entry.problem.reason == "unsupported_source"


def test_the_kit(tmp_path):
    sheet(tmp_path, row(pdq=f"{PDQ},{SHORT}"), row(), row(pdq="zz"))
    document(tmp_path, metadata(medium("a.jpg", pdq_hash=PDQ), medium("b.jpg")))
    check_source(AutoArchiver(), str(tmp_path / "sheet.csv"))
    check_source(AutoArchiver(), str(tmp_path / "metadata.json"))


@given(st.integers(0, 10_000), st.binary(max_size=30), st.integers(0, 60))
def test_mutated_files_never_crash(tmp_path_factory, at, noise, cut):
    folder = tmp_path_factory.mktemp("aa")
    document(folder, metadata(medium("a.jpg", hash=f"SHA-256:{SHA}", pdq_hash=PDQ)))
    sheet(folder, row(pdq=PDQ, upload="2023-10-23T14:00:00"), row(pdq=SHORT))
    for name in ("metadata.json", "sheet.csv"):
        raw = (folder / name).read_bytes()
        at %= len(raw)
        (folder / name).write_bytes(raw[:at] + noise + raw[at + cut :])
        # A sheet whose header is destroyed is a table without a column for pictures.
        with contextlib.suppress(MissingColumn, UnreadableTable):
            list(entries([str(folder / name)], parse_hash=parse_hash))
