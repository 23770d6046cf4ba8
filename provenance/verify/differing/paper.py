"""Text cards, documents, charts, night skies: pictures that are mostly of one tone.

Two different cards of one series have the page, the lines, most of the letters in common. Where a
picture is mostly page, any difference at all makes it another one.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Aligned, Floats

BAND = 16
PAGE = 0.5
"""Share of what is seen within one band of 16 grey values: text cards, letters, charts and receipts
0.5 to 0.86, photographs mostly below 0.4, a few on white or before a wall up to 0.66;"""

SMOOTH = 5.0
"""... of a ground that is smooth, as the median range of grey values around its pixels: pages 0 to
1, photographed ones 4.2; water around a turtle 5.6, a meadow 6.8;"""

DIM, SMOOTH_DIM = (45.0, 150.0), 2.0
"""... but of a ground of such grey values only what was drawn: a page that was photographed is
paper, and paper is light. Of 231 cards, letters, forms, charts and posts that are pages none has
such a ground and more than 1.2; the green behind a caterpillar is 62 and has 4."""

AWAY = 16
SOLID = 11
LITTLE_SOLID = 0.035
"""... and of all, the share that is solid (11 pixels and wider) and not of that tone: letters and
forms at most 0.03;"""

FLAT = 4.2
"""or how uneven that is, as the median range of grey values around a pixel: bars of charts and
cards 0 to 3.6, a lamp photographed before a wall 6, skylines at night 4.5 to 11."""


LEAST_PIECE, MOST_PIECES, ONE_THING = 12, 30, 0.8
"""Pixels of a piece that counts; so few pieces, the largest with so much of all ink, are no page:
cards, letters, forms and charts have 16 to 89 pieces, the largest with 0.04 to 0.6; birds, planes
and things before a wall mostly 1 to 16, and 0.88 upwards."""

NO_GRAIN, MOST_PIECES_DRAWN = 0.5, 25
"""Range of grey values around pixels of what was drawn with a program, and the most pieces of one
thing and what is beside it then: the bars of a chart are one piece with its axis, and have labels
(30 pieces)."""

MUCH_SOLID, NEXT_TO_NOTHING = 0.12, 0.05
"""Share of the picture that is solid and comes in from outside, where next to nothing else lies on
the ground, of all that is on it: a head before the sky (0.26), firs before it (0.14), no page.
Letters that run together in a small card have 0.09."""


MANY_PIECES, LARGEST_PIECE = 40, 0.9
LIGHT, MOSTLY = 150.0, 0.65
"""So many pieces of more than one thing on a ground without grain, or on a light one that takes up
so much, however uneven it is, are writing, whatever else there is: the bars of a receipt are as
solid as a photograph (0.04 of it, with a range of 94), and the ground of an identity card is not
smooth (13). Of 420 letters, forms, charts and posts on such grounds all have 44 to 160 pieces, the
largest with 0.4 to 0.87; of 120 photographs with as much of one tone those without grain have 41
at most, the largest then 0.96, and the light ones 25 at most."""

GRAINY, SOME_SOLID = 1.5, 0.05
"""The same where the ground has grain, as the median range of grey values around its pixels: it
was photographed. Scissors on a table, cut off by the edge, have 2.2 and 0.078; of 640 cards,
letters, forms and charts, at two sizes, one has next to nothing else on its ground, and that has no
grain."""


def mostly_page(aligned: Aligned, covered: Flags | None = None) -> bool:
    """Whether the archived picture is a page with something on it.

    All of it counts, seen or not: a piece of sky is none. What differs (``covered``, (h, w), may be
    cut to whole blocks) does not: another photograph on the page makes it no less of one.
    """
    counts = np.ones(aligned.archived.shape, np.bool_)
    if covered is not None:
        rows, columns = covered.shape
        counts[:rows, :columns] &= ~covered
    if not counts.any():
        return False
    share, tone = ground(aligned.archived, counts)
    if share < PAGE:
        return False
    uneven, away = _unevenness(aligned), np.abs(aligned.archived - tone)
    grain = float(np.median(uneven[(away <= BAND / 2) & counts]))
    ink = ((away > AWAY) & counts).astype(np.uint8)
    if _is_written(ink) and (grain < GRAINY or (tone >= LIGHT and share >= MOSTLY)):
        return True
    if grain > (SMOOTH_DIM if DIM[0] <= tone <= DIM[1] else SMOOTH):
        return False
    solid = cv2.erode(ink, np.ones((SOLID, SOLID), np.uint8)) > 0
    least_solid = SOME_SOLID if grain > GRAINY else MUCH_SOLID
    flat = bool(solid.any()) and float(np.median(uneven[solid])) < NO_GRAIN
    drawn = grain < NO_GRAIN and flat
    if _is_one_thing(ink, cut_off=float(solid.mean()) > least_solid, drawn=drawn):
        return False
    little = int(solid.sum()) <= LITTLE_SOLID * int(counts.sum())
    return little or float(np.median(uneven[solid])) < FLAT


def _is_written(ink: NDArray[np.uint8]) -> bool:
    """Whether there are as many pieces as letters, and the largest is not all of it."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    area = stats[1:, cv2.CC_STAT_AREA]
    area = area[area >= LEAST_PIECE]
    return len(area) >= MANY_PIECES and bool(area.max() <= LARGEST_PIECE * area.sum())


def _is_one_thing(ink: NDArray[np.uint8], *, cut_off: bool, drawn: bool) -> bool:
    """A bird or an aeroplane in the sky, a thing on a table: one piece, hardly anything else.

    ``cut_off``: what comes in from outside is large enough to be that thing; ``drawn``: neither it
    nor its ground has any grain: then its few pieces are fewer.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    area = stats[:, cv2.CC_STAT_AREA].copy()
    edges = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    area[edges] = 0  # what comes in from outside, and the ground
    area[0] = 0
    area = area[area >= LEAST_PIECE]
    if area.sum() < NEXT_TO_NOTHING * ink.sum():
        return cut_off
    most = MOST_PIECES_DRAWN if drawn else MOST_PIECES
    return len(area) <= most and bool(area.max(initial=0) >= ONE_THING * area.sum() > 0)


def ground(image: Floats, seen: Flags) -> tuple[float, float]:
    """Share and middle of the most frequent band of tones."""
    counts = np.bincount(np.clip(image[seen], 0, 255).astype(np.int64), minlength=256)
    bands = np.convolve(counts, np.ones(BAND, np.int64), mode="valid")
    first = int(bands.argmax())
    return float(bands[first] / counts.sum()), first + BAND / 2


def _unevenness(aligned: Aligned) -> Floats:
    """Range of grey values in the five by five pixels around each."""
    around = np.ones((5, 5), np.uint8)
    highest, lowest = cv2.dilate(aligned.archived, around), cv2.erode(aligned.archived, around)
    return np.asarray(highest - lowest, np.float32)
