"""The sheets of a workbook as text, no finer than they show it; runs in a guarded worker.

A date in a cell is a number and a way to show it. "June 2019" typed into Excel is kept as
1 June and shown as "Jun-19"; "15 November" gets the year in which it was typed. So only those
parts of a date count that its format shows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from provenance.dates.languages import language
from provenance.errors import Unreadable, UnreadableReason

UNPACKED: Final = 1 << 30
"""Bytes that a workbook may unpack to; a million rows of six columns unpack to 300 MB."""

PACKED_PARTS: Final = 5_000
COLUMNS: Final = 256
"""Columns that are read; a table of pictures has a few dozen."""

_ANSWER: Final = 250 << 20
_OLE: Final = b"\xd0\xcf\x11\xe0"
_BEFORE_HEADER: Final = 20
"""Blank rows that may stand above the header."""


def in_worker(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """The headers of all sheets; with ``sheet`` the rows of that one, a JSON line each.

    Raises:
        Unreadable: it is no workbook, or unpacks to more than is read.
    """
    _refuse_bombs(data)
    book = _opened(data)
    if "sheet" not in options:
        return {"headers": [_header(sheet) for sheet in book.worksheets]}
    return {"rows": _packed(book.worksheets[options["sheet"]])}


def _refuse_bombs(data: bytes) -> None:
    if data.startswith(_OLE):
        raise Unreadable(UnreadableReason.UNSUPPORTED, "locked with a password, or an old .xls")
    try:
        parts = ZipFile(BytesIO(data)).infolist()
    except (BadZipFile, ValueError, NotImplementedError, EOFError):
        raise Unreadable(UnreadableReason.UNSUPPORTED, "no packed file") from None
    if len(parts) > PACKED_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise Unreadable(UnreadableReason.TOO_BIG, "unpacks to too much")


def _opened(data: bytes) -> Any:
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever openpyxl makes of a broken file
        raise Unreadable(UnreadableReason.UNSUPPORTED, "no workbook") from None
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a file says of its size is not believed
    return book


def _header(sheet: Any) -> list[str]:
    return next((texts for _, texts in _rows(sheet, _BEFORE_HEADER)), [])


def _packed(sheet: Any) -> bytes:
    """Every row that is not blank, below the header: its number from 1, and its fields."""
    lines = bytearray()
    header = 0
    for number, texts in _rows(sheet):
        if not header:
            header = number
            continue
        lines += json.dumps([number - header, texts], ensure_ascii=False).encode() + b"\n"
        if len(lines) > _ANSWER:
            raise Unreadable(UnreadableReason.TOO_BIG, "too many rows")
    return bytes(lines)


def _rows(sheet: Any, most: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Number and texts of each row that is not blank."""
    rows = sheet.iter_rows(max_row=most, max_col=COLUMNS)
    for number, cells in _until_broken(enumerate(rows, start=1)):
        texts = [_shown_cell(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield number, texts


def _shown_cell(cell: Any) -> str:
    """The format is asked only of dates: looking it up costs more than the rest of a cell."""
    value = cell.value
    return shown(value, cell.number_format if isinstance(value, date) else "")


def _until_broken(rows: Iterable[Any]) -> Iterator[Any]:
    try:
        yield from rows
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - XML that breaks off, a cell that is none
        raise Unreadable(UnreadableReason.UNSUPPORTED, "a broken sheet") from None


def shown(value: Any, form: str) -> str:
    """A cell's value as its format shows it; dates as ISO, as far as they are shown."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _sound(value).strip()
    if isinstance(value, date):
        return _shown_date(value, form or "")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool | int | float | time | timedelta):
        return str(value)
    return _sound(str(value)).strip()


def _sound(text: str) -> str:
    """As it can be written: lone halves of characters become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


_QUIET = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_MONTHS: Final = tuple(names[0] for names in language("en").months)


def _shown_date(value: date, form: str) -> str:
    """``2019-06`` for 1 June 2019 shown as "Jun-19"; a day without a shown year has none."""
    codes = _QUIET.sub(" ", form.split(";", maxsplit=1)[0]).lower()
    clock = "h" in codes
    plain = re.sub(r"h+\W*m+|m+\W*s+|am/pm|a/p", " ", codes)
    year, month = "y" in plain or "e" in plain, "m" in plain
    day = bool(re.search(r"(?<!d)d{1,2}(?!d)", plain))
    if not (year or month or day):
        return value.isoformat()
    if not year:
        return f"{value.day if day else ''} {_MONTHS[value.month - 1] if month else ''}".strip()
    text = f"{value.year:04d}" + (f"-{value.month:02d}" if month else "")
    if not (day and month):
        return text
    text += f"-{value.day:02d}"
    if clock and isinstance(value, datetime):
        text += value.strftime("T%H:%M:%S" if "s" in plain or "s" in codes else "T%H:%M")
    return text
