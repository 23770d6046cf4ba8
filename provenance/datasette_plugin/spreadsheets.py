"""Datasette's own CSV of an archive, with no cell that a spreadsheet would run as a formula.

A cell that begins like one gets an apostrophe in front, as in ``--csv`` of the command line; a
negative number stays what it is. Rows are let through as they come.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import Final

# What begins a formula in Excel, LibreOffice or Google Sheets (OWASP, "CSV Injection").
_FORMULA: Final = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
_CELL: Final = re.compile(r'"[^"]*(?:""[^"]*)*"|[^",\r\n]+')
_NUMBER: Final = re.compile(r"-\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
_EDGES: Final = re.compile(r'["\n]')


def is_csv(path: str, query: bytes, headers: Mapping[str, str]) -> bool:
    """Whether an answer of Datasette is CSV; shown in a browser it calls itself plain text."""
    kind = headers.get("content-type", "")
    asked = path.endswith(".csv") or b"_format=csv" in query
    return kind.startswith("text/csv") or (asked and kind.startswith("text/plain"))


class Defusing:
    """One CSV on its way out, in pieces that end anywhere."""

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._left = ""

    def passed(self, piece: bytes, *, last: bool) -> bytes:
        """What can go out now: all rows that are whole."""
        text = self._left + self._decode(piece, last)
        cut = len(text) if last else _whole(text)
        self._left = text[cut:]
        return _CELL.sub(_defused, text[:cut]).encode()


def _whole(text: str) -> int:
    """Where the last whole row ends: at a line end outside quotation marks."""
    quoted, end = False, 0
    for edge in _EDGES.finditer(text):
        if edge[0] == '"':
            quoted = not quoted
        elif not quoted:
            end = edge.end()
    return end


def _defused(cell: re.Match[str]) -> str:
    mark = '"' if cell[0].startswith('"') else ""
    inside = cell[0].removeprefix(mark)
    if not inside.startswith(tuple(_FORMULA)) or _NUMBER.fullmatch(inside.removesuffix(mark)):
        return cell[0]
    return f"{mark}'{inside}"
