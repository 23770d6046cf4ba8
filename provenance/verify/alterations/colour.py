"""Whether the copy's tones and colours were changed, and how."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.models import Alteration, AlterationKind
from provenance.verify.aligning.alignment import Laid
from provenance.verify.aligning.blocks import block_means
from provenance.verify.aligning.frames import coarse_chroma, scaling
from provenance.verify.alterations.laid_bare import Bare
from provenance.verify.views import ArchivedView, QueryView

SQUARE = 6
"""Side in frame pixels: a mean holds tone and no detail, so that a blur is no loss of contrast."""

LEAST_CELLS = 4
KNOWN = 0.99
LEAST_TONE = 8.0
"""Mean change in grey values; recompressed, resized and messenger copies stay below 4."""

LEAST_CONTRAST = 0.15
LEAST_CHROMA = 4.0
"""Mean distance of an archived colour from grey below which saturation cannot be judged."""

GREY = 0.25
PALER, STRONGER = 0.7, 1.4
LEAST_CAST = 6.0
"""Mean shift of Cb or Cr that is called a colour cast."""


def recoloured(
    query: QueryView, picture: ArchivedView, laid: Laid, both: Bare
) -> Alteration | None:
    """``what`` changed, in words.

    ``grey``, ``less_saturated``, ``more_saturated``, ``brighter``, ``darker``, ``more_contrast``,
    ``less_contrast``, ``enhanced`` (details brought out), ``warmer``, ``colder``, ``colour``.
    """
    brought_out = laid.frames is not None and laid.frames.enhanced == "archived"
    enhanced = ["enhanced"] if brought_out else []
    what = [*_tone(both), *enhanced, *_saturation(query, picture, laid, both)]
    return Alteration(AlterationKind.RECOLOURED, {"what": what}) if what else None


def _tone(both: Bare) -> list[str]:
    """From the mean grey values of small squares in which both show the same."""
    known = block_means(both.same.astype(np.float32), SQUARE) > KNOWN
    if known.sum() < LEAST_CELLS:
        return []
    before, after = (block_means(each, SQUARE)[known] for each in (both.archived, both.query))
    change = float((after - before).mean())
    words = [] if abs(change) < LEAST_TONE else ["brighter" if change > 0 else "darker"]
    # Between strokes laid over it all, their light spills over.
    contrast = _slope(before, after) if both.drawn is None else 1.0
    if abs(np.log(contrast)) > LEAST_CONTRAST:
        words.append("more_contrast" if contrast > 1 else "less_contrast")
    return words


def _slope(before: NDArray[np.float32], after: NDArray[np.float32]) -> float:
    """How much of a difference between two places is left between them in the copy."""
    apart = before - before.mean()
    return max(float((apart * after).mean() / max(float((apart * apart).mean()), 1.0)), 0.05)


def _saturation(query: QueryView, picture: ArchivedView, laid: Laid, both: Bare) -> list[str]:
    """From the small colour planes, compared in the blocks that agree.

    What lies over the picture (a red banner) says nothing of the picture's own colours.
    """
    if picture.raster is None or picture.raster.chroma is None or query.raster.chroma is None:
        return []
    before = picture.raster.chroma.astype(np.float32) - 128
    after, seen = _chroma_in_place(query, picture, laid)
    seen &= _resized(both.same, seen.shape)
    if seen.sum() < LEAST_CELLS:
        return []
    strength = float(np.linalg.norm(before[seen], axis=1).mean())
    cast = _cast(*(after - before)[seen].mean(axis=0))
    if strength < LEAST_CHROMA:
        return cast
    ratio = float(np.linalg.norm(after[seen], axis=1).mean()) / strength
    if ratio < GREY:
        return ["grey"]
    words = ["less_saturated"] if ratio < PALER else []
    words += ["more_saturated"] if ratio > STRONGER else []
    return [*words, *cast]


def _cast(blue: float, red: float) -> list[str]:
    """All colours shifted one way (mean change of Cb and Cr)."""
    if max(abs(blue), abs(red)) < LEAST_CAST:
        return []
    if blue * red < 0:
        return ["warmer" if red > 0 else "colder"]
    return ["colour"]


def _resized(same: NDArray[np.bool_], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """A mask of pixels as a mask of the colour cells that lie wholly in it."""
    size = (shape[1], shape[0])
    shares = cv2.resize(same.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    return np.asarray(shares > KNOWN)


def _chroma_in_place(
    query: QueryView, picture: ArchivedView, laid: Laid
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """The query's colour planes in the frame of the archived ones, and where they are known."""
    assert picture.raster is not None
    assert picture.raster.chroma is not None
    chroma = coarse_chroma(query.raster)
    assert chroma is not None
    height, width = picture.raster.chroma.shape[:2]
    source = chroma.astype(np.float32) - 128
    to_frame = scaling((picture.width, picture.height), (width, height))
    to_source = scaling((query.width, query.height), (source.shape[1], source.shape[0]))
    mapping = to_source @ laid.aligned.matrix @ np.linalg.inv(to_frame)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = cv2.warpPerspective(source, mapping, (width, height), flags=flags)
    known = np.ones(source.shape[:2], np.float32)
    seen = cv2.warpPerspective(known, mapping, (width, height), flags=flags)
    return np.asarray(moved, np.float32), np.asarray(seen > KNOWN)
