"""What editors, phones and desktops draw around and over a photograph."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.edits.edited import Rgb

Colour = tuple[int, int, int]

WORDS = (
    *("breaking", "strike", "city", "night", "people", "say", "video", "shows", "after"),
    *("attack", "near", "hospital", "north", "street", "today", "confirmed", "report"),
    *("sources", "witness", "smoke", "rescue", "minutes", "share", "before", "deleted"),
)


def sentence(random: np.random.Generator, words: int) -> str:
    """Plausible words in random order."""
    return " ".join(random.choice(WORDS) for _ in range(words)).capitalize()


def written(
    rgb: Rgb,
    text: str,
    at: tuple[float, float],
    size: float,
    colour: tuple[int, int, int],
    opacity: float = 1.0,
) -> Rgb:
    """Text with its top left corner there, ``size`` pixels high."""
    page = Image.fromarray(rgb)
    layer = page.copy()
    font = ImageFont.load_default(size=max(6, round(size)))
    ImageDraw.Draw(layer).text(at, text, fill=colour, font=font)
    return np.array(Image.blend(page, layer, opacity))


def outlined(rgb: Rgb, text: str, at: tuple[float, float], size: float) -> Rgb:
    """White text with a black outline a twelfth of its height."""
    page = Image.fromarray(rgb)
    font = ImageFont.load_default(size=max(6, round(size)))
    ImageDraw.Draw(page).text(
        at,
        text,
        fill=(255, 255, 255),
        font=font,
        stroke_width=max(1, round(size / 12)),
        stroke_fill=(0, 0, 0),
    )
    return np.array(page)


def lines(
    rgb: Rgb, random: np.random.Generator, box: tuple[int, int, int, int], size: int, dark: bool
) -> Rgb:
    """A paragraph that fills the box (left, top, right, bottom)."""
    left, top, right, bottom = box
    colour = (225, 225, 230) if dark else (25, 25, 30)
    per_line = max(2, int((right - left) / (size * 3.2)))
    for y in range(top, bottom - size, round(size * 1.5)):
        rgb = written(rgb, sentence(random, per_line), (left, y), size, colour)
    return rgb


def disc(rgb: Rgb, centre: tuple[float, float], radius: float, colour: tuple[int, ...]) -> Rgb:
    """A filled disc: an avatar, an icon, a sticker."""
    place = (round(centre[0]), round(centre[1]))
    return np.asarray(
        cv2.circle(rgb.copy(), place, max(1, round(radius)), colour, -1, cv2.LINE_AA), np.uint8
    )


def box(rgb: Rgb, area: tuple[float, float, float, float], colour: tuple[int, ...]) -> Rgb:
    """A filled rectangle (left, top, right, bottom)."""
    left, top, right, bottom = (round(v) for v in area)
    rgb = rgb.copy()
    rgb[max(0, top) : bottom, max(0, left) : right] = colour
    return rgb


def face(rgb: Rgb, centre: tuple[float, float], radius: float) -> Rgb:
    """A round yellow face."""
    x, y = centre
    rgb = disc(rgb, centre, radius, (250, 210, 40))
    for side in (-0.35, 0.35):
        rgb = disc(rgb, (x + side * radius, y - 0.25 * radius), 0.13 * radius, (40, 30, 20))
    mouth = (round(radius * 0.55), round(radius * 0.4))
    thick = max(1, round(radius / 10))
    middle = (round(x), round(y + 0.1 * radius))
    return np.asarray(
        cv2.ellipse(rgb, middle, mouth, 0, 0, 180, (40, 30, 20), thick, cv2.LINE_AA), np.uint8
    )
