"""Earlier checks follow the archive: what comes later is found in what was checked before."""

from __future__ import annotations

import json
import shutil

from provenance import rechecking
from provenance.dates import read
from provenance.demo import alteration
from provenance.demo.drawing import draw
from provenance.demo.story import SIZE
from provenance.desk import Desk
from provenance.models import Claim
from provenance.sources import Stated

CLAIM = Claim(date=read("2023-10-23").date)


def grown(desk: Desk, path, pictures, **stated: str) -> None:
    """Another process adds a picture."""
    path.write_bytes(pictures["known"])
    with Desk(desk.path) as other:
        list(other.add([path], Stated(**stated)))


def test_what_the_archive_gains_is_found_in_earlier_checks(root, tmp_path, pictures) -> None:
    from provenance.watching import Watch

    with Desk(tmp_path / "blank.db", create=True) as desk:
        for name in ("mirrored", "stranger"):
            (root / "in" / f"{name}.jpg").write_bytes(pictures[name])
        with Watch(desk, root, claim=CLAIM, settle=0) as watch:
            first = [a.record for a in watch.drained()]
        assert {r["outcome"] for r in first} == {"not_in_archive"}
        grown(desk, tmp_path / "k.jpg", pictures, date="2019", source="agency")
        with Watch(desk, root, claim=CLAIM, settle=0) as watch:
            (answer,) = watch.drained()
        assert answer.anew
        assert answer.record["query"]["name"] == "mirrored.jpg"
        assert answer.record["finding"]["kind"] == "seen_before_claim"
        stored = json.loads((root / "done/mirrored.jpg.json").read_text("utf-8"))
        assert stored == answer.record
        status = desk.status()["checks"]
        assert (status["changed_since"], status["pictures_not_compared_yet"]) == (1, 0)
        assert desk.archive.verify_chain().whole
        with Watch(desk, root, claim=CLAIM, settle=0) as watch:
            assert list(watch.drained()) == []


def test_without_its_file_a_check_is_judged_from_what_is_kept(tmp_path, pictures) -> None:
    query = tmp_path / "q.jpg"
    query.write_bytes(pictures["mirrored"])
    with Desk(tmp_path / "blank.db", create=True) as desk:
        desk.archive  # noqa: B018  to make it
        (before,) = desk.check([query], CLAIM)
        query.unlink()
        grown(desk, tmp_path / "k.jpg", pictures, date="2019", source="agency")
        (after,) = desk.recheck()
        assert after.changed
        assert after.path is None
        assert after.checked.number == before.number
        assert after.checked.finding.kind == "seen_before_claim"
        assert after.checked.record["metadata"]["facts"] == before.record["metadata"]["facts"]
        assert list(desk.recheck()) == []


def test_a_new_date_of_a_known_picture_judges_anew(desk, tmp_path, pictures) -> None:
    query = tmp_path / "q.jpg"
    query.write_bytes(pictures["mirrored"])
    (before,) = desk.check([query], CLAIM)
    grown(desk, tmp_path / "k.jpg", pictures, date="2015", source="other agency")
    (after,) = desk.recheck()
    assert after.changed
    assert after.checked.finding.lead.at_least > before.finding.lead.at_least
    assert list(desk.recheck()) == []


def test_what_is_forgotten_leaves_the_index_of_checks(desk, tmp_path, pictures) -> None:
    query = tmp_path / "q.jpg"
    query.write_bytes(pictures["stranger"])
    (checked,) = desk.check([query], CLAIM)
    desk.rechecking.purge()
    shelf = desk.rechecking._checks._index
    kind = "orb_cv5_v1"
    assert shelf.high_water(kind) == checked.number
    desk.forget_check(checked.number, "test")
    assert shelf.purged > 0
    assert not any(len(segment) for segment in shelf._segments(kind))
    shutil.rmtree(tmp_path / "archive.db.index", ignore_errors=True)
    assert list(desk.recheck()) == []


def test_before_the_first_check_there_is_nothing_to_follow(desk, tmp_path, pictures) -> None:
    assert desk.archive.news(0, 1)
    assert not desk.rechecking.is_behind()
    assert desk.status()["checks"]["pictures_not_compared_yet"] == 0
    (tmp_path / "q.jpg").write_bytes(pictures["mirrored"])
    list(desk.check([tmp_path / "q.jpg"], CLAIM))
    assert not desk.rechecking.is_behind()
    grown(desk, tmp_path / "k.jpg", pictures, date="2015", source="other agency")
    assert desk.rechecking.is_behind()


def test_a_picture_is_answered_while_much_is_to_be_followed(
    root, tmp_path, pictures, monkeypatch
) -> None:
    from provenance.watching import Watch, watch

    monkeypatch.setattr(watch, "LOOK_BACK_SECONDS", 1e-9)
    monkeypatch.setattr(rechecking, "AT_ONCE", 1)
    with Desk(tmp_path / "blank.db", create=True) as desk:
        desk.archive  # noqa: B018  to make it
        (tmp_path / "q.jpg").write_bytes(pictures["mirrored"])
        list(desk.check([tmp_path / "q.jpg"], CLAIM))
        for number in range(4):
            (tmp_path / f"{number}.jpg").write_bytes(alteration.jpeg(draw(120 + number, size=SIZE)))
            list(desk.add([tmp_path / f"{number}.jpg"], Stated(date="2019", source="agency")))
        grown(desk, tmp_path / "k.jpg", pictures, date="2019", source="agency")
        follow = desk.rechecking.follow
        rounds = []

        def followed(*arguments):
            if not rounds:
                (root / "in/late.jpg").write_bytes(pictures["stranger"])
            rounds.append(desk.archive.follows())
            return follow(*arguments)

        monkeypatch.setattr(desk.rechecking, "follow", followed)
        with Watch(desk, root, claim=CLAIM, settle=0) as watcher:
            names = [a.record["query"]["name"] for a in watcher.drained()]
        assert names[0] == "late.jpg"
        assert names[1].endswith("q.jpg")
        assert len(set(rounds)) >= 5
        assert not desk.rechecking.is_behind()
