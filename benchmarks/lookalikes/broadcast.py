"""Frames of one broadcaster: the same logo, lower third, ticker and studio."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.pair import Pair, Photos, Random, again, finished, variant_of
from benchmarks.lookalikes.photographs import (
    cut_out,
    exposed,
    filling,
    pasted,
    person,
    two,
)
from benchmarks.lookalikes.sheet import Sheet
from benchmarks.lookalikes.words import sentence

VARIANTS = (
    "other picture in the window, same words",
    "other picture in the window, other words",
    "same window, presenter moved",
    "full picture, same graphics",
    "full picture, other words",
)
SIZE = (800, 450)


def broadcast_frames(number: int, random: Random, photos: Photos) -> Pair:
    """Two frames of one programme."""
    variant, look, words, who = variant_of(VARIANTS, number), *(again(random) for _ in range(3))
    photo, other = two(photos, random)
    if variant == "same window, presenter moved":
        other = photo
    frames = []
    for picture in (photo, other):
        said = random if variant.endswith("other words") else words()
        if variant.startswith("full"):
            frames.append(_graphics(filling(picture, *SIZE), look(), said))
        else:
            frames.append(_studio(picture, look, said, who, random, photos))
    one, second = (exposed(frame, random, 0.01, 1.5) for frame in frames)
    return finished(one, second, variant, random)


def _studio(
    picture: Rgb,
    look: Callable[[], Random],
    words: Random,
    who: Callable[[], Random],
    random: Random,
    photos: Photos,
) -> Rgb:
    """Panels of light, a window, a presenter who does not stand still."""
    width, height = SIZE
    own = look()
    tone = own.uniform(20, 120, 3)
    across = np.linspace(0.5, 1.4, width)[None, :, None]
    wall = np.clip(np.repeat(across * tone, height, 0), 0, 255).astype(np.uint8)
    sheet = Sheet.on(wall)
    for panel in range(5):
        left = panel * 170 + own.uniform(0, 30)
        sheet.box((left, 20, left + 90, 330), tuple(int(v) for v in np.clip(tone * 1.3, 0, 255)))
    share = own.uniform(0.35, 0.6)
    sheet.box((390, 30, 390 + 0.92 * width * share, 45 + 0.95 * height * share), (230, 230, 235))
    sheet.lay(filling(picture, 0.9 * width * share, 0.9 * height * share), 398, 38)
    mask = person(random, 360)
    scene = pasted(sheet.rgb, cut_out(photos, who(), mask), mask, 90 + random.uniform(-40, 40), 60)
    return _graphics(scene, look(), words)


def _graphics(scene: Rgb, look: Random, words: Random) -> Rgb:
    """Logo, lower third, ticker and clock over a frame."""
    width, height = SIZE
    sheet = Sheet.on(scene)
    colour = tuple(int(v) for v in look.integers(10, 200, 3))
    sheet.box((width - 130, 16, width - 20, 62), colour)
    sheet.write("TV NORD", (width - 122, 26), 24, (255, 255, 255), 1)
    sheet.box((width - 130, 62, width - 20, 84), (240, 240, 240))
    sheet.write("LIVE", (width - 98, 64), 17, (200, 0, 0), 1)
    sheet.box((40, height - 130, width - 40, height - 78), colour)
    sheet.box((40, height - 78, width - 40, height - 44), (245, 245, 245))
    sheet.write(sentence(words, 4).upper(), (52, height - 122), 34, (255, 255, 255), 1)
    sheet.write(sentence(words, 7), (52, height - 74), 22, (20, 20, 20))
    sheet.box((0, height - 34, width, height), (20, 20, 26))
    sheet.write(
        f"{words.integers(10, 23)}:{words.integers(10, 59)}",
        (12, height - 30),
        22,
        (255, 210, 0),
        1,
    )
    sheet.write(sentence(words, 12), (90, height - 29), 20, (240, 240, 240))
    return sheet.rgb
