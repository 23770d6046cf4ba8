"""The figures of a run as tables, as they go into ``benchmarks/quality.md``, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

Figures = dict[str, Any]


def write(out: Path, figures: Figures) -> None:
    """``quality.json`` with everything, ``quality.md`` with the tables."""
    text = json.dumps(figures, indent=1, ensure_ascii=False, default=str)
    (out / "quality.json").write_text(text + "\n", encoding="utf-8")
    (out / "quality.md").write_text("\n".join(_page(figures)) + "\n", encoding="utf-8")


def _page(figures: Figures) -> Iterable[str]:
    run = figures["run"]
    yield f"{run['date']}, {run['machine']}, Python {run['python']}, " + ", ".join(
        f"{name} {version}" for name, version in run["versions"].items()
    )
    yield f"\n`python -m benchmarks.quality {run['arguments']}`, seed {run['seed']}\n"
    parts = (
        ("archive", _archive),
        ("tiers", _tiers),
        ("low_detail", _low_detail),
        ("kinds", _kinds),
        ("strangers", _strangers),
        ("lookalikes", _classes),
        ("scenes", _classes),
        ("pairs", _pairs),
    )
    for name, part in parts:
        if figures.get(name):
            yield from part(figures[name])
            yield ""
    yield from _accused(figures)


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterable[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(str(cell) for cell in row) + " |"


def _archive(archive: Figures) -> Iterable[str]:
    yield f"{archive['pictures']:,} archived: {archive['what']}."
    yield "Bytes a picture: " + ", ".join(f"{k} {v:,}" for k, v in archive["bytes"].items()) + "."
    if archive["look-ups"]:
        yield (
            f"Added at {archive['a second']:.0f} a second; look-up {archive['median ms']:.0f} ms "
            f"in the median, {archive['p95 ms']:.0f} ms at 95 %, of {archive['look-ups']:,}."
        )


def _tiers(tiers: Sequence[Figures]) -> Iterable[str]:
    peers = _peers(tiers[0]["rows"]) if tiers else []
    heads = ["copies", "found", "of", "95 % bounds", "only a similar scene", "region IoU, median"]
    heads += ["share kept, error in points", "kinds named", *peers]
    rows: list[Sequence[object]] = []
    for tier in tiers:
        rows += [_row(row, peers) for row in tier["rows"]]
        rows.append(_sum(tier, peers))
    yield from _table(heads, rows)


def _row(row: Figures, peers: Sequence[str]) -> list[object]:
    crop = row["crop_error_median"]
    return [
        row["row"],
        row["found"],
        row["asked"],
        _bounds(row["bounds"]),
        row["similar_scene"],
        "-" if row["iou_median"] is None else f"{row['iou_median']:.3f}",
        "-" if crop is None else f"{100 * crop:.1f}",
        _percent(row["kinds_named"], row["kinds_expected"]),
        *[_percent(row["peers"][peer]["found"], row["peers"][peer]["asked"]) for peer in peers],
    ]


def _sum(tier: Figures, peers: Sequence[str]) -> list[object]:
    def over(peer: str, what: str) -> int:
        return sum(int(row["peers"][peer][what]) for row in tier["rows"])

    named = [sum(row[key] for row in tier["rows"]) for key in ("kinds_named", "kinds_expected")]
    return [
        f"**{tier['tier']}**",
        f"**{tier['found']}**",
        tier["asked"],
        _bounds(tier["bounds"]),
        sum(row["similar_scene"] for row in tier["rows"]),
        "",
        "",
        _percent(*named),
        *[f"**{_percent(over(peer, 'found'), over(peer, 'asked'))}**" for peer in peers],
    ]


def _low_detail(rows: Sequence[Figures]) -> Iterable[str]:
    heads = ("low detail, saved again", "found", "cannot_judge", "missed", "of")
    yield from _table(
        heads,
        (
            (
                row["row"],
                row["found"],
                row["cannot_judge"],
                row["asked"] - row["found"] - row["cannot_judge"],
                row["asked"],
            )
            for row in rows
        ),
    )


def _kinds(kinds: Figures) -> Iterable[str]:
    heads = ("kind", "named of expected", "share", "said", "not expected")
    yield from _table(
        heads,
        (
            (
                row["kind"],
                f"{row['named']} of {row['expected']}",
                _percent(row["named"], row["expected"]),
                row["said"],
                row["not_expected"],
            )
            for row in kinds["by kind"]
        ),
    )
    close, asked = kinds["crop within 5 points"]
    yield f"\nShare kept within 5 points: {close} of {asked}."
    yield f"Region IoU, median: {kinds['iou median']}."


def _strangers(strangers: Figures) -> Iterable[str]:
    yield (
        f"Strangers: {strangers['wrong']} of {strangers['asked']} look-ups called the same picture "
        f"(at most {100 * strangers['at_most']:.2f} %, 95 %), {strangers['similar_scene']} with a "
        "similar scene."
    )
    for peer, score in strangers["peers"].items():
        yield f"{peer}: {score['wrong']} of {score['asked']}."


def _classes(classes: Sequence[Figures]) -> Iterable[str]:
    peers = sorted({peer for each in classes for peer in each["peers"]})
    heads = ["look-alikes", "pairs", "called the same", "at most (95 %)", "similar scene", *peers]
    yield from _table(
        heads,
        (
            (
                each["class"],
                each["pairs"],
                each["wrong"],
                f"{100 * each['at_most']:.2f} %",
                each["similar_scene"],
                *[each["peers"].get(peer, 0) for peer in peers],
            )
            for each in classes
        ),
    )


def _pairs(pairs: Figures) -> Iterable[str]:
    yield f"Copies made by others: {pairs['found']} of {pairs['asked']} proved."
    for peer, found in pairs["peers"].items():
        yield f"{peer}: {found}."
    for pair in pairs["pairs"]:
        if not pair["found"]:
            yield f"- not proved: {pair['edit']} ({pair['derived']}), {pair['relation']}"


def _accused(figures: Figures) -> Iterable[str]:
    yield f"Wrong `same_picture` in all: {len(figures['wrong'])}."
    for reuse in figures["known"]:
        pair = f"{reuse['query']} -> {reuse['archived']}"
        yield f"- known reuse, counted apart: {pair}: {reuse['why']}"


def _peers(rows: Sequence[Figures]) -> list[str]:
    return list(rows[0]["peers"]) if rows else []


def _bounds(bounds: Sequence[float]) -> str:
    return f"{100 * bounds[0]:.0f} to {100 * bounds[1]:.0f} %"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"
