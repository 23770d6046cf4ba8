"""People of a shared desk, as rows and in a line."""

from __future__ import annotations

from typing import Any, Final

from provenance.report.page import PLAIN, Look, Page
from provenance.report.rows import Row, defused

COLUMNS: Final = ("name", "role")


def account_rows(record: dict[str, Any]) -> list[Row]:
    """The one row of a person."""
    return [{column: defused(record[column]) for column in COLUMNS}]


def account_text(record: dict[str, Any], look: Look = PLAIN) -> str:
    """A person and their role."""
    page = Page(look)
    page.line(f"{record['name']}: {record['role']}")
    return page.text()
