# ruff: noqa: RUF001 - the apostrophes of sentences

from __future__ import annotations

import io

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.archive.records import Event, Forgotten, Rejudged, Revoked
from provenance.models import (
    Added,
    AddOutcome,
    Alteration,
    AlterationKind,
    Common,
    Coverage,
    Direction,
    Finding,
    FindingKind,
    How,
    Means,
    Outcome,
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
    lookup_record,
    picture_record,
    revoked_record,
)
from provenance.report.text import (
    Look,
    added_text,
    check_text,
    forgotten_text,
    list_text,
    lookup_text,
    picture_text,
    revoked_text,
    status_text,
)
from provenance.wording import message

from .models_by_hand import (
    CLAIM,
    FINDING,
    RECORDED,
    SENTENCE,
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

WIDE = Look(width=200)


def looked(lookup, look=WIDE):
    return lookup_text(lookup_record(lookup, strength=weigh, lang=look.lang), look)


def checked(lookup, look=WIDE, **named):
    return check_text(check_record(lookup, CLAIM, FINDING, strength=weigh, **named), look)


def test_a_hit_reads_sentence_proof_sightings_coverage():
    assert looked(matched()) == (
        "drop/a.jpg\n"
        "The archive holds the same photograph.\n"
        "\n"
        "Picture 17, first added as agency/2019/strike.jpg\n"
        "  agrees at 143 points across 62 % of the archived picture\n"
        "  mirrored, cropped to 62 % (left and bottom cut), banner over the top 18 %\n"
        "  earliest in this archive: 2019 (year only), published, according to “agency”; reported\n"
        "  6 May 2024, 07:08:09 UTC, held by this archive; documented\n"
        "\n"
        "Compared with 1,800 pictures, 3,603 sightings (3 sources, 2012 to 2024): file hash, "
        "fingerprints, keypoints, pixels."
    )


def test_a_check_reads_finding_claim_then_the_rest():
    lines = checked(matched(), check=5, earlier_checks=(2, 3)).splitlines()
    assert lines[:3] == [
        "drop/a.jpg",
        SENTENCE,
        "Claim: “Angriff heute früh”, 23 October 2023, posted 24 October 2023, Gaza",
    ]
    assert "The file says of itself:" in lines
    assert "  taken: 2019:06:14 (read from the file’s EXIF)" in lines
    assert "Contradiction: taken after it was recorded" in lines
    assert lines[-1] == "Check 5; earlier checks of this picture: 2, 3"


@pytest.mark.parametrize(
    ("coverage", "says"),
    [
        (
            missed().coverage,
            (
                "Not among the 1,800 pictures of this archive (3 sources, 2012 to 2024). "
                "This does not make it new or genuine."
            ),
        ),
        (
            Coverage(1, 1, 0, None, None),
            message("en", "finding.not_in_archive.one", count=1, coverage="no named source"),
        ),
        (Coverage(0, 0, 0, None, None), "Nothing was compared: this archive is empty."),
        (None, "Nothing was compared: this archive is empty."),
    ],
)
def test_a_miss_says_what_was_compared_and_clears_nobody(coverage, says):
    assert looked(missed(coverage=coverage)).splitlines()[1] == says


def test_other_outcomes():
    assert looked(unreadable()) == "drop/b.txt\nThis is no image."
    assert "too little detail" in looked(missed(outcome=Outcome.CANNOT_JUDGE))
    very = comparison(relation=Relation.IDENTICAL_FILE, proof=Proof("sha256"), alterations=())
    shown = looked(matched(matches=(match(comparison=very),)))
    assert "The archive holds this very file." in shown
    assert shown.count("the same file, byte for byte") == 1


def test_a_check_of_what_could_not_be_read_says_why_and_what_to_do():
    lines = checked(unreadable()).splitlines()
    assert lines[2] == "  This is no image."


def test_which_picture_is_nearer_the_source_is_told_to_the_desk():
    told = Direction("archive", ("archive_larger",))
    found = lookup_record(
        matched(matches=(match(comparison=comparison(direction=told)),)), strength=weigh
    )
    words = "nearer the source: the archived picture has more pixels."
    assert words in " ".join(lookup_text(found).split())
    assert "nearer the source" not in lookup_text(lookup_record(matched(), strength=weigh))


def test_a_small_match_is_a_detail_of_the_query():
    small = match(comparison=comparison(share_of_query=0.09))
    assert "a detail of this image" in looked(matched(matches=(small,)))


def test_a_photograph_inside_a_screenshot_is_not_called_the_image():
    inside = comparison(alterations=(Alteration(AlterationKind.INSIDE_SCREENSHOT),))
    shown = looked(matched(matches=(match(comparison=inside),)))
    assert "The archive holds a photograph that is inside this image." in shown


def test_several_pictures_are_told_one_by_one():
    """Each region has its own earliest sighting and its own sentence."""
    corners = ((0, 0), (9, 0), (9, 9), (0, 9))
    other = match(picture=picture(2), sightings=(sighting(7, "2021"),))
    several = matched(matches=(match(), other), parts=(Part(corners, (0,)), Part(corners, (1,))))
    shown = looked(several)
    assert "This image holds several photographs of the archive." in shown
    assert "Part 2: Picture 2" in shown
    assert shown.count("earliest in this archive") == 2
    found = Finding(FindingKind.PARTS, "All in one line.", parts=(FINDING, FINDING))
    lines = check_text(check_record(several, CLAIM, found, strength=weigh), WIDE).splitlines()
    assert lines[1] == "This image holds several pictures."
    assert lines[2] == f"Part 1: {FINDING.sentence}"


def test_a_similar_scene_does_not_claim_the_whole_picture():
    scene = comparison(relation=Relation.SIMILAR_SCENE, common=Common.TEMPLATE)
    shown = looked(missed(similar_scenes=(match(comparison=scene),)))
    assert "agrees at 143 points\n" in shown
    assert "only the frame is common" in shown


def test_similar_scenes_and_candidates_stand_apart():
    scene = match(comparison=comparison(relation=Relation.SIMILAR_SCENE))
    shown = looked(missed(similar_scenes=(scene,), hash_candidates=((picture(3), 8),)))
    assert "Similar scenes (no evidence that the picture was seen before):" in shown
    assert "picture 3, agency/2019/strike.jpg: 8 bits differ" in shown
    assert "Not among" in shown


def test_each_sighting_says_how_it_is_known_and_what_it_carries():
    sightings = (
        sighting(1, "2018-06~", how=How.EXIF, source=None, means=Means.CAPTURED),
        sighting(2, caption="Archivbild", credit="AFP", place="Gaza", url="https://x.example/"),
        sighting(3, None, trust=Trust.CONTESTED, revoked=True, rejected=True),
        held(4),
    )
    shown = looked(matched(matches=(match(sightings=sightings),))).splitlines()
    assert (
        "  earliest in this archive: about June 2018, taken, read from the file’s EXIF; reported"
    ) in shown
    at = shown.index("  2019 (year only), published, according to “agency”; reported")
    assert shown[at + 1 : at + 5] == [
        "    caption: “Archivbild”",
        "    credit: “AFP”",
        "    place: “Gaza”",
        "    https://x.example/",
    ]
    assert (
        "  undated, published, according to “agency”; "
        "supports nothing, rejected by a person, revoked"
    ) in shown


def test_german_is_german_throughout():
    look = Look(width=200, lang="de")
    shown = looked(matched(), look)
    assert "Das Archiv enthält dasselbe Foto." in shown
    assert "1.800 Bildern" in shown
    assert "2019 (nur das Jahr), veröffentlicht, laut „agency“; berichtet" in shown


@pytest.mark.parametrize(
    ("added", "line"),
    [
        (
            Added("a.jpg", None, AddOutcome.ADDED, 17, 40, ("picture", "sighting"), "wire"),
            "added: a.jpg, picture 17",
        ),
        (
            Added("a.jpg", 3, AddOutcome.KNOWN, 17, 40, ("sighting",), "wire"),
            "already known: a.jpg, row 3, picture 17, new sighting",
        ),
        (
            Added("t.csv", 4, AddOutcome.REFUSED, reason="no_picture", detail="No picture."),
            "refused: t.csv, row 4. No picture.",
        ),
    ],
)
def test_one_line_per_input(added, line):
    assert added_text(added_record(added), WIDE) == line


def test_show_and_list():
    record = picture_record(picture(frames=3), [sighting(), held()], strength=weigh)
    shown = picture_text(record, WIDE)
    assert shown.startswith(
        "Picture 17: agency/2019/strike.jpg\n"
        "  800 x 600 JPEG, 3 frames, the first is used, in this archive since 6 May 2024\n"
        "  /data/agency/2019/strike.jpg\n"
    )
    assert "earliest in this archive: 2019" in shown
    assert list_text(record, WIDE) == "17  2019 (year only)  “agency”  agency/2019/strike.jpg"
    by_hash = picture(path=None, width=None, height=None, format=None, frames=None)
    bare = picture_record(by_hash, [], strength=weigh)
    assert "known by hash alone" in picture_text(bare, WIDE)
    assert list_text(bare, WIDE) == "17  undated  agency/2019/strike.jpg"


def test_what_was_taken_back():
    seen = {"kind": "seen", "reason": "no_claim_date", "support": {}, "sentence": "Here since."}
    gone = {**seen, "kind": "not_in_archive", "reason": None, "sentence": "Not among them."}
    again = (Rejudged(5, "a.jpg", seen, gone), Rejudged(6, "b.jpg", seen, seen))
    shown = revoked_text(revoked_record(Revoked("wire", 1, 2, (5, 6), again)), WIDE)
    assert shown == (
        "The collection “wire” is taken back: 1 picture and 2 sightings no longer count.\n"
        "2 checks matched a picture of it and are judged anew; changed: 1.\n"
        "  Check 5: a.jpg\n"
        "    before: Here since.\n"
        "    now: Not among them.\n"
        "  found the same as before: 6"
    )
    erased = Forgotten(17, "c0", "5a", (5,), clean=False)
    shown = forgotten_text(forgotten_record(erased), WIDE)
    assert "Picture 17 is erased" in shown
    assert "5a" in shown
    assert "again later" in shown
    partly = Forgotten(17, None, None, (), clean=True)
    shown = forgotten_text(forgotten_record(partly, pixels_only=True), WIDE)
    assert shown.endswith("its fingerprints stay.")


def test_status_is_a_line_per_word():
    status = {"archive": {"pictures": 3, "busy_timeout": None}, "whole": True, "problems": ()}
    assert status_text(status) == (
        "archive:\n  pictures: 3\n  busy timeout: none\nwhole: yes\nproblems: none"
    )


def test_colour_only_where_it_is_wanted_and_the_words_are_the_same():
    plain, coloured = (checked(matched(), Look(colour=colour)) for colour in (False, True))
    assert "\x1b[" not in plain
    assert "\x1b[1m" in coloured
    assert click.unstyle(coloured) == plain


@pytest.mark.parametrize("width", [20, 60, 100])
def test_lines_keep_to_the_width(width):
    for line in checked(matched(), Look(width=width)).splitlines():
        assert len(line) <= max(width, 40)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_gets_its_width_and_colour_and_nobody_else(monkeypatch):
    monkeypatch.setenv("COLUMNS", "57")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert Look.of(Terminal(), "de") == Look(colour=True, width=57, lang="de")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Look.of(Terminal()).colour
    piped = Look.of(io.StringIO())
    assert not piped.colour
    assert SENTENCE in checked(matched(), piped).splitlines()


def test_events_are_words():
    details = {"name": "a.jpg", "by": None, "kind": "pdq_v1"}
    event = Event(1, RECORDED, "picture_added", 17, None, None, None, None, details)
    record = picture_record(picture(), [], strength=weigh, events=[event])
    assert picture_text(record, WIDE).splitlines()[-1] == (
        "  2024-05-06T07:08:09Z  picture added  name: a.jpg; kind: pdq_v1"
    )


HOSTILE = "\x1b[2J\u202ecod\nGood news: \x9b1m"


@given(st.text(st.characters()))
def test_nothing_from_a_file_acts_on_the_terminal(text):
    text += HOSTILE
    seen = sighting(source=text, url=text, caption=text, credit=text, place=text, vouched=text)
    lookup = matched(
        query=Query(name=text),
        matches=(match(picture=picture(name=text), sightings=(seen,)),),
        contradictions=(text,),
    )
    record = picture_record(picture(name=text, path=text), [seen], strength=weigh)
    refused = Added(text, 1, AddOutcome.REFUSED, collection=text, reason=text, detail=text)
    for shown in (
        checked(lookup),
        looked(lookup),
        picture_text(record),
        list_text(record),
        added_text(added_record(refused)),
        status_text({"archive": text}),
        revoked_text(revoked_record(Revoked(text, 1, 1, ()))),
    ):
        assert not set("\x1b\u202e\x9b\r\x00") & set(shown)
        assert not any(line.startswith("Good news") for line in shown.splitlines())
