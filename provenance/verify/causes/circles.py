"""Discs laid over a picture, by their outline: an edge along a circle that one picture alone has.

A sticker about as light as half of what it covers leaves half a moon of difference. Its edge runs
on all around: circles are tried through two places of that edge at a time, and kept where most of
the circle has an edge that points to its middle.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Residual

EDGE = 3.0
"""Grey values a pixel by which the slopes of both pictures differ at an edge of one alone."""

AROUND = 13
"""Frame pixels around the difference in which its outline is looked for."""

PAIRS, TRIED = 6000, 400
LEAST_TURN = 0.3
"""Pairs of edges that are drawn, circles through them that are tried, and the sine of the angle
between the two edges from which on their directions meet in one place."""

MOST_CIRCLES = 3
LEAST_RADIUS, MOST_RADIUS = 0.045, 0.12
"""Shares of the frame's long side: smaller ones are found everywhere, larger ones in products."""

FITS, LEAST_FITTED = 2, 5

NEAR = 1.5
RADIAL = 0.85
"""Frame pixels from a circle, and cosine to its radius, of an edge that belongs to it."""

SUPPORTED, BEST_SUPPORTED = 0.42, 0.5
"""Share of a circle that has such an edge; of the one that holds most of the difference."""

CLEAR, LEAST_HELD = 0.7, 0.1
"""The same where the clearest circles are taken first, and the share of the difference that each
must add. One circle around two stickers that overlap holds more than either, but has an edge along
0.45 of it; the two themselves 0.75 to 0.9, two holes in a row of windows 0.62 and 0.69."""

SOLID, FILLED, HIDDEN, MOST_LEFT = 100.0, 0.92, 0.25, 0.15
"""Value of a shape whose outline is looked at; share that it and its discs have in common; the
share of a disc's outline that others leave of it (of three in a row 0.3); and the share of all
outlines that may belong to none (0.11 where two lie nearly over each other)."""

INSIDE = 0.9
SOFT = 2.0
"""Share of the difference that lies in the circles, give or take so many pixels."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Middle and radius in frame pixels."""

    x: float
    y: float
    radius: float

    def inside(self, shape: tuple[int, ...]) -> Flags:
        """The pixels (h, w) in it."""
        rows, columns = np.ogrid[: shape[0], : shape[1]]
        return np.asarray(np.hypot(columns - self.x, rows - self.y) <= self.radius)

    def holds(self, points: NDArray[np.float64]) -> Flags:
        """Which of the points (n, 2) lie in it or on its soft edge."""
        away = np.hypot(points[:, 0] - self.x, points[:, 1] - self.y)
        return np.asarray(away <= self.radius + SOFT)


def discs(left: Residual, strong: Flags) -> tuple[Circle, ...]:
    """The discs that hold nearly all of a difference (h, w), or none."""
    edges = _edges(left.query - left.expected, strong, left.seen)
    known = _tried(edges, strong.shape)
    rows, columns = np.nonzero(strong)
    points = np.column_stack([columns, rows]).astype(np.float64)
    clear = [circle for support, circle in known if support >= CLEAR]
    found = _holding(points, clear)
    if not found:
        found = _holding(points, [circle for _, circle in known], most_first=True)
        if found and _support(edges, found[0]) < BEST_SUPPORTED:
            return ()
    return found


def discs_in_outline(shape: Flags) -> tuple[Circle, ...]:
    """The discs that a shape (h, w) is made of, be they over each other, or none.

    The clearest first, and then the clearest of what is left of the outline.
    """
    edges = _edges(shape.astype(np.float32) * SOLID, shape, np.ones_like(shape))
    whole = len(edges.points)
    found: list[Circle] = []
    while len(edges.points) > MOST_LEFT * whole:
        known = _tried(edges, shape.shape, HIDDEN)
        if len(found) == MOST_CIRCLES or not known:
            return ()
        found.append(known[0][1])
        on = edges.on(found[-1])
        edges = _Edges(edges.points[~on], edges.across[~on])
    if not found:
        return ()
    covered = np.any([each.inside(shape.shape) for each in found], axis=0)
    both = int((covered & shape).sum())
    return tuple(found) if both >= FILLED * max(int(covered.sum()), int(shape.sum())) else ()


def _holding(
    points: NDArray[np.float64], circles: list[Circle], *, most_first: bool = False
) -> tuple[Circle, ...]:
    """The first of the circles that hold nearly all points (n, 2) together, or none.

    ``most_first``: in order of how many points they hold, not in their own.
    """
    rest = points
    found: list[Circle] = []
    while circles and len(found) < MOST_CIRCLES:
        holding = [circle.holds(rest) for circle in circles]
        sums = np.array([held.sum() for held in holding])
        least = sums.max() if most_first else LEAST_HELD * len(points)
        chosen = int(np.argmax(sums >= least))
        if not most_first and sums[chosen] < least:
            return ()
        found.append(circles[chosen])
        rest = rest[~holding[chosen]]
        if len(rest) <= (1 - INSIDE) * len(points):
            return tuple(found)
    return ()


