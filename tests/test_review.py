"""People decide: seen at once everywhere, undone without a trace, never silently contradicted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile, rmtree

import numpy as np
import pytest
from PIL import Image

from provenance import (
    Claim,
    Decision,
    Desk,
    NewReview,
    ProvenanceError,
    Rating,
    Stated,
    UsageError,
    read_date,
)
from provenance.demo.alteration import jpeg, mirror
from provenance.demo.drawing import draw
from provenance.errors import AlreadyDecided, NobodyNamed, StaleReview, UnknownName
from provenance.report.text import check_text, lookup_text, reviewed_text

CLAIM = Claim(date=read_date("2023-10-23").date, text="Smoke over the harbour")
OTHER = Claim(date=read_date("2024-01-05").date)
WIRE = Stated(date="2019", source="wire", collection="wire")
NOT_SAME = NewReview(Decision.NOT_SAME, "another day, other cars")
NO_OBJECTION = NewReview(Decision.NO_OBJECTION, "marked as an archive photo")
CONFIRMED = NewReview(Decision.CONFIRMED, "compared side by side")

Make = Callable[..., Desk]


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.fixture(scope="module")
def drawn() -> np.ndarray:
    return draw(7, "street", (480, 320))


@pytest.fixture(scope="module")
def checked_once(tmp_path_factory: pytest.TempPathFactory, drawn: np.ndarray) -> Path:
    """A folder with a picture, a copy of it, and an archive in which the copy was checked."""
    folder = tmp_path_factory.mktemp("checked")
    picture = saved(folder / "archived.jpg", jpeg(drawn))
    copy = saved(folder / "copy.jpg", jpeg(mirror(drawn), 70))
    with Desk(folder / "archive.db", create=True, actor="Adler") as desk:
        list(desk.add([picture], WIRE))
        (checked,) = desk.check([copy], CLAIM)
        assert (checked.number, checked.finding.kind) == (1, "seen_before_claim")
    return folder


@pytest.fixture
def at_desk(tmp_path: Path, checked_once: Path) -> Iterator[Make]:
    """Desks of several people at one archive."""
    copyfile(checked_once / "archive.db", tmp_path / "archive.db")
    opened: list[Desk] = []

    def open_desk(actor: str | None = "Adler") -> Desk:
        opened.append(Desk(tmp_path / "archive.db", actor=actor))
        return opened[-1]

    yield open_desk
    for desk in opened:
        desk.close()


@pytest.fixture
def adler(at_desk: Make) -> Desk:
    return at_desk()


@pytest.fixture
def picture(checked_once: Path) -> Path:
    return checked_once / "archived.jpg"


@pytest.fixture
def copy(checked_once: Path) -> Path:
    return checked_once / "copy.jpg"


@pytest.fixture
def number() -> int:
    return 1


def test_a_rejected_pair_is_no_match_any_more(adler: Desk, copy: Path, number: int) -> None:
    (under_another_claim,) = adler.check([copy], OTHER)
    adler.review(number, NOT_SAME)
    for check in (number, under_another_claim.number):
        record = adler.archive.check(check)
        assert (record["finding"]["kind"], record["matches"]) == ("not_in_archive", [])
        (scene,) = record["similar_scenes"]
        assert (scene["relation"], scene["proved_as"]) == ("similar_scene", "same_picture")
        (decision,) = scene["decisions"]
        assert (decision["by"], decision["why"]) == ("Adler", "another day, other cars")
        assert not record["review"]["flagged"]
    (found,) = adler.lookup([copy])
    assert (found.outcome, found.matches) == ("not_in_archive", ())
    (again,) = adler.check([copy], CLAIM)
    assert again.record == adler.archive.check(number)
    shown = " ".join(lookup_text(adler.record(found)).split())
    assert "Adler" in shown
    assert "picture 1: not the same picture. “another day, other cars”" in shown
    assert adler.archive.verify_chain().whole


def test_undo_brings_the_very_same_answer_back(adler: Desk, copy: Path, number: int) -> None:
    before = adler.archive.check(number)
    for decision in (NOT_SAME, NO_OBJECTION, CONFIRMED):
        adler.review(number, decision)
        assert adler.archive.check(number) != before
        adler.take_back(number, "wrong line")
        assert adler.archive.check(number) == before
    (again,) = adler.check([copy], CLAIM)
    assert again.record == before


def test_the_regions_of_a_collage_come_back(adler: Desk, tmp_path: Path, drawn: np.ndarray) -> None:
    other = draw(9, "harbour", (480, 320))
    desk = adler
    list(desk.add([saved(tmp_path / "b.jpg", jpeg(other))], WIRE))
    collage = saved(tmp_path / "collage.jpg", jpeg(np.hstack([drawn, other])))
    (checked,) = desk.check([collage], CLAIM)
    assert checked.finding.kind == "parts"
    for picture in (1, 2):
        desk.review(checked.number, NewReview(Decision.NOT_SAME, "no", picture=picture))
        record = desk.archive.check(checked.number)
        assert [m["picture"] for m in record["matches"]] == [3 - picture]
        assert record["finding"]["kind"] == "seen_before_claim"
        desk.take_back(checked.number, "wrong line")
        assert desk.archive.check(checked.number) == checked.record


def test_no_objection_takes_the_flag_and_leaves_the_match(
    adler: Desk, copy: Path, number: int
) -> None:
    assert adler.archive.check(number)["review"]["flagged"]
    (other,) = adler.check([copy], OTHER)
    adler.review(number, NO_OBJECTION)
    record = adler.archive.check(number)
    assert record["finding"]["kind"] == "seen_before_claim"
    assert [m["picture"] for m in record["matches"]] == [1]
    assert not record["review"]["flagged"]
    assert "Nobody who decided objects" in check_text(record)
    # It holds for this use of the picture, not for any other.
    assert adler.archive.check(other.number)["review"]["flagged"]
    (again,) = adler.check([copy], CLAIM)
    for key in ("finding", "matches", "review"):
        assert again.record[key] == record[key]


def test_a_match_that_comes_later_raises_the_flag_again(
    adler: Desk, copy: Path, number: int, tmp_path: Path, drawn: np.ndarray
) -> None:
    adler.review(number, NO_OBJECTION)
    twin = saved(tmp_path / "twin.jpg", jpeg(drawn, 60))
    list(adler.add([twin], Stated(date="2015", source="agency")))
    (again,) = adler.check([copy], CLAIM)
    assert len(again.record["matches"]) == 2
    assert again.record["review"]["flagged"]


def test_a_confirmed_sighting_is_documented_wherever_it_shows(
    adler: Desk, copy: Path, number: int
) -> None:
    before = adler.archive.check(number)
    (sighting,) = [s["id"] for s in before["matches"][0]["sightings"] if s["source"] == "wire"]
    assert before["finding"]["support"]["strength"] == "reported"
    adler.review(number, NewReview(Decision.SIGHTING_CONFIRMED, "seen", sighting=sighting))
    record = adler.archive.check(number)
    assert record["finding"]["support"]["strength"] == "documented"
    (fresh,) = adler.check([copy], OTHER)
    assert fresh.finding.support.strength == "documented"
    adler.take_back(number, "the wrong one")
    assert adler.archive.check(number) == before
    adler.review(number, NewReview(Decision.SIGHTING_REJECTED, "a typo", sighting=sighting))
    assert adler.archive.check(number)["finding"]["kind"] != "seen_before_claim"
    adler.archive._changed()
    assert adler.archive.coverage().earliest is None


def test_the_day_of_taking_in_is_no_opinion(adler: Desk, number: int) -> None:
    held = [s["id"] for s in adler.show("1")["sightings"] if s["means"] == "held"]
    with pytest.raises(UsageError, match="day of taking in"):
        adler.review(number, NewReview(Decision.SIGHTING_REJECTED, "x", sighting=held[0]))


def test_it_survives_a_new_index_and_coming_in_again(
    adler: Desk, at_desk: Make, copy: Path, picture: Path, number: int
) -> None:
    adler.review(number, NOT_SAME)
    rejected = adler.archive.check(number)
    adler.revoke("wire", "test")
    list(adler.add([picture], WIRE))
    adler.close()
    rmtree(f"{adler.path}.index", ignore_errors=True)
    fresh = at_desk()
    (again,) = fresh.check([copy], CLAIM)
    assert again.record["matches"] == []
    assert again.record["similar_scenes"] == rejected["similar_scenes"]


def test_a_near_copy_is_told_and_decided_by_people(
    adler: Desk, number: int, tmp_path: Path, drawn: np.ndarray
) -> None:
    adler.review(number, NOT_SAME)
    near = saved(tmp_path / "again.jpg", jpeg(mirror(drawn), 50))
    (checked,) = adler.check([near], CLAIM)
    (match,) = checked.record["matches"]
    assert checked.finding.kind == "seen_before_claim"
    assert [d["near"] for d in match["decisions"]] == [True]
    assert "For a nearly identical file" in check_text(checked.record)
    far = saved(tmp_path / "far.jpg", jpeg(drawn, 50))
    (other,) = adler.check([far], CLAIM)
    assert other.record["matches"][0]["decisions"] == []


def test_the_same_bytes_are_the_same_picture(adler: Desk, picture: Path) -> None:
    (checked,) = adler.check([picture], CLAIM)
    with pytest.raises(UsageError, match="byte for byte"):
        adler.review(checked.number, NOT_SAME)


# ---------------------------------------------------------------------------- two people


def test_a_colleague_is_overturned_only_with_a_word(
    adler: Desk, at_desk: Make, number: int
) -> None:
    beck = at_desk("Beck")
    adler.review(number, NOT_SAME)
    rejected = adler.archive.check(number)["finding"]
    with pytest.raises(AlreadyDecided, match=r"Adler: picture 1: not the same picture: another"):
        beck.review(number, CONFIRMED)
    with pytest.raises(UnknownName, match="of yours"):
        beck.take_back(number, "no")
    beck.review(number, CONFIRMED, overturn=True)
    assert adler.archive.check(number)["finding"]["kind"] == "seen_before_claim"
    with pytest.raises(AlreadyDecided, match="Beck"):
        adler.review(number, NOT_SAME)
    beck.take_back(number, "I was wrong")
    assert adler.archive.check(number)["finding"] == rejected
    beck.take_back(number, "it is the same", overturn=True)
    told = adler.reviews(number)["decisions"]
    assert [d["stands"] for d in told] == [False] * 4
    assert [d["by"] for d in told] == ["Adler", "Beck", "Beck", "Beck"]


def test_two_editors_see_each_other(adler: Desk, at_desk: Make, number: int) -> None:
    beck = at_desk("Beck")
    seen = beck.reviews(number)["state"]
    adler.review(number, NO_OBJECTION, on=seen)
    with pytest.raises(StaleReview, match=r"Adler: picture 1: .*no objection.*archive photo"):
        beck.review(number, NewReview(Decision.RATED, "x", rating=Rating.STAGED), on=seen)
    assert len(beck.reviews(number)["decisions"]) == 1
    now = beck.reviews(number)["state"]
    beck.review(number, NewReview(Decision.RATED, "x", rating=Rating.STAGED), on=now)
    # A note contradicts nobody.
    adler.review(number, NewReview(Decision.NOTED, "called the agency"))
    beck.review(number, NewReview(Decision.NOTED, "so did I"), on=beck.reviews(number)["state"])


def test_a_decision_on_the_file_makes_every_check_of_it_stale(
    adler: Desk, at_desk: Make, copy: Path, number: int
) -> None:
    (other,) = adler.check([copy], OTHER)
    seen = adler.reviews(other.number)["state"]
    at_desk("Beck").review(number, NOT_SAME)
    with pytest.raises(StaleReview, match="Beck"):
        adler.review(other.number, CONFIRMED, on=seen)


def test_who_and_why_are_needed(adler: Desk, at_desk: Make, number: int) -> None:
    with pytest.raises(NobodyNamed):
        at_desk(None).review(number, CONFIRMED)
    with pytest.raises(UsageError, match="with its reason"):
        adler.review(number, NewReview(Decision.CONFIRMED, "  "))
    with pytest.raises(UsageError, match="no match of check"):
        adler.review(number, NewReview(Decision.CONFIRMED, "x", picture=99))
    with pytest.raises(ProvenanceError, match="no check 77"):
        adler.review(77, CONFIRMED)
    assert adler.reviews(number)["decisions"] == []
    assert "Nobody has decided anything yet." in reviewed_text(adler.reviews(number))


def test_nothing_is_kept_of_a_decision_that_cannot_be_followed(adler: Desk, number: int) -> None:
    before = adler.archive.check(number)

    def fails(check: int) -> None:
        raise RuntimeError(check)

    with pytest.raises(RuntimeError):
        adler.archive.decide(number, NewReview(Decision.NOT_SAME, "x", picture=1), fails)
    assert adler.archive.check(number) == before
    assert adler.reviews(number)["decisions"] == []


# ------------------------------------------------------------------------------- erasing


def test_what_was_decided_goes_with_the_picture(adler: Desk, number: int) -> None:
    adler.review(number, NOT_SAME)
    adler.review(number, NewReview(Decision.NOTED, "a note that stays"))
    adler.forget("1", "asked for")
    assert [d.decision for d in adler.archive.reviews_of(number)] == ["noted"]
    held = adler.path.read_bytes()
    assert b"another day, other cars" not in held
    assert adler.archive.verify_chain().whole


def test_a_rejection_goes_with_the_last_check_of_its_file(
    adler: Desk, copy: Path, number: int
) -> None:
    (other,) = adler.check([copy], OTHER)
    adler.review(number, NOT_SAME)
    adler.review(number, NewReview(Decision.NOTED, "sent by mistake"))
    before = adler.archive.check(other.number)["finding"]
    adler.forget_check(number, "sent by mistake")
    (kept,) = adler.archive.reviews_of(other.number)
    assert (kept.check, kept.decision, kept.stands) == (other.number, "not_same", True)
    (again,) = adler.check([copy], OTHER)
    assert again.record["finding"] == before
    assert b"sent by mistake" not in adler.path.read_bytes().replace(
        b'"reason":"sent by mistake"', b""
    )
    adler.forget_check(other.number, "too")
    assert adler.archive._row("SELECT count(*) FROM reviews")[0] == 0


def test_a_confirmed_date_outlives_the_check_it_was_confirmed_on(
    adler: Desk, copy: Path, number: int
) -> None:
    (other,) = adler.check([copy], OTHER)
    (sighting,) = [s["id"] for s in adler.show("1")["sightings"] if s["source"] == "wire"]
    adler.review(number, NewReview(Decision.SIGHTING_CONFIRMED, "seen", sighting=sighting))
    sha256 = adler.archive.check(number)["query"]["sha256"]
    adler.forget_check(number, "x")
    (kept,) = adler.archive.reviews_of(other.number)
    assert (kept.check, kept.sighting) == (None, sighting)
    adler.forget_check(other.number, "x")
    assert sha256.encode() not in adler.path.read_bytes()
    (seen,) = [s for s in adler.show("1")["sightings"] if s["id"] == sighting]
    assert seen["confirmed"]


def test_a_rejected_match_explains_no_tile_of_a_collage(tmp_path: Path) -> None:
    """Two archived pictures fit one tile; the better one keeps the other from being looked for."""
    whole, other = draw(31, "street", (720, 480)), draw(32, "harbour", (720, 480))
    part = np.asarray(Image.fromarray(whole[150:270, 200:380]).resize((720, 480)))
    for number, pixels in enumerate((whole, part, other), 1):
        saved(tmp_path / f"{number}.jpg", jpeg(pixels))
    collage = saved(tmp_path / "collage.jpg", jpeg(np.vstack([whole, other]), 85))
    with Desk(tmp_path / "archive.db", create=True, actor="Adler") as desk:
        list(desk.add([tmp_path / f"{number}.jpg" for number in (1, 2, 3)], WIRE))
        (checked,) = desk.check([collage], CLAIM)
        assert {m["picture"] for m in checked.record["matches"]} == {1, 3}
        assert checked.number is not None
        desk.review(checked.number, NewReview(Decision.NOT_SAME, "another street", picture=1))
        (again,) = desk.check([collage], CLAIM)
        assert {m["picture"] for m in again.record["matches"]} == {2, 3}
        assert [m["picture"] for m in again.record["similar_scenes"]] == [1]
        assert again.record["finding"]["kind"] == "parts"
        assert len(again.record["parts"]) == 2
        desk.take_back(checked.number, "it is the street after all", picture=1)
        (undone,) = desk.check([collage], CLAIM)
        assert {m["picture"] for m in undone.record["matches"]} == {1, 3}
