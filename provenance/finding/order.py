"""The one order of sightings: smallest ``latest`` first, undated last."""

from __future__ import annotations

from datetime import datetime

from provenance.dates import date_order
from provenance.models import Sighting


def sighting_order(sighting: Sighting) -> tuple[tuple[int, datetime, datetime], int]:
    """Sort key: smallest ``latest``, then ``earliest``, then id; undated last."""
    return date_order(sighting.date), sighting.id
