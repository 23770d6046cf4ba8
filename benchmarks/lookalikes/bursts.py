"""Frames of one burst: somebody walks, or the camera moves and near things move more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.pair import Pair, Photos, Random, finished, variant_of
from benchmarks.lookalikes.photographs import (
    Mask,
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
    "somebody walks",
    "somebody walks, camera follows",
    "camera moves, strong parallax",
    "camera moves, some parallax",
    "camera moves, little parallax",
    "camera moves, somebody walks",
)
SIZE = (720, 480)
PARALLAX = {"strong": (0.02, 0.06), "some": (0.01, 0.02), "little": (0.005, 0.01)}


@dataclass(frozen=True)
class Layer:
    """A cut-out at a place; ``near`` is 0 at the horizon and 1 before the lens."""

    rgb: Rgb
    mask: Mask
    left: float
    top: float
    near: float


def bursts(number: int, random: Random, photos: Photos) -> Pair:
    """Two frames of layers at different distances."""
    variant = variant_of(VARIANTS, number)
    ground = filling(one(photos, random), *SIZE)
    layers = [_layer(random, photos, near) for near in (0.25, 0.4, 0.55, 0.75, 1.0)]
    walker = person(random, int(random.uniform(0.45, 0.8) * SIZE[1]))
    cloth = cut_out(photos, random, walker)
    left, top = random.uniform(0.15, 0.6) * SIZE[0], SIZE[1] - walker.shape[0] * 1.05
    walks = "walks" in variant
    if walks:
        layers = layers[:1]
    moved = _camera(variant, random)
    stride = random.uniform(0.08, 0.35) * walker.shape[0] * random.choice([-1, 1])
    pose = person(random, walker.shape[0]) if walks else walker
    first = [*layers, *([Layer(cloth, walker, left, top, 0.6)] if walks else [])]
    then = [*layers, *([Layer(cloth, pose, left + stride, top, 0.6)] if walks else [])]
    frames = [_frame(ground, first, np.zeros(2)), _frame(ground, then, moved)]
    if variant.endswith("follows"):
        frames[1] = seen_from(frames[1], (-stride, float(random.uniform(-4, 4))))
    lit = [exposed(frame, random, 0.02, random.uniform(1.5, 4)) for frame in frames]
    return finished(lit[0], lit[1], variant, random)


def _camera(variant: str, random: Random) -> np.ndarray:
    """How far the nearest layer moves, in pixels."""
    if not variant.startswith("camera"):
        return np.zeros(2)
    low, high = next((v for k, v in PARALLAX.items() if k in variant), (0.01, 0.03))
    return SIZE[0] * random.uniform(low, high) * np.array([random.choice([-1, 1]), 0.3])


def _layer(random: Random, photos: Photos, near: float) -> Layer:
    wide = int(SIZE[0] * random.uniform(0.2, 0.3 + 0.15 * near))
    mask = blob(random, wide, int(wide * random.uniform(0.6, 1.2)))
    left = random.uniform(-0.1, 0.9) * SIZE[0] - 0.2 * wide
    top = (0.15 + 0.5 * near) * SIZE[1] - 0.3 * mask.shape[0]
    return Layer(cut_out(photos, random, mask), mask, left, top, near)


def _frame(ground: Rgb, layers: Sequence[Layer], moved: np.ndarray) -> Rgb:
    scene = seen_from(ground, (float(moved[0] * 0.1), float(moved[1] * 0.1)))
    for layer in layers:
        x, y = moved * layer.near
        # Whole pixels only where nothing moves: a lens does not round.
        part = seen_from(layer.rgb, (x % 1, y % 1))
        scene = pasted(scene, part, layer.mask, layer.left + x // 1, layer.top + y // 1)
    return scene
