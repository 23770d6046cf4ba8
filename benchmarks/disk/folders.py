"""Agency folders and phone folders: dates in EXIF, in file names, or nowhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.disk.planted import Pictures, Planted, days

EXIF_IFD, TAKEN = 0x8769, 0x9003


def fill(folder: Path, count: int, pictures: Pictures, dice: np.random.Generator) -> list[Planted]:
    """A third of each kind."""
    calendar = days(dice)
    makers = (_by_exif, _by_name, _undated)
    return [
        makers[number % len(makers)](folder, number, pictures, next(calendar))
        for number in range(count)
    ]


def sources(folder: Path) -> list[Path]:
    """What a person would name to ``add``."""
    return [folder]


def _by_exif(folder: Path, number: int, pictures: Pictures, day: tuple[int, int, int]) -> Planted:
    exif = Image.Exif()
    exif.get_ifd(EXIF_IFD)[TAKEN] = "{:04d}:{:02d}:{:02d} 10:20:30".format(*day)
    path = pictures.save(folder / "agency" / f"{number % 40:03d}" / f"DSC_{number:05d}.jpg", exif)
    text = "{:04d}-{:02d}-{:02d}T10:20:30".format(*day)
    return Planted(path, text, "exif", "indication")


def _by_name(folder: Path, number: int, pictures: Pictures, day: tuple[int, int, int]) -> Planted:
    name = "IMG_{:04d}{:02d}{:02d}_102030.jpg".format(*day)
    path = pictures.save(folder / "phone" / f"{number:05d}" / name)
    text = "{:04d}-{:02d}-{:02d}T10:20:30".format(*day)
    return Planted(path, text, "file_name", "indication")


def _undated(folder: Path, number: int, pictures: Pictures, _: tuple[int, int, int]) -> Planted:
    return Planted(pictures.save(folder / "unsorted" / f"picture {number}.jpg"), None)
