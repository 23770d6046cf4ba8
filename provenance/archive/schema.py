"""The schema: small named steps, each in a transaction with its record.

A step is never changed once released; a later wish is a later step. The number of steps
is the schema's number and stands in SQLite's ``user_version``, so that an older program
recognises a newer file. The comments inside the statements are kept by SQLite and are the
documentation of the columns (``docs/schema.md`` is made from them).
"""

from __future__ import annotations

import secrets
import sqlite3
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    Step = Callable[[Database], None]

APPLICATION_ID = 0x50524F56
"""``PROV`` in ASCII, in the file header; `file` and we recognise an archive by it."""

PICTURES = """
CREATE TABLE pictures (
  -- One distinct image content, keyed by SHA-256, or known by hash alone.
  id INTEGER PRIMARY KEY,
  sha256 TEXT CHECK (length(sha256) = 64),  -- of the file, hex; null when not known
  name TEXT,            -- the name at first adding; null once erased
  path TEXT,            -- where the file lay then
  size INTEGER,         -- bytes
  width INTEGER,        -- pixels, upright; null when known by hash alone
  height INTEGER,       -- pixels, upright
  format TEXT,          -- as Pillow names it
  frames INTEGER,       -- frames or pages; the first one is kept
  decoder TEXT,         -- program and version that decoded it
  phash TEXT CHECK (length(phash) = 16),    -- pHash, hex
  pdq TEXT CHECK (length(pdq) = 64),        -- PDQ, hex
  pdq_quality INTEGER,  -- 0 to 100
  has_raster INTEGER NOT NULL DEFAULT 0 CHECK (has_raster IN (0, 1)),  -- a proof raster is kept
  live INTEGER NOT NULL DEFAULT 1  -- 0: every collection that brought it is revoked
    CHECK (live IN (0, 1)),
  added TEXT NOT NULL,  -- instant of first adding
  pixels_dropped TEXT,  -- instant at which thumbnail and raster were erased on purpose
  erased TEXT           -- instant at which everything was erased; the row is then a tombstone
) STRICT;
CREATE UNIQUE INDEX pictures_sha256 ON pictures (sha256);
CREATE UNIQUE INDEX pictures_pdq_alone ON pictures (pdq) WHERE sha256 IS NULL;
CREATE UNIQUE INDEX pictures_phash_alone ON pictures (phash) WHERE sha256 IS NULL AND pdq IS NULL;
CREATE INDEX pictures_pdq ON pictures (pdq);
CREATE INDEX pictures_phash ON pictures (phash);
CREATE INDEX pictures_live ON pictures (id) WHERE live = 1;
"""

PIXELS = """
CREATE TABLE _fingerprints (
  -- What is compared. A sequence number is never used twice, so that an index can catch up.
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  picture_id INTEGER NOT NULL REFERENCES pictures (id),
  kind TEXT NOT NULL,   -- algorithm and version
  value BLOB NOT NULL,  -- its fixed binary form
  quality INTEGER
) STRICT;
CREATE UNIQUE INDEX _fingerprints_picture ON _fingerprints (picture_id, kind);
CREATE INDEX _fingerprints_kind ON _fingerprints (kind, sequence);
CREATE TABLE _erasures (
  -- Which fingerprints are gone, so that an index beside the archive can purge them.
  mark INTEGER PRIMARY KEY AUTOINCREMENT,
  sequence INTEGER NOT NULL,
  picture_id INTEGER NOT NULL,
  kind TEXT NOT NULL
) STRICT;
CREATE TABLE _rasters (
  -- Proof rasters, packed as the fingerprint room packs them.
  picture_id INTEGER PRIMARY KEY REFERENCES pictures (id),
  value BLOB NOT NULL
) STRICT;
CREATE TABLE _thumbnails (
  -- Small pictures for people.
  picture_id INTEGER PRIMARY KEY REFERENCES pictures (id),
  value BLOB NOT NULL
) STRICT;
"""

