"""Further edits: what circulates, and no bound was set on before it was drawn here.

Marked by hand, worked into a post of a newsroom or a player, put into other light.
"""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike

from benchmarks.edits.drawing import Colour, box, disc, outlined, sentence, written
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
from benchmarks.edits.middle import _other

COLOURS: tuple[Colour, ...] = ((230, 20, 20), (250, 220, 30), (20, 200, 60), (250, 250, 250))


def ring(picture: Edited, random: Random, _others: Others) -> Edited:
    """One or two rings around something, by a pen of 1 to 2.5 % of the long side."""
    rgb: MatLike = picture.rgb.copy()
    for _ in range(int(random.integers(1, 3))):
        middle = random.uniform(0.25, 0.75, 2) * (picture.width, picture.height)
        axes = random.uniform(0.08, 0.2, 2) * (picture.width, picture.height)
        place, half = _whole(middle), _whole(axes)
        thick = _pen(picture, random)
        rgb = cv2.ellipse(rgb, place, half, 0, 0, 360, _colour(random), thick, cv2.LINE_AA)
    return jpeg(picture.painted(rgb), 85).named("overlaid")


def arrow(picture: Edited, random: Random, _others: Others) -> Edited:
    """An arrow that points at something."""
    tip = random.uniform(0.2, 0.8, 2) * (picture.width, picture.height)
    way = random.uniform(0, 2 * np.pi)
    tail = tip + 0.22 * _long(picture) * np.array([np.cos(way), np.sin(way)])
    rgb = cv2.arrowedLine(
        picture.rgb.copy(),
        _whole(tail),
        _whole(tip),
        _colour(random),
        _pen(picture, random),
        cv2.LINE_AA,
        tipLength=0.35,
    )
    return jpeg(picture.painted(rgb), 85).named("overlaid")


def scribble(picture: Edited, random: Random, _others: Others) -> Edited:
    """A line drawn by a finger."""
    steps = np.cumsum(random.normal(0, 0.05, (14, 2)), axis=0) * _long(picture)
    points = steps + random.uniform(0.3, 0.7, 2) * (picture.width, picture.height)
    rgb = picture.rgb.copy()
    line = [points.astype(np.int32)]
    pen = _pen(picture, random)
    cv2.polylines(rgb, line, False, _colour(random), pen, cv2.LINE_AA)
    return jpeg(picture.painted(rgb), 85).named("overlaid")


def emoji(picture: Edited, random: Random, _others: Others) -> Edited:
    """Hearts and flames."""
    rgb = picture.rgb.copy()
    size = 0.07 * _long(picture)
    for number in range(3):
        middle = random.uniform(0.15, 0.85, 2) * (picture.width, picture.height)
        if number % 2:
            _fill(rgb, _FLAME * size + middle, (255, 120, 20))
            _fill(rgb, _FLAME * size * 0.55 + middle + (0, 0.3 * size), (255, 220, 60))
        else:
            _fill(rgb, _heart() * size + middle, (220, 30, 50))
    return jpeg(picture.painted(rgb), 85).named("overlaid")


def pixelated_face(picture: Edited, random: Random, _others: Others) -> Edited:
    """A disc or a rectangle in squares, four to fourteen of them across."""
    half = random.uniform(0.1, 0.2) * min(picture.width, picture.height)
    side = max(3, round(2 * half / random.uniform(4, 14)))
    x, y = random.uniform(0.35, 0.65, 2) * (picture.width, picture.height)
    area = np.zeros(picture.rgb.shape[:2], np.uint8)
    if random.random() < 0.5:
        cv2.circle(area, _whole(np.array([x, y])), round(half), 1, -1)
    else:
        corner, other = np.array([x - 0.8 * half, y - half]), np.array([x + 0.8 * half, y + half])
        cv2.rectangle(area, _whole(corner), _whole(other), 1, -1)
    first = [int(value) for value in random.integers(side, size=2)]
    squares = _in_squares(picture.rgb, side, (first[0], first[1]))
    rgb = np.where(area[..., None] > 0, squares, picture.rgb)
    return jpeg(picture.painted(rgb), 85).named("blurred").maybe("overlaid")


