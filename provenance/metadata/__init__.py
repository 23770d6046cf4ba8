"""What a file says of itself: EXIF, XMP, IPTC and its name, as facts that may be wrong.

Every raw text is kept. A date that cannot be (no such day, before photography, in the
future) stays text without a date. Nothing here opens a file or decodes pixels; the bytes
are a stranger's, so this runs in the guarded worker, and a block that cannot be read gives
no facts rather than an error.
"""

from __future__ import annotations

from provenance.metadata import captions, contradictions, exif, file_names, iptc, xmp
from provenance.metadata.blocks import find
from provenance.models import Fact

__all__ = ["read"]


def read(data: bytes, name: str | None = None) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """Read one file: its facts, and sentences about facts that contradict each other.

    ``data`` is the whole file, ``name`` its name or path where it has one. Facts stand in
    the order EXIF, XMP, IPTC, file name, and then what captions say. Raises nothing of its
    own; broken blocks are passed over.
    """
    blocks = find(data)
    told = [*exif.read(blocks.exif), *xmp.read(blocks.xmp), *iptc.read(blocks.iptc)]
    told += file_names.read(name)
    facts = (*told, *captions.read(told))
    return facts, contradictions.among(facts)
