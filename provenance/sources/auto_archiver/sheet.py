"""Auto-archiver's sheet as CSV: a link a row, with the PDQ hashes of all pictures it showed.

The columns are those of ``gsheet_feeder_db``. ``hash`` is that of whatever lies at ``archive
location``: mostly the report which auto-archiver writes about the link, and only where that is
a picture is it read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from provenance.errors import Refused, UsageError
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.auto_archiver.item import (
    Item,
    as_refused,
    date_of,
    hashed,
    no_picture,
    sha256_of,
)
from provenance.sources.export import is_picture, refused, text_of
from provenance.sources.rows import Cells
from provenance.sources.sheet import rows
from provenance.sources.source import Run
from provenance.sources.stated import Stated

COLUMNS: Final = frozenset(("link", "archive status"))
_HASHES: Final = "perceptual hashes"
_POSTED: Final = "upload timestamp"
_ARCHIVED: Final = "archive date"


def read(argument: Argument, stated: Stated, blank: Entry, run: Run) -> Iterator[Entry]:
    """The entries of a sheet; raises :class:`Unreadable` or :class:`UsageError`."""
    count = 0
    for count, cells in rows(argument, COLUMNS):
        here = replace(blank, name=argument.text, name_bytes=argument.raw_name, row=count)
        try:
            yield from _of_row(cells, stated, here, run)
        except Refused as problem:
            yield refused(argument, problem, blank, count)
        except UsageError as problem:
            yield refused(argument, as_refused(problem), blank, count)
    if not count:
        run.tally.empty.append(argument.text)


def _of_row(cells: Cells | Refused, stated: Stated, blank: Entry, run: Run) -> Iterator[Entry]:
    """An entry for each picture of a link; raises what is wrong with the whole row."""
    if isinstance(cells, Refused):
        raise cells
    hashes = _hashes(cells)
    if not hashes:
        raise no_picture(cells.get("archive status", ""))
    item = Item(
        link=cells.get("link") or None,
        posted=date_of(cells.get(_POSTED)),
        archived=date_of(cells.get(_ARCHIVED)),
        caption=text_of([cells.get("text content") or cells.get("upload title", "")]),
    )
    for each in hashes:
        yield hashed(blank, stated, item.post(image_record=False), each, run)


def _hashes(cells: Cells) -> list[dict[str, str]]:
    """The hashes of each picture: its PDQ, and the SHA-256 of what was archived, if a picture."""
    found = [{"pdq": text} for each in cells.get(_HASHES, "").split(",") if (text := each.strip())]
    stored = cells.get("archive location", "").split("\n")[0].partition("?")[0]
    sha256 = sha256_of(cells.get("hash")) if is_picture(stored) else None
    if sha256 is None:
        return found
    # With one picture both are its hashes; with more nobody knows which PDQ it has.
    if len(found) == 1:
        return [{"sha256": sha256, **found[0]}]
    return [{"sha256": sha256}, *found]
