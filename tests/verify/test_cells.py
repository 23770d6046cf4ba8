"""A pixelated copy is a small picture in squares, and is judged as one."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import AlterationKind, Relation
from provenance.verify import ArchivedView, QueryView, proof, prove
from provenance.verify.aligning.cells import cells

Rgb = NDArray[np.uint8]


def pixelated(rgb: Rgb, columns: int, rows: int) -> Rgb:
    """In so many cells, whose sides need not be whole pixels."""
    coarse = cv2.resize(rgb, (columns, rows), interpolation=cv2.INTER_AREA)
    size = (rgb.shape[1], rgb.shape[0])
    return saved(np.asarray(cv2.resize(coarse, size, interpolation=cv2.INTER_NEAREST), np.uint8))


def saved(rgb: Rgb, quality: int = 85) -> Rgb:
    _, data = cv2.imencode(".jpg", rgb, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def grey(rgb: Rgb) -> Rgb:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)


def woven(rgb: Rgb) -> Rgb:
    """Fine stripes all over, as cloth and forests have: what cells take away."""
    rows, columns = np.mgrid[: rgb.shape[0], : rgb.shape[1]]
    wave = 55 * np.sin(columns * 0.9 + 6 * np.sin(rows / 40)) * np.sin(rows * 0.8)
    return np.clip(rgb + wave[..., None], 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("columns", "rows"), [(100, 75), (90, 68), (60, 45), (48, 36)])
def test_the_cells_are_counted(photo: Rgb, columns: int, rows: int) -> None:
    assert cells(grey(pixelated(photo, columns, rows))) == (columns, rows)


@pytest.mark.parametrize("quality", [95, 60, 20, 10])
def test_the_squares_of_compression_are_no_cells(photo: Rgb, quality: int) -> None:
    assert cells(grey(saved(photo, quality))) is None


def test_a_single_tone_has_no_cells() -> None:
    assert cells(np.full((90, 120), 128, np.uint8)) is None
    assert cells(np.zeros((4, 5), np.uint8)) is None


def test_fine_patterns_do_not_hide_a_pixelated_copy(
    photo: Rgb,
    archive_view: Callable[[Rgb], ArchivedView],
    query_view: Callable[[Rgb], QueryView],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    picture = woven(photo)
    query, archived = query_view(pixelated(picture, 96, 72)), archive_view(picture)
    found = prove(query, archived)
    assert found is not None
    assert found.relation is Relation.SAME_PICTURE
    how = {each.kind: each.numbers for each in found.alterations}[AlterationKind.BLURRED]
    assert how["how"] == "pixelated"
    assert how["sigma"] == pytest.approx(1 / 96 / 12**0.5, rel=0.15)

    monkeypatch.setattr(proof, "in_cells", lambda _frames: None)
    otherwise = prove(query, archived)
    assert otherwise is None or otherwise.relation is not Relation.SAME_PICTURE


def test_another_moment_stays_one_in_cells(
    photo: Rgb,
    draw: Callable[..., Rgb],
    with_somebody: Callable[[Rgb, Rgb], Rgb],
    archive_view: Callable[[Rgb], ArchivedView],
    query_view: Callable[[Rgb], QueryView],
) -> None:
    """Somebody who stands there now is fifteen cells high, and as thin as a letter."""
    later = woven(with_somebody(photo, draw(77)))
    found = prove(query_view(pixelated(later, 96, 72)), archive_view(woven(photo)))
    assert found is None or found.relation is not Relation.SAME_PICTURE
