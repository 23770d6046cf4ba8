"""In a thumbnail no shape says that an editor made it: people are as thin as letters there."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.causes import lettering
from provenance.verify.differing import patches

Rgb = NDArray[np.uint8]
SIDES = (256, 160, 128, 96)


@pytest.fixture(scope="module")
def relations(
    draw: Callable[..., Rgb],
    with_somebody: Callable[[Rgb, Rgb], Rgb],
    archive_view: Callable[[Rgb], ArchivedView],
    query_view: Callable[[Rgb], QueryView],
) -> Callable[[], list[Relation | None]]:
    """What each thumbnail of another moment is to the picture."""
    picture = draw(12)
    later, archived = with_somebody(picture, draw(72)), archive_view(picture)

    def relation(side: int) -> Relation | None:
        size = (side, side * 3 // 4)
        small = cv2.resize(later, size, interpolation=cv2.INTER_AREA)
        found = prove(query_view(np.asarray(small, np.uint8)), archived)
        return None if found is None else found.relation

    return lambda: [relation(side) for side in SIDES]


def test_another_moment_is_never_the_same_picture(
    relations: Callable[[], list[Relation | None]],
) -> None:
    assert Relation.SAME_PICTURE not in relations()


def test_shapes_would_have_said_so(
    relations: Callable[[], list[Relation | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rule keeps them apart: without it two of the four are, where people may be lettering."""
    monkeypatch.setattr(patches, "_tells_shapes", lambda *_: True)
    assert Relation.SAME_PICTURE not in relations()
    monkeypatch.setattr(lettering, "LARGE_UPRIGHT", 1.0)
    assert Relation.SAME_PICTURE in relations()
    monkeypatch.undo()
    monkeypatch.setattr(lettering, "LARGE_UPRIGHT", 1.0)
    assert Relation.SAME_PICTURE not in relations()


@pytest.mark.parametrize("side", [261, 280, 300])
def test_a_small_photograph_that_is_whole_tells_by_its_shapes(
    draw: Callable[..., Rgb],
    archive_view: Callable[[Rgb], ArchivedView],
    query_view: Callable[[Rgb], QueryView],
    side: int,
) -> None:
    """Nothing was lost on the way: its copy is as large as itself."""
    picture = draw(12, side, side * 2 // 3)
    copy = picture.copy()
    cv2.circle(copy, (side // 2, side // 3), side // 10, (250, 220, 30), -1, cv2.LINE_AA)
    proved = prove(query_view(copy), archive_view(picture))
    assert proved is not None
    assert proved.relation is Relation.SAME_PICTURE
