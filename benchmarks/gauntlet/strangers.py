"""Photographs that are not archived: nobody may be called a copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.edits import TIERS, start
from benchmarks.edits.edited import Edited, Rgb
from benchmarks.gauntlet.ask import Ask, ask_peers
from benchmarks.gauntlet.scores import at_most

STRANGER_EDITS = ("four-tile collage", "phone screenshot", "crop to 30 %", "banner", "grey")


def strangers(
    ask: Ask, pictures: Mapping[str, Rgb], tiles: Sequence[Rgb], seed: int
) -> dict[str, Any]:
    """Strangers, by name, as they are, and every fifth under edits that bring clutter along.

    ``tiles`` are what else such an edit shows.
    """
    before, asked, scenes, queries = ask.accused.count, 0, 0, []
    for name, query in with_edits(pictures, tiles, seed):
        asked += 1
        scenes += any(not _same(c.relation) for _, c in ask(query.rgb, name).found)
        if ask.peers:
            queries.append(query.rgb)
    wrong = ask.accused.count - before
    bound = at_most(wrong, asked)
    print(
        f"strangers: {wrong} wrong in {asked} look-ups, at most "
        f"{100 * bound:.2f} % (95 %); {scenes} with a similar scene"
    )
    peers = ask_peers(ask.peers, queries, [None] * len(queries))
    for name, score in peers.items():
        print(f"  {name}: {score.wrong} of {score.asked} wrong")
    return {
        "asked": asked,
        "wrong": wrong,
        "at_most": bound,
        "similar_scene": scenes,
        "peers": {name: score.figures() for name, score in peers.items()},
    }


def _same(relation: str) -> bool:
    return relation == "same_picture"


def with_edits(
    pictures: Mapping[str, Rgb], tiles: Sequence[Rgb], seed: int
) -> Iterator[tuple[str, Edited]]:
    """Each picture, by name, and of every fifth some edits."""
    edits = {name: edit for rows in TIERS.values() for name, edit in rows.items()}
    for number, (name, rgb) in enumerate(pictures.items()):
        yield name, start(rgb)
        if number % 5 == 0:
            for row in STRANGER_EDITS:
                random = np.random.default_rng([seed, number])
                yield f"{row} of {name}", edits[row](start(rgb), random, tiles)
