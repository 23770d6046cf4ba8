"""Hard edits: cut deeply, built into something else, photographed from a screen."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.edits.drawing import box, disc, lines, sentence, written
from benchmarks.edits.edited import (
    Edited,
    cropped,
    filled,
    fitted,
    jpeg,
    laid,
    resized,
    warped,
)
from benchmarks.edits.light import Others, Random
from benchmarks.edits.middle import _crop, _mirror, _other, _tilt, banner

SCREEN = ("blurred", "recoloured", "bordered", "overlaid", "inside_screenshot")
"""What a photograph of a monitor may fairly be said to be, beside bent: soft, tinted, framed."""


def crop_50(picture: Edited, random: Random, _others: Others) -> Edited:
    """Half of the area."""
    return jpeg(_crop(picture, random, 0.5), 85)


def crop_30(picture: Edited, random: Random, _others: Others) -> Edited:
    """30 % of the area."""
    return jpeg(_crop(picture, random, 0.3), 85)


def crop_15(picture: Edited, random: Random, _others: Others) -> Edited:
    """15 % of the area."""
    return jpeg(_crop(picture, random, 0.15), 85)


def phone_screenshot(picture: Edited, random: Random, _others: Others) -> Edited:
    """A post on a phone: status bar, name, text, the photograph at full width, buttons."""
    return jpeg(_phone(picture, random, 1080, 1.0), 80)


def phone_screenshot_mirrored(picture: Edited, random: Random, _others: Others) -> Edited:
    """The same of a mirrored copy."""
    return jpeg(_phone(_mirror(picture), random, 1080, 1.0), 80)


def phone_screenshot_small(picture: Edited, random: Random, _others: Others) -> Edited:
    """The same, itself scaled down to 540 pixels across."""
    return jpeg(_phone(picture, random, 540, 1.0), 75)


def desktop_screenshot(picture: Edited, random: Random, _others: Others) -> Edited:
    """A post on a desktop: the photograph a third as wide as the screen."""
    return jpeg(_desktop(picture, random, 1600, 0.36), 80)


def desktop_screenshot_mirrored(picture: Edited, random: Random, _others: Others) -> Edited:
    """The same of a mirrored copy."""
    return jpeg(_desktop(_mirror(picture), random, 1600, 0.36), 80)


def desktop_screenshot_small(picture: Edited, random: Random, _others: Others) -> Edited:
    """The same, scaled down to 1000 pixels across."""
    return jpeg(_desktop(picture, random, 1000, 0.36), 75)


def collage_4(picture: Edited, random: Random, others: Others) -> Edited:
    """One of four tiles, each filled, 900 pixels in all."""
    return jpeg(_collage(picture, random, others, 900), 80)


def collage_4_small(picture: Edited, random: Random, others: Others) -> Edited:
    """The same, 400 pixels in all."""
    return jpeg(_collage(picture, random, others, 400), 80)


def side_by_side(picture: Edited, random: Random, others: Others) -> Edited:
    """Beside another picture of the same height."""
    picture = resized(picture, picture.width * 480 / picture.height, 480)
    other = _other(random, others)
    other = resized(other, other.width * 480 / other.height, 480)
    canvas = np.hstack([filled(picture.width, 480, (0, 0, 0)), other.rgb])
    if random.random() < 0.5:
        return jpeg(laid(picture, canvas, 0, 0), 80).named("inside_collage")
    canvas = np.hstack([other.rgb, filled(picture.width, 480, (0, 0, 0))])
    return jpeg(laid(picture, canvas, other.width, 0), 80).named("inside_collage")


def over_a_third(picture: Edited, random: Random, others: Others) -> Edited:
    """Laid over a third of another picture."""
    canvas = fitted(_other(random, others), 900).rgb
    scale = (canvas.shape[0] * canvas.shape[1] / 3 / (picture.width * picture.height)) ** 0.5
    scale = min(scale, canvas.shape[1] / picture.width, canvas.shape[0] / picture.height)
    small = resized(picture, picture.width * scale, picture.height * scale)
    left = random.uniform(0, canvas.shape[1] - small.width)
    top = random.uniform(0, canvas.shape[0] - small.height)
    return jpeg(laid(small, canvas, left, top), 80).named("inside_collage")


def photo_of_screen(picture: Edited, random: Random, _others: Others) -> Edited:
    """Photographed from a monitor: perspective, moire, glare, blur, noise."""
    picture = fitted(picture, 700)
    seen = _skew(picture, random, 0.09, (900, 720), margin=0.1)
    rows, columns = np.mgrid[:720, :900].astype(np.float32)
    moire = 1 + 0.06 * np.sin(columns * 2.1 + rows * 0.13) * np.sin(rows * 1.9)
    glare = 55 * np.exp(-((columns - 620) ** 2 + (rows - 200) ** 2) / (2 * 140**2))
    value = cv2.GaussianBlur(seen.rgb, (0, 0), 0.9) * moire[..., None] * 0.9 + glare[..., None]
    value = value + random.normal(0, 6, value.shape)
    taken = jpeg(seen.painted(np.clip(value, 0, 255).astype(np.uint8)), 75)
    return taken.named("perspective").maybe(*SCREEN)


def skewed(picture: Edited, random: Random, _others: Others) -> Edited:
    """Corners pulled by up to 12 %."""
    size = (picture.width, picture.height)
    skew = _skew(picture, random, 0.12, size, margin=0.02)
    return jpeg(skew, 85).named("perspective").maybe("bordered")


def tilt_20(picture: Edited, random: Random, _others: Others) -> Edited:
    """Turned by 20 degrees, corners filled."""
    return jpeg(_tilt(picture, 20 * float(random.choice([-1, 1]))), 85)


def mirrored_cropped_bannered(picture: Edited, random: Random, others: Others) -> Edited:
    """Mirrored, cut to half, a banner over it."""
    return banner(_crop(_mirror(picture), random, 0.5), random, others)


def three_messengers(picture: Edited, random: Random, _others: Others) -> Edited:
    """Resized, sharpened and compressed three times, trimmed a little each time."""
    for side, quality in ((800, 60), (640, 45), (480, 35)):
        cut = random.uniform(0, 0.015, 4) * ([picture.width, picture.height] * 2)
        picture = cropped(
            picture,
            cut[0],
            cut[1],
            picture.width - cut[0] - cut[2],
            picture.height - cut[1] - cut[3],
        )
        picture = fitted(picture, side)
        soft = cv2.GaussianBlur(picture.rgb, (0, 0), 1.0)
        picture = picture.painted(cv2.addWeighted(picture.rgb, 1.4, soft, -0.4, 0))
        picture = jpeg(picture, quality)
    return picture.named("recompressed").maybe("blurred", "recoloured")


def _phone(picture: Edited, random: Random, width: int, share: float) -> Edited:
    dark = bool(random.random() < 0.5)
    unit = width / 1080
    photo = resized(picture, width * share, picture.height * width * share / picture.width)
    if photo.height > 1350 * unit:
        photo = cropped(photo, 0, (photo.height - 1350 * unit) / 2, photo.width, 1350 * unit)
    screen = filled(width, 2160 * unit, (18, 18, 20) if dark else (250, 250, 250))
    ink = (230, 230, 230) if dark else (20, 20, 20)
    screen = written(screen, "21:47", (40 * unit, 20 * unit), 40 * unit, ink)
    screen = disc(screen, (100 * unit, 190 * unit), 55 * unit, (70, 120, 200))
    screen = written(screen, "News of the city", (180 * unit, 140 * unit), 42 * unit, ink)
    screen = written(screen, "2 h ago", (180 * unit, 200 * unit), 34 * unit, (130, 130, 135))
    text = (round(40 * unit), round(280 * unit), round(1040 * unit), round(480 * unit))
    screen = lines(screen, random, text, round(40 * unit), dark)
    below = round(500 * unit + photo.height)
    if below < 2050 * unit:
        comments = (round(40 * unit), below + round(120 * unit), round(1040 * unit), 0)
        comments = (*comments[:3], round(2100 * unit))
        screen = lines(screen, random, comments, round(38 * unit), dark)
        for place in (120, 400, 680):
            screen = disc(screen, (place * unit, below + 60 * unit), 24 * unit, (150, 150, 155))
    return laid(photo, screen, 0, 500 * unit).named("inside_screenshot")


def _desktop(picture: Edited, random: Random, width: int, share: float) -> Edited:
    dark = bool(random.random() < 0.5)
    unit = width / 1600
    height = round(900 * unit)
    photo = resized(picture, width * share, picture.height * width * share / picture.width)
    if photo.height > 620 * unit:
        photo = fitted(photo, 620 * unit)
    screen = filled(width, height, (24, 25, 28) if dark else (244, 245, 247))
    screen = box(screen, (0, 0, width, 70 * unit), (40, 90, 170))
    screen = written(screen, sentence(random, 5), (30 * unit, 18 * unit), 30 * unit, (255,) * 3)
    for left, right in ((30, 440), (1140, 1570)):
        area = (round(left * unit), round(110 * unit), round(right * unit), height)
        screen = lines(screen, random, area, max(8, round(20 * unit)), dark)
    text = (round(500 * unit), round(100 * unit), round(1080 * unit), round(190 * unit))
    screen = lines(screen, random, text, max(8, round(22 * unit)), dark)
    return laid(photo, screen, 500 * unit, 210 * unit).named("inside_screenshot")


def _collage(picture: Edited, random: Random, others: Others, side: int) -> Edited:
    """Four tiles, every picture cut to fill its own."""
    half = side // 2 - 3
    place = int(random.integers(4))
    canvas = filled(side, side, (255, 255, 255))
    spots = [(0, 0), (side - half, 0), (0, side - half), (side - half, side - half)]
    for number, spot in enumerate(spots):
        if number != place:
            canvas = laid(_tile(_other(random, others), half), canvas, *spot).rgb
    return laid(_tile(picture, half), canvas, *spots[place]).named("inside_collage")


def _tile(picture: Edited, side: int) -> Edited:
    short = min(picture.width, picture.height)
    left, top = (picture.width - short) / 2, (picture.height - short) / 2
    return resized(cropped(picture, left, top, short, short), side, side)


def _skew(
    picture: Edited, random: Random, pull: float, size: tuple[int, int], margin: float
) -> Edited:
    """Each corner pulled inwards by up to ``pull`` of the side."""
    width, height = size
    fit = min(width * (1 - 2 * margin) / picture.width, height * (1 - 2 * margin) / picture.height)
    wide, high = picture.width * fit, picture.height * fit
    left, top = (width - wide) / 2, (height - high) / 2
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float64)
    inward = np.where(corners > 0, -1, 1) * random.uniform(0, pull, (4, 2))
    target = (corners + inward) * (wide, high) + (left, top)
    source = corners * (picture.width, picture.height)
    step = cv2.getPerspectiveTransform(source.astype(np.float32), target.astype(np.float32))
    return warped(picture, step, size, fill=25)
