"""Text cards: the same layout, font and colours, other words."""

from __future__ import annotations

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.pair import Pair, Photos, Random, again, finished, variant_of
from benchmarks.lookalikes.sheet import Sheet
from benchmarks.lookalikes.words import name, place, sentence

VARIANTS = ("other words", "one line differs", "one number differs", "other quotation")
COLOURS = ((24, 36, 90), (150, 20, 30), (250, 250, 245), (16, 16, 18), (245, 215, 60), (20, 90, 70))


def text_cards(number: int, random: Random, _photos: Photos) -> Pair:
    """A headline card of one account, and another of the same account."""
    variant, look = variant_of(VARIANTS, number), again(random)
    lines = _lines(random)
    if variant == "one line differs":
        other = [*lines]
        other[int(random.integers(len(lines)))] = sentence(random, 4)
    elif variant == "one number differs":
        low, high = random.choice(90, 2, replace=False) + 10
        spot = int(random.integers(len(lines)))
        lines[spot], other = f"at least {low} people", [*lines]
        other[spot] = f"at least {high} people"
    else:
        other = _lines(random)
    quoted = variant == "other quotation"
    cards = [_card(look(), each, random, quoted=quoted) for each in (lines, other)]
    return finished(cards[0], cards[1], variant, random)


def _lines(random: Random) -> list[str]:
    return [sentence(random, int(random.integers(2, 5))) for _ in range(int(random.integers(3, 7)))]


def _card(look: Random, lines: list[str], random: Random, *, quoted: bool) -> Rgb:
    width, height = ((720, 720), (800, 450), (640, 800))[int(look.integers(3))]
    ground = COLOURS[int(look.integers(len(COLOURS)))]
    dark = sum(ground) < 380
    ink = (250, 250, 250) if dark else (20, 20, 24)
    sheet = Sheet(width, height, ground)
    sheet.box((0, height - 70, width, height), tuple(255 - v for v in ground))
    sheet.disc((50, height - 35), 24, (200, 30, 40))
    sheet.write("NEWSLINE 24", (90, height - 50), 28, ground, 1)
    sheet.box((40, 50, 40 + 120, 58), (220, 60, 40))
    size = min(width / 13, (height - 190) / max(4, len(lines)) / 1.25)
    for row, line in enumerate(lines):
        sheet.write(line, (40, 80 + row * size * 1.3), size, ink, 1)
    if quoted:
        sheet.disc((width - 90, 90), 60, (140, 140, 145))
        sheet.write(name(random), (width - 300, height - 110), 24, ink)
    else:
        sheet.write(place(look), (width - 200, 30), 22, ink)
    return sheet.rgb
