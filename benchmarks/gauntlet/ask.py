"""One look-up after the other: answers, times, whoever is accused, what peers say of the same."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.edits.edited import Rgb
from benchmarks.gauntlet.accused import Accused
from benchmarks.gauntlet.flows import Answer, Flow
from benchmarks.gauntlet.peers import Peer
from provenance.models import Relation


@dataclass
class Ask:
    """``picture`` gives name and pixels of an archived picture by its number."""

    flow: Flow
    accused: Accused
    picture: Callable[[int], tuple[str, Rgb]]
    peers: Sequence[Peer] = ()
    times: list[float] = field(default_factory=list)

    def __call__(self, query: Rgb, name: str, right: int | None = None) -> Answer:
        """Look one up; every ``same_picture`` but the right one is a wrong one."""
        began = time.perf_counter()
        answer = self.flow.find(query)
        self.times.append((time.perf_counter() - began) * 1000)
        for number, comparison in answer.found:
            if number != right and comparison.relation is Relation.SAME_PICTURE:
                archived_name, archived = self.picture(number)
                self.accused.take(query, name, archived, archived_name, comparison)
        return answer


@dataclass
class PeerScore:
    """``found``: the right picture; ``wrong``: queries that named any other."""

    asked: int = 0
    found: int = 0
    wrong: int = 0

    def take(self, named: set[int], right: int | None) -> None:
        """Count one query."""
        self.asked += 1
        self.found += right is not None and right in named
        self.wrong += bool(named - {right})

    def figures(self) -> dict[str, int]:
        """As a record."""
        return {"asked": self.asked, "found": self.found, "wrong": self.wrong}


def ask_peers(
    peers: Sequence[Peer], queries: Sequence[Rgb], right: Sequence[int | None]
) -> dict[str, PeerScore]:
    """The same questions to every peer."""
    scores = {}
    for peer in peers:
        scores[peer.name] = score = PeerScore()
        for named, number in zip(peer.find(queries), right, strict=True):
            score.take(named, number)
    return scores
