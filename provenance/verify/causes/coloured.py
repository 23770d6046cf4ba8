"""What was laid over a copy in a colour of its own: stickers and banners, however light they are.

A red banner may be as dark as the ground below it, and a yellow face as light as snow: grey then
shows its letters, eyes and mouth, and takes them for things of their own. In colour it is whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.residual import Residual
from provenance.verify.aligning.tint import spread
from provenance.verify.causes.marks import without_holes
from provenance.verify.causes.stickers import drawn_on, of_discs

EDGE = 8
"""Side of the square of pixels that one colour stands for: edges run over as many."""

LEAST, MOST = 0.002, 0.12
"""Share of the picture that a sticker takes up: choices (eight of five copies 0.03 to 0.08)."""

LEAST_ROWS, MOST_ROWS = 8, 0.35
IN_STRIP, IN_ROW, BEYOND, ALONG = 0.6, 0.4, 0.1, 0.95
"""Rows of a banner in frame pixels and as a share of all; shares of it, and of each of its rows,
that are of another colour (letters are not), of what lies beyond it, and of its length. Choices."""

ONE_COLOUR = 18.0
"""Distance of Cb and Cr within which half of a banner or a sticker is of one colour: banners have
0.5 to 4, yellow faces, whose eyes and mouth reach into all of it, 9 to 13."""


class Coloured(NamedTuple):
    """Where (h, w) something lies, and whether along a whole edge."""

    mask: Flags
    along_edge: bool


def laid_on_in_colour(left: Residual) -> list[Coloured]:
    """Banners along an edge, and round things."""
    tinted = left.tinted()
    if tinted is None or left.colours is None or not tinted.any():
        return []
    strips = [each for each in _strips(left, tinted) if _of_one_colour(left, each & tinted)]
    rest = tinted & ~np.any(strips, axis=0) if strips else tinted
    stickers = (each for each in _parts(left, rest) if _is_sticker(left, each, tinted))
    return [
        *(Coloured(each, True) for each in strips),
        *(Coloured(each, False) for each in stickers),
    ]


def _of_one_colour(left: Residual, where: Flags) -> bool:
    return left.colours is not None and spread(left.colours, where) <= ONE_COLOUR


def _strips(left: Residual, tinted: Flags) -> Iterator[Flags]:
    """Along each edge of what is seen: the rows that are mostly of another colour."""
    for turns in range(4):
        seen, other = np.rot90(left.seen, turns), np.rot90(tinted, turns)
        across = np.flatnonzero(seen.any(axis=0))
        rows = np.flatnonzero(seen.any(axis=1))
        shares = other.sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
        first = int(rows[0]) + EDGE // 2
        bare = np.flatnonzero(shares[first:] < IN_ROW)
        end = first + int(bare[0]) if len(bare) else len(shares)
        if not LEAST_ROWS <= end - rows[0] <= MOST_ROWS * len(rows):
            continue
        strip = other[rows[0] : end]
        beyond = shares[end + EDGE : end + 2 * EDGE]
        along = strip[:, across].any(axis=0).mean()
        if strip[:, across].mean() < IN_STRIP or along < ALONG or (beyond > BEYOND).any():
            continue
        mask = np.zeros_like(left.seen)
        np.rot90(mask, turns)[: end + EDGE // 2] = True
        yield np.asarray(mask & left.seen)


def _parts(left: Residual, tinted: Flags) -> Iterator[Flags]:
    """What hangs together, without seams of colours that do not lie quite over each other."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (EDGE + 1, EDGE + 1))
    opened = cv2.morphologyEx(tinted.astype(np.uint8), cv2.MORPH_OPEN, kernel)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened)
    whole = int(left.seen.sum())
    for number in range(1, count):
        if LEAST * whole <= stats[number, cv2.CC_STAT_AREA] <= MOST * whole:
            yield without_holes(np.asarray(labels == number))


def _is_sticker(left: Residual, shape: Flags, tinted: Flags) -> bool:
    """Round, or of round things over each other, of one colour, and drawn."""
    inner = cv2.erode(shape.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    if not inner.any() or not _of_one_colour(left, np.asarray(inner & tinted)):
        return False
    if not drawn_on(left.query[inner]):
        return False
    return of_discs(shape)
