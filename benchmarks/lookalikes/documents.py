"""Letters and forms: the same head, logo, footer, signature and stamp, another body."""

from __future__ import annotations

import numpy as np

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.pair import Pair, Photos, Random, again, finished, variant_of
from benchmarks.lookalikes.photographs import exposed, filling, one
from benchmarks.lookalikes.sheet import Sheet
from benchmarks.lookalikes.words import day, name, paragraph, place, sentence

LETTERS = ("other body", "one paragraph differs", "scanned, other body", "short, other body")
INK = (30, 30, 34)


def letters(number: int, random: Random, _photos: Photos) -> Pair:
    """Two letters of one sender."""
    variant, look = variant_of(LETTERS, number), again(random)
    lines = 8 if variant.startswith("short") else 24
    body = paragraph(random, 62, lines)
    other = paragraph(random, 62, lines)
    if variant == "one paragraph differs":
        other = [*body[:8], *other[8:14], *body[14:]]
    pages = [_letter(look(), each, random) for each in (body, other)]
    if variant.startswith("scanned"):
        pages = [_scanned(page, random) for page in pages]
    return finished(pages[0], pages[1], variant, random)


def _letter(look: Random, body: list[str], random: Random) -> Rgb:
    page = Sheet(640, 900, (252, 252, 250))
    colour = tuple(int(v) for v in look.integers(20, 170, 3))
    page.disc((70, 70), 36, colour)
    page.shape([(70, 42), (92, 92), (48, 92)], (250, 250, 250))
    page.write(sentence(look, 3).title(), (125, 45), 26, colour, 1)
    page.write(f"Office of {place(look)}, {name(look)}", (125, 80), 15, INK)
    page.stroke([(40, 120), (600, 120)], colour, 3)
    page.write(day(random), (480, 140), 14, INK)
    page.write(sentence(random, 5), (60, 190), 17, INK, 1)
    for row, line in enumerate(body):
        page.write(line, (60, 230 + row * 20), 13, INK)
    _signed(page, look)
    page.stroke([(40, 850), (600, 850)], colour, 1)
    page.write(" | ".join(paragraph(look, 28, 3)), (50, 862), 11, (90, 90, 95))
    return page.rgb


def _signed(page: Sheet, look: Random) -> None:
    """A signature and a round stamp."""
    x = np.linspace(80, 230, 60)
    y = 780 + 22 * np.sin(x * look.uniform(0.06, 0.2)) * np.cos(x * look.uniform(0.02, 0.08))
    page.stroke(np.stack([x, y], axis=1).tolist(), (30, 40, 130), 3)
    page.write(name(look), (80, 815), 13, INK)
    for radius, ink in ((48, (60, 70, 160)), (44, (252, 252, 250)), (30, (60, 70, 160))):
        page.disc((470, 785), radius, ink)
    page.write("STAMP", (445, 776), 16, (252, 252, 250), 1)


def _scanned(page: Rgb, random: Random) -> Rgb:
    """Uneven light and the grain of a scanner."""
    across = np.linspace(random.uniform(0.8, 1), random.uniform(0.85, 1), page.shape[1])
    shaded = page * across[None, :, None]
    return exposed(np.asarray(np.clip(shaded, 0, 255), np.uint8), random, 0.05, 4)


FORMS = ("receipt, other items", "receipt, other amounts", "form, other entries", "identity card")


def forms(number: int, random: Random, photos: Photos) -> Pair:
    """Two receipts of one shop, two filled copies of one form."""
    variant, look = variant_of(FORMS, number), again(random)
    if variant.startswith("receipt"):
        items = again(random)
        both = [items(), items() if variant.endswith("amounts") else random]
        pages = [_receipt(look(), each, random) for each in both]
    elif variant.startswith("form"):
        pages = [_form(look(), random) for _ in range(2)]
    else:
        pages = [_identity(look(), random, photos) for _ in range(2)]
    return finished(pages[0], pages[1], variant, random)


def _receipt(look: Random, items: Random, random: Random) -> Rgb:
    page = Sheet(420, 760, (246, 245, 240))
    page.write(sentence(look, 2).upper(), (90, 30), 30, INK, 1)
    page.write(f"{place(look)}, {name(look)}", (110, 75), 17, INK)
    page.write(day(random), (40, 120), 16, INK)
    page.stroke([(30, 150), (390, 150)], INK, 1)
    for row in range(12):
        page.write(sentence(items, 2)[:22], (40, 170 + row * 32), 17, INK)
        page.write(
            f"{random.integers(1, 90)}.{random.integers(0, 99):02}", (320, 170 + row * 32), 17, INK
        )
    page.stroke([(30, 570), (390, 570)], INK, 2)
    page.write(
        f"TOTAL {random.integers(90, 900)}.{random.integers(0, 99):02}", (40, 585), 26, INK, 1
    )
    x = 50.0
    while x < 360:
        wide = int(random.integers(1, 6))
        page.box((x, 640, x + wide, 700), INK)
        x += wide + int(random.integers(2, 6))
    page.write("Thank you, come again", (110, 715), 17, INK)
    return page.rgb


def _form(look: Random, random: Random) -> Rgb:
    page = Sheet(640, 860, (250, 250, 248))
    page.box((0, 0, 640, 70), (200, 215, 230))
    page.write(f"Form {look.integers(10, 999)}: {sentence(look, 3)}", (30, 20), 26, (20, 40, 80), 1)
    for row in range(11):
        top = 100 + row * 62
        split = int(look.integers(220, 420))
        page.box((30, top, split, top + 52), None, (90, 110, 140))
        page.box((split, top, 610, top + 52), None, (90, 110, 140))
        page.write(sentence(look, 2), (36, top + 3), 12, (90, 110, 140))
        page.write(sentence(look, 2), (split + 6, top + 3), 12, (90, 110, 140))
        page.write(sentence(random, 2), (44, top + 20), 21, (20, 30, 110))
        page.write(str(random.integers(100, 99999)), (split + 14, top + 20), 21, (20, 30, 110))
    page.write(sentence(look, 9), (30, 800), 13, INK)
    return page.rgb


def _identity(look: Random, random: Random, photos: Photos) -> Rgb:
    tone = tuple(int(v) for v in look.integers(150, 235, 3))
    card = Sheet(720, 450, tone)
    for x in range(-450, 720, 14):
        card.stroke([(x, 0), (x + 450, 450)], tuple(v - 14 for v in tone), 2)
    card.write(f"REPUBLIC OF {place(look).upper()}", (40, 24), 30, (30, 40, 90), 1)
    card.lay(filling(one(photos, random), 180, 230), 40, 100)
    for row, label in enumerate(("Surname", "Given name", "Date of birth", "Place", "Number")):
        card.write(label, (250, 100 + row * 56), 14, (80, 80, 110))
        entry = (name, name, day, place, lambda r: str(r.integers(10**6, 10**7)))[row]
        card.write(entry(random), (250, 116 + row * 56), 26, INK)
    card.disc((640, 90), 44, (190, 160, 60))
    card.box((0, 400, 720, 450), (235, 235, 235))
    card.write(f"P<{place(look).upper()}<<{random.integers(10**9, 10**10)}<<<<", (30, 412), 28, INK)
    return card.rgb
