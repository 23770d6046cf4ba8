"""Points that agree between a checked picture and an archived one, read anew from what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from provenance import Claim, Desk, Stated
from provenance.corners import LEAST_SHOWN, MOST_SHOWN
from provenance.demo.alteration import jpeg, mirror
from provenance.demo.drawing import draw
from provenance.errors import UnknownName

WIDTH, HEIGHT = 720, 480
CUT = (120, 60, 640, 460)
"""Left, top, right, bottom of what the copy shows, before it is mirrored."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Check 1: a mirrored cut-out; check 2: a collage of it and another; both archived whole."""
    folder = tmp_path_factory.mktemp("corners")
    pictures = [draw(31, "street", (WIDTH, HEIGHT)), draw(32, "harbour", (WIDTH, HEIGHT))]
    left, top, right, bottom = CUT
    copies = [mirror(pictures[0][top:bottom, left:right]), np.vstack(pictures)]
    with Desk(folder / "archive.db", create=True, actor="Adler") as desk:
        for number, picture in enumerate(pictures, 1):
            (folder / f"{number}.jpg").write_bytes(jpeg(picture))
            list(desk.add([folder / f"{number}.jpg"], Stated(date="2019", source="wire")))
        for number, copy in enumerate(copies, 1):
            (folder / f"copy-{number}.jpg").write_bytes(jpeg(copy, 80))
            list(desk.check([folder / f"copy-{number}.jpg"], Claim()))
        yield desk


def misses(desk: Desk, check: int, picture: int, left: float, top: float, side: int) -> list[float]:
    """How far each point lies from where the picture was put, in pixels; side -1: mirrored."""
    found = desk.corners(check, picture)
    assert found is not None
    assert LEAST_SHOWN < len(found.pairs) <= MOST_SHOWN
    assert found.archived_size == (WIDTH, HEIGHT)
    return [
        float(np.hypot(x - (left + side * across), y - (top + down)))
        for (x, y), (across, down) in found.pairs
    ]


def test_each_point_lies_where_its_counterpart_was_put(desk: Desk) -> None:
    assert max(misses(desk, 1, 1, CUT[2], -CUT[1], -1)) < 12
    assert np.median(misses(desk, 1, 1, CUT[2], -CUT[1], -1)) < 3


@pytest.mark.parametrize(("picture", "top"), [(1, 0), (2, HEIGHT)])
def test_each_tile_of_a_collage_has_its_own(desk: Desk, picture: int, top: int) -> None:
    assert max(misses(desk, 2, picture, 0, top, 1)) < 12


def test_they_are_spread_over_what_is_seen(desk: Desk) -> None:
    found = desk.corners(2, 2)
    assert found
    points = np.array([archived for _, archived in found.pairs])
    assert np.ptp(points, axis=0) == pytest.approx((WIDTH, HEIGHT), rel=0.35)
    apart = np.linalg.norm(points[:, None] - points[None, :], axis=2) + 999 * np.eye(len(points))
    assert apart.min() > 5


def test_a_check_shows_only_what_it_matches(desk: Desk) -> None:
    with pytest.raises(UnknownName):
        desk.corners(1, 2)
    with pytest.raises(UnknownName):
        desk.corners(9, 1)


def test_nothing_is_shown_of_what_is_not_kept(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "same.jpg").write_bytes(jpeg(draw(32, "harbour", (WIDTH, HEIGHT))))
    desk.drop_pixels("2", "asked to")
    (checked,) = desk.check([tmp_path / "same.jpg"], Claim())
    assert [m["relation"] for m in checked.record["matches"]] == ["identical_file"]
    assert desk.corners(checked.number, 2) is None
    desk.forget_check(checked.number, "asked to")
    with pytest.raises(UnknownName):
        desk.corners(checked.number, 2)
