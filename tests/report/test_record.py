from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from provenance.archive.records import Event, Forgotten, Revoked
from provenance.models import (
    Added,
    AddOutcome,
    Claim,
    Direction,
    Finding,
    FindingKind,
    Part,
    Proof,
    Query,
    Relation,
    Trust,
)
from provenance.report.record import (
    added_record,
    check_record,
    forgotten_record,
    instant,
    lookup_record,
    picture_record,
    revoked_record,
    status_record,
)

from .models_by_hand import (
    CLAIM,
    FINDING,
    SENTENCE,
    SHA,
    comparison,
    held,
    match,
    matched,
    missed,
    picture,
    sighting,
    unreadable,
    weigh,
)

# The contract's JSON, key for key and in its order; behind the bar what we add.
LOOKUP = (
    "query outcome reason detail compared archive matches similar_scenes candidates parts | proved"
)
CHECK = f"{LOOKUP} claim finding metadata earlier_checks check | lang review"
QUERY_KEYS = "name sha256 phash pdq pdq_quality width height format | frames name_bytes"
ARCHIVE = "pictures sightings sources earliest latest"
MATCH = (
    "picture sha256 name relation proof region covers alterations description "
    "earliest_sighting sightings | share_of_query direction common through proved_as decisions"
)
PROOF = "method distance inliers pixels_compared false_alarms | agreement"
SIGHTING = (
    "id date earliest latest zone precision means how source url trust strength | "
    "place caption credit collections vouched confirmed rejected revoked recorded"
)
CLAIM_KEYS = "text date earliest latest posted place url | language"
FINDING_KEYS = "kind reason support lead_days | lead_minutes sentence"
ADDED = "input outcome picture sighting new collection reason detail read_as dates contradictions"


def keys(text):
    return text.replace("|", " ").split()


def looked(lookup, **named):
    return lookup_record(lookup, strength=weigh, **named)


def test_a_matched_look_up_is_the_contract_s_example():
    record = looked(matched())
    assert record["query"]["name"] == "drop/a.jpg"
    assert record["archive"] == {
        "pictures": 1800,
        "sightings": 3603,
        "sources": 3,
        "earliest": "2011-12-31T10:00:00Z",
        "latest": "2024-05-04T11:59:59Z",
    }
    (found,) = record["matches"]
    assert found["proof"] == {
        "method": "pixels",
        "distance": None,
        "inliers": 143,
        "pixels_compared": True,
        "false_alarms": None,
        "agreement": 0.975,
    }
    assert found["region"] == [[24, 310], [696, 310], [696, 812], [24, 812]]
    assert found["covers"] == 0.62
    assert found["alterations"] == [
        {"kind": "mirrored"},
        {"kind": "cropped", "kept": 0.62, "lost": ["left", "bottom"]},
        {"kind": "overlaid", "share": 0.18, "where": "top"},
    ]
    assert found["description"] == (
        "mirrored, cropped to 62 % (left and bottom cut), banner over the top 18 %"
    )
    contract = {
        "id": 40,
        "date": "2019",
        "earliest": "2018-12-31T10:00:00Z",
        "latest": "2020-01-01T11:59:59Z",
        "zone": "unknown",
        "precision": "year",
        "means": "published",
        "how": "stated",
        "source": "agency",
        "url": None,
        "trust": "own",
        "strength": "reported",
    }
    assert contract.items() <= found["earliest_sighting"].items()
    assert [each["id"] for each in found["sightings"]] == [40, 41]
    assert record["parts"] == [{"region": [[0, 0], [720, 0], [720, 600], [0, 600]], "matches": [0]}]


@pytest.mark.parametrize("lookup", [matched(), missed(), unreadable(), missed(coverage=None)])
def test_every_key_is_always_there_in_the_contract_s_order(lookup):
    record = looked(lookup)
    assert list(record) == keys(LOOKUP)
    assert list(record["query"]) == keys(QUERY_KEYS)
    assert record["archive"] is None or list(record["archive"]) == keys(ARCHIVE)
    for found in record["matches"]:
        assert list(found) == keys(MATCH)
        assert list(found["proof"]) == keys(PROOF)
        for each in (*found["sightings"], found["earliest_sighting"]):
            assert list(each) == keys(SIGHTING)


