"""Edits as a second hand draws them: what was missed when somebody else drew the rows.

Words on a plate with a tag, bands from edge to edge, a vignette that leaves the middle as it was,
a lamp reflected in a screen.
"""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.edits.drawing import Colour, box, sentence, written
from benchmarks.edits.edited import Edited, jpeg, warped
from benchmarks.edits.light import Others, Random

TONES: tuple[Colour, ...] = ((240, 240, 242), (20, 22, 28), (150, 20, 26), (24, 60, 130))
STRONG: tuple[Colour, ...] = ((220, 30, 40), (30, 30, 34), (245, 245, 245), (30, 90, 200))


def plate_with_tag(picture: Edited, random: Random, _others: Others) -> Edited:
    """A headline on a plate, opaque or half through, and a smaller plate on its left end."""
    width, height = picture.width, picture.height
    high = height * random.uniform(0.09, 0.15)
    left, top = width * random.uniform(0.02, 0.08), height * random.uniform(0.62, 0.8)
    right = width * random.uniform(0.6, 0.96)
    tone = TONES[int(random.integers(len(TONES)))]
    plate = box(picture.rgb, (left, top, right, top + high), tone)
    opaque = float(random.choice([1.0, 1.0, 0.8, 0.65]))
    rgb = np.asarray(plate * opaque + picture.rgb * (1 - opaque), np.uint8)
    rgb = box(rgb, (left, top - high * 0.55, left + width * 0.2, top), (190, 24, 30))
    ink: Colour = (20, 20, 24) if sum(tone) > 380 else (245, 245, 245)
    place = (left + high * 0.3, top + high * 0.2)
    rgb = written(rgb, sentence(random, 3), place, high * 0.6, ink)
    tag = (left + high * 0.2, top - high * 0.5)
    rgb = written(rgb, "LIVE", tag, high * 0.36, (255, 255, 255))
    return jpeg(picture.painted(rgb), 85).named("overlaid")


def bands(picture: Edited, random: Random, _others: Others) -> Edited:
    """Two to five bands of one or of several tones, level, upright or slanting."""
    width, height = picture.width, picture.height
    count = int(random.integers(2, 6))
    wide = min(0.07, 0.3 / count) * min(width, height)
    way = float(random.choice([0.0, np.pi / 2, random.uniform(0.3, 1.2), random.uniform(1.9, 2.8)]))
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    along = (columns - width / 2) * np.cos(way) + (rows - height / 2) * np.sin(way)
    reach = abs(width * np.cos(way)) + abs(height * np.sin(way))
    opaque = float(random.choice([1.0, 1.0, 0.7]))
    rgb = picture.rgb.astype(np.float32)
    for number in range(count):
        middle = ((number + random.uniform(0.3, 0.7)) / count - 0.5) * reach
        share = np.clip(wide / 2 + 0.5 - np.abs(along - middle), 0, 1)[..., None] * opaque
        rgb = rgb * (1 - share) + np.array(STRONG[int(random.integers(len(STRONG)))]) * share
    return jpeg(picture.painted(np.clip(rgb, 0, 255).astype(np.uint8)), 85).named("overlaid")


def deep_vignette(picture: Edited, random: Random, _others: Others) -> Edited:
    """Corners darker by 0.3 to 0.6; the middle as it was."""
    y, x = np.mgrid[-1 : 1 : picture.height * 1j, -1 : 1 : picture.width * 1j]
    away = np.clip((np.hypot(x, y) - random.uniform(0.35, 0.5)) / 0.95, 0, 1)
    light = 1 - random.uniform(0.3, 0.6) * away ** random.uniform(1.2, 2.2)
    rgb = np.clip(picture.rgb * light[..., None], 0, 255).astype(np.uint8)
    return jpeg(picture.painted(rgb), 85).maybe("recoloured")


def lamp_in_a_screen(picture: Edited, random: Random, _others: Others) -> Edited:
    """Photographed from a dark screen, at an angle, with a lamp reflected in it."""
    width, height = 1100, 850
    across, down = random.uniform(0.04, 0.16, 4), random.uniform(0.05, 0.16, 4)
    corners = [(0, 0), (1, 0), (1, 1), (0, 1)]
    target = [
        (width * (a if x == 0 else 1 - a), height * (d if y == 0 else 1 - d))
        for (x, y), a, d in zip(corners, across, down, strict=True)
    ]
    source = [(x * picture.width, y * picture.height) for x, y in corners]
    step = cv2.getPerspectiveTransform(np.array(source, np.float32), np.array(target, np.float32))
    seen = warped(picture, step, (width, height), 22)
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    x, y = random.uniform(0.25, 0.75, 2) * (width, height)
    long, short = random.uniform(90, 260), random.uniform(50, 90)
    lamp = random.uniform(50, 110) * np.exp(
        -(((columns - x) / long) ** 2) - ((rows - y) / short) ** 2
    )
    moire = 1 + 0.04 * np.sin(columns * 0.8 + rows * 0.3)
    value = cv2.GaussianBlur(seen.rgb, (0, 0), 0.8) * moire[..., None] + lamp[..., None]
    value = value + random.normal(0, 5, value.shape)
    taken = jpeg(seen.painted(np.clip(value, 0, 255).astype(np.uint8)), 80)
    return taken.named("perspective").maybe("bordered", "recoloured", "blurred", "overlaid")
