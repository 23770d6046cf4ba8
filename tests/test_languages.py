# ruff: noqa: RUF001 - the signs of several languages are what is tested
"""Findings in all languages: every case of the table, and everything a sentence is made of."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from provenance import dates, wording
from provenance.finding import judge
from provenance.finding.strength import RULES
from provenance.models import (
    Alteration,
    AlterationKind,
    Conflict,
    Contradiction,
    Fact,
    Finding,
    FindingKind,
    How,
    Means,
    Outcome,
    Proof,
    Relation,
    Strength,
)
from tests.test_finding import CASES, COVERAGE, claimed, lookup, match
from tests.test_wording import CATALOGUES, FORBIDDEN

ISOLATE = re.compile("\u2068[^\u2068\u2069]*\u2069")


@cache
def found(lang: str) -> list[Finding]:
    """The finding of every case in the table, in this language."""
    with CASES.open(encoding="utf-8") as file:
        return [judged(case, lang) for case in csv.DictReader(file, delimiter="\t")]


def judged(case: dict[str, str], lang: str) -> Finding:
    relation = Relation.IDENTICAL_FILE if case["method"] == "sha256" else Relation.SAME_PICTURE
    sightings = case["sightings"].split(";")
    shown = match(*sightings, relation=relation, proof=Proof(case["method"]))
    claim = claimed(case["claim"], case["posted"], case["claim_url"] or None)
    return judge(claim, lookup(shown), lang=lang)


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_every_case_is_said_and_nothing_but_the_sentence_differs(lang: str) -> None:
    said, english = found(lang), found("en")
    assert len(said) > 300
    for ours, theirs in zip(said, english, strict=True):
        assert replace(ours, sentence="", parts=()) == replace(theirs, sentence="", parts=())
        assert not re.search("[{}_]", ours.sentence), ours.sentence
        assert "  " not in ours.sentence


@pytest.mark.parametrize("lang", ["de", "fr", "ar"])
def test_no_sentence_of_the_table_is_left_in_english(lang: str) -> None:
    for ours, english in zip(found(lang), found("en"), strict=True):
        assert ours.sentence != english.sentence


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_no_sentence_of_the_table_judges(lang: str) -> None:
    for finding in found(lang):
        unquoted = re.sub("[“„«].*?[”“»]", "", finding.sentence)
        assert not re.search(rf"\b({FORBIDDEN[lang]})\b", unquoted, re.IGNORECASE), unquoted


def test_the_table_holds_the_strengths() -> None:
    """What is claimed above of every case means something only if all are among them."""
    strengths = {finding.support.strength for finding in found("en")}
    assert strengths >= {Strength.DOCUMENTED, Strength.REPORTED, Strength.INDICATION}
    assert {f.kind for f in found("en")} >= {
        FindingKind.SEEN_BEFORE_CLAIM,
        FindingKind.OVERLAPS_CLAIM,
        FindingKind.SEEN_AFTER_CLAIM,
        FindingKind.SEEN,
    }


@pytest.mark.parametrize("lang", wording.LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.why)
def test_why_a_date_weighs_what_it_does_is_said(lang: str, rule: Any) -> None:
    assert wording.message(lang, f"why.{rule.why}")


@pytest.mark.parametrize("lang", wording.LANGUAGES)
@pytest.mark.parametrize("pictures", [0, 1, 2, 3, 11, 100, 1_000_000])
@pytest.mark.parametrize("outcome", [Outcome.NOT_IN_ARCHIVE, Outcome.CANNOT_JUDGE])
def test_a_miss_is_said_for_every_size(lang: str, pictures: int, outcome: Outcome) -> None:
    miss = lookup(outcome=outcome, coverage=replace(COVERAGE, pictures=pictures))
    assert judge(None, miss, lang=lang).sentence.endswith(".")


NUMBERS = {
    AlterationKind.CROPPED: [{"kept": 0.62, "lost": ["left", "bottom", "top"]}, {"kept": 0.5}],
    AlterationKind.OVERLAID: [{"share": 0.18, "where": "top"}, {"share": 0.18, "where": "middle"}],
    AlterationKind.BORDERED: [{"where": ["top", "bottom"]}],
    AlterationKind.ROTATED: [{"degrees": 90}, {"degrees": -2.5}, {"degrees": 180}],
    AlterationKind.RESIZED: [{"factor": 0.5, "stretched": 0.7}, {"factor": 1, "stretched": 1.4}],
    AlterationKind.RECOLOURED: [{"what": ["darker", "warmer"]}, {"what": ["grey"]}],
    AlterationKind.RECOMPRESSED: [{"quality": 20}],
    AlterationKind.BLURRED: [{"how": "pixelated", "share": 0.1, "where": "centre"}],
}


@pytest.mark.parametrize("lang", wording.LANGUAGES)
@pytest.mark.parametrize("kind", AlterationKind)
def test_every_alteration_is_said(lang: str, kind: AlterationKind) -> None:
    for numbers in [{}, *NUMBERS.get(kind, [])]:
        for words in (wording.describe, wording.copy_sentence):
            said = words([Alteration(kind, numbers), Alteration(AlterationKind.MIRRORED)], lang)
            assert said
            assert not re.search("[{}_]", said)


FACTS = (
    Fact("captured", "2019:06:14 10:00:00", How.EXIF),
    Fact("position_time", "2020:01:01", How.XMP),
)


@pytest.mark.parametrize("lang", wording.LANGUAGES)
@pytest.mark.parametrize("conflict", Conflict)
def test_every_contradiction_is_said(lang: str, conflict: Conflict) -> None:
    place = "exif_thumbnail" if conflict is Conflict.SMALL_PICTURE else "Talhof"
    told = Contradiction(conflict, FACTS, dates.parse("2023"), place, 1200, "UTC+03:00")
    said = wording.contradiction(told, lang)
    assert said.endswith(".")
    assert said[0] == said[0].upper()
    assert not re.search("[{}_]", said)


# ------------------------------------------------------------- as a desk would write it


def test_the_patterns_of_the_contract_in_french_and_arabic() -> None:
    shown = lookup(match("published 2019"))
    french, arabic = (judge(claimed(), shown, lang=lang) for lang in ("fr", "ar"))
    assert french.sentence.startswith(
        "Selon «\u00a0agency\u00a0», la même photo existait en 2019 (année seulement), au moins "
        "3 ans et 9 mois avant la date avancée\u202f; cet outil n’a pas vérifié cette date."
    )
    assert arabic.sentence.startswith(
        "بحسب «\u2068agency\u2069»، كانت الصورة نفسها موجودة في عام 2019 (السنة فقط)، أي قبل "
        "التاريخ المذكور في الادعاء بما لا يقل عن 3 سنوات و9 أشهر؛ "
        "ولم تتحقق هذه الأداة من هذا التاريخ."
    )


def test_alterations_in_french_and_arabic() -> None:
    altered = [
        Alteration(AlterationKind.MIRRORED),
        Alteration(AlterationKind.CROPPED, {"kept": 0.62, "lost": ["left", "bottom"]}),
        Alteration(AlterationKind.OVERLAID, {"share": 0.18, "where": "top"}),
    ]
    assert wording.copy_sentence(altered, "fr") == (
        "La copie est inversée en miroir et recadrée à 62\u202f% (coupée à gauche et en bas)"
        "\u202f; elle comporte un bandeau sur 18\u202f% de sa surface (en haut)."
    )
    assert wording.copy_sentence(altered, "ar") == (
        "النسخة معكوسة كما في المرآة ومقصوصة إلى 62% (من اليسار والأسفل)؛ "
        "وأضيف إليها شريط عريض يغطي 18% منها (في الأعلى)."
    )


@pytest.mark.parametrize(
    ("text", "french", "arabic"),
    [
        ("2019-03-01", "le 1er mars 2019", "في 1 مارس 2019"),
        ("2019-08", "en août 2019", "في أغسطس 2019"),
        ("2019", "en 2019 (année seulement)", "في عام 2019 (السنة فقط)"),
        ("2014-21", "au printemps 2014", "في ربيع 2014"),
        ("2014-22", "à l’été 2014", "في صيف 2014"),
        ("../2014-22", "au plus tard à l’été 2014", "حتى صيف 2014"),
        ("2019-03-04~", "vers le 4 mars 2019", "حوالي 4 مارس 2019"),
        (
            "2019-03-04/2019-03-06",
            "entre le 4 mars 2019 et le 6 mars 2019",
            "بين 4 مارس 2019 و6 مارس 2019",
        ),
        (
            "2019-06-14T10:00+03:00",
            "le 14 juin 2019 à 10:00 (UTC+03:00)",
            "في 14 يونيو 2019، الساعة 10:00 (UTC+03:00)",
        ),
    ],
)
def test_when(text: str, french: str, arabic: str) -> None:
    date = dates.parse(text)
    assert dates.say(date, "fr", placed=True) == french
    assert dates.say(date, "ar", placed=True) == arabic


# ---------------------------------------------------------------- directions that mix


def test_foreign_text_is_set_apart_only_where_directions_mix() -> None:
    assert wording.quoted("en", "صورة أرشيفية") == "“\u2068صورة أرشيفية\u2069”"
    assert wording.quoted("en", "File photo") == "“File photo”"
    assert wording.quoted("ar", "File photo") == "«\u2068File photo\u2069»"
    assert wording.quoted("ar", "2019:06:14 10:00") == "«\u20682019:06:14 10:00\u2069»"
    assert wording.quoted("ar", "صورة أرشيفية") == "«صورة أرشيفية»"
    assert wording.message("ar", "source.page", host="example.com").endswith(
        "\u2068example.com\u2069"
    )


def test_text_with_marks_of_its_own_is_left_for_the_printer_to_show() -> None:
    assert wording.isolated("ar", "a\u2069b") == "a\u2069b"
    assert wording.isolated("en", "\u202egpj.א") == "\u202egpj.א"


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_isolates_in_sentences_are_closed(lang: str) -> None:
    for finding in found(lang):
        assert not re.search("[\u2066-\u2069]", ISOLATE.sub("", finding.sentence))


def test_left_and_right_stay_those_of_the_picture() -> None:
    words = {lang: CATALOGUES[lang] for lang in ("fr", "ar")}
    assert words["fr"]["place.left"] == "à gauche"
    assert words["ar"]["place.left"] == "على اليسار"
    assert words["ar"]["place.top_right"] == "في الزاوية العليا اليمنى"


@pytest.mark.parametrize("lang", wording.LANGUAGES)
@pytest.mark.parametrize("family", [FindingKind, Strength, Relation, Means, How, Outcome])
def test_no_two_words_of_a_family_are_the_same(lang: str, family: Any) -> None:
    said = [wording.word(lang, each) for each in family]
    assert len(set(said)) == len(said)


def test_a_miss_in_arabic() -> None:
    assert judge(claimed(), lookup(), lang="ar").sentence == (
        "هذه الصورة ليست من بين 812 صورة في هذا الأرشيف (3 مصادر، من 2012 إلى 2024). "
        "ولا يثبت ذلك أنها جديدة، ولا أنها تُظهر ما يُقال عنها."
    )
