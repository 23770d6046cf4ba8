"""Two pictures that look alike and are not the same: what every class here makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.edits.edited import Rgb, cropped, jpeg, resized, start

Random = np.random.Generator
Photos = Sequence[Rgb]


@dataclass(frozen=True)
class Pair:
    """A picture that is looked up and an archived one that resembles it.

    ``variant`` says in which way they resemble each other, so that a class can be read apart.
    """

    query: Rgb
    archived: Rgb
    variant: str


Generator = Callable[[int, Random, Photos], Pair]
"""One pair by its number: the same number, seed and photographs give the same pair."""


def finished(query: Rgb, archived: Rgb, variant: str, random: Random) -> Pair:
    """Both as they would be found: each through a JPEG of its own, the query lightly edited."""
    return Pair(lightly(query, random), saved(archived, int(random.integers(85, 96))), variant)


def lightly(rgb: Rgb, random: Random) -> Rgb:
    """One light edit, so that nothing is trivially exact: cut to 90 %, resized, JPEG 40 to 85."""
    picture = start(rgb)
    if random.random() < 0.4:
        share = 0.9**0.5
        width, height = picture.width * share, picture.height * share
        left, top = random.random(2) * (picture.width - width, picture.height - height)
        picture = cropped(picture, left, top, width, height)
    if random.random() < 0.6:
        scale = random.uniform(0.6, 1.15)
        picture = resized(picture, picture.width * scale, picture.height * scale)
    return jpeg(picture, int(random.integers(40, 86))).rgb


def saved(rgb: Rgb, quality: int) -> Rgb:
    """Through one JPEG compression."""
    return jpeg(start(np.ascontiguousarray(rgb)), quality).rgb


def again(random: Random) -> Callable[[], Random]:
    """A source of equal random numbers, for what both pictures of a pair have in common."""
    seed = int(random.integers(2**32))
    return lambda: np.random.default_rng(seed)


def variant_of(variants: Sequence[str], number: int) -> str:
    """Every variant equally often."""
    return variants[number % len(variants)]
