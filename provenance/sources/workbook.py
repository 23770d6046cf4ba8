"""Workbooks (``.xlsx``): unpacked and read in a locked-up process, then rows as of any table.

A workbook is a packed folder of XML that a stranger made: a few kilobytes of it can unpack to
gigabytes. So the guarded reader opens it, and here only lines of plain text arrive. Of
several sheets the first that names pictures is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from provenance.errors import Unreadable, UnreadableReason
from provenance.guard import Guard, Limits, read_file
from provenance.sources.argument import Argument
from provenance.sources.rows import Row, Suits, named_cells
from provenance.sources.sheets import in_worker

_MIB: Final = 1024 * 1024
LIMITS: Final = Limits(wall_seconds=300, cpu_seconds=290, answer_bytes=256 * _MIB)
"""What one workbook may cost: 100,000 rows of six columns, all of them different, take 38 s of
processor time on a busy machine. Larger tables are better kept as .csv."""

IMPORTS: Final = ("openpyxl", "openpyxl.reader.excel", "openpyxl.styles.numbers")

_AS_CSV = "Save the sheet as .csv (UTF-8) and add that."


class Workbook:
    """One workbook on disk; ``suits`` says whether a header is that of a table of pictures."""

    def __init__(self, argument: Argument, suits: Suits) -> None:
        """Nothing is opened yet."""
        self._argument = argument
        self._suits = suits
        self._choice: tuple[int, tuple[str, ...]] | None = None

    def columns(self) -> tuple[str, ...]:
        """The header of the sheet that is read; raises :class:`Unreadable`."""
        data = self._bytes()
        with _guard() as guard:
            self._choice = self._chosen(self._asked(guard, data, {}))
            return self._choice[1]

    def rows(self) -> Iterator[Row]:
        """The rows after the header; blank ones are counted and left out."""
        data = self._bytes()
        with _guard() as guard:
            number, columns = self._choice or self._chosen(self._asked(guard, data, {}))
            answer = self._asked(guard, data, {"sheet": number})
        del data
        for line in answer["rows"].splitlines():
            row, fields = json.loads(line)
            yield int(row), named_cells(columns, [str(field) for field in fields])

    def _bytes(self) -> bytes:
        try:
            return read_file(self._argument.path, LIMITS)
        except Unreadable as problem:
            raise _of_workbook(problem, self._argument.text) from problem

    def _asked(self, guard: Guard, data: bytes, options: dict[str, Any]) -> dict[str, Any]:
        try:
            return guard.run(data, options)
        except Unreadable as problem:
            raise _of_workbook(problem, self._argument.text) from problem

    def _chosen(self, answer: dict[str, Any]) -> tuple[int, tuple[str, ...]]:
        """Number and header of the first sheet that suits; else of the first."""
        headers = [tuple(name.strip().lower() for name in each) for each in answer["headers"]]
        numbered = [*enumerate(headers)] or [(0, ())]
        return next((each for each in numbered if self._suits(each[1])), numbered[0])


def _guard() -> Guard:
    return Guard(in_worker, workers=1, limits=LIMITS, imports=IMPORTS)


_SAID: Final = {
    UnreadableReason.TOO_BIG: "This workbook is too large to be read.",
    UnreadableReason.TOO_SLOW: "This workbook took too long to read and was given up.",
    UnreadableReason.UNSUPPORTED: "This is no workbook that can be read.",
    UnreadableReason.WORKER_DIED: "Reading this workbook failed in a way that was not foreseen.",
}


def _of_workbook(problem: Unreadable, name: str) -> Unreadable:
    """The guard speaks of pictures; said of a workbook, with what to do."""
    reason = UnreadableReason(problem.reason)
    return Unreadable(reason, _SAID.get(reason, problem.message), name=name, advice=_AS_CSV)
