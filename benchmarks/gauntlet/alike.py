"""Pairs that look alike and are not the same: generated classes, and real ones from a table."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.edits.edited import Rgb
from benchmarks.gauntlet.accused import Accused
from benchmarks.gauntlet.collection import read
from benchmarks.gauntlet.flows import archived_view, query_view
from benchmarks.gauntlet.peers import Peer
from benchmarks.gauntlet.scores import at_most
from benchmarks.lookalikes import CLASSES, pairs
from provenance.models import Comparison, Relation
from provenance.verify import ArchivedView, QueryView, prove


@dataclass
class Tally:
    """One class: pairs, wrong ones, similar scenes; by variant; and what peers call the same."""

    name: str
    pairs: int = 0
    wrong: int = 0
    scenes: int = 0
    variants: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    peers: Counter[str] = field(default_factory=Counter)

    def take(self, comparison: Comparison | None, variant: str = "") -> bool:
        """Count one pair; whether it was called the same picture."""
        relation = comparison.relation if comparison else None
        wrong = relation is Relation.SAME_PICTURE
        self.pairs += 1
        self.wrong += wrong
        self.scenes += relation is Relation.SIMILAR_SCENE
        if variant:
            self.variants[variant][0] += 1
            self.variants[variant][1] += wrong
        return wrong

    def figures(self) -> dict[str, Any]:
        """The class as a record; ``variants`` gives pairs and wrong ones."""
        return {
            "class": self.name,
            "pairs": self.pairs,
            "wrong": self.wrong,
            "similar_scene": self.scenes,
            "at_most": at_most(self.wrong, self.pairs),
            "variants": dict(self.variants),
            "peers": dict(self.peers),
        }

    def line(self) -> str:
        """The class as text."""
        amiss = [f"{v} {wrong}/{n}" for v, (n, wrong) in self.variants.items() if wrong]
        return (
            f"{self.name:34} {self.pairs:4} pairs {self.wrong:4} wrong {self.scenes:4} similar  "
            f"at most {100 * at_most(self.wrong, self.pairs):5.2f} %  {'; '.join(amiss)}"
        )


def generated(
    names: Sequence[str],
    count: int,
    seed: int,
    photos: Sequence[Rgb],
    accused: Accused,
    peers: Sequence[Peer],
) -> list[dict[str, Any]]:
    """``count`` pairs of each class, each proved alone."""
    print("\nlook-alikes made by generators")
    tallies = []
    for name in names or CLASSES:
        tally = Tally(name)
        for number, pair in enumerate(pairs(name, count, seed, photos)):
            found = prove(query_view(pair.query), archived_view(pair.archived))
            if tally.take(found, pair.variant) and found is not None:
                label = f"{name} {number} ({pair.variant})"
                accused.take(pair.query, f"{label} query", pair.archived, label, found)
            for peer in peers:
                tally.peers[peer.name] += peer.same(pair.query, pair.archived)
        print(tally.line(), flush=True)
        tallies.append(tally)
    return _together("all generated", tallies)


def scenes(table: Path, accused: Accused, peers: Sequence[Peer]) -> list[dict[str, Any]]:
    """Other photographs of one scene: every one of a group against every other."""
    print("\nother photographs of one scene")
    groups: dict[str, list[Path]] = defaultdict(list)
    for entry in rows(table):
        path = table.parent / entry["path"]
        groups[f"{path.parent.name}/{entry['group']}"].append(path)
    tallies = []
    for group, paths in groups.items():
        tally = Tally(group)
        pictures = [read(path) for path in paths]
        for i, j, found in _against_each_other(pictures):
            if tally.take(found) and found is not None:
                accused.take(pictures[i], paths[i].name, pictures[j], paths[j].name, found)
            for peer in peers:
                tally.peers[peer.name] += peer.same(pictures[i], pictures[j])
        print(tally.line(), flush=True)
        tallies.append(tally)
    return _together("all scenes", tallies)


def copies_by_others(table: Path, peers: Sequence[Peer]) -> dict[str, Any]:
    """Copies that others made: how many are proved."""
    print("\ncopies made by others")
    figures: list[dict[str, Any]] = []
    named: Counter[str] = Counter()
    for entry in rows(table):
        original, derived = (read(table.parent / entry[k]) for k in ("original", "derived"))
        comparison = prove(query_view(derived), archived_view(original))
        relation = str(comparison.relation) if comparison else None
        found = relation == "same_picture"
        changes = comparison.alterations if comparison else ()
        kinds = ", ".join(f"{a.kind} {a.numbers or ''}".strip() for a in changes)
        print(f"  {entry['edit']:30} {kinds if found else f'NOT PROVED ({relation})'}")
        figures.append(entry | {"found": found, "relation": relation, "alterations": kinds})
        for peer in peers:
            named[peer.name] += peer.same(derived, original)
    proved = sum(each["found"] for each in figures)
    print(f"pairs: {proved}/{len(figures)}")
    return {"asked": len(figures), "found": proved, "pairs": figures, "peers": dict(named)}


def rows(table: Path) -> list[dict[str, str]]:
    """A table of tab-separated columns with a heading."""
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _against_each_other(
    pictures: Sequence[Rgb],
) -> Iterator[tuple[int, int, Comparison | None]]:
    views: list[tuple[QueryView, ArchivedView]] = [
        (query_view(rgb), archived_view(rgb)) for rgb in pictures
    ]
    for i, (query, _) in enumerate(views):
        for j, (_, archived) in enumerate(views):
            if i != j:
                yield i, j, prove(query, archived)


def _together(name: str, tallies: Sequence[Tally]) -> list[dict[str, Any]]:
    """All classes and their sum."""
    total = Tally(name)
    for tally in tallies:
        total.pairs += tally.pairs
        total.wrong += tally.wrong
        total.scenes += tally.scenes
        total.peers.update(tally.peers)
    print(total.line(), flush=True)
    return [tally.figures() for tally in [*tallies, total]]