def _in_squares(rgb: MatLike, side: int, first: tuple[int, int]) -> MatLike:
    """The picture in squares, the first of which begin so many pixels before its corner."""
    height, width = rgb.shape[:2]
    padded = cv2.copyMakeBorder(
        rgb,
        first[0],
        -(height + first[0]) % side,
        first[1],
        -(width + first[1]) % side,
        cv2.BORDER_REFLECT_101,
    )
    size = (padded.shape[1] // side, padded.shape[0] // side)
    small = cv2.resize(padded, size, interpolation=cv2.INTER_AREA)
    large = cv2.resize(small, (size[0] * side, size[1] * side), interpolation=cv2.INTER_NEAREST)
    return large[first[0] : first[0] + height, first[1] : first[1] + width]


def subtitles(picture: Edited, random: Random, _others: Others) -> Edited:
    """Two lines of speech near the lower edge, white with a dark outline."""
    size = min(0.055 * picture.height, picture.width / 22)
    rgb = picture.rgb
    for line in range(2):
        at = (0.08 * picture.width, 0.82 * picture.height + 1.3 * line * size)
        rgb = outlined(rgb, sentence(random, 5), at, size)
    return jpeg(picture.painted(rgb), 85).named("overlaid")


def stamp(picture: Edited, _random: Random, _others: Others) -> Edited:
    """The name of a stock agency across it, two fifths opaque."""
    size = picture.width / 9
    layer = written(np.zeros_like(picture.rgb), "STOCK PHOTO", (0, 0), size, (255, 255, 255))
    middle = (picture.width / 2, picture.height / 2)
    step = cv2.getRotationMatrix2D((3.3 * size, size / 2), 25, 1.0)
    place = np.column_stack([step[:, :2], step[:, 2] + np.subtract(middle, (3.3 * size, size / 2))])
    turned = cv2.warpAffine(layer, place, (picture.width, picture.height))
    opaque = 0.4 * turned[..., :1].astype(np.float32) / 255
    rgb = picture.rgb * (1 - opaque) + 255 * opaque
    return jpeg(picture.painted(rgb.astype(np.uint8)), 85).named("overlaid")


def player(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Paused in a player: a button half see-through, the bar below."""
    radius = 0.09 * _long(picture)
    middle = np.array([picture.width, picture.height]) / 2
    button = disc(picture.rgb, (float(middle[0]), float(middle[1])), radius, (0, 0, 0))
    rgb = cv2.addWeighted(picture.rgb, 0.45, button, 0.55, 0)
    _fill(rgb, np.array([(-0.35, -0.5), (-0.35, 0.5), (0.55, 0)]) * radius + middle, (255,) * 3)
    top, bottom = 0.96 * picture.height, 0.97 * picture.height + 1
    long, gone = (0.03 * picture.width, 0.97 * picture.width), 0.4 * picture.width
    shown = box(np.asarray(rgb, np.uint8), (long[0], top, long[1], bottom), (180, 180, 180))
    shown = box(shown, (long[0], top, gone, bottom), (255, 0, 0))
    at = (0.04 * picture.width, 0.9 * picture.height)
    shown = written(shown, "0:47 / 2:13", at, picture.height / 28, (255, 255, 255))
    return jpeg(picture.painted(shown), 80).named("overlaid")


def television(picture: Edited, random: Random, _others: Others) -> Edited:
    """A frame of a news channel: headline, ticker, channel, LIVE."""
    picture = fitted(picture, 1100)
    width, height = picture.width, picture.height
    rgb = box(picture.rgb, (0.05 * width, 0.8 * height, 0.95 * width, 0.91 * height), (180, 20, 25))
    rgb = box(rgb, (0, 0.91 * height, width, 0.97 * height), (250, 250, 250))
    white = (255, 255, 255)
    rgb = written(rgb, sentence(random, 5), (0.07 * width, 0.82 * height), 0.05 * height, white)
    rgb = written(rgb, sentence(random, 9), (10, 0.915 * height), 0.035 * height, (20, 20, 20))
    rgb = box(rgb, (0.04 * width, 0.05 * height, 0.14 * width, 0.11 * height), (200, 0, 0))
    rgb = written(rgb, "LIVE", (0.05 * width, 0.055 * height), 0.04 * height, white)
    rgb = written(rgb, "NEWS 24", (0.82 * width, 0.05 * height), 0.05 * height, white, 0.6)
    return jpeg(picture.painted(rgb), 75).named("overlaid").maybe("recompressed")


def news_card(picture: Edited, random: Random, _others: Others) -> Edited:
    """A square post of a newsroom: the lower half darkened, a headline on it."""
    short = min(picture.width, picture.height)
    left, top = (picture.width - short) / 2, (picture.height - short) / 2
    picture = resized(cropped(picture, left, top, short, short), 1080, 1080)
    dark = np.clip((np.arange(1080) - 480) / 450, 0, 1)[:, None, None] * 0.85
    rgb = (picture.rgb * (1 - dark)).astype(np.uint8)
    for line in range(2):
        rgb = written(rgb, sentence(random, 3), (60, 820 + 100 * line), 84, (255, 255, 255))
    rgb = box(rgb, (60, 60, 260, 130), (20, 60, 160))
    rgb = written(rgb, "CITY NEWS", (75, 78), 30, (255, 255, 255))
    return jpeg(picture.painted(rgb), 80).named("overlaid").maybe("recoloured")


def vignette(picture: Edited, random: Random, _others: Others) -> Edited:
    """Darker towards the corners, as filters do."""
    y, x = np.meshgrid(
        np.linspace(-1, 1, picture.height), np.linspace(-1, 1, picture.width), indexing="ij"
    )
    light = 1 - random.uniform(0.5, 0.8) * (x**2 + y**2)[..., None] / 2
    return jpeg(picture.painted((picture.rgb * light).astype(np.uint8)), 85).named("recoloured")


def light_from_one_side(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Half as light on one side, nearly half as much again on the other."""
    light = np.linspace(0.5, 1.4, picture.width)[None, :, None]
    rgb = np.clip(picture.rgb * light, 0, 255).astype(np.uint8)
    return jpeg(picture.painted(rgb), 85).maybe("recoloured")


def own_blur_around(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Upright for a phone, its own blur above and below."""
    width, height = 720, 1280
    scale = min(width / picture.width, 0.8 * height / picture.height)
    fill = max(width / picture.width, height / picture.height)
    large = resized(picture, picture.width * fill + 1, picture.height * fill + 1).rgb
    canvas = cv2.GaussianBlur(large[:height, :width], (0, 0), 25)
    small = resized(picture, picture.width * scale, picture.height * scale)
    left, top = (width - small.width) / 2, (height - small.height) / 2
    around = laid(small, np.asarray(canvas, np.uint8), left, top)
    return jpeg(around, 80).maybe("bordered", "inside_collage", "inside_screenshot")


def cut_round(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Cut to a disc on white, as portraits of accounts are."""
    short = min(picture.width, picture.height)
    left, top = (picture.width - short) / 2, (picture.height - short) / 2
    picture = resized(cropped(picture, left, top, short, short), 400, 400)
    mask = cv2.circle(np.zeros((400, 400), np.uint8), (200, 200), 199, 255, -1, cv2.LINE_AA)
    inside = mask[..., None].astype(np.float32) / 255
    rgb = (picture.rgb * inside + 255 * (1 - inside)).astype(np.uint8)
    return jpeg(picture.painted(rgb), 85).maybe("overlaid", "bordered")


def before_and_after(picture: Edited, random: Random, others: Others) -> Edited:
    """Above or below another picture, both with a word in the corner."""
    picture = resized(picture, 600, picture.height * 600 / picture.width)
    other = _other(random, others)
    other = resized(other, 600, other.height * 600 / other.width)
    mine = picture.painted(outlined(picture.rgb, "BEFORE", (20, 20), 40))
    theirs = outlined(other.rgb, "AFTER", (20, 20), 40)
    canvas = np.vstack([filled(600, mine.height, (0, 0, 0)), theirs])
    return jpeg(laid(mine, canvas, 0, 0), 80).named("inside_collage").maybe("overlaid")


def nine_tiles(picture: Edited, random: Random, others: Others) -> Edited:
    """One of nine square tiles, 960 pixels in all."""
    place = int(random.integers(9))
    canvas = filled(960, 960, (255, 255, 255))
    for number in range(9):
        if number != place:
            spot = (320 * (number % 3) + 2, 320 * (number // 3) + 2)
            canvas = laid(_square(_other(random, others)), canvas, *spot).rgb
    spot = (320 * (place % 3) + 2, 320 * (place // 3) + 2)
    return jpeg(laid(_square(picture), canvas, *spot), 80).named("inside_collage")


def newsprint(picture: Edited, random: Random, _others: Others) -> Edited:
    """Printed in dots, scanned a little askew."""
    picture = fitted(picture, 900)
    grey = cv2.cvtColor(picture.rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    rows, columns = np.mgrid[: picture.height, : picture.width]
    dots = np.sin((rows + columns) * 1.3) * np.sin((rows - columns) * 1.3)
    inked = np.where(grey / 255 + 0.35 * dots > 0.5, 235, 40).astype(np.float32)
    soft = cv2.GaussianBlur(0.5 * inked + 0.5 * (40 + 0.75 * grey), (0, 0), 1.4)
    printed = picture.painted(np.repeat(soft[..., None], 3, axis=2).astype(np.uint8))
    middle = (picture.width / 2, picture.height / 2)
    step = np.vstack([cv2.getRotationMatrix2D(middle, 2.2, 0.9), [0, 0, 1]])
    scan = warped(printed, step, (picture.width, picture.height), fill=228)
    noisy = np.clip(scan.rgb + random.normal(0, 4, scan.rgb.shape), 0, 255).astype(np.uint8)
    done = jpeg(scan.painted(noisy), 80).named("recoloured")
    return done.maybe("blurred", "bordered", "rotated", "overlaid")


_FLAME = np.array(
    [
        *((0, -1.4), (0.35, -0.6), (0.6, -0.8), (0.8, 0.1), (0.6, 0.8)),
        *((0, 1), (-0.6, 0.8), (-0.8, 0.1), (-0.5, -0.5), (-0.3, -0.2)),
    ]
)


def _heart() -> np.ndarray:
    way = np.linspace(0, 2 * np.pi, 60)
    across = 16 * np.sin(way) ** 3
    down = -(13 * np.cos(way) - 5 * np.cos(2 * way) - 2 * np.cos(3 * way) - np.cos(4 * way))
    return np.column_stack([across, down]) / 17


def _fill(rgb: MatLike, outline: np.ndarray, colour: Colour) -> None:
    cv2.fillPoly(rgb, [outline.astype(np.int32)], colour, cv2.LINE_AA)


def _square(picture: Edited) -> Edited:
    short = min(picture.width, picture.height)
    left, top = (picture.width - short) / 2, (picture.height - short) / 2
    return resized(cropped(picture, left, top, short, short), 316, 316)


def _long(picture: Edited) -> int:
    return max(picture.width, picture.height)


def _pen(picture: Edited, random: Random) -> int:
    return max(2, round(random.uniform(0.01, 0.025) * _long(picture)))


def _colour(random: Random) -> Colour:
    return COLOURS[int(random.integers(len(COLOURS)))]


def _whole(point: np.ndarray) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))
