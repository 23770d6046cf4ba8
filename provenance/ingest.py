"""How pictures get in: source -> examine -> archive.

An input is acknowledged only after its transaction is on the disk: what :func:`take_in`
has yielded, every later look-up in any process finds. Inputs are answered in the order
given; one bad file never stops a batch.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from provenance.archive import Archive
from provenance.errors import ProvenanceError, Unreadable
from provenance.examine import Wanted, in_worker, received, with_bytes
from provenance.guard import Answer, Guard
from provenance.models import (
    Added,
    AddOutcome,
    Claim,
    Entry,
    Examined,
    Fact,
    How,
    Intake,
    Means,
    NewCollection,
    NewSighting,
    Trust,
)

JOB = in_worker

MOST_IN_A_COMMIT = 100
LONGEST_BEFORE_A_COMMIT = 0.25
"""Seconds. The rule of the archive's design: at most so much work is lost to a power cut, and a
hundred rows share one commit."""

CHECKED = "checked"
"""The collection of pictures that ``check --keep`` took in."""

Arrival = Intake | Added


def take_in(archive: Archive, guard: Guard, entries: Iterable[Entry]) -> Iterator[Added]:
    """Add every entry; yields what became of each, once it is safe.

    Where a hundred come at once (rows of a table), one hundred is committed while the next
    is read; nothing else happens to the archive until that commit was waited for.
    """
    landing: _Landing | None = None
    try:
        for batch in _batches(_arrivals(guard, entries)):
            yield from _landed(landing)
            landing = None
            if len(batch) == MOST_IN_A_COMMIT:
                landing = _Landing(archive, batch)
            else:
                yield from _commit(archive, batch)
    finally:
        answers = _landed(landing)
    yield from answers


def _batches(arrivals: Iterable[Arrival]) -> Iterator[list[Arrival]]:
    """As many as share a commit: a hundred, or what came in a quarter of a second."""
    waiting: list[Arrival] = []
    due = 0.0
    for arrival in arrivals:
        due = due if waiting else time.monotonic() + LONGEST_BEFORE_A_COMMIT
        waiting.append(arrival)
        if len(waiting) >= MOST_IN_A_COMMIT or time.monotonic() >= due:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


class _Landing:
    """A batch whose commit is under way."""

    def __init__(self, archive: Archive, batch: list[Arrival]) -> None:
        self._batch = batch
        self._landing = archive.adding([a for a in batch if isinstance(a, Intake)])

    def answers(self) -> list[Added]:
        """What became of each, once it is safe."""
        return list(_in_order(self._batch, self._landing.wait()))


def _landed(landing: _Landing | None) -> list[Added]:
    return landing.answers() if landing else []


def take_in_one_by_one(archive: Archive, guard: Guard, entries: Iterable[Entry]) -> Iterator[Added]:
    """The same, answering each entry before the next is asked for."""
    for entry in entries:
        yield from take_in(archive, guard, [entry])


def foresee(archive: Archive, guard: Guard, entries: Iterable[Entry]) -> Iterator[Added]:
    """What :func:`take_in` would do, without writing anything (``add --dry-run``)."""
    for arrival in _arrivals(guard, entries):
        if isinstance(arrival, Intake):
            yield archive.foresee(arrival)
        else:
            yield arrival


def take_in_checked(archive: Archive, asked: Entry, examined: Examined, claim: Claim) -> Added:
    """Add a picture that was checked under a claim, as seen with it (``check --keep``).

    A date asserted in a claim is an indication at most, so that no claim proves another.
    """
    entry = replace(
        asked,
        sighting=_as_claimed(claim),
        collection=NewCollection(CHECKED, trust=Trust.UNREVIEWED),
        trust=Trust.UNREVIEWED,
    )
    return archive.add([intake(entry, examined)])[0]


def _as_claimed(claim: Claim) -> NewSighting | None:
    if claim == Claim():
        return None
    return NewSighting(
        date=claim.posted or claim.date,
        means=Means.ASSERTED,
        how=How.STATED,
        url=claim.url,
        caption=claim.text,
        place=claim.place,
        trust=Trust.UNREVIEWED,
    )


def _commit(archive: Archive, waiting: list[Arrival]) -> Iterator[Added]:
    """Write all intakes in one transaction."""
    return _in_order(waiting, archive.add([a for a in waiting if isinstance(a, Intake)]))


def _in_order(waiting: list[Arrival], added: Iterable[Added]) -> Iterator[Added]:
    """Refused inputs keep their place in the order."""
    written = iter(added)
    for arrival in waiting:
        if isinstance(arrival, Intake):
            yield next(written)
        else:
            yield arrival


# ---------------------------------------------------------------------------- arrivals


def _arrivals(guard: Guard, entries: Iterable[Entry]) -> Iterator[Arrival]:
    """Each entry ready to be written, or already refused; in the order given."""
    for have_bytes, group in groupby(entries, key=lambda entry: entry.has_bytes):
        if have_bytes:
            yield from _examined(guard, group)
        else:
            yield from map(_without_file, group)


def _examined(guard: Guard, entries: Iterable[Entry]) -> Iterator[Arrival]:
    for answer in guard.map(map(with_bytes, entries), Wanted(keep=True).options()):
        yield _arrival(answer)


def _arrival(answer: Answer[Entry]) -> Arrival:
    if isinstance(answer.result, Unreadable):
        return _refused(answer.key, answer.result)
    assert answer.sha256 is not None
    assert answer.size is not None
    examined = received(answer.result, answer.sha256, answer.size, answer.key.name)
    return intake(answer.key, examined)


def _without_file(entry: Entry) -> Arrival:
    return _refused(entry, entry.problem) if entry.problem else _hash_intake(entry)


def _refused(entry: Entry, problem: ProvenanceError) -> Added:
    return Added(
        name=entry.name,
        row=entry.row,
        outcome=AddOutcome.REFUSED,
        reason=str(problem.reason),
        detail=str(problem),
    )


def _hash_intake(entry: Entry) -> Intake:
    return Intake(
        name=entry.name,
        row=entry.row,
        collection=_collection(entry),
        sha256=entry.sha256,
        pdq=entry.pdq,
        phash=entry.phash,
        sightings=_stated(entry),
        read_as=entry.read_as,
    )


def intake(entry: Entry, examined: Examined) -> Intake:
    """A picture with what is stated about it first, then what the file says of itself."""
    return Intake(
        name=entry.name,
        row=entry.row,
        path=_path_text(entry.path or entry.kept_in),
        collection=_collection(entry),
        examined=examined,
        sightings=(*_stated(entry), *_by_the_file(entry, examined.facts)),
        read_as=entry.read_as,
    )


def _collection(entry: Entry) -> NewCollection:
    assert entry.collection is not None
    return entry.collection


def _stated(entry: Entry) -> tuple[NewSighting, ...]:
    return (*([entry.sighting] if entry.sighting else ()), *entry.more)


def _path_text(path: str | bytes | None) -> str | None:
    """Where the file lies, from the root; bytes that are no UTF-8 as backslash escapes."""
    if path is None:
        return None
    return os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace")  # noqa: PTH100  # bytes too


# -------------------------------------------------------- what the file says of itself

CAPTURED = "captured"
CAPTION = "caption"
CREDIT = "credit"


def _by_the_file(entry: Entry, facts: Iterable[Fact]) -> Iterator[NewSighting]:
    """A sighting for each origin in the file that gives a date, a caption or a credit.

    Such a date is an indication, unless a person vouched for the delivery.
    """
    facts = list(facts)
    for how in sorted({fact.how for fact in facts}):
        told = [fact for fact in facts if fact.how is how]
        yield from _of_one_origin(entry, how, told)


def _of_one_origin(entry: Entry, how: How, told: list[Fact]) -> Iterator[NewSighting]:
    dates = [fact.date for fact in told if fact.what == CAPTURED and fact.date]
    caption, credit = _first(told, CAPTION), _first(told, CREDIT)
    if dates or caption or credit:
        yield NewSighting(
            date=dates[0] if dates else None,
            means=Means.CAPTURED,
            how=how,
            caption=caption,
            credit=credit,
            trust=entry.trust or Trust.OWN,
            vouched=entry.vouched,
        )


def _first(told: list[Fact], what: str) -> str | None:
    return next((fact.value for fact in told if fact.what == what), None)
