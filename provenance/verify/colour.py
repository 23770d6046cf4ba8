"""Whether the copy's tones and colours were changed, and how."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.models import Alteration, AlterationKind
from provenance.verify.alignment import Laid
from provenance.verify.differences import Differences
from provenance.verify.frames import scaling
from provenance.verify.views import ArchivedView, QueryView

LEAST_BLOCKS = 4
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
    query: QueryView, picture: ArchivedView, laid: Laid, found: Differences
) -> Alteration | None:
    """``what`` changed, in words.

    Grey, less saturated, more saturated, brighter, darker, more contrast, less contrast,
    colour cast.
    """
    what = [*_tone(laid, found), *_saturation(query, picture, laid, found)]
    return Alteration(AlterationKind.RECOLOURED, {"what": what}) if what else None


def _tone(laid: Laid, found: Differences) -> list[str]:
    """From the grey values of the blocks that agree."""
    good = found.agreeing & found.compared
    if good.sum() < LEAST_BLOCKS:
        return []
    before, after = laid.blocks.mean[good], laid.blocks.query_mean[good]
    words = []
    change = float((after - before).mean())
    if abs(change) > LEAST_TONE:
        words.append("brighter" if change > 0 else "darker")
    ratio = _median_ratio(laid.blocks.query_spread[good], laid.blocks.spread[good])
    if abs(np.log(ratio)) > LEAST_CONTRAST and laid.blur == (0.0, 0.0):
        words.append("more contrast" if ratio > 1 else "less contrast")
    return words


def _median_ratio(after: NDArray[np.float32], before: NDArray[np.float32]) -> float:
    return float(np.median(np.maximum(after, 0.5) / np.maximum(before, 0.5)))


def _saturation(
    query: QueryView, picture: ArchivedView, laid: Laid, found: Differences
) -> list[str]:
    """From the small colour planes, compared in the blocks that agree.

    What lies over the picture (a red banner) says nothing of the picture's own colours.
    """
    if picture.raster is None or picture.raster.chroma is None or query.raster.chroma is None:
        return []
    before = picture.raster.chroma.astype(np.float32) - 128
    after, seen = _chroma_in_place(query, picture, laid)
    seen &= _resized(found.agreeing & found.compared, seen.shape)
    if seen.sum() < LEAST_BLOCKS:
        return []
    strength = float(np.linalg.norm(before[seen], axis=1).mean())
    if strength < LEAST_CHROMA:
        return []
    ratio = float(np.linalg.norm(after[seen], axis=1).mean()) / strength
    if ratio < GREY:
        return ["grey"]
    if ratio < PALER:
        return ["less saturated"]
    cast = float(np.abs((after - before)[seen].mean(axis=0)).max())
    words = ["more saturated"] if ratio > STRONGER else []
    return [*words, "colour cast"] if cast > LEAST_CAST else words


def _resized(blocks: NDArray[np.bool_], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """A mask of blocks as a mask of colour cells over the same frame."""
    size = (shape[1], shape[0])
    return cv2.resize(blocks.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0


def _chroma_in_place(
    query: QueryView, picture: ArchivedView, laid: Laid
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """The query's colour planes in the frame of the archived ones, and where they are known."""
    assert picture.raster is not None
    assert picture.raster.chroma is not None
    assert query.raster.chroma is not None
    height, width = picture.raster.chroma.shape[:2]
    source = query.raster.chroma.astype(np.float32) - 128
    to_frame = scaling((picture.width, picture.height), (width, height))
    to_source = scaling((query.width, query.height), (source.shape[1], source.shape[0]))
    mapping = to_source @ laid.aligned.matrix @ np.linalg.inv(to_frame)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = cv2.warpPerspective(source, mapping, (width, height), flags=flags)
    known = np.ones(source.shape[:2], np.float32)
    seen = cv2.warpPerspective(known, mapping, (width, height), flags=flags)
    return np.asarray(moved, np.float32), np.asarray(seen > KNOWN)
