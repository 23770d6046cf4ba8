"""Which picture is likely nearer the source, and that contradiction means: cannot tell."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import Direction
from provenance.verify import ArchivedView, QueryView, prove

Rgb = NDArray[np.uint8]
Told = Callable[[Rgb, Rgb], Direction]


@pytest.fixture(scope="session")
def told(archive_view: Callable[..., ArchivedView], query_view: Callable[[Rgb], QueryView]) -> Told:
    def tell(query: Rgb, archived: Rgb) -> Direction:
        comparison = prove(query_view(np.ascontiguousarray(query)), archive_view(archived))
        assert comparison is not None
        return comparison.direction

    return tell


@pytest.fixture(scope="session")
def large(draw: Callable[..., Rgb]) -> Rgb:
    return draw(11, 900, 675)


def disc(rgb: Rgb) -> Rgb:
    return np.asarray(cv2.circle(rgb.copy(), (240, 180), 45, (250, 210, 40), -1), np.uint8)


def letterboxed(rgb: Rgb) -> Rgb:
    return np.asarray(cv2.copyMakeBorder(rgb, 80, 80, 0, 0, cv2.BORDER_CONSTANT), np.uint8)


def small(rgb: Rgb) -> Rgb:
    return np.asarray(cv2.resize(rgb, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)


def test_nothing_speaks_for_either(photo: Rgb, told: Told) -> None:
    assert told(photo, photo) == Direction(None, ())
    assert told(photo[:, ::-1], photo) == Direction(None, ())


@pytest.mark.parametrize(
    ("poorer", "when_looked_up", "when_archived"),
    [
        (lambda rgb: rgb[40:320, 60:400], "archive_shows_more", "query_shows_more"),
        (disc, "query_has_overlay", "archive_has_overlay"),
        (letterboxed, "query_has_border", "archive_has_border"),
        (lambda rgb: cv2.GaussianBlur(rgb, (0, 0), 2.9), "archive_sharper", "query_sharper"),
    ],
)
def test_the_poorer_one_is_further_away(
    photo: Rgb,
    told: Told,
    poorer: Callable[[Rgb], Rgb],
    when_looked_up: str,
    when_archived: str,
) -> None:
    other = np.ascontiguousarray(poorer(photo))
    assert told(other, photo) == Direction("archive", (when_looked_up,))
    assert told(photo, other) == Direction("query", (when_archived,))


def test_more_pixels(large: Rgb, told: Told) -> None:
    assert told(small(large), large) == Direction("archive", ("archive_larger",))
    assert told(large, small(large)) == Direction("query", ("query_larger",))


def test_enlarging_makes_nothing_nearer(photo: Rgb, told: Told) -> None:
    copy = cv2.resize(photo, None, fx=1.7, fy=1.7, interpolation=cv2.INTER_CUBIC)
    assert told(np.asarray(copy, np.uint8), photo) == Direction(None, ())


def test_contradicting_reasons_tell_nothing(large: Rgb, told: Told) -> None:
    wider_but_smaller = small(large)
    said = told(wider_but_smaller, large[100:600, 150:800].copy())
    assert said.nearer is None
    assert set(said.reasons) == {"query_shows_more", "archive_larger"}


def test_built_into_something_larger(photo: Rgb, draw: Callable[..., Rgb], told: Told) -> None:
    page = np.full((900, 700, 3), 245, np.uint8)
    page[200:560, 100:580] = photo
    assert told(page, photo).reasons in {("query_built_in",), ("query_has_border",)}


def test_without_its_colours(photo: Rgb, told: Told) -> None:
    grey = np.dstack([cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY)] * 3)
    assert told(grey, photo) == Direction("archive", ("query_without_colour",))