@pytest.mark.parametrize("claim", [CLAIM, Claim()])
@pytest.mark.parametrize("finding", [FINDING, Finding(FindingKind.NOT_IN_ARCHIVE, "Not there.")])
def test_a_check_has_all_of_a_look_up_and_its_own(claim, finding):
    record = check_record(matched(), claim, finding, strength=weigh, check=5, earlier_checks=(2,))
    assert list(record) == keys(CHECK)
    same = [key for key in keys(LOOKUP) if key != "parts"]
    assert {key: record[key] for key in same} == {key: looked(matched())[key] for key in same}
    assert [part["finding"] for part in record["parts"]] == [None] * len(matched().parts)
    assert list(record["claim"]) == keys(CLAIM_KEYS)
    assert list(record["finding"]) == keys(FINDING_KEYS)
    assert list(record["finding"]["support"]) == keys(
        "strength compared_with no_later_than rests_on"
    )
    assert list(record["finding"]["lead_days"]) == ["at_least", "at_most"]
    assert (record["check"], record["earlier_checks"]) == (5, [2])


def test_each_region_of_an_image_of_several_pictures_has_its_finding():
    corners = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
    lookup = replace(matched(), parts=(Part(corners, (0,)), Part(corners, (1,))))
    several = Finding(FindingKind.PARTS, "Several.", parts=(FINDING, FINDING))
    record = check_record(lookup, CLAIM, several, strength=weigh)
    assert [part["matches"] for part in record["parts"]] == [[0], [1]]
    assert [part["finding"]["sentence"] for part in record["parts"]] == [FINDING.sentence] * 2


def test_the_finding_of_the_contract_s_example():
    record = check_record(matched(), CLAIM, FINDING, strength=weigh)
    assert record["finding"] == {
        "kind": "seen_before_claim",
        "reason": None,
        "support": {
            "strength": "reported",
            "compared_with": "event",
            "no_later_than": "2020-01-01T11:59:59Z",
            "rests_on": [40],
        },
        "lead_days": {"at_least": 1389, "at_most": None},
        "lead_minutes": {"at_least": None, "at_most": None},
        "sentence": SENTENCE,
    }
    assert record["claim"]["date"] == "2023-10-23"
    assert record["claim"]["posted"] == "2023-10-24"
    assert record["metadata"] == {
        "facts": [
            {
                "what": "captured",
                "value": "2019:06:14",
                "how": "exif",
                "date": "2019-06-14",
                "earliest": "2019-06-13T10:00:00Z",
                "latest": "2019-06-15T11:59:59Z",
                "zone": "unknown",
                "precision": "day",
                "problem": None,
                "problem_in_words": None,
            }
        ],
        "contradictions": ["taken after it was recorded"],
        "c2pa": {
            "state": None,
            "reason": None,
            "generator": None,
            "signer": None,
            "time": None,
            "actions": [],
            "source_types": [],
            "ingredients": [],
        },
        "blocks": {},
    }
    assert record["check"] is None


def test_the_earliest_sighting_is_dated_and_not_ruled_out():
    def earliest(*sightings):
        record = looked(matched(matches=(match(sightings=sightings),)))
        found = record["matches"][0]["earliest_sighting"]
        return found and found["id"]

    contested = sighting(1, "2001", trust=Trust.CONTESTED)
    revoked = sighting(2, "2002", revoked=True)
    assert earliest(contested, revoked, sighting(3), held(4)) == 3
    assert earliest(held(4), sighting(5, None)) == 4
    assert earliest(sighting(5, None)) is None
    assert earliest() is None


def test_an_undated_sighting_says_so_in_every_field():
    record = looked(matched(matches=(match(sightings=(sighting(5, None),)),)))
    (undated,) = record["matches"][0]["sightings"]
    for key in ("date", "earliest", "latest", "zone", "precision"):
        assert undated[key] is None


def test_strength_is_asked_for_knowing_whether_pixels_were_compared():
    by_hash = comparison(proof=Proof("hash", distance=12), region=None, covers=None)
    record = looked(matched(matches=(match(comparison=by_hash),)))
    (found,) = record["matches"]
    assert found["sightings"][0]["strength"] == "indication"
    assert (found["region"], found["covers"], found["proof"]["distance"]) == (None, None, 12)
    assert found["description"] == "fingerprints agree; no pixels were compared"


