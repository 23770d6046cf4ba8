"""Makes the known-answer vectors of the fingerprints; run by hand, never by a test.

``python -m provenance.conformance.make_vectors`` in an environment that has ``pdqhash``
0.2.8 (built from source, which needs a C++ compiler and Cython) and ``imagehash`` 4.3.2.
The answers in this folder were made so, on x86-64 Linux with Pillow 13.0.0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import imagehash
import numpy as np
import pdqhash  # type: ignore[import-not-found, unused-ignore]  # only where vectors are made
from PIL import Image

from provenance.conformance import drawings

HERE = Path(__file__).parent

_TURNED_EVERY = 8
"""Every how many pictures the seven other orientations are kept too."""

_PHASH_KINDS = (0, 2, 4, 9, 10)
"""Kinds of drawing whose pHash no rounding can turn: a flat one has no order of frequencies."""

_PHASH_SIDE, _PHASH_COUNT = 32, 200


_HEAD = "picture height width sha256 quality hash turned"


def main() -> None:
    """Write both files beside this one."""
    _write("pdq_v1.tsv", _HEAD, _pdq())
    _write("phash_v1.tsv", _HEAD, _phash())


def _pdq() -> Iterator[list[object]]:
    for number, rgb in _pictures():
        bits, quality = pdqhash.compute(rgb)
        turned = _turned(rgb) if number % _TURNED_EVERY == 0 and rgb.shape[:2] != (64, 64) else ""
        yield [number, *rgb.shape[:2], _sha256(rgb), int(quality), _hex(bits), turned]


def _turned(rgb: drawings.Rgb) -> str:
    """The seven other orientations, in the order of ``pdq.Orientations``.

    The reference counts its rotations the other way round. At 64 x 64 its two functions
    disagree (only one of them skips the filter), so there no vector is kept.
    """
    hashes, _ = pdqhash.compute_dihedral(rgb)
    left, half, right, top_bottom, left_right, *diagonals = [_hex(each) for each in hashes[1:]]
    return ",".join([right, half, left, left_right, top_bottom, *diagonals])


def _phash() -> Iterator[list[object]]:
    kept = [
        (number, rgb)
        for number, rgb in _pictures()
        if number % 11 in _PHASH_KINDS and min(rgb.shape[:2]) >= _PHASH_SIDE
    ]
    for number, rgb in kept[:_PHASH_COUNT]:
        text = str(imagehash.phash(Image.fromarray(rgb)))
        yield [number, *rgb.shape[:2], _sha256(rgb), "", text, ""]


def _pictures() -> Iterator[tuple[int, drawings.Rgb]]:
    for number in range(drawings.COUNT):
        yield number, drawings.picture(number)


def _hex(bits: np.ndarray[tuple[int], np.dtype[np.int64]]) -> str:
    """The text ThreatExchange prints: pdqhash gives the highest bit first."""
    return np.packbits(bits.astype(np.uint8)).tobytes().hex()


def _sha256(rgb: drawings.Rgb) -> str:
    return hashlib.sha256(rgb.tobytes()).hexdigest()[:16]


def _write(name: str, head: str, rows: Iterable[list[object]]) -> None:
    lines: list[list[object]] = [[*head.split()], *rows]
    text = "".join("\t".join(str(field) for field in line) + "\n" for line in lines)
    (HERE / name).write_text(text, encoding="ascii")


if __name__ == "__main__":
    main()
