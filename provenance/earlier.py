"""Matches through small pictures inside files: what a picture was before it was changed.

A file may carry an earlier state of its picture (a thumbnail that an editor forgot, what
signed credentials say it was made from). The query's are asked like pictures of their own;
those of archived files are asked about with the query. Proof is the usual one, on the small
picture's raster. Files without such a state, which are nearly all, cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from provenance.archive import Archive
from provenance.fingerprint import keypoints, raster
from provenance.models import (
    Candidate,
    Comparison,
    Direction,
    Earlier,
    EarlierState,
    Examined,
    Match,
    Relation,
)
from provenance.proving import LEAST_VOTES, asked_of, compared, view_of
from provenance.search import LEAST_OF_BEST, Searcher
from provenance.verify import ArchivedView, Hint, QueryView, prove

MOST = 4
"""Candidates proved for each small picture: it was changed little, or it is among the first."""

LARGE_ENOUGH = 320
"""Long side in pixels from which on a small picture of the query may count as much as a picture. Of
60 pairs of other photographs of one scene two were called the same with the query reduced to 160
pixels, as thumbnails are, and none at 320 or 480. What rests on less is an indication."""

THE_PICTURE = ""
"""Stands for the archived pictures themselves among the kinds that are asked."""


@dataclass(frozen=True, slots=True)
class _Side:
    """What is asked: the query itself, or a small picture inside it."""

    examined: Examined
    state: EarlierState | None = None


def prove_earlier(
    archive: Archive,
    searcher: Searcher,
    examined: Examined,
    known: Mapping[int, Comparison],
) -> list[Match]:
    """The archived pictures that match through a small picture, without those ``known``."""
    found: dict[int, Comparison] = {}
    for side, among in _ways(archive, examined):
        view = view_of(side.examined)
        least = _least_votes(known.values() if side.state is None else ())
        for candidate in searcher.candidates(asked_of(side.examined), among)[:MOST]:
            if candidate.picture not in known and not _is_chance(candidate, least):
                proved = _proved(archive, view, candidate, side, among)
                if proved is not None and _is_better(proved, found.get(candidate.picture)):
                    found[candidate.picture] = proved
    return [Match(archive.picture(picture), each) for picture, each in found.items()]


def _ways(archive: Archive, examined: Examined) -> Iterator[tuple[_Side, str]]:
    """Every pair of sides with a small picture on one of them or on both."""
    small = [_Side(state.examined, state) for state in examined.earlier]
    kinds = archive.earlier_kinds()
    yield from ((side, THE_PICTURE) for side in small)
    yield from ((side, kind) for side in (_Side(examined), *small) for kind in kinds)


def _proved(
    archive: Archive, view: QueryView, candidate: Candidate, side: _Side, among: str
) -> Comparison | None:
    """The comparison as one of the pictures, where the small ones are the same photograph."""
    if among == THE_PICTURE:
        proved, through = compared(archive, view, candidate), Earlier(proved=True)
    else:
        proved, through = _with_archived_state(archive, view, candidate, among)
    if proved is None or proved.relation is not Relation.SAME_PICTURE:
        return None
    if side.state is not None:
        large = max(side.examined.width, side.examined.height) >= LARGE_ENOUGH
        belongs = through.proved and side.state.proved and large
        through = replace(through, query=side.state.origin, proved=belongs)
    return _told(proved, through)


def _with_archived_state(
    archive: Archive, view: QueryView, candidate: Candidate, among: str
) -> tuple[Comparison | None, Earlier]:
    material = archive.earlier_material(candidate.picture, among)
    if material is None:
        return None, Earlier()
    archived = ArchivedView(
        material.width,
        material.height,
        keypoints.unpack(material.keypoints, material.width, material.height),
        raster.unpack(material.raster),
    )
    hint = Hint(candidate.plain, candidate.mirrored, whole=bool(candidate.distances))
    proved = prove(view, archived, hint)
    return proved, Earlier(archive=material.origin, proved=material.proved)


def _told(proved: Comparison, through: Earlier) -> Comparison:
    """Without what holds only of the small picture: how it differs, where it lies."""
    told = replace(proved, earlier=through, alterations=(), direction=Direction(), seen=())
    if through.query is None:
        return told
    return replace(told, region=None, share_of_query=None)


def _least_votes(known: Iterable[Comparison]) -> float:
    """Of a query that matches already, chance gives every small picture some votes."""
    most = max((comparison.proof.inliers or 0 for comparison in known), default=0)
    return max(LEAST_VOTES, most * LEAST_OF_BEST)


def _is_chance(candidate: Candidate, least: float) -> bool:
    """Whether nothing speaks for it but the few votes that strangers get."""
    return candidate.votes < least and not candidate.distances


def _is_better(one: Comparison, other: Comparison | None) -> bool:
    """Shown to belong to its picture, then more agreeing points."""
    return other is None or _worth(one) > _worth(other)


def _worth(comparison: Comparison) -> tuple[bool, int]:
    through = comparison.earlier
    return through is not None and through.proved, comparison.proof.inliers or 0
