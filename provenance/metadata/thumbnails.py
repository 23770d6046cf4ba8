"""Small pictures that a file carries of itself: what cameras and editors put there.

An editor that does not renew them leaves the picture as it was before. They are returned as
encoded files, still a stranger's bytes; decoding them is another room's matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from provenance.metadata.blocks import Blocks
from provenance.metadata.tiff import TiffTags
from provenance.models import Embedded

LARGEST = 4 * 1024 * 1024
"""Bytes of one; those of EXIF have at most 64 KB, those of signed credentials reach 300 KB."""

SMALLEST = 100
"""No picture file that can be decoded is shorter."""


@dataclass(frozen=True, slots=True)
class SmallPicture:
    """One encoded picture inside a file; ``title`` is the name that credentials give it."""

    origin: Embedded
    data: bytes
    title: str | None = None


def read(blocks: Blocks) -> Iterator[SmallPicture]:
    """The thumbnails of EXIF and of Photoshop's image resources."""
    found = (
        (Embedded.EXIF, TiffTags(blocks.exif).thumbnail() if blocks.exif else b""),
        (Embedded.PHOTOSHOP, blocks.thumbnail),
    )
    for origin, data in found:
        if SMALLEST <= len(data) <= LARGEST:
            yield SmallPicture(origin, data)
