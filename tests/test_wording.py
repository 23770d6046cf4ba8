# ruff: noqa: RUF001 - the signs of several languages are what is tested
"""The catalogue, and the words made from it."""

from __future__ import annotations

import json
import re
import string
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from provenance import wording
from provenance.errors import UnreadableReason
from provenance.finding.strength import RULES
from provenance.models import (
    AddOutcome,
    Alteration,
    AlterationKind,
    Common,
    Comparison,
    Direction,
    FindingKind,
    How,
    Means,
    Outcome,
    Proof,
    Relation,
    Strength,
    Trust,
)
from provenance.verify.alterations.direction import SPEAKS_FOR_ARCHIVE, SPEAKS_FOR_QUERY
from provenance.wording.plurals import FORMS, plural

HOUSE = Path(wording.__file__).parents[1]
CATALOGUES = {
    lang: {
        key: words
        for area in sorted((HOUSE / "wording" / lang).glob("*.json"))
        for key, words in json.loads(area.read_text("utf-8")).items()
    }
    for lang in wording.LANGUAGES
}
# What no output says: a judgement of the picture, or of whoever passed it on.
FORBIDDEN = {
    "en": r"fake\w*|forge\w*|authentic\w*|re-?us\w+|old(er|est)?|mis-?us\w*|original\w*"
    r"|misleading|false(ly)?|hoax\w*|debunk\w*|liar?s?|lying|manipulat\w*",
    "de": r"fake\w*|ge?fälscht\w*|fälschung\w*|echt\w*|authentisch\w*|wiederverwendet\w*"
    r"|alt(e|er|es|en|em)?|älter\w*|missbr\w*|original\w*|irreführend\w*|lüge\w*|manipul\w*",
    "fr": r"fake\w*|fau(x|sses?)|faussement|falsifi\w*|authenti\w*|réutilis\w*|recycl\w*"
    r"|ancien(ne)?s?|vieux|vieil(le)?s?|origina(l\w*|ux)|trompeu\w*|mensong\w*|menteu\w*"
    r"|détourn\w*|truqu\w*|contrefa\w*|infox|intox|canulars?|manipul\w*|photomontages?",
    # With the article and the words that Arabic writes onto the next one.
    "ar": r"[وفبلك]{0,2}(ال)?(مزي[ّف]\w*|زائف\w*|تزييف\w*|مزو[ّر]\w*|تزوير\w*|مفبرك\w*|فبرك\w*"
    r"|[أا]صلي\w*|[أا]صيل\w*|حقيقي\w*|قديم\w*|قُ?دامى|[أا]قدم\w*|مضلل\w*|مضلّل\w*|تضليل\w*|كاذب\w*|كذب\w*"
    r"|خدع\w*|خادع\w*|[إا]شاع\w*|تلاعب\w*|متلاعب\w*|مستعمل\w*)"
    r"|\w*([إا]عادة|مُ?عاد(ة)?|[أا]ُ?عيد) (ال)?(استخدام|استعمال|نشر|تدوير)\w*",
}
# A caption's own words are quoted, whatever they are; these stand in no sentence of ours alone.
JUDGING = {
    "fr": ("une image truquée", "La photo est ancienne.", "un faux", "l’original"),
    "ar": (
        "صورة مزيفة",
        "الصورة القديمة",
        "وهي مفبركة",
        "النسخة الأصلية",
        "أُعيد استخدامها",
        "أقدم",
    ),
}


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


# ------------------------------------------------------------------------- the catalogue


# What is counted, "days", has a form of its own for each plural of a language.
COUNTED = {
    key.removesuffix(".many")
    for key in CATALOGUES["en"]
    if key.endswith(".many") and f"{key.removesuffix('.many')}.one" in CATALOGUES["en"]
}


def needed_keys(lang: str) -> set[str]:
    plain = {key for key in CATALOGUES["en"] if stem(key) == key}
    return plain | {f"{key}.{form}" for key in COUNTED for form in FORMS[lang]}


