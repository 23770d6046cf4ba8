"""Pixels -> fingerprints: one algorithm a file, its version in the name of its kind.

Hashes come in through the plug-in registry (:mod:`provenance.hookspecs`), ours like
anyone's. Keypoints and proof rasters are asked for by name, in ``keypoints`` and
``raster``. This front door stays light: NumPy is loaded by the first picture.
"""

from __future__ import annotations

from collections.abc import Iterable

from provenance import plugins
from provenance.fingerprint.text import HashQuery, hamming, parse_hash, text
from provenance.models import Fingerprint, Pixels

__all__ = ["HashQuery", "compute", "hamming", "parse_hash", "text"]


def compute(pixels: Pixels, known: Iterable[Fingerprint] = ()) -> tuple[Fingerprint, ...]:
    """Every registered fingerprint of one upright picture, in order of registration.

    Those ``known`` already are taken as they are.
    """
    ready = {each.kind: each for each in known}
    return tuple(
        ready.get(kind) or each.compute(pixels) for kind, each in plugins.fingerprinters().items()
    )
