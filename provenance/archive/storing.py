"""Pictures on their way in: made new, or completed with what they lacked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from provenance.archive.fingerprints import earlier_kind
from provenance.archive.hashes import PDQ, Hashes
from provenance.archive.text import storable
from provenance.archive.writer import Writer
from provenance.models import Examined, Fingerprint, Intake

Columns = dict[str, Any]


class Storing(Writer):
    """Writes pictures, fingerprints, rasters and thumbnails within one transaction."""

    def make(self, intake: Intake, hashes: Hashes) -> tuple[int, Columns]:
        """A new picture; its id and what its event says of it."""
        said = {"name": storable(intake.name), "path": _path(intake), **hashes.as_details()}
        columns = said | _examined_columns(intake.examined)
        picture = self._waiting.new_id("pictures")
        self._waiting.put("pictures", {"id": picture, **columns, "added": self._log.instant})
        for fingerprint in _fingerprints(intake, hashes):
            self._waiting.put_with("_fingerprints", _FINGERPRINT, _row(picture, fingerprint))
        if intake.examined is not None:
            self._waiting.flush()
            self._add_pixels(picture, intake.examined)
            self._add_earlier(picture, intake.examined)
        return picture, said

    def complete(self, row: sqlite3.Row, intake: Intake, hashes: Hashes) -> bool:
        """Add what a known picture lacks; whether it was its file.

        A file completes a picture known by hash alone; a newer program brings new kinds of
        fingerprints; a raster comes where there was none, unless it was dropped on purpose.
        """
        columns = _missing_columns(row, intake, hashes)
        fingerprints = self._missing_fingerprints(row, _fingerprints(intake, hashes))
        if not columns and not fingerprints:
            return False
        self._add_fingerprints(row["id"], fingerprints)
        if not row["pixels_dropped"]:
            self._add_pixels(row["id"], intake.examined)
            self._add_earlier(row["id"], intake.examined)
        if columns:
            self._update("pictures", row["id"], columns)
        kinds = [fingerprint.kind for fingerprint in fingerprints]
        self._log.write("picture_completed", {"kinds": kinds, **columns}, picture=row["id"])
        return row["width"] is None and intake.examined is not None

    def _add_fingerprints(self, picture: int, fingerprints: Iterable[Fingerprint]) -> None:
        self._connection.executemany(_FINGERPRINT, [_row(picture, f) for f in fingerprints])

    def _add_pixels(self, picture: int, examined: Examined | None) -> None:
        if examined is None:
            return
        for table, value in (("_rasters", examined.raster), ("_thumbnails", examined.thumbnail)):
            if value is not None:
                self._connection.execute(
                    f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", (picture, value)
                )

    def _add_earlier(self, picture: int, examined: Examined | None) -> None:
        """The small pictures inside the file that differ from it."""
        for number, state in enumerate(examined.earlier if examined else (), start=1):
            small = state.examined
            self._connection.execute(
                "INSERT OR IGNORE INTO _earlier_states VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    picture,
                    number,
                    state.origin.value,
                    int(state.proved),
                    small.width,
                    small.height,
                    small.raster,
                ),
            )

    def _missing_fingerprints(
        self, row: sqlite3.Row, brought: Iterable[Fingerprint]
    ) -> list[Fingerprint]:
        """Those of kinds not stored; a file's own replace those that were only stated."""
        rows = self._connection.execute(
            "SELECT sequence, kind, value, quality FROM _fingerprints WHERE picture_id = ?",
            (row["id"],),
        )
        stored = {old["kind"]: old for old in rows}
        missing = [f for f in brought if f.kind not in stored]
        if row["width"] is not None:
            return missing
        better = [f for f in brought if f.kind in stored and _differs(stored[f.kind], f)]
        for fingerprint in better:
            self._drop(row["id"], stored[fingerprint.kind])
        return missing + better

    def _drop(self, picture: int, old: sqlite3.Row) -> None:
        erased = {"sequence": old["sequence"], "picture_id": picture, "kind": old["kind"]}
        self._insert("_erasures", erased)
        self._connection.execute("DELETE FROM _fingerprints WHERE sequence = ?", (old["sequence"],))


_FINGERPRINT = "INSERT INTO _fingerprints (picture_id, kind, value, quality) VALUES (?, ?, ?, ?)"


def _row(picture: int, fingerprint: Fingerprint) -> tuple[int, str, bytes, int | None]:
    return picture, fingerprint.kind, fingerprint.value, fingerprint.quality


def _fingerprints(intake: Intake, hashes: Hashes) -> tuple[Fingerprint, ...]:
    """All that is stored to be compared."""
    examined = intake.examined
    if examined is None:
        return hashes.as_fingerprints()
    small = enumerate((state.examined for state in examined.earlier), start=1)
    return (*_own(examined), *(_numbered(f, n) for n, state in small for f in _own(state)))


def _own(examined: Examined) -> tuple[Fingerprint, ...]:
    return (*examined.fingerprints, *((examined.keypoints,) if examined.keypoints else ()))


def _numbered(fingerprint: Fingerprint, number: int) -> Fingerprint:
    """A fingerprint of an earlier state, which has a kind of its own."""
    return replace(fingerprint, kind=f"{earlier_kind(number)}{fingerprint.kind}")


def _path(intake: Intake) -> str | None:
    return storable(intake.path) if intake.path else None


def _missing_columns(row: sqlite3.Row, intake: Intake, hashes: Hashes) -> Columns:
    """Columns of a known picture that this input fills."""
    examined = intake.examined
    if examined is not None and row["width"] is None:
        file = {"path": _path(intake), "phash": hashes.phash, "pdq": hashes.pdq}
        return {c: v for c, v in file.items() if v is not None} | _examined_columns(examined)
    stated = {"phash": hashes.phash, "pdq": hashes.pdq}
    missing = {c: v for c, v in stated.items() if row[c] is None and v is not None}
    brings_raster = examined is not None and examined.raster is not None
    if brings_raster and not row["has_raster"] and not row["pixels_dropped"]:
        return missing | {"has_raster": 1}
    return missing


def _examined_columns(examined: Examined | None) -> Columns:
    if examined is None:
        return {}
    pdq = examined.fingerprint(PDQ)
    return {
        "size": examined.size,
        "width": examined.width,
        "height": examined.height,
        "format": examined.format,
        "frames": examined.frames,
        "decoder": examined.decoder,
        "pdq_quality": pdq.quality if pdq else None,
        "has_raster": int(examined.raster is not None),
    }


def _differs(stored: sqlite3.Row, fingerprint: Fingerprint) -> bool:
    return (stored["value"], stored["quality"]) != (fingerprint.value, fingerprint.quality)