def stem(key: str) -> str:
    """ "days" of "days.many"; a key that only looks like one stays whole."""
    noun, _, form = key.rpartition(".")
    return noun if noun in COUNTED and form in FORMS["ar"] else key


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_every_language_has_every_message_in_every_plural(lang: str) -> None:
    assert CATALOGUES[lang].keys() == needed_keys(lang)


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_no_key_stands_in_two_areas(lang: str) -> None:
    areas = [json.loads(a.read_text("utf-8")) for a in (HOUSE / "wording" / lang).glob("*.json")]
    assert sum(map(len, areas)) == len(CATALOGUES[lang])
    names = {a.name for a in (HOUSE / "wording" / lang).glob("*.json")}
    assert names == {a.name for a in (HOUSE / "wording" / "en").glob("*.json")}


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_a_message_needs_the_same_values_in_every_language(lang: str) -> None:
    for key, words in CATALOGUES[lang].items():
        english = CATALOGUES["en"].get(key) or CATALOGUES["en"][f"{stem(key)}.many"]
        assert values(words, key) == values(english, key), key


def values(message: str, key: str) -> set[str]:
    """ "on 4 March" and "4 March" are the same date; "a day" needs no number."""
    names = {"date" if name == "when" else name for name in fields(message)}
    return names - {"count"} if stem(key) in COUNTED else names


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_the_plurals_of_larger_numbers_say_the_number(lang: str) -> None:
    spelt = {"zero", "one", "two"}
    forms = [form for form in FORMS[lang] if form not in spelt]
    for key in COUNTED:
        for form in forms:
            assert "count" in fields(CATALOGUES[lang][f"{key}.{form}"]), (key, form)


# Whole numbers and their categories by Unicode CLDR 48; "many" is ours for its "other" in
# English, German and French.
ARABIC = {
    "zero": (0,),
    "one": (1,),
    "two": (2,),
    "few": (3, 10, 103, 110, 1003),
    "many": (11, 26, 99, 111, 1011),
    "other": (100, 101, 102, 200, 202, 1000, 1_000_000),
}


def test_plurals() -> None:
    assert {form: {plural("ar", n) for n in ns} for form, ns in ARABIC.items()} == {
        form: {form} for form in ARABIC
    }
    assert [plural("fr", n) for n in (0, 1, 2, 1_000)] == ["one", "one", "many", "many"]
    assert [plural("en", n) for n in (0, 1, 2)] == ["many", "one", "many"]
    assert [plural("de", n) for n in (0, 1, 2)] == ["many", "one", "many"]


def test_counted_in_every_language() -> None:
    days = {lang: [wording.counted(lang, "days", n) for n in (1, 2, 5, 12)] for lang in FORMS}
    assert days == {
        "en": ["1 day", "2 days", "5 days", "12 days"],
        "de": ["1 Tag", "2 Tage", "5 Tage", "12 Tage"],
        "fr": ["1 jour", "2 jours", "5 jours", "12 jours"],
        "ar": ["يوم واحد", "يومين", "5 أيام", "12 يومًا"],
    }
    assert wording.counted("fr", "sources", 1648) == "1\u202f648 sources"
    assert wording.counted("ar", "sources", 1648) == "1,648 مصدرًا"


def test_french_signs_are_set_off_by_blanks_that_do_not_break() -> None:
    for key, message in CATALOGUES["fr"].items():
        assert not re.search(r"[\w\u00bb)}] ?[;!?%](?![\w/])", message), key
        assert not re.search(r" :|« | »", message), key


@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_what_judges_is_known_when_seen(lang: str) -> None:
    for said in JUDGING[lang]:
        assert re.search(rf"\b({FORBIDDEN[lang]})\b", said, re.IGNORECASE), said


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_no_message_brings_marks_of_direction_but_closed_isolates(lang: str) -> None:
    for key, message in CATALOGUES[lang].items():
        assert not re.search("[\u200e\u200f\u202a-\u202e\u2066\u2067]", message), key
        assert not re.search("[\u2068\u2069]", re.sub("\u2068[^\u2068\u2069]*\u2069", "", message))


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_letters_are_those_of_the_language(lang: str) -> None:
    """A message that was left in English, or half of it, shows."""
    for key, message in CATALOGUES[lang].items():
        plain = re.sub("{\\w+}|\u2068.*?\u2069", "", message)
        arabic = re.search("[\u0621-\u064a]", plain)
        latin = re.search(r"[A-Za-z]{2}", plain)
        assert bool(arabic) <= (lang == "ar"), key
        if lang == "ar" and latin:
            assert re.fullmatch(NAMES, plain) or arabic, key


