"""Hostile bytes -> safe upright pixels, in a guarded worker.

The only room that opens image files. :func:`decode` gives the first frame of a JPEG, PNG,
WebP, GIF, TIFF, BMP, AVIF or HEIC file as a viewer shows it, or says in one typed error why
not; :func:`thumbnail` makes the small copy for lists.
"""

from provenance.decode.bars import without_bars
from provenance.decode.picture import decode
from provenance.decode.sniff import sniff
from provenance.decode.thumbnail import thumbnail

__all__ = ["decode", "sniff", "thumbnail", "without_bars"]
