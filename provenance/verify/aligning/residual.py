"""What is left of the difference between two aligned pictures once the copy's tones are known.

They are learnt from the blocks that agree: a curve for grey, one for each channel where that says
more, and the light where it is uneven.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.alignment import Laid
from provenance.verify.aligning.blocks import VISIBLE, Flags, followed
from provenance.verify.aligning.channels import Channels, archived_colours, by_channel
from provenance.verify.aligning.frames import SOFTEN, Floats, query_colours
from provenance.verify.aligning.shading import Shading, shading
from provenance.verify.aligning.tint import Colours, as_copied, tint
from provenance.verify.aligning.tone_curve import ends_of, in_tone, tone_curve

LEAST_APART, LEAST_SHARE_APART = 8, 0.3
"""Blocks apart from all that does not agree, and their share of those that do, from which on they
alone tell the tone: under a watermark next to none is. Choices; of 850 copies of fifty photographs
eight were missed before the rule and two after it."""

LEAST_BOUND, NOISES, MOST_BOUND = 14.0, 5.0, 36.0
"""A residual counts above five times the copy's noise, at least 14 grey values; at most 36,
because leaves that stir are noise too and must not hide who rode past them."""

WHITE, BLACK = 245, 10
NEARLY = 30
"""Grey values: a copy made brighter or sharper is white where the picture was nearly white."""

LEAST_CUT_OFF, BESIDE = 0.02, 9
"""Share of the light that was cut off, from which on what lies beside it is expected anew, and how
far that reaches, in frame pixels across. Of a brightened copy (ropes before snow) 0.24 was; dark
outlines of two bounds lay around each of 60 patches of snow."""

ONE_SIDED = 0.9
"""Share of a difference that is all lighter, or all darker."""

COLOURED = 40.0
"""Distance of Cb and Cr from grey: 60 dark red logos (200, 20, 30) have 70 to 89 at an eighth of
the raster's sides, 27 differences by soot at most 9."""

CORE = 0.75
CORE_REACH = 5
"""Pixels at least so strong as 0.75 of the strongest within two pixels: the inside of strokes,
without the soft edges that resampling gives them."""

TO_SIGMA = 1.48
"""Median of absolute values to standard deviation, for normal noise."""


@dataclass(frozen=True, slots=True)
class Residual:
    """Arrays (h, w), cut to whole blocks.

    ``expected`` is the archived picture with the copy's tone curve, ``query`` the copy with
    every block where it agrees best, ``values`` their smoothed difference; ``seen`` where the
    query holds the picture, ``agrees`` what is shown of the blocks that agree: no light cut off, no
    strokes. ``noise`` and ``bound`` are grey values. ``tone`` is the copy's tone curve, in steps of
    8; ``shading`` its light, ``None`` where that is even; ``colours`` are its Cb and Cr around 0,
    ``archived_colours`` those of the archived picture, ``None`` where unknown; ``channels`` what
    became of each channel, ``None`` where the tone curve says as much.
    """

    expected: Floats
    query: Floats
    values: Floats
    seen: Flags
    agrees: Flags
    noise: float
    bound: float
    tone: NDArray[np.float64]
    shading: Shading | None = None
    colours: Colours | None = None
    archived_colours: Colours | None = None
    channels: Channels | None = None

    def toned(self, archived: Floats) -> Floats:
        """Archived grey values (h, w) as the copy has them."""
        channels = self.channels
        even = self.evenly_toned(archived) if channels is None else channels.on(archived)
        return even if self.shading is None else self.shading.on(even)

    def evenly_toned(self, archived: Floats) -> Floats:
        """The same in even light: of any size."""
        by_value = in_tone(np.arange(256, dtype=np.float32), self.tone)
        return np.asarray(cv2.LUT(archived.astype(np.uint8), by_value), np.float32)

    def above(self, share: float = 1.0) -> Flags:
        """Where the residual exceeds this share of the bound."""
        return np.asarray((np.abs(self.values) > share * self.bound) & self.seen)

    @property
    def colour(self) -> Floats | None:
        """How far the copy's colours are from grey (h, w); ``None`` where unknown."""
        return None if self.colours is None else np.asarray(np.hypot(*self.colours), np.float32)

    def coloured(self, where: Flags) -> bool:
        """Whether the copy is of a strong colour there (h, w), as nothing burnt or unlit is."""
        if self.colours is None or not where.any():
            return False
        blue, red = (plane[where] for plane in self.colours)
        return float(np.median(np.hypot(blue, red))) > COLOURED

    def tinted(self) -> Flags | None:
        """Where the copy is of another colour than the archived picture tells (h, w).

        ``None`` where one of both is known in grey only.
        """
        expected = self.expected_colours()
        return None if expected is None else self.tinted_against(expected)

    def tinted_against(self, expected: Colours) -> Flags:
        """The same where the colours that are expected (h, w each) are known already."""
        assert self.colours is not None
        return np.asarray(tint(self.colours, expected, self.agrees & self.seen) & self.seen)

    def expected_colours(self) -> Colours | None:
        """The archived picture's Cb and Cr (h, w each) as the copy has them, if they are known."""
        if self.colours is None or self.archived_colours is None:
            return None
        return as_copied(self.colours, self.archived_colours, self.agrees & self.seen)

    def core(self, strong: Flags) -> Flags:
        """Where a difference (h, w) is nearly as high as beside it: without its soft edges."""
        height = np.abs(self.values)
        highest = cv2.dilate(height, np.ones((CORE_REACH, CORE_REACH), np.uint8))
        return np.asarray(strong & (height >= CORE * highest))

    def alike(self) -> Flags:
        """Where tone and noise explain all there is."""
        most = min(max(LEAST_BOUND / 2, 2 * self.noise), LEAST_BOUND)
        return np.asarray(np.abs(self.query - self.expected) < most)


