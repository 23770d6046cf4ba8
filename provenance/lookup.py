"""What the archive knows of a picture or a hash: examine -> search -> verify.

A look-up writes nothing. Every question gets exactly one answer, in the order asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from provenance.archive import Archive
from provenance.deciding import decided, is_rejected
from provenance.earlier import prove_earlier
from provenance.errors import ProvenanceError, Quarantined, Unreadable
from provenance.examine import Wanted, file_name, in_worker, received, with_bytes, with_marks
from provenance.finding import sighting_order
from provenance.fingerprint import pdq, phash
from provenance.guard import Answer, Guard
from provenance.models import (
    Comparison,
    Coverage,
    Entry,
    Examined,
    Lookup,
    Match,
    Outcome,
    Picture,
    Proof,
    Query,
    Relation,
)
from provenance.proving import hash_agreement, prove_all, view_of
from provenance.search import PHASH_PROPOSES, Searcher
from provenance.verify import too_little_detail, undecided
from provenance.verify.judging.false_alarms import in_archive
from provenance.verify.regions.apart import parts

JOB = in_worker
WHOLE = 1.0


@dataclass(frozen=True, slots=True)
class Tools:
    """What a look-up works with: the memory, the indexes over it, the workers."""

    archive: Archive
    searcher: Searcher
    guard: Guard


@dataclass(frozen=True, slots=True)
class Looked:
    """An answer, with what was read from the picture where it could be read."""

    lookup: Lookup
    examined: Examined | None = None
    entry: Entry | None = None


def look_up(tools: Tools, questions: Iterable[Entry], wanted: Wanted) -> Iterator[Looked]:
    """Answer each question, pictures in workers side by side, in the order asked."""
    for have_bytes, group in groupby(questions, key=lambda entry: entry.has_bytes):
        if have_bytes:
            yield from _pictures(tools, group, wanted)
        else:
            yield from _others(tools, group)


def look_up_one_by_one(
    tools: Tools, questions: Iterable[Entry], wanted: Wanted
) -> Iterator[Looked]:
    """The same, answering each before the next is asked for (names typed or piped in)."""
    for question in questions:
        yield from look_up(tools, [question], wanted)


# ---------------------------------------------------------------------------- pictures


def _pictures(tools: Tools, entries: Iterable[Entry], wanted: Wanted) -> Iterator[Looked]:
    for answer in tools.guard.map(map(with_bytes, entries), wanted.options()):
        yield _picture(tools, answer)


def _picture(tools: Tools, answer: Answer[Entry]) -> Looked:
    entry = answer.key
    if isinstance(answer.result, Unreadable):
        return Looked(_unreadable(tools, entry, answer.result, answer.sha256))
    assert answer.sha256 is not None
    assert answer.size is not None
    if problem := quarantined(tools.archive, answer.sha256):  # meanwhile, by somebody else
        return Looked(_unreadable(tools, entry, problem, answer.sha256))
    read = received(answer.result, answer.sha256, answer.size, file_name(entry))
    examined = with_marks(read, entry)
    return Looked(look_up_picture(tools, entry, examined), examined, entry)


def look_up_picture(tools: Tools, entry: Entry, examined: Examined) -> Lookup:
    """One picture that was examined to be looked up: search, then verify."""
    identical = _identical(tools.archive, examined.sha256)
    rejected = partial(is_rejected, tools.archive, examined.sha256)
    proved = prove_all(tools.archive, tools.searcher, examined, identical, rejected)
    found = [*identical, *proved]
    through = prove_earlier(tools.archive, tools.searcher, examined, known=_same(found))
    told = {match.picture.id for match in through}
    found = [*(match for match in found if match.picture.id not in told), *through]
    return _answer(tools.archive, _query(entry, examined), examined, found)


def _same(found: Sequence[Match]) -> dict[int, Comparison]:
    """The pictures that match already; a similar scene may still match through another state."""
    scene = Relation.SIMILAR_SCENE
    matches = (match for match in found if match.comparison.relation is not scene)
    return {match.picture.id: match.comparison for match in matches}


def _identical(archive: Archive, sha256: str) -> list[Match]:
    """The archived file with the very same bytes, as a match, or nothing."""
    picture = archive.picture_by_sha256(sha256)
    if picture is None:
        return []
    comparison = Comparison(
        relation=Relation.IDENTICAL_FILE,
        proof=Proof("sha256"),
        region=_frame(picture.width, picture.height),
        covers=WHOLE,
        share_of_query=WHOLE,
    )
    return [Match(picture, comparison)]


def _frame(width: int | None, height: int | None) -> tuple[tuple[float, float], ...] | None:
    """The whole picture as a region, where its size is known."""
    if width is None or height is None:
        return None
    return ((0, 0), (width, 0), (width, height), (0, height))


def _query(entry: Entry, examined: Examined) -> Query:
    perceptual = examined.fingerprint(phash.KIND)
    whole = examined.fingerprint(pdq.KIND)
    return Query(
        name=entry.name,
        name_bytes=entry.name_bytes,
        sha256=examined.sha256,
        phash=perceptual.value.hex() if perceptual else None,
        pdq=whole.value.hex() if whole else None,
        pdq_quality=whole.quality if whole else None,
        width=examined.width,
        height=examined.height,
        format=examined.format,
        frames=examined.frames,
    )


def _answer(archive: Archive, query: Query, examined: Examined, proved: list[Match]) -> Lookup:
    coverage = archive.coverage()
    matches, scenes = _sorted_out(archive, [_among(coverage.pictures, each) for each in proved])
    lacking = None if matches else _lacking(examined, scenes)
    outcome, reason = outcome_of(matches, coverage, lacking)
    lookup = Lookup(
        query=query,
        outcome=outcome,
        reason=reason,
        coverage=coverage,
        compared=_compared_by(proved, lacking) if coverage.pictures else (),
        matches=matches,
        similar_scenes=scenes,
        parts=parts([m.comparison for m in matches], examined.width, examined.height),
        facts=examined.facts,
        blocks=examined.blocks,
        credentials=examined.credentials,
    )
    return after_decisions(archive, lookup, lambda: _lacking(examined, scenes))


def after_decisions(archive: Archive, lookup: Lookup, lacking: Callable[[], str | None]) -> Lookup:
    """What people decided, laid over a look-up; without its matches it ends as one without any."""
    told = decided(archive, lookup)
    if told.matches or not lookup.matches:
        return told
    assert lookup.coverage is not None
    outcome, reason = outcome_of((), lookup.coverage, lacking())
    return replace(told, outcome=outcome, reason=reason)


def _lacking(examined: Examined, scenes: Sequence[Match]) -> str | None:
    """Why it cannot be judged whether an archived picture is this one, or ``None``."""
    if any(undecided(scene.comparison) for scene in scenes):
        return "nearly_the_same_page"
    return too_little_detail(view_of(examined))


def outcome_of(
    matches: Sequence[Match], coverage: Coverage, lacking: str | None = None
) -> tuple[Outcome, str | None]:
    """``lacking`` is why nothing can be said, ``None`` where a miss is a miss."""
    if matches:
        return Outcome.MATCHED, None
    if not coverage.pictures:
        return Outcome.NOT_IN_ARCHIVE, "archive_empty"
    if lacking is not None:
        return Outcome.CANNOT_JUDGE, lacking
    return Outcome.NOT_IN_ARCHIVE, None


def _compared_by(proved: Sequence[Match], lacking: str | None) -> tuple[str, ...]:
    """What this look-up was able to compare; ``pixels`` where two rasters were laid together."""
    if lacking is not None and not proved:
        return ("sha256",)
    pixels = any(match.comparison.proof.pixels_compared for match in proved)
    return ("sha256", "hash", "keypoints", *(("pixels",) if pixels else ()))


def quarantined(archive: Archive, sha256: str | None) -> Quarantined | None:
    """Why this file is turned away; ``None`` where it is not."""
    kept = archive.quarantined(sha256) if sha256 else None
    return Quarantined(kept.reason) if kept else None


# ------------------------------------------------------------ hashes and what is no picture


def _others(tools: Tools, entries: Iterable[Entry]) -> Iterator[Looked]:
    for entry in entries:
        if entry.problem is not None:
            yield Looked(_unreadable(tools, entry, entry.problem, None))
        elif problem := quarantined(tools.archive, entry.sha256):
            yield Looked(_unreadable(tools, entry, problem, entry.sha256))
        else:
            yield Looked(_hash(tools, entry))


def _hash(tools: Tools, entry: Entry) -> Lookup:
    """What the archive knows of a SHA-256, a PDQ or a pHash, or of what may be either."""
    found = _identical(tools.archive, entry.sha256) if entry.sha256 else []
    if entry.pdq:
        known = {match.picture.id for match in found}
        near = tools.searcher.by_hash(pdq.KIND, bytes.fromhex(entry.pdq), pdq.MATCH_DISTANCE)
        found += [
            Match(tools.archive.picture(picture), hash_agreement(distance))
            for picture, distance in near
            if picture not in known
        ]
    matches, _ = _sorted_out(tools.archive, found)
    coverage = tools.archive.coverage()
    outcome, reason = outcome_of(matches, coverage)
    lookup = Lookup(
        query=Query(entry.name, entry.sha256, entry.phash, entry.pdq),
        outcome=outcome,
        reason=reason,
        coverage=coverage,
        compared=_hashes_compared(entry) if coverage.pictures else (),
        matches=matches,
        hash_candidates=_phash_candidates(tools, entry),
    )
    return after_decisions(tools.archive, lookup, lambda: None)


def _hashes_compared(entry: Entry) -> tuple[str, ...]:
    perceptual = ("hash",) if entry.pdq or entry.phash else ()
    return (("sha256",) if entry.sha256 else ()) + perceptual


def _phash_candidates(tools: Tools, entry: Entry) -> tuple[tuple[Picture, int], ...]:
    """Pictures near in pHash: worth a look, never a match."""
    if not entry.phash:
        return ()
    near = tools.searcher.by_hash(phash.KIND, bytes.fromhex(entry.phash), PHASH_PROPOSES)
    return tuple((tools.archive.picture(picture), distance) for picture, distance in near)


def _unreadable(tools: Tools, entry: Entry, problem: ProvenanceError, sha256: str | None) -> Lookup:
    """No picture could be read; the very same bytes are still known by their SHA-256."""
    identical = _identical(tools.archive, sha256) if sha256 else []
    matches, _ = _sorted_out(tools.archive, identical)
    coverage = tools.archive.coverage()
    return Lookup(
        query=Query(entry.name, sha256, name_bytes=entry.name_bytes),
        outcome=Outcome.MATCHED if matches else Outcome.UNREADABLE,
        reason=None if matches else str(problem.reason),
        detail=str(problem),
        coverage=coverage,
        compared=("sha256",) if sha256 and coverage.pictures else (),
        matches=matches,
    )


# ----------------------------------------------------------------------------- matches


def _sorted_out(
    archive: Archive, proved: Sequence[Match]
) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Matches and, apart, similar scenes; best proof first, each with its sightings."""
    sightings = archive.sightings_of([match.picture.id for match in proved])
    complete = [
        replace(m, sightings=tuple(sorted(sightings.get(m.picture.id, ()), key=sighting_order)))
        for m in sorted(proved, key=_best_first)
    ]
    scenes = tuple(m for m in complete if m.comparison.relation is Relation.SIMILAR_SCENE)
    return tuple(m for m in complete if m not in scenes), scenes


def _among(pictures: int, match: Match) -> Match:
    """The match, its false alarms those of an archive of so many pictures."""
    proof = in_archive(match.comparison.proof, pictures)
    return replace(match, comparison=replace(match.comparison, proof=proof))


def _best_first(match: Match) -> tuple[bool, bool, int, int, float, float, int]:
    """Same bytes, compared pixels, more agreeing points, nearer hashes, more blocks, more seen."""
    proof = match.comparison.proof
    return (
        match.comparison.relation is not Relation.IDENTICAL_FILE,
        not proof.pixels_compared,
        -(proof.inliers or 0),
        proof.distance or 0,
        -(proof.agreement or 0),
        -(match.comparison.covers or 0),
        match.picture.id,
    )
