"""How many edited copies are found, and who is accused wrongly.

Any folder of photographs in, a table out::

    python -m benchmarks.quality --photos ../shared/data/photos --out quality-out

``--archived`` pictures are archived; copies of ``--edited`` of them are made by every edit of
``benchmarks/edits`` and looked up; so are ``--strangers`` that are not archived, as they are and
under some hard edits. Every wrong ``same_picture`` is listed and laid beside the query as a PNG in
``--out``. ``--scenes`` takes a table (path, group) of other photographs of the same scene: each is
looked up against its group, and every ``same_picture`` there is wrong too. ``--pairs`` takes a
table (original, derived, edit) of copies made by others. ``--flow library`` runs the real archive
instead of the search in memory.
"""

from __future__ import annotations

import argparse
import csv
import platform
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps

from benchmarks.edits import TIERS, start
from benchmarks.edits.edited import Edited, Rgb
from benchmarks.gauntlet.flows import Flow, Library, Memory, archived_view, query_view
from benchmarks.gauntlet.scores import Row, wilson
from provenance.models import Comparison, Relation
from provenance.verify import prove

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".bmp"}
STRANGER_EDITS = ("four-tile collage", "phone screenshot", "crop to 30 %", "banner", "grey")


def main() -> None:
    """Run what the options ask for and print it."""
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    print(f"{platform.platform()}, Python {platform.python_version()}, OpenCV {cv2.__version__}")
    with tempfile.TemporaryDirectory() as folder:
        flow: Flow = Library(Path(folder)) if options.flow == "library" else Memory(options.proofs)
        if options.photos:
            _photographs(flow, options)
    if options.scenes:
        _scenes(options)
    if options.pairs:
        _pairs(options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--photos", type=Path)
    parser.add_argument("--archived", type=int, default=400)
    parser.add_argument("--edited", type=int, default=40)
    parser.add_argument("--strangers", type=int, default=200)
    parser.add_argument("--rows", nargs="*", help="only these edits")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--proofs", type=int, default=20)
    parser.add_argument("--flow", choices=("memory", "library"), default="memory")
    parser.add_argument("--scenes", type=Path)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--out", type=Path, default=Path("quality-out"))
    return parser.parse_args()


def read(path: Path) -> Rgb:
    """Upright RGB pixels; these files are the benchmark's own choice, not a stranger's."""
    with Image.open(path) as image:
        return np.array(ImageOps.exif_transpose(image).convert("RGB"))


# ------------------------------------------------------------------------ photographs


class Accused:
    """Every wrong ``same_picture``, printed as it comes and laid beside the query."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.count = 0

    def take(
        self, query: Rgb, name: str, archived: Rgb, archived_name: str, why: Comparison
    ) -> None:
        """List one."""
        self.count += 1
        sheet = self.out / f"wrong-{self.count:03}.png"
        Image.fromarray(side_by_side(query, archived)).save(sheet)
        print(f"  WRONG {name} -> {archived_name}: {why.proof} {sheet.name}", flush=True)


def side_by_side(one: Rgb, other: Rgb, height: int = 360) -> Rgb:
    """Both at one height, a white line between them."""
    shown = [
        cv2.resize(each, (max(1, round(each.shape[1] * height / each.shape[0])), height))
        for each in (one, other)
    ]
    return np.hstack([shown[0], np.full((height, 6, 3), 255, np.uint8), shown[1]])


def _photographs(flow: Flow, options: argparse.Namespace) -> None:
    paths = sorted(p for p in options.photos.rglob("*") if p.suffix.lower() in SUFFIXES)
    order = np.random.default_rng(options.seed).permutation(len(paths))
    archived = [paths[i] for i in order[: options.archived]]
    strangers = [paths[i] for i in order[options.archived :][: options.strangers]]
    pictures = [read(path) for path in archived]
    began = time.perf_counter()
    size = flow.add(pictures)
    spent = (time.perf_counter() - began) / len(pictures) * 1000
    print(f"{len(pictures)} archived, {spent:.1f} ms and {size} bytes (keypoints, hashes) each")
    accused, times = Accused(options.out), list[float]()
    others = [read(path) for path in strangers]
    queries = 0
    for tier, rows in TIERS.items():
        results = []
        for row, edit in rows.items():
            if options.rows and row not in options.rows:
                continue
            result = Row(row)
            for number in range(min(options.edited, len(archived))):
                random = np.random.default_rng([options.seed, number, len(result.name)])
                edited = edit(start(pictures[number]), random, others)
                answer = _timed(flow, edited.rgb, times)
                queries += 1
                result.take(edited, dict(answer).get(number), archived[number].name)
                for other, comparison in answer:
                    if other != number and comparison.relation is Relation.SAME_PICTURE:
                        name = f"{row} of {archived[number].name}"
                        accused.take(
                            edited.rgb, name, pictures[other], archived[other].name, comparison
                        )
            results.append(result)
            print(result.line(), " missed:", ", ".join(result.missed[:6]), flush=True)
        _tier(tier, results)
    _strangers(
        flow, options, strangers, others, list(zip(archived, pictures, strict=True)), accused, times
    )
    middle = statistics.median(times)
    print(f"look-up: median {middle:.0f} ms over {len(times)} (features, candidates, proof)")
    print(f"wrong same_picture: {accused.count} in {len(times)} look-ups")


def _timed(flow: Flow, query: Rgb, times: list[float]) -> list[tuple[int, Comparison]]:
    began = time.perf_counter()
    answer = flow.find(query)
    times.append((time.perf_counter() - began) * 1000)
    return answer


def _tier(name: str, rows: Sequence[Row]) -> None:
    found, asked = sum(r.found for r in rows), sum(r.asked for r in rows)
    low, high = wilson(found, asked)
    share = 100 * found / max(1, asked)
    print(f"== {name}: {found}/{asked} = {share:.1f} % [{100 * low:.1f}..{100 * high:.1f}]\n")


def _strangers(
    flow: Flow,
    options: argparse.Namespace,
    names: Sequence[Path],
    strangers: Sequence[Rgb],
    archive: Sequence[tuple[Path, Rgb]],
    accused: Accused,
    times: list[float],
) -> None:
    """Strangers as they are, and every fifth under edits that bring clutter along."""
    before, asked, scenes = accused.count, 0, 0
    for name, query in _with_edits(names, strangers, options.seed):
        asked += 1
        for number, comparison in _timed(flow, query.rgb, times):
            if comparison.relation is Relation.SAME_PICTURE:
                accused.take(
                    query.rgb, name, archive[number][1], archive[number][0].name, comparison
                )
            else:
                scenes += 1
    wrong = accused.count - before
    print(
        f"strangers: {wrong} wrong in {asked} look-ups, at most "
        f"{100 * wilson(wrong, asked)[1]:.2f} % (95 %); {scenes} similar scenes"
    )


def _with_edits(
    names: Sequence[Path], strangers: Sequence[Rgb], seed: int
) -> Iterator[tuple[str, Edited]]:
    edits = {name: edit for rows in TIERS.values() for name, edit in rows.items()}
    for number, (path, rgb) in enumerate(zip(names, strangers, strict=True)):
        yield path.name, start(rgb)
        if number % 5 == 0:
            for row in STRANGER_EDITS:
                random = np.random.default_rng([seed, number])
                yield f"{row} of {path.name}", edits[row](start(rgb), random, strangers)


# ------------------------------------------------------------------------ look-alikes


def _scenes(options: argparse.Namespace) -> None:
    """Other photographs of the same scene: none may be called the same picture."""
    accused = Accused(options.out)
    groups: dict[str, list[Path]] = defaultdict(list)
    for entry in _table(options.scenes):
        path = options.scenes.parent / entry["path"]
        groups[f"{path.parent.name}/{entry['group']}"].append(path)
    for group, paths in groups.items():
        pictures = [read(path) for path in paths]
        views = [(query_view(rgb), archived_view(rgb)) for rgb in pictures]
        wrong, scenes, asked = accused.count, 0, 0
        for i, (query, _) in enumerate(views):
            for j, (_, archived) in enumerate(views):
                if i != j:
                    asked += 1
                    found = prove(query, archived)
                    scenes += found is not None and found.relation is Relation.SIMILAR_SCENE
                    if found is not None and found.relation is Relation.SAME_PICTURE:
                        accused.take(pictures[i], paths[i].name, pictures[j], paths[j].name, found)
        print(
            f"scene {group:40} {accused.count - wrong:3} wrong, {scenes:3} similar, {asked} pairs"
        )
    print(f"same_scene: {accused.count} wrong")


def _pairs(options: argparse.Namespace) -> None:
    """Copies that others made: how many are proved."""
    found, asked = 0, 0
    for entry in _table(options.pairs):
        original, derived = (options.pairs.parent / entry[k] for k in ("original", "derived"))
        comparison = prove(query_view(read(derived)), archived_view(read(original)))
        asked += 1
        if comparison is not None and comparison.relation is Relation.SAME_PICTURE:
            found += 1
            kinds = ", ".join(f"{a.kind} {a.numbers or ''}".strip() for a in comparison.alterations)
            print(f"  {entry['edit']:30} {kinds}")
        else:
            relation = comparison.relation if comparison else None
            print(f"  {entry['edit']:30} NOT PROVED ({relation}) {derived.name}")
    print(f"pairs: {found}/{asked}")


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


if __name__ == "__main__":
    main()
