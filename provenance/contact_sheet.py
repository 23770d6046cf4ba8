"""The contact sheet as records: a page of pictures with its headings, and the archive's reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from provenance.archive import Archive
from provenance.archive.sheet import (
    COUNTED,
    FIELDS,
    HEADINGS,
    Item,
    Overview,
    Page,
    Selection,
    Sheet,
    Turn,
    is_kept,
)

Record = dict[str, Any]

PATIENCE: Final = 0.15
"""Seconds a reader waits for what changed; what takes longer is said to be missing."""


class ContactSheet:
    """All pictures of an archive by when they were first known.

    Args:
        archive: open, for reading at least.
        folder: where the sheet's own file is kept, beside the index; where nothing can be
            written it goes with this object.
    """

    def __init__(self, archive: Archive, folder: Path) -> None:
        self._archive = archive
        self._folder = folder

    @cached_property
    def sheet(self) -> Sheet:
        """The sheet, opened when first needed."""
        return Sheet(self._archive, self._folder)

    def close(self) -> None:
        """Close the sheet's file, if it was opened."""
        if "sheet" in self.__dict__:
            self.sheet.close()

    def page(self, selection: Selection, turn: Turn | None = None, most: int = HEADINGS) -> Record:
        """One page of a selection; ``most``: headings of each field.

        ``behind`` counts the changes that are not sorted in yet; ``pictures`` is null where
        more than ``counted_to`` are selected and no count of them is kept.
        """
        turn = turn or Turn()
        behind = self.sheet.follow(PATIENCE)
        page, overview = self.sheet.page(selection, turn), self.sheet.overview(selection, most=most)
        return {
            "selection": _selected(selection),
            "order": "newest" if turn.newest else "first",
            "behind": behind,
            "counted_to": COUNTED,
            **_found(page, overview),
            "items": [each for item in page.items if (each := self._item(item))],
            "headings": {name: _headings(overview, name) for name in FIELDS},
        }

    def reach(self) -> Record:
        """Years, gaps, sources and places: what "not in the archive" is to be weighed by."""
        behind = self.sheet.follow(PATIENCE)
        return {"behind": behind, **_plain(asdict(self.sheet.reach()))}

    def purge(self) -> bool:
        """Leave no word of what was erased; it is made anew when it is next asked for."""
        return self.sheet.purge() if is_kept(self._folder) else True

    def _item(self, item: Item) -> Record | None:
        """One picture with its first known sighting; ``None`` where it is gone meanwhile."""
        from provenance.check import weigh
        from provenance.report.record import sighting_record

        shown = self._archive.shown(item.picture, item.sighting)
        if shown is None:
            return None
        picture, first = shown
        return {
            "picture": picture.id,
            "sha256": picture.sha256,
            "name": picture.name,
            "width": picture.width,
            "height": picture.height,
            "format": picture.format,
            "thumbnail": self._archive.has_thumbnail(picture.id),
            "earliest_sighting": sighting_record(first, weigh) if first else None,
            "sightings": item.sightings,
        }


def _selected(selection: Selection) -> Record:
    headings: Mapping[str, str] = selection.headings
    return {name: headings.get(name) for name in FIELDS} | {"words": selection.words or None}


def _found(page: Page, overview: Overview) -> Record:
    return {
        "pictures": overview.pictures,
        "beginning": overview.beginning,
        "following": page.following,
        "preceding": page.preceding,
    }


def _headings(overview: Overview, name: str) -> list[Record]:
    return [{"text": h.text, "pictures": h.pictures} for h in overview.headings.get(name, ())]


def _plain(value: Any) -> Any:
    """Tuples as lists, as JSON has them."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value
