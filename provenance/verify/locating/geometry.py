"""One map from the archived picture into the query that many keypoint pairs agree on.

Every pair of oriented, scaled keypoints alone determines a similarity (Lowe, "Distinctive image
features from scale-invariant keypoints", IJCV 2004, section 7.3); so all of them are tried, none
drawn at random: the same pictures give the same map. The best are grown, and the plainest map is
kept that explains the pairs: a stretch or a perspective must gain far more pairs than chance does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.locating.matching import Pairs

Matrix = NDArray[np.floating]
Which = NDArray[np.bool_]
Grown = tuple[Matrix, Which]
Fit = Callable[[Matrix, Matrix], Matrix | None]

IMAGINARY = np.array([1, 1j])
SEEDS_GROWN = 3
LEAST_SEED = 4
SEED_SCALE = np.log(1.6)
SEED_TURN = np.radians(30)
SEED_MISS, SEED_MISS_FARTHER = 0.006, 0.06
"""What a pair may be off the similarity of another: a share of the archived picture's long side,
and of its distance from that one, as angle and size of a keypoint are coarse. With three times as
much seeds take in pairs of other places: of 4,800 wrong candidates 31 in 100 then have five inliers
and more (here 15), and of 2,400 copies one more lies where it should."""

GROWTH = (0.05, 0.03, 0.02, 0.015, 0.015)
"""Tolerances of the growing steps, shares of the archived picture's long side."""

LEAST_SPREAD = 0.01
"""Pairs nearly on one line say nothing of the stretch across it."""

AFFINE_LEAST = 24
"""Pairs from which on a stretch is fitted at all."""

SIZE_TOLERANCE = 0.08
PERSPECTIVE_LEAST = 10
GAIN = 1.15
STRETCH_GAINS, PERSPECTIVE_GAINS = 8, 16
CLOSE = 0.004
"""A stretch and a perspective must bring so many times as many pairs within 0.4 % of the archived
picture's long side, and so many more of them. Every further number that is fitted brings a few
pairs closer by chance and bends the map where none are: of 450 crops to 15 % the map was off by
less than 3 % of the crop for 70 in 100 where only the factor was asked, for 88 with both, and by
less than 1 % for 28 and for 53. Of 150 photographs of screens 148 lie within
3 % (147 before), of 150 skewed copies all, as before."""

LARGEST_SCALE = 12.0
MOST_ANISOTROPY = 3.0


@dataclass(frozen=True, slots=True)
class Found:
    """A map (3 x 3, archive pixels to query pixels) and the pairs that agree with it."""

    matrix: Matrix
    inliers: int
    archived: Matrix
    query: Matrix


def estimate(pairs: Pairs, long_side: int) -> Found | None:
    """The map that most pairs agree on, or ``None`` where fewer than four do."""
    if len(pairs) < LEAST_SEED:
        return None
    seeds = _seeds(_agreement(pairs, long_side))
    found = _plainest(pairs, seeds, long_side)
    if found is None:
        return None
    matrix, which = _perspective(pairs, *found, long_side)
    return Found(matrix, _unique(pairs, which), pairs.archived[which], pairs.query[which])


def apply(matrix: Matrix, points: Matrix) -> Matrix:
    """Points (n, 2) through a 3 x 3 map."""
    homogeneous = points @ matrix[:, :2].T + matrix[:, 2]
    return np.asarray(homogeneous[:, :2] / homogeneous[:, 2:3])


def _agreement(pairs: Pairs, long_side: int) -> Which:
    """(m, m): does pair j agree with the similarity that pair i alone gives?"""
    a = (pairs.archived @ IMAGINARY).astype(np.complex64)
    q = (pairs.query @ IMAGINARY).astype(np.complex64)
    direction = np.exp(1j * pairs.turn).astype(np.complex64)
    offset = a[None, :] - a[:, None]
    factor = np.exp(pairs.log_scale).astype(np.float32)
    miss = np.abs((q[None, :] - q[:, None]) / (factor * direction)[:, None] - offset)
    scale = np.abs(pairs.log_scale[None, :] - pairs.log_scale[:, None]) < SEED_SCALE
    turn = (direction[None, :] * direction[:, None].conj()).real > np.cos(SEED_TURN)
    bound = SEED_MISS * long_side + SEED_MISS_FARTHER * np.abs(offset)
    return np.asarray((miss < bound) & scale & turn)


def _seeds(agree: Which) -> list[Which]:
    """The sets of the seeds with most agreement, each unlike the ones before it."""
    sizes = agree.sum(axis=1)
    order = np.argsort(-sizes, kind="stable")
    order = order[sizes[order] >= LEAST_SEED]
    seeds: list[Which] = []
    while len(order) and len(seeds) < SEEDS_GROWN:
        seed = agree[order[0]]
        seeds.append(seed)
        order = order[(agree[order] & seed).sum(axis=1) < 0.5 * sizes[order]]
    return seeds


def _plainest(pairs: Pairs, seeds: Sequence[Which], long_side: int) -> Grown | None:
    """Upright in its proportions, unless a stretch explains clearly more."""
    grown = [_grow(pairs, seed, long_side, _similarity) for seed in seeds]
    known = [each for each in grown if each is not None]
    if not known:
        return None
    plain = max(known, key=lambda each: _unique(pairs, each[1]))
    stretched = _grow(pairs, plain[1], long_side, _stretched)
    if stretched is None:
        return plain
    least = _least_close(pairs, plain[0], long_side, STRETCH_GAINS)
    return stretched if _close(pairs, stretched[0], long_side) >= least else plain


