"""Which of two pictures is likely nearer the source, in words: for a desk, not for publishing."""

from __future__ import annotations

from provenance.models import Direction
from provenance.wording.catalogue import listed, message


def direction_words(direction: Direction, lang: str = "en") -> str:
    """Say "The archived picture is likely nearer the source: it shows more."."""
    if not direction.reasons:
        return message(lang, "direction.unknown")
    reasons = [message(lang, f"direction.{reason}") for reason in direction.reasons]
    said = direction.nearer or "against"
    return message(lang, f"direction.{said}", reasons=listed(lang, reasons))
