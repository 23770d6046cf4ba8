"""How many edited copies are found, and who is accused wrongly.

Any folder of photographs in, tables out::

    python -m benchmarks.quality --photos ../shared/data/photos --lookalikes 150 --out quality-out

``--archived`` pictures are archived (filled up with generated distractors where the folder holds
fewer, and up to ``--filled-up`` where that is more); copies of ``--edited`` of them are made by
every edit of ``benchmarks/edits`` and looked up;
so are ``--strangers`` that are not archived, as they are and under some hard edits.
``--low-detail`` cards, pages, charts and nights of each class are archived too and looked up saved
again. ``--lookalikes`` makes so many pairs of every class of ``benchmarks/lookalikes``;
``--scenes`` takes a table (path, group) of other photographs of one scene; every ``same_picture``
there is wrong. ``--pairs`` takes a table (original, derived, edit) of copies made by others.
``--peers`` asks other programs the same. ``--known`` names reuses that both pictures prove.
``--flow library`` runs the real archive instead of the search in memory.

``--out`` gets ``quality.md``, ``quality.json`` and every wrong pair side by side.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.edits import TIERS
from benchmarks.edits.edited import Rgb
from benchmarks.gauntlet import alike, low_detail, report
from benchmarks.gauntlet.accused import Accused, read_known, side_by_side
from benchmarks.gauntlet.ask import Ask
from benchmarks.gauntlet.collection import Collection, filling, material, read, shared_out
from benchmarks.gauntlet.copies import Original, tier
from benchmarks.gauntlet.distractors import distractor, distractors
from benchmarks.gauntlet.flows import Flow, Library, Memory
from benchmarks.gauntlet.kinds import KindTally
from benchmarks.gauntlet.peers import Peer, available
from benchmarks.gauntlet.sizes import bytes_a_picture
from benchmarks.gauntlet.strangers import strangers
from benchmarks.lookalikes.photographs import drawn

MATERIAL = 200
"""Photographs held in memory to make look-alikes and distractors from."""

MOST_DRAWN = 6
"""Drawn stand-ins for look-alikes where no photographs are given."""

__all__ = ["main", "read", "side_by_side"]


def main() -> None:
    """Run what the options ask for, print it and write it down."""
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    figures: dict[str, Any] = {"run": _run(options)}
    print(", ".join(f"{k} {v}" for k, v in figures["run"].items()))
    accused = Accused(options.out, read_known(options.known))
    peers = available() if options.peers else []
    collection = shared_out(options.photos, options.archived, options.strangers, options.seed)
    if collection.archived:
        figures |= _photographs(options, collection, accused, peers)
    if options.lookalikes:
        photos = material(collection, MATERIAL) or drawn(MOST_DRAWN)
        figures["lookalikes"] = alike.generated(
            options.classes, options.lookalikes, options.seed, photos, accused, peers
        )
    if options.scenes:
        figures["scenes"] = alike.scenes(options.scenes, accused, peers)
    if options.pairs:
        figures["pairs"] = alike.copies_by_others(options.pairs, peers)
    print(f"wrong same_picture: {accused.count}; known reuses, apart: {len(accused.reuses)}")
    report.write(options.out, figures | {"wrong": accused.wrong, "known": accused.reuses})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--photos", type=Path)
    parser.add_argument("--archived", type=int, default=400)
    parser.add_argument("--filled-up", type=int, default=0, help="with distractors, to so many")
    parser.add_argument("--edited", type=int, default=40)
    parser.add_argument("--strangers", type=int, default=200)
    parser.add_argument("--low-detail", type=int, default=0)
    parser.add_argument("--rows", nargs="*", help="only these edits")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--proofs", type=int, default=20)
    parser.add_argument("--flow", choices=("memory", "library"), default="memory")
    parser.add_argument("--lookalikes", type=int, default=0, help="pairs of every class")
    parser.add_argument("--classes", nargs="*", help="only these classes of look-alikes")
    parser.add_argument("--scenes", type=Path)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--known", type=Path)
    parser.add_argument("--out", type=Path, default=Path("quality-out"))
    return parser.parse_args()


def _run(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "date": date.today().isoformat(),  # noqa: DTZ011 - the day on this machine
        "machine": platform.platform(),
        "python": platform.python_version(),
        "versions": {
            "image-provenance": version("image-provenance"),
            "OpenCV": cv2.__version__,
            "NumPy": np.__version__,
            "Pillow": version("pillow"),
        },
        "seed": options.seed,
        "arguments": " ".join(sys.argv[1:]),
    }


# ------------------------------------------------------------------------ photographs


class Stock:
    """Everything that is archived, by number: photographs, low detail, distractors."""

    def __init__(self, options: argparse.Namespace, collection: Collection) -> None:
        self.photographs = [
            Original(number, path.name, read(path))
            for number, path in enumerate(collection.archived)
        ]
        self._photos = filling(collection, MATERIAL)
        made = low_detail.originals(options.low_detail, options.seed, self._photos)
        self.low_detail: dict[str, list[Original]] = {name: [] for name in low_detail.CLASSES}
        for number, (kind, name, rgb) in enumerate(made, start=len(self.photographs)):
            self.low_detail[kind].append(Original(number, name, rgb))
        self._kept = [*self.photographs, *chain.from_iterable(self.low_detail.values())]
        self._seed = options.seed
        asked: int = max(options.archived, options.filled_up)
        self.filling = max(0, asked - len(self.photographs))

    def __len__(self) -> int:
        return len(self._kept) + self.filling

    def pictures(self) -> Iterator[Rgb]:
        """One after the other, by number."""
        yield from (original.rgb for original in self._kept)
        yield from distractors(self.filling, self._photos, self._seed)

    def picture(self, number: int) -> tuple[str, Rgb]:
        """Name and pixels."""
        if number < len(self._kept):
            return self._kept[number].name, self._kept[number].rgb
        made = number - len(self._kept)
        return f"distractor {made}", distractor(made, self._photos, self._seed)

    def told(self) -> str:
        """What is in it, in words."""
        low = len(self._kept) - len(self.photographs)
        parts = [f"{len(self.photographs)} photographs"]
        parts += [f"{low} pictures of low detail"] if low else []
        parts += [f"filled up with {self.filling} generated distractors"] if self.filling else []
        return ", ".join(parts)


def _photographs(
    options: argparse.Namespace,
    collection: Collection,
    accused: Accused,
    peers: list[Peer],
) -> dict[str, Any]:
    stock = Stock(options, collection)
    with tempfile.TemporaryDirectory() as folder:
        flow: Flow = Library(Path(folder)) if options.flow == "library" else Memory(options.proofs)
        archive = _archived(flow, stock)
        for peer in peers:
            peer.add(stock.pictures())
        ask = Ask(flow, accused, stock.picture, peers)
        # A tile of a collage that is a reuse itself would be listed as wrong, under another name.
        reused = {query for query, _ in accused.known}
        known = {path.name: read(path) for path in collection.strangers}
        tiles = [rgb for name, rgb in known.items() if name not in reused] or drawn(MOST_DRAWN)
        figures = _copies(ask, options, stock, tiles)
        if known:
            figures["strangers"] = strangers(ask, known, tiles, options.seed)
    return figures | {"archive": archive | _times(ask.times)}


def _archived(flow: Flow, stock: Stock) -> dict[str, Any]:
    began = time.perf_counter()
    flow.add(stock.pictures())
    rate = len(stock) / (time.perf_counter() - began)
    sizes = bytes_a_picture([original.rgb for original in stock.photographs[:100]])
    told = ", ".join(f"{name} {size}" for name, size in sizes.items())
    print(f"{len(stock)} archived ({stock.told()}), {rate:.1f} a second; bytes a picture: {told}")
    return {"pictures": len(stock), "what": stock.told(), "bytes": sizes, "a second": rate}


def _copies(
    ask: Ask, options: argparse.Namespace, stock: Stock, others: list[Rgb]
) -> dict[str, Any]:
    """Every edit of every tier; then what is hard to see anything in."""
    kinds, tiers = KindTally(), []
    originals = stock.photographs[: options.edited]
    for name, edits in TIERS.items():
        wanted = {k: v for k, v in edits.items() if not options.rows or k in options.rows}
        tiers.append(tier(ask, name, wanted, originals, others, options.seed, kinds))
    return {
        "tiers": tiers,
        "kinds": _kinds(kinds, tiers),
        "low_detail": _low_detail(ask, options, stock, others),
    }


def _low_detail(
    ask: Ask, options: argparse.Namespace, stock: Stock, others: list[Rgb]
) -> list[dict[str, Any]]:
    """Counted apart: these are no photographs, and ``cannot_judge`` is an honest answer."""
    rows = []
    for name, originals in stock.low_detail.items():
        if originals:
            edits = {f"{name}, {edit}": how for edit, how in low_detail.EDITS.items()}
            rows += tier(ask, name, edits, originals, others, options.seed, KindTally())["rows"]
    return rows


def _kinds(kinds: KindTally, tiers: Iterable[dict[str, Any]]) -> dict[str, Any]:
    rows = [row for each in tiers for row in each["rows"]]
    overlaps = [row["iou_median"] for row in rows if row["iou_median"] is not None]
    close, asked = (sum(row[key] for row in rows) for key in ("crop_close", "crop_asked"))
    for row in kinds.figures():
        print(
            "kind {kind:18} named {named}/{expected}, said {said}, amiss {not_expected}".format(
                **row
            )
        )
    return {
        "by kind": kinds.figures(),
        "crop within 5 points": [close, asked],
        "iou median": round(float(np.median(overlaps)), 4) if overlaps else None,
    }


def _times(times: list[float]) -> dict[str, Any]:
    median, late = np.percentile(times, [50, 95]) if times else (0.0, 0.0)
    print(f"look-up: median {median:.0f} ms, p95 {late:.0f} ms, of {len(times)}")
    return {"median ms": float(median), "p95 ms": float(late), "look-ups": len(times)}


if __name__ == "__main__":
    main()
