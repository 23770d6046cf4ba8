"""How keypoints vote for pictures; one rule for every index.

A query point votes for every picture that holds a descriptor within :data:`VOTING_DISTANCE`
of it, once however many such descriptors there are (a lattice or a line of text would else
vote a hundred times). A point that fits n pictures gives each of them 1/n of a vote, so that
what is common (letters, buttons, window frames) says little and what is rare says much.

Votes count only together (weak geometric consistency: Jegou, Douze, Schmid, "Hamming embedding
and weak geometric consistency for large scale image search", ECCV 2008): every pair of points
says by how much the picture was turned and scaled, and a picture is worth what falls into its
fullest cell of both. Letters of a screenshot vote for everything, at every turn and scale.

Measured (1,000 photographs of 500 ORB points, 200 queries of ten edits, exhaustive search, all
turns and scales together; share of queries whose picture is among the first 20):

=========  =======  =====  ==========
distance   whole    1/n    1/sqrt(n)
=========  =======  =====  ==========
32         96.5 %   98.0   98.0
40         96.0     98.0   98.0
48         92.5     97.0   96.0
56         78.0     95.0   95.0
64         70.0     92.0
=========  =======  =====  ==========

Cells of turn and scale (700 photographs, 200 queries of the five hardest edits, pairs as the
embedded index finds them; queries whose picture is among the first 5, 12 and 20):

=============================================  ===  ===  ===
rule                                             5   12   20
=============================================  ===  ===  ===
all turns and scales together, 40 bits, 1/n    178  183  184
cells, 40 bits, 1/n                            185  187  187
cells, 40 bits, 1/sqrt(n)                      183  186  189
cells, 48 bits, 1/n                            181  183  186
cells, 56 bits, 1/n                            177  182  184
=============================================  ===  ===  ===

Cells of the place as well were no better, nor was counting only the nearest of each point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from provenance.index.records import DESCRIPTOR_BYTES, POINT_BYTES, Codes, Numbers, Votes

VOTING_DISTANCE = 40
"""Bits of 256 by which a copied point may differ; see the table above."""

WHOLE_VOTE = 1 << 20
"""What a point gives that fits one picture only."""

TURNS = 12
SCALE_STEPS = 12
"""A cell is two of twelve parts of a full turn wide and two of these steps (half octaves): what
angles and sizes of copied points differ by. Cells overlap, so none is cut by a border."""

SCALES = 2 * 256 // SCALE_STEPS + 2


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of a query point and a stored point near it; they may repeat.

    ``points`` (m,) numbers the query's points, ``pictures`` (m,) says whose the stored point
    is, ``poses`` (m, 2) uint8 its angle and size.
    """

    points: Numbers
    pictures: Numbers
    poses: Codes

    @classmethod
    def joined(cls, some: Sequence[Pairs]) -> Pairs:
        """All of them."""
        return cls(
            np.concatenate([each.points for each in some]),
            np.concatenate([each.pictures for each in some]),
            np.concatenate([each.poses for each in some]),
        )


NO_PAIRS = Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, 2), np.uint8))


def poses(points: Codes) -> Codes:
    """Angle and size of points (n, at least ``POINT_BYTES``)."""
    return points[:, DESCRIPTOR_BYTES:POINT_BYTES]


def count(asked: Codes, pairs: Pairs) -> Votes:
    """The votes of a query whose points have the poses ``asked`` (q, 2)."""
    if not len(pairs.points):
        return Votes(*(np.zeros(0, np.int64) for _ in range(3)))
    named, places = np.unique(pairs.pictures, return_inverse=True)
    weights = _weights(pairs.points, places, len(asked))
    cells, voters = _each_once(_cells(asked, pairs) + places * (TURNS * SCALES), pairs.points)
    first = np.flatnonzero(np.concatenate(([True], cells[1:] != cells[:-1])))
    filled = cells[first] // (TURNS * SCALES)
    counts, scores = np.zeros(len(named), np.int64), np.zeros(len(named), np.int64)
    np.maximum.at(counts, filled, np.diff(first, append=len(cells)))
    np.maximum.at(scores, filled, np.add.reduceat(weights[voters], first))
    return Votes(named, counts, scores)


def _weights(points: Numbers, places: Numbers, number: int) -> Numbers:
    """What each of the query's points gives a picture: a whole vote shared by those it fits."""
    _, voters = _each_once(places, points)
    weights: Numbers = WHOLE_VOTE // np.maximum(np.bincount(voters, minlength=number), 1)
    return weights


def _cells(asked: Codes, pairs: Pairs) -> Numbers:
    """The four overlapping cells of turn and scale that each pair lies in: (4, m)."""
    turned, scaled = (asked[pairs.points].astype(np.int64) - pairs.poses).T
    turn, scale = turned % 256 * TURNS // 256, (scaled + 256) // SCALE_STEPS
    return np.stack([(turn + t) % TURNS * SCALES + scale + s for t in (0, 1) for s in (0, 1)])


def _each_once(cells: Numbers, points: Numbers) -> tuple[Numbers, Numbers]:
    """Cell and point of the pairs without repetition, by cell and then by point."""
    number = int(points.max()) + 1
    once = np.unique(cells * number + points)
    return once // number, once % number
