"""What people decided about pairs of pictures, laid over what was proved.

A match that a person rejected as another picture is shown apart from then on, with who said so;
everything else that was decided is told beside the match. Nothing is proved or disproved here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from provenance.archive import Archive
from provenance.fingerprint import pdq
from provenance.models import Decision, Lookup, Match, Part, Proved, Query, Relation


def decided(archive: Archive, lookup: Lookup) -> Lookup:
    """The look-up after people: pairs that were rejected stand among the similar scenes.

    Which matches and parts there were before stays in ``proved``. The outcome is left as it is.
    """
    matches = [_with_decisions(archive, lookup.query, match) for match in lookup.matches]
    rejected = [match for match in matches if _is_rejected(match)]
    if not rejected:
        return replace(lookup, matches=tuple(matches))
    scenes = (*map(_apart, rejected), *lookup.similar_scenes)
    kept = _without(replace(lookup, matches=tuple(matches)), {m.picture.id for m in rejected})
    before = Proved(tuple(match.picture.id for match in matches), lookup.parts)
    return replace(kept, similar_scenes=scenes, proved=before)


def is_rejected(archive: Archive, sha256: str, picture: int) -> bool:
    """Whether it was decided that the file of this SHA-256 (hex) does not show this picture."""
    standing = archive.decisions_on(sha256, None, picture, _is_near)
    return any(each.decision is Decision.NOT_SAME for each in standing)


def beside(lookup: Lookup, check: int | None) -> Lookup:
    """The look-up as one check shows it: decisions under another claim are not its own."""

    def own(match: Match) -> Match:
        shown = (
            each
            for each in match.decisions
            if each.decision is Decision.NOT_SAME or each.check == check
        )
        return replace(match, decisions=tuple(shown))

    matches, scenes = map(own, lookup.matches), map(own, lookup.similar_scenes)
    return replace(lookup, matches=tuple(matches), similar_scenes=tuple(scenes))


def without_objection(lookup: Lookup) -> Lookup:
    """The look-up without the matches to whose use nobody objects, to see what is left."""
    settled = {
        match.picture.id
        for match in lookup.matches
        if any(each.decision is Decision.NO_OBJECTION for each in match.decisions)
    }
    return _without(lookup, settled) if settled else lookup


def _with_decisions(archive: Archive, query: Query, match: Match) -> Match:
    if query.sha256 is None:
        return match
    telling = query.pdq if (query.pdq_quality or 0) >= pdq.QUALITY_GATE else None
    return replace(
        match, decisions=archive.decisions_on(query.sha256, telling, match.picture.id, _is_near)
    )


def _is_near(one: str, other: str) -> bool:
    """Near enough to tell of a decision: as near as two fingerprints have to be to agree."""
    return (int(one, 16) ^ int(other, 16)).bit_count() <= pdq.MATCH_DISTANCE


def _is_rejected(match: Match) -> bool:
    """Rejected for this very file; the same bytes cannot be another picture."""
    if match.comparison.relation is Relation.IDENTICAL_FILE:
        return False
    return any(d.decision is Decision.NOT_SAME and not d.near for d in match.decisions)


def _apart(match: Match) -> Match:
    """A rejected match: another picture, that resembles this one."""
    proved = match.comparison
    apart = replace(proved, relation=Relation.SIMILAR_SCENE)
    return replace(match, comparison=apart, proved_as=proved.relation)


def _without(lookup: Lookup, pictures: Collection[int]) -> Lookup:
    """The look-up without the matches of these pictures, the numbers in its parts set right."""
    left = [n for n, match in enumerate(lookup.matches) if match.picture.id not in pictures]
    return replace(
        lookup,
        matches=tuple(lookup.matches[n] for n in left),
        parts=_renumbered(lookup.parts, left),
    )


def _renumbered(parts: Sequence[Part], left: Sequence[int]) -> tuple[Part, ...]:
    new = {old: number for number, old in enumerate(left)}
    told = (Part(part.region, tuple(new[n] for n in part.matches if n in new)) for part in parts)
    return tuple(part for part in told if part.matches)
