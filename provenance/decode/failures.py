"""What a decoder's complaint means, as one of the reasons of the contract.

Decoders complain in English and in a dozen exception classes. A picture that stops early
is told from a damaged one where the complaint allows it; nothing else is read into it.
"""

from __future__ import annotations

import re
import struct

from provenance.decode.header import SMALLER, broken, truncated, unsupported
from provenance.errors import Unreadable, UnreadableReason

STOPS = re.compile(
    r"truncat|premature|end.of.(file|input|data)|not enough|unexpected end", re.IGNORECASE
)
FLOODS = re.compile(
    r"too large|too big|security limit|exceeds the (maximum|limit)|bomb", re.IGNORECASE
)
VARIETY = re.compile(
    r"unsupported|not (yet )?supported|not been built|cannot handle|no decod"
    r"|unknown .*(mode|compression|type)",
    re.IGNORECASE,
)

TELLING = (OSError, SyntaxError, RuntimeError)
"""Classes whose text is meant for people; that of a KeyError is only a number."""

NONSENSE = "its structure makes no sense"

TEXT = 120
"""Characters of a decoder's complaint that are passed on."""


def named(problem: Exception) -> Unreadable:
    """The complaint of a decoder as an error of ours."""
    if isinstance(problem, Unreadable):
        return problem
    text = str(problem)
    if (
        isinstance(problem, EOFError)
        or isinstance(problem.__cause__, EOFError)
        or STOPS.search(text)
    ):
        return truncated()
    if FLOODS.search(text):
        return _floods(text)
    if VARIETY.search(text):
        return unsupported(f"of a variety that the decoder does not know ({_short(text)})")
    return broken(
        _short(text) if isinstance(problem, TELLING) and not _wraps(problem) else NONSENSE
    )


def _wraps(problem: Exception) -> bool:
    """Whether Pillow only passed on that it tripped over its own reading."""
    return isinstance(
        problem.__cause__, IndexError | TypeError | KeyError | EOFError | struct.error
    )


def _floods(text: str) -> Unreadable:
    return Unreadable(
        UnreadableReason.TOO_BIG,
        f"The picture is larger than the decoder takes ({_short(text)}).",
        advice=SMALLER,
    )


def _short(text: str) -> str:
    return text[:TEXT].rstrip(". ")