SIGHTINGS = """
CREATE TABLE collections (
  -- One import batch with its source and trust; taken back as a whole.
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,   -- used once among those that are not revoked
  source TEXT,          -- where it comes from, as stated when it was first used
  trust TEXT NOT NULL,  -- how far its dates carry, as stated then
  made TEXT NOT NULL,   -- instant
  revoked TEXT          -- instant at which it was taken back; its name may then be used anew
) STRICT;
CREATE UNIQUE INDEX collections_name ON collections (name) WHERE revoked IS NULL;
CREATE TABLE sightings (
  -- One appearance of a picture.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  picture_id INTEGER NOT NULL REFERENCES pictures (id),
  date TEXT,            -- EDTF text as known; null when undated
  earliest TEXT,        -- first instant the date allows, UTC; null when open
  latest TEXT,          -- last instant the date allows, UTC; null when open
  precision TEXT,
  zone TEXT,            -- unknown, utc or +HH:MM
  means TEXT NOT NULL,  -- what the date is the date of
  how TEXT NOT NULL,    -- how we know it
  source TEXT,
  url TEXT,
  place TEXT,
  caption TEXT,         -- this and the next five: as last stated by a collection not revoked
  credit TEXT,
  trust TEXT NOT NULL,
  vouched TEXT,
  image_record INTEGER NOT NULL DEFAULT 0  -- 1: a crawl recorded the image's own bytes
    CHECK (image_record IN (0, 1)),
  weak_page INTEGER NOT NULL DEFAULT 0  -- 1: the date is that of a page, the image stood apart
    CHECK (weak_page IN (0, 1)),
  confirmed INTEGER NOT NULL DEFAULT 0  -- 1: a person confirmed it
    CHECK (confirmed IN (0, 1)),
  rejected INTEGER NOT NULL DEFAULT 0  -- 1: a person rejected it
    CHECK (rejected IN (0, 1)),
  live INTEGER NOT NULL DEFAULT 1  -- 0: every collection that brought it is revoked
    CHECK (live IN (0, 1)),
  recorded TEXT NOT NULL  -- instant at which this archive learnt of it
) STRICT;
CREATE UNIQUE INDEX sightings_identity ON sightings (
  picture_id, means, how, coalesce(date, ''), coalesce(source, ''), coalesce(url, ''),
  coalesce(place, '')
);
CREATE INDEX sightings_live ON sightings (picture_id) WHERE live = 1;
CREATE INDEX sightings_earliest ON sightings (earliest)
  WHERE live = 1 AND means NOT IN ('held', 'asserted') AND trust <> 'contested' AND rejected = 0
    AND (earliest IS NULL OR earliest <= recorded);
CREATE INDEX sightings_latest ON sightings (latest)
  WHERE live = 1 AND means NOT IN ('held', 'asserted') AND trust <> 'contested' AND rejected = 0
    AND (earliest IS NULL OR earliest <= recorded);
CREATE INDEX sightings_source ON sightings (source) WHERE live = 1 AND source IS NOT NULL;
CREATE TABLE _memberships (
  -- Which collection brought which sighting, and what it stated of it.
  sighting_id INTEGER NOT NULL REFERENCES sightings (id),
  collection_id INTEGER NOT NULL REFERENCES collections (id),
  caption TEXT,
  credit TEXT,
  trust TEXT NOT NULL,
  vouched TEXT,
  image_record INTEGER NOT NULL,
  weak_page INTEGER NOT NULL,
  stated INTEGER NOT NULL,  -- the event that recorded this statement
  PRIMARY KEY (sighting_id, collection_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX _memberships_collection ON _memberships (collection_id);
"""

