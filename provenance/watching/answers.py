"""The answer beside the picture: ``a.jpg.json`` and ``a.jpg.html``, then the picture itself.

The order makes a kill harmless: answers first, the picture last. What a kill leaves is an answer
without its picture, which is recognised by its SHA-256 and written anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provenance.guard.beside import STREAM
from provenance.report.visible import visible_json
from provenance.sources.argument import Argument
from provenance.watching import files
from provenance.watching.layout import Layout
from provenance.watching.taken import Taken

Record = dict[str, Any]
JSON, HTML = ".json", ".html"
MOST_READ = 1 << 24
"""Bytes of an answer that is read again to see whose it is; more is none of ours."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Where a picture and its answers lie."""

    picture: Path
    json: Path
    html: Path


def lay(layout: Layout, folder: Path, taken: Taken, record: Record, page: str) -> Record:
    """Write the answers, move the picture beside them.

    The record comes back with ``watch``: where the picture lies now.
    """
    laid = _free(folder / taken.relative, record)
    told = with_place(layout, record, taken.claimed.problem, laid)
    write(layout, laid, told, page)
    files.moved(taken.path, laid.picture)
    mark = taken.path.with_name(taken.path.name + STREAM)
    if files.exist([mark]):
        files.moved(mark, laid.picture.with_name(laid.picture.name + STREAM))
    files.remove_empty(taken.path.parent, layout.work)
    return told


def lay_again(layout: Layout, taken: Taken, record: Record, page: str) -> Record:
    """Write the answers of a picture anew where it lies in ``done/``."""
    return lay_anew(layout, taken.path, record, page, taken.claimed.problem)


def lay_anew(
    layout: Layout, picture: Path, record: Record, page: str, problem: str | None = None
) -> Record:
    """Write the answers beside a picture in ``done/`` anew."""
    laid = named(picture)
    told = with_place(layout, record, problem, laid)
    told["watch"]["anew"] = True
    write(layout, laid, told, page)
    return told


def write(layout: Layout, laid: Laid, record: Record, page: str) -> None:
    """Write both answers, each whole."""
    text = visible_json(json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1))
    # JSON first: it is what tells whose a page without a picture is.
    files.write_whole(laid.json, f"{text}\n".encode(errors="backslashreplace"), layout.copies)
    files.write_whole(laid.html, page.encode(errors="backslashreplace"), layout.copies)


def named(picture: Path) -> Laid:
    """A picture's answers by its name."""
    return Laid(picture, files.beside(picture, JSON), files.beside(picture, HTML))


def unplaced(record: Record) -> Record:
    """The record of a check whose picture does not lie in this folder."""
    place = {"file": None, "answer": None, "claim_problem": None, "anew": True}
    return record | {"watch": place}


def check_of(picture: Path) -> int | None:
    """The number of the check whose answer lies beside a picture."""
    try:
        number = json.loads(named(picture).json.read_bytes())["check"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return number if isinstance(number, int) else None


def with_place(layout: Layout, record: Record, problem: str | None, laid: Laid) -> Record:
    """The record with where the picture lies, below the watch folder, and what was not used."""
    lies = laid.picture.relative_to(layout.root)
    return record | {
        "watch": {
            "file": Argument.of(lies).text,
            "answer": Argument.of(laid.json.relative_to(layout.root)).text,
            "claim_problem": problem,
            "anew": False,
        }
    }


def _free(wanted: Path, record: Record) -> Laid:
    """A name of which neither the picture nor an answer is taken by something else."""
    for picture in files.numbered(wanted):
        laid = named(picture)
        if files.exist([picture]):
            continue
        if not files.exist([laid.json, laid.html]) or _is_left_over(laid.json, record):
            return laid
    raise AssertionError("numbers do not end")


def _is_left_over(path: Path, record: Record) -> bool:
    """Whether a kill left this answer to the same question."""
    try:
        if path.stat().st_size > MOST_READ:
            return False
        found = json.loads(path.read_bytes())
        return bool(found["query"] == record["query"] and "watch" in found)
    except (OSError, ValueError, KeyError, TypeError):
        return False
