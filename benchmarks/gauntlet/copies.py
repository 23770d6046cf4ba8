"""Edited copies of archived photographs: found or missed, row by row and tier by tier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.edits import start
from benchmarks.edits.edited import Edit, Edited, Rgb
from benchmarks.gauntlet.ask import Ask, ask_peers
from benchmarks.gauntlet.kinds import KindTally
from benchmarks.gauntlet.scores import Row, wilson


@dataclass(frozen=True)
class Original:
    """An archived picture that is edited: its number in the archive, its name, its pixels."""

    number: int
    name: str
    rgb: Rgb


def tier(
    ask: Ask,
    name: str,
    edits: Mapping[str, Edit],
    originals: Sequence[Original],
    others: Sequence[Rgb],
    seed: int,
    kinds: KindTally,
) -> dict[str, Any]:
    """All rows of a tier, printed as they come."""
    rows, figures = [], []
    for row_name, edit in edits.items():
        row, said = Row(row_name), KindTally()
        copies = []
        for place, original in enumerate(originals):
            # The seed of a row hangs on its name alone, so that rows can be run apart.
            random = np.random.default_rng([seed, place, len(row_name)])
            copies.append(edit(start(original.rgb), random, others))
        for original, copy in zip(originals, copies, strict=True):
            _count(ask, row, original, copy, said)
        print(row.line(), said.line(), " missed:", ", ".join(row.missed[:6]), flush=True)
        peers = ask_peers(ask.peers, [c.rgb for c in copies], [o.number for o in originals])
        rows.append(row)
        kinds.add(said)
        scores = {"peers": {n: s.figures() for n, s in peers.items()}}
        figures.append(row.figures() | said.summary() | scores)
    return _closed(name, rows, figures)


def _count(ask: Ask, row: Row, original: Original, copy: Edited, said: KindTally) -> None:
    answer = ask(copy.rgb, f"{row.name} of {original.name}", original.number)
    comparison = answer.of(original.number)
    if row.take(copy, comparison, original.name, unjudged=answer.cannot_judge):
        assert comparison is not None
        said.take(copy, comparison)


def _closed(name: str, rows: Sequence[Row], figures: list[dict[str, Any]]) -> dict[str, Any]:
    found, asked = sum(r.found for r in rows), sum(r.asked for r in rows)
    low, high = wilson(found, asked)
    share = 100 * found / max(1, asked)
    print(f"== {name}: {found}/{asked} = {share:.1f} % [{100 * low:.1f}..{100 * high:.1f}]\n")
    return {"tier": name, "found": found, "asked": asked, "bounds": [low, high], "rows": figures}