CHECKS = """
CREATE TABLE claims (
  -- What is asserted with a picture.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  text TEXT,
  date TEXT,            -- EDTF text: when the event is said to have happened
  earliest TEXT,
  latest TEXT,
  precision TEXT,
  zone TEXT,
  posted TEXT,          -- EDTF text: when the claim was published
  posted_earliest TEXT,
  posted_latest TEXT,
  posted_precision TEXT,
  posted_zone TEXT,
  place TEXT,
  url TEXT,
  language TEXT
) STRICT;
CREATE UNIQUE INDEX claims_identity ON claims (
  coalesce(text, ''), coalesce(date, ''), coalesce(zone, ''), coalesce(posted, ''),
  coalesce(posted_zone, ''), coalesce(place, ''), coalesce(url, ''), coalesce(language, '')
);
CREATE TABLE checks (
  -- One picture under one claim, with what the machine found when it last looked.
  id INTEGER PRIMARY KEY,
  claim_id INTEGER REFERENCES claims (id),
  name TEXT,            -- of the query, as typed
  sha256 TEXT CHECK (length(sha256) = 64),
  phash TEXT,
  pdq TEXT,
  pdq_quality INTEGER,
  width INTEGER,
  height INTEGER,
  format TEXT,
  outcome TEXT,
  reason TEXT,
  finding TEXT,
  finding_reason TEXT,
  strength TEXT,        -- of what the finding rests on
  compared_with TEXT,   -- event or post
  no_later_than TEXT,   -- instant by which the picture was known
  at_least INTEGER,     -- whole days before the claim, rounded down
  at_most INTEGER,      -- whole days before the claim, rounded up
  sentence TEXT,
  made_by TEXT,
  made TEXT NOT NULL,   -- instant of the first judgement
  judged TEXT NOT NULL, -- instant of the last one
  erased TEXT           -- instant at which everything else of it was erased
) STRICT;
CREATE UNIQUE INDEX checks_identity ON checks (sha256, claim_id) WHERE sha256 IS NOT NULL;
CREATE UNIQUE INDEX checks_unread ON checks (name, claim_id)
  WHERE sha256 IS NULL AND erased IS NULL;
CREATE INDEX checks_claim ON checks (claim_id);
CREATE TABLE matches (
  -- A picture of the archive that was proved to be in a checked picture, or to resemble it.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  check_id INTEGER NOT NULL REFERENCES checks (id),
  picture_id INTEGER NOT NULL REFERENCES pictures (id),
  position INTEGER NOT NULL,  -- best proof first, from 0; similar scenes after the matches
  relation TEXT NOT NULL,
  method TEXT NOT NULL,
  distance INTEGER,
  inliers INTEGER,
  agreement REAL,
  pixels_compared INTEGER NOT NULL CHECK (pixels_compared IN (0, 1)),
  covers REAL,          -- share of the archive picture that is visible
  region TEXT,          -- JSON: where it lies in the query, pixels
  alterations TEXT NOT NULL  -- JSON
) STRICT;
CREATE INDEX matches_check ON matches (check_id);
CREATE INDEX matches_picture ON matches (picture_id);
CREATE TABLE reviews (
  -- What people decided. Never preset.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  check_id INTEGER REFERENCES checks (id),
  sighting_id INTEGER REFERENCES sightings (id),
  decision TEXT,        -- confirmed or rejected, of a sighting
  rating TEXT,          -- schema.org MediaManipulationRatingEnumeration, of a check
  words TEXT,           -- the house's own words for the rating
  note TEXT,
  made_by TEXT,
  made TEXT NOT NULL    -- instant
) STRICT;
CREATE INDEX reviews_check ON reviews (check_id);
CREATE INDEX reviews_sighting ON reviews (sighting_id);
CREATE TABLE _check_records (
  -- The whole answer as one JSON object.
  check_id INTEGER PRIMARY KEY REFERENCES checks (id),
  record TEXT NOT NULL
) STRICT;
CREATE TABLE _check_fingerprints (
  -- Fingerprints of what was checked; never searched as pictures.
  check_id INTEGER NOT NULL REFERENCES checks (id),
  kind TEXT NOT NULL,
  value BLOB NOT NULL,
  quality INTEGER,
  PRIMARY KEY (check_id, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE _check_rasters (
  check_id INTEGER PRIMARY KEY REFERENCES checks (id),
  value BLOB NOT NULL
) STRICT;
CREATE TABLE _check_thumbnails (
  check_id INTEGER PRIMARY KEY REFERENCES checks (id),
  value BLOB NOT NULL
) STRICT;
"""