def test_which_picture_is_nearer_the_source() -> None:
    told = Direction("archive", ("archive_shows_more", "query_has_overlay"))
    found = replace(match(), comparison=comparison(direction=told))
    record = lookup_record(matched(matches=(found,)), strength=weigh)
    assert record["matches"][0]["direction"] == {
        "nearer_source": "archive",
        "reasons": ["archive_shows_more", "query_has_overlay"],
    }
    record = lookup_record(matched(), strength=weigh)
    assert record["matches"][0]["direction"] == {"nearer_source": None, "reasons": []}


def test_similar_scenes_and_candidates():
    scene = match(comparison=comparison(relation=Relation.SIMILAR_SCENE))
    record = looked(missed(similar_scenes=(scene,), hash_candidates=((picture(3), 8),)))
    assert list(record["similar_scenes"][0]) == keys(MATCH)
    assert record["similar_scenes"][0]["relation"] == "similar_scene"
    assert record["candidates"] == [
        {"picture": 3, "sha256": SHA, "name": "agency/2019/strike.jpg", "distance": 8}
    ]
    assert record["matches"] == []


def test_a_name_that_is_no_utf8_keeps_its_bytes_as_hex():
    record = looked(missed(query=Query(r"\xff.jpg", name_bytes=b"\xff.jpg")))
    assert record["query"]["name"] == r"\xff.jpg"
    assert bytes.fromhex(record["query"]["name_bytes"]) == b"\xff.jpg"


def test_descriptions_come_in_the_language_asked_for():
    record = looked(matched(), lang="de")
    assert record["matches"][0]["description"].startswith("gespiegelt")


def test_added():
    added = Added("list.csv", 3, AddOutcome.ADDED, 17, 40, ("picture", "sighting"), "wire")
    record = added_record(added)
    assert list(record) == keys(ADDED)
    assert record["input"] == {"name": "list.csv", "row": 3}
    assert (record["outcome"], record["new"]) == ("added", ["picture", "sighting"])
    refused = added_record(Added("x", None, AddOutcome.REFUSED, reason="not_image", detail="No."))
    assert list(refused) == keys(ADDED)
    assert (refused["picture"], refused["new"], refused["reason"]) == (None, [], "not_image")


def test_a_picture_with_its_events():
    event = Event(
        1, datetime(2024, 5, 6, tzinfo=UTC), "picture_added", 17, None, 2, None, None, None
    )
    record = picture_record(picture(), [sighting(), held()], strength=weigh, events=[event])
    assert record["picture"] == 17
    assert record["earliest_sighting"]["id"] == 40
    assert record["events"] == [
        {
            "id": 1,
            "at": "2024-05-06T00:00:00Z",
            "kind": "picture_added",
            "sighting": None,
            "collection": 2,
            "check": None,
            "details": None,
        }
    ]


def test_status_is_plain_json_too():
    status = {"archive": {"earliest": datetime(2019, 1, 1, tzinfo=UTC)}, "problems": ("a", ())}
    assert status_record(status) == {
        "archive": {"earliest": "2019-01-01T00:00:00Z"},
        "problems": ["a", []],
    }


def test_what_was_taken_back():
    assert revoked_record(Revoked("wire", 2, 3, (5,))) == {
        "collection": "wire",
        "pictures": 2,
        "sightings": 3,
        "checks": [5],
        "rejudged": [],
    }
    record = forgotten_record(Forgotten(17, "c0", "5a", (), clean=True))
    assert list(record) == keys("picture check pixels_only commitment receipt checks clean")


def test_instants_end_in_z_to_the_second():
    assert instant(datetime(999, 1, 2, 3, 4, 5, 678, tzinfo=UTC)) == "0999-01-02T03:04:05Z"
    assert instant(None) is None


@pytest.mark.parametrize("lookup", [matched(), missed(), unreadable()])
def test_records_are_plain_json(lookup):
    for record in (looked(lookup), check_record(lookup, CLAIM, FINDING, strength=weigh)):
        assert json.loads(json.dumps(record, allow_nan=False)) == record
