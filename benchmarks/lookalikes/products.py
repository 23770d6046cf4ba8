"""Two products on one floor: the same backdrop and light, another thing on it."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.pair import Pair, Photos, Random, finished, variant_of
from benchmarks.lookalikes.photographs import (
    Mask,
    blob,
    exposed,
    filling,
    one,
    pasted,
    seen_from,
    two,
)

VARIANTS = (
    "small, textured floor",
    "medium, textured floor",
    "large, textured floor",
    "medium, same outline",
    "small, same outline and colour",
    "medium, camera moved",
)
SIZE = (640, 640)
SHARES = {"small": 0.14, "medium": 0.3, "large": 0.5}


def products(number: int, random: Random, photos: Photos) -> Pair:
    """Two offers of one seller."""
    variant = variant_of(VARIANTS, number)
    floor = filling(one(photos, random), *SIZE)
    things = two(photos, random)
    side = int((SHARES[variant.split(",")[0]] / 0.65) ** 0.5 * SIZE[0])
    masks = [blob(random, side, side), blob(random, side, side)]
    if "same outline" in variant:
        masks[1] = masks[0]
    shots = [_on(floor, thing, mask, random) for thing, mask in zip(things, masks, strict=True)]
    if variant.endswith("colour"):
        toned = [filling(things[0], side, side), _toned(things[1], things[0], side)]
        place = np.full(2, (SIZE[0] - side) / 2)
        shots = [pasted(floor, cut, masks[0], *place) for cut in toned]
    if variant.endswith("moved"):
        shift = random.uniform(-25, 25, 2)
        shots[1] = seen_from(shots[1], (float(shift[0]), float(shift[1])), random.uniform(1, 1.06))
    lit = [exposed(shot, random, 0.05, 2) for shot in shots]
    return finished(lit[0], lit[1], variant, random)


def _on(floor: Rgb, thing: Rgb, mask: Mask, random: Random) -> Rgb:
    """With a soft shadow, near the middle."""
    side = mask.shape[0]
    left, top = (SIZE[0] - side) / 2 + random.uniform(-12, 12, 2)
    shade = cv2.GaussianBlur(mask, (0, 0), side / 30) * np.float32(0.5)
    dark = pasted(floor, np.zeros((side, side, 3), np.uint8), shade, left + 6, top + 8)
    return pasted(dark, filling(thing, side, side), mask, left, top)


def _toned(thing: Rgb, like: Rgb, side: int) -> Rgb:
    """With the mean and spread of another's colours."""
    own, other = (filling(each, side, side).astype(np.float32) for each in (thing, like))
    scale = other.std((0, 1)) / np.maximum(own.std((0, 1)), 1)
    return np.asarray(
        np.clip((own - own.mean((0, 1))) * scale + other.mean((0, 1)), 0, 255), np.uint8
    )
