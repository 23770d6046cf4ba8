"""Taking pictures in: a whole batch or nothing, and the same thing twice is one thing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from provenance.archive import stating
from provenance.archive.connection import Connected
from provenance.archive.events import Log
from provenance.archive.failures import translated
from provenance.archive.hashes import Hashes, Identity, stored_among
from provenance.archive.instants import instant_date
from provenance.archive.landing import Landing
from provenance.archive.standing import Found, Standing
from provenance.archive.stating import Stating
from provenance.archive.storing import Storing
from provenance.archive.text import normal
from provenance.archive.waiting import Waiting
from provenance.archive.writer import Writer
from provenance.errors import Quarantined
from provenance.models import (
    Added,
    AddOutcome,
    How,
    Intake,
    Means,
    NewCollection,
    NewSighting,
    Trust,
)

REVIVED = "It had been revoked and is live again."
COMPLETED = "It was known by hash alone; now its file is."


class Intakes(Connected):
    """Adding to the archive."""

    def add(self, intakes: Sequence[Intake]) -> list[Added]:
        """Take in a batch (the caller keeps it to 100) in one transaction, in order.

        When this returns, all of it is on disk. Adding the same again changes nothing.
        A picture whose collections were all revoked comes back to life and counts as new.
        """
        if not intakes:
            return []
        with self._writing() as log:
            return _Batch(self._connection, log).take_all(intakes)

    def adding(self, intakes: Sequence[Intake]) -> Landing[list[Added]]:
        """The same, but the answer is to be waited for, and the caller goes on meanwhile.

        Nothing else may be asked of this archive until :meth:`Landing.wait` returned.
        """
        before = self._connection.total_changes
        with self._written() as log:
            added = _Batch(self._connection, log).take_all(intakes)
        return Landing(self.path, self._connection, before, added)

    def foresee(self, intake: Intake) -> Added:
        """What :meth:`add` would answer, without writing; ids only of what is known."""
        with translated(self.path):
            if why := turned_away(self._connection, intake):
                return refused(intake, why)
            row = Hashes.of(intake).find(self._connection)
            found = [
                stating.find(self._connection, row["id"], s) if row is not None else None
                for s in intake.sightings
            ]
        known = row if row is not None and row["live"] else None
        live = [s["id"] if s is not None and s["live"] else None for s in found]
        return _added(
            intake,
            picture=known["id"] if known else None,
            sighting=live[0] if live else (known["held"] if known else None),
            new_picture=known is None,
            new_sighting=None in live,
        )


@dataclass(frozen=True, slots=True)
class _Known:
    """The picture an intake is about: its id, its ``held`` sighting, what is to be said.

    ``new``: it was not among the living; ``made``: its row was not there at all.
    """

    picture: int
    held: int
    new: bool
    made: bool = False
    detail: str | None = None


class _Batch(Writer):
    """One transaction of taking in."""

    def __init__(self, connection: sqlite3.Connection, log: Log) -> None:
        super().__init__(connection, log, Waiting(connection))
        self._collections: dict[str, int] = {}
        self._stored: set[Identity] = set()
        self._touched: set[Identity] = set()
        self._repeated: list[Identity] = []
        self._stand: dict[int, Standing] = {}
        self._pictures = Storing(connection, log, self._waiting)
        self._sightings = Stating(connection, log, self._waiting)
        held = NewSighting(instant_date(log.at), Means.HELD, How.ARCHIVE_LOG, trust=Trust.OWN)
        self._held_as = stating.statement(held)
        self._held = stating.identity(held) | self._held_as

    def take_all(self, intakes: Sequence[Intake]) -> list[Added]:
        """Each input in turn; new rows are put in together."""
        hashes = [Hashes.of(intake) for intake in intakes]
        asked = [each.identity() for each in hashes]
        self._stored = stored_among(self._connection, asked)
        self._repeated = [identity for identity in asked if identity in self._stored]
        added = [self._take(*each) for each in zip(intakes, hashes, strict=True)]
        self._waiting.flush()
        return added

    def _take(self, intake: Intake, hashes: Hashes) -> Added:
        """One input: the collection that brings it, its picture, what is stated of it."""
        if why := turned_away(self._connection, intake):
            return refused(intake, why)
        collection = self._collection(intake.collection)
        standing = self._standing(intake, hashes, collection)
        if standing is not None:
            return _known(intake, standing)
        self._touched.add(hashes.identity())
        known = self._picture(intake, hashes, collection)
        stated = [
            self._sightings.take(known.picture, s, collection, first=known.made and not n)
            for n, s in enumerate(intake.sightings)
        ]
        return _added(
            intake,
            picture=known.picture,
            sighting=stated[0][0] if stated else known.held,
            new_picture=known.new,
            new_sighting=any(new for _, new in stated),
            detail=known.detail,
        )

    def _standing(self, intake: Intake, hashes: Hashes, collection: int) -> Found | None:
        """Where the archive has all of it already, as it was before this batch."""
        identity = hashes.identity()
        if identity not in self._stored or identity in self._touched:
            return None
        if collection not in self._stand:
            self._stand[collection] = Standing(self._connection, collection, self._repeated)
        return self._stand[collection].find(intake, hashes, self._held)

    def _collection(self, collection: NewCollection) -> int:
        name = normal(collection.name) or ""
        if name not in self._collections:
            self._collections[name] = self._open(name, collection) or self._make(name, collection)
        return self._collections[name]

    def _open(self, name: str, collection: NewCollection) -> int | None:
        row = self._one("SELECT * FROM collections WHERE name = ? AND revoked IS NULL", name)
        if row is None:
            return None
        licence = normal(collection.licence)
        if licence and licence != row["licence"]:
            self._update("collections", row["id"], {"licence": licence})
            changed = {"licence": [row["licence"], licence]}
            self._log.write("collection_updated", {"changed": changed}, collection=row["id"])
        return int(row["id"])

    def _make(self, name: str, collection: NewCollection) -> int:
        trust = collection.trust.value
        said = {
            "name": name,
            "source": normal(collection.source),
            "trust": trust,
            "licence": normal(collection.licence),
        }
        made = self._insert("collections", {**said, "made": self._log.instant})
        self._log.write("collection_made", said, collection=made)
        return made

    def _picture(self, intake: Intake, hashes: Hashes, collection: int) -> _Known:
        identity = hashes.identity()
        if identity not in self._stored:
            self._stored.add(identity)
            return self._new_picture(intake, hashes, collection)
        self._waiting.flush()
        row = hashes.find(self._connection)
        assert row is not None
        completed = self._pictures.complete(row, intake, hashes)
        held = self._one("SELECT * FROM sightings WHERE id = ?", row["held"])
        assert held is not None
        if self._sightings.restate(held, self._held_as, collection):
            return _Known(row["id"], row["held"], new=True, detail=REVIVED)
        return _Known(row["id"], row["held"], new=False, detail=COMPLETED if completed else None)

    def _new_picture(self, intake: Intake, hashes: Hashes, collection: int) -> _Known:
        picture, said = self._pictures.make(intake, hashes)
        held = self._sightings.make(picture, self._held)
        event = self._log.write(
            "picture_added", said, picture=picture, sighting=held, collection=collection
        )
        self._sightings.state(held, collection, self._held_as, event)
        return _Known(picture, held, new=True, made=True)


def _known(intake: Intake, found: Found) -> Added:
    return _added(
        intake,
        picture=found.picture,
        sighting=found.sighting,
        new_picture=False,
        new_sighting=False,
    )


def turned_away(connection: sqlite3.Connection, intake: Intake) -> str | None:
    """Why this file is in quarantine; ``None`` where it is not."""
    row = connection.execute(
        "SELECT reason FROM _quarantine WHERE sha256 = ?", (Hashes.of(intake).sha256,)
    ).fetchone()
    return row["reason"] if row else None


def refused(intake: Intake, why: str) -> Added:
    """An input that is not taken in, for its file is in quarantine."""
    problem = Quarantined(why)
    return Added(
        name=intake.name,
        row=intake.row,
        outcome=AddOutcome.REFUSED,
        reason=str(problem.reason),
        detail=str(problem),
    )


def _added(
    intake: Intake,
    *,
    picture: int | None,
    sighting: int | None,
    new_picture: bool,
    new_sighting: bool,
    detail: str | None = None,
) -> Added:
    news = {"picture": new_picture, "sighting": new_sighting}
    new = tuple(what for what, is_new in news.items() if is_new)
    return Added(
        name=intake.name,
        row=intake.row,
        outcome=AddOutcome.ADDED if new else AddOutcome.KNOWN,
        picture=picture,
        sighting=sighting,
        new=new,
        collection=intake.collection.name,
        detail=detail,
        read_as=intake.read_as,
        sightings=intake.sightings,
    )
