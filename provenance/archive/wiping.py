"""Wiping rows so that nothing of them is left in the file."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable

from provenance.archive.connection import Connected
from provenance.errors import ArchiveBusy, UnwritableArchive


class Wiping(Connected):
    """What every erasure is made of."""

    def sweep(self) -> bool:
        """Rewrite the file without what was deleted and empty the write-ahead log.

        ``secure_delete`` zeroes deleted rows, but not the stale copies that SQLite leaves
        when it moves rows between pages; only VACUUM drops those. ``False``: another
        program is using the archive, or the disk has no room for the copy; what was erased
        stays erased, sweep again later.
        """
        try:
            list(self._rows("VACUUM"))
            row = self._row("PRAGMA wal_checkpoint(TRUNCATE)")
        except (ArchiveBusy, UnwritableArchive):
            return False
        return row is not None and row["busy"] == 0

    def _delete(self, column: str, ids: Iterable[int], *tables: str) -> None:
        for table in tables:
            self._connection.executemany(
                f"DELETE FROM {table} WHERE {column} = ?",
                [(number,) for number in ids],
            )

    def _erase_details(self, column: str, ids: Iterable[int]) -> None:
        self._connection.executemany(
            "DELETE FROM _event_details WHERE event_id IN"
            f" (SELECT id FROM events WHERE {column} = ?)",
            [(number,) for number in ids],
        )

    def _blank(self, table: str, keep: tuple[str, ...], ids: Iterable[int]) -> None:
        """Set every column to null but those that are kept."""
        columns = [row["name"] for row in self._rows(f"PRAGMA table_info({table})")]
        blanks = ", ".join(f"{name} = NULL" for name in columns if name not in keep)
        self._connection.executemany(
            f"UPDATE {table} SET {blanks} WHERE id = ?",
            [(number,) for number in ids],
        )


def sealed(sha256: str | None) -> tuple[str | None, str | None]:
    """A commitment to an erased file and the receipt that opens it, hex.

    The commitment is SHA-256 of the receipt's bytes followed by the file's SHA-256 in hex.
    """
    if sha256 is None:
        return None, None
    receipt = secrets.token_bytes(32)
    return hashlib.sha256(receipt + sha256.encode()).hexdigest(), receipt.hex()
