"""Tables that lie in a folder beside the pictures they name.

What such a table says holds for the pictures of its folder and of the folders in it, and
nothing else the folder knows of them is stronger. It came with the pictures, perhaps from
somebody else: it may lower the trust of the batch, never raise it, and vouch for nothing.
"""

# Names are bytes here, which pathlib does not take.
# ruff: noqa: PTH113, PTH118, PTH120

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from provenance.errors import ProvenanceError, Refused, UsageError
from provenance.models import Entry, Trust
from provenance.sources.argument import Argument
from provenance.sources.opened_table import SUFFIXES
from provenance.sources.rows import Cells
from provenance.sources.source import Run
from provenance.sources.stated import Stated
from provenance.sources.table import columns_of, opened_table, resolved, row_entry

MOST_ROWS = 200_000
"""Rows of one table that are looked at for the files they name; beyond them a file may be taken
twice, once by its row and once as found, which says the same of it twice."""

_WEAKEST_LAST = (Trust.OWN, Trust.TRUSTED, Trust.PARTNER, Trust.UNREVIEWED, Trust.CONTESTED)


def is_table(file: Argument) -> bool:
    """Whether a file of a folder has the ending of a table."""
    return file.suffix in SUFFIXES


class Beside:
    """One table in a folder; ``files`` are those that its rows name and that are there."""

    def __init__(self, table: Argument, run: Run) -> None:
        """Look which files it names; ``problem`` says why it is no table of this folder's."""
        self.table = table
        self.files: frozenset[bytes] = frozenset()
        self.problem: ProvenanceError | None = None
        # What lies beside pictures may come from anybody: its addresses are not called on.
        self._run = replace(run, fetch=False)
        try:
            self._opened = opened_table(table, run)
            self._columns = columns_of(self._opened, table, run)
            self.files = frozenset(self._named())
        except ProvenanceError as problem:
            self.problem = _as_refused(problem)
            return
        self.problem = None if self.files else _names_nothing(table)

    def entries(self, stated: Stated, blank: Entry) -> Iterator[Entry]:
        """One entry per row that is not blank; ``blank`` is that of the folder."""
        self._run.tally.beside[self.table.text] = len(self.files)
        if self._columns.guessed:
            self._run.tally.guessed[self.table.text] = self._columns.guessed
        for row in self._opened.rows():
            yield row_entry(self.table, self._columns, row, stated, blank, self._run, limit=modest)

    def _named(self) -> Iterator[bytes]:
        for _, cells in islice(self._opened.rows(), MOST_ROWS):
            path = None if isinstance(cells, Refused) else self._columns.renamed(cells).get("path")
            if path and "\0" not in path:
                file = normal(resolved(self.table, path).raw)
                if _is_below(file, self.table) and os.path.isfile(file):
                    yield file


def modest(cells: Cells, stated: Stated) -> Cells:
    """What a row may say where its table came with the pictures."""
    batch = stated.believed()
    said = {name: text for name, text in cells.items() if name not in {"vouch", "trust"}}
    row = cells.get("trust", "").lower()
    if row in _WEAKEST_LAST and _WEAKEST_LAST.index(Trust(row)) > _WEAKEST_LAST.index(batch):
        said["trust"] = row
    return said


def normal(path: bytes) -> bytes:
    """A path without detours, so that two names of one file are the same."""
    return os.path.normpath(path)


def _is_below(file: bytes, table: Argument) -> bool:
    folder = normal(os.path.dirname(table.raw) or b".")
    return folder == b"." or file.startswith(os.path.join(folder, b""))


def _names_nothing(table: Argument) -> Refused:
    return Refused(
        "unsupported_source",
        "This table names no picture of its folder.",
        name=table.text,
        advice="Add it by itself, or take it out of the folder.",
    )


def _as_refused(problem: ProvenanceError) -> ProvenanceError:
    if isinstance(problem, UsageError):
        return Refused(problem.reason, problem.message, name=problem.name, advice=problem.advice)
    return problem
