"""What of a query is left to explain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import Comparison, Inset, Keypoints, Polygon, Proof, Relation
from provenance.verify import QueryView
from provenance.verify.regions.rest import inset_of, is_explained, rest_of
from provenance.verify.regions.seen import cells_of

Rgb = NDArray[np.uint8]


def match(left: float, top: float, right: float, bottom: float) -> Comparison:
    region: Polygon = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Comparison(Relation.SAME_PICTURE, Proof("pixels"), region, 1.0, 0.5)


@pytest.fixture(scope="module")
def query(draw: Callable[..., Rgb], query_view: Callable[[Rgb], QueryView]) -> QueryView:
    """950 wide: no whole number of cells fits into its height."""
    return query_view(draw(5, 950, 500))


def test_a_picture_that_fills_the_query_leaves_nothing(query: QueryView) -> None:
    assert rest_of(query, [match(0, 0, 950, 500)]) is None
    assert rest_of(query, [match(0, 0, 950, 480)]) is None


def test_half_explained_leaves_the_other_half(query: QueryView) -> None:
    rest = rest_of(query, [match(0, 0, 475, 500)])
    assert rest is not None
    assert len(rest.keypoints) < len(query.keypoints)
    # The cell beside the explained half is taken away with it.
    assert rest.keypoints.points[:, 0].min() >= 475
    assert rest.mirrored.points[:, 0].max() <= 475
    assert rest.raster is query.raster


def test_what_is_not_seen_is_not_explained(query: QueryView) -> None:
    whole = match(0, 0, 950, 500)
    above: Polygon = ((300, 100), (700, 100), (700, 400), (300, 400))
    hidden = set(cells_of(above, 950, 500))
    seen = tuple(cell for cell in cells_of(whole.region or (), 950, 500) if cell not in hidden)
    rest = rest_of(query, [replace(whole, seen=seen)])
    assert rest is not None
    assert (rest.keypoints.points >= (300, 100)).all()
    assert (rest.keypoints.points <= (700, 400)).all()
    assert is_explained(query, (0, 0, 300, 500), [replace(whole, seen=seen)])
    assert not is_explained(query, (320, 120, 680, 380), [replace(whole, seen=seen)])


def test_little_that_is_left_is_not_searched(query: QueryView) -> None:
    few = replace(query, keypoints=first(query.keypoints, 30), mirrored=first(query.keypoints, 30))
    assert rest_of(few, [match(0, 0, 475, 500)]) is None


def first(kept: Keypoints, most: int) -> Keypoints:
    return Keypoints(
        kept.kind,
        kept.points[:most],
        kept.sizes[:most],
        kept.angles[:most],
        kept.descriptors[:most],
    )


def test_of_an_inset_only_its_keypoints_are_asked(query: QueryView) -> None:
    inset = Inset((10, 20, 300, 200), query.mirrored, query.keypoints)
    view = inset_of(query, inset)
    assert view.keypoints is inset.keypoints
    assert view.raster is query.raster