@dataclass(frozen=True, slots=True)
class _Edges:
    """Points (n, 2), x and y, and the direction (n, 2) across the edge at each."""

    points: NDArray[np.float64]
    across: NDArray[np.float64]

    def on(self, circle: Circle) -> Flags:
        """Which of them belong to a circle."""
        way = self.points - (circle.x, circle.y)
        away = np.linalg.norm(way, axis=1)
        straight = np.abs((way * self.across).sum(axis=1)) > RADIAL * np.maximum(away, 1e-6)
        return np.asarray((np.abs(away - circle.radius) < NEAR) & straight)


def _edges(image: Floats, strong: Flags, seen: Flags) -> _Edges:
    apart = np.asarray(cv2.GaussianBlur(image, (0, 0), 0.7), np.float32)
    across = np.asarray(cv2.Sobel(apart, cv2.CV_32F, 1, 0, scale=1 / 8), np.float32)
    down = np.asarray(cv2.Sobel(apart, cv2.CV_32F, 0, 1, scale=1 / 8), np.float32)
    steep = np.hypot(across, down)
    near = cv2.dilate(strong.astype(np.uint8), np.ones((AROUND, AROUND), np.uint8)) > 0
    rows, columns = np.nonzero(near & seen & (steep > EDGE) & _ridge(steep))
    slopes = np.column_stack([across[rows, columns], down[rows, columns]]).astype(np.float64)
    slopes /= np.linalg.norm(slopes, axis=1, keepdims=True)
    return _Edges(np.column_stack([columns, rows]).astype(np.float64), slopes)


def _ridge(steep: Floats) -> Flags:
    """Where an edge is steepest, give or take a pixel."""
    highest = cv2.dilate(steep, np.ones((3, 3), np.uint8))
    return np.asarray(steep >= 0.8 * highest)


def _tried(
    edges: _Edges, shape: tuple[int, ...], supported: float = SUPPORTED
) -> list[tuple[float, Circle]]:
    """Circles along most of which an edge runs, the best first; seeded, so always the same."""
    count = len(edges.points)
    least, largest = LEAST_RADIUS * max(shape), MOST_RADIUS * max(shape)
    if count < int(2 * np.pi * least * supported):
        return []
    pairs = np.random.default_rng(count).integers(0, count, (PAIRS, 2))
    rough = _between(edges, pairs, (least, largest))[:TRIED]
    likely = [circle for circle in rough if _support(edges, circle) > supported / 2]
    circles = [_fitted(edges, circle) for circle in likely]
    known = [(_support(edges, c), c) for c in circles if least <= c.radius <= largest]
    return sorted((each for each in known if each[0] > supported), key=lambda each: -each[0])


def _fitted(edges: _Edges, circle: Circle) -> Circle:
    """Least squares over the edges that belong to it (Kasa 1976), twice."""
    for _ in range(FITS):
        on = edges.points[edges.on(circle)]
        if len(on) < LEAST_FITTED:
            break
        terms = np.column_stack([2 * on, np.ones(len(on))])
        (x, y, rest), *_ = np.linalg.lstsq(terms, (on**2).sum(axis=1), rcond=None)
        circle = Circle(float(x), float(y), float(np.sqrt(max(rest + x * x + y * y, 0.0))))
    return circle


def _between(edges: _Edges, pairs: NDArray[np.int64], sizes: tuple[float, float]) -> list[Circle]:
    """Circles on which both edges of a pair lie: their directions meet in the middle."""
    one, other = edges.points[pairs[:, 0]], edges.points[pairs[:, 1]]
    first, second = edges.across[pairs[:, 0]], edges.across[pairs[:, 1]]
    turn = first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]
    usable = np.abs(turn) > LEAST_TURN
    one, other, first, second = one[usable], other[usable], first[usable], second[usable]
    gap = other - one
    along = (gap[:, 0] * second[:, 1] - gap[:, 1] * second[:, 0]) / turn[usable]
    middle = one + along[:, None] * first
    radius, again = (np.linalg.norm(each - middle, axis=1) for each in (one, other))
    fits = (np.abs(radius - again) < NEAR) & (radius >= sizes[0]) & (radius <= sizes[1])
    return [Circle(*map(float, each)) for each in np.column_stack([middle, radius])[fits]]


def _support(edges: _Edges, circle: Circle) -> float:
    """Share of the circle, by angle, along which an edge runs."""
    on = edges.points[edges.on(circle)] - (circle.x, circle.y)
    steps = max(8, round(2 * np.pi * circle.radius / 2))
    angles = np.floor((np.arctan2(on[:, 1], on[:, 0]) / (2 * np.pi) + 0.5) * steps).astype(np.int64)
    return len(np.unique(np.minimum(angles, steps - 1))) / steps
