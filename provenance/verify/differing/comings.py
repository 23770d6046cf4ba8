"""What came and what went: small dark or light things that stand in one of the pictures only.

Somebody who walks on is as thin as a letter at this size, as sharp, and of as few tones. But he
leaves two places: one where he stands, and one where he stood. Who draws on a copy adds to it; what
was drawn on the archived picture is missing from a copy made before. Both at once is another
moment; and however small they are, where one that came looks like one that went.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Residual
from provenance.verify.causes.steepness import slope

Points = NDArray[np.int64]
"""(n, 2): row and column of each pixel of a place."""

LEAST = 24
"""Frame pixels of a place that is looked at."""

CLEARLY = 1.6
"""How many times as steep the outline of a thing is in the picture that it stands in."""

LEAST_RIM = 8
SOFT = 0.7

AS_LARGE, AS_SHAPED, AS_TONED = 0.6, 0.6, 0.35
"""Of a thing that came and one that went: how much smaller one may be, what both cover in common of
what either covers, one laid over the other, and what is left there of the difference. Walkers a
tenth of the picture high have 0.82 to 1, 0.78 to 0.95 and 0.07 to 0.29; in 492 copies two pairs of
one size have 0.6 and more in common, and leave 0.74 and 1.02."""

SEARCHED = range(-4, 5, 2)

MOST_LOST = 0.2
"""Share of a place where light was cut off, from which on it tells nothing. A choice."""

LEAST_PART = 0.02
"""Share of its own difference from which on a place is a thing of its own: of a line of letters one
hid 30 of 3,100 pixels, and another was as large. Walkers that run into each other take up 1,000,
and a head 24."""

SMALLEST, SMALL = 6, 120
FAINT, FAINTLY = 0.7, 1.4
SMALL_SHAPED, SMALL_TONED = 0.5, 0.45
MOST_SMALL = 60
BESIDE, BESIDE_LOST = 9, 5
"""The same of things of six frame pixels upwards that differ by 0.7 bounds, beside all that has a
cause and all light that was cut off: in 440 copies (saved at quality 20, through three messengers,
noisy, relit, photographed from a screen) there is no such pair, in 700 more one has two, and no
speck: so it is asked only beside one. Of somebody as grey as the street only the head is seen.
Where there are more than 60 of them, they are noise."""


def came_and_went(
    left: Residual, inks: Sequence[Flags], marks: Sequence[Flags]
) -> tuple[float, float]:
    """The shares (0..1) of what came and of what went, within differences (h, w each).

    ``inks`` are taken apart into what is lighter and what is darker; ``marks`` are taken whole: a
    sticker may hide more than it shows.
    """
    apart = (found for mask in inks for found in _things(left, mask))
    whole = (found for mask in marks for found in _outlined(left, mask))
    came, went = _in_one_only(left, chain(apart, whole))
    seen = max(int(left.seen.sum()), 1)
    return sum(int(p.sum()) for p in came) / seen, sum(int(p.sum()) for p in went) / seen


def is_elsewhere(left: Residual, masks: Sequence[Flags], clear: Floats) -> bool:
    """Whether something that came, within differences (h, w each), looks like one that went.

    ``clear`` (h, w) is 0 where light was cut off: what is mostly there tells nothing.
    """
    lost = _lost(left, clear)
    things = (found for mask in masks for found in _things(left, mask))
    came, went = _in_one_only(left, (each for each in things if lost[each[0]].mean() < MOST_LOST))
    return _any_the_same(left, came, went, AS_SHAPED, AS_TONED)


def is_elsewhere_in_small(left: Residual, covered: Flags | None, clear: Floats) -> bool:
    """The same of what is too small or too faint to be a difference of its own.

    ``covered`` (h, w) has a cause already; ``clear`` (h, w) is 0 where light was cut off.
    """
    untold = _grown(_lost(left, clear), BESIDE_LOST)
    if covered is not None:
        untold |= _grown(covered, BESIDE)
    strong = left.above(FAINT) & ~untold
    small = [
        (place, _grown(place, 3) & ~_shrunk(place))
        for side in (left.values > 0, left.values < 0)
        for place in _parts(strong & side, SMALLEST, SMALL)
    ]
    if len(small) > MOST_SMALL:
        return False
    came, went = _in_one_only(left, small, FAINTLY)
    return _any_the_same(left, came, went, SMALL_SHAPED, SMALL_TONED)


def _lost(left: Residual, clear: Floats) -> Flags:
    rows, columns = left.values.shape
    return np.asarray(clear[:rows, :columns] == 0)


def _in_one_only(
    left: Residual, things: Iterable[tuple[Flags, Flags]], clearly: float = CLEARLY
) -> tuple[list[Flags], list[Flags]]:
    """The places of things that stand in the query only, and in the archived picture only."""
    things = list(things)
    if not things:
        return [], []
    now, before = (
        slope(np.asarray(cv2.GaussianBlur(each, (0, 0), SOFT), np.float32))
        for each in (left.query, left.expected)
    )
    came, went = [], []
    for place, rim in things:
        steeper = float(now[rim].mean()) / max(float(before[rim].mean()), 0.5)
        if steeper >= clearly:
            came.append(place)
        elif steeper <= 1 / clearly:
            went.append(place)
    return came, went


def _any_the_same(
    left: Residual, came: Sequence[Flags], went: Sequence[Flags], shaped: float, toned: float
) -> bool:
    """Whether one of the places (h, w) that came looks like one of those that went."""
    here, there = ([np.argwhere(each) for each in places] for places in (came, went))
    return any(_is_the_same(left, one, other, shaped, toned) for one in here for other in there)


def _is_the_same(
    left: Residual, inside: Points, other: Points, shaped: float, toned: float
) -> bool:
    """Whether the query shows at one place what the archived picture shows at another."""
    smaller, larger = sorted((len(inside), len(other)))
    if smaller < AS_LARGE * larger:
        return False
    there = np.zeros(left.seen.shape, np.bool_)
    there[tuple(other.T)] = True
    way = np.rint(other.mean(axis=0) - inside.mean(axis=0)).astype(int)
    common = int(there[_shifted(inside, way, there.shape)].sum())
    if common < shaped * (smaller + larger - common):
        return False
    here = tuple(inside.T)
    shown, in_place = left.query[here], np.abs(left.query - left.expected)[here].mean()
    apart = (
        np.abs(
            shown - left.expected[_shifted(inside, way + np.array([down, across]), there.shape)]
        ).mean()
        for down in SEARCHED
        for across in SEARCHED
    )
    return bool(min(apart) < toned * in_place)


def _shifted(
    inside: Points, way: NDArray[np.int64], shape: tuple[int, ...]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns of the pixels (n, 2), moved on, but not out of the frame."""
    rows, columns = (inside + way).T
    return rows.clip(0, shape[0] - 1), columns.clip(0, shape[1] - 1)


