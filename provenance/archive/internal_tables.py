"""The tables that are nobody's business but the archive's own."""

from __future__ import annotations

from typing import Final

INTERNAL_TABLES: Final = (
    "_check_fingerprints",
    "_check_rasters",
    "_check_records",
    "_check_thumbnails",
    "_earlier_states",
    "_erasures",
    "_event_details",
    "_fingerprints",
    "_memberships",
    "_meta",
    "_quarantine",
    "_rasters",
    "_sqlite_migrations",
    "_thumbnails",
    "sqlite_sequence",
)
"""All that begin with an underscore, and SQLite's own; a test holds it to the schema."""
