"""A street a moment later: small people, as thin as letters at the size of a proof, walked on."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.pair import Pair, Photos, Random, finished, variant_of
from benchmarks.lookalikes.photographs import exposed, filling, one, pasted, person, seen_from

VARIANTS = (
    "on a plain street",
    "in a photograph",
    "on a plain street, camera shakes",
    "in a noisy photograph, camera shakes",
)
SIZE = (900, 600)
CLOTH = ((38, 36, 42), (60, 44, 38), (28, 40, 66), (200, 196, 190))


def walkers(number: int, random: Random, photos: Photos) -> Pair:
    """The same two to five people in both; each stands a little elsewhere, in another stride."""
    variant = variant_of(VARIANTS, number)
    scene = filling(one(photos, random), *SIZE)
    if "plain street" in variant:
        scene = _street(scene, random)
    before, after = scene, scene
    for _ in range(int(random.integers(2, 6))):
        height = int(random.uniform(0.07, 0.16) * SIZE[1])
        cloth = np.array(CLOTH[int(random.integers(len(CLOTH)))], np.uint8)
        left, top = random.uniform(0.08, 0.85) * SIZE[0], random.uniform(0.5, 0.8) * SIZE[1]
        step = random.uniform(0.4, 2.5) * height * random.choice([-1, 1])
        before = _standing(before, random, height, cloth, (left, top))
        after = _standing(after, random, height, cloth, (left + step, top))
    if "shakes" in variant:
        shift = random.uniform(-4, 4, 2)
        after = seen_from(after, (float(shift[0]), float(shift[1])))
    noise = random.uniform(8, 14) if "noisy" in variant else random.uniform(2, 5)
    shown, kept = (exposed(each, random, 0.05, noise) for each in (after, before))
    return finished(shown, kept, variant, random)


def _street(scene: Rgb, random: Random) -> Rgb:
    """The lower half becomes asphalt: plain, with some grain of its own."""
    width, height = SIZE
    rows = np.linspace(0, 1, height - height // 2)[:, None, None]
    coarse = random.normal(0, 5, (40, 90, 1)).astype(np.float32)
    grain = cv2.resize(coarse, (width, height - height // 2), interpolation=cv2.INTER_CUBIC)
    street = random.uniform(110, 180) + 22 * rows + grain[..., None]
    plain = scene.copy()
    plain[height // 2 :] = np.clip(street, 0, 255)
    return plain


def _standing(
    scene: Rgb, random: Random, height: int, cloth: Rgb, place: tuple[float, float]
) -> Rgb:
    mask = person(random, height)
    figure = np.broadcast_to(cloth, (*mask.shape, 3)).copy()
    figure[: round(0.17 * height)] = (168, 128, 104)
    return pasted(scene, figure, mask, *place)
