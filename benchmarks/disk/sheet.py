"""A desk's spreadsheet: paths beside dates as people write them, in four languages."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from benchmarks.disk.planted import Pictures, Planted, days

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


def fill(folder: Path, count: int, pictures: Pictures, dice: np.random.Generator) -> list[Planted]:
    """One table with a source in every row; every sixth row has no date."""
    calendar, planted, rows = days(dice), [], []
    for number in range(count):
        path = pictures.save(folder / "pictures" / f"{number:05d}.jpg")
        written, text = _written(number, next(calendar))
        rows.append((f"pictures/{path.name}", written, f"Agency {number % 7}"))
        strength = "reported" if text else "none"
        planted.append(Planted(path, text, "stated" if text else None, strength))
    with (folder / "sightings.csv").open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([("path", "date", "source"), *rows])
    return planted


def sources(folder: Path) -> list[Path]:
    """What a person would name to ``add``."""
    return [folder / "sightings.csv"]


def _written(number: int, day: tuple[int, int, int]) -> tuple[str, str | None]:
    """A date as written, and as EDTF keeps it."""
    year, month, of_month = day
    exact, in_month = f"{year}-{month:02d}-{of_month:02d}", f"{year}-{month:02d}"
    name = {language: names.split()[month - 1] for language, names in MONTHS.items()}
    kinds = (
        (f"{of_month} {name['en']} {year}", exact),
        (f"im {name['de']} {year}", in_month),
        (f"{of_month} {name['fr']} {year}", exact),
        (f"since {year}", f"{year}/.."),
        (str(year), str(year)),
        ("", None),
    )
    return kinds[number % len(kinds)]
