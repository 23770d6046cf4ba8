"""Changes of the sheet that are made together: rows, headings and reach stay in step."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from typing import Any, Final

from provenance.archive.sheet.filing import Filed, Heading

_PUT: Final = "INSERT INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?)"
_INDEX: Final = "INSERT INTO found (rowid, filed, words) VALUES (?, ?, ?)"
_UNINDEX: Final = "INSERT INTO found (found, rowid, filed, words) VALUES ('delete', ?, ?, ?)"

_COUNT: Final = "UPDATE headings SET pictures = pictures + ? WHERE id = ?"
_SPAN: Final = """
INSERT INTO reach VALUES (?, ?, ?, ?)
ON CONFLICT (heading, first, last) DO UPDATE SET sightings = sightings + excluded.sightings
"""


class Changes:
    """Pictures taken out and put in; counts are written once for all of them."""

    def __init__(self, sheet: sqlite3.Connection) -> None:
        self._sheet = sheet
        self._numbers: dict[Heading, int] = {}
        self._pictures: Counter[int] = Counter()
        self._spans: Counter[tuple[int, int, int]] = Counter()
        self._out: dict[int, tuple[Any, ...]] = {}
        self._in: list[tuple[Any, ...]] = []

    def take_out(self, row: sqlite3.Row) -> None:
        """A picture as it stands."""
        self._out[row["rank"]] = tuple(row)

    def put_in(self, each: Filed) -> None:
        """A picture as it is now; one that stands just so is left alone."""
        numbers = sorted(map(self._number, each.headings))
        reach = [(self._number(heading), *span) for heading, span in each.reach]
        row = (
            each.rank,
            each.picture,
            each.sighting,
            each.sightings,
            token_list(numbers),
            each.words,
            json.dumps(sorted(reach), separators=(",", ":")),
        )
        if self._out.get(each.rank) == row:
            del self._out[each.rank]
        else:
            self._in.append(row)

    def write(self) -> None:
        """All of it, in the transaction that is open."""
        out = sorted(self._out.values())
        self._sheet.executemany(_UNINDEX, [(r[0], r[4], r[5]) for r in out])
        self._sheet.executemany("DELETE FROM pictures WHERE rank = ?", [(r[0],) for r in out])
        self._sheet.executemany(_PUT, self._in)
        self._sheet.executemany(_INDEX, [(r[0], r[4], r[5]) for r in self._in])
        for rows, sign in ((out, -1), (self._in, 1)):
            for row in rows:
                self._count(row, sign)
        self._write_counts()

    def _count(self, row: tuple[Any, ...], sign: int) -> None:
        for number in numbers_of(row[4]):
            self._pictures[number] += sign
        for span in json.loads(row[6]):
            self._spans[tuple(span)] += sign

    def _write_counts(self) -> None:
        counted = [(n, number) for number, n in self._pictures.items() if n]
        self._sheet.executemany(_COUNT, counted)
        spans = [(*span, n) for span, n in self._spans.items() if n]
        self._sheet.executemany(_SPAN, spans)
        if any(n < 0 for n in (*self._pictures.values(), *self._spans.values())):
            self._sheet.execute("DELETE FROM reach WHERE sightings = 0")
            self._sheet.execute("DELETE FROM headings WHERE pictures = 0")

    def _number(self, heading: Heading) -> int:
        """The number of a heading, which is made where it is new."""
        if heading not in self._numbers:
            self._numbers[heading] = self._find(heading) or self._make(heading)
        return self._numbers[heading]

    def _find(self, heading: Heading) -> int | None:
        row = self._sheet.execute(
            "SELECT id FROM headings WHERE field = ? AND text = ?", heading
        ).fetchone()
        return row["id"] if row else None

    def _make(self, heading: Heading) -> int:
        made = self._sheet.execute("INSERT INTO headings VALUES (NULL, ?, ?, 0)", heading).lastrowid
        assert made is not None
        return made


def token_list(numbers: list[int]) -> str:
    """Headings as the words of the column ``filed``."""
    return " ".join(map(token, numbers))


def token(number: int) -> str:
    """One heading as a word."""
    return f"h{number}"


def numbers_of(filed: str) -> list[int]:
    """The headings that stand in the column ``filed``."""
    return [int(word[1:]) for word in filed.split()]
