"""Photographs as material: two that differ, cut to a slot, cut out as figures."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.pair import Photos, Random
from provenance.demo.drawing import draw

Mask = NDArray[np.float32]


def drawn(count: int) -> list[Rgb]:
    """Stand-ins where no folder of photographs is given: drawn places."""
    return [draw(900 + number, size=(480, 320)) for number in range(count)]


def one(photos: Photos, random: Random) -> Rgb:
    """Any photograph."""
    return photos[int(random.integers(len(photos)))]


def two(photos: Photos, random: Random) -> tuple[Rgb, Rgb]:
    """Two that are not the same."""
    first, second = random.choice(len(photos), 2, replace=False)
    return photos[int(first)], photos[int(second)]


def filling(rgb: Rgb, width: float, height: float) -> Rgb:
    """Cut and scaled so that it fills exactly this slot."""
    wide, high = round(width), round(height)
    scale = max(wide / rgb.shape[1], high / rgb.shape[0])
    size = (max(wide, round(rgb.shape[1] * scale)), max(high, round(rgb.shape[0] * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    large = cv2.resize(rgb, size, interpolation=how)
    left, top = (size[0] - wide) // 2, (size[1] - high) // 2
    return np.ascontiguousarray(large[top : top + high, left : left + wide], np.uint8)


def pasted(scene: Rgb, cut: Rgb, mask: Mask, left: float, top: float) -> Rgb:
    """A cut-out laid over a scene, softly at its edge; what sticks out is cut off."""
    x, y = round(left), round(top)
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(scene.shape[1], x + cut.shape[1]), min(scene.shape[0], y + cut.shape[0])
    if x1 <= x0 or y1 <= y0:
        return scene
    share = mask[y0 - y : y1 - y, x0 - x : x1 - x, None]
    laid = scene.astype(np.float32)
    laid[y0:y1, x0:x1] = laid[y0:y1, x0:x1] * (1 - share)
    laid[y0:y1, x0:x1] += cut[y0 - y : y1 - y, x0 - x : x1 - x] * share
    return np.asarray(np.clip(laid + 0.5, 0, 255), np.uint8)


def blob(random: Random, width: int, height: int) -> Mask:
    """An irregular round shape that fills a rectangle of this size, edge softened."""
    angles = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    reach = 0.8 + sum(
        random.uniform(-0.1, 0.1) * np.cos(n * angles + random.uniform(0, 6)) for n in (2, 3, 5)
    )
    x = (0.5 + 0.5 * reach * np.cos(angles)) * width
    y = (0.5 + 0.5 * reach * np.sin(angles)) * height
    return _filled(np.stack([x, y], axis=1), width, height)


def person(random: Random, height: int) -> Mask:
    """The outline of somebody who walks: head, trunk, arms and legs apart."""
    width = max(6, round(height * 0.45))
    mask = np.zeros((height, width), np.uint8)
    middle, thick = width / 2, max(2, round(height * 0.1))

    def limb(x0: float, y0: float, x1: float, y1: float, wide: float) -> None:
        ends = [(round(x * width), round(y * height)) for x, y in ((x0, y0), (x1, y1))]
        cv2.line(mask, ends[0], ends[1], 255, max(1, round(wide)), cv2.LINE_AA)

    cv2.circle(mask, (round(middle), round(height * 0.09)), max(2, round(height * 0.075)), 255, -1)
    limb(0.5, 0.24, 0.5, 0.55, thick * 2.2)
    stride, swing = random.uniform(0.08, 0.38), random.uniform(0.1, 0.4)
    limb(0.48, 0.55, 0.5 - stride, 0.97, thick)
    limb(0.52, 0.55, 0.5 + stride, 0.97, thick)
    limb(0.42, 0.24, 0.5 - swing, 0.55, thick * 0.7)
    limb(0.58, 0.24, 0.5 + swing, 0.52, thick * 0.7)
    return _soft(mask)


def cut_out(photos: Photos, random: Random, mask: Mask) -> Rgb:
    """Some part of a photograph as large as the mask, clothes and skin of a cut-out."""
    height, width = mask.shape
    rgb = one(photos, random)
    side = min(rgb.shape[0] / height, rgb.shape[1] / width) * random.uniform(0.4, 0.9)
    wide, high = max(2, int(width * side)), max(2, int(height * side))
    left = int(random.integers(rgb.shape[1] - wide + 1))
    top = int(random.integers(rgb.shape[0] - high + 1))
    return filling(rgb[top : top + high, left : left + wide], width, height)


def exposed(rgb: Rgb, random: Random, change: float, noise: float) -> Rgb:
    """One exposure of a scene: light changed by up to this share, sensor noise of its own."""
    gain = 1 + random.uniform(-change, change)
    gamma = 1 + random.uniform(-change, change)
    value = 255 * (rgb.astype(np.float32) / 255) ** np.float32(gamma) * np.float32(gain)
    value += random.normal(0, noise, rgb.shape).astype(np.float32)
    return np.asarray(np.clip(value, 0, 255), np.uint8)


def seen_from(rgb: Rgb, shift: tuple[float, float], zoom: float = 1.0, turn: float = 0.0) -> Rgb:
    """The same scene with the camera moved: pixels, factor, degrees; edges mirrored in."""
    height, width = rgb.shape[:2]
    step = cv2.getRotationMatrix2D((width / 2, height / 2), turn, zoom)
    step[:, 2] += np.array(shift)
    moved = cv2.warpAffine(
        rgb, step, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(moved, np.uint8)


def _filled(corners: NDArray[np.float64], width: int, height: int) -> Mask:
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [np.round(corners).astype(np.int32)], 255)
    return _soft(mask)


def _soft(mask: NDArray[np.uint8]) -> Mask:
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), 0.9).astype(np.float32) / 255, np.float32)
