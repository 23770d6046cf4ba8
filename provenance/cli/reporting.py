"""The report of an import: what became of every input, as a CSV file beside the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.errors import UsageError

if TYPE_CHECKING:
    from provenance.report.stream import Form

Record = dict[str, Any]

_HEADER = b"name,row,outcome,"


def check_report(path: Path | None) -> None:
    """Refuse a place for the report before anything is written, or anything of yours is lost.

    Raises:
        UsageError: there is no such folder, or the file there is no report of ours.
    """
    if path is None:
        return
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent} for the report.", advice="Make it.")
    if path.exists() and not (path.is_file() and _is_report(path)):
        raise UsageError(f"{path} exists and is no such report.", advice="Give another name.")


def _is_report(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_HEADER)) in {b"", _HEADER}


@contextmanager
def reported(
    records: Iterable[Record], path: Path | None, form: Form
) -> Iterator[Iterable[Record]]:
    """The same records, each written to ``path`` as it passes, where there is one."""
    from provenance.report import stream

    if path is None:
        yield records
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        yield stream.copied(records, file, form)
