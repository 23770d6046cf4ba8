"""One logo, watermark, banner, frame or caption on two different photographs."""

from __future__ import annotations

import numpy as np

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.pair import Pair, Photos, Random, again, finished, variant_of
from benchmarks.lookalikes.photographs import filling, two
from benchmarks.lookalikes.sheet import Sheet
from benchmarks.lookalikes.words import sentence

VARIANTS = ("logo", "watermark", "banner", "caption below", "frame", "text over all")
SIZE = (640, 448)


def shared_marks(number: int, random: Random, photos: Photos) -> Pair:
    """The same mark on both."""
    variant, look = variant_of(VARIANTS, number), again(random)
    marked = [_marked(filling(p, *SIZE), variant, look()) for p in two(photos, random)]
    return finished(marked[0], marked[1], variant, random)


def _marked(photo: Rgb, variant: str, look: Random) -> Rgb:
    width, height = SIZE
    sheet = Sheet.on(photo)
    colour = tuple(int(v) for v in look.integers(10, 230, 3))
    if variant == "logo":
        sheet.disc((width - 90, 80), 70, colour)
        sheet.write("TV7", (width - 140, 50), 56, (255, 255, 255), 2)
    elif variant == "watermark":
        return _blended(photo, _tiled(photo, sentence(look, 1)), look.uniform(0.35, 0.6))
    elif variant == "banner":
        sheet.box((0, 0.62 * height, width, height), colour)
        for row in range(3):
            place = (14, 0.64 * height + row * 52)
            sheet.write(sentence(look, 5), place, 44, (255, 255, 255), 1)
    elif variant == "caption below":
        return np.vstack([photo, _caption(width, look)])
    elif variant == "frame":
        return _framed(photo, look)
    else:
        for row in range(6):
            sheet.outlined(sentence(look, 4), (10, row * 74 + 8), 52)
    return sheet.rgb


def _tiled(photo: Rgb, text: str) -> Rgb:
    sheet = Sheet.on(photo)
    for row in range(8):
        for column in range(-1, 4):
            place = (column * 190 + (row % 2) * 90, row * 58)
            sheet.write(text.upper(), place, 30, (255, 255, 255), 1)
    return sheet.rgb


def _blended(below: Rgb, above: Rgb, share: float) -> Rgb:
    return np.asarray(below * (1 - share) + above * share, np.uint8)


def _caption(width: int, look: Random) -> Rgb:
    below = Sheet(width, 190, (255, 255, 255))
    for row in range(5):
        below.write(sentence(look, 7), (16, 12 + row * 34), 26, (20, 20, 20))
    return below.rgb


def _framed(photo: Rgb, look: Random) -> Rgb:
    """A patterned border all around and a plate below."""
    frame = Sheet(SIZE[0] + 160, SIZE[1] + 220, tuple(int(v) for v in look.integers(60, 250, 3)))
    for _ in range(220):
        place = look.uniform(0, 1, 2) * (SIZE[0] + 160, SIZE[1] + 220)
        frame.disc(place, look.uniform(5, 24), tuple(int(v) for v in look.integers(0, 255, 3)))
    frame.box((70, 70, SIZE[0] + 90, SIZE[1] + 90), (250, 250, 250))
    frame.lay(photo, 80, 80)
    frame.write(sentence(look, 4), (90, SIZE[1] + 130), 40, (255, 255, 255), 2)
    return frame.rgb
