"""Which archived pictures a query holds: search -> verify, until nothing new is proved.

First the whole picture is asked. Then each rectangle that may hold a picture of its own and is not
explained yet; then, as long as that proves something new, what no proved picture explains. A
picture that fills the query costs one round and nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from provenance.archive import Archive, Material
from provenance.fingerprint import keypoints, pdq, phash, raster
from provenance.models import (
    Box,
    Candidate,
    Comparison,
    Examined,
    Inset,
    Match,
    Proof,
    Relation,
)
from provenance.search import MOST_VOTED, Searcher, SearchQuery
from provenance.verify import ArchivedView, Hint, QueryView, prove
from provenance.verify.inset import prove_inside
from provenance.verify.regions.rest import inset_of, is_explained, rest_of

MOST_ROUNDS = 4
"""Rounds over what is left, at most: each costs a search."""

THOROUGH = 3
"""So many of the first candidates are looked at with all their keypoints. Among 700 photographs the
right one of 40 crops to 15 % was among the first five for 38."""

LEAST_VOTES = 3
"""Votes below which a candidate that no hash proposes is only proved if it is among the first:
strangers get one or two in every query, the copied picture of 36 crops and tiles five and more."""

SMALL = 256
MOST_OF_SMALL = 30
"""Long side in pixels up to which a query is small, and candidates that are proved for it, all of
them thoroughly: of deep crops that small the right picture is among the first three for nine in
ten only, and has no more votes than a stranger. Of 80 crops to 15 % of an archive of 700, 70 are
proved so, and 66 otherwise; of 60 others 53 both ways."""

BEATEN = 8
"""Once a picture is proved, those with less than an eighth of its votes are left for later rounds:
what chance gave them does not grow with the copy."""

MOST_IN_INSET = 8
MOST_IN_REST = 4
"""Candidates proved for a rectangle and for what is left: little is asked, so what is right is
among the first. Those that a rectangle's own hash proposes come on top."""


def prove_all(
    archive: Archive,
    searcher: Searcher,
    examined: Examined,
    besides: Sequence[Match] = (),
    rejected: Callable[[int], bool] = lambda _: False,
) -> list[Match]:
    """All that can be proved, without the pictures already matched ``besides``.

    A picture that people ``rejected`` for this query explains nothing of it.
    """
    view = view_of(examined)
    found = _Found(archive, {match.picture.id for match in besides}, rejected)
    is_small = max(examined.width, examined.height) <= SMALL
    most = MOST_OF_SMALL if is_small else MOST_VOTED
    candidates = _telling(searcher.candidates(asked_of(examined), most=most), _quality(examined))
    found.take(view, candidates, thorough=MOST_OF_SMALL if is_small else THOROUGH)
    if not besides:
        _insets(searcher, examined, view, found)
        _rest(searcher, view, found)
    return found.matches()


def view_of(examined: Examined) -> QueryView:
    """The side of a proof that is asked about."""
    assert examined.query_keypoints is not None
    assert examined.query_mirrored is not None
    assert examined.query_raster is not None
    return QueryView(
        examined.width,
        examined.height,
        examined.query_keypoints,
        examined.query_mirrored,
        examined.query_raster,
        examined.query_quality,
    )


def asked_of(examined: Examined) -> SearchQuery:
    """What the indexes are asked for a whole picture."""
    perceptual = examined.fingerprint(phash.KIND)
    return SearchQuery(
        pdq=examined.query_pdq,
        phash=perceptual.value if perceptual else None,
        plain=examined.query_keypoints,
        mirrored=examined.query_mirrored,
    )


def compared(archive: Archive, view: QueryView, candidate: Candidate) -> Comparison | None:
    """What can be proved of one candidate, as far as the search proposed it."""
    return _compared(archive, view, candidate, _hint(candidate, thorough=True), None)


def hash_agreement(distance: int) -> Comparison:
    """Fingerprints agree; no pixels were compared."""
    return Comparison(
        relation=Relation.SAME_PICTURE,
        proof=Proof("hash", distance=distance),
        region=None,
        covers=None,
        share_of_query=None,
    )


# ------------------------------------------------------------------------------ rounds


