"""Templates of memes: the same drawing, frame and caption, another photograph in the slot."""

from __future__ import annotations

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.pair import Pair, Photos, Random, again, finished, variant_of
from benchmarks.lookalikes.photographs import filling, one, two
from benchmarks.lookalikes.sheet import Sheet
from benchmarks.lookalikes.words import sentence

VARIANTS = (
    "slot of 30 %",
    "slot of 50 %",
    "slot of 65 %",
    "slot of 80 %",
    "two panels",
    "two panels, other captions",
)


def memes(number: int, random: Random, photos: Photos) -> Pair:
    """One template, filled twice."""
    variant, look, words = variant_of(VARIANTS, number), again(random), again(random)
    both = two(photos, random)
    if variant.startswith("two panels"):
        own = variant.endswith("captions")
        sheets = [
            _panels(look(), random if own else words(), photo, one(photos, random))
            for photo in both
        ]
    else:
        share = int(variant.split()[2]) / 100
        sheets = [_framed(look(), words(), photo, share) for photo in both]
    return finished(sheets[0], sheets[1], variant, random)


def _framed(look: Random, words: Random, photo: Rgb, share: float) -> Rgb:
    """A photograph between two captions, with a drawn figure beside it."""
    side = 720
    ground = tuple(int(v) for v in look.integers(30, 240, 3))
    sheet = Sheet(side, side, ground)
    slot = side * share**0.5
    left, top = look.uniform(0, side - slot), look.uniform(0.2, 0.8) * (side - slot)
    for _ in range(6):
        place = look.uniform(0, side, 2)
        sheet.disc(place, look.uniform(20, 70), tuple(int(v) for v in look.integers(0, 255, 3)))
    _figure(sheet, look, (0.16 * side, 0.8 * side), 0.15 * side)
    _figure(sheet, look, (0.86 * side, 0.14 * side), 0.12 * side)
    sheet.box((left - 6, top - 6, left + slot + 6, top + slot + 6), (255, 255, 255))
    sheet.lay(filling(photo, slot, slot), left, top)
    sheet.outlined(sentence(words, 4), (20, 14), 48)
    sheet.outlined(sentence(words, 4), (20, side - 70), 48)
    return sheet.rgb


def _panels(look: Random, words: Random, upper: Rgb, lower: Rgb) -> Rgb:
    """A drawn face on the left of each of two rows, a photograph on the right."""
    sheet = Sheet(720, 720, (255, 255, 255))
    for row, photo in enumerate((upper, lower)):
        top = row * 360
        sheet.box((0, top, 356, top + 356), tuple(int(v) for v in look.integers(80, 250, 3)))
        _figure(sheet, look, (178, top + 180), 120)
        sheet.lay(filling(photo, 356, 356), 364, top)
        sheet.outlined(sentence(words, 2), (374, top + 300), 36)
    return sheet.rgb


def _figure(sheet: Sheet, look: Random, centre: tuple[float, float], size: float) -> None:
    """A drawn head with eyes, brows, hair and a mouth."""
    x, y = centre
    skin = tuple(int(v) for v in look.integers(150, 245, 3))
    dark = tuple(int(v) for v in look.integers(0, 90, 3))
    sheet.disc((x, y - size * 0.25), size * 0.98, dark)
    sheet.disc(centre, size * 0.9, skin)
    for side in (-0.35, 0.35):
        sheet.disc((x + side * size, y - 0.2 * size), 0.18 * size, (255, 255, 255))
        sheet.disc((x + side * size, y - 0.2 * size), 0.08 * size, (10, 10, 10))
        tilt = look.uniform(-0.15, 0.15) * size
        brow = y - 0.5 * size
        ends = [(x + (side - 0.2) * size, brow + tilt), (x + (side + 0.2) * size, brow - tilt)]
        sheet.stroke(ends, dark, 0.08 * size)
    bend = look.uniform(-0.25, 0.3) * size
    mouth = [(x - 0.4 * size, y + 0.35 * size), (x, y + 0.35 * size + bend)]
    sheet.stroke([*mouth, (x + 0.4 * size, y + 0.35 * size)], (120, 20, 20), 0.07 * size)
