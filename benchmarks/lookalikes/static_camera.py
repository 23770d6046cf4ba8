"""A camera that does not move, at another moment: people, cars and smoke elsewhere."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.pair import Pair, Photos, Random, finished, variant_of
from benchmarks.lookalikes.photographs import (
    blob,
    cut_out,
    exposed,
    filling,
    one,
    pasted,
    person,
    seen_from,
)

VARIANTS = (
    "tripod, people elsewhere",
    "tripod, one person elsewhere",
    "tripod, one person a step further",
    "tripod, cars elsewhere",
    "tripod, smoke",
    "slight shift, people elsewhere",
    "slight zoom, one person elsewhere",
)
SIZE = (720, 480)


def other_moments(number: int, random: Random, photos: Photos) -> Pair:
    """Two moments of one real background."""
    variant = variant_of(VARIANTS, number)
    scene = filling(one(photos, random), *SIZE)
    if variant.endswith("further"):
        before, after = _stepped(scene, random, photos)
    elif variant.endswith("cars elsewhere"):
        before, after = (_cars(scene, random, photos) for _ in range(2))
    elif variant.endswith("smoke"):
        before, after = (_smoke(scene, random) for _ in range(2))
    else:
        count = 1 if "one person" in variant else int(random.integers(3, 7))
        before, after = (_people(scene, random, photos, count) for _ in range(2))
    if "slight" in variant:
        zoom = random.uniform(1.01, 1.04) if "zoom" in variant else 1.0
        shift = random.uniform(-8, 8, 2)
        after = seen_from(after, (float(shift[0]), float(shift[1])), zoom)
    light = random.uniform(0, 0.08)
    one_, other = (exposed(each, random, light, random.uniform(2, 6)) for each in (before, after))
    return finished(one_, other, variant, random)


def _people(scene: Rgb, random: Random, photos: Photos, count: int) -> Rgb:
    """Somebody here and there; alone, nobody is shorter than a third of the picture."""
    for _ in range(count):
        height = int(random.uniform(0.34 if count == 1 else 0.2, 0.6) * SIZE[1])
        mask = person(random, height)
        left = random.uniform(0, SIZE[0] - mask.shape[1])
        top = random.uniform(0.3, 1.0) * (SIZE[1] - height)
        scene = pasted(scene, cut_out(photos, random, mask), mask, left, top)
    return scene


def _stepped(scene: Rgb, random: Random, photos: Photos) -> tuple[Rgb, Rgb]:
    """The same person in two frames, limbs and place moved by a step."""
    height = int(random.uniform(0.4, 0.75) * SIZE[1])
    masks = [person(random, height) for _ in range(2)]
    cloth = cut_out(photos, random, masks[0])
    left, top = random.uniform(0.1, 0.7) * SIZE[0], SIZE[1] - height * random.uniform(1, 1.2)
    step = random.uniform(0.05, 0.4) * height * random.choice([-1, 1])
    return (
        pasted(scene, cloth, masks[0], left, top),
        pasted(scene, cloth, masks[1], left + step, top),
    )


def _cars(scene: Rgb, random: Random, photos: Photos) -> Rgb:
    for _ in range(int(random.integers(2, 5))):
        wide = int(random.uniform(0.12, 0.26) * SIZE[0])
        mask = blob(random, wide, round(wide * 0.5))
        place = random.uniform(0, SIZE[0] - wide), random.uniform(0.5, 0.85) * SIZE[1]
        scene = pasted(scene, cut_out(photos, random, mask), mask, *place)
    return scene


def _smoke(scene: Rgb, random: Random) -> Rgb:
    """A soft grey plume that covers a tenth to a quarter."""
    grain = random.random((12, 18)).astype(np.float32)
    cloud = cv2.resize(grain, SIZE, interpolation=cv2.INTER_CUBIC)
    rows, columns = np.mgrid[: SIZE[1], : SIZE[0]]
    x, y = random.uniform(0.2, 0.8) * SIZE[0], random.uniform(0.2, 0.6) * SIZE[1]
    reach = random.uniform(70, 130)
    near = np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * reach**2))
    share = np.clip(near * (0.5 + cloud), 0, 0.95)[..., None]
    return np.asarray(scene * (1 - share) + random.uniform(40, 200) * share, np.uint8)