EVENTS = """
CREATE TABLE events (
  -- What happened, in order, for ever. Ids and commitments only, never text.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,     -- instant
  kind TEXT NOT NULL,
  picture_id INTEGER,
  sighting_id INTEGER,
  collection_id INTEGER,
  check_id INTEGER,
  review_id INTEGER,
  commitment TEXT NOT NULL CHECK (length(commitment) = 64),  -- SHA-256 of salt and details
  previous TEXT NOT NULL CHECK (length(previous) = 64),  -- hash of the event before, or zeros
  hash TEXT NOT NULL CHECK (length(hash) = 64)  -- SHA-256 of the other columns as JSON
) STRICT;
CREATE INDEX events_picture ON events (picture_id) WHERE picture_id IS NOT NULL;
CREATE INDEX events_collection ON events (collection_id) WHERE collection_id IS NOT NULL;
CREATE INDEX events_check ON events (check_id) WHERE check_id IS NOT NULL;
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_follow_each_other BEFORE INSERT ON events
WHEN NEW.id IS NOT coalesce((SELECT max(id) FROM events), 0) + 1
  OR NEW.previous IS NOT coalesce((SELECT hash FROM events ORDER BY id DESC LIMIT 1), NEW.previous)
BEGIN SELECT RAISE(ABORT, 'events follow each other'); END;
CREATE TABLE _event_details (
  -- What an event was about, in words. This part can be erased; the event stays.
  event_id INTEGER PRIMARY KEY REFERENCES events (id),
  salt BLOB NOT NULL,
  payload TEXT NOT NULL  -- JSON object, keys sorted, no spaces
) STRICT;
CREATE TABLE _meta (
  -- What identifies this file.
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""


def first_schema(db: Database) -> None:
    """Every table of the first release."""
    for group in (PICTURES, PIXELS, SIGHTINGS, CHECKS, EVENTS):
        for statement in statements(group):
            db.conn.execute(statement)
    db.conn.execute("INSERT INTO _meta VALUES ('archive_id', ?)", [secrets.token_hex(16)])


EARLIER = """
CREATE TABLE _earlier_states (
  -- Small pictures inside a picture's file that differ from it: thumbnails, what it was made from.
  -- Their fingerprints are in _fingerprints, the kind begun with "earlier" and the number.
  picture_id INTEGER NOT NULL REFERENCES pictures (id),
  number INTEGER NOT NULL,  -- 1 to 4
  origin TEXT NOT NULL,  -- where it stands in the file
  proved INTEGER NOT NULL CHECK (proved IN (0, 1)),  -- the picture was shown to be made from it
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  raster BLOB,          -- its proof raster; null once pixels were dropped
  PRIMARY KEY (picture_id, number)
) STRICT;
"""


def embedded_pictures(db: Database) -> None:
    """Small earlier pictures that files carry besides their own."""
    for statement in statements(EARLIER):
        db.conn.execute(statement)


ADDED_COLUMNS: Final = (
    ("collections", "licence TEXT", "the licence it came under, as stated"),
    (
        "sightings",
        "validated INTEGER NOT NULL DEFAULT 0 CHECK (validated IN (0, 1))",
        "1: a time stamp that was validated against a given trust list",
    ),
    ("_memberships", "validated INTEGER NOT NULL DEFAULT 0", ""),
)
"""Columns of the third schema: table, definition, what it is. SQLite keeps no comments of
columns that are added to a table."""

DROPPED_INDEXES: Final = ("pictures_pdq", "pictures_phash")
"""Nothing asks for a picture by such a hash exactly (near ones are found beside the archive),
and each cost every new row a page somewhere in the file (docs/decisions/0020)."""


def licences_and_time_stamps(db: Database) -> None:
    """Collections have a licence, sightings a validated time stamp; two indexes go."""
    for table, column, _ in ADDED_COLUMNS:
        db.conn.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for index in DROPPED_INDEXES:
        db.conn.execute(f"DROP INDEX {index}")


QUARANTINE = """
CREATE TABLE _quarantine (
  -- Files that are turned away. Nothing of them is kept but this.
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),  -- hex
  reason TEXT NOT NULL,
  made TEXT NOT NULL,   -- instant
  made_by TEXT
) STRICT, WITHOUT ROWID;
"""


def quarantine(db: Database) -> None:
    """Files that must not be kept, by their SHA-256."""
    for statement in statements(QUARANTINE):
        db.conn.execute(statement)


REVIEWS = """
CREATE TABLE reviews (
  -- What people decided, one decision a row. Never preset.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  check_id INTEGER REFERENCES checks (id),  -- the check on which it was decided
  picture_id INTEGER REFERENCES pictures (id),  -- the matched picture it is about; null: none
  sighting_id INTEGER REFERENCES sightings (id),  -- the sighting it is about; null: none
  decision TEXT NOT NULL,  -- see docs/review.md
  rating TEXT,          -- schema.org MediaManipulationRatingEnumeration, of a check
  words TEXT,           -- the house's own words for the rating
  note TEXT,            -- why, or the text of a note
  query_sha256 TEXT CHECK (length(query_sha256) = 64),  -- of the checked file, hex
  picture_content TEXT,  -- sha256:, pdq: or phash: and hex: what picture_id stands for anywhere
  made_on INTEGER NOT NULL DEFAULT 0,  -- the newest decision that was known when it was made
  ends INTEGER,         -- of a withdrawal: the decision that it took away
  ended_by INTEGER,     -- the decision that took its place; null while it stands
  made_by TEXT,
  made TEXT NOT NULL    -- instant
) STRICT;
CREATE INDEX reviews_check ON reviews (check_id);
CREATE INDEX reviews_picture ON reviews (picture_id);
CREATE INDEX reviews_sighting ON reviews (sighting_id);
CREATE INDEX reviews_query ON reviews (query_sha256);
CREATE INDEX reviews_content ON reviews (picture_content);
"""

# No earlier version wrote a row here; if another program did, it is kept.
_REVIEWS_BEFORE = """
INSERT INTO reviews (id, check_id, picture_id, sighting_id, decision, rating, words, note, made_by,
  made)
