"""One row of the benchmark: how many were found, and how exactly."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from benchmarks.edits.edited import Edited
from provenance.models import Comparison, Relation

CLOSE_CROP = 0.05
"""An error of the share kept that still counts as right."""


def wilson(found: int, asked: int) -> tuple[float, float]:
    """95 % confidence bounds of a share (Wilson, JASA 1927)."""
    if asked == 0:
        return 0.0, 1.0
    z, share = 1.96, found / asked
    centre = (share + z * z / (2 * asked)) / (1 + z * z / asked)
    reach = z * ((share * (1 - share) + z * z / (4 * asked)) / asked) ** 0.5 / (1 + z * z / asked)
    return max(0.0, centre - reach), min(1.0, centre + reach)


def at_most(wrong: int, asked: int) -> float:
    """The share that ``wrong`` of ``asked`` still allows: one-sided, 95 %, exact.

    Clopper and Pearson, Biometrika 1934. Of 150 without one wrong: 2.0 %.
    """
    if wrong >= asked:
        return 1.0
    low, high = wrong / asked, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _as_few(wrong, asked, middle) > 0.05 else (low, middle)
    return high


def _as_few(wrong: int, asked: int, share: float) -> float:
    """The chance of this many or fewer, each with this chance."""
    term = total = (1 - share) ** asked
    for count in range(wrong):
        term *= (asked - count) / (count + 1) * share / max(1e-300, 1 - share)
        total += term
    return total


@dataclass
class Row:
    """The results of one edit."""

    name: str
    asked: int = 0
    found: int = 0
    scenes: int = 0
    unjudged: int = 0
    overlaps: list[float] = field(default_factory=list)
    crop_errors: list[float] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def take(
        self, edited: Edited, comparison: Comparison | None, name: str, *, unjudged: bool = False
    ) -> bool:
        """Count one query: what was found of the right picture. Whether it was proved."""
        self.asked += 1
        if comparison is None or comparison.relation is not Relation.SAME_PICTURE:
            self.scenes += comparison is not None
            self.unjudged += comparison is None and unjudged
            self.missed.append(name)
            return False
        self.found += 1
        self.overlaps.append(overlap(edited, comparison))
        if comparison.covers is not None:
            self.crop_errors.append(abs(comparison.covers - kept(edited)))
        return True

    def line(self) -> str:
        """The row as text."""
        low, high = wilson(self.found, self.asked)
        share = 100 * self.found / max(1, self.asked)
        return (
            f"{self.name:30} {self.found:4}/{self.asked:<4} {share:5.1f} % "
            f"[{100 * low:3.0f}..{100 * high:3.0f}]  scene {self.scenes:2}  "
            f"IoU {_median(self.overlaps):5.3f}  crop +-{100 * _median(self.crop_errors):4.1f}"
        )

    def figures(self) -> dict[str, object]:
        """The row as a record."""
        low, high = wilson(self.found, self.asked)
        return {
            "row": self.name,
            "asked": self.asked,
            "found": self.found,
            "bounds": [round(low, 4), round(high, 4)],
            "similar_scene": self.scenes,
            "cannot_judge": self.unjudged,
            "iou_median": _rounded(self.overlaps),
            "crop_error_median": _rounded(self.crop_errors),
            "crop_close": sum(error <= CLOSE_CROP for error in self.crop_errors),
            "crop_asked": len(self.crop_errors),
            "missed": self.missed,
        }


def placed(edited: Edited) -> np.ndarray:
    """Where the picture's corners truly lie in the query, float32 (4, 2)."""
    width, height = edited.size
    corners = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]])
    mapped = corners @ edited.matrix.T
    return (mapped[:, :2] / mapped[:, 2:]).astype(np.float32)


def overlap(edited: Edited, comparison: Comparison) -> float:
    """Intersection over union of the true and the found region, within the query."""
    frame = np.array(
        [[0, 0], [edited.width, 0], [edited.width, edited.height], [0, edited.height]], np.float32
    )
    true = _common(placed(edited), frame)[1]
    found = _common(np.array(comparison.region, np.float32), frame)[1]
    if true is None or found is None:
        return 0.0
    both = _common(true, found)[0]
    union = cv2.contourArea(true) + cv2.contourArea(found) - both
    return float(both / max(union, 1e-9))


def kept(edited: Edited) -> float:
    """The true share of the picture that lies within the query."""
    back = np.linalg.inv(edited.matrix)
    frame = np.array(
        [
            [0, 0, 1],
            [edited.width, 0, 1],
            [edited.width, edited.height, 1],
            [0, edited.height, 1],
        ]
    )
    mapped = frame @ back.T
    width, height = edited.size
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    area = _common((mapped[:, :2] / mapped[:, 2:]).astype(np.float32), whole)[0]
    return min(1.0, area / (width * height))


def _common(one: np.ndarray, other: np.ndarray) -> tuple[float, np.ndarray | None]:
    area, shape = cv2.intersectConvexConvex(one, other)
    return float(area), (shape if area > 0 else None)


def _median(values: list[float]) -> float:
    return float(np.median(values)) if values else float("nan")


def _rounded(values: list[float]) -> float | None:
    return round(_median(values), 4) if values else None
