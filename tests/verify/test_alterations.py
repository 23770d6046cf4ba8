"""Each kind of alteration named where a careful eye would, and not where it would not."""

from __future__ import annotations

import io
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from provenance.models import Comparison, Relation
from provenance.verify import ArchivedView, QueryView, prove

Rgb = NDArray[np.uint8]
View = Callable[[Rgb], QueryView]
Numbers = dict[str, object]


def said(view: QueryView, picture: ArchivedView) -> list[tuple[str, Numbers]]:
    comparison = prove(view, picture)
    assert isinstance(comparison, Comparison)
    assert comparison.relation is Relation.SAME_PICTURE
    return [(each.kind.value, each.numbers) for each in comparison.alterations]


def only(view: QueryView, picture: ArchivedView, kind: str) -> Numbers:
    """The numbers of the one alteration that is named."""
    named = said(view, picture)
    assert [each for each, _ in named] == [kind]
    return named[0][1]


def jpeg(rgb: Rgb, quality: int) -> Rgb:
    target = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(rgb)).save(target, "JPEG", quality=quality)
    return np.array(Image.open(io.BytesIO(target.getvalue())).convert("RGB"))


def squares(rgb: Rgb, side: int) -> Rgb:
    height, width = rgb.shape[:2]
    coarse = cv2.resize(rgb, (width // side, height // side), interpolation=cv2.INTER_AREA)
    return np.asarray(
        cv2.resize(coarse, (width, height), interpolation=cv2.INTER_NEAREST), np.uint8
    )


# ------------------------------------------------------------------------- compression


@pytest.mark.parametrize("quality", [10, 20, 40, 60])
def test_strong_compression_is_named_with_its_quality(
    photo: Rgb, archived: ArchivedView, query_view: View, quality: int
) -> None:
    numbers = only(query_view(jpeg(photo, quality)), archived, "recompressed")
    assert numbers["quality"] == pytest.approx(quality, abs=2)


@pytest.mark.parametrize("quality", [75, 85, 95])
def test_what_every_upload_does_is_not(
    photo: Rgb, archived: ArchivedView, query_view: View, quality: int
) -> None:
    assert said(query_view(jpeg(photo, quality)), archived) == []


def test_compression_shows_in_a_part_cut_from_the_copy(
    photo: Rgb, archived: ArchivedView, query_view: View
) -> None:
    named = dict(said(query_view(jpeg(photo, 20)[13:300, 21:460]), archived))
    assert named["recompressed"]["quality"] == pytest.approx(20, abs=2)


def test_as_strongly_compressed_as_the_archived_picture_is_no_alteration(
    draw: Callable[..., Rgb], archive_view: Callable[..., ArchivedView], query_view: View
) -> None:
    before = jpeg(draw(11, 360, 270), 30)  # small enough to be kept pixel for pixel
    assert said(query_view(before), archive_view(before)) == []


# -------------------------------------------------------------------------------- blur


def test_a_blurred_copy(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    copy = cv2.GaussianBlur(photo, (0, 0), 2.9)
    numbers = only(query_view(copy), archived, "blurred")
    assert numbers["how"] == "blurred"
    assert numbers["sigma"] == pytest.approx(2.9 / 480, rel=0.4)


def test_a_pixelated_copy(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    assert only(query_view(squares(photo, 6)), archived, "blurred")["how"] == "pixelated"


def test_resized_is_not_blurred(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    for factor in (0.3, 0.7):
        copy = cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        only(query_view(copy), archived, "resized")


def test_a_blurred_face(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    copy = photo.copy()
    copy[120:220, 190:290] = cv2.GaussianBlur(photo, (0, 0), 12)[120:220, 190:290]
    numbers = only(query_view(copy), archived, "blurred")
    assert (numbers["how"], numbers["where"]) == ("blurred", "centre")
    assert numbers["share"] == pytest.approx(100 * 100 / (480 * 360), abs=0.025)


# ------------------------------------------------------------------- what lies over it


def written(rgb: Rgb, words: str, place: tuple[int, int], size: float, colour: int) -> Rgb:
    font = cv2.FONT_HERSHEY_SIMPLEX
    return np.asarray(
        cv2.putText(rgb.copy(), words, place, font, size, (colour,) * 3, 4, cv2.LINE_AA), np.uint8
    )


def banner(rgb: Rgb) -> Rgb:
    copy = rgb.copy()
    copy[290:] = (190, 20, 30)
    return written(copy, "BREAKING NEWS", (20, 340), 1.2, 255)


def logo(rgb: Rgb) -> Rgb:
    return np.asarray(cv2.circle(rgb.copy(), (430, 50), 34, (10, 40, 200), -1), np.uint8)


def sticker(rgb: Rgb) -> Rgb:
    return np.asarray(cv2.circle(rgb.copy(), (240, 180), 45, (250, 210, 40), -1), np.uint8)


def bar(rgb: Rgb) -> Rgb:
    return np.asarray(cv2.rectangle(rgb.copy(), (180, 150), (320, 190), (0, 0, 0), -1), np.uint8)


def text(rgb: Rgb) -> Rgb:
    return written(rgb, "WHO DID THIS", (30, 320), 1.8, 255)


def watermark(rgb: Rgb) -> Rgb:
    layer = rgb
    for row in range(60, 360, 120):
        layer = written(layer, "AGENCY  AGENCY", (20, row), 1.4, 255)
    return np.asarray(cv2.addWeighted(rgb, 0.6, layer, 0.4, 0), np.uint8)


def stripes(rgb: Rgb) -> Rgb:
    rows, columns = np.mgrid[: rgb.shape[0], : rgb.shape[1]]
    return np.where((((rows + columns) % 40) < 13)[..., None], 240, rgb).astype(np.uint8)


@pytest.mark.parametrize(
    ("laid", "what", "where"),
    [
        (banner, "banner", "bottom"),
        (logo, "logo", "top right"),
        (sticker, "sticker", "centre"),
        (bar, "bar", "centre"),
        (text, "text", "bottom"),
        (watermark, "watermark", "several"),
        (stripes, "stripes", "several"),
    ],
)
def test_what_lies_over_it(
    photo: Rgb,
    archived: ArchivedView,
    query_view: View,
    laid: Callable[[Rgb], Rgb],
    what: str,
    where: str,
) -> None:
    named = said(query_view(laid(photo)), archived)
    assert {kind for kind, _ in named} == {"overlaid"}
    assert (named[0][1]["what"], named[0][1]["where"]) == (what, where)


def test_another_picture_over_a_corner(
    photo: Rgb, draw: Callable[..., Rgb], archived: ArchivedView, query_view: View
) -> None:
    copy = photo.copy()
    copy[10:130, 10:170] = cv2.resize(draw(3), (160, 120), interpolation=cv2.INTER_AREA)
    numbers = only(query_view(copy), archived, "overlaid")
    assert (numbers["what"], numbers["where"]) == ("picture", "top left")
    assert numbers["share"] == pytest.approx(160 * 120 / (480 * 360), abs=0.02)


def test_two_things_are_named_apart(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    named = said(query_view(logo(banner(photo))), archived)
    assert [numbers["what"] for _, numbers in named] == ["banner", "logo"]


def test_where_is_told_as_one_looks_at_the_copy(
    photo: Rgb, archived: ArchivedView, query_view: View
) -> None:
    named = dict(said(query_view(logo(photo)[:, ::-1]), archived))
    assert named["overlaid"]["where"] == "top left"


def test_burnt_out_light_is_nothing_laid_over_it(
    photo: Rgb, archived: ArchivedView, query_view: View
) -> None:
    copy = np.minimum(photo.astype(np.float32) * 1.25 + 10, 255).astype(np.uint8)
    assert "brighter" in only(query_view(copy), archived, "recoloured")["what"]  # type: ignore[operator]


def test_the_next_tile_of_a_collage_is_no_banner(
    photo: Rgb, draw: Callable[..., Rgb], archived: ArchivedView, query_view: View
) -> None:
    """Cut to the left 60 %; where the rest would lie, the neighbour shows."""
    copy = np.hstack([photo[:, :288], draw(3)[:, :420]])
    named = dict(said(query_view(copy), archived))
    assert named["cropped"]["lost"] == ["right"]
    assert named["cropped"]["kept"] == pytest.approx(0.6, abs=0.06)
    assert "overlaid" not in named


# ------------------------------------------------------------------------------ borders


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (40, 90, 200)])
def test_bars_of_any_colour_and_a_little_noise(
    photo: Rgb, archived: ArchivedView, query_view: View, colour: tuple[int, int, int]
) -> None:
    copy = cv2.copyMakeBorder(photo, 0, 0, 80, 80, cv2.BORDER_CONSTANT, value=colour)
    noise = np.random.default_rng(1).normal(0, 3, copy.shape)
    noisy = np.clip(copy + noise, 0, 255).astype(np.uint8)
    assert only(query_view(noisy), archived, "bordered")["where"] == ["right", "left"]


def test_a_blurred_copy_of_itself_fills_the_frame(
    photo: Rgb, archived: ArchivedView, query_view: View
) -> None:
    ground = cv2.GaussianBlur(cv2.resize(photo, (480, 640)), (0, 0), 18)
    ground[140:500] = photo
    assert only(query_view(ground), archived, "bordered")["where"] == ["top", "bottom"]


# ------------------------------------------------------------------------------ colours


def warmer(rgb: Rgb) -> Rgb:
    return np.clip(rgb * np.array([1.15, 1.0, 0.75]), 0, 255).astype(np.uint8)


def paler(rgb: Rgb) -> Rgb:
    luma = rgb.mean(axis=2, keepdims=True)
    return (luma + (rgb - luma) * 0.5).astype(np.uint8)


def contrasty(rgb: Rgb) -> Rgb:
    return np.clip((rgb.astype(np.float32) - 120) * 1.4 + 120, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("edit", "word"),
    [(warmer, "warmer"), (paler, "less_saturated"), (contrasty, "more_contrast")],
)
def test_colours(
    photo: Rgb, archived: ArchivedView, query_view: View, edit: Callable[[Rgb], Rgb], word: str
) -> None:
    assert word in only(query_view(edit(photo)), archived, "recoloured")["what"]  # type: ignore[operator]


def test_stronger_colours(
    photo: Rgb, archive_view: Callable[..., ArchivedView], query_view: View
) -> None:
    numbers = only(query_view(photo), archive_view(paler(photo)), "recoloured")
    assert numbers["what"] == ["more_saturated"]


def test_a_grey_picture_tinted(
    photo: Rgb, archive_view: Callable[..., ArchivedView], query_view: View
) -> None:
    grey = np.dstack([cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY)] * 3)
    numbers = only(query_view(warmer(grey)), archive_view(grey), "recoloured")
    assert "warmer" in numbers["what"]  # type: ignore[operator]
