"""What a generator put on the disk, and what may honestly be known of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np
from PIL import Image

BLOCK = 20


@dataclass(frozen=True, slots=True)
class Planted:
    """One picture: its file, the date that stands with it as EDTF (``None``: none does).

    ``how`` is where that date stands; ``strength`` the most that it may support under the
    contract, as it comes in without a word from anybody.
    """

    path: Path
    date: str | None
    how: str | None = None
    strength: str = "none"

    @property
    def sha256(self) -> str:
        """Of the file."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


class Pictures:
    """Pictures that all differ: photographs while there are any, then drawn textures."""

    def __init__(self, photos: Path | None, seed: int) -> None:
        found = sorted(photos.rglob("*")) if photos and photos.is_dir() else []
        self._photos = iter([path for path in found if path.suffix in (".jpg", ".jpeg")])
        self._numbers = count(seed * 1_000_003)

    def save(self, path: Path, exif: Image.Exif | None = None) -> Path:
        """The next picture as a JPEG file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        photo = next(self._photos, None)
        picture = _opened(photo) if photo else _texture(next(self._numbers))
        # An Exif with nothing but a part of its own counts as empty, so not `exif or ...`.
        picture.save(path, "JPEG", quality=85, exif=Image.Exif() if exif is None else exif)
        return path


def _opened(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        picture.thumbnail((640, 640))
        return picture.convert("RGB")


def _texture(number: int) -> Image.Image:
    """Coarse colours under fine grain: corners enough to be found again."""
    random = np.random.default_rng(number)
    coarse = random.integers(0, 200, (12, 18, 3), np.uint8).repeat(BLOCK, 0).repeat(BLOCK, 1)
    return Image.fromarray(coarse + random.integers(0, 55, coarse.shape, np.uint8))


def days(dice: np.random.Generator) -> Iterator[tuple[int, int, int]]:
    """Days of the years 2010 to 2023 that every month has."""
    while True:
        yield int(dice.integers(2010, 2024)), int(dice.integers(1, 13)), int(dice.integers(1, 29))


def undated(paths: Iterable[Path]) -> list[Planted]:
    """Pictures with which no date stands."""
    return [Planted(path, None) for path in paths]
