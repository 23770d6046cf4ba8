"""The seed story: three pictures circulate with a claim, two of them are years older.

On Monday 23 October 2023 a German text claims that an armed group struck bases with
drones, and three pictures go round with it. The archive holds the first as "15 Nov 2019"
from an agency, the second as "2019" (and, smaller, as an outlet's file photo: captioned
"Archivbild"), and the third not at all. The first circulates cropped and under a banner,
the second mirrored. Places, sources and events are invented, and all pictures are drawn.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from provenance.demo import alteration
from provenance.demo.alteration import RGB
from provenance.demo.drawing import draw

COLLECTION: Final = "demonstration"
LANGUAGE: Final = "de"
CLAIM_DATE: Final = "2023-10-23"
CLAIM_PLACE: Final = "Talhof (erfunden)"
CLAIM_TEXT: Final = (
    "Am Montag, dem 23. Oktober 2023, hat eine bewaffnete Gruppe nach eigenen Angaben mit "
    "Drohnen mehrere Stützpunkte bei Talhof angegriffen. Die Bilder sollen die Folgen zeigen."
)

AGENCY: Final = "Nordlicht Agentur"
OUTLET: Final = "Rundblick Online"
ARCHIVE: Final = "Bildarchiv Meerkamp"

SIZE: Final = (640, 432)
"""Smaller than :data:`drawing.SIZE`: the whole demonstration has ten seconds."""

_ARTISTS: Final = 2
"""Pictures drawn at once; NumPy and OpenCV let go of the interpreter's lock."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table that goes into the archive; a date as people write it."""

    path: str
    date: str
    source: str
    caption: str
    place: str
    url: str


@dataclass(frozen=True, slots=True)
class Copy:
    """One circulating picture: its file, how people would describe what was done to it."""

    path: Path
    told: str


@dataclass(frozen=True, slots=True)
class Story:
    """The story on disk: the table to add, the copies to check under the claim."""

    folder: Path
    table: Path
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Archived:
    """What stands in the archive: a drawing (seed and scene) with what is stated of it."""

    seed: int
    scene: str
    row: Row


STRUCK_CAMP: Final = Archived(
    43,
    "camp",
    Row(
        "archive/camp-smoke.jpg",
        "15 Nov 2019",
        AGENCY,
        "Rauch über einem Übungslager nach einem Brand im Treibstofflager",
        "Hochebene von Sandau",
        "https://nordlicht.example/2019/11/15/lager",
    ),
)
BURNING_ROOFS: Final = Archived(
    46,
    "roofs",
    Row(
        "archive/roofs-fire.jpg",
        "2019",
        ARCHIVE,
        "Brand in der Innenstadt",
        "Neuwerk",
        "https://meerkamp.example/bild/20417",
    ),
)
FILE_PHOTO: Final = Row(
    "archive/roofs-fire-small.jpg",
    "April 2021",
    OUTLET,
    "Archivbild: Rauch über der Stadt",
    "",
    "https://rundblick.example/2021/04/sicherheit",
)
NEVER_SEEN: Final = (44, "night")

_UNRELATED: Final = (
    (102, "harbour", "3 March 2012", AGENCY, "Brand im Containerhafen", "Altenhaven"),
    (103, "hills", "Juni 2013", ARCHIVE, "Rauch über dem Weiler", "Brennau"),
    (104, "drone", "2014", OUTLET, "Staubwolke über den Höfen", "Brennau"),
    (105, "camp", "12.08.2014", AGENCY, "Fahrzeugbrand im Lager", "Hochebene von Sandau"),
    (106, "night", "31 December 2015", OUTLET, "Feuerwerkslager brennt", "Altenhaven"),
    (107, "roofs", "2016-05-21", AGENCY, "Brände in der Altstadt", "Neuwerk"),
    (108, "street", "2017", ARCHIVE, "Rauch hinter der Kreuzung", "Talhof"),
    (109, "harbour", "7 Feb 2018", AGENCY, "Brand an Bord eines Frachters", "Altenhaven"),
    (111, "hills", "2020-02-29", AGENCY, "Waldbrand am Hang", "Brennau"),
    (113, "street", "19.06.2022", OUTLET, "Rauch am Ende der Straße", "Neuwerk"),
)


def write(folder: Path) -> Story:
    """Draw all pictures of the story below ``folder`` and write the table beside them.

    Raises:
        OSError: the folder cannot be written.
    """
    for part in ("archive", "circulating"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    drawings = _drawn([*_archived(), Archived(*NEVER_SEEN, FILE_PHOTO)])
    *kept, unseen = drawings
    for archived, picture in zip(_archived(), kept, strict=True):
        (folder / archived.row.path).write_bytes(alteration.jpeg(picture))
    camp, roofs = kept[0], kept[1]
    (folder / FILE_PHOTO.path).write_bytes(alteration.jpeg(alteration.resize(roofs, 0.6), 80))
    table = _write_table(folder)
    return Story(folder, table, tuple(_circulate(folder, camp, roofs, unseen)))


def rows() -> Iterator[Row]:
    """The rows of the table, in its order."""
    yield from (archived.row for archived in _archived())
    yield FILE_PHOTO


def _archived() -> list[Archived]:
    return [STRUCK_CAMP, BURNING_ROOFS, *map(_unrelated, _UNRELATED)]


def _unrelated(line: tuple[int, str, str, str, str, str]) -> Archived:
    seed, scene, date, source, caption, place = line
    return Archived(
        seed, scene, Row(f"archive/{scene}-{seed}.jpg", date, source, caption, place, "")
    )


def _drawn(wanted: list[Archived]) -> list[RGB]:
    with ThreadPoolExecutor(_ARTISTS) as artists:
        return list(artists.map(lambda one: draw(one.seed, one.scene, SIZE), wanted))


def _write_table(folder: Path) -> Path:
    table = folder / "archive.csv"
    names = [column.name for column in fields(Row)]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([getattr(row, name) for name in names] for row in rows())
    return table


def _circulate(folder: Path, camp: RGB, roofs: RGB, unseen: RGB) -> Iterator[Copy]:
    cut = alteration.crop(camp, left=0.14, top=0.0, right=0.05, bottom=0.16)
    shouted = alteration.banner(cut, "EILMELDUNG +++ DROHNENANGRIFF", share=0.17, where="bottom")
    yield _copy(folder, "breaking.jpg", shouted, "cropped, under a banner")
    yield _copy(folder, "mirrored.jpg", alteration.mirror(roofs), "mirrored")
    yield _copy(folder, "night.jpg", unseen, "as it is")


def _copy(folder: Path, name: str, picture: RGB, told: str) -> Copy:
    path = folder / "circulating" / name
    path.write_bytes(alteration.jpeg(picture, 78))
    return Copy(path, told)
