"""What a check of the file's structure learns before any decoder sees it."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.errors import Unreadable, UnreadableReason
from provenance.guard import Limits

SMALLER = "Save a smaller copy of the picture and give that."


@dataclass(frozen=True, slots=True)
class Header:
    """Size as stored (before orientation), frames or pages, whether all its parts are here."""

    width: int
    height: int
    frames: int = 1
    complete: bool = True


def refuse_size(width: int, height: int, limits: Limits, *, pixels: int | None = None) -> None:
    """Raise where a picture has no area, or more of it than ``pixels`` (the usual cap).

    Raises:
        Unreadable: ``not_image`` or ``too_big``.
    """
    most = limits.pixels if pixels is None else pixels
    if width <= 0 or height <= 0:
        raise broken("its header speaks of a picture without area")
    if max(width, height) > limits.side or width * height > most:
        raise Unreadable(
            UnreadableReason.TOO_BIG,
            f"The picture has {width} x {height} pixels; up to {most / 1e6:.0f} million and "
            f"{limits.side} on a side are read.",
            advice=SMALLER,
        )


def refuse_metadata(size: int, limits: Limits) -> None:
    """Raise ``too_big`` for a file with more metadata than is read."""
    if size > limits.metadata_bytes:
        raise Unreadable(
            UnreadableReason.TOO_BIG,
            f"The file carries {size / 1e6:.0f} MB beside its picture, which is not read.",
            advice="Save a copy of the picture without metadata and give that.",
        )


def truncated() -> Unreadable:
    """The file stops before its picture is complete."""
    return Unreadable(
        UnreadableReason.TRUNCATED,
        "The file stops before its picture is complete.",
        advice="Get the file again; a download may have been cut off.",
    )


def broken(why: str) -> Unreadable:
    """The file begins as an image and is none."""
    return Unreadable(
        UnreadableReason.NOT_IMAGE,
        f"The file is damaged: {why}.",
        advice="Get another copy of the picture.",
    )


def unsupported(what: str) -> Unreadable:
    """The format is read, but not in this variety."""
    return Unreadable(
        UnreadableReason.UNSUPPORTED,
        f"The file is {what}, which is not read.",
        advice="Save the picture as ordinary JPEG or PNG and give that file.",
    )
