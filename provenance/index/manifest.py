"""Which files make up the index; replaced as a whole, so that a reader sees one state.

``manifest.json`` names its format and the archive it belongs to and carries a checksum. Any
that is missing, damaged, of another format or of another archive reads as an empty one.
"""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from provenance.index import sampling
from provenance.index.segment_file import Written

NAME = "manifest.json"

FORMAT = 2
"""Raised whenever a file written by this program would be misread by another version."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is stored of one kind: up to which sequence, in which files, oldest first."""

    high_water: int = 0
    files: tuple[Written, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole index. ``purged`` is the archive's mark up to which erasures were followed."""

    archive_id: str
    purged: int = 0
    shelves: dict[str, Shelf] = field(default_factory=dict)

    def shelf(self, kind: str) -> Shelf:
        """What is stored of this kind."""
        return self.shelves.get(kind, Shelf())

    def with_shelf(self, kind: str, shelf: Shelf) -> Manifest:
        """The same with another shelf for this kind."""
        return replace(self, shelves={**self.shelves, kind: shelf})

    def names(self) -> set[str]:
        """Every file in use."""
        return {written.name for shelf in self.shelves.values() for written in shelf.files}


def read(folder: Path, archive_id: str) -> Manifest:
    """The manifest of this archive, empty where there is none that holds."""
    try:
        found = _parsed((folder / NAME).read_text(encoding="ascii"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Manifest(archive_id)
    return found if found.archive_id == archive_id else Manifest(archive_id)


def write(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in place of the last one; raises :class:`OSError`."""
    content = _content(manifest)
    document = json.dumps({"content": content, "crc32": _checksum(content)}, indent=1)
    beside = folder / f"{NAME}.new"
    with beside.open("w", encoding="ascii") as file:
        file.write(document)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / NAME)


def _content(manifest: Manifest) -> dict[str, Any]:
    return {"format": FORMAT, "sampled": _sampled(), **asdict(manifest)}


def _parsed(text: str) -> Manifest:
    """Raises whatever reading strange JSON raises, :class:`ValueError` when it does not hold."""
    document = json.loads(text)
    content = document["content"]
    if content["format"] != FORMAT or content["sampled"] != _sampled():
        raise ValueError("another format")
    if document["crc32"] != _checksum(content):
        raise ValueError("damaged")
    shelves = {kind: _shelf(shelf) for kind, shelf in content["shelves"].items()}
    return Manifest(content["archive_id"], content["purged"], shelves)


def _shelf(content: dict[str, Any]) -> Shelf:
    return Shelf(content["high_water"], tuple(Written(**each) for each in content["files"]))


def _sampled() -> int:
    """What the tables were made by, so that files of other tables are not searched by ours."""
    return zlib.crc32(repr(sampling.SAMPLED).encode())


def _checksum(content: Any) -> int:
    return zlib.crc32(json.dumps(content, sort_keys=True).encode())
