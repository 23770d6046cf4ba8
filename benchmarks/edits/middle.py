"""Middle edits: turned, cut a little, written over, framed."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.edits.drawing import box, disc, face, sentence, written
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


def mirrored(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Left for right."""
    return jpeg(_mirror(picture), 85)


def quarter_turn(picture: Edited, random: Random, _others: Others) -> Edited:
    """A quarter to the right or to the left."""
    return jpeg(_turned(picture, int(random.choice([1, 3]))), 85)


def upside_down(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Half a turn."""
    return jpeg(_turned(picture, 2), 85)


def crop_80(picture: Edited, random: Random, _others: Others) -> Edited:
    """80 % of the area, anywhere."""
    return jpeg(_crop(picture, random, 0.8), 85)


def logo(picture: Edited, random: Random, _others: Others) -> Edited:
    """A channel's logo in a corner."""
    size = 0.09 * max(picture.width, picture.height)
    x = picture.width - 1.4 * size if random.random() < 0.5 else 1.4 * size
    rgb = disc(picture.rgb, (x, 1.4 * size), size, (200, 20, 30))
    rgb = written(rgb, "TV7", (x - 0.8 * size, 0.9 * size), 0.9 * size, (255, 255, 255))
    return jpeg(picture.painted(rgb), 85).named("overlaid")


def watermark(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Half transparent words all over."""
    size = 0.06 * max(picture.width, picture.height)
    rgb = picture.rgb
    for row, y in enumerate(np.arange(0.5 * size, picture.height, 3 * size)):
        for x in np.arange((row % 2) * 2 * size, picture.width, 6 * size):
            rgb = written(rgb, "AGENCY", (float(x), float(y)), size, (255, 255, 255), 0.45)
    return jpeg(picture.painted(rgb), 85).named("overlaid").maybe("recoloured")


def text_over(picture: Edited, random: Random, _others: Others) -> Edited:
    """Two lines in capitals, top and bottom, outlined."""
    size = 0.1 * picture.width
    rgb = picture.rgb
    for y in (0.02 * picture.height, 0.97 * picture.height - 1.1 * size):
        text = sentence(random, 3).upper()
        for dx, dy in ((-2, 0), (2, 0), (0, -2), (0, 2)):
            rgb = written(rgb, text, (0.03 * picture.width + dx, y + dy), size, (0, 0, 0))
        rgb = written(rgb, text, (0.03 * picture.width, y), size, (255, 255, 255))
    return jpeg(picture.painted(rgb), 85).named("overlaid")


def banner(picture: Edited, random: Random, _others: Others) -> Edited:
    """A coloured bar with a headline over the lowest or topmost 18 %."""
    high = 0.18 * picture.height
    top = 0.0 if random.random() < 0.5 else picture.height - high
    rgb = box(picture.rgb, (0, top, picture.width, top + high), (190, 15, 25))
    rgb = written(rgb, "BREAKING NEWS", (8, top + 0.1 * high), 0.38 * high, (255, 255, 255))
    rgb = written(rgb, sentence(random, 6), (8, top + 0.55 * high), 0.28 * high, (255, 240, 200))
    return jpeg(picture.painted(rgb), 85).named("overlaid")


def letterbox(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Black bars above and below, 20 % each."""
    high = round(0.2 * picture.height)
    canvas = filled(picture.width, picture.height + 2 * high, (0, 0, 0))
    return jpeg(laid(picture, canvas, 0, high), 85).named("bordered")


def padded_square(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Centred on a white square."""
    side = max(picture.width, picture.height) * 1.08
    canvas = filled(side, side, (255, 255, 255))
    left, top = (side - picture.width) / 2, (side - picture.height) / 2
    return jpeg(laid(picture, canvas, left, top), 85).named("bordered")


def blurred_face(picture: Edited, _random: Random, _others: Others) -> Edited:
    """A disc in the middle made unrecognisable."""
    size = 0.18 * min(picture.width, picture.height)
    soft = cv2.GaussianBlur(picture.rgb, (0, 0), size / 3)
    mask = np.zeros(picture.rgb.shape[:2], np.uint8)
    centre = (round(picture.width * 0.5), round(picture.height * 0.42))
    cv2.circle(mask, centre, round(size), 1, -1)
    hidden = picture.painted(np.where(mask[..., None] > 0, soft, picture.rgb))
    return jpeg(hidden, 85).named("blurred").maybe("overlaid")


def tilt_5(picture: Edited, random: Random, _others: Others) -> Edited:
    """Turned by 5 degrees, corners filled."""
    return jpeg(_tilt(picture, 5 * float(random.choice([-1, 1]))), 85)


def tilt_15(picture: Edited, random: Random, _others: Others) -> Edited:
    """Turned by 15 degrees, corners filled."""
    return jpeg(_tilt(picture, 15 * float(random.choice([-1, 1]))), 85)


def stickers(picture: Edited, random: Random, _others: Others) -> Edited:
    """Three yellow faces."""
    rgb = picture.rgb
    size = 0.11 * min(picture.width, picture.height)
    for _ in range(3):
        place = random.uniform(0.15, 0.85, 2) * (picture.width, picture.height)
        rgb = face(rgb, (float(place[0]), float(place[1])), size)
    return jpeg(picture.painted(rgb), 85).named("overlaid")


def stripes(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Slanted stripes over everything, a third covered."""
    rows, columns = np.mgrid[: picture.height, : picture.width]
    period = max(picture.width, picture.height) / 12
    mask = ((rows + columns) % period) < period / 3
    striped = picture.painted(np.where(mask[..., None], 240, picture.rgb))
    return jpeg(striped, 85).named("overlaid").maybe("recoloured")


def stretched(picture: Edited, _random: Random, _others: Others) -> Edited:
    """1.4 times as wide."""
    return jpeg(resized(picture, picture.width * 1.4, picture.height), 85)


def picture_in_picture(picture: Edited, random: Random, others: Others) -> Edited:
    """Another picture over a corner, a third of the width."""
    inset = fitted(_other(random, others), max(picture.width, picture.height) / 3).rgb
    left = picture.width - inset.shape[1] - 8 if random.random() < 0.5 else 8
    rgb = picture.rgb.copy()
    target = rgb[8 : 8 + inset.shape[0], left : left + inset.shape[1]]
    target[:] = inset[: target.shape[0], : target.shape[1]]
    return jpeg(picture.painted(rgb), 85).named("overlaid").maybe("inside_collage")


def _mirror(picture: Edited) -> Edited:
    step = np.array([[-1.0, 0, picture.width], [0, 1, 0], [0, 0, 1]])
    return picture.moved(picture.rgb[:, ::-1], step).named("mirrored")


def _turned(picture: Edited, quarters: int) -> Edited:
    """Clockwise quarter turns."""
    for _ in range(quarters):
        step = np.array([[0.0, -1, picture.height], [1, 0, 0], [0, 0, 1]])
        picture = picture.moved(np.rot90(picture.rgb, -1), step)
    return picture.named("rotated")


def _crop(picture: Edited, random: Random, share: float) -> Edited:
    """This share of the area, same proportions, anywhere."""
    width, height = picture.width * share**0.5, picture.height * share**0.5
    left = random.uniform(0, picture.width - width)
    top = random.uniform(0, picture.height - height)
    return cropped(picture, left, top, width, height).named("cropped")


def _tilt(picture: Edited, degrees: float) -> Edited:
    """Turned in a frame of the same size: corners lost and corners filled."""
    centre = (picture.width / 2, picture.height / 2)
    step = np.vstack([cv2.getRotationMatrix2D(centre, -degrees, 1.0), [0, 0, 1]])
    return warped(picture, step, (picture.width, picture.height)).maybe("bordered")


def _other(random: Random, others: Others) -> Edited:
    rgb = others[int(random.integers(len(others)))]
    return Edited(rgb, np.eye(3), (rgb.shape[1], rgb.shape[0]))
