"""From a rough map to an exact one: what the blocks that agree say of where they lie."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from provenance.verify.aligning.blocks import COARSE_REACH, SMALL_BLOCK, Blocks, compare, likeness
from provenance.verify.aligning.cells import cells
from provenance.verify.aligning.fineness import detail_kept
from provenance.verify.aligning.frames import Aligned, Frames, lay
from provenance.verify.aligning.registration import registered
from provenance.verify.locating.geometry import Matrix, apply, sane
from provenance.verify.locating.location import corners

GUIDE = 0.6
"""Correlation from which on a block's displacement guides the map."""

HOPELESS = 0.2
"""Share of blocks above 0.8 in the coarse look below which nothing more is tried. Of 545 copies
three lie below, of 564 wrong candidates with five inliers or more 85 in 100."""

COARSE_AGREES = 0.8

GUIDES_LEAST = 4
STRAY = 3.0
"""Pixels from the common displacement beyond which a block does not guide the map."""

OFF = 1.5
"""Pixels that a guiding block may be off the corrected map: they are whole pixels apart."""

MOST_INSIDE = 0.7
INSIDE_LEAST = 8
AFFINE_LEAST = 12
PERSPECTIVE_LEAST = 30

NEARLY_ALIKE = 0.95
"""Median correlation from which on the map is good enough: blurred and noisy copies have less, too,
but most that have less are off by some pixels."""

EXACT_INLIERS = 24
"""Pairs from which on a map is tried as it is: with fewer only a similarity was fitted."""

NEARLY_ALL = 0.9
"""Share of blocks above 0.8 from which on a map needs no coarse look first."""

MOST_CORRECTED = 2

SETTLED = 0.25
"""Frame pixels below which a correction is none: blocks are compared at whole pixels."""

BLUR_GAIN = 0.02
NO_BLUR = (0.0, 0.0)

BLURS = ((1.4, 1.4), (2.2, 2.2), (2.2, 0.0))
"""Further blur of the archived picture and of the query, of which the likeliest is taken: a
copy that was blurred, pixelated or made noisy agrees when both are brought to one sharpness.
With it the blocks above 0.95 rise from 24-88 % to 91-100 % for such copies, while other frames
of the same scene gain a few points only."""

SOFTER = 0.6
"""Share of the archived picture's finest detail below which the query was blurred, and any gain is
enough: of a large blurred thing before a plain ground nearly all blocks agree as they are. Not of
what was pixelated: that is laid in its cells."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Two pictures in one frame, at one sharpness, and what their blocks say.

    ``blur`` is what was added to the archived picture and to the query (sigmas in pixels);
    ``frames`` what both were laid from, ``None`` where only the frame is known.
    """

    aligned: Aligned
    blocks: Blocks
    blur: tuple[float, float]
    frames: Frames | None = None


def align(frames: Frames, matrix: Matrix, inliers: int = 0) -> Laid | None:
    """Lay both pictures over each other; ``None`` where nothing agrees or all is too small.

    ``inliers`` is how many pairs of keypoints speak for the map: it may be exact already.
    """
    exact = _at_once(frames, matrix) if inliers >= EXACT_INLIERS else None
    return exact or _in_steps(frames, matrix)


def _at_once(frames: Frames, matrix: Matrix) -> Laid | None:
    """With the map as it is, where nearly all agrees and what does asks for no correction."""
    for corrections in range(MOST_CORRECTED + 1):
        aligned = lay(frames, matrix)
        blocks = None if aligned is None else compare(aligned)
        if aligned is None or blocks is None or _agreeing(blocks) < NEARLY_ALL:
            return None
        matrix = refined(aligned, blocks)
        settled = _farthest_apart(frames, aligned, matrix) <= SETTLED
        if settled or corrections == MOST_CORRECTED:
            return _at_one_sharpness(frames, aligned, blocks)
    return None


def _farthest_apart(frames: Frames, laid: Aligned, matrix: Matrix) -> float:
    """Frame pixels by which two maps differ at most, at the picture's corners."""
    outline = corners(*frames.archived_size)
    there = np.linalg.solve(laid.matrix, np.column_stack([apply(matrix, outline), np.ones(4)]).T)
    back = (there[:2] / there[2]).T
    return float(np.abs(back - outline).max()) * laid.scale


