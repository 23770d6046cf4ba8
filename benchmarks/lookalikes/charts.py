"""Charts: the same axes, title and style, other data."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.pair import Pair, Photos, Random, again, finished, variant_of
from benchmarks.lookalikes.sheet import Sheet
from benchmarks.lookalikes.words import sentence

VARIANTS = ("bars", "lines", "table", "two bars differ", "points")
INK = (50, 50, 56)
Data = NDArray[np.float64]


def charts(number: int, random: Random, _photos: Photos) -> Pair:
    """Two charts out of one template."""
    variant, look = variant_of(VARIANTS, number), again(random)
    data, other = random.random((2, 12)), random.random((2, 12))
    if variant == "two bars differ":
        other = data.copy()
        where = random.choice(12, 2, replace=False)
        other[0, where] = (data[0, where] + random.uniform(0.3, 0.7, 2)) % 1
    sheets = [_chart(look(), each, variant) for each in (data, other)]
    return finished(sheets[0], sheets[1], variant, random)


def _chart(look: Random, data: Data, variant: str) -> Rgb:
    sheet = Sheet(800, 520, (255, 255, 255))
    colour = tuple(int(v) for v in look.integers(20, 200, 3))
    second = tuple(int(v) for v in look.integers(20, 200, 3))
    sheet.write(sentence(look, 5), (60, 18), 26, INK, 1)
    if variant == "table":
        _table(sheet, look, data, colour)
        return sheet.rgb
    for row in range(6):
        y = 80 + row * 72
        sheet.stroke([(70, y), (770, y)], (215, 215, 220), 1)
        sheet.write(f"{(5 - row) * 20}", (30, y - 9), 17, INK)
    for column in range(12):
        sheet.write(f"{2009 + column}", (78 + column * 58, 448), 15, INK)
    _marks(sheet, data, variant, colour, second)
    sheet.box((70, 482, 90, 500), colour)
    sheet.write(sentence(look, 2), (98, 482), 16, INK)
    sheet.write(f"Source: {sentence(look, 3)}", (480, 488), 14, (120, 120, 125))
    return sheet.rgb


def _marks(
    sheet: Sheet, data: Data, variant: str, colour: tuple[int, ...], second: tuple[int, ...]
) -> None:
    x = 95 + 58 * np.arange(12.0)
    if "bars" in variant:
        for at, value in zip(x, data[0], strict=True):
            sheet.box((at - 20, 440 - 350 * value, at + 20, 440), colour)
        return
    for values, ink in zip(data, (colour, second), strict=True):
        y = 440 - 350 * values
        if variant == "lines":
            sheet.stroke(np.stack([x, y], axis=1).tolist(), ink, 4)
        for at, high in zip(x, y, strict=True):
            sheet.disc((at, high), 6, ink)


def _table(sheet: Sheet, look: Random, data: Data, colour: tuple[int, ...]) -> None:
    sheet.box((40, 70, 760, 106), colour)
    values = (data.T * 9000).astype(int)
    for row in range(12):
        top = 110 + row * 32
        sheet.box((40, top, 760, top + 30), (238, 240, 244) if row % 2 else (255, 255, 255))
        sheet.write(sentence(look, 2), (50, top + 4), 18, INK)
        for column, value in enumerate(values[row]):
            sheet.write(f"{value}", (400 + 200 * column, top + 4), 18, INK)
