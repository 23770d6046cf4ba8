"""Every wrong ``same_picture``: printed, counted, laid beside the query."""

from __future__ import annotations

import csv
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from benchmarks.edits.edited import Rgb
from provenance.models import Comparison


class Accused:
    """Every wrong ``same_picture``, printed as it comes and laid beside the query.

    ``known`` maps (query name, archived name) to the reason why both pictures prove a real
    reuse: these are listed and counted apart, never dropped and never counted as wrong. The name of
    a photograph stands for all its copies ("banner of ...").
    """

    def __init__(self, out: Path, known: dict[tuple[str, str], str] | None = None) -> None:
        self.out = out
        self.known = known or {}
        self.wrong: list[dict[str, str]] = []
        self.reuses: list[dict[str, str]] = []

    @property
    def count(self) -> int:
        """Wrong ones so far."""
        return len(self.wrong)

    def take(
        self, query: Rgb, name: str, archived: Rgb, archived_name: str, why: Comparison
    ) -> None:
        """List one."""
        names = (name, name.rpartition(" of ")[2])
        reason = next(
            (self.known[n, archived_name] for n in names if (n, archived_name) in self.known), None
        )
        into, word = (self.wrong, "wrong") if reason is None else (self.reuses, "known")
        sheet = self.out / f"{word}-{len(into) + 1:03}.png"
        Image.fromarray(side_by_side(query, archived)).save(sheet)
        into.append(
            {"query": name, "archived": archived_name, "sheet": sheet.name, "why": reason or ""}
        )
        print(f"  {word.upper()} {name} -> {archived_name}: {why.proof} {sheet.name}", flush=True)


def read_known(path: Path | None) -> dict[tuple[str, str], str]:
    """A table of tab-separated query name, archived name, why; without a heading."""
    if path is None:
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines, delimiter="\t") if row]
    return {(query, archived): why for query, archived, why in rows}


def side_by_side(one: Rgb, other: Rgb, height: int = 360) -> Rgb:
    """Both at one height, a white line between them."""
    shown = [
        cv2.resize(each, (max(1, round(each.shape[1] * height / each.shape[0])), height))
        for each in (one, other)
    ]
    return np.hstack([shown[0], np.full((height, 6, 3), 255, np.uint8), shown[1]])
