"""What can be wrong with an archived page as a whole, in sentences."""

from __future__ import annotations

from importlib.util import find_spec

from provenance.errors import Refused, Unreadable, UnreadableReason

INSTALL = 'install them with: pip install "image-provenance[web]"'

DAMAGED = "damaged_archive"

NEEDED = ("warcio", "selectolax")
"""The libraries of the extra ``web`` without which no page is read."""


def require_extra() -> None:
    """Raise :class:`Refused` where the libraries for archived pages are not installed."""
    if any(find_spec(name) is None for name in NEEDED):
        raise Refused(
            "not_installed", "The libraries that read archived pages are missing;", advice=INSTALL
        )


def damaged(why: str) -> Refused:
    """The file cannot be read on from here."""
    return Refused(
        DAMAGED,
        f"This web archive is damaged: {why};",
        advice="what stands before that was taken. Get it again.",
    )


def cut_off() -> Refused:
    """The file stops within a record, or what is packed in it is damaged."""
    return damaged("it stops within a record, or cannot be unpacked")


def not_opened(name: str, why: str) -> Unreadable:
    """The file cannot be had at all."""
    return Unreadable(
        UnreadableReason.NOT_A_FILE, f"This file cannot be opened: {why.lower()}.", name=name
    )