@dataclass(frozen=True, slots=True)
class Difference:
    """One connected difference in the frame.

    ``mask`` (h, w), ``strong`` (h, w) where it exceeds the bound; ``turn`` is that of the copy
    against the archived picture, in degrees; ``shaped``: the frame is large enough to tell by
    shapes what made it.
    """

    mask: Flags
    strong: Flags
    turn: float
    shaped: bool = True


@dataclass(frozen=True, slots=True)
class Side:
    """What may lie ``over`` what: the copy over the archived picture, or the reverse."""

    over: Floats
    below: Floats


def either_way(left: Residual) -> tuple[Side, Side]:
    """The copy over the archived picture, and the reverse."""
    return Side(left.query, left.expected), Side(left.expected, left.query)


def residual(laid: Laid, good: Flags) -> Residual | None:
    """The residual, or ``None`` where too few ``good`` blocks agree to learn a tone curve."""
    archived, query = _settled(laid, good)
    clear = laid.aligned.clear[: query.shape[0], : query.shape[1]] > 0
    agrees = every_pixel(good, laid.blocks.size)
    # What agrees below white letters says nothing of what black became.
    shown = agrees & clear
    told = every_pixel(_apart_from_all_else(good, laid.blocks.compared), laid.blocks.size) & clear
    seen = np.asarray(laid.aligned.seen[: query.shape[0], : query.shape[1]] > VISIBLE)
    ends = ends_of(query[seen])
    tone = tone_curve(archived, query, told, ends)
    if tone is None:
        return None
    expected = in_tone(archived, tone)
    colours = _archived_colours(laid, archived.shape)
    channels = colours and by_channel(archived, colours, query, told, seen, expected)
    expected = expected if channels is None else channels.on(archived)
    light = shading(expected, query, agrees, laid.blocks.size)
    if light is not None and channels is None:
        tone = tone_curve(archived, light.off(query), told, ends)
        assert tone is not None
        expected = in_tone(archived, tone)
    expected = expected if light is None else light.on(expected)
    values = _smoothed(query, expected)
    noise = float(np.median(np.abs(values[agrees]))) * TO_SIGMA
    cut_off = _cut_off_before(laid, tone, channels, light, query.shape)
    if cut_off is not None:
        closer = np.abs(query - cut_off) < np.abs(query - expected)
        expected = np.where(closer, cut_off, expected)
        values = _smoothed(query, expected)
    bound = min(max(LEAST_BOUND, NOISES * noise), MOST_BOUND)
    shown_colours = _query_colours(laid, query.shape)
    return Residual(
        expected,
        query,
        values,
        seen,
        shown,
        noise,
        bound,
        tone,
        light,
        shown_colours,
        colours,
        channels,
    )


def _smoothed(query: Floats, expected: Floats) -> Floats:
    """The difference, without what both cut off, and without grain."""
    apart = np.where(_both_cut_off(query, expected), 0, query - expected)
    return np.asarray(cv2.GaussianBlur(apart, (0, 0), 1.0), np.float32)


