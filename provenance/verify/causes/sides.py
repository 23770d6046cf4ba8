"""Whether a difference ends in straight sides, as an inset does and somebody's outline does not.

The union of where somebody stood and where he stands fills an upright rectangle nearly as well as
an inset of which a part is as light as what it covers. But an inset reaches its rectangle along
whole sides, and there one of the two pictures has an edge that the other has not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import RIM, Floats
from provenance.verify.aligning.residual import Residual

Points = NDArray[np.float64]

TELLING = 3
"""The best three of four sides: one may run where both are equally light."""

REACHED = 2.5
"""Frame pixels from a side within which a difference reaches it."""

BESIDE = 3
EDGE = 4.0
"""Frame pixels around a side in which its edge is looked for; its slope in grey values a pixel."""

AT_EDGE, LEAST_INNER = 3.0, 2
"""Frame pixels from the frame's edge within which a side lies on it, and how many others there must
be: the panel of a template that fills a quarter has two, and was called an inset."""

ENDS = 0.05
"""Share at each end of a side that is left out: corners are round."""

STRAIGHT_SIDES = 1.4
"""Share of three sides that is reached and share that has an edge, together (0..2). Of 43 insets
one has less (1.33) and all others 1.47 upwards; people who walked on or stand elsewhere 0.9 to
1.32, one of them, a thirtieth of the picture, 1.48."""

CLEARLY_STRAIGHT = 1.85
"""... of an inset that nothing else could be."""

SLOT = 0.93
"""Share of three sides along which the archived picture has an edge itself: then it is the slot of
a template or the window of a studio, filled with something else. Most slots have 0.94 to 1;
pictures that something was laid into 0 to 0.85, one of 43 0.91."""

LARGE, SLOT_LARGE = 0.15, 0.88
"""Share of the frame from which on a slot has fewer: one product in the place of another has 0.91.
A choice between that and the 0.85 of all but one of the pictures that something was laid into."""


def sided(left: Residual, shapes: Sequence[Flags]) -> bool:
    """Whether the difference (``shapes``, (h, w), at several bounds) has straight sides.

    Sides that both pictures have are not those of something that was laid in.
    """
    corners = [_corners(shape) for shape in shapes]
    if _straightness(left, shapes, corners) <= STRAIGHT_SIDES:
        return False
    large = max(shape.mean() for shape in shapes) > LARGE
    return edged_before(left, shapes) <= (SLOT_LARGE if large else SLOT)


def edged_before(left: Residual, shapes: Sequence[Flags]) -> float:
    """The share of three sides along which the archived picture has an edge itself, at most."""
    return max(_best(_within(left.expected, _corners(shape))) for shape in shapes)


def _within(image: Floats, corners: Points) -> Iterator[float]:
    """The same as :func:`edges_along` of the sides that do not lie on the frame's own edges.

    A panel in a corner has two; where more than two of them do, nothing tells.
    """
    height, width = image.shape
    last = np.array([width - 1, height - 1]) - AT_EDGE
    inner = [
        not (side < AT_EDGE).all(axis=0).any() and not (side > last).all(axis=0).any()
        for side, _ in _sides(corners)
    ]
    shares = edges_along(image, corners)
    asked = sum(inner) >= LEAST_INNER
    yield from (each for each, free in zip(shares, inner, strict=True) if free and asked)


def clearly_sided(left: Residual, shapes: Sequence[Flags]) -> bool:
    """Whether next to all of three sides is reached, and has an edge that the other has not."""
    return _straightness(left, shapes, [_corners(shape) for shape in shapes]) > CLEARLY_STRAIGHT


def _straightness(left: Residual, shapes: Sequence[Flags], corners: Sequence[Points]) -> float:
    """How much of three sides is reached and has an edge of its own, together (0..2)."""
    inner, apart = _inner(left.seen), left.query - left.expected
    both = zip(shapes, corners, strict=True)
    reached = max(_best(_reached(np.asarray(shape & inner), box)) for shape, box in both)
    return reached + max(_best(edges_along(apart, box, seen=inner)) for box in corners)


def _inner(seen: Flags) -> Flags:
    """What is seen (h, w), without its rim: where a query ends both pictures differ, too.

    The frame's own edge is none of that: its rim is never seen.
    """
    whole = np.pad(seen[RIM:-RIM, RIM:-RIM], RIM, mode="edge")
    around = np.ones((2 * BESIDE + 1, 2 * BESIDE + 1), np.uint8)
    return np.asarray(cv2.erode(whole.astype(np.uint8), around) > 0)


def _corners(shape: Flags) -> Points:
    """The corners (4, 2) of the smallest rectangle around a shape."""
    return np.asarray(cv2.boxPoints(cv2.minAreaRect(_hull(shape))), np.float64)


def _hull(shape: Flags) -> NDArray[np.int32]:
    found, _ = cv2.findContours(shape.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return np.asarray(cv2.convexHull(max(found, key=len)), np.int32)


def _best(shares: Iterator[float]) -> float:
    """Mean of the best three; 0 of none."""
    best = sorted(shares)[-TELLING:]
    return float(np.mean(best)) if best else 0.0


def _reached(shape: Flags, corners: Points) -> Iterator[float]:
    """For each side, the share along which the difference comes near it."""
    away = cv2.distanceTransform((~shape).astype(np.uint8), cv2.DIST_L2, 5)
    for points, _ in _sides(corners):
        rows, columns = _pixels(points, shape.shape)
        yield float((away[rows, columns] <= REACHED).mean())


def edges_along(
    image: Floats, corners: Points, but: Flags | None = None, seen: Flags | None = None
) -> Iterator[float]:
    """For each side, the share along which there is an edge; where it runs ``but`` there.

    Where ``seen`` (h, w) says no, there is none.
    """
    across = cv2.Sobel(image, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(image, cv2.CV_32F, 0, 1, scale=1 / 8)
    if seen is not None:
        across, down = np.where(seen, across, 0), np.where(seen, down, 0)
    for side, outwards in _sides(corners):
        points = side
        if but is not None:
            asked = ~but[_pixels(side, but.shape)]
            points = side[asked] if asked.any() else side
        yield max(
            _steep(across, down, points + step * outwards, outwards)
            for step in range(-BESIDE, BESIDE + 1)
        )


def _steep(across: MatLike, down: MatLike, points: Points, way: Points) -> float:
    rows, columns = _pixels(points, across.shape)
    slope = across[rows, columns] * way[0] + down[rows, columns] * way[1]
    return float((np.abs(slope) > EDGE).mean())


def _sides(corners: Points) -> Iterator[tuple[Points, Points]]:
    """Points (n, 2) along each side, a pixel apart, and the direction across it."""
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        length = max(float(np.linalg.norm(end - start)), 2.0)
        along = np.linspace(ENDS, 1 - ENDS, int(length))[:, None]
        way = (end - start) / length
        yield start + (end - start) * along, np.array([-way[1], way[0]])


def _pixels(points: Points, shape: tuple[int, ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    columns, rows = np.rint(points).astype(np.int64).T
    return np.clip(rows, 0, shape[0] - 1), np.clip(columns, 0, shape[1] - 1)