class _Found:
    """What was proved so far, the best comparison of each picture."""

    def __init__(self, archive: Archive, known: set[int], rejected: Callable[[int], bool]) -> None:
        self._archive = archive
        self._known = known
        self._rejected = rejected
        self._proved: dict[int, Comparison] = {}

    def take(
        self,
        view: QueryView,
        candidates: Sequence[Candidate],
        within: Box | None = None,
        thorough: int = THOROUGH,
    ) -> bool:
        """Prove the candidates that are not matched yet; whether that matched any.

        The first are looked at ``thorough``ly, however few votes they have.
        """
        before, least = len(self.same()), LEAST_VOTES
        for rank, candidate in enumerate(candidates):
            first = rank < thorough
            if not self._is_open(candidate.picture) or _is_chance(candidate, first, least):
                continue
            hint = _hint(candidate, thorough=first)
            compared = _compared(self._archive, view, candidate, hint, within)
            self._keep(candidate.picture, compared)
            if _is_same(compared) and not self._rejected(candidate.picture):
                least = max(least, candidate.votes // BEATEN)
        return len(self.same()) > before

    def same(self) -> list[Comparison]:
        """The comparisons that prove the same picture."""
        return [c for c in self._proved.values() if c.relation is Relation.SAME_PICTURE]

    def explaining(self) -> list[Comparison]:
        """Those of them that people did not reject."""
        same = ((p, c) for p, c in self._proved.items() if c.relation is Relation.SAME_PICTURE)
        return [comparison for picture, comparison in same if not self._rejected(picture)]

    def matches(self) -> list[Match]:
        """Everything proved, with its picture."""
        return [Match(self._archive.picture(p), c) for p, c in self._proved.items()]

    def but_rejected(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Without the matches that people rejected: they take no place from the others."""
        gone = {picture for picture in self._proved if self._rejected(picture)}
        return [each for each in candidates if each.picture not in gone]

    def _is_open(self, picture: int) -> bool:
        """Whether more could be proved of a picture than is."""
        return picture not in self._known and not _is_same(self._proved.get(picture))

    def _keep(self, picture: int, comparison: Comparison | None) -> None:
        """The first comparison stays, unless a later one proves more."""
        if comparison is None:
            return
        if picture not in self._proved or comparison.relation is Relation.SAME_PICTURE:
            self._proved[picture] = comparison


def _insets(searcher: Searcher, examined: Examined, view: QueryView, found: _Found) -> None:
    """Each proposed rectangle that is not explained yet, as a query of its own."""
    for inset in examined.insets:
        if not is_explained(view, inset.box, found.explaining()):
            candidates = _telling(searcher.candidates(_asked(inset)), inset.quality)
            found.take(inset_of(view, inset), _first(candidates, MOST_IN_INSET), inset.box)


def _rest(searcher: Searcher, view: QueryView, found: _Found) -> None:
    """What nothing explains, again and again while that finds more.

    Then once more where a match was rejected, which until then keeps its own place aside.
    """
    _rounds(searcher, view, found, found.same)
    if len(found.explaining()) < len(found.same()):
        _rounds(searcher, view, found, found.explaining)


def _rounds(
    searcher: Searcher,
    view: QueryView,
    found: _Found,
    explaining: Callable[[], Sequence[Comparison]],
) -> None:
    for _ in range(MOST_ROUNDS if found.same() else 0):
        rest = rest_of(view, explaining())
        if rest is None:
            return
        asked = SearchQuery(plain=rest.keypoints, mirrored=rest.mirrored)
        if not found.take(rest, found.but_rejected(searcher.candidates(asked))[:MOST_IN_REST]):
            return


def _is_chance(candidate: Candidate, first: bool, least: int) -> bool:
    """Whether its votes are no more than strangers get, and nothing else speaks for it."""
    asked = first and least == LEAST_VOTES
    return candidate.votes < least and not asked and not candidate.distances


def _first(candidates: Sequence[Candidate], most: int) -> list[Candidate]:
    return [each for rank, each in enumerate(candidates) if rank < most or each.distances]


def _asked(inset: Inset) -> SearchQuery:
    return SearchQuery(pdq=inset.pdq, plain=inset.keypoints, mirrored=inset.mirrored)


def _quality(examined: Examined) -> int:
    whole = examined.fingerprint(pdq.KIND)
    return (whole.quality or 0) if whole else 0


def _telling(candidates: Sequence[Candidate], quality: int) -> list[Candidate]:
    """The candidates, without PDQ distances where the query's own PDQ says too little."""
    if quality >= pdq.QUALITY_GATE:
        return list(candidates)
    return [
        replace(each, distances={k: d for k, d in each.distances.items() if k != pdq.KIND})
        for each in candidates
    ]


# --------------------------------------------------------------------- one candidate


def _compared(
    archive: Archive, view: QueryView, candidate: Candidate, hint: Hint, within: Box | None
) -> Comparison | None:
    material = archive.material(candidate.picture)
    if material.keypoints is None:
        return _by_fingerprint(view, candidate, within)
    picture = _archived_view(material, material.keypoints)
    if within is None:
        proved = prove(view, picture, hint)
    else:
        proved = prove_inside(view, within, picture, hint)
    if material.raster is None and not _is_same(proved):
        # Where pixels were erased, fingerprints may still agree; that is a weaker match.
        return _by_fingerprint(view, candidate, within) or proved
    return proved


def _is_same(comparison: Comparison | None) -> bool:
    return comparison is not None and comparison.relation is Relation.SAME_PICTURE


def _hint(candidate: Candidate, *, thorough: bool) -> Hint:
    """What the search proposed, and nothing else, is tried."""
    whole = bool(candidate.distances)
    return Hint(candidate.plain, candidate.mirrored, whole=whole, thorough=thorough)


def _archived_view(material: Material, packed: bytes) -> ArchivedView:
    assert material.width is not None
    assert material.height is not None
    return ArchivedView(
        material.width,
        material.height,
        keypoints.unpack(packed, material.width, material.height),
        raster.unpack(material.raster) if material.raster else None,
    )


def _by_fingerprint(view: QueryView, candidate: Candidate, within: Box | None) -> Comparison | None:
    """A picture known by hash alone: PDQ within the documented distance, or no match."""
    distance = candidate.distances.get(pdq.KIND)
    if distance is None or distance > pdq.MATCH_DISTANCE:
        return None
    agreed = hash_agreement(distance)
    return agreed if within is None else _placed(agreed, view, within)


def _placed(agreed: Comparison, view: QueryView, box: Box) -> Comparison:
    """In the rectangle whose hash agreed, its corners as if it lay there upright."""
    left, top, right, bottom = box
    return replace(
        agreed,
        region=((left, top), (right, top), (right, bottom), (left, bottom)),
        share_of_query=(right - left) * (bottom - top) / (view.width * view.height),
    )
