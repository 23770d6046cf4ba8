"""Cards, pages, charts and near-black nights saved again: found, not judged, or missed."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.edits.edited import Edit, Edited, Rgb, jpeg, resized
from benchmarks.edits.light import Others, Random
from benchmarks.lookalikes import pairs

CLASSES = ("text cards", "letters", "receipts and forms", "charts", "night flashes")


def jpeg_60(picture: Edited, _random: Random, _others: Others) -> Edited:
    """JPEG at quality 60."""
    return jpeg(picture, 60)


def three_quarters(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Resized to 75 %, JPEG at 80."""
    return jpeg(resized(picture, picture.width * 0.75, picture.height * 0.75), 80)


def lossless_to_jpeg(picture: Edited, _random: Random, _others: Others) -> Edited:
    """From PNG to JPEG at 92."""
    return jpeg(picture, 92)


EDITS: dict[str, Edit] = {
    "JPEG 60": jpeg_60,
    "75 %": three_quarters,
    "PNG to JPEG": lossless_to_jpeg,
}


def originals(count: int, seed: int, photos: Others) -> Iterator[tuple[str, str, Rgb]]:
    """Class, name and pixels: so many of each class, no two of one template."""
    for name in CLASSES:
        for number, pair in enumerate(pairs(name, count, seed + 1000, photos)):
            yield name, f"{name} {number:03} ({pair.variant})", pair.archived
