"""The tables as a page of documentation, from the schema itself.

python -m provenance.archive.describe > docs/schema.md
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing

from provenance.archive import events, schema

_COLUMN = re.compile(r"^  (?P<name>[a-z0-9_]+) (?P<type>INTEGER|TEXT|BLOB|REAL)(?P<rest>.*)$")
_REFERENCE = re.compile(r"REFERENCES (\w+)")

_INTRODUCTION = """\
# The archive file

Made by `python -m provenance.archive.describe` from the schema in
`provenance/archive/schema.py`; a test compares the two. Schema {number}.

An archive is one ordinary SQLite file: Datasette, sqlite-utils and `sqlite3` open it. Read
it as you like; write to it only through this program, which alone keeps the event chain.
`application_id` in the header is 0x{application_id:X} ("PROV"), `user_version` the number
of the schema.

Instants are UTC text of fixed width (`2019-06-14T07:00:00Z`), so they sort as text. Dates
are EDTF text beside the span of instants they allow (`earliest`, `latest`, both inclusive;
null is an open end). Hashes are lower-case hex. `live = 1` means that at least one
collection which is not revoked holds the row; only such rows are counted, listed and
compared. Tables whose names begin with `_` are internal and may change.

## Recomputing the event chain

```
commitment = SHA-256( salt, then payload in UTF-8 )
hash       = SHA-256( JSON array without spaces, in UTF-8, of
             {columns} )
previous   = hash of the event before; 64 zeros for the first
```

`salt` and `payload` stand in `_event_details` and can be erased; the chain then still
verifies. Keep the last `hash` somewhere else to notice that a whole file was replaced.
"""


def page() -> str:
    """The documentation in Markdown."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.upgrade(connection)
        tables = dict(
            connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
                " AND name NOT LIKE 'sqlite_%' AND name <> '_sqlite_migrations' ORDER BY rowid"
            ).fetchall()
        )
    return "\n".join(_page(tables)) + "\n"


def _page(tables: dict[str, str]) -> Iterator[str]:
    wrapped = f"[{', '.join(events.COLUMNS[:5])},\n              {', '.join(events.COLUMNS[5:])}]"
    yield _INTRODUCTION.format(
        number=schema.newest(), application_id=schema.APPLICATION_ID, columns=wrapped
    )
    yield "## Tables for everybody"
    yield from _tables({n: sql for n, sql in tables.items() if not n.startswith("_")})
    yield "\n## Internal tables"
    yield from _tables({n: sql for n, sql in tables.items() if n.startswith("_")})


def _tables(tables: dict[str, str]) -> Iterator[str]:
    for name, sql in tables.items():
        yield f"\n### `{name}`\n"
        lines = sql.splitlines()
        about = [line.strip(" -") for line in lines if line.startswith("  --")]
        if about:
            yield " ".join(about) + "\n"
        yield "| column | type | |\n|---|---|---|"
        yield from filter(None, map(_column, lines))
        yield from _added_columns(name)


def _added_columns(table: str) -> Iterator[str]:
    """Those of later steps, of which SQLite keeps no comments."""
    for owner, definition, what in schema.ADDED_COLUMNS:
        line = _column(f"  {definition}  -- {what}" if what else f"  {definition}")
        if owner == table and line is not None:
            yield line


def _column(line: str) -> str | None:
    found = _COLUMN.match(line)
    if found is None:
        return None
    rest, _, comment = found["rest"].partition("--")
    reference = _REFERENCE.search(rest)
    words = [f"→ `{reference[1]}`"] if reference else []
    words += ["never null"] if "NOT NULL" in rest else []
    words += [comment.strip()] if comment else []
    return f"| `{found['name']}` | {found['type'].lower()} | {'; '.join(words)} |"


if __name__ == "__main__":
    sys.stdout.write(page())
