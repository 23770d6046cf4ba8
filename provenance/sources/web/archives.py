"""Web archives (``.warc``, ``.warc.gz``, ``.wacz``): every picture that a crawler recorded.

The file is read twice, each time from end to end in flat memory: records come in any order,
so first the pages are read, whose notes lie in a temporary file, then the pictures. A
``revisit`` with the digest of a recorded picture is another moment at which the server gave
these very bytes; one that the server answered with "not modified" is that server's word.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from provenance.errors import ProvenanceError, Refused
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.files import problem_entry
from provenance.sources.source import Run
from provenance.sources.stated import Stated
from provenance.sources.web import appearances, dimensions
from provenance.sources.web.appearances import Crawl, Page, Place
from provenance.sources.web.containers import Part, parts
from provenance.sources.web.failures import DAMAGED, require_extra
from provenance.sources.web.reading import page_guard, told_by_page, unpacked
from provenance.sources.web.spool import Spool

if TYPE_CHECKING:
    from provenance.guard import Guard
    from provenance.sources.web.records import Record
    from provenance.sources.web.survey import Found, Numbered

ENDINGS: Final = (".warc", ".warc.gz", ".wacz")

MOST_CRAWLS: Final = 20
"""Crawls kept of one picture; the earliest is what a finding rests on."""

_DRAWINGS: Final = ("image/svg", "image/x-icon", "image/vnd.microsoft.icon", "image/ico")
_ANYTHING: Final = frozenset({"", "application/octet-stream", "binary/octet-stream"})
"""What servers call files that they know nothing of."""


class WebArchive:
    """A web archive; its collection, where none is named, is the file as typed."""

    name = "web_archive"
    within_folders = True

    def recognises(self, argument: Argument) -> bool:
        """Whether it is an existing file with the ending of a web archive."""
        named = argument.text.lower().endswith(ENDINGS)
        return named and argument.exists and not argument.is_folder

    def check(self, argument: Argument, run: Run) -> None:
        """An archive that cannot be read spoils its own entry, not the command."""

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
        """One entry per record of a picture, in the order of the file."""
        blank = appearances.blank(argument.text, stated)
        try:
            require_extra()
            with parts(argument.path, argument.text) as (streams, most), Spool() as spool:
                reading = _Reading(argument, blank, stated, run, spool)
                count = 0
                for count, entry in enumerate(reading.entries(streams, most), 1):  # noqa: B007
                    yield entry
                if not count:
                    run.tally.empty.append(argument.text)
        except ProvenanceError as problem:
            yield problem_entry(argument, problem, blank)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One archive while it is read."""

    argument: Argument
    blank: Entry
    stated: Stated
    run: Run
    spool: Spool

    def entries(self, streams: list[Part], most: int) -> Iterator[Entry]:
        """First the pages, then the pictures; then what is amiss."""
        from provenance.sources.web.survey import Found, survey

        guard = page_guard(self.run)
        survey(_numbered(streams, most), guard, self.spool)
        found = Found(self.spool)
        problem: ProvenanceError | None = None
        try:
            for number, record in _numbered(streams, most):
                yield from self._of_record(number, record, found, guard)
        except Refused as damage:
            problem = damage
        yield from (self._unread(each) for each in found.problems())
        if problem:
            yield problem_entry(self.argument, problem, self.blank)
        self.run.tally.unnoted += self.spool.lost

    def _of_record(
        self, number: int, record: Record, found: Found, guard: Guard
    ) -> Iterator[Entry]:
        if record.kind == "revisit":
            if _looks_like_picture(record, found) and not found.has_bytes(record.digest):
                yield self._problem(record.url, _elsewhere())
        elif record.status in {200, None} and _may_be_picture(record):
            yield from self._picture(record, found, guard)
        elif page := found.page_of_record(number):
            yield from self._embedded(record, page, guard)

    def _picture(self, record: Record, found: Found, guard: Guard) -> Iterator[Entry]:
        if record.media_type.startswith(_DRAWINGS):
            self.run.tally.drawings += 1
            return
        try:
            data = _bytes(record, guard)
        except ProvenanceError as problem:
            if problem.reason == DAMAGED:
                raise
            yield self._problem(record.url, problem)
            return
        if record.media_type in _ANYTHING and not dimensions.is_picture(data):
            return
        if dimensions.is_small(data):
            self.run.tally.furniture += 1
            return
        yield self._entry(record.url, data, found.places(record.url), _crawls(record, found))

    def _embedded(self, record: Record, page: Page, guard: Guard) -> Iterator[Entry]:
        """The pictures that stand in a page itself: the page's record is that of their bytes."""
        from provenance.sources.web.survey import crawl

        try:
            told = told_by_page(guard, {**record.about, "embedded": True}, record.body())
        except ProvenanceError:
            return  # the first reading has said so
        visit = crawl(record.date, record.url, record.clock)
        for count, image in enumerate(told["embedded"], 1):
            place = Place(page, image["inside"], image["caption"], image["alt"], image["credit"])
            yield self._entry(f"{record.url}#{count}", image["data"], [place], [visit])

    def _entry(self, url: str, data: bytes, places: list[Place], crawls: list[Crawl]) -> Entry:
        named = replace(
            self.blank,
            name=f"{self.argument.text}/{url}",
            content=data,
            kept_in=self.argument.path,
        )
        return appearances.entry(named, self.stated, places, crawls)

    def _problem(self, url: str, problem: ProvenanceError) -> Entry:
        return replace(self.blank, name=f"{self.argument.text}/{url}", problem=problem)

    def _unread(self, note: dict[str, Any]) -> Entry:
        problem = Refused(note["reason"], note["message"], advice=note["advice"])
        return self._problem(note["url"], problem)


def _numbered(streams: list[Part], most: int) -> Iterator[Numbered]:
    """Every record of all parts, counted from 0 in the order of reading."""
    from provenance.sources.web.records import records

    number = 0
    for stream in streams:
        with closing(stream()) as file:
            for record in records(file, most):
                yield number, record
                number += 1


def _may_be_picture(record: Record) -> bool:
    kind = record.media_type
    return kind.startswith("image/") or kind in _ANYTHING


def _looks_like_picture(record: Record, found: Found) -> bool:
    return record.media_type.startswith("image/") or found.is_named(record.url)


def _bytes(record: Record, guard: Guard) -> bytes:
    """The picture's bytes; raises :class:`ProvenanceError` where they cannot be had."""
    data = record.body()
    return data if record.encoding in {"", "identity"} else unpacked(guard, record.encoding, data)


def _crawls(record: Record, found: Found) -> list[Crawl]:
    """This record and all revisits of its bytes, earliest first."""
    from provenance.sources.web.survey import crawl

    own = crawl(record.date, record.url, record.clock)
    once = {(each.date, each.own): each for each in (*found.visits(record), own)}
    dated = sorted((c for c in once.values() if c.date), key=appearances.by_date)
    return [own, *(each for each in dated[:MOST_CRAWLS] if each is not own)]


def _elsewhere() -> Refused:
    return Refused(
        "bytes_elsewhere",
        "This is a later visit whose picture is recorded in another file of the crawl;",
        advice="add that file too, or one archive that holds both.",
    )
