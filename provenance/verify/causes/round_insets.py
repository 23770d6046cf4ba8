"""Round insets: another picture, or a speaker, in a circle in a corner.

What is in it has as many tones as any photograph, and a plate on a table is as round. But an inset
sits in a corner, is a true circle wherever it can be seen, and casts no shadow: the other picture
goes on just outside of it.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Difference, Residual
from provenance.verify.causes.boxes import outline
from provenance.verify.causes.circles import Circle
from provenance.verify.causes.displaced import walked_on

LEAST, MOST = 0.012, 0.15
"""Share of the picture that it takes up: six on copies 0.04 to 0.12."""

FULL, WITHIN = 0.8, 0.97
"""Share of the circle that differs, and of the difference that lies in it."""

EDGED, EDGED_BEFORE = 0.85, 0.65
"""Share of the circle, as far as it is in the picture, along which the query has an edge of its
own (0.93 to 1 on five copies, 0.68 on one), and at most the archived picture one (0.17 to 0.63): a
window that shows something else has one all around."""

VISIBLE = 0.5
"""Share of the circle that is in the picture at least."""

IN_A_CORNER = 0.16
"""Shares of the picture's sides within which it keeps to two of them."""

EDGE, NEAR = 4.0, 2.5
"""Grey values a pixel at an edge; frame pixels from the circle within which it runs, and within
which the difference ends."""

SAMPLES = 180
BORDER = 3
FITS = 3


def is_round_inset(left: Residual, found: Difference) -> bool:
    """Whether a difference is a circle in a corner, however many tones it has.

    All bounds but those with figures are choices.
    """
    whole = int(left.seen.sum())
    if not LEAST * whole < found.mask.sum() < MOST * whole:
        return False
    circle = _fitted(outline(found.mask).reshape(-1, 2).astype(np.float64), found.mask.shape)
    if circle is None or not _in_a_corner(circle, left.seen):
        return False
    inside = circle.inside(found.mask.shape) & left.seen
    if (found.mask & inside).sum() < FULL * inside.sum():
        return False
    wider = Circle(circle.x, circle.y, circle.radius + NEAR).inside(found.mask.shape)
    if (found.strong & wider).sum() < WITHIN * found.strong.sum():
        return False
    own, visible = _edged(left.query - left.expected, circle)
    before, _ = _edged(left.expected, circle)
    round_ = visible >= VISIBLE and own >= EDGED and before <= EDGED_BEFORE
    return round_ and not walked_on(left, found.strong)


def _fitted(points: NDArray[np.float64], shape: tuple[int, ...]) -> Circle | None:
    """The circle through most of an outline (n, 2) within the picture (Kasa 1976)."""
    height, width = shape
    x, y = points.T
    free = (x >= BORDER) & (y >= BORDER) & (x < width - BORDER) & (y < height - BORDER)
    kept = points[free]
    circle = None
    for _ in range(FITS):
        if len(kept) < SAMPLES // 10:
            return None
        terms = np.column_stack([2 * kept, np.ones(len(kept))])
        (x0, y0, rest), *_ = np.linalg.lstsq(terms, (kept**2).sum(axis=1), rcond=None)
        circle = Circle(float(x0), float(y0), float(np.sqrt(max(rest + x0 * x0 + y0 * y0, 0.0))))
        away = np.abs(np.hypot(*(points[free] - (x0, y0)).T) - circle.radius)
        kept = points[free][away <= max(NEAR, float(np.median(away)))]
    return circle


def _in_a_corner(circle: Circle, seen: Flags) -> bool:
    """Whether it keeps to one of the upright sides and to one of the level ones."""
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    return all(
        min(at - circle.radius - known[0], known[-1] - at - circle.radius)
        <= IN_A_CORNER * len(known)
        for at, known in ((circle.y, rows), (circle.x, columns))
    )


def _edged(image: Floats, circle: Circle) -> tuple[float, float]:
    """Share of a circle along which there is an edge, of what is visible, and the share that is."""
    height, width = image.shape
    across = cv2.Sobel(image, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(image, cv2.CV_32F, 0, 1, scale=1 / 8)
    turn = np.linspace(0, 2 * np.pi, SAMPLES, endpoint=False)
    way = np.column_stack([np.cos(turn), np.sin(turn)])
    at = (circle.x, circle.y) + circle.radius * way
    visible = ((at >= BORDER) & (at < (width - BORDER, height - BORDER))).all(axis=1)
    if not visible.any():
        return 0.0, 0.0
    most = 0.0
    for step in np.arange(-NEAR, NEAR + 0.5, 0.5):
        points = np.rint((circle.x, circle.y) + (circle.radius + step) * way).astype(np.int64)
        columns, rows = points[:, 0].clip(0, width - 1), points[:, 1].clip(0, height - 1)
        slope = across[rows, columns] * way[:, 0] + down[rows, columns] * way[:, 1]
        most = max(most, float((np.abs(slope) > EDGE)[visible].mean()))
    return most, float(visible.mean())
