"""THE MEMORY: pictures, sightings, fingerprints, checks and the event log, in one SQLite file.

The only room that speaks SQL. One :class:`Archive` is one connection, used by one thread;
any number of processes may read beside one another and wait for one another to write.
The tables are documented in ``docs/schema.md``.
"""

from __future__ import annotations

from provenance.archive.bounded import COUNTED, bounded_count
from provenance.archive.chain import Chain
from provenance.archive.check_list import CheckList
from provenance.archive.connection import WAIT_SECONDS, is_archive
from provenance.archive.coverage import Counting
from provenance.archive.intake import Intakes
from provenance.archive.internal_tables import INTERNAL_TABLES
from provenance.archive.landing import Landing
from provenance.archive.limiting import limit
from provenance.archive.pictures import ORDERS, Pictures
from provenance.archive.quarantine import Quarantining
from provenance.archive.recalling import CheckShelf, Recalling
from provenance.archive.records import (
    Asked,
    ChainReport,
    EarlierMaterial,
    Erasure,
    Event,
    FingerprintRow,
    Forgotten,
    ForgottenCheck,
    JudgedAgain,
    Material,
    News,
    QuarantinedFile,
    Rejudged,
    Revoked,
    SavedCheck,
)
from provenance.archive.reviews import Reviewing
from provenance.archive.sightings import Sightings
from provenance.archive.sql_functions import register
from provenance.archive.stored_queries import STORED_QUERIES

__all__ = [
    "COUNTED",
    "INTERNAL_TABLES",
    "ORDERS",
    "STORED_QUERIES",
    "WAIT_SECONDS",
    "Archive",
    "Asked",
    "ChainReport",
    "CheckShelf",
    "EarlierMaterial",
    "Erasure",
    "Event",
    "FingerprintRow",
    "Forgotten",
    "ForgottenCheck",
    "JudgedAgain",
    "Landing",
    "Material",
    "News",
    "QuarantinedFile",
    "Rejudged",
    "Revoked",
    "SavedCheck",
    "bounded_count",
    "is_archive",
    "limit",
    "register",
]


class Archive(
    Intakes, Pictures, Sightings, Counting, Reviewing, Recalling, CheckList, Chain, Quarantining
):
    """An open archive: ``with Archive.open(path) as archive: ...``; one file a noun."""
