"""A rectangle proved as a picture of its own, placed in the whole query."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.fingerprint import keypoints
from provenance.models import AlterationKind, Box, Comparison, Inset, Pixels, Relation
from provenance.verify import ArchivedView, QueryView
from provenance.verify.inset import prove_inside
from provenance.verify.regions.rest import inset_of
from provenance.verify.views import EVERYTHING

Rgb = NDArray[np.uint8]
BOX: Box = (480, 360, 960, 720)


@pytest.fixture
def proved(
    photo: Rgb,
    archived: ArchivedView,
    draw: Callable[..., Rgb],
    query_view: Callable[[Rgb], QueryView],
) -> Callable[[Rgb], Comparison]:
    """Prove a tile (480, 360) at the bottom right of three strangers."""

    def prove_tile(tile: Rgb) -> Comparison:
        canvas = np.vstack([np.hstack([draw(51), draw(52)]), np.hstack([draw(53), tile])])
        left, top, right, _ = BOX
        plain, mirrored = keypoints.compute_query(Pixels(np.ascontiguousarray(tile), "PNG"))
        plain.points[:] += (left, top)
        mirrored.points[:] += (canvas.shape[1] - right, top)
        view = inset_of(query_view(canvas), Inset(BOX, plain, mirrored))
        found = prove_inside(view, BOX, archived, EVERYTHING)
        assert found is not None
        assert found.relation is Relation.SAME_PICTURE
        return found

    return prove_tile


def kinds(found: Comparison) -> set[AlterationKind]:
    return {alteration.kind for alteration in found.alterations}


def test_a_whole_tile_lies_where_it_lies(proved: Callable[[Rgb], Comparison], photo: Rgb) -> None:
    found = proved(photo)
    assert np.array(found.region) == pytest.approx(
        np.array([[480, 360], [960, 360], [960, 720], [480, 720]]), abs=2
    )
    assert found.share_of_query == pytest.approx(0.25, abs=0.01)
    assert kinds(found) == {AlterationKind.INSIDE_COLLAGE}
    columns, rows = np.array(found.seen).T
    assert (columns.min(), columns.max()) == (16, 31)
    assert (rows.min(), rows.max()) == (12, 23)


def test_a_mirrored_tile_is_mirrored(proved: Callable[[Rgb], Comparison], photo: Rgb) -> None:
    found = proved(photo[:, ::-1])
    assert np.array(found.region)[0] == pytest.approx([960, 360], abs=2)
    assert kinds(found) == {AlterationKind.MIRRORED, AlterationKind.INSIDE_COLLAGE}


def test_a_tile_that_shows_a_part_is_cut_where_it_ends(
    proved: Callable[[Rgb], Comparison], photo: Rgb
) -> None:
    part = cv2.resize(photo[90:270, 120:360], (480, 360), interpolation=cv2.INTER_CUBIC)
    found = proved(np.asarray(part, np.uint8))
    assert found.covers == pytest.approx(0.25, abs=0.02)
    assert kinds(found) >= {AlterationKind.CROPPED, AlterationKind.INSIDE_COLLAGE}
