"""What a file says of itself: EXIF, XMP, IPTC, C2PA and its name, as facts that may be wrong.

Every raw text is kept. A date that cannot be (no such day, before photography, in the
future) stays text without a date, and says why. Nothing here opens a file or decodes pixels;
the bytes are a stranger's, so this runs in the guarded worker, and a block that cannot be
read gives no facts rather than an error. Absent, unreadable and stripped are three answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from provenance.metadata import captions, exif, file_names, iptc, states, thumbnails, xmp
from provenance.metadata.blocks import find
from provenance.metadata.credentials import Signed
from provenance.metadata.thumbnails import SmallPicture
from provenance.models import Block, Credentials, Fact

__all__ = ["SmallPicture", "Told", "read"]


@dataclass(frozen=True, slots=True)
class Told:
    """All that one file says of itself."""

    facts: tuple[Fact, ...]
    blocks: Mapping[str, Block]
    credentials: Credentials
    pictures: tuple[SmallPicture, ...]


def read(data: bytes, name: str | None = None, *, trust_list: str | None = None) -> Told:
    """Read one file.

    ``data`` is the whole file, ``name`` its name or path where it has one; ``trust_list``
    holds the certificates (PEM) that signers may lead to. Facts stand in the order EXIF, XMP,
    IPTC, C2PA, file name, and then what captions say. Raises nothing of its own; broken
    blocks are named in ``blocks``.
    """
    blocks = find(data)
    signed = Signed(data, blocks, trust_list)
    told = [*exif.read(blocks.exif), *xmp.read(blocks.xmp), *iptc.read(blocks.iptc)]
    told += [*signed.facts(), *file_names.read(name)]
    return Told(
        facts=(*told, *captions.read(told)),
        blocks=states.with_name(states.of_blocks(blocks, told, signed.credentials), name),
        credentials=signed.credentials,
        pictures=(*thumbnails.read(blocks), *signed.pictures()),
    )
