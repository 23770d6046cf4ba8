"""Small pictures inside files: found through them, and never more believed than shown."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from provenance import Claim, Desk, Stated, read_date
from provenance.demo.alteration import jpeg, mirror, resize
from provenance.demo.drawing import draw
from provenance.earlier import _is_chance, _least_votes
from provenance.examine import IMPORTS, in_worker
from provenance.guard import Guard
from provenance.models import Candidate, Comparison, FindingKind, Outcome, Proof, Relation, Strength
from provenance.proving import LEAST_VOTES

CLAIM = Claim(date=read_date("2023-10-23").date)
STATED = Stated(date="2019", source="agency")


@pytest.fixture(scope="module")
def whole() -> np.ndarray:
    return draw(7, "street", (960, 640))


@pytest.fixture(scope="module")
def other() -> np.ndarray:
    return draw(31, "drone", (900, 600))


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    """Workers that every test shares: to start them costs more than to use them."""
    with Guard(in_worker, imports=IMPORTS, workers=1) as guard:
        yield guard


@pytest.fixture
def desk(tmp_path: Path, guard: Guard) -> Iterator[Desk]:
    with Desk(tmp_path / "archive.db", create=True) as desk:
        desk.__dict__["guard"] = guard
        yield desk


def with_thumbnail(picture: bytes, thumbnail: bytes) -> bytes:
    """The JPEG with EXIF whose second directory holds a thumbnail."""
    head = b"MM\0*" + struct.pack(">I", 8)
    first = struct.pack(">H", 0) + struct.pack(">I", 14)
    tags = [(0x0201, 14 + 2 + 2 * 12 + 4), (0x0202, len(thumbnail))]
    second = struct.pack(">H", 2) + b"".join(struct.pack(">HHII", t, 4, 1, v) for t, v in tags)
    body = b"Exif\0\0" + head + first + second + bytes(4) + thumbnail
    segment = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    return picture[:2] + segment + picture[2:]


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def small(picture: np.ndarray, side: int = 320) -> bytes:
    return jpeg(resize(picture, side / picture.shape[1]), 85)


def left(picture: np.ndarray) -> np.ndarray:
    return picture[:, : int(picture.shape[1] * 0.45)].copy()


def right(picture: np.ndarray) -> np.ndarray:
    return picture[:, picture.shape[1] // 2 :].copy()


def test_a_thumbnail_that_equals_its_picture_brings_nothing(desk, whole, tmp_path: Path) -> None:
    data = with_thumbnail(jpeg(whole), small(whole, 160))
    list(desk.add([saved(tmp_path, "a.jpg", data)], STATED))
    assert desk.archive.earlier_kinds() == ()


def test_a_planted_thumbnail_is_an_indication_at_most(desk, whole, other, tmp_path: Path) -> None:
    """Anybody can put an old picture into the file of a new one."""
    list(desk.add([saved(tmp_path, "old.jpg", jpeg(whole))], STATED))
    asked = saved(tmp_path, "new.jpg", with_thumbnail(jpeg(other), small(whole)))
    (checked,) = desk.check([asked], CLAIM)
    (match,) = checked.record["matches"]
    assert match["through"] == {"query": "exif_thumbnail", "archive": None, "proved": False}
    assert match["region"] is None
    assert {s["strength"] for s in match["sightings"]} <= {"indication", "none"}
    assert checked.finding.kind is FindingKind.SEEN
    assert checked.finding.reason == "date_not_supported"
    assert "The file carries a small picture (EXIF)" in checked.finding.sentence
    assert "is not shown" in checked.finding.sentence
    told = " ".join(checked.record["metadata"]["contradictions"])
    assert "does not look like the picture itself" in told


def test_without_its_thumbnail_the_same_picture_is_not_found(
    desk, whole, other, tmp_path: Path
) -> None:
    list(desk.add([saved(tmp_path, "old.jpg", jpeg(whole))], STATED))
    (found,) = desk.lookup([saved(tmp_path, "new.jpg", jpeg(other))])
    assert found.outcome is Outcome.NOT_IN_ARCHIVE


def test_an_archived_crop_is_found_by_what_its_thumbnail_still_shows(
    desk, whole, tmp_path: Path
) -> None:
    """The archive has the right half, cropped from a whole that its thumbnail shows."""
    archived = with_thumbnail(jpeg(right(whole)), small(whole, 480))
    list(desk.add([saved(tmp_path, "right.jpg", archived)], STATED))
    assert desk.archive.earlier_kinds() == ("earlier1.",)
    (checked,) = desk.check([saved(tmp_path, "left.jpg", jpeg(left(whole)))], CLAIM)
    (match,) = checked.record["matches"]
    assert match["relation"] == Relation.SAME_PICTURE
    assert match["through"] == {"query": None, "archive": "exif_thumbnail", "proved": True}
    assert match["proof"]["pixels_compared"]
    assert checked.finding.kind is FindingKind.SEEN_BEFORE_CLAIM
    assert checked.finding.support is not None
    assert checked.finding.support.strength is Strength.REPORTED
    assert "The archived file carries a small earlier picture of itself" in checked.finding.sentence


def test_the_query_s_own_thumbnail_is_looked_up(desk, whole, tmp_path: Path) -> None:
    """The query is the right half; its thumbnail shows the whole, of which we hold the left."""
    list(desk.add([saved(tmp_path, "left.jpg", jpeg(left(whole)))], STATED))
    asked = with_thumbnail(jpeg(right(whole)), small(whole, 480))
    (checked,) = desk.check([saved(tmp_path, "right.jpg", asked)], CLAIM)
    (match,) = checked.record["matches"]
    assert match["through"] == {"query": "exif_thumbnail", "archive": None, "proved": True}
    assert checked.finding.kind is FindingKind.SEEN_BEFORE_CLAIM
    assert "The file carries a small earlier picture of itself" in checked.finding.sentence


def test_two_halves_meet_in_their_mirrored_thumbnails(desk, whole, tmp_path: Path) -> None:
    archived = with_thumbnail(jpeg(right(whole)), small(whole, 480))
    list(desk.add([saved(tmp_path, "right.jpg", archived)], STATED))
    asked = with_thumbnail(jpeg(mirror(left(whole))), small(mirror(whole), 480))
    (found,) = desk.lookup([saved(tmp_path, "left.jpg", asked)])
    (match,) = found.matches
    assert match.comparison.earlier is not None


def test_dropped_pixels_and_erased_pictures_take_their_small_pictures_along(
    desk, whole, tmp_path: Path
) -> None:
    archived = with_thumbnail(jpeg(right(whole)), small(whole, 480))
    (added,) = desk.add([saved(tmp_path, "right.jpg", archived)], STATED)
    asked = saved(tmp_path, "left.jpg", jpeg(left(whole)))
    desk.drop_pixels(str(added.picture), "too cruel to keep")
    assert desk.archive.earlier_material(added.picture, "earlier1.") is None
    (found,) = desk.lookup([asked])
    assert found.matches == ()
    desk.forget(str(added.picture), "asked")
    assert desk.archive.earlier_kinds() == ()


def test_adding_a_file_again_brings_what_an_older_program_left_out(
    desk, whole, tmp_path: Path
) -> None:
    path = saved(tmp_path, "right.jpg", with_thumbnail(jpeg(right(whole)), small(whole, 480)))
    (added,) = desk.add([path], STATED)
    connection = desk.archive._connection
    connection.execute("DELETE FROM _fingerprints WHERE kind LIKE 'earlier%'")
    connection.execute("DELETE FROM _earlier_states")
    connection.commit()
    list(desk.add([path], STATED))
    assert desk.archive.earlier_material(added.picture, "earlier1.") is not None
    (found,) = desk.lookup([saved(tmp_path, "left.jpg", jpeg(left(whole)))])
    assert found.outcome is Outcome.MATCHED


@pytest.mark.parametrize(
    ("inliers", "votes", "chance"), [(0, 3, False), (160, 9, True), (160, 10, False)]
)
def test_a_query_that_matches_well_proves_no_small_picture_by_a_few_votes(
    inliers: int, votes: int, chance: bool
) -> None:
    """Every picture gets some votes by chance; one near by its hash is proved all the same."""
    proof = Proof("geometry", inliers=inliers)
    known = [Comparison(Relation.SAME_PICTURE, proof, None, None, None)]
    least = _least_votes(known)
    assert _is_chance(Candidate(1, votes, {}, plain=True, mirrored=False), least) is chance
    near = Candidate(1, votes, {"pdq_v1": 12}, plain=True, mirrored=False)
    assert not _is_chance(near, least)


def test_without_a_match_three_votes_are_enough() -> None:
    assert _least_votes([]) == LEAST_VOTES