def _cut_off_before(
    laid: Laid,
    tone: NDArray[np.float64],
    channels: Channels | None,
    light: Shading | None,
    shape: tuple[int, ...],
) -> Floats | None:
    """What is expected beside light that was cut off before the copy was softened, not after.

    Both pictures are softened before the tones are learnt. But snow that became white no longer
    lightens the rope before it. ``NaN`` away from there; ``None`` where hardly any was cut off.
    """
    seen = laid.aligned.seen > 0
    lost = 1 - float(laid.aligned.clear[seen].mean())
    if laid.frames is None or light is not None or lost < LEAST_CUT_OFF:
        return None
    height, width = laid.aligned.archived.shape
    size = (width, height)
    sharp = cv2.resize(laid.frames.archived, size, interpolation=cv2.INTER_AREA)
    rows, columns = shape
    grey = sharp[:rows, :columns]
    if channels is None:
        by_value = in_tone(np.arange(256, dtype=np.float32), tone)
        toned = np.asarray(cv2.LUT(grey, by_value), np.float32)
    else:
        toned = channels.on(grey.astype(np.float32))
    ends = ((toned > WHITE) | (toned < BLACK)).astype(np.uint8)
    beside = cv2.dilate(ends, np.ones((BESIDE, BESIDE), np.uint8)) > 0
    sigma = float(np.hypot(SOFTEN, laid.blur[0]))
    soft = np.asarray(cv2.GaussianBlur(toned, (0, 0), sigma), np.float32)
    return np.where(beside, soft, np.nan).astype(np.float32)


def _query_colours(laid: Laid, shape: tuple[int, ...]) -> Colours | None:
    colours = None if laid.frames is None else query_colours(laid.frames, laid.aligned)
    return _cut(colours, shape)


def _archived_colours(laid: Laid, shape: tuple[int, ...]) -> Colours | None:
    height, width = laid.aligned.archived.shape
    colours = None if laid.frames is None else archived_colours(laid.frames, (width, height))
    return _cut(colours, shape)


def _cut(colours: Colours | None, shape: tuple[int, ...]) -> Colours | None:
    """Colours of whole blocks (rows, columns)."""
    if colours is None:
        return None
    rows, columns = shape
    blue, red = (each[:rows, :columns] for each in colours)
    return blue, red


def _apart_from_all_else(good: Flags, compared: Flags) -> Flags:
    """The blocks that agree and have none beside them that does not, where those are enough.

    The edge of a sticker or of a blurred part reaches into blocks that agree all the same, and a
    tone that is rare elsewhere is then learnt from it.
    """
    bad = (compared & ~good).astype(np.uint8)
    inner = good & (cv2.dilate(bad, np.ones((3, 3), np.uint8)) == 0)
    enough = max(LEAST_APART, LEAST_SHARE_APART * float(good.sum()))
    return np.asarray(inner if inner.sum() >= enough else good)


def _both_cut_off(query: Floats, expected: Floats) -> Flags:
    """Where the copy is white or black, and the archived picture nearly so."""
    white = (query > WHITE) & (expected > WHITE - NEARLY)
    return np.asarray(white | ((query < BLACK) & (expected < BLACK + NEARLY)))


def every_pixel(grid: Flags, size: int) -> Flags:
    """Each block's flag for all its pixels."""
    return np.asarray(np.repeat(np.repeat(grid, size, axis=0), size, axis=1))


def _settled(laid: Laid, good: Flags) -> tuple[Floats, Floats]:
    """Both pictures cut to whole blocks, each query block where it and its neighbours agree."""
    size = laid.blocks.size
    rows, columns = good.shape
    shift = followed(laid.blocks.everywhere, laid.blocks.shifts, good)
    reach = int(np.abs(shift).max(initial=0))
    padded = np.pad(laid.aligned.query, reach, mode="edge")
    settled = np.empty((rows * size, columns * size), np.float32)
    for row, column in np.ndindex(rows, columns):
        dx, dy = shift[row, column] + reach
        top, left = row * size, column * size
        settled[top : top + size, left : left + size] = padded[
            top + dy : top + dy + size, left + dx : left + dx + size
        ]
    return laid.aligned.archived[: rows * size, : columns * size], settled


def one_sided(values: Floats) -> bool:
    """Whether next to all of a difference is lighter, or next to all of it darker."""
    share = float((values > 0).mean())
    return max(share, 1 - share) > ONE_SIDED
