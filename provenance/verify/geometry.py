"""One map from the archived picture into the query that many keypoint pairs agree on.

Every pair of oriented, scaled keypoints alone determines a similarity (Lowe, "Distinctive image
features from scale-invariant keypoints", IJCV 2004, section 7.3); so all of them are tried, none
drawn at random: the same pictures give the same map. The best are grown to an affine map and,
where pairs allow it, to a perspective.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.matching import Pairs

Matrix = NDArray[np.floating]
Which = NDArray[np.bool_]

IMAGINARY = np.array([1, 1j])
SEEDS_GROWN = 3
LEAST_SEED = 4
SEED_SCALE = np.log(1.6)
SEED_TURN = np.radians(30)
GROWTH = (0.05, 0.03, 0.02, 0.015, 0.015)
"""Tolerances of the growing steps, shares of the archived picture's long side."""

LEAST_SPREAD = 0.01
"""Pairs nearly on one line say nothing of the stretch across it."""

AFFINE_LEAST = 24
"""Pairs from which on a stretch is fitted, too. Of 48 crops to 15 %, which have 8 to 30, the map of
six is off by more than 4 % of the side with 8, of two with 24: 38 and 43 are proved."""

SIZE_TOLERANCE = 0.08
PERSPECTIVE_LEAST = 10
PERSPECTIVE_GAIN = 1.15
CLOSE = 0.004
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
    agree = _agreement(pairs, long_side)
    grown = [g for g in (_grow(pairs, s, long_side) for s in _seeds(agree)) if g is not None]
    if not grown:
        return None
    matrix, which = max(grown, key=lambda g: _unique(pairs, g[1]))
    matrix, which = _perspective(pairs, matrix, which, long_side)
    return Found(matrix, _unique(pairs, which), pairs.archived[which], pairs.query[which])


def apply(matrix: Matrix, points: Matrix) -> Matrix:
    """Points (n, 2) through a 3 x 3 map."""
    homogeneous = points @ matrix[:, :2].T + matrix[:, 2]
    return np.asarray(homogeneous[:, :2] / homogeneous[:, 2:3])


def _agreement(pairs: Pairs, long_side: int) -> Which:
    """(m, m): does pair j agree with the similarity that pair i alone gives?

    Angle and size of a keypoint are coarse, so the tolerance grows with the distance from i.
    """
    a = (pairs.archived @ IMAGINARY).astype(np.complex64)
    q = (pairs.query @ IMAGINARY).astype(np.complex64)
    direction = np.exp(1j * pairs.turn).astype(np.complex64)
    offset = a[None, :] - a[:, None]
    factor = np.exp(pairs.log_scale).astype(np.float32)
    miss = np.abs((q[None, :] - q[:, None]) / (factor * direction)[:, None] - offset)
    scale = np.abs(pairs.log_scale[None, :] - pairs.log_scale[:, None]) < SEED_SCALE
    turn = (direction[None, :] * direction[:, None].conj()).real > np.cos(SEED_TURN)
    return np.asarray((miss < 0.02 * long_side + 0.2 * np.abs(offset)) & scale & turn)


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


def _grow(pairs: Pairs, which: Which, long_side: int) -> tuple[Matrix, Which] | None:
    """Fit, take in what agrees, fit again with less tolerance."""
    matrix: Matrix | None = None
    for tolerance in GROWTH:
        matrix = _fit(pairs, which)
        if matrix is None or not sane(matrix) or np.linalg.det(matrix[:2, :2]) <= 0:
            return None
        which = _within(pairs, matrix, tolerance * long_side)
        if which.sum() < LEAST_SEED:
            return None
    assert matrix is not None
    return matrix, which


def _fit(pairs: Pairs, which: Which) -> Matrix | None:
    """Least squares: affine from 24 pairs on, else a similarity."""
    archived, query = pairs.archived[which], pairs.query[which]
    rows = (
        _affine(archived, query) if len(archived) >= AFFINE_LEAST else _similarity(archived, query)
    )
    return None if rows is None else np.vstack([rows, [0.0, 0.0, 1.0]])


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


def _perspective(
    pairs: Pairs, matrix: Matrix, which: Which, long_side: int
) -> tuple[Matrix, Which]:
    """A perspective map, where it takes in clearly more pairs than the affine one."""
    near = _within(pairs, matrix, 4 * GROWTH[-1] * long_side)
    if near.sum() < PERSPECTIVE_LEAST:
        return matrix, which
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    bound = GROWTH[-1] * 0.6 * long_side * scale
    found, _ = cv2.findHomography(pairs.archived[near], pairs.query[near], cv2.USAC_ACCURATE, bound)
    if found is None:
        return matrix, which
    bent = np.asarray(found, np.float64)
    if not _gentle(bent, pairs.archived):
        return matrix, which
    if _close(pairs, bent, long_side) < PERSPECTIVE_GAIN * _close(pairs, matrix, long_side):
        return matrix, which
    return bent, _within(pairs, bent, GROWTH[-1] * long_side)


def _close(pairs: Pairs, matrix: Matrix, long_side: int) -> int:
    """Pairs that miss by very little; what separates a perspective from its affine part."""
    scale = np.sqrt(abs(np.linalg.det(matrix[:2, :2])))
    miss = np.linalg.norm(apply(matrix, pairs.archived) - pairs.query, axis=1) / scale
    return int((miss < CLOSE * long_side).sum())


def _gentle(bent: Matrix, archived: Matrix) -> bool:
    """The horizon stays far away from the picture."""
    depth = archived @ bent[2, :2] + bent[2, 2]
    return bool(depth.min() > 0 and depth.max() < 3 * depth.min() and sane(bent / bent[2, 2]))
