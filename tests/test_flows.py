"""The flows over real rooms: what is known by hash, what a file says of itself, what is flat."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from provenance import Claim, Desk, Stated, read_date
from provenance.demo.alteration import crop, jpeg
from provenance.demo.drawing import draw
from provenance.models import FindingKind, How, Means, Outcome, Relation, Strength

CLAIM = Claim(date=read_date("2023-10-23").date)


@pytest.fixture(scope="module")
def drawn() -> np.ndarray:
    return draw(7, "street", (480, 320))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "archive.db", create=True) as desk:
        yield desk


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def with_exif(rgb: np.ndarray, taken: str) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = taken
    out = BytesIO()
    Image.fromarray(rgb).save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


# ------------------------------------------------------------------- known by hash alone


def test_a_picture_known_by_pdq_alone_is_matched_weakly(desk, drawn, tmp_path: Path) -> None:
    picture = saved(tmp_path, "a.jpg", jpeg(drawn))
    (query,) = (found.query for found in desk.lookup([picture]))
    table = tmp_path / "t.csv"
    table.write_text(f"pdq,date,source\n{query.pdq},2019,agency\n")
    (added,) = desk.add([table])
    assert added.new == ("picture", "sighting")
    (checked,) = desk.check([picture], CLAIM)
    (match,) = checked.looked.lookup.matches
    assert match.comparison.relation is Relation.SAME_PICTURE
    assert match.comparison.proof.method == "hash"
    assert checked.finding.kind is FindingKind.SEEN
    assert checked.finding.reason == "date_not_supported"
    strengths = {s["strength"] for s in checked.record["matches"][0]["sightings"]}
    assert strengths <= {Strength.INDICATION.value, Strength.NONE.value}


def test_a_picture_known_by_sha256_alone_is_the_same_file(desk, drawn, tmp_path: Path) -> None:
    picture = saved(tmp_path, "a.jpg", jpeg(drawn))
    (query,) = (found.query for found in desk.lookup([picture]))
    table = tmp_path / "t.csv"
    table.write_text(f"sha256,date,source\n{query.sha256},2019,agency\n")
    list(desk.add([table]))
    (checked,) = desk.check([picture], CLAIM)
    assert checked.looked.lookup.matches[0].comparison.relation is Relation.IDENTICAL_FILE
    assert checked.finding.kind is FindingKind.SEEN_BEFORE_CLAIM


def test_flat_pictures_never_match_each_other_by_hash(desk, tmp_path: Path) -> None:
    grey = saved(tmp_path, "grey.png", png(np.full((300, 400, 3), 120, np.uint8)))
    table = tmp_path / "t.csv"
    table.write_text(f"pdq,date,source\n{'0' * 64},2019,agency\n")
    list(desk.add([table]))
    (found,) = desk.lookup([grey])
    assert found.outcome is Outcome.CANNOT_JUDGE
    assert found.compared == ("sha256",)


def test_an_identical_file_is_matched_however_flat_or_broken(desk, tmp_path: Path) -> None:
    grey = saved(tmp_path, "grey.png", png(np.full((300, 400, 3), 120, np.uint8)))
    list(desk.add([grey]))
    (found,) = desk.lookup([grey])
    assert found.outcome is Outcome.MATCHED

    broken = saved(tmp_path, "broken.jpg", b"\xff\xd8\xff nothing more")
    (before,) = desk.lookup([broken])
    assert before.outcome is Outcome.UNREADABLE
    table = tmp_path / "t.csv"
    table.write_text(f"sha256,date\n{before.query.sha256},2019\n")
    list(desk.add([table]))
    (after,) = desk.lookup([broken])
    assert after.outcome is Outcome.MATCHED
    assert after.detail


@pytest.mark.parametrize("light", [0.02, 0.04, 0.06, 0.3])
def test_a_dark_picture_saved_again_is_found_or_not_judged(
    desk, drawn, tmp_path: Path, light: float
) -> None:
    """Never "not in the archive": it may well be there."""
    dark = np.asarray(drawn * light, np.uint8)
    list(desk.add([saved(tmp_path, "dark.png", png(dark))]))
    (checked,) = desk.check([saved(tmp_path, "again.jpg", jpeg(dark))], CLAIM)
    outcome = checked.looked.lookup.outcome
    assert outcome in {Outcome.MATCHED, Outcome.CANNOT_JUDGE}
    if outcome is Outcome.CANNOT_JUDGE:
        assert checked.finding.kind is FindingKind.CANNOT_JUDGE
        assert checked.finding.reason == "nearly_black"
        assert checked.finding.sentence.startswith("This image is nearly black")


def png(rgb: np.ndarray) -> bytes:
    out = BytesIO()
    Image.fromarray(rgb).save(out, "PNG")
    return out.getvalue()


# ------------------------------------------------------------- what a file says of itself


def test_a_planted_exif_date_alone_is_no_evidence(desk, drawn, tmp_path: Path) -> None:
    planted = saved(tmp_path, "a.jpg", with_exif(drawn, "2012:05:01 10:00:00"))
    list(desk.add([planted]))
    copy = saved(tmp_path, "copy.jpg", jpeg(crop(drawn, left=0.1, top=0, right=0, bottom=0.1)))
    (checked,) = desk.check([copy], CLAIM)
    assert checked.finding.kind is FindingKind.SEEN
    assert checked.finding.reason == "date_not_supported"
    told = [s for s in checked.looked.lookup.matches[0].sightings if s.how is How.EXIF]
    assert [s.date.text for s in told if s.date] == ["2012-05-01T10:00:00"]
    assert told[0].means is Means.CAPTURED


def test_a_vouched_delivery_makes_it_reported(desk, drawn, tmp_path: Path) -> None:
    kept = saved(tmp_path, "a.jpg", with_exif(drawn, "2012:05:01 10:00:00"))
    list(desk.add([kept], Stated(vouch="card handed over by the photographer")))
    (checked,) = desk.check([kept], CLAIM)
    assert checked.finding.kind is FindingKind.SEEN_BEFORE_CLAIM
    assert checked.finding.support
    assert checked.finding.support.strength is Strength.REPORTED


def test_a_claim_s_own_page_supports_nothing(desk, drawn, tmp_path: Path) -> None:
    picture = saved(tmp_path, "a.jpg", jpeg(drawn))
    url = "https://example.com/post/1"
    list(desk.add([picture], Stated(date="2019", source="channel", url=url)))
    claim = Claim(date=CLAIM.date, url="http://www.example.com/post/1/?utm_source=x")
    (checked,) = desk.check([picture], claim)
    assert checked.finding.kind is not FindingKind.SEEN_BEFORE_CLAIM


# -------------------------------------------------------------------------------- order


def test_every_input_has_its_answer_in_its_place(desk, drawn, tmp_path: Path) -> None:
    good = [saved(tmp_path, f"{n}.jpg", jpeg(drawn, 60 + n)) for n in range(6)]
    bad = saved(tmp_path, "bad.jpg", b"no picture")
    asked = [good[0], bad, good[1], tmp_path / "nowhere.jpg", *good[2:]]
    added = list(desk.add(asked))
    assert [each.name for each in added] == [str(path) for path in asked]
    outcomes = [each.outcome.value for each in added]
    assert outcomes == ["added", "refused", "added", "refused", *["added"] * 4]
    assert [found.query.name for found in desk.lookup(asked)] == [str(path) for path in asked]


def test_the_order_of_adding_changes_no_answer(drawn, tmp_path: Path) -> None:
    pictures = [saved(tmp_path, f"{n}.jpg", jpeg(draw(n, None, (360, 240)))) for n in range(4)]
    pictures += [saved(tmp_path, "same.jpg", jpeg(draw(2, None, (360, 240)), 70))]
    query = saved(tmp_path, "q.jpg", jpeg(draw(2, None, (360, 240)), 50))
    answers = []
    for number, order in enumerate((pictures, pictures[::-1])):
        with Desk(tmp_path / f"{number}.db", create=True) as desk:
            list(desk.add(order, Stated(date="2019", source="agency")))
            (found,) = desk.lookup([query])
            answers.append(
                {(m.picture.sha256, m.comparison.proof, m.comparison.region) for m in found.matches}
            )
    assert answers[0] == answers[1]
    assert len(answers[0]) == 2


def test_two_pictures_side_by_side_are_two_parts(desk, tmp_path: Path) -> None:
    one, other = draw(11, "harbour", (480, 320)), draw(12, "roofs", (480, 320))
    first, second = saved(tmp_path, "1.jpg", jpeg(one)), saved(tmp_path, "2.jpg", jpeg(other))
    list(desk.add([first], Stated(date="2019", source="agency")))
    list(desk.add([second], Stated(date="2024", source="agency")))
    both = saved(tmp_path, "both.jpg", jpeg(np.concatenate([one, other], axis=1)))
    (checked,) = desk.check([both], CLAIM)
    assert checked.finding.kind is FindingKind.PARTS
    kinds = sorted(part["finding"]["kind"] for part in checked.record["parts"])
    assert kinds == ["overlaps_claim", "seen_before_claim"]


def test_false_alarms_are_those_of_this_archive(desk, drawn, tmp_path: Path) -> None:
    archived = saved(tmp_path, "a.jpg", jpeg(drawn))
    copy = saved(tmp_path, "copy.jpg", jpeg(drawn, 60))
    list(desk.add([archived], Stated(date="2019", source="agency")))
    ((same,), (close,)) = (found.matches for found in desk.lookup([archived, copy]))
    assert same.comparison.proof.false_alarms is None
    assert 0 < (close.comparison.proof.false_alarms or 0) < 0.01
    (found,) = desk.lookup([copy])
    (match,) = desk.record(found)["matches"]
    assert match["proof"]["false_alarms"] == close.comparison.proof.false_alarms
