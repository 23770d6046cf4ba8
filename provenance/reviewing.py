"""Deciding about a check: which match or sighting is meant, then store it and judge anew.

What is decided is a person's word beside what was proved. The archive keeps it, and refuses it
where it would silently contradict a colleague's.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from provenance.archive import Archive
from provenance.errors import UnknownName, UsageError
from provenance.models import Decision, NewReview, Relation, Review
from provenance.rejudge import judge_again

OF_A_MATCH = (Decision.CONFIRMED, Decision.NOT_SAME, Decision.NO_OBJECTION)

Record = dict[str, Any]


def review(
    archive: Archive, check: int, new: NewReview, *, on: int | None = None, overturn: bool = False
) -> Review:
    """Store one decision about a check; every check that shows it is judged anew.

    Raises:
        UsageError: no reason is given, or it is not clear which match is meant.
        UnknownName, NobodyNamed, StaleReview, AlreadyDecided: as ``Archive.decide`` says.
    """
    _require_reason(new.why)
    if new.decision in OF_A_MATCH:
        new = replace(new, picture=_meant(archive.check(check), new))
    judge = partial(judge_again, archive)
    return archive.decide(check, new, judge, on=on, overturn=overturn)


def take_back(
    archive: Archive,
    check: int,
    why: str,
    *,
    picture: int | None = None,
    sighting: int | None = None,
    review: int | None = None,
    on: int | None = None,
    overturn: bool = False,
) -> Review:
    """Take back one's own newest decision on a check; with ``overturn`` that of a colleague.

    ``picture`` or ``sighting``: the newest about that one; ``review``: this very one.

    Raises:
        UnknownName: there is none.
        UsageError: no reason is given, or there are several of colleagues.
    """
    _require_reason(why)
    standing = [each for each in archive.reviews_of(check) if each.stands]
    found = [
        each
        for each in standing
        if (each.by != archive.actor) is overturn
        and picture in (None, each.picture)
        and sighting in (None, each.sighting)
        and review in (None, each.id)
    ]
    if not found:
        raise _nothing_to_take_back(check, standing, overturn=overturn)
    if overturn and len(found) > 1:
        numbers = ", ".join(str(each.id) for each in found)
        raise UsageError(
            f"Several decisions of colleagues stand ({numbers}).",
            advice="Say which is meant: --picture N or --sighting N",
        )
    judge = partial(judge_again, archive)
    return archive.withdraw(check, found[-1].id, why, judge, on=on, overturn=overturn)


def _nothing_to_take_back(check: int, standing: list[Review], *, overturn: bool) -> UnknownName:
    whose = "of a colleague" if overturn else "of yours"
    advice = f"See: provenance review {check}"
    if standing and not overturn:
        advice = "To take back a colleague's: --overturn --why TEXT"
    return UnknownName(
        f"No decision {whose} stands on check {check}.", name=str(check), advice=advice
    )


def _require_reason(why: str) -> None:
    if not why.strip():
        raise UsageError("A decision is kept with its reason.", advice="Say it with --why TEXT.")


def _meant(check: Record, new: NewReview) -> int:
    """The picture that a decision is about: the only one proved, or the one that is named."""
    proved = {
        each["picture"]: Relation(each.get("proved_as", each["relation"]))
        for each in (*check["matches"], *check["similar_scenes"])
    }
    matched = [p for p, relation in proved.items() if relation is not Relation.SIMILAR_SCENE]
    picture = new.picture if new.picture is not None or len(matched) != 1 else matched[0]
    if picture is None or picture not in matched:
        raise _no_match(check["check"], picture, matched)
    same = proved[picture] is Relation.IDENTICAL_FILE
    if same and new.decision is Decision.NOT_SAME:
        raise UsageError(
            f"Picture {picture} is the same file, byte for byte.",
            advice="If a date of it is wrong, reject the sighting.",
        )
    return picture


def _no_match(check: int, picture: int | None, matched: list[int]) -> UsageError:
    numbers = ", ".join(map(str, matched)) or "none"
    if picture is None:
        return UsageError(
            f"Check {check} has several matches or none ({numbers}).",
            advice="Say which is meant: --picture N",
        )
    return UsageError(
        f"Picture {picture} is no match of check {check}.", advice=f"Its matches: {numbers}."
    )