SELECT r.id, r.check_id, s.picture_id, r.sighting_id,
  CASE WHEN r.sighting_id IS NOT NULL AND r.decision IS NOT NULL THEN 'sighting_' || r.decision
    WHEN r.rating IS NOT NULL THEN 'rated' ELSE 'noted' END,
  r.rating, r.words, r.note, r.made_by, r.made
FROM _reviews_before r LEFT JOIN sightings s ON s.id = r.sighting_id
"""


def decisions_of_people(db: Database) -> None:
    """The table ``reviews`` holds decisions on pairs of pictures, and what ended them."""
    run = db.conn.execute
    run("ALTER TABLE reviews RENAME TO _reviews_before")
    for index in ("reviews_check", "reviews_sighting"):
        run(f"DROP INDEX {index}")
    for statement in statements(REVIEWS):
        run(statement)
    run(_REVIEWS_BEFORE)
    run("DROP TABLE _reviews_before")


STEPS: list[Step] = [
    first_schema,
    embedded_pictures,
    licences_and_time_stamps,
    quarantine,
    decisions_of_people,
]
"""All steps ever released, oldest first."""


def statements(script: str) -> list[str]:
    """The statements of a script, one by one: ``executescript`` would commit too early."""
    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found


def newest() -> int:
    """The number of the schema that this program writes."""
    return len(STEPS)


def upgrade(connection: sqlite3.Connection) -> None:
    """Apply the steps that are missing; the caller holds the write transaction."""
    from sqlite_utils import Database

    _migrations().apply(Database(connection, recursive_triggers=False, execute_plugins=False))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {newest()}")


def _migrations() -> Migrations:
    """The steps as a sqlite-utils migration set, recorded in ``_sqlite_migrations``."""
    # Imported only when a file is made or upgraded: sqlite-utils costs 0.25 s to load.
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("provenance")
    for step in STEPS:
        migrations(name=step.__name__)(step)
    return migrations
