"""The first line of a message: date and time as the phone wrote them, then who and what.

Phones write dates in the form of their region: "[23.10.23, 15:45:12] Name: text" (iPhone),
"10/23/23, 3:45 PM - Name: text" (Android), with other separators, digits and words for the
half of the day. What the numbers mean is decided elsewhere (:mod:`.days`); a time whose half
of the day cannot be read is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MARKS: Final = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
"""Marks of writing direction, which stand anywhere and mean nothing here."""

_HEADER: Final = re.compile(
    r"""
    (?P<bracket>\[)?
    (?P<a>\d{1,4})(?P<mark>[./-]|\.\ |年|년\ )(?P<b>\d{1,2})(?:[./-]|\.\ |月|월\ )
    (?P<c>\d{1,4})(?:\.|日|일)?
    (?P<before>[^\d\[\]:]{0,20}?)
    (?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?
    (?P<after>[^\d\[\]:]{0,20}?)
    (?P<end>\]\ ?|\ [-\u2013]\ |,\ )
    (?P<rest>.*)
    """,
    re.VERBOSE | re.DOTALL,
)
_SPEAKER: Final = re.compile(r"[^:\n]{1,120}?\s?:(?:\s|$)")
_BLANKS: Final = re.compile("[\u00a0\u202f\u2009]")

# Words for the halves of the day (Unicode CLDR 48) in the languages of the many; others
# make the time unknown, and the day stays.
# fmt: off
_MORNING: Final = frozenset((
    "am", "a.m.", "a.m", "ص", "صباحا", "πμ", "π.μ.", "öö", "上午", "午前", "오전", "de.", "dop.",
    "fm", "f.m.", "vorm.", "vm.", "ق.ظ.", "дп", "sa", "pg",
))
_EVENING: Final = frozenset((
    "pm", "p.m.", "p.m", "م", "مساء", "μμ", "μ.μ.", "ös", "下午", "午後", "오후", "du.", "odp.",
    "em", "e.m.", "nachm.", "nm.", "ب.ظ.", "пп", "ch", "ptg",
))
# fmt: on
_NO_HALF: Final = frozenset(("", "um", "klo", "kl.", "kl", "à", "às", "a las", "at", "в", "o"))


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before a message.

    ``numbers`` are the three of the date as written; ``mark`` stands between them. ``clock``
    is "T15:45:12" or "T15:45", empty where the half of the day cannot be told. ``text`` is the
    message's first line without its sender; ``None`` for what WhatsApp itself says.
    """

    numbers: tuple[str, str, str]
    mark: str
    bracket: bool
    clock: str
    text: str | None

    @property
    def form(self) -> tuple[str, bool]:
        """What is the same in every header of one export."""
        return self.mark, self.bracket


def read(line: str) -> Header | None:
    """The header that a line begins with, or ``None`` where it goes on with a message."""
    plain = _BLANKS.sub(" ", MARKS.sub("", line))
    found = _HEADER.match(plain)
    if not found or bool(found["bracket"]) is not found["end"].startswith("]"):
        return None
    if found["end"] == ", " and found["mark"] != "년 ":
        return None
    return Header(
        numbers=(found["a"], found["b"], found["c"]),
        mark=found["mark"],
        bracket=bool(found["bracket"]),
        clock=_clock(found),
        text=_text(found["rest"]),
    )


def _text(rest: str) -> str | None:
    """What is said, without who says it."""
    speaker = _SPEAKER.match(rest)
    return rest[speaker.end() :] if speaker else None


def _clock(found: re.Match[str]) -> str:
    hour = _hour(int(found["hour"]), _word(found["before"]), _word(found["after"]))
    minute, second = int(found["minute"]), int(found["second"] or 0)
    if hour is None or minute > 59 or second > 59:  # noqa: PLR2004 - of an hour, of a minute
        return ""
    return f"T{hour:02d}:{minute:02d}" + (f":{second:02d}" if found["second"] else "")


def _hour(hour: int, before: str, after: str) -> int | None:
    """The hour of the day, 0 to 23; ``None`` where a word beside it is not known."""
    said = {before, after} - _NO_HALF
    if not said:
        return hour if hour < 24 else None  # noqa: PLR2004 - hours of a day
    if len(said) > 1 or not said <= _MORNING | _EVENING or not 0 <= hour <= 12:  # noqa: PLR2004
        return None
    return hour % 12 + (12 if said <= _EVENING else 0)


def _word(text: str) -> str:
    """A word beside the time: lower case, blanks within left out ("p. m." is "p.m.")."""
    stripped = text.strip(" ,،").lower()
    return stripped if stripped in _NO_HALF else stripped.replace(" ", "")
