"""Pixels -> fingerprints: one algorithm a file, its version in the name of its kind.

Hashes come in through the plug-in registry (:mod:`provenance.hookspecs`), ours like
anyone's. Keypoints and proof rasters are asked for by name, in ``keypoints`` and
``raster``. This front door stays light: NumPy is loaded by the first picture.
"""

from __future__ import annotations

from provenance import plugins
from provenance.fingerprint.text import HashQuery, hamming, parse_hash, text
from provenance.models import Fingerprint, Pixels

__all__ = ["HashQuery", "compute", "hamming", "parse_hash", "text"]


def compute(pixels: Pixels) -> tuple[Fingerprint, ...]:
    """Every registered fingerprint of one upright picture, in order of registration."""
    return tuple(each.compute(pixels) for each in plugins.fingerprinters().values())
