# ruff: noqa: RUF001 - letters of several scripts are what is tested
"""Full text: every script, nothing typed is ever syntax."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.archive.sheet import Selection, Sheet
from provenance.archive.sheet.asking import MOST_WORDS, terms
from provenance.archive.sheet.spelling import words

FOUND = [
    ("Incendie à l'hôpital", "hopital"),
    ("Explosion in der Straße", "STRASSE"),
    ("Łódź, dworzec", "lodz"),
    ("Pożar w Krakowie", "pozar"),
    ("İstanbul'da yangın", "istanbul"),
    ("пожар на вокзале", "ВОКЗАЛЕ"),
    ("пожежа в Києві", "києві"),
    ("صورة من مدرسة في غزّة", "غزة"),
    ("صورة من مدرسة في غزّة", "المدرسه"),
    ("قصف المستشفى", "مستشفي"),
    ("الأحد في أُمّ درمان", "احد ام"),
    ("آتش در کتابخانه", "كتابخانه"),
    ("می‌خواهم بروم", "میخواهم"),
    ("北京大火", "大火"),
    ("東京で爆発が", "爆発"),
    ("서울 화재", "화재"),
    ("ไฟไหม้ที่กรุงเทพ", "กรุงเทพ"),
    ("दिल्ली में आग", "दिल्ली"),
    ("שריפה בְּחֵיפָה", "בחיפה"),
    ("Φωτιά στην Αθήνα", "φωτια αθηνα"),
    ("a file\x00with\x07odd signs", "odd"),
    ("١٥ نوفمبر", "١٥"),
    ("smoke/fire_2019-06.jpg", "fire 2019"),
]
NOT_FOUND = [
    ("北京大火", "火大"),
    ("smoke over the port", '"over smoke"'),
    ("smoke over the port", "por"),
    ("smoke", "smoke*fire*"),
    ("مدرسة", "درسة"),
]
SYNTAX = [
    'NEAR("a" "b")', "words : smoke", "{filed} : h1", "h1", '"', '""', '"""', "*", "^smoke",
    "- smoke", "smoke AND", "OR OR", "NOT", "(", "smoke)", "smoke'; DROP TABLE pictures; --",
    "\x00",
    "a" * 5000, "%s {0} {t}", "-", "+", "smoke +", ":", "\ue000", "“smoke", "NEAR", "\\", "\ud800",
]  # fmt: skip


@pytest.fixture
def search(archive, intake, sighting):
    """How many pictures with this caption are found by these words."""

    def found(caption: str, typed: str) -> int:
        archive.add([intake(caption, sighting(2019, caption=caption))])
        with Sheet(archive) as sheet:
            sheet.follow()
            selection = Selection(words=typed)
            assert len(sheet.page(selection).items) == sheet.overview(selection).pictures
            assert not sheet.overview(selection).beginning
            return len(sheet.page(selection).items)

    return found


@pytest.mark.parametrize(("caption", "typed"), FOUND)
def test_found(search, caption: str, typed: str) -> None:
    assert search(caption, typed) == 1


@pytest.mark.parametrize(("caption", "typed"), [*NOT_FOUND[:2], NOT_FOUND[4]])
def test_not_found(search, caption: str, typed: str) -> None:
    assert search(caption, typed) == 0


@pytest.mark.parametrize("typed", SYNTAX)
def test_nothing_typed_is_syntax(archive, intake, sighting, typed: str) -> None:
    archive.add([intake(1, sighting(2019, caption="smoke over the port"))])
    with Sheet(archive) as sheet:
        sheet.follow()
        found = sheet.page(Selection(words=typed)).items
        expected = all(word in {"smoke", "over", "the", "port"} for word in words(typed))
        assert bool(found) == (expected or not terms(typed))


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed=st.text(max_size=60))
def test_any_text_may_be_typed(small, typed: str) -> None:
    small.page(Selection(words=typed))
    assert sum(len(term.words) for term in terms(typed)) <= MOST_WORDS


@pytest.fixture
def small(archive, intake, sighting):
    archive.add([intake(1, sighting(2019, caption="smoke over the port"))])
    with Sheet(archive) as sheet:
        sheet.follow()
        yield sheet


def test_what_begins_with_a_word_is_shown_where_nothing_has_it(small) -> None:
    overview = small.overview(Selection(words="smo"))
    assert overview.pictures == 1
    assert overview.beginning
    assert len(small.page(Selection(words="smo")).items) == 1
    assert not small.overview(Selection(words="smok*")).beginning
    assert small.overview(Selection(words="smok*")).pictures == 1
    assert small.overview(Selection(words="zeppelin")).pictures == 0
    assert not small.overview(Selection(words="zeppelin")).beginning


def test_a_phrase_does_not_reach_from_one_text_into_the_next(archive, intake, sighting) -> None:
    said = [sighting(2019, caption="smoke"), sighting(2018, caption="fire")]
    archive.add([intake(1, *said)])
    with Sheet(archive) as sheet:
        sheet.follow()
        assert sheet.overview(Selection(words="smoke fire")).pictures == 1
        assert sheet.overview(Selection(words='"smoke fire"')).pictures == 0


def test_claims_are_searched(archive, intake, asked) -> None:
    archive.add([intake(n) for n in range(2)])
    asked(archive, "query", 2).save(archive)
    with Sheet(archive) as sheet:
        sheet.follow()
        assert [i.picture for i in sheet.page(Selection(words="smoke port")).items] == [2]
