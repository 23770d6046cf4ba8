"""What a careful eye would say was done to a copy: from its map, and from the edit's own word."""

from __future__ import annotations

import numpy as np

from benchmarks.edits.edited import Edited
from benchmarks.gauntlet.scores import kept

TURN, SLIGHT_TURN = 3.0, 0.5
"""Degrees from which on a turn is plain to see, and from which on it may be named."""

CUT, SLIGHT_CUT = 0.03, 0.005
SIZE, SLIGHT_SIZE = 0.1, 0.01
"""Natural logarithm of the change of size; the same for width against height."""

STRETCH = 0.05


def expected(edited: Edited) -> tuple[frozenset[str], frozenset[str]]:
    """Kinds that should be named, and kinds that are fair to name and fair to leave out."""
    sure, fair = set(edited.kinds), {"recompressed", *edited.optional}
    for kind, size, plain, slight in _measured(edited):
        if size >= plain:
            sure.add(kind)
        elif size >= slight:
            fair.add(kind)
    if "perspective" in sure:
        # Bent and turned by a little are one impression; which word is used is taste.
        fair |= {"rotated"} if "rotated" not in edited.kinds else set()
        sure -= {"rotated"} - edited.kinds
    return frozenset(sure), frozenset(fair - sure)


def _measured(edited: Edited) -> list[tuple[str, float, float, float]]:
    """Kind, how much of it there is, how much is plain, how much is slight."""
    across, down = _scales(edited)
    size, stretch = abs(np.log(across * down) / 2), abs(np.log(across / down))
    return [
        ("rotated", _turn(edited), TURN, SLIGHT_TURN),
        ("mirrored", float(_mirrored(edited)), 0.5, 0.5),
        ("cropped", 1 - kept(edited), CUT, SLIGHT_CUT),
        ("resized", max(size, stretch * SIZE / STRETCH), SIZE, SLIGHT_SIZE),
    ]


def _linear(edited: Edited) -> np.ndarray:
    """The map around the middle of the picture, 2 x 2."""
    width, height = edited.size
    middle = np.array([width / 2, height / 2])
    points = middle + np.array([[0, 0], [1, 0], [0, 1]])
    mapped = np.c_[points, np.ones(3)] @ edited.matrix.T
    mapped = mapped[:, :2] / mapped[:, 2:]
    return np.asarray((mapped[1:] - mapped[0]).T)


def _scales(edited: Edited) -> tuple[float, float]:
    linear = _linear(edited)
    return float(np.linalg.norm(linear[:, 0])), float(np.linalg.norm(linear[:, 1]))


def _mirrored(edited: Edited) -> bool:
    return bool(np.linalg.det(_linear(edited)) < 0)


def _turn(edited: Edited) -> float:
    """Degrees, 0 to 180, after mirroring."""
    linear = _linear(edited)
    if _mirrored(edited):
        linear = linear @ np.diag([-1.0, 1.0])
    angle = np.arctan2(linear[1, 0] - linear[0, 1], linear[0, 0] + linear[1, 1])
    return float(abs(np.degrees(angle)))
