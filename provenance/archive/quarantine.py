"""Quarantine: files that must not be kept, known by their SHA-256 and a reason, nothing else.

Erasing forgets a file and may meet it again tomorrow; this remembers just enough of it to turn
it away. Whatever the archive held of the file is erased in the same transaction.
"""

from __future__ import annotations

import sqlite3

from provenance.archive.erasure import Erasing
from provenance.archive.events import Log
from provenance.archive.instants import read
from provenance.archive.records import QuarantinedFile
from provenance.archive.text import normal
from provenance.errors import UnknownName, UsageError


class Quarantining(Erasing):
    """What is turned away."""

    def quarantine(self, sha256: str, why: str, *, sweep: bool = True) -> QuarantinedFile:
        """Turn this file away from now on, and erase what is here of it.

        Gone are the picture and its checks as :meth:`forget` erases them, and checks of the
        file where it was never a picture. Done twice, the first reason stays. ``sweep`` as
        for :meth:`forget`; nothing is swept where nothing was erased.

        Raises:
            UsageError: there is no reason.
        """
        sha256, reason = sha256.lower(), _reason(why)
        with self._writing() as log:
            known = self._in_quarantine(sha256)
            if known is None:
                self._connection.execute(
                    "INSERT INTO _quarantine (sha256, reason, made, made_by) VALUES (?, ?, ?, ?)",
                    (sha256, reason, log.instant, self.actor),
                )
                log.write("file_quarantined", {"sha256": sha256, "reason": reason})
            pictures, checks = self._erase_file(sha256, log)
        clean = not (pictures or checks) or (sweep and self.sweep())
        kept = self.quarantined(sha256)
        assert kept is not None
        return QuarantinedFile(
            sha256, kept.reason, kept.made, kept.by, known is None, pictures, checks, clean=clean
        )

    def release(self, sha256: str, why: str) -> None:
        """Take a file back out of quarantine: it may be given again. What was erased is gone.

        Raises:
            UnknownName: it is not in quarantine.
            UsageError: there is no reason.
        """
        sha256, reason = sha256.lower(), _reason(why)
        with self._writing() as log:
            if self._in_quarantine(sha256) is None:
                raise UnknownName(f"{sha256} is not in quarantine.", name=sha256)
            self._connection.execute("DELETE FROM _quarantine WHERE sha256 = ?", (sha256,))
            log.write("file_released", {"sha256": sha256, "reason": reason})

    def quarantined(self, sha256: str) -> QuarantinedFile | None:
        """The file of this SHA-256 (hex) where it is in quarantine."""
        row = self._in_quarantine(sha256.lower())
        return _file(row) if row else None

    def quarantine_reasons(self) -> dict[str, str]:
        """SHA-256 -> reason, of all files in quarantine."""
        rows = self._rows("SELECT sha256, reason FROM _quarantine")
        return {row["sha256"]: row["reason"] for row in rows}

    def quarantine_list(self) -> tuple[QuarantinedFile, ...]:
        """All files in quarantine, in the order of time."""
        return tuple(map(_file, self._rows("SELECT * FROM _quarantine ORDER BY made, sha256")))

    def _in_quarantine(self, sha256: str) -> sqlite3.Row | None:
        return self._row("SELECT * FROM _quarantine WHERE sha256 = ?", (sha256,))

    def _erase_file(self, sha256: str, log: Log) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Erase the picture of this file and every check of it; their numbers."""
        pictures = self._numbers(
            "SELECT id FROM pictures WHERE sha256 = ? AND erased IS NULL", sha256
        )
        checks = [
            check
            for picture in pictures
            for check in self._forget(self._existing(picture), "quarantined", log)[2]
        ]
        alone = self._numbers("SELECT id FROM checks WHERE sha256 = ? AND erased IS NULL", sha256)
        self._wipe_checks(alone, log)
        for check in alone:
            log.write("check_erased", {"reason": "quarantined"}, check=check)
        return pictures, tuple(sorted([*checks, *alone]))

    def _numbers(self, sql: str, sha256: str) -> tuple[int, ...]:
        return tuple(row["id"] for row in self._rows(sql, (sha256,)))


def _reason(why: str) -> str:
    reason = normal(why)
    if reason is None:
        raise UsageError("A file is quarantined for a reason.", advice="Say which, with --reason.")
    return reason


def _file(row: sqlite3.Row) -> QuarantinedFile:
    return QuarantinedFile(row["sha256"], row["reason"], read(row["made"]), row["made_by"])
