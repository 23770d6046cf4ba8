"""What a picture is known by, and so which picture it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from provenance.models import Fingerprint, Intake

PHASH, PDQ = "phash_v1", "pdq_v1"
"""The kinds whose text stands in ``pictures.phash`` and ``pictures.pdq``."""


Identity = tuple[str, str]
"""Which hash makes it the same picture (``sha256``, ``pdq``, ``phash``), and its value."""

SAME: Final = {
    "sha256": "p.sha256",
    "pdq": "p.sha256 IS NULL AND p.pdq",
    "phash": "p.sha256 IS NULL AND p.pdq IS NULL AND p.phash",
}
"""What is to equal the value of an identity."""

_FIND: Final = {
    kind: f"""SELECT p.*, (SELECT s.id FROM sightings s
      WHERE s.picture_id = p.id AND s.means = 'held') AS held
    FROM pictures p WHERE {same} = ?"""
    for kind, same in SAME.items()
}


def _lower(text: str | None) -> str | None:
    return text.lower() if text else None


def stored_among(connection: sqlite3.Connection, asked: Iterable[Identity]) -> set[Identity]:
    """Those of them by which a picture is stored, asked for at once."""
    values: dict[str, list[str]] = {}
    for kind, value in asked:
        values.setdefault(kind, []).append(value)
    return {
        (kind, row[0])
        for kind, wanted in values.items()
        for row in connection.execute(
            f"SELECT p.{kind} FROM pictures p"
            f" WHERE {SAME[kind]} IN ({', '.join('?' * len(wanted))})",
            wanted,
        )
    }


@dataclass(frozen=True, slots=True)
class Hashes:
    """The hashes of one picture, lower-case hex."""

    sha256: str | None
    pdq: str | None
    phash: str | None

    @classmethod
    def of(cls, intake: Intake) -> Hashes:
        """Measured where the file is there, else as stated."""
        examined = intake.examined
        if examined is None:
            return cls(_lower(intake.sha256), _lower(intake.pdq), _lower(intake.phash))
        pdq, phash = examined.fingerprint(PDQ), examined.fingerprint(PHASH)
        return cls(
            examined.sha256.lower(),
            pdq.value.hex() if pdq else None,
            phash.value.hex() if phash else None,
        )

    def find(self, connection: sqlite3.Connection) -> sqlite3.Row | None:
        """The stored picture that this is, with the id of its ``held`` sighting."""
        kind, value = self.identity()
        row: sqlite3.Row | None = connection.execute(_FIND[kind], (value,)).fetchone()
        return row

    def identity(self) -> Identity:
        """What makes it the same picture: the strongest hash given.

        Equal PDQ says nothing about equal bytes, so a hash alone never names a file.
        """
        if self.sha256:
            return "sha256", self.sha256
        if self.pdq:
            return "pdq", self.pdq
        if self.phash:
            return "phash", self.phash
        raise ValueError("an intake needs a file or a hash")

    def as_fingerprints(self) -> tuple[Fingerprint, ...]:
        """What can be compared of a picture known by hash alone."""
        stated = ((PDQ, self.pdq), (PHASH, self.phash))
        return tuple(Fingerprint(kind, bytes.fromhex(text)) for kind, text in stated if text)

    def as_details(self) -> dict[str, str | None]:
        """For the details of an event."""
        return {"sha256": self.sha256, "pdq": self.pdq, "phash": self.phash}
