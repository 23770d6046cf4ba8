"""Write ``schema_1.sql``: an archive of the first schema, as text, for later versions to open.

    python tests/archive/make_schema_1.py > tests/archive/schema_1.sql

Run for the last time when schema 1 is released; afterwards the test would prove nothing.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from pathlib import Path

from conftest import asked_of, intake_of, sighting_of

from provenance.archive import Archive, schema
from provenance.models import Intake, NewCollection, Trust


def fill(archive: Archive) -> None:
    """Something of everything."""
    archive.add([intake_of(n, sighting_of(2015 + n, caption=f"caption {n}")) for n in range(3)])
    archive.add([Intake("row", NewCollection("hashes"), row=1, pdq="ab" * 32)])
    archive.add([intake_of(1, sighting_of(2016, trust=Trust.TRUSTED), collection="second")])
    archive.add([intake_of("revoked", sighting_of(2001), collection="taken back")])
    asked_of(archive, "query", 1).save(archive)
    asked_of(archive, "only checked", 1).save(archive)
    archive.revoke("taken back", "invented dates")
    archive.forget(3, "asked")
    archive.forget_check(2, "asked")
    archive.drop_pixels(2, "too cruel to keep")


def dump(path: Path) -> str:
    """The file as SQL, with what the header says."""
    connection = sqlite3.connect(path)
    lines = list(connection.iterdump())
    connection.close()
    header = [
        f"PRAGMA application_id = {schema.APPLICATION_ID};",
        f"PRAGMA user_version = {schema.newest()};",
    ]
    return "\n".join([*header, *lines]) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "archive.db"
        with Archive.open(made, create=True, actor="Mona") as opened:
            fill(opened)
        sys.stdout.write(dump(made))