NAMES = r"(Provenance|EXIF|XMP|IPTC|C2PA|Photoshop|JSON-LD) ?[«»]*"


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_the_watch_note_is_there_and_names_the_same_folders(lang: str) -> None:
    note = wording.watch_note(lang)
    for name in ("in/", "work/", "done/", "refused/", "claim.toml", "a.jpg.claim.txt", "text = "):
        assert name in note
    assert not re.search(rf"\b({FORBIDDEN[lang]})\b", note, re.IGNORECASE)


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_no_message_judges(lang: str) -> None:
    for key, message in CATALOGUES[lang].items():
        assert not re.search(rf"\b({FORBIDDEN[lang]})\b", message, re.IGNORECASE), (key, message)


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_quotation_marks_are_curly_and_nothing_is_left_blank(lang: str) -> None:
    for key, message in CATALOGUES[lang].items():
        assert message.strip() == message.rstrip() != "" or key in SIGNS, key
        assert '"' not in message
        assert "'" not in message


# Signs between words and numbers; French sets some of them off.
SIGNS = {"list.colon", "list.semicolon", "thousands"}

# Messages whose key is put together from a word of the contract or a number.
FAMILIES = [
    "after",
    "alteration",
    "added",
    "before",
    "block",
    "browser.problem",
    "c2pa",
    "cannot_judge",
    "colour",
    "common",
    "contradiction",
    "copy",
    "date_problem",
    "direction",
    "earlier",
    "embedded",
    "fact",
    "how",
    "kind",
    "means",
    "origin",
    "outlook",
    "outcome",
    "overlaps",
    "page",
    "place",
    "proof",
    "reason",
    "relation",
    "review.decide",
    "review.decided",
    "review.further",
    "review.problem",
    "review.login",
    "review.rating",
    "review.role",
    "report",
    "side",
    "strength",
    "terminal",
    "trust",
    "unreadable",
    "why",
]


def test_no_message_is_left_unused() -> None:
    program = "".join(p.read_text("utf-8") for p in sorted(HOUSE.rglob("*.py")))
    program += "".join(p.read_text("utf-8") for p in sorted(HOUSE.rglob("*.html")))
    unnamed = [
        key
        for key in CATALOGUES["en"]
        if not any(key.startswith(f"{family}.") for family in FAMILIES)
        and f'"{stem(key)}"' not in program
    ]
    assert unnamed == []


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_every_word_of_the_contract_has_a_name(lang: str) -> None:
    for words in (
        Means,
        How,
        Trust,
        Strength,
        Relation,
        Outcome,
        AddOutcome,
        FindingKind,
        UnreadableReason,
    ):
        for word in words:
            assert wording.word(lang, word)
    for kind in AlterationKind:
        assert wording.describe([Alteration(kind)], lang)
    for rule in RULES:
        assert wording.message(lang, f"why.{rule.why}")


def test_words_of_the_contract() -> None:
    assert wording.word("en", How.EXIF) == "read from the file’s EXIF"
    assert wording.word("en", How.STATED) == "stated by the person who added it"
    assert wording.word("de", Strength.REPORTED) == "berichtet"
    assert wording.message("en", "earliest") == "earliest in this archive"


def test_an_unknown_language_is_answered_in_english() -> None:
    assert wording.word("tlh", Means.POSTED) == "posted"
    assert wording.word("de_AT", Means.POSTED) == "gepostet"


def test_a_wrong_key_or_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        wording.message("en", "no.such.key")
    with pytest.raises(KeyError):
        wording.message("en", "days.many")


def test_foreign_text_cannot_break_a_message() -> None:
    assert wording.quoted("de", "{date} %s\n two  lines") == "„{date} %s two lines“"


