"""What ``proof.false_alarms`` rests on: fitted on some strangers, checked on others.

Any folder of photographs in, constants, tables and curves out::

    python -m benchmarks.calibrate --photos ../shared/data/photos --others FOLDER
        --scenes ../shared/data/same_scene.tsv --svg docs/false-alarms.svg

Photographs that are not archived are looked up through the real program, as they are and every
``--every``-th under some hard edits; whatever is laid over them is a wrong candidate, unless it
comes from the stranger's own folder, where there may be other photographs of one scene. Both halves
of the strangers are fitted and the safer tail is taken; the half that was not, the other half in an
archive of twice the size, and the photographs of ``--others`` are what it must foretell. Apart from
them: what lies in one folder, other photographs of one scene (``--scenes``), ``--lookalikes``
generated pairs of each class; for these it does not hold. The constants go into
``provenance/verify/judging/false_alarms.py``. Seven minutes of one core with ``--strangers 110``.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import cv2
import numpy as np

from benchmarks.calibration.counted import KINDS, Counted, counting, together
from benchmarks.calibration.curves import Line, Panel, drawn
from benchmarks.calibration.fitted import safer, table
from benchmarks.edits import TIERS, start
from benchmarks.edits.edited import Rgb
from benchmarks.gauntlet.alike import rows
from benchmarks.gauntlet.collection import SUFFIXES, material, read, shared_out
from benchmarks.gauntlet.flows import Library, archived_view, query_view
from benchmarks.gauntlet.strangers import STRANGER_EDITS
from benchmarks.lookalikes import CLASSES, pairs
from provenance.models import Comparison, Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.judging.false_alarms import Tail
from provenance.verify.judging.judgement import STRICT_INLIERS, STRICT_SPREAD

Views = tuple[QueryView, ArchivedView]

LARGEST = 1200
"""Long side to which larger photographs are shrunk, to save time."""

TITLES = {
    "pixels": ("Pixels compared", "score of a wrong candidate", 60.0),
    "points": ("Keypoints alone", "agreeing points of a wrong candidate", 160.0),
}
STRANGERS, OTHERS, SCENES = "#1f6fb4", "#3a9b5c", "#c8372d"


def main() -> None:
    """Count, fit, check, print."""
    options = _options()
    cv2.setNumThreads(1)
    every, folders = _strangers(options)
    halves = every[:2]
    alike = [*_scenes(options.scenes), *_generated(options)]
    counted_in = halves[0].pictures
    least = sum(group.met for group in every) // counted_in
    tails = {kind: safer(halves, kind, least) for kind in KINDS}
    print(f"\nCOUNTED_IN = {counted_in}")
    for kind in KINDS:
        print(f"{kind.upper()} = {tails[kind]}")
        print(f"\n{kind}: wrong candidates reaching a score, observed / foretold\n")
        print(table(tails[kind], kind, every, counted_in))
    _tell_alike([together("strangers' own folders", folders), *alike])
    _tell_wrong([*every, *alike])
    options.svg.write_text(_curves(tails, halves, alike), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--others", type=Path, help="photographs of another origin, for the check")
    parser.add_argument("--scenes", type=Path)
    parser.add_argument("--archived", type=int, default=350)
    parser.add_argument("--strangers", type=int, default=180, help="of each half")
    parser.add_argument("--every", type=int, default=10)
    parser.add_argument("--lookalikes", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--svg", type=Path, default=Path("false-alarms.svg"))
    return parser.parse_args()


# -------------------------------------------------------------------------- strangers


@dataclass(frozen=True)
class Asked:
    """A query and the folder of the photographs it was made from."""

    folder: Path
    name: str
    rgb: Rgb


class Place:
    """An archive that grows, and who of it may be asked for as a stranger.

    What lies in the query's own folder is set apart: a series of one photographer, or of one
    kitchen floor, holds other photographs of one scene.
    """

    def __init__(self, folder: Path) -> None:
        self.apart: list[Counted] = []
        self._library = Library(folder)
        self._folders: list[Path] = []

    def add(self, paths: Sequence[Path]) -> None:
        """Archive photographs; their ids follow the order of adding."""
        self._library.add(read(path) for path in paths)
        self._folders += [path.parent for path in paths]

    def ask(self, name: str, queries: Iterable[Asked]) -> Counted:
        """Look all up; returns what strangers scored."""
        strangers, apart = Counted(name), Counted(f"one folder, {name}")
        for query in queries:
            strangers.met += sum(folder != query.folder for folder in self._folders)
            self._ask(query, strangers, apart)
        print(f"{name}: {strangers.asked} look-ups, {len(strangers.pixels)} laid over", flush=True)
        self.apart.append(apart)
        return strangers

    def _ask(self, query: Asked, strangers: Counted, apart: Counted) -> None:
        strangers.asked += 1
        apart.asked += 1
        with counting(strangers, apart, lambda picture: self._is_stranger(picture, query)):
            answer = self._library.find(query.rgb)
        for _, comparison in answer.found:
            _take_wrong(strangers, query.name, comparison)

    def _is_stranger(self, picture: int, query: Asked) -> bool:
        return self._folders[picture - 1] != query.folder


def _strangers(options: argparse.Namespace) -> tuple[list[Counted], list[Counted]]:
    """Two halves to fit, then others to check; and what is set apart of each."""
    kept = shared_out(options.photos, 2 * options.archived, 2 * options.strangers, options.seed)
    half = len(kept.archived) // 2
    strangers = [Asked(path.parent, path.name, _small(read(path))) for path in kept.strangers]
    one, other = strangers[: options.strangers], strangers[options.strangers :]
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        place.add(kept.archived[:half])
        groups = [place.ask("one half", _edited(one, options))]
        groups += [place.ask("other half", _edited(other, options))]
        place.add(kept.archived[half:])
        groups += [place.ask("other half, twice the archive", other)]
        if options.others:
            groups += [place.ask("other origin", _others(options))]
    return groups, place.apart


def _edited(strangers: Sequence[Asked], options: argparse.Namespace) -> Iterator[Asked]:
    """Each as it is, some under edits; a collage is filled from the same folder."""
    edits = {name: edit for tier in TIERS.values() for name, edit in tier.items()}
    for number, each in enumerate(strangers):
        yield each
        tiles = [other.rgb for other in strangers if other.folder == each.folder]
        for row in STRANGER_EDITS if number % options.every == 0 else ():
            random = np.random.default_rng([options.seed, number])
            rgb = edits[row](start(each.rgb), random, tiles).rgb
            yield Asked(each.folder, f"{row} of {each.name}", rgb)


def _others(options: argparse.Namespace) -> Iterator[Asked]:
    """As many as there are strangers, evenly taken."""
    paths = sorted(p for p in options.others.rglob("*") if p.suffix.lower() in SUFFIXES)
    for path in paths[:: max(1, len(paths) // options.strangers)]:
        yield Asked(options.others, path.name, _small(read(path)))


def _small(rgb: Rgb) -> Rgb:
    factor = LARGEST / max(rgb.shape)
    if factor >= 1:
        return rgb
    return np.asarray(cv2.resize(rgb, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))


# ------------------------------------------------------------------------ look-alikes


def _scenes(scenes: Path | None) -> list[Counted]:
    """Every photograph of a scene against every other, folder by folder."""
    groups: dict[str, dict[str, list[Path]]] = {}
    for entry in rows(scenes) if scenes else ():
        path = (scenes.parent if scenes else Path()) / entry["path"]
        groups.setdefault(path.parent.name, {}).setdefault(entry["group"], []).append(path)
    return [
        _proved(name, ((a, b) for paths in each.values() for a, b in _against(paths)))
        for name, each in groups.items()
    ]


def _against(paths: Sequence[Path]) -> Iterator[Views]:
    pictures = [_small(read(path)) for path in paths]
    views = [(query_view(rgb), archived_view(rgb)) for rgb in pictures]
    return ((one[0], other[1]) for one, other in permutations(views, 2))


def _generated(options: argparse.Namespace) -> list[Counted]:
    if not options.lookalikes:
        return []
    photos = material(shared_out(options.photos, 0, 0, options.seed), 100)
    every = {name: pairs(name, options.lookalikes, options.seed, photos) for name in CLASSES}
    return [
        _proved(name, ((query_view(p.query), archived_view(p.archived)) for p in each))
        for name, each in every.items()
    ]


def _proved(name: str, alike: Iterable[Views]) -> Counted:
    """Each pair alone; of each pair the best score."""
    total = Counted(name)
    for query, archived in alike:
        pair = Counted(name)
        with counting(pair):
            comparison = prove(query, archived)
        total.asked += 1
        total.pixels += [pair.best("pixels")]
        total.points += pair.points
        total.spread += pair.spread
        _take_wrong(total, f"pair {total.asked}", comparison)
    return total


def _take_wrong(counted: Counted, which: str, comparison: Comparison | None) -> None:
    if comparison is not None and comparison.relation is Relation.SAME_PICTURE:
        told = comparison.proof
        counted.wrong.append(f"{counted.name}, {which}: {told.inliers} points, {told.method}")


# ---------------------------------------------------------------------------- telling


def _tell_alike(alike: Sequence[Counted]) -> None:
    print("\nlook-alikes, each pair alone; points over at least half of the archived picture\n")
    print("| class | pairs | best score | most points | called the same | ... without pixels |")
    print("|---" * 6 + "|")
    for each in alike:
        wide = [p for p, s in zip(each.points, each.spread, strict=True) if s >= STRICT_SPREAD]
        strict = sum(points >= STRICT_INLIERS for points in wide)
        best = f"{each.best('pixels'):.0f} | {max(wide, default=0):.0f}"
        print(f"| {each.name} | {each.asked} | {best} | {len(each.wrong)} | {strict} |")


def _tell_wrong(groups: Sequence[Counted]) -> None:
    wrong = [each for group in groups for each in group.wrong]
    print(f"\ncalled the same picture: {len(wrong)}", *wrong, sep="\n  ")


def _curves(tails: dict[str, Tail], halves: Sequence[Counted], alike: Sequence[Counted]) -> str:
    scenes = together("", alike)
    return drawn([_panel(kind, tails[kind], halves, scenes) for kind in KINDS])


def _panel(kind: str, told: Tail, halves: Sequence[Counted], scenes: Counted) -> Panel:
    title, score, most = TITLES[kind]
    steps = np.linspace(0, most, 241).tolist()
    lines = [
        Line("strangers, one half", STRANGERS, _observed(kind, halves[0], steps)),
        Line("strangers, other half", OTHERS, _observed(kind, halves[1], steps)),
        Line("what is said", "#000", [(s, told.expected(s)) for s in steps], dashed=True),
    ]
    if scenes.asked:
        lines.append(Line("look-alikes, a pair", SCENES, _observed(kind, scenes, steps)))
    return Panel(title, score, most, lines)


def _observed(kind: str, counted: Counted, steps: Sequence[float]) -> list[tuple[float, float]]:
    return [(s, counted.reaching(kind, s) / max(counted.asked, 1)) for s in steps]


if __name__ == "__main__":
    main()
