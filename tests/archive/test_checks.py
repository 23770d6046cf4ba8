"""Checks are kept, judged anew, and never counted among the pictures."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from provenance.errors import UnknownName
from provenance.models import Claim, Outcome


def test_a_check_is_kept_apart_from_the_pictures(archive, intake, sighting, asked, examined):
    archive.add([intake(1, sighting())])
    before = archive.coverage()
    saved = asked(archive, "query", 1).save(archive)
    assert archive.coverage() == before
    assert archive.picture_by_sha256(examined("query").sha256) is None
    assert [row.picture for row in archive.fingerprints_after("pdq_v1")] == [1]
    assert saved.new
    assert archive.check(saved.id) == saved.record
    assert (saved.record["check"], saved.record["earlier_checks"]) == (saved.id, [])
    assert archive.check_thumbnail(saved.id) == examined("query").thumbnail


def test_what_others_may_read_of_it(archive, path, intake, sighting, asked):
    archive.add([intake(1, sighting())])
    saved = asked(archive, "query", 1).save(archive)
    plain = sqlite3.connect(path)
    plain.row_factory = sqlite3.Row
    check = plain.execute("SELECT * FROM checks JOIN claims ON claims.id = claim_id").fetchone()
    match = plain.execute("SELECT * FROM matches WHERE check_id = ?", (saved.id,)).fetchone()
    plain.close()
    assert (check["finding"], check["strength"]) == ("seen_before_claim", "reported")
    assert (check["no_later_than"], check["at_least"]) == ("2020-01-01T00:00:00Z", 1389)
    assert (check["text"], check["made_by"]) == ("Smoke over the port", "Mona")
    assert (match["picture_id"], match["relation"], match["covers"]) == (1, "same_picture", 0.62)
    assert '"cropped"' in match["alterations"]


def test_the_same_picture_under_the_same_claim_is_judged_anew(archive, intake, asked, sighting):
    archive.add([intake(1), intake(2)])
    claim = Claim(text="Smoke", date=sighting(2023).date)
    spelled = Claim(text=" Smoke\n", date=sighting(2023).date, place="")
    first = asked(archive, "query", 1, claim=claim).save(archive)
    again = asked(archive, "query", 1, 2, claim=spelled, sentence="Anew.").save(archive)
    assert (again.id, again.new, again.earlier) == (first.id, False, ())
    assert archive.check(first.id)["finding"] == {"sentence": "Anew."}
    kinds = [event.kind for event in archive.events() if event.check]
    assert kinds == ["check_made", "check_judged"]
    (matches,) = archive._row("SELECT count(*) FROM matches")
    assert matches == 2


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Fire"},
        {"place": "Homs"},
        {"url": "https://x"},
        {"language": "de"},
        {"date": 2022},
        {"posted": 2023},
    ],
)
def test_another_claim_is_another_check(archive, intake, asked, sighting, change):
    archive.add([intake(1)])
    claim = Claim(text="Smoke", date=sighting(2023).date)
    dated = {k: sighting(v).date if isinstance(v, int) else v for k, v in change.items()}
    first = asked(archive, "query", 1, claim=claim).save(archive)
    second = asked(archive, "query", 1, claim=replace(claim, **dated)).save(archive)
    assert (second.id, second.new, second.earlier) == (first.id + 1, True, (first.id,))
    assert archive.checks_of(asked(archive, "query").examined.sha256) == (first.id, second.id)
    assert [record["check"] for record in archive.checks()] == [first.id, second.id]


def test_what_could_not_be_read_is_known_by_its_name(archive, asked):
    one = asked(archive, "query")
    query = replace(one.lookup.query, sha256=None)
    unread = replace(one.lookup, query=query, outcome=Outcome.UNREADABLE)
    first = archive.save_check(unread, None, one.claim, one.finding, {})
    again = archive.save_check(unread, None, one.claim, one.finding, {})
    assert (again.id, again.new) == (first.id, False)
    assert archive.check_thumbnail(first.id) is None


def test_which_checks_a_revocation_touches(archive, intake, sighting, asked):
    archive.add([intake(1, sighting())])
    archive.add([intake(2, sighting(), collection="bad")])
    asked(archive, "unharmed", 1).save(archive)
    touched = asked(archive, "query", 1, 2).save(archive)
    assert archive.revoke("bad", "invented").checks == (touched.id,)


def test_no_such_check(archive):
    with pytest.raises(UnknownName, match="no check 7"):
        archive.check(7)
