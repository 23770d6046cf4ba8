"""Screenshots of one application and account: the same interface, another photograph."""

from __future__ import annotations

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.pair import Pair, Photos, Random, again, finished, variant_of
from benchmarks.lookalikes.photographs import filling, two
from benchmarks.lookalikes.sheet import Sheet
from benchmarks.lookalikes.words import name, paragraph, sentence

VARIANTS = (
    "phone, same text",
    "phone, other text",
    "phone, small photograph, same text",
    "desktop, same text",
    "desktop, other text",
)


def posts(number: int, random: Random, photos: Photos) -> Pair:
    """Two posts of one account."""
    variant, look, words = variant_of(VARIANTS, number), again(random), again(random)
    page = _desktop if variant.startswith("desktop") else _phone
    share = 0.3 if "small" in variant else 0.55
    same = variant.endswith("same text")
    pages = [
        page(look(), words() if same else random, photo, share) for photo in two(photos, random)
    ]
    return finished(pages[0], pages[1], variant, random)


def _colours(look: Random) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Ground, ink and faint ink, light or dark."""
    if look.random() < 0.5:
        return (18, 20, 24), (235, 235, 238), (130, 135, 140)
    return (255, 255, 255), (20, 22, 26), (110, 115, 120)


def _phone(look: Random, words: Random, photo: Rgb, share: float) -> Rgb:
    ground, ink, faint = _colours(look)
    page = Sheet(540, 1080, ground)
    page.write("21:47", (24, 12), 22, ink, 1)
    page.box((470, 16, 510, 32), None, ink)
    page.disc((58, 100), 32, tuple(int(v) for v in look.integers(30, 220, 3)))
    page.write(sentence(look, 2), (104, 70), 26, ink, 1)
    page.write("@" + name(look).replace(" ", "").lower(), (104, 104), 20, faint)
    page.box((400, 80, 515, 118), (30, 130, 240))
    page.write("Follow", (422, 86), 24, (255, 255, 255))
    for row, line in enumerate(paragraph(words, 38, 3)):
        page.write(line, (26, 150 + row * 30), 23, ink)
    high = 1080 * share
    page.lay(filling(photo, 500, high), 20, 250)
    below = 262 + high
    for place in range(4):
        page.disc((60 + place * 125, below + 24), 13, faint)
        page.write(str(words.integers(2, 990)), (82 + place * 125, below + 12), 20, faint)
    for row, line in enumerate(paragraph(words, 40, 8)):
        if below + 70 + row * 34 < 1000:
            page.write(line, (26, below + 70 + row * 34), 20, ink)
    page.box((0, 1016, 540, 1080), tuple(abs(v - 12) for v in ground))
    for place in range(5):
        page.disc((54 + place * 108, 1048), 14, ink)
    return page.rgb


def _desktop(look: Random, words: Random, photo: Rgb, share: float) -> Rgb:
    ground, ink, faint = _colours(look)
    page = Sheet(1100, 680, ground)
    page.box((0, 0, 1100, 54), (45, 95, 175))
    page.write(sentence(look, 3), (24, 12), 28, (255, 255, 255), 1)
    for row in range(9):
        page.disc((40, 100 + row * 60), 15, tuple(int(v) for v in look.integers(30, 220, 3)))
        page.write(sentence(look, 2), (66, 90 + row * 60), 19, ink)
    for row, line in enumerate(paragraph(look, 26, 14)):
        page.write(line, (850, 90 + row * 38), 16, faint)
    page.write(sentence(look, 2), (330, 70), 22, ink, 1)
    for row, line in enumerate(paragraph(words, 48, 2)):
        page.write(line, (260, 104 + row * 26), 19, ink)
    page.lay(filling(photo, 560, 800 * share), 260, 170)
    for place in range(3):
        page.write(f"{words.integers(2, 999)} shares", (270 + place * 180, 640), 18, faint)
    return page.rgb
