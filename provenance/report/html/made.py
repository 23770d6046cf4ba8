"""What made a report, for whoever reads it in ten years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Made:
    """When and with what a report was made; ``at`` is an aware instant."""

    at: datetime
    program: str | None = None
    fingerprints: tuple[str, ...] = ()
    decoder: str | None = None
    archive: str | None = None
