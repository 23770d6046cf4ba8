from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.report.visible import visible, visible_json

ANY = st.text(st.characters())


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("\x9b2J", r"\x9b2J"),
        ("cod\u202egpj.exe", r"cod\u202egpj.exe"),
        ("a\u2066b\u2069", r"a\u2066b\u2069"),
        ("line\nbreak\r\ttab", r"line\nbreak\r\ttab"),
        ("a\u200bb\ufeff", r"a\u200bb\ufeff"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
        ("\x7f\x00", r"\x7f\x00"),
    ],
)
def test_what_acts_on_a_terminal_is_shown(raw, shown):
    assert visible(raw) == shown


@pytest.mark.parametrize(
    "text",
    [
        "plain.jpg",
        "صورة أرشيفية",
        "می‌خواهم",  # a zero-width non-joiner spells Persian
        "👨‍👩‍👧 🇵🇸",
        "Việt Nam",
        "שָׁלוֹם",
        "नमस्ते",
        "Bild „alt“",
        r"C:\photos\a.jpg",
    ],
)
def test_what_people_write_stays(text):
    assert visible(text) == text


@given(ANY)
def test_nothing_that_acts_is_left_and_twice_is_once(text):
    shown = visible(text)
    assert visible(shown) == shown
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Zl", "Zp", "Cs"}
    assert not {unicodedata.bidirectional(c) for c in shown} & {
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    }


def test_marks_do_not_pile_up():
    assert len(visible("e" + "\u0301" * 500)) < 20


@given(st.recursive(ANY, lambda inner: st.lists(inner) | st.dictionaries(ANY, inner)))
def test_json_made_visible_means_the_same(value):
    for plain in (True, False):
        text = visible_json(json.dumps(value, ensure_ascii=plain))
        assert visible(text) == text or "\\" in text
        assert json.loads(text) == value
        text.encode()