def test_wording_is_light() -> None:
    program = (
        "import sys; from provenance import wording; wording.message('de', 'earliest');"
        "sys.exit(any(m in sys.modules for m in ('numpy', 'PIL', 'cv2', 'click', 'edtf')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# ------------------------------------------------------------------------- alterations


def alteration(kind: str, **numbers: object) -> Alteration:
    return Alteration(AlterationKind(kind), numbers)


def over(what: str, where: str) -> Alteration:
    return alteration("overlaid", share=0.18, where=where, what=what)


MIRRORED = alteration("mirrored")
CROPPED = alteration("cropped", kept=0.62, lost=["left", "bottom"])
BANNER = alteration("overlaid", share=0.18, where="top")


def test_the_description_of_the_contract() -> None:
    assert wording.describe([MIRRORED, CROPPED, BANNER], "en") == (
        "mirrored, cropped to 62 % (left and bottom cut), banner over the top 18 %"
    )


@pytest.mark.parametrize(
    ("found", "english", "german"),
    [
        (alteration("cropped"), "cropped", "beschnitten"),
        (alteration("cropped", kept=0.62, lost=[]), "cropped to 62 %", "auf 62 % beschnitten"),
        (
            alteration("cropped", kept=0.999, lost=["top"]),
            "cropped to 99 % (top cut)",
            "auf 99 % beschnitten (oben abgeschnitten)",
        ),
        (alteration("cropped", kept=0.001), "cropped to 1 %", "auf 1 % beschnitten"),
        (
            alteration("overlaid", share=0.3, where="middle"),
            "30 % covered by something laid over it",
            "30 % von etwas Darübergelegtem verdeckt",
        ),
        (alteration("overlaid"), "something laid over it", "etwas darübergelegt"),
        (
            alteration("rotated", degrees=90),
            "rotated by 90° clockwise",
            "um 90° im Uhrzeigersinn gedreht",
        ),
        (
            alteration("rotated", degrees=-2.53),
            "rotated by 2.5° anticlockwise",
            "um 2,5° gegen den Uhrzeigersinn gedreht",
        ),
        (alteration("resized", factor=0.5), "resized to 50 %", "auf 50 % der Größe gebracht"),
        (alteration("resized", factor=2.0), "resized to 200 %", "auf 200 % der Größe gebracht"),
        (
            alteration("recoloured", what=["grey", "darker"]),
            "recoloured (grey and darker)",
            "in den Farben verändert (grau und dunkler)",
        ),
        (alteration("recoloured", what=["sparkly"]), "recoloured", "in den Farben verändert"),
        (
            alteration("bordered", where=["top", "bottom", "left"], share=0.2),
            "border added (top, bottom and left)",
            "Rand hinzugefügt (oben, unten und links)",
        ),
        (alteration("rotated", degrees=180), "turned upside down", "auf den Kopf gestellt"),
        (
            alteration("rotated", degrees=345.0),
            "rotated by 15° anticlockwise",
            "um 15° gegen den Uhrzeigersinn gedreht",
        ),
        (
            alteration("resized", factor=0.667, stretched=0.75),
            "resized to 67 % and squeezed to 75 % of its width",
            "auf 67 % der Größe gebracht und auf 75 % der Breite gestaucht",
        ),
        (
            alteration("resized", factor=1.0, stretched=1.4),
            "stretched to 140 % of its width",
            "auf 140 % der Breite gezogen",
        ),
        (
            alteration("recompressed", quality=20),
            "recompressed (quality about 20)",
            "neu komprimiert (Qualität etwa 20)",
        ),
        (alteration("blurred", how="blurred", sigma=0.006), "blurred", "unscharf gemacht"),
        (alteration("blurred", how="pixelated", sigma=0.004), "pixelated", "verpixelt"),
        (
            alteration("blurred", how="blurred", share=0.07, where="centre"),
            "blurred in the middle (7 %)",
            "in der Mitte unscharf gemacht (7 %)",
        ),
        (
            alteration("blurred", how="pixelated", share=0.02, where="top left"),
            "pixelated in the top left corner (2 %)",
            "in der Ecke oben links verpixelt (2 %)",
        ),
        (alteration("recoloured", what=["grey"]), "in black and white", "schwarz-weiß"),
        (alteration("recoloured", what=["darker"]), "darker", "abgedunkelt"),
        (
            alteration("recoloured", what=["less_saturated", "warmer"]),
            "recoloured (weaker colours and warmer)",
            "in den Farben verändert (blassere Farben und wärmer)",
        ),
        (over("banner", "top"), "banner over the top 18 %", "Banner über 18 % (oben)"),
        (
            over("logo", "top right"),
            "logo in the top right corner",
            "Logo in der Ecke oben rechts",
        ),
        (over("sticker", "centre"), "sticker in the middle", "Aufkleber in der Mitte"),
        (
            over("sticker", "several"),
            "stickers in several places",
            "Aufkleber an mehreren Stellen",
        ),
        (over("text", "bottom"), "text at the bottom", "Text unten"),
        (over("watermark", "several"), "watermark over it", "Wasserzeichen über dem Bild"),
        (over("stripes", "several"), "stripes over it", "Streifen über dem Bild"),
        (over("bar", "centre"), "bar in the middle", "Balken in der Mitte"),
        (over("picture", "left"), "another picture on the left", "anderes Bild links"),
        (
            over("ribbon", "left"),
            "18 % covered by something laid over it",
            "18 % von etwas Darübergelegtem verdeckt",
        ),
    ],
)
def test_described(found: Alteration, english: str, german: str) -> None:
    assert (wording.describe([found], "en"), wording.describe([found], "de")) == (english, german)


def test_a_copy_is_what_was_done_to_it_and_has_what_was_added() -> None:
    assert wording.copy_sentence([MIRRORED]) == "The copy is mirrored."
    assert wording.copy_sentence([BANNER]) == "The copy has a banner over the top 18 %."
    assert wording.copy_sentence([MIRRORED, CROPPED, BANNER]) == (
        "The copy is mirrored and cropped to 62 % (left and bottom cut);"
        " it has a banner over the top 18 %."
    )


def test_mirrored_and_half_a_turn_is_one_thing_to_a_reader() -> None:
    flip = [MIRRORED, alteration("rotated", degrees=180), BANNER]
    assert wording.describe(flip) == "mirrored top to bottom, banner over the top 18 %"
    assert wording.copy_sentence(flip[:2], "de") == (
        "Die Kopie ist von oben nach unten gespiegelt."
    )


def test_a_sentence_of_many_alterations() -> None:
    many = [
        MIRRORED,
        CROPPED,
        alteration("blurred", how="pixelated", share=0.04, where="centre"),
        over("logo", "top right"),
        over("text", "several"),
    ]
    assert wording.copy_sentence(many) == (
        "The copy is mirrored, cropped to 62 % (left and bottom cut) and pixelated in the middle "
        "(4 %); it has a logo in the top right corner and text over it."
    )
    assert wording.copy_sentence(many, "de") == (
        "Die Kopie ist gespiegelt, auf 62 % beschnitten (links und unten abgeschnitten) und in "
        "der Mitte verpixelt (4 %); sie hat ein Logo in der Ecke oben rechts und Text über dem "
        "Bild."
    )


THINGS = ("banner", "bar", "drawing", "logo", "picture", "sticker", "stripes", "text", "watermark")
PLACES = (
    *("top", "bottom", "left", "right", "centre", "several"),
    *("top left", "top right", "bottom left", "bottom right"),
)


@pytest.mark.parametrize("lang", wording.LANGUAGES)
@pytest.mark.parametrize("what", THINGS)
@pytest.mark.parametrize("where", PLACES)
def test_every_thing_has_words_in_every_place(lang: str, what: str, where: str) -> None:
    for words in (wording.describe, wording.copy_sentence):
        said = words([over(what, where)], lang)
        assert "_" not in said
        assert "{" not in said


def test_which_picture_is_nearer_the_source() -> None:
    told = Direction("archive", ("archive_shows_more", "query_has_overlay"))
    assert wording.direction_words(told) == (
        "The archived picture is likely nearer the source: the archived picture shows more of "
        "the scene and something lies over the picture that was looked up."
    )
    assert wording.direction_words(told, "de") == (
        "Das archivierte Bild ist wahrscheinlich näher an der Quelle: das archivierte Bild zeigt "
        "mehr von der Szene und über dem nachgeschlagenen Bild liegt etwas."
    )
    torn = Direction(None, ("archive_larger", "query_shows_more"))
    assert wording.direction_words(torn).startswith(
        "Which of the two is nearer the source cannot be told: "
    )
    assert wording.direction_words(Direction()) == (
        "Which of the two is nearer the source cannot be told."
    )


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_every_reason_has_words(lang: str) -> None:
    reasons = {*SPEAKS_FOR_ARCHIVE, *SPEAKS_FOR_QUERY}
    for reason in reasons:
        assert wording.direction_words(Direction("query", (reason,)), lang)


def comparison(
    method: str, relation: Relation = Relation.SAME_PICTURE, **proof: object
) -> Comparison:
    return Comparison(relation, Proof(method, **proof), None, 0.62, 0.9, (MIRRORED,))


def test_a_description_says_when_no_pixels_were_compared() -> None:
    said = {
        "mirrored": comparison("pixels", pixels_compared=True),
        "mirrored; no pixels were compared": comparison("geometry"),
        "fingerprints agree; no pixels were compared": comparison("hash", distance=4),
        "the same file, byte for byte": comparison("sha256", Relation.IDENTICAL_FILE),
    }
    for words, compared in said.items():
        assert wording.description(compared) == words


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_a_similar_scene_says_what_is_common(lang: str) -> None:
    scene = comparison("pixels", Relation.SIMILAR_SCENE, pixels_compared=True)
    said = {wording.description(replace(scene, common=each), lang) for each in (None, *Common)}
    assert len(said) == len(Common) + 1
    assert "mirrored" not in " ".join(said)
    template = replace(scene, common=Common.TEMPLATE)
    assert wording.description(template).startswith("only the frame is common")


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_why_a_picture_cannot_be_judged(lang: str) -> None:
    reasons = ("nearly_black", "nearly_flat", "nearly_the_same_page", "too_little_detail", None)
    said = [wording.cannot_judge(reason, lang) for reason in reasons]
    assert said[3] == said[4]
    assert len(set(said)) == 4


def test_proof_for_people() -> None:
    proof = Proof("pixels", inliers=143, pixels_compared=True)
    assert wording.proof_words(proof, 0.62) == (
        "agrees at 143 points across 62 % of the archived picture"
    )
    assert wording.proof_words(proof, None) == "agrees at 143 points"
    assert wording.proof_words(Proof("geometry", inliers=1), 0.5) == (
        "agrees at 1 point across 50 % of the archived picture; no pixels were compared"
    )
    assert wording.proof_words(Proof("hash", distance=3), None, "en") == (
        "fingerprints agree; no pixels were compared"
    )
    assert wording.proof_words(Proof("pixels", agreement=0.98, pixels_compared=True), 1.0) == (
        "agrees in 98 % of the compared blocks across 100 % of the archived picture"
    )


# --------------------------------------------------------------------------- durations

START = datetime(2020, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("end", "english", "german"),
    [
        (START, "a few seconds", "einige Sekunden"),
        (START + timedelta(seconds=59), "a few seconds", "einige Sekunden"),
        (START + timedelta(minutes=40, seconds=59), "40 minutes", "40 Minuten"),
        (START + timedelta(hours=1), "1 hour", "1 Stunde"),
        (START + timedelta(hours=26, minutes=1), "26 hours 1 minute", "26 Stunden 1 Minute"),
        (START + timedelta(days=2, seconds=-1), "47 hours 59 minutes", "47 Stunden 59 Minuten"),
        (START + timedelta(days=2), "2 days", "2 Tage"),
        (datetime(2020, 2, 29, 11, 59, tzinfo=UTC), "28 days", "28 Tage"),
        (datetime(2020, 2, 29, 12, tzinfo=UTC), "1 month", "1 Monat"),
        (datetime(2020, 12, 31, 11, tzinfo=UTC), "10 months", "10 Monate"),
        (datetime(2021, 1, 31, 11, tzinfo=UTC), "11 months", "11 Monate"),
        (datetime(2021, 1, 31, 12, tzinfo=UTC), "1 year", "1 Jahr"),
        (datetime(2023, 10, 31, 12, tzinfo=UTC), "3 years 9 months", "3 Jahre 9 Monate"),
    ],
)
def test_duration(end: datetime, english: str, german: str) -> None:
    assert (wording.duration(START, end, "en"), wording.duration(START, end, "de")) == (
        english,
        german,
    )