def _things(left: Residual, mask: Flags) -> Iterator[tuple[Flags, Flags]]:
    """The places within a difference that are no small part of it, and where their outline is."""
    least = LEAST_PART * int(mask.sum())
    yield from (found for found in _places(left, mask) if found[0].sum() >= least)


def _outlined(left: Residual, mask: Flags) -> Iterator[tuple[Flags, Flags]]:
    """All of a mark with what it encloses, and its outlines: a ring may be in pieces."""
    strong = (left.above() & mask).astype(np.uint8)
    outlines, _ = cv2.findContours(strong, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    drawn = np.zeros(mask.shape, np.uint8)
    cv2.drawContours(drawn, outlines, -1, color=1, thickness=cv2.FILLED)
    place = np.asarray(drawn > 0)
    if place.sum() >= LEAST:
        yield place, _grown(place, 3) & ~_shrunk(place)


def _places(left: Residual, mask: Flags) -> Iterator[tuple[Flags, Flags]]:
    """Each connected part that is lighter, or darker, and where its outline lies free."""
    strong = left.above() & mask
    for side in (left.values > 0, left.values < 0):
        for place in _parts(strong & side, LEAST, strong.size):
            rim = _grown(place, 3) & ~_shrunk(place) & ~_grown(strong & ~place, 5)
            if rim.sum() >= LEAST_RIM:
                yield place, rim


def _parts(mask: Flags, least: int, most: int) -> Iterator[Flags]:
    """The connected parts of a mask (h, w) of so many pixels."""
    if not mask.any():
        return
    count, parts, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    for number in range(1, count):
        if least <= stats[number, cv2.CC_STAT_AREA] <= most:
            yield np.asarray(parts == number)


def _grown(mask: Flags, side: int) -> Flags:
    kernel = np.ones((side, side), np.uint8)
    return np.asarray(cv2.dilate(mask.astype(np.uint8), kernel) > 0)


def _shrunk(mask: Flags) -> Flags:
    return np.asarray(cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
