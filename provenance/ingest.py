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
from datetime import UTC, datetime
from itertools import groupby

from provenance import dates
from provenance.archive import Archive
from provenance.errors import ProvenanceError, Unreadable
from provenance.examine import Wanted, file_name, in_worker, received, with_bytes, with_marks
from provenance.guard import Answer, Guard
from provenance.metadata.contradictions import among
from provenance.models import (
    Added,
    AddOutcome,
    Claim,
    Conflict,
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
        more=_where_it_is(asked),
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


def _where_it_is(asked: Entry) -> tuple[NewSighting, ...]:
    """That a picture was fetched from its address, with no date."""
    if asked.address is None:
        return ()
    at_address = NewSighting(
        date=None,
        means=Means.PUBLISHED,
        how=How.STATED,
        url=asked.address,
        trust=Trust.UNREVIEWED,
    )
    return (at_address,)


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
    examined = received(answer.result, answer.sha256, answer.size, file_name(answer.key))
    return intake(answer.key, with_marks(examined, answer.key))


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
    told = (*_stated(entry), *_by_the_file(entry, examined.facts))
    return Intake(
        name=entry.name,
        row=entry.row,
        path=_path_text(entry.path or entry.kept_in),
        collection=_collection(entry),
        examined=examined,
        sightings=(*told, *_by_the_disk(entry, told)),
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

UNRELIABLE = frozenset({Conflict.CAPTURED_TWICE, Conflict.USED_BEFORE})
"""What shows that a clock was wrong or a date was typed in."""

CAPTION = "caption"
CREDIT = "credit"

_DATED = {"captured": Means.CAPTURED}
_NAMED = {
    "captured": Means.CAPTURED,
    "sent": Means.POSTED,
    "screenshot": Means.PUBLISHED,
    "named": Means.PUBLISHED,
}
"""What the date in a file's name is the date of. A screenshot was made then; the photograph in
it was on some screen by then, which is what published dates say."""

_MEANT = {How.FILE_NAME: _NAMED, How.C2PA_TIMESTAMP: {"signed": Means.SIGNED}}
"""What the dated facts of an origin are the date of; of every other when it was taken."""

OLDEST_FILE_TIME = datetime(1990, 1, 1, tzinfo=UTC)
"""File systems without a clock write 1970 or 1980."""


def _by_the_file(entry: Entry, facts: Iterable[Fact]) -> Iterator[NewSighting]:
    """A sighting for each origin in the file that gives a date, a caption or a credit.

    Such a date is an indication, unless a person vouched for the delivery. Nobody can vouch
    for times of capture that contradict each other: then all of them stay indications.
    """
    facts = list(facts)
    if any(each.kind in UNRELIABLE for each in among(facts)):
        entry = replace(entry, vouched=None)
    for how in sorted({fact.how for fact in facts} - {How.DOWNLOAD_MARK}):
        told = [fact for fact in facts if fact.how is how]
        yield from _of_one_origin(entry, how, told)
    yield from (_downloaded(entry, fact) for fact in facts if fact.how is How.DOWNLOAD_MARK)


def _downloaded(entry: Entry, fact: Fact) -> NewSighting:
    """Where a download came from. Its mark says nothing of when, so it has no date."""
    return NewSighting(
        date=None,
        means=Means.PUBLISHED,
        how=How.DOWNLOAD_MARK,
        url=fact.value,
        trust=entry.trust,
    )


def _of_one_origin(entry: Entry, how: How, told: list[Fact]) -> Iterator[NewSighting]:
    stamped = how is How.C2PA_TIMESTAMP
    meant = _MEANT.get(how, _DATED)
    dated = next((fact for fact in told if fact.what in meant and fact.date), None)
    caption, credit = _first(told, CAPTION), _first(told, CREDIT)
    if dated or caption or credit:
        yield NewSighting(
            date=dated.date if dated else None,
            means=meant[dated.what] if dated else Means.CAPTURED,
            how=how,
            caption=caption,
            credit=credit,
            trust=entry.trust or Trust.OWN,
            vouched=entry.vouched,
            validated=stamped,
        )


def _by_the_disk(entry: Entry, told: tuple[NewSighting, ...]) -> Iterator[NewSighting]:
    """When the file was last changed, where nothing else gives a date.

    Disks and archives keep local time without a zone, so its zone is unknown. A time that
    may still be the present says no more than that the picture is held.
    """
    if entry.file_time is None or any(sighting.date for sighting in told):
        return
    date = dates.parse(f"{entry.file_time.astimezone(UTC):%Y-%m-%dT%H:%M:%S}")
    present = date.latest is None or date.latest >= datetime.now(UTC)
    if entry.file_time >= OLDEST_FILE_TIME and not present:
        yield NewSighting(
            date=date,
            means=Means.PUBLISHED,
            how=How.FILE_TIME,
            trust=entry.trust or Trust.OWN,
        )


def _first(told: list[Fact], what: str) -> str | None:
    return next((fact.value for fact in told if fact.what == what), None)