def _in_steps(frames: Frames, matrix: Matrix) -> Laid | None:
    """Coarsely first, then corrected by what agrees."""
    coarse = lay(frames, matrix, shrink=0.5)
    if coarse is not None:
        blocks = compare(coarse, COARSE_REACH)
        if _agreeing(blocks) < HOPELESS:
            return None
        matrix = refined(coarse, blocks)
    first = lay(frames, matrix)
    if first is None:
        return None
    final = lay(frames, refined(first, compare(first)))
    return None if final is None else _at_one_sharpness(frames, _closer(frames, final))


def unblurred(frames: Frames, laid: Laid) -> Laid | None:
    """The same map without the blur: letters all over a copy are taken for blur, too."""
    aligned = lay(frames, laid.aligned.matrix)
    return None if aligned is None else Laid(aligned, compare(aligned), NO_BLUR, frames)


def made_exact(frames: Frames, laid: Laid) -> Laid | None:
    """Registered on the pixels, however alike they are, and not blurred.

    For maps that few keypoints speak for: they may be off by less than a pixel, and all that is
    fine then differs.
    """
    plain = laid.aligned if laid.blur == NO_BLUR else lay(frames, laid.aligned.matrix)
    matrix = None if plain is None else registered(plain)
    found = None if matrix is None else lay(frames, matrix)
    return None if found is None else Laid(found, compare(found), NO_BLUR, frames)


def _closer(frames: Frames, final: Aligned) -> Aligned:
    """Registered on the pixels, where that makes both clearly more alike."""
    alike = likeness(final)
    matrix = registered(final) if alike < NEARLY_ALIKE else None
    closer = None if matrix is None else lay(frames, matrix)
    if closer is None or likeness(closer) < alike + BLUR_GAIN:
        return final
    return lay(frames, refined(closer, compare(closer))) or final


def refined(aligned: Aligned, blocks: Blocks) -> Matrix:
    """The map corrected by the displacements of the blocks that agree."""
    guide = blocks.compared & (blocks.correlation > GUIDE)
    rows, columns = np.nonzero(guide)
    if len(rows) < GUIDES_LEAST:
        return aligned.matrix
    centres = (np.column_stack([columns, rows]) + 0.5) * blocks.size
    correction = _correction(centres, centres + blocks.shift[guide])
    frame = np.diag([aligned.scale, aligned.scale, 1.0])
    better = aligned.matrix @ np.linalg.inv(frame) @ correction @ frame
    better = better / better[2, 2]
    return better if sane(better) else aligned.matrix


def _at_one_sharpness(frames: Frames, aligned: Aligned, blocks: Blocks | None = None) -> Laid:
    """Blurred as little as makes both alike; ``blocks`` as they are without, where known."""
    best, used, score = aligned, NO_BLUR, likeness(aligned)
    pixelated = frames.cells is not None or cells(frames.query) is not None
    softer = not pixelated and detail_kept(aligned) < SOFTER
    gain = 0.0 if softer else BLUR_GAIN
    for blur in BLURS if score < 1 - gain else ():
        softened = aligned.softened(*blur)
        alike = likeness(softened)
        if alike > score + gain:
            best, used, score = softened, blur, alike
    known = blocks if best is aligned else None
    return Laid(best, known or compare(best), used, frames)


def _agreeing(blocks: Blocks) -> float:
    compared = blocks.compared
    if not compared.any():
        return 0.0
    return float((blocks.correlation[compared] > COARSE_AGREES).mean())


def _correction(centres: Matrix, shifted: Matrix) -> Matrix:
    """A small map that follows most displacements: a shift, affine, or a perspective."""
    shift = np.median(shifted - centres, axis=0)
    correction = np.eye(3)
    correction[:2, 2] = shift
    near = np.linalg.norm(shifted - centres - shift, axis=1) < STRAY
    if near.sum() < AFFINE_LEAST or np.ptp(centres[near], axis=0).min() < 3 * SMALL_BLOCK:
        return correction
    if near.sum() >= PERSPECTIVE_LEAST:
        bent, inside = cv2.findHomography(centres[near], shifted[near], cv2.RANSAC, OFF)
        if bent is not None and inside.mean() > MOST_INSIDE:
            return np.asarray(bent)
    fitted, inside = cv2.estimateAffine2D(
        centres[near], shifted[near], method=cv2.RANSAC, ransacReprojThreshold=OFF
    )
    if fitted is not None and inside.sum() >= INSIDE_LEAST:
        correction[:2] = fitted
    return correction
