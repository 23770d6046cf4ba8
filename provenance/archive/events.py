"""The event log: what happened, in order, for ever; only its details can be erased.

Every event commits to its details with SHA-256 over a random salt and the details, and
carries the hash of the event before it. So details can be erased and the chain still
verifies, and nobody can guess an erased detail from its commitment.

Recompute it yourself: ``commitment`` is SHA-256 of ``salt`` followed by ``payload`` in
UTF-8; ``hash`` is SHA-256 of the JSON array ``[id, at, kind, picture_id, sighting_id,
collection_id, check_id, review_id, commitment, previous]`` without spaces, in UTF-8.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from provenance.archive.instants import written

GENESIS = "0" * 64
"""What the first event carries in place of the hash of the one before."""

_SALT_BYTES = 16

COLUMNS = (
    "id",
    "at",
    "kind",
    "picture_id",
    "sighting_id",
    "collection_id",
    "check_id",
    "review_id",
    "commitment",
    "previous",
)
"""What the hash of an event covers, in this order."""

_INSERT = f"INSERT INTO events ({', '.join(COLUMNS)}, hash) VALUES ({', '.join('?' * 11)})"


# Made once: `json.dumps` would make an encoder for each of a million events.
_sorted_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
_plain_json = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def canonical(details: Mapping[str, Any]) -> str:
    """Details as the one JSON text that is committed to."""
    return _sorted_json(details)


def commitment(salt: bytes, payload: str) -> str:
    """What an event keeps of its details, hex."""
    return hashlib.sha256(salt + payload.encode()).hexdigest()


def chained(row: tuple[Any, ...]) -> str:
    """The hash of an event whose :data:`COLUMNS` are ``row``, hex."""
    return hashlib.sha256(_plain_json(row).encode()).hexdigest()


class Log:
    """The events of one transaction, written together at its end; all share its instant."""

    def __init__(self, connection: sqlite3.Connection, at: datetime, actor: str | None) -> None:
        self.at = at
        self.instant = written(at)
        self._connection = connection
        self._actor = actor
        self._events: list[tuple[Any, ...]] = []
        self._details: list[tuple[int, bytes, str]] = []
        self._last, self._hash = self._head()

    def _head(self) -> tuple[int, str]:
        run = self._connection.execute
        if run("SELECT 1 FROM sqlite_schema WHERE name = 'events'").fetchone() is None:
            return 0, GENESIS  # the file has no tables yet
        row = run("SELECT id, hash FROM events ORDER BY id DESC LIMIT 1").fetchone()
        return (row["id"], row["hash"]) if row else (0, GENESIS)

    def write(
        self,
        kind: str,
        details: Mapping[str, Any],
        *,
        picture: int | None = None,
        sighting: int | None = None,
        collection: int | None = None,
        check: int | None = None,
        review: int | None = None,
    ) -> int:
        """One event; ``details`` may hold text, the event itself holds only ids."""
        payload = canonical({"by": self._actor, **details})
        salt = secrets.token_bytes(_SALT_BYTES)
        self._last += 1
        about = (picture, sighting, collection, check, review)
        row = (self._last, self.instant, kind, *about, commitment(salt, payload), self._hash)
        self._hash = chained(row)
        self._events.append((*row, self._hash))
        self._details.append((self._last, salt, payload))
        return self._last

    def flush(self) -> None:
        """Put the events of this transaction into the table."""
        self._connection.executemany(_INSERT, self._events)
        self._connection.executemany("INSERT INTO _event_details VALUES (?, ?, ?)", self._details)
        self._events, self._details = [], []
