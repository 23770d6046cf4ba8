"""Answers written out, each as it is ready: JSON, a line an object, CSV, a table, text.

Every writer draws its records one by one and flushes after each, except the table, which
must know all cells to set its columns. Nothing is caught here: a closed pipe reaches the
command line, which ends in silence.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TextIO

from tabulate import tabulate

from provenance.report.account import COLUMNS as ACCOUNT_COLUMNS
from provenance.report.account import account_rows
from provenance.report.quarantined import COLUMNS as QUARANTINED_COLUMNS
from provenance.report.quarantined import quarantined_rows
from provenance.report.record import Record
from provenance.report.reviewed import COLUMNS as REVIEWED_COLUMNS
from provenance.report.reviewed import reviewed_rows
from provenance.report.rows import (
    ADDED_COLUMNS,
    CHECK_COLUMNS,
    FORGOTTEN_COLUMNS,
    LOOKUP_COLUMNS,
    PICTURE_COLUMNS,
    REVOKED_COLUMNS,
    STATUS_COLUMNS,
    Row,
    added_rows,
    check_rows,
    forgotten_rows,
    lookup_rows,
    picture_rows,
    revoked_rows,
    status_rows,
)
from provenance.report.visible import visible_json

Records = Iterable[Record]
Text = Callable[[Record], str]


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of record is written: as rows under ``columns``, and as text.

    ``apart``: as text, a blank line stands between one record and the next.
    """

    columns: Sequence[str]
    rows: Callable[[Record], list[Row]]
    apart: bool


LOOKUPS: Final = Form(LOOKUP_COLUMNS, lookup_rows, apart=True)
CHECKS: Final = Form(CHECK_COLUMNS, check_rows, apart=True)
WATCHED: Final = Form(CHECK_COLUMNS, check_rows, apart=False)
ADDED: Final = Form(ADDED_COLUMNS, added_rows, apart=False)
PICTURES: Final = Form(PICTURE_COLUMNS, picture_rows, apart=False)
REVOKED: Final = Form(REVOKED_COLUMNS, revoked_rows, apart=False)
FORGOTTEN: Final = Form(FORGOTTEN_COLUMNS, forgotten_rows, apart=False)
QUARANTINED: Final = Form(QUARANTINED_COLUMNS, quarantined_rows, apart=False)
ACCOUNTS: Final = Form(ACCOUNT_COLUMNS, account_rows, apart=False)
REVIEWED: Final = Form(REVIEWED_COLUMNS, reviewed_rows, apart=True)
STATUS: Final = Form(STATUS_COLUMNS, status_rows, apart=False)


def write(records: Records, out: TextIO, shape: str | None, form: Form, text: Text) -> None:
    """Write ``records`` in the ``shape`` asked for: json, nl, csv, table, else as text."""
    if shape == "json":
        write_json(records, out)
    elif shape == "nl":
        write_lines(records, out)
    elif shape == "csv":
        write_csv(records, out, form)
    elif shape == "table":
        write_table(records, out, form)
    else:
        write_text(records, out, form, text)


def copied(records: Records, out: TextIO, form: Form) -> Iterator[Record]:
    """The same records, each written as CSV to ``out`` before it is handed on."""
    writer = csv.DictWriter(out, form.columns, lineterminator="\n")
    writer.writeheader()
    for record in records:
        writer.writerows(form.rows(record))
        out.flush()
        yield record


def write_json(records: Records, out: TextIO) -> None:
    """A JSON array, an element a line."""
    opening = "["
    for record in records:
        out.write(f"{opening}{encoded(record, out)}")
        out.flush()
        opening = ",\n "
    out.write("[]\n" if opening == "[" else "]\n")
    out.flush()


def write_lines(records: Records, out: TextIO) -> None:
    """One JSON object a line."""
    for record in records:
        out.write(f"{encoded(record, out)}\n")
        out.flush()


def write_csv(records: Records, out: TextIO, form: Form) -> None:
    """CSV with a header, even when there is nothing below it."""
    writer = csv.DictWriter(out, form.columns, lineterminator="\n")
    writer.writeheader()
    for record in records:
        writer.writerows(form.rows(record))
        out.flush()


def write_table(records: Records, out: TextIO, form: Form) -> None:
    """Columns set under each other, as sqlite-utils sets them."""
    rows = [list(row.values()) for record in records for row in form.rows(record)]
    # Nothing is taken for a number: 64 digits and "1e5" are names here.
    out.write(tabulate(rows, headers=list(form.columns), disable_numparse=True) + "\n")
    out.flush()


def write_text(records: Records, out: TextIO, form: Form, text: Text) -> None:
    """Text for people, a record after the other."""
    between = ""
    for record in records:
        out.write(f"{between}{text(record)}\n")
        out.flush()
        between = "\n" if form.apart else ""


def encoded(record: Record, out: TextIO) -> str:
    """One record as JSON on one line; plain ASCII where ``out`` can write no more."""
    plain = not (out.encoding or "utf-8").lower().replace("-", "").startswith("utf")
    return visible_json((_ASCII if plain else _UNICODE)(record))


# Made once: `json.dumps` would make an encoder for each of a million answers.
_ASCII: Final = json.JSONEncoder(allow_nan=False).encode
_UNICODE: Final = json.JSONEncoder(allow_nan=False, ensure_ascii=False).encode
