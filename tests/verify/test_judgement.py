"""What turns down a copy that is all alike otherwise, and what does not yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.aligning.alignment import Laid, align
from provenance.verify.aligning.frames import Frames
from provenance.verify.causes.cause import Cause
from provenance.verify.differing.differences import Differences, differences
from provenance.verify.differing.patch import Patch
from provenance.verify.differing.rigidity import Rigidity
from provenance.verify.judging.judgement import by_pixels
from provenance.verify.locating.location import Location, by_keypoints
from provenance.verify.views import EVERYTHING
from tests.compared import found

Rgb = NDArray[np.uint8]
Changed = Callable[[Differences], Differences]


@pytest.fixture(scope="module")
def compared(
    photo: Rgb, archived: ArchivedView, query_view: Callable[[Rgb], QueryView]
) -> tuple[Location, Laid, Differences]:
    """A plain copy, smaller, and nothing that differs."""
    query = query_view(cv2.resize(photo, None, fx=0.9, fy=0.9, interpolation=cv2.INTER_AREA))
    located = by_keypoints(query, archived, EVERYTHING)
    assert located is not None
    laid = align(Frames.of(query, archived), located.matrix, located.inliers)
    assert laid is not None
    return located, laid, differences(laid)


def rigid(off: float, blocks: int) -> Changed:
    return lambda told: replace(told, rigidity=Rigidity(stray=0.05, off=off, blocks=blocks))


def small(specks: int, stirred: float) -> Changed:
    return lambda told: replace(told, specks=specks, stirred=stirred)


def patch(
    share: float,
    *,
    cause: Cause | None = None,
    drawn: bool = False,
    sharp: bool = False,
    strength: float = 1.0,
) -> Changed:
    def changed(told: Differences) -> Differences:
        assert told.left is not None
        mask = np.zeros_like(told.left.seen)
        mask[20:30, 20:40] = True
        made = Patch(mask, share, cause, drawn=drawn, sharp=sharp, strength=strength)
        return replace(told, patches=(made,))

    return changed


def lettered(share: float, specks: int, cause: Cause = Cause.INK) -> Changed:
    return lambda told: replace(patch(share, cause=cause)(told), specks=specks)


def words_and_specks(share: float, words: int) -> Changed:
    """Letters in so many pieces, and specks beside them."""
    return lambda told: replace(
        lettered(share, 4)(told), patches=words * lettered(share, 4)(told).patches
    )


def written_over(off: float) -> Changed:
    """Letters, and so many blocks elsewhere."""
    return lambda told: replace(
        rigid(off, 70)(told), patches=patch(0.02, cause=Cause.INK)(told).patches
    )


def marked_and_changed(share: float) -> Changed:
    """A mark, and so much that no editor made."""

    def changed(told: Differences) -> Differences:
        both = [patch(0.01, cause=Cause.MARK)(told), patch(share, sharp=True)(told)]
        return replace(told, patches=tuple(each.patches[0] for each in both))

    return changed


def changed_and_specks(specks: int) -> Changed:
    """Something that no editor made, and so many specks."""
    return lambda told: replace(patch(0.002, sharp=True)(told), specks=specks)


def coarse(specks: int) -> Changed:
    return lambda told: replace(told, fine=0.8, specks=specks)


def upright(
    share: float, cause: Cause = Cause.INK, strength: float = 1.0, *, sharp: bool = False
) -> Changed:
    """A stroke or a mark that is twice as high as wide."""

    def changed(told: Differences) -> Differences:
        (made,) = patch(share, cause=cause, strength=strength, sharp=sharp)(told).patches
        mask = np.zeros_like(made.mask)
        mask[20:44, 20:32] = True
        return replace(told, patches=(replace(made, mask=mask),))

    return changed


def two_upright(height: int, bottom: int) -> Changed:
    """A sharp mark, 24 frame pixels high, and another of this height that ends in this row."""

    def changed(told: Differences) -> Differences:
        (one,) = upright(0.005, Cause.MARK, sharp=True)(told).patches
        mask = np.zeros_like(one.mask)
        mask[bottom - height : bottom, 60:72] = True
        return replace(told, patches=(one, replace(one, mask=mask)))

    return changed


def stuck_over(share: float, changed: Changed) -> Changed:
    """A sticker beside it."""
    return lambda told: replace(
        changed(told),
        patches=(*changed(told).patches, *patch(share, cause=Cause.DISC)(told).patches),
    )


def shifted(share: float) -> Changed:
    return lambda told: replace(rigid(0.02, 100)(told), shifted=share)


def both(first: Changed, then: Changed) -> Changed:
    return lambda told: then(first(told))


def several(*each: tuple[float, Cause | None], strength: float = 1.0) -> Changed:
    """Patches of these shares and causes."""

    def one(share: float, cause: Cause | None) -> Changed:
        return patch(share, cause=cause, sharp=True, strength=strength)

    def changed(told: Differences) -> Differences:
        made = (one(*shown)(told).patches for shown in each)
        return replace(told, patches=tuple(single for (single,) in made))

    return changed


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        (lambda told: told, True),
        (rigid(0.09, 100), True),
        (rigid(0.1, 100), False),
        (rigid(0.1, 60), True),
        (rigid(0.22, 60), True),
        (rigid(0.24, 60), False),
        (both(rigid(0.12, 60), patch(0.001, drawn=True)), False),
        (both(rigid(0.1, 60), patch(0.001, drawn=True)), True),
        (rigid(0.2, 30), True),
        (small(1, 0.0002), True),
        (small(0, 0.001), True),
        (small(1, 0.001), False),
        (small(2, 0.0), False),
        (patch(0.003), True),
        (patch(0.004), False),
        (patch(0.004, sharp=True), True),
        (patch(0.004, drawn=True), True),
        (patch(0.007, sharp=True), False),
        (lettered(0.01, 5), True),
        (lettered(0.005, 5), False),
        (lettered(0.008, 5), False),
        (lettered(0.008, 1), True),
        (lettered(0.1, 1, Cause.STRIP), True),
        (lettered(0.1, 2, Cause.STRIP), False),
        (lettered(0.002, 0, Cause.MARK), True),
        (lettered(0.002, 1, Cause.MARK), False),
        (lettered(0.004, 1, Cause.MARK), True),
        (patch(0.03, cause=Cause.LIGHT), False),
        (patch(0.01, cause=Cause.LIGHT), True),
        (patch(0.03, cause=Cause.LIGHT, strength=0.6), False),
        (patch(0.03, cause=Cause.LIGHT, strength=0.4), True),
        (words_and_specks(0.003, 4), False),
        (words_and_specks(0.008, 2), True),
        (written_over(0.18), True),
        (written_over(0.25), False),
        (marked_and_changed(0.0015), True),
        (marked_and_changed(0.003), False),
        (changed_and_specks(0), True),
        (changed_and_specks(1), False),
        (coarse(9), True),
        (coarse(12), False),
        (upright(0.005), False),
        (upright(0.005, Cause.MARK), False),
        (upright(0.002), True),
        (upright(0.01), True),
        (upright(0.005, sharp=True), True),
        (upright(0.005, strength=0.3), True),
        (upright(0.005, Cause.DISC), True),
        (two_upright(24, 46), False),
        (two_upright(24, 60), True),
        (two_upright(19, 44), False),
        (stuck_over(0.04, small(4, 0.0)), True),
        (stuck_over(0.04, small(5, 0.0)), False),
        (stuck_over(0.02, small(4, 0.0)), False),
        (stuck_over(0.04, upright(0.005)), True),
        (stuck_over(0.009, patch(0.003, sharp=True)), False),
        (stuck_over(0.02, patch(0.003, sharp=True)), True),
        (lettered(0.005, 0), True),
        (shifted(0.08), True),
        (shifted(0.11), False),
        (several((0.004, Cause.LIGHT), (0.003, Cause.LIGHT)), False),
        (several((0.004, Cause.LIGHT), (0.003, Cause.LIGHT), strength=0.13), True),
        (several((0.004, Cause.LIGHT), (0.003, Cause.LIGHT), (0.02, Cause.INK)), True),
        (several((0.004, Cause.LIGHT), (0.0005, None)), False),
        (several((0.005, Cause.INK), (0.005, Cause.MARK), (0.006, Cause.BOX)), False),
        (several((0.005, Cause.INK), (0.005, Cause.MARK), (0.02, Cause.BOX)), True),
        (lettered(0.002, 1), False),
    ],
)
def test_one_sign_of_another_moment_is_enough(
    changed: Changed, same: bool, compared: tuple[Location, Laid, Differences]
) -> None:
    located, laid, told = compared
    judged = by_pixels(located, laid, changed(told))
    assert judged is not None
    assert (judged.relation is Relation.SAME_PICTURE) is same


@pytest.mark.parametrize(("blocks", "same"), [(30, True), (60, False)])
def test_a_blurred_copy_is_one_print_too_where_many_blocks_tell(
    blocks: int, same: bool, compared: tuple[Location, Laid, Differences]
) -> None:
    located, laid, told = compared
    judged = by_pixels(located, replace(laid, blur=(1.4, 1.4)), rigid(0.25, blocks)(told))
    assert judged is not None
    assert (judged.relation is Relation.SAME_PICTURE) is same


@pytest.mark.parametrize(("blur", "same"), [((0.0, 0.0), True), ((2.2, 2.2), False)])
def test_nothing_is_laid_over_what_only_blur_makes_alike(
    blur: tuple[float, float], same: bool, compared: tuple[Location, Laid, Differences]
) -> None:
    """Another face on a form with other names: the form is alike, and so are blurred names."""
    located, laid, told = compared
    judged = by_pixels(located, replace(laid, blur=blur), patch(0.1, cause=Cause.BOX)(told))
    assert judged is not None
    assert (judged.relation is Relation.SAME_PICTURE) is same


@pytest.mark.parametrize(
    ("blur", "inliers", "specks", "same"),
    [
        ((0.0, 0.0), 30, 0, True),
        ((2.2, 2.2), 35, 0, False),
        ((1.4, 1.4), 86, 0, True),
        ((1.4, 1.4), 86, 1, False),
    ],
)
def test_where_nothing_tells_of_its_place_blur_proves_nothing(
    blur: tuple[float, float],
    inliers: int,
    specks: int,
    same: bool,
    compared: tuple[Location, Laid, Differences],
) -> None:
    """Blurred enough, one glow of a flash is as the next; many keypoints are not."""
    located, laid, told = compared
    unknown = replace(told, rigidity=None, specks=specks)
    judged = by_pixels(replace(located, inliers=inliers), replace(laid, blur=blur), unknown)
    assert judged is not None
    assert (judged.relation is Relation.SAME_PICTURE) is same


def test_a_checked_cloth_is_no_lettering(
    photo: Rgb,
    draw: Callable[..., Rgb],
    archive_view: Callable[[Rgb], ArchivedView],
    query_view: Callable[[Rgb], QueryView],
) -> None:
    """Thin, sharp and of two tones, but no line of letters is as wide as it is."""
    rows, columns = np.mgrid[: photo.shape[0], : photo.shape[1]]
    checks = np.where((rows // 7 + columns // 7) % 2 > 0, 200, 60)[..., None]
    folds = 30 * np.sin(columns / 17 + rows / 29)[..., None]
    cloth = cv2.ellipse(np.zeros(photo.shape[:2], np.uint8), (240, 180), (80, 70), 0, 0, 360, 1, -1)
    one = np.where(cloth[..., None] > 0, checks + folds, photo).astype(np.uint8)
    other = np.where(cloth[..., None] > 0, draw(77), photo).astype(np.uint8)
    query, archived = query_view(one), archive_view(other)
    assert Cause.INK not in {patch.cause for patch in found(query, archived).patches}
    proved = prove(query, archived)
    assert proved is not None
    assert proved.relation is Relation.SIMILAR_SCENE


def test_an_inset_that_falls_to_pieces_is_one_inset(
    photo: Rgb,
    draw: Callable[..., Rgb],
    archived: ArchivedView,
    query_view: Callable[[Rgb], QueryView],
) -> None:
    """A band of it is as light as what it covers, and parts a corner from the rest."""
    copy = photo.copy()
    copy[8:128, 300:460] = cv2.resize(draw(77), (160, 120))
    band = cv2.line(np.zeros(photo.shape[:2], np.uint8), (390, 0), (470, 80), 1, 22) > 0
    copy[band] = photo[band]
    query = query_view(copy)
    patches = [each for each in found(query, archived).patches if each.share > 0.001]
    assert len(patches) > 1
    assert {each.cause for each in patches} == {Cause.BOX}
    proved = prove(query, archived)
    assert proved is not None
    assert proved.relation is Relation.SAME_PICTURE
