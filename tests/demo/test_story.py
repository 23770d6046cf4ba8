import csv
from hashlib import sha256

import cv2
import numpy as np
import pytest

from provenance import dates
from provenance.demo import story


@pytest.fixture(scope="module")
def table(told):
    with told.table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_has_its_picture(told, table):
    assert all((told.folder / row["path"]).read_bytes()[:3] == b"\xff\xd8\xff" for row in table)
    assert len(table) == len(list((told.folder / "archive").iterdir()))


def test_the_archive_holds_what_the_story_needs(table):
    assert [(row["date"], row["source"]) for row in table[:2]] == [
        ("15 Nov 2019", story.AGENCY),
        ("2019", story.ARCHIVE),
    ]
    assert [row["date"] for row in table if row["caption"].startswith("Archivbild")] == [
        "April 2021"
    ]


def test_unrelated_pictures_span_the_years_2012_to_2022_in_three_sources(table):
    unrelated = table[2:-1]
    spans = [dates.read(row["date"]).date for row in unrelated]
    assert len(unrelated) >= 9
    assert {row["source"] for row in unrelated} == {story.AGENCY, story.OUTLET, story.ARCHIVE}
    assert (min(d.latest for d in spans).year, max(d.latest for d in spans).year) == (2012, 2022)


def test_the_claim_names_a_monday_and_no_date_is_read_differently_from_it():
    claimed = dates.read(story.CLAIM_DATE).date
    assert claimed.text == "2023-10-23"
    assert "Montag, dem 23. Oktober 2023" in story.CLAIM_TEXT


@pytest.mark.parametrize(
    ("row", "least", "most"),
    [(story.STRUCK_CAMP.row, 365 * 4 - 30, 365 * 4), (story.BURNING_ROOFS.row, 1389, 1389)],
)
def test_the_archived_dates_lie_as_far_before_the_claim_as_promised(row, least, most):
    archived, claimed = dates.read(row.date).date, dates.read(story.CLAIM_DATE).date
    assert least <= (claimed.earliest - archived.latest).days <= most


def test_copies_are_what_they_are_told_to_be(told):
    cut, mirrored, unseen = (_read(copy.path) for copy in told.copies)
    camp, roofs = (_read(told.folder / row.path) for row in list(story.rows())[:2])
    assert cut.shape[0] < camp.shape[0]
    assert cut.shape[1] < camp.shape[1]
    assert _likeness(mirrored[:, ::-1], roofs) > 0.97
    assert all(_likeness(unseen, _read(told.folder / row.path)) < 0.6 for row in story.rows())


def test_no_copy_is_the_very_file_of_the_archive(told, table):
    held = {sha256((told.folder / row["path"]).read_bytes()).digest() for row in table}
    assert not any(sha256(copy.path.read_bytes()).digest() in held for copy in told.copies)


def _read(path):
    return cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)


def _likeness(one, other):
    small = [
        cv2.resize(each, (64, 43), interpolation=cv2.INTER_AREA).ravel() for each in (one, other)
    ]
    return np.corrcoef(*small)[0, 1]
