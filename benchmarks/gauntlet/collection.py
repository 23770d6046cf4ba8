"""A folder of photographs, shared out: archived, strangers, and what is left as material."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.photographs import drawn

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".bmp"}

ENOUGH = 20
"""Spare photographs from which on distractors differ enough from each other."""


def read(path: Path) -> Rgb:
    """Upright RGB pixels; these files are the benchmark's own choice, not a stranger's."""
    with Image.open(path) as image:
        return np.array(ImageOps.exif_transpose(image).convert("RGB"))


@dataclass(frozen=True)
class Collection:
    """Paths in a random order that the seed fixes; no photograph is in two of the lists."""

    archived: list[Path]
    strangers: list[Path]
    spare: list[Path]


def shared_out(folder: Path | None, archived: int, strangers: int, seed: int) -> Collection:
    """What is archived, who is a stranger, what is left; strangers before archived."""
    if folder is None:
        return Collection([], [], [])
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES)
    order = [paths[i] for i in np.random.default_rng(seed).permutation(len(paths))]
    kept = min(archived, max(1, len(order) - strangers))
    return Collection(
        archived=order[:kept],
        strangers=order[kept : kept + strangers],
        spare=order[kept + strangers :],
    )


def material(collection: Collection, most: int) -> list[Rgb]:
    """Photographs to build pairs of look-alikes from: spare ones, else any."""
    paths = [*collection.spare, *collection.strangers, *collection.archived]
    return [read(path) for path in paths[:most]]


def filling(collection: Collection, most: int) -> list[Rgb]:
    """Photographs to build archived pictures from: only spare ones, else drawn ones.

    A piece of a photograph that is looked up would be a piece of it, and rightly found.
    """
    if len(collection.spare) < ENOUGH:
        return drawn(ENOUGH)
    return [read(path) for path in collection.spare[:most]]
