"""What people decided, as a page with matches shows it, and what its forms need to decide there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from provenance.datasette_plugin.permissions import REVIEW
from provenance.models import Decision, Means, Rating, Relation

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A decision that was not kept: what was sent, why not, what colleagues decided meanwhile."""

    given: Mapping[str, str]
    problem: str
    told: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Deciding:
    """The decisions of one check, and who may add to them.

    ``state`` travels with every form; ``here`` is the page that a form is on: that of the check,
    or ``compare``.
    """

    check: Record
    state: int
    may: bool
    by: str | None
    token: str | None
    here: str = ""
    attempt: Attempt | None = None

    def under(self, match: Record) -> list[Record]:
        """What stands on a match and on its sightings, in order of time."""
        sightings = {each["id"] for each in match["sightings"]}
        on_them = [each for each in self._standing() if each["sighting"] in sightings]
        return sorted([*match.get("decisions", ()), *on_them], key=_number)

    def elsewhere(self) -> list[Record]:
        """What stands on the check and under none of its matches."""
        every = [*self.check["matches"], *self.check["similar_scenes"]]
        shown = {each["review"] for match in every for each in self.under(match)}
        return [each for each in self._standing() if each["review"] not in shown]

    def choices(self, match: Record) -> list[Decision]:
        """What can be decided about a match; nothing about a scene that was none."""
        proved = match.get("proved_as", match["relation"])
        if proved == Relation.SIMILAR_SCENE:
            return []
        same_bytes = proved == Relation.IDENTICAL_FILE
        every = (Decision.CONFIRMED, Decision.NOT_SAME, Decision.NO_OBJECTION)
        return [each for each in every if not (same_bytes and each is Decision.NOT_SAME)]

    def sightings(self, match: Record) -> list[Record]:
        """What can be confirmed: all but the day of taking in, which the log of the archive has."""
        if match["relation"] == Relation.SIMILAR_SCENE:
            return []
        return [each for each in match["sightings"] if each["means"] != Means.HELD]

    def is_mine(self, decision: Record) -> bool:
        """Whether the visitor made it."""
        return self.by is not None and decision["by"] == self.by

    def colleagues(self, decisions: Iterable[Record], *kinds: Decision) -> list[str]:
        """Whose decisions of these kinds stand in the way, unless the visitor overturns them."""
        found = (each for each in decisions if each["decision"] in kinds and not each["near"])
        return sorted({each["by"] or "?" for each in found if not self.is_mine(each)})

    def tried(self, form: str) -> Attempt | None:
        """The attempt, if it was made with this form."""
        return self.attempt if self.attempt and self.attempt.given.get("form") == form else None

    def _standing(self) -> list[Record]:
        return list((self.check.get("review") or {"decisions": []})["decisions"])


async def deciding(
    visit: Visit, check: Record, state: int, attempt: Attempt | None, here: str = ""
) -> Record:
    """What the templates of the forms rely on."""
    may = await visit.may(REVIEW)
    token = visit.token() if may else None
    shown = Deciding(check, state, may, visit.actor_name, token, here, attempt)
    return {"deciding": shown, "Decision": Decision, "Rating": Rating}


def _number(decision: Record) -> int:
    return int(decision["review"])
