"""What two aligned pictures have in common and what not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.alignment import NO_BLUR, Laid
from provenance.verify.aligning.blocks import Blocks, Flags, block_means, followed
from provenance.verify.aligning.displayed import is_displayed
from provenance.verify.aligning.fineness import detail
from provenance.verify.aligning.frames import Aligned, lay
from provenance.verify.aligning.residual import Residual, every_pixel, residual
from provenance.verify.causes.cause import Cause
from provenance.verify.causes.displaced import moved_on
from provenance.verify.causes.exposure import as_sharp, is_softer, two_exposures
from provenance.verify.causes.strips import Strips, edge_strips
from provenance.verify.differing.comings import came_and_went, is_elsewhere, is_elsewhere_in_small
from provenance.verify.differing.hidden import blurred_parts, outlined
from provenance.verify.differing.mosaic import pixelated_parts
from provenance.verify.differing.paper import mostly_page
from provenance.verify.differing.patch import Patch
from provenance.verify.differing.patches import patches
from provenance.verify.differing.rigidity import Rigidity, rigidity
from provenance.verify.differing.specks import specks, stirred
from provenance.verify.locating.geometry import Matrix

AGREES = 0.9
"""Correlation from which on a block agrees; and the share of its pixels that tone explains."""

CLEARLY_SHIFTED = 2.0
SHIFT_LOSS = 0.05
SHIFT_TEXTURE = 6.0
"""A block is shifted where it has texture and agrees, two pixels or more from the common map,
better by 0.05 than in place: parallax, not resampling, and not the freedom along an edge."""

CHANCE = 4
"""So many blocks of a copy may seem apart: repeated patterns, letters laid over."""


STRAYED = 1.0
STRAYED_LEAST = 2
"""Where blur was needed to make both alike, blocks that agree better by 0.05 a pixel or more from
where their neighbours lie, two at least, are parallax too: blur hides the rest of it. Of 59
blurred, pixelated and photographed copies none has more than 4.4 % of such blocks, six pairs of
drone frames 6 to 18 %. Of 1,840 copies it loses two, written over or cut to 15 %."""

LEAST_COUNTED = 0.004
"""Share of the picture: letters that fill their box are no boxes."""

BLUR_REACHES = 0.2
"""How far beyond its outline a blurred part may reach, as a share of its size: on a striped shirt
its mask was in five pieces and ended at 0.8 of the way."""

LAID_OVER = (Cause.STRIP, Cause.BLUR, Cause.BAND, Cause.TILES, Cause.LIGHT)
LARGE_THING = 0.025
"""Causes of differences that are no things that stand somewhere, and the share of the picture from
which on an inset or a sticker is none: what it shows may look like what it hides (the mast of a
ship, the fold of a garment, a tile of a roof). People who walk on take up less."""

RIM = 8
"""Frame pixels around the rectangle of an inset in which no speck tells anything: where it is as
light as what it covers its mask is ragged, and compression leaves blocks of so many pixels."""

DRAWN = (Cause.BLUR, Cause.INK, Cause.MARK, Cause.TILES, Cause.DISC)
"""Causes of differences that put no photograph in the place of another."""

WHITE = 250.0
CUT_OFF = 0.02
"""Grey value from which on light was cut off, and the share of a block that may be."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Grids (rows, columns) of blocks, and what lies between them.

    ``agreeing`` are the blocks that agree or are explained by tone alone; ``free`` those that
    no patch touches; ``compared`` those that count at all. ``shifted`` is the share (0..1) of
    agreeing blocks that lie apart from the common map; ``noise`` the copy's noise in grey
    values; ``fine`` (-1..1) correlates the finest detail of the blocks that agree; ``specks``
    counts small clear differences beside the patches, ``stirred`` is the share (0..1) of those that
    are there again a little further on, beside a speck; ``page``: the picture is mostly page;
    ``two_exposures``: both are noisy, and not in common; ``left`` what the patches were cut from,
    ``None`` where no tone curve was learnt; ``rigidity`` how far single blocks lie from where all
    lie together, ``None`` where too few tell; ``moved``: something is in both pictures, a little
    further on in one; ``squares`` are the parts of the copy (h, w each) that were pixelated;
    ``displayed``: it is a photograph of a screen or of a print; ``came`` and ``went`` are the
    shares (0..1) of what seems to be ink and stands in the query only, and in the archived only;
    ``elsewhere``: something stands at one place in the one, at another in the other;
    ``as_sharp``: both were blurred to be alike, though the query is as sharp as the archived
    picture and of the same detail; ``softer``: neither was blurred, though the query has lost most
    of the finest detail.
    """

    agreeing: Flags
    free: Flags
    compared: Flags
    patches: tuple[Patch, ...] = ()
    shifted: float = 0.0
    noise: float = 0.0
    fine: float = 1.0
    specks: int = 0
    stirred: float = 0.0
    page: bool = False
    two_exposures: bool = False
    left: Residual | None = None
    rigidity: Rigidity | None = None
    moved: bool = False
    squares: tuple[Flags, ...] = ()
    displayed: bool = False
    came: float = 0.0
    went: float = 0.0
    elsewhere: bool = False
    as_sharp: bool = False
    softer: bool = False

    @property
    def changed(self) -> float:
        """Share of what is seen that another moment seems to have changed, the clearer the more."""
        return sum(patch.share * patch.strength for patch in self.patches if not patch.made)

    @property
    def changed_softly(self) -> float:
        """The same of what is of many tones and begins less steeply than letters do."""
        open_ = (p for p in self.patches if not (p.made or p.drawn or p.sharp))
        return sum(each.share * each.strength for each in open_)

    @property
    def relit(self) -> bool:
        """Whether the light of the copy changes across it."""
        return self.left is not None and self.left.shading is not None

    @property
    def covered(self) -> float:
        """Share of the picture that something lies over."""
        return sum(patch.share for patch in self.patches if patch.made)

    def share(self, cause: Cause) -> float:
        """Share that differs by one cause."""
        return sum(patch.share for patch in self.patches if patch.cause is cause)

    def count(self, cause: Cause) -> int:
        """How many differences of some size have one cause."""
        return sum(p.cause is cause and p.share >= LEAST_COUNTED for p in self.patches)


def differences(laid: Laid) -> Differences:
    """Compare two aligned pictures block by block and patch by patch."""
    blocks = laid.blocks
    good = blocks.compared & (blocks.correlation > AGREES)
    left = residual(laid, good)
    if left is None:
        return Differences(good, np.zeros_like(good), blocks.compared)
    turn = turned(laid.aligned.matrix)
    strips = edge_strips(blocks, good, left, turn)
    squares = tuple(pixelated_parts(left))
    frames = laid.frames
    displayed = frames is not None and is_displayed(frames, laid.aligned.matrix)
    found = patches(left, strips, blocks.size, turn, laid, squares, displayed=displayed)
    explained = block_means(left.alike().astype(np.float32), blocks.size) > AGREES
    agreeing = good | (blocks.compared & explained)
    # A blur hides what was there already, and who writes or draws over a bird leaves the sky, no
    # page; anything else may be another photograph on one page.
    page = mostly_page(
        laid.aligned, _together([each.mask for each in found if each.cause not in DRAWN])
    )
    free = _free(found, left.seen.shape, blocks.size)
    inks, marks = (
        [each.mask for each in found if each.cause is cause] for cause in (Cause.INK, Cause.MARK)
    )
    came, went = came_and_went(left, inks, marks)
    parts = [*squares, *_in_lines(strips, found), *_in_insets(found)]
    small, stirring = _small(laid, left, found, parts, on_page=page)
    return Differences(
        agreeing=agreeing,
        free=free,
        compared=blocks.compared,
        patches=found,
        shifted=max(_shifted(blocks, good), _strayed(laid, good)),
        noise=left.noise,
        fine=_fine(laid.aligned, agreeing, blocks.size),
        specks=small,
        stirred=stirring,
        squares=squares,
        displayed=displayed,
        came=came,
        went=went,
        elsewhere=_elsewhere(laid, left, found, parts, small),
        rigidity=rigidity(laid.aligned, blocks, left, free),
        page=page,
        two_exposures=not displayed and two_exposures(laid.aligned),
        as_sharp=not displayed and _is_as_sharp(laid),
        softer=laid.blur == NO_BLUR and is_softer(laid.aligned),
        left=left,
        moved=any(moved_on(left, patch.mask) for patch in found if not patch.made),
    )


def _elsewhere(
    laid: Laid, left: Residual, found: tuple[Patch, ...], parts: Sequence[Flags], small: int
) -> bool:
    """Whether something walked on: a thing, or something small where there is a speck."""
    things = [each.mask for each in found if not _is_laid_over(each)]
    if is_elsewhere(left, things, laid.aligned.clear):
        return True
    if small == 0:
        return False
    covered = _together([*(each.mask for each in found), *parts])
    return is_elsewhere_in_small(left, covered, laid.aligned.clear)


def _is_laid_over(patch: Patch) -> bool:
    large = patch.cause in (Cause.BOX, Cause.DISC) and patch.share > LARGE_THING
    return large or patch.cause in LAID_OVER


def _is_as_sharp(laid: Laid) -> bool:
    """Whether a blur took away what the query holds as well as the archived picture does.

    Not where it was laid in its cells: as small as that, the archived picture is made small, too.
    """
    if laid.blur == NO_BLUR or laid.frames is None or laid.frames.cells is not None:
        return False
    sharp = lay(laid.frames, laid.aligned.matrix)
    return sharp is not None and as_sharp(sharp)


def _small(
    laid: Laid,
    left: Residual,
    found: tuple[Patch, ...],
    parts: Sequence[Flags],
    *,
    on_page: bool,
) -> tuple[int, float]:
    """Small clear differences beside the patches, and the share that is stirred beside them.

    Beside what a blurred part hides, too: blurred stripes differ from what was there line by line,
    dots dot by dot, and their mask is in pieces, and misses most of them. ``parts`` (h, w each) are
    others in which no speck tells anything.
    """
    masks, clear = [patch.mask for patch in found], laid.aligned.clear
    covered = _together(masks)
    count = specks(left, covered, clear, on_page=on_page)
    if count == 0:
        return 0, 0.0
    blurs = [patch.mask for patch in found if patch.cause is Cause.BLUR]
    blurs += [*blurred_parts(left, blurs), *parts]
    hidden = [outlined(mask, BLUR_REACHES) for mask in blurs]
    if hidden:
        covered = _together([*masks, *hidden])
        count = specks(left, covered, clear, on_page=on_page)
    # Only beside a speck does it tell anything, and it takes long where much is noisy.
    return count, stirred(left, covered, clear) if count else 0.0


def _in_lines(strips: Strips, found: tuple[Patch, ...]) -> Iterator[Flags]:
    """The rows of a strip, and its columns, in which there are letters: between them, too."""
    for patch in found:
        if patch.cause in (Cause.STRIP, Cause.INK) and strips.differ[patch.mask].all():
            rows, columns = (np.asarray(patch.mask.any(axis=n)) for n in (1, 0))
            along = rows[:, None] if rows.sum() < columns.sum() else columns
            yield np.asarray(strips.differ & along)


def _in_insets(found: tuple[Patch, ...]) -> Iterator[Flags]:
    """All that lies between the sides of a large inset, and its rim.

    Not where letters differ as well: of two forms with other names and another face, specks tell.
    """
    if any(patch.cause is Cause.INK for patch in found):
        return
    for patch in found:
        if patch.cause is Cause.BOX and patch.share > LARGE_THING:
            left, top, wide, high = cv2.boundingRect(patch.mask.astype(np.uint8))
            inside = np.zeros(patch.mask.shape, np.uint8)
            inside[top : top + high, left : left + wide] = 1
            yield np.asarray(cv2.dilate(inside, np.ones((2 * RIM + 1,) * 2, np.uint8)) > 0)


def _together(masks: Sequence[Flags]) -> Flags | None:
    return np.asarray(np.any(masks, axis=0)) if masks else None


def turned(matrix: Matrix) -> float:
    """Degrees by which the map turns, a mirrored one as if it were not."""
    linear = matrix[:2, :2] if np.linalg.det(matrix[:2, :2]) > 0 else matrix[:2, :2] * (-1, 1)
    return float(np.degrees(np.arctan2(linear[1, 0] - linear[0, 1], linear[0, 0] + linear[1, 1])))


def _free(found: tuple[Patch, ...], shape: tuple[int, ...], size: int) -> Flags:
    """The blocks that no patch reaches into by more than a line."""
    touched = np.zeros(shape, np.float32)
    for patch in found:
        touched[patch.mask] = 1
    return np.asarray(block_means(touched, size) < 1 / size)


def _fine(aligned: Aligned, agreeing: Flags, size: int) -> float:
    """Correlation of what a blur of two pixels takes away, where the blocks agree.

    Smooth shapes, clouds and shadows, agree with each other easily; their finest detail does not.
    """
    where = every_pixel(agreeing, size)
    rows, columns = where.shape
    where &= aligned.clear[:rows, :columns] > 0
    if not where.any():
        return 0.0
    one, other = (
        detail(each)[:rows, :columns][where] for each in (aligned.archived, aligned.query)
    )
    return float((one * other).mean() / max(float(one.std() * other.std()), 1e-6))


def _shifted(blocks: Blocks, good: Flags) -> float:
    """Share of agreeing blocks that agree clearly better apart from the common map."""
    shifted = _apart(blocks, good, blocks.shift, CLEARLY_SHIFTED)
    return float(shifted.mean()) if shifted.sum() > CHANCE else 0.0


def _strayed(laid: Laid, good: Flags) -> float:
    """Share of blocks made alike by blur that lie apart from their neighbours.

    Not where light was cut off: there edges move.
    """
    if laid.blur == NO_BLUR:
        return 0.0
    blocks = laid.blocks
    cut_off = block_means((laid.aligned.query > WHITE).astype(np.float32), blocks.size)
    apart = blocks.shift - followed(blocks.everywhere, blocks.shifts, good)
    strayed = _apart(blocks, good & (cut_off < CUT_OFF), apart, STRAYED)
    return float(strayed.mean()) if strayed.sum() >= STRAYED_LEAST else 0.0


def _apart(blocks: Blocks, good: Flags, way: NDArray[np.float64], least: float) -> Flags:
    """Which of the agreeing blocks with texture lie so far off, and agree clearly better there."""
    clearly = blocks.correlation - blocks.in_place > SHIFT_LOSS
    apart = (np.abs(way).max(axis=2) >= least) & clearly
    return np.asarray(apart[good & (blocks.spread > SHIFT_TEXTURE)])
