"""The contact sheet: all pictures by when they were first known, narrowed and searched.

A file of its own beside the archive that follows it (:mod:`.following`): what a picture is
filed under (:mod:`.filing`), pages and headings (:mod:`.looking`), how far the archive
reaches (:mod:`.reaching`). It can be deleted at any time.
"""

from __future__ import annotations

from provenance.archive.sheet.filing import FIELDS
from provenance.archive.sheet.looking import (
    COUNTED,
    HEADINGS,
    Heading,
    Item,
    Overview,
    Page,
    Selection,
    Turn,
)
from provenance.archive.sheet.reaching import Gap, Month, Reach, Reaching, Row, Year
from provenance.archive.sheet.tables import is_kept

__all__ = [
    "COUNTED",
    "FIELDS",
    "HEADINGS",
    "Gap",
    "Heading",
    "Item",
    "Month",
    "Overview",
    "Page",
    "Reach",
    "Row",
    "Selection",
    "Sheet",
    "Turn",
    "Year",
    "is_kept",
]


class Sheet(Reaching):
    """The contact sheet of one archive: ``with Sheet(archive, folder) as sheet: ...``."""