def _grow(pairs: Pairs, which: Which, long_side: int, fit: Fit) -> Grown | None:
    """Fit, take in what agrees, fit again with less tolerance."""
    matrix: Matrix | None = None
    for tolerance in GROWTH:
        rows = fit(pairs.archived[which], pairs.query[which])
        matrix = None if rows is None else np.vstack([rows, [0.0, 0.0, 1.0]])
        if matrix is None or not sane(matrix) or np.linalg.det(matrix[:2, :2]) <= 0:
            return None
        which = _within(pairs, matrix, tolerance * long_side)
        if which.sum() < LEAST_SEED:
            return None
    assert matrix is not None
    return matrix, which


def _stretched(archived: Matrix, query: Matrix) -> Matrix | None:
    """An affine map, once there are pairs enough to tell."""
    return (_affine if len(archived) >= AFFINE_LEAST else _similarity)(archived, query)


def _affine(archived: Matrix, query: Matrix) -> Matrix | None:
    centre, target = archived.mean(axis=0), query.mean(axis=0)
    spread = (archived - centre).T @ (archived - centre)
    if np.linalg.det(spread) < LEAST_SPREAD * np.trace(spread) ** 2:
        return _similarity(archived, query)
    linear = np.linalg.solve(spread, (archived - centre).T @ (query - target)).T
    return np.column_stack([linear, target - linear @ centre])


def _similarity(archived: Matrix, query: Matrix) -> Matrix | None:
    a = (archived - archived.mean(axis=0)) @ IMAGINARY
    q = (query - query.mean(axis=0)) @ IMAGINARY
    power = float(np.vdot(a, a).real)
    if power <= 0:
        return None
    factor = np.vdot(a, q) / power
    linear = np.array([[factor.real, -factor.imag], [factor.imag, factor.real]])
    return np.column_stack([linear, query.mean(axis=0) - linear @ archived.mean(axis=0)])


def sane(matrix: Matrix) -> bool:
    """No collapse, no stretch beyond what edits of pictures do."""
    values = np.linalg.svd(matrix[:2, :2], compute_uv=False)
    return bool(
        values[0] < LARGEST_SCALE
        and values[1] > 1 / LARGEST_SCALE
        and values[0] < MOST_ANISOTROPY * values[1]
    )


def _within(pairs: Pairs, matrix: Matrix, tolerance: float) -> Which:
    """Pairs whose miss, in archive pixels, is small for their size."""
    scale = np.sqrt(abs(np.linalg.det(matrix[:2, :2])))
    miss = np.linalg.norm(apply(matrix, pairs.archived) - pairs.query, axis=1) / scale
    return np.asarray(miss < tolerance * 0.6 + SIZE_TOLERANCE * pairs.archived_size)


def _unique(pairs: Pairs, which: Which) -> int:
    """Pairs that agree, counted once for each place in the query and in the archived picture.

    One query corner can answer several archived ones, and one corner is read at several
    levels; neither is new evidence.
    """
    return min(
        len(np.unique(np.rint(points[which] / 3.0), axis=0))
        for points in (pairs.query, pairs.archived)
    )


def _perspective(pairs: Pairs, matrix: Matrix, which: Which, long_side: int) -> Grown:
    """A perspective map, where it explains clearly more pairs than the plainer one."""
    near = _within(pairs, matrix, 4 * GROWTH[-1] * long_side)
    most = int(near.sum())
    least = _least_close(pairs, matrix, long_side, PERSPECTIVE_GAINS)
    if most < max(PERSPECTIVE_LEAST, least):
        return matrix, which
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    bound = GROWTH[-1] * 0.6 * long_side * scale
    found, _ = cv2.findHomography(pairs.archived[near], pairs.query[near], cv2.USAC_ACCURATE, bound)
    if found is None:
        return matrix, which
    bent = np.asarray(found, np.float64)
    if not _gentle(bent, pairs.archived) or _close(pairs, bent, long_side) < least:
        return matrix, which
    return bent, _within(pairs, bent, GROWTH[-1] * long_side)


def _least_close(pairs: Pairs, plain: Matrix, long_side: int, gain: int) -> float:
    """Pairs that a map with more freedom must bring close: more than that does by chance."""
    close = _close(pairs, plain, long_side)
    return max(GAIN * close, close + gain)


def _close(pairs: Pairs, matrix: Matrix, long_side: int) -> int:
    """Pairs that miss by very little; what separates a perspective from a plainer map."""
    scale = np.sqrt(abs(np.linalg.det(matrix[:2, :2])))
    miss = np.linalg.norm(apply(matrix, pairs.archived) - pairs.query, axis=1) / scale
    return int((miss < CLOSE * long_side).sum())


def _gentle(bent: Matrix, archived: Matrix) -> bool:
    """The horizon stays far away from the picture."""
    depth = archived @ bent[2, :2] + bent[2, 2]
    return bool(depth.min() > 0 and depth.max() < 3 * depth.min() and sane(bent / bent[2, 2]))
