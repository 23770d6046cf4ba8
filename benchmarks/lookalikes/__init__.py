"""Classes of pictures that look alike and must never be called the same picture."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.lookalikes.aerial import other_days
from benchmarks.lookalikes.broadcast import broadcast_frames
from benchmarks.lookalikes.bursts import bursts
from benchmarks.lookalikes.cards import text_cards
from benchmarks.lookalikes.charts import charts
from benchmarks.lookalikes.documents import forms, letters
from benchmarks.lookalikes.memes import memes
from benchmarks.lookalikes.night import night_flashes
from benchmarks.lookalikes.pair import Generator, Pair, Photos
from benchmarks.lookalikes.posts import posts
from benchmarks.lookalikes.products import products
from benchmarks.lookalikes.ruins import before_after
from benchmarks.lookalikes.shared_marks import shared_marks
from benchmarks.lookalikes.static_camera import other_moments
from benchmarks.lookalikes.walkers import walkers

CLASSES: dict[str, Generator] = {
    "text cards": text_cards,
    "letters": letters,
    "receipts and forms": forms,
    "charts": charts,
    "night flashes": night_flashes,
    "meme templates": memes,
    "broadcast frames": broadcast_frames,
    "posts of one account": posts,
    "static camera, another moment": other_moments,
    "from above, another day": other_days,
    "before and after": before_after,
    "frames of one burst": bursts,
    "products on one floor": products,
    "same mark, another photograph": shared_marks,
    "people who walk on": walkers,
}


def pairs(name: str, count: int, seed: int, photos: Photos) -> Iterator[Pair]:
    """So many pairs of a class: the same seed and photographs give the same pairs."""
    place = list(CLASSES).index(name)
    for number in range(count):
        yield CLASSES[name](number, np.random.default_rng([seed, place, number]), photos)


__all__ = ["CLASSES", "Pair", "pairs"]
