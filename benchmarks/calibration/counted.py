"""Wrong candidates counted: what every candidate of a look-up scores, whatever became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from provenance.archive import Archive
from provenance.verify.differing.differences import differences
from provenance.verify.judging.false_alarms import score
from provenance.verify.judging.judgement import by_pixels
from provenance.verify.locating.location import by_keypoints

KINDS = ("pixels", "points")
PROOF = "provenance.verify.proof"


@dataclass
class Counted:
    """Scores of wrong candidates by kind (see :data:`KINDS`), from so many look-ups or pairs.

    ``met`` are the archived pictures that could have been candidates, over all look-ups; ``spread``
    holds, beside each number of points, the share of the archived picture they span.
    """

    name: str
    met: int = 0
    asked: int = 0
    pixels: list[float] = field(default_factory=list)
    points: list[float] = field(default_factory=list)
    spread: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def pictures(self) -> int:
        """Archived pictures that one look-up could meet."""
        return round(self.met / max(self.asked, 1))

    def reaching(self, kind: str, score: float) -> int:
        """How many candidates reach a score."""
        return sum(each >= score for each in getattr(self, kind))

    def best(self, kind: str) -> float:
        """The highest score."""
        return max(getattr(self, kind), default=0.0)


def everyone(_picture: int) -> bool:
    """No picture is set apart."""
    return True


@contextmanager
def counting(
    into: Counted, apart: Counted | None = None, belongs: Callable[[int], bool] = everyone
) -> Iterator[None]:
    """Meanwhile every candidate that is located or laid over a query is counted.

    ``apart`` takes those whose archived picture (its id) does not ``belong``.
    """
    current, counted = Archive.material, into

    def material(archive: Archive, picture: int) -> Any:
        nonlocal counted
        counted = into if apart is None or belongs(picture) else apart
        return current(archive, picture)

    def located(*given: Any) -> Any:
        found = by_keypoints(*given)
        if found is not None:
            counted.points.append(found.inliers)
            counted.spread.append(found.spread)
        return found

    def judged(*given: Any, **named: Any) -> Any:
        # Nothing is looked for where hardly anything resembles; it has a score all the same.
        found = differences(given[1]) if given[2] is None else given[2]
        if not found.page:
            counted.pixels.append(score(found))
        return by_pixels(*given, **named)

    with (
        patch.object(Archive, "material", material),
        patch(f"{PROOF}.by_keypoints", located),
        patch(f"{PROOF}.by_pixels", judged),
    ):
        yield


def together(name: str, groups: Iterable[Counted]) -> Counted:
    """Several as one."""
    total = Counted(name)
    for each in groups:
        total.met += each.met
        total.asked += each.asked
        total.pixels += each.pixels
        total.points += each.points
        total.spread += each.spread
        total.wrong += each.wrong
    return total
