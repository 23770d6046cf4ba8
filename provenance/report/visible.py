r"""Text from files, made safe to print: what would act on a terminal is shown instead.

A file name or a caption may hold escape codes that repaint the screen, marks that reverse
the reading order (so that ``gpj.exe`` reads ``exe.jpg``), line breaks that forge a line of
ours, and characters that cannot be seen. Each is written as its code, ``\x1b`` or
``\u202e``, as Python writes it. Letters of every script, combining marks and the joiners
that Arabic, Persian and emoji need stay as they are, and so does a first-strong isolate
that is closed again (U+2068 to U+2069): it keeps the reading order of its text inside.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# C0 and C1 controls, DEL; separators of lines; marks and overrides of direction; invisible
# operators, blanks without width, variation that tags; lone surrogates. Not among them: the
# zero-width non-joiner and joiner (U+200C, U+200D), which spell words.
_ISOLATE = re.compile("\u2068([^\u2066-\u2069\n]*)\u2069")
_ACTS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)

# What one letter may carry. Vietnamese needs two, pointed Hebrew and Arabic three or four;
# dozens climb over the lines above.
_MAX_MARKS = 8


def visible(text: str) -> str:
    """``text`` on one line, with nothing in it that acts on a terminal."""
    return _unstacked("".join(_shown(text)))


def visible_json(encoded: str) -> str:
    """JSON text with the same characters as JSON escapes; means the same as before.

    JSON encoders already escape the controls below U+0020; the line breaks between
    elements are theirs and stay.
    """
    return _ACTS.sub(lambda found: found[0] if found[0] == "\n" else _json_code(found[0]), encoded)


def _shown(text: str) -> Iterator[str]:
    """Piece by piece: isolates keep their two signs, all else that acts is its code."""
    at = 0
    for isolate in _ISOLATE.finditer(text):
        yield _ACTS.sub(_code, text[at : isolate.start()])
        yield f"\u2068{_ACTS.sub(_code, isolate[1])}\u2069"
        at = isolate.end()
    yield _ACTS.sub(_code, text[at:])


def _code(found: re.Match[str]) -> str:
    return ascii(found[0])[1:-1]


def _json_code(character: str) -> str:
    r"""``\uXXXX``, twice for what lies beyond the first plane."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _unstacked(text: str) -> str:
    """The text with no more marks on one letter than writing needs."""
    if text.isascii():
        return text
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)
