r"""A window that moves over a large JSON text: decode here, skip to there, hold little.

Telegram's ``result.json`` holds all messages of an account in one object of hundreds of
megabytes, and writes control characters as ``\x1F``, which is no JSON: a reader of whole
documents either does not fit into memory or gives up at the first of them. This one decodes
value by value with the standard library's decoder, mends that escape, and can go on behind
what is broken.
"""

from __future__ import annotations

import json
import re
from typing import Any, TextIO

MOST = 1 << 20
"""Characters of one value. A message has 4,096 characters of text and as much markup."""

_CHUNK = 1 << 16
_KEPT = 512
"""Characters kept behind a search, so that a mark may lie across two chunks."""

_SPACE = re.compile(r"[ \t\r\n]*")
_ESCAPES = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)
_LONGEST_ESCAPE = 6

_decode = json.JSONDecoder().raw_decode


class Malformed(Exception):
    """What stands here is no JSON."""


class Window:
    """Text from a stream, of which only the part around the place of reading is held."""

    def __init__(self, stream: TextIO) -> None:
        """Begin at the begin of ``stream``."""
        self._stream = stream
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that is no blank; empty at the end."""
        while True:
            self._at = _end(_SPACE, self._text, self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def skip(self) -> None:
        """Pass over one character."""
        self._at += 1

    def value(self) -> Any:
        """Decode the value that begins here; raises :class:`Malformed`."""
        self.peek()
        while True:
            try:
                found, end = _decode(self._text, self._at)
            except RecursionError:
                raise Malformed from None
            except ValueError as error:
                if not (self._may_go_on(error) and self._more()):
                    raise Malformed from None
            else:
                # A number at the edge of what is held may have more digits.
                if end < len(self._text) or not self._more():
                    self._at = end
                    return found

    def seek(self, mark: re.Pattern[str]) -> re.Match[str] | None:
        """Move to the next place, not this one, at which ``mark`` begins."""
        self._at += 1
        while True:
            found = mark.search(self._text, self._at)
            if found and (found.end() < len(self._text) or not self._more()):
                self._at = found.start()
                return found
            if not found:
                self._at = max(self._at, len(self._text) - _KEPT)
                if not self._more():
                    return None

    def _may_go_on(self, error: ValueError) -> bool:
        """Whether a value that cannot be decoded may only be cut off by the edge."""
        held = len(self._text)
        if held - self._at > MOST or not isinstance(error, json.JSONDecodeError):
            return False
        return error.msg.startswith("Unterminated") or error.pos >= held - 2 * _LONGEST_ESCAPE

    def _more(self) -> bool:
        """Hold more of the stream; false at its end."""
        chunk = self._stream.read(_CHUNK)
        # Never part an escape: the next chunk would begin in the middle of it.
        for _ in range(_LONGEST_ESCAPE):
            if "\\" not in chunk[-_LONGEST_ESCAPE:]:
                break
            chunk += self._stream.read(_LONGEST_ESCAPE)
        if not chunk:
            self._ended = True
            return False
        self._text = self._text[self._at :] + (_mended(chunk) if "\\x" in chunk else chunk)
        self._at = 0
        return True


def _mended(text: str) -> str:
    r"""``\x1F``, which Telegram writes, as JSON writes it."""
    return _ESCAPES.sub(lambda found: f"\\u00{found[1]}" if found[1] else found[0], text)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
