"""The first reading of a web archive: what its pages say, put where the pictures find it.

Notes lie in a spool under words: ``image`` (an address on a page), ``moved`` (a redirect),
``visit`` (a revisit, by digest or address), ``bytes`` (digests whose bytes are here),
``page`` (pages with pictures in them, by number of record) and ``problem``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from typing import Final

from provenance.errors import ProvenanceError, Refused, Unreadable
from provenance.guard import Answer, Guard, Raw
from provenance.sources.web import moments
from provenance.sources.web.addresses import key, whole
from provenance.sources.web.appearances import Crawl, Page, Place, Plain, publication
from provenance.sources.web.failures import DAMAGED
from provenance.sources.web.reading import WORDS, checked, packed
from provenance.sources.web.records import Record
from provenance.sources.web.spool import Spool

Numbered = tuple[int, Record]
Seen = tuple[int, str, str]
"""Number, address and WARC-Date of the record of a page."""

MOST_PLACES: Final = 1000
"""Places of one picture that are looked at; a logo may stand on every page of a crawl."""

MOST_MOVES: Final = 3
"""Redirects followed from the address on a page to that of a record."""

SAME_PAYLOAD: Final = "identical-payload-digest"
"""End of the name of the revisit profile (WARC 1.0 and 1.1) by which bytes came and agreed."""

_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_MOVED: Final = frozenset({301, 302, 303, 307, 308})


def survey(records: Iterable[Numbered], guard: Guard, spool: Spool) -> None:
    """Read all pages, and note what else is needed to understand the pictures."""
    for answer in guard.map(_pages(_until_damage(records), spool)):
        _note_page(answer, spool)
    spool.sort()


def _until_damage(records: Iterable[Numbered]) -> Iterator[Numbered]:
    """What can be read; where the file is damaged, the second reading says so."""
    with suppress(Refused):
        yield from records


def _pages(records: Iterable[Numbered], spool: Spool) -> Iterator[tuple[Seen, Raw]]:
    """The pages, each for a worker; everything else is noted on the way."""
    for number, record in records:
        if record.kind == "revisit":
            _note_visit(record, spool)
        elif record.status in _MOVED:
            _note_move(record, spool)
        elif record.media_type in _PAGES and record.status in {200, None}:
            yield from _page(number, record, spool)
        elif record.digest:
            spool.put(f"bytes {record.digest.lower()}", {})


def _page(number: int, record: Record, spool: Spool) -> Iterator[tuple[Seen, Raw]]:
    try:
        body = record.body()
    except ProvenanceError as problem:
        if problem.reason != DAMAGED:  # the archive's own line
            _note_problem(record.url, problem, spool)
        return
    yield (number, record.url, record.date), Raw(packed(record.about, body))


def _note_visit(record: Record, spool: Spool) -> None:
    same = (record.profile or "").rstrip("/").endswith(SAME_PAYLOAD) and record.digest
    word = (
        f"visit {record.digest.lower()}" if same and record.digest else f"asked {key(record.url)}"
    )
    spool.put(word, {"date": record.date, "url": record.url, "clock": record.clock})


def _note_move(record: Record, spool: Spool) -> None:
    target = whole(record.fields.get("location"), record.url)
    if target and key(target) != key(record.url):
        spool.put(f"moved {key(target)}", {"from": key(record.url)})


def _note_problem(url: str, problem: ProvenanceError, spool: Spool) -> None:
    said = {"reason": str(problem.reason), "message": problem.message, "advice": problem.advice}
    spool.put("problem", {"url": url, **said})


def _note_page(answer: Answer[Seen], spool: Spool) -> None:
    number, url, date = answer.key
    if isinstance(answer.result, Unreadable):
        _note_problem(url, answer.result, spool)
        return
    told = checked(answer.result)
    at = spool.write({"url": url, "date": date, "told": _dates(told)})
    for image in told["images"]:
        place = spool.write({"page": at, **{name: image[name] for name in ("inside", *WORDS)}})
        for address in image["urls"]:
            spool.put(f"image {key(address)}", {"place": place})
    if told["has_embedded"]:
        spool.put(f"page {number}", {"page": at})


def _dates(told: Plain) -> Plain:
    return {name: told[name] for name in ("published", "modified", "live", "several")}


# -------------------------------------------------------------------------- found again


class Found:
    """What the first reading noted, as the second asks for it."""

    def __init__(self, spool: Spool) -> None:
        """Over a spool that is sorted."""
        self._spool = spool
        self._page: Callable[[int], Page] = lru_cache(maxsize=1024)(self._read_page)

    def places(self, address: str) -> list[Place]:
        """Where on the pages the picture at this address stands, in the order of the pages."""
        words = self._aliases(key(address))
        notes = (note for word in words for note in self._spool.under(f"image {word}"))
        return [self._place(note["place"]) for note in islice(notes, MOST_PLACES)]

    def page_of_record(self, number: int) -> Page | None:
        """The page that is this record, if pictures stand in the page itself."""
        note = next(self._spool.under(f"page {number}"), None)
        return self._page(note["page"]) if note else None

    def visits(self, record: Record) -> Iterator[Crawl]:
        """The other moments at which the server gave these bytes, or said that it would."""
        if record.digest:
            for note in islice(self._spool.under(f"visit {record.digest.lower()}"), MOST_PLACES):
                yield crawl(note["date"], note["url"], note["clock"])
        for note in islice(self._spool.under(f"asked {key(record.url)}"), MOST_PLACES):
            if note["date"] >= record.date:
                yield crawl(note["date"], note["url"], note["clock"], own=False)

    def has_bytes(self, digest: str | None) -> bool:
        """Whether the bytes of this digest are in the archive."""
        notes = self._spool.under(f"bytes {digest.lower()}") if digest else iter(())
        return any(True for _ in notes)

    def is_named(self, address: str) -> bool:
        """Whether a page names this address as a picture."""
        return any(True for _ in self._spool.under(f"image {key(address)}"))

    def problems(self) -> Iterator[Plain]:
        """Pages that could not be read, and why."""
        return self._spool.under("problem")

    def _aliases(self, word: str) -> list[str]:
        """The address, and those that lead to it."""
        found, new = [word], [word]
        for _ in range(MOST_MOVES):
            notes = (n for each in new for n in islice(self._spool.under(f"moved {each}"), 50))
            new = [f for f in dict.fromkeys(note["from"] for note in notes) if f not in found]
            found += new
        return found

    def _place(self, at: int) -> Place:
        note = self._spool.at(at)
        texts = {name: note[name] for name in WORDS}
        return Place(self._page(note["page"]), inside=note["inside"], **texts)

    def _read_page(self, at: int) -> Page:
        note = self._spool.at(at)
        crawled = moments.of_record(note["date"])
        return Page(note["url"], crawled, publication(note["told"], crawled))


def crawl(date: str, url: str, clock: Plain, *, own: bool = True) -> Crawl:
    """A record of a picture's bytes, and whether the server's own clock contradicts it."""
    read = moments.of_record(date)
    modified = moments.of_header(clock.get("modified"))
    doubted = any(
        moments.later(instant, read, by=moments.ONE_DAY)
        for instant in (moments.of_header(clock.get("date")), modified)
    )
    return Crawl(read, url, own=own, doubted=doubted, modified=modified)
