"""What people decide about a check: one decision a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from provenance.models.words import Decision, Rating


@dataclass(frozen=True, slots=True)
class NewReview:
    """A decision on its way into the archive.

    ``picture`` is the matched picture that it is about, ``sighting`` the sighting; neither where
    it is about the whole check. ``words`` are the house's own for a rating.
    """

    decision: Decision
    why: str
    picture: int | None = None
    sighting: int | None = None
    rating: Rating | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One decision as stored.

    ``check`` is the check it was made on, ``None`` once that is erased; ``state`` the newest
    decision that was known when it was made.

    ``ended_by`` is the decision that took its place, ``None`` while it stands; ``ends`` is what a
    withdrawal took away. ``near``: made on another file whose fingerprint is near, and so told
    beside the match (without ``by`` and ``why``, which are that check's), not applied to it.
    """

    id: int
    check: int | None
    decision: Decision
    by: str | None
    at: datetime
    why: str | None = None
    picture: int | None = None
    sighting: int | None = None
    rating: Rating | None = None
    words: str | None = None
    state: int = 0
    ends: int | None = None
    ended_by: int | None = None
    near: bool = False

    @property
    def stands(self) -> bool:
        """Whether it still holds."""
        return self.ended_by is None and self.decision is not Decision.WITHDRAWN
