"""An open archive with its workers and indexes: what programs and commands work with.

::

    with Desk("archive.db") as desk:
        for added in desk.add(["agency/2019"], Stated(date="2019", source="agency")):
            print(added.outcome)
        for check in desk.check(["a.jpg"], Claim(date=read_date("23 October 2023"))):
            print(check.finding.sentence)

Workers and indexes start when first needed and stay warm until the desk is closed.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from provenance.accounts import Role, Task
from provenance.archive import Archive
from provenance.errors import MalformedHash, NotAllowed, Quarantined, UsageError
from provenance.guard import Guard
from provenance.models import Added, Claim, Entry, Lookup, Match, NewReview, Picture, Review
from provenance.sources import Stated, Tally

if TYPE_CHECKING:
    from provenance.archive import (
        Asked,
        Event,
        Forgotten,
        ForgottenCheck,
        QuarantinedFile,
        Revoked,
    )
    from provenance.check import Checked
    from provenance.contact_sheet import ContactSheet
    from provenance.corners import Corners
    from provenance.examine import Wanted
    from provenance.lookup import Looked, Tools
    from provenance.outlook import Outlooker
    from provenance.quarantine import Quarantining
    from provenance.rechecking import Places, Recheck, Rechecked
    from provenance.report.html import Made, ReportImages
    from provenance.search import Searcher

Argument = str | bytes | os.PathLike[str]
Record = dict[str, Any]
ReportPage = tuple[Record, "ReportImages"]
INDEX_SUFFIX = ".index"
PEM = "-----BEGIN CERTIFICATE-----"


class Desk:
    """One archive, open for work.

    Args:
        archive: path of the archive file.
        create: make the archive if there is none, at the first use.
        readonly: only ask; :meth:`add` and the like then raise.
        rehearsal: for ``add(dry_run=True)``: without an archive, rehearse on an empty one
            that is thrown away.
        actor: who is working; kept with what is written.
        lang: language of sentences, ``en``, ``de``, ``fr`` or ``ar``.
        allow_private: fetch also from addresses inside private networks.
        role: what the person may do; unless given, everything (a desk of one's own).
        trust_list: file of certificates (PEM) that signers of content credentials may lead to.

    Raises:
        ArchiveError: there is none, it is something else, or it cannot be opened.
        UsageError: the trust list cannot be read or holds no certificate.
    """

    def __init__(
        self,
        archive: str | os.PathLike[str],
        *,
        create: bool = False,
        readonly: bool = False,
        rehearsal: bool = False,
        actor: str | None = None,
        role: Role | None = None,
        lang: str = "en",
        allow_private: bool = False,
        trust_list: str | os.PathLike[str] | None = None,
    ) -> None:
        self.path = Path(archive)
        self.lang = lang
        self.role = role
        self.tally = Tally()
        self._allow_private = allow_private
        self._opening = partial(Archive.open, readonly=readonly, create=create, actor=actor)
        self._rehearsal = rehearsal
        self._turned_away: dict[str, str] = {}
        self._trust_list = certificates(trust_list) if trust_list else None
        self._closing = ExitStack()
        if not (create or rehearsal):
            self.archive  # noqa: B018  # to say at once that there is none

    def __enter__(self) -> Self:
        """The desk itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close workers and archive."""
        self.close()

    def close(self) -> None:
        """End the workers and close the archive; harmless when done twice."""
        self._closing.close()

    def require(self, task: Task) -> None:
        """Let pass what this person may do. Raises :class:`NotAllowed`."""
        if self.role is not None and not self.role.may(task):
            raise NotAllowed(self.role, task)

    # ------------------------------------------------------------------ getting in

    def add(
        self,
        sources: Iterable[Argument],
        stated: Stated | None = None,
        *,
        dry_run: bool = False,
        fetch: bool = False,
        columns: Mapping[str, str] | None = None,
    ) -> Iterator[Added]:
        """Take in files, folders, tables and addresses; yields what became of each, once safe.

        Given a list, the sources are all looked at before anything is written; given an
        iterator, each input is answered before the next is drawn. ``fetch``: also fetch what
        tables name by address. ``columns`` says which column of a table is which field, where
        its name does not.

        Raises:
            UsageError: at the call: an unreadable date, a table without a needed column.
        """
        self.require(Task.ADD)
        from provenance import fingerprint, ingest
        from provenance import sources as rooms

        sources = _arguments(sources)
        named = rooms.entries(
            sources,
            stated,
            parse_hash=fingerprint.parse_hash,
            tally=self.tally,
            fetch=fetch,
            columns=columns,
        )
        self._turned_away = self.archive.quarantine_reasons()
        one_by_one = not isinstance(sources, list)
        entries = self._fetched(named, one_by_one=one_by_one)
        if dry_run:
            return self._compared(ingest.foresee(self.archive, self.guard, entries))
        take_in = ingest.take_in_one_by_one if one_by_one else ingest.take_in
        return self._compared(take_in(self.archive, self.guard, entries))

    def _compared(self, answers: Iterable[Added]) -> Iterator[Added]:
        """The same, with what of their dates cannot be right together."""
        from provenance.finding import disagreements

        for added in answers:
            said = disagreements(added.sightings, self.lang)
            yield replace(added, disagreements=said) if said else added

    def added_record(self, added: Added) -> Record:
        """The contract's JSON of what became of one input of :meth:`add`."""
        from provenance.outlook import weigh_new
        from provenance.report.record import added_record

        return added_record(added, strength=weigh_new)

    def outlooker(self) -> Outlooker:
        """Counts what a dry run foresees: ``outlooker.watched(desk.add(..., dry_run=True))``."""
        from provenance.outlook import Outlooker

        return Outlooker(self.lang)

    # ---------------------------------------------------------------------- asking

    def lookup(self, questions: Iterable[Argument]) -> Iterator[Lookup]:
        """What the archive knows of files, folders, addresses and hashes; writes nothing.

        Raises:
            MalformedHash: at the call, for a text that looks like a hash and is none.
        """
        from provenance.examine import Wanted

        return (looked.lookup for looked in self._looked(questions, Wanted(ask=True)))

    def check(
        self, questions: Iterable[Argument], claim: Claim, *, keep: bool = False
    ) -> Iterator[Checked]:
        """Look up pictures under a claim; each is judged and stored as a check.

        ``keep`` also adds the pictures to the archive, after all are judged alike.
        """
        from provenance.examine import Wanted

        self.require(Task.ADD if keep else Task.CHECK)
        return self._checked(self._looked(questions, Wanted(keep=True, ask=True)), claim, keep=keep)

    def looked(self, entries: Iterable[Entry]) -> Iterator[Looked]:
        """Look up entries drawn one by one, some of them side by side; for :meth:`judged`."""
        from provenance.examine import Wanted
        from provenance.lookup import look_up

        return look_up(self._tools, entries, Wanted(keep=True, ask=True))

    def judged(self, looked: Looked, claim: Claim) -> Checked:
        """Judge one look-up under a claim and store it as a check."""
        from provenance.check import check

        self.require(Task.CHECK)
        return check(self.archive, looked, claim, lang=self.lang)

    def check_entries(
        self, entries: Iterable[Entry], claim: Claim, *, keep: bool = False
    ) -> Iterator[Checked]:
        """The same as :meth:`check` for what came without a file name of ours: uploads."""
        self._turned_away = self.archive.quarantine_reasons()
        return self._checked(self.looked(entries), claim, keep=keep)

    def lookup_entries(self, entries: Iterable[Entry]) -> Iterator[Lookup]:
        """The same as :meth:`lookup` for uploads."""
        from provenance.examine import Wanted
        from provenance.lookup import look_up

        self._turned_away = self.archive.quarantine_reasons()
        answers = look_up(self._tools, entries, Wanted(ask=True))
        return (looked.lookup for looked in answers)

    @staticmethod
    def hash_entry(written: str) -> Entry:
        """A hash as an entry to look up; never a file or an address, whatever is written.

        Raises:
            MalformedHash: it is none.
        """
        from provenance import fingerprint

        hashes = fingerprint.parse_hash(written)
        if not hashes:
            raise MalformedHash(
                "That is no hash.",
                advice="Give sha256: or pdq: with 64 hex digits, or phash: with 16.",
            )
        by_kind = {each.kind.partition("_")[0]: each.text for each in hashes}
        return Entry(
            name=written.strip(),
            sha256=by_kind.get("sha256"),
            pdq=by_kind.get("pdq"),
            phash=by_kind.get("phash"),
        )

    def _checked(self, answers: Iterable[Looked], claim: Claim, *, keep: bool) -> Iterator[Checked]:
        from provenance.ingest import take_in_checked

        for looked in answers:
            checked = self.judged(looked, claim)
            if keep and looked.entry is not None and looked.examined is not None:
                take_in_checked(self.archive, looked.entry, looked.examined, claim)
            yield checked

    def _looked(self, questions: Iterable[Argument], wanted: Wanted) -> Iterator[Looked]:
        from provenance import fingerprint, lookup, sources

        asked = _arguments(questions)
        named = sources.questions(asked, parse_hash=fingerprint.parse_hash, tally=self.tally)
        self._turned_away = self.archive.quarantine_reasons()
        one_by_one = not isinstance(asked, list)
        entries = self._fetched(named, one_by_one=one_by_one)
        look_up = lookup.look_up_one_by_one if one_by_one else lookup.look_up
        return look_up(self._tools, entries, wanted)

    def _fetched(self, entries: Iterable[Entry], *, one_by_one: bool) -> Iterator[Entry]:
        """The same entries; pictures at an address come with their bytes."""
        from provenance import fetch

        return fetch.fetched(entries, self._fetch, at_once=1 if one_by_one else fetch.AT_ONCE)

    def _fetch(self, url: str) -> bytes:
        from provenance.fetch import EVERYWHERE, PUBLIC
        from provenance.fetch.fetching import fetch

        return fetch(url, reach=EVERYWHERE if self._allow_private else PUBLIC)

    # ---------------------------------------------------------------- what is there

    def find(self, reference: str) -> Picture:
        """A picture by its number, its SHA-256 or the first 8 digits of it or more.

        Raises:
            UnknownName: there is no such picture, or several.
        """
        return self.archive.find_picture(reference)

    def pictures(self, *, limit: int | None = None, offset: int = 0) -> Iterator[Record]:
        """The pictures with their sightings, earliest first, as records."""
        for picture, _ in self.archive.pictures(limit=limit, offset=offset, order="date"):
            yield self._picture_record(picture)

    def show(self, reference: str) -> Record:
        """One picture with all its sightings and events, as a record."""
        picture = self.find(reference)
        events = self.archive.events_of(picture.id)
        return self._picture_record(picture, events, revoked=True)

    def check_record(self, check: int, lang: str) -> Record:
        """The stored answer of a check; in another language as it would be judged now.

        Raises:
            UnknownName: there is no such check.
        """
        from provenance.rejudge import ENGLISH, judge_again

        record = self.archive.check(check)
        if record.get("lang", ENGLISH) == lang:
            return record
        return judge_again(self.archive, check, lang=lang).record

    def near(self, reference: str) -> Record | None:
        """What in the archive is near one of its pictures, as the JSON of a look-up.

        ``None`` where too little is kept of it to compare.
        """
        from provenance.near import near

        found = near(self._tools, self.find(reference))
        return self.record(found) if found else None

    def corners(self, check: int, picture: int) -> Corners | None:
        """Points of a checked picture and of one it matches that agree, for people to follow.

        ``None`` where too little is kept to find them anew. Raises :class:`UnknownName`.
        """
        from provenance.corners import corners

        return corners(self.archive, check, picture)

    def record(self, lookup: Lookup) -> Record:
        """The contract's JSON of a look-up."""
        from provenance.check import weigh
        from provenance.report.record import lookup_record

        return lookup_record(lookup, strength=weigh, lang=self.lang)

    def _picture_record(
        self, picture: Picture, events: Iterable[Event] | None = None, *, revoked: bool = False
    ) -> Record:
        from provenance.check import weigh
        from provenance.report.record import picture_record

        sightings = self.archive.sightings_of([picture.id], revoked=revoked)[picture.id]
        collections = self.archive.collections_of(picture.id)
        return picture_record(
            picture, sightings, strength=weigh, events=events, collections=collections
        )

    # -------------------------------------------------------------------- reviewing

    def review(
        self, check: int, new: NewReview, *, on: int | None = None, overturn: bool = False
    ) -> Review:
        """Store what a person decided about a check; every check that shows it is judged anew.

        ``on`` is the ``state`` of :meth:`reviews` that the person looked at: where a colleague
        decided since, nothing is written. ``overturn``: it takes the place of a colleague's.

        Raises:
            UsageError: no reason, nobody named, or it is not clear which match is meant.
            StaleReview, AlreadyDecided: a colleague's decision stands in the way, and which.
        """
        from provenance.reviewing import review

        self.require(Task.REVIEW)
        return review(self.archive, check, new, on=on, overturn=overturn)

    def take_back(self, check: int, why: str, **about: Any) -> Review:
        """Take back one's own newest decision on a check: what it replaced stands again.

        ``about``: ``picture`` or ``sighting`` (the newest about that one), ``review`` (its
        number), ``on``, and ``overturn`` for a colleague's. Raises as :meth:`review`.
        """
        from provenance.reviewing import take_back

        self.require(Task.REVIEW)
        return take_back(self.archive, check, why, **about)

    def reviews(self, check: int) -> Record:
        """A check with its matches, everything that was decided, and the ``state`` of that."""
        from provenance.report.reviewed import reviewed_record

        return reviewed_record(
            self.archive.check(check),
            self.archive.reviews_of(check),
            self.archive.review_state(check),
        )

    # ------------------------------------------------------------------ taking back

    def revoke(self, collection: str, reason: str) -> Revoked:
        """Take back a collection: what no other collection holds no longer counts.

        Every check that matched a picture of it is judged anew.
        """
        from provenance.rejudge import judge_again

        self.require(Task.TAKE_BACK)
        return self.archive.revoke(collection, reason, partial(judge_again, self.archive))

    def forget(self, reference: str, reason: str) -> Forgotten:
        """Erase a picture: pixels, fingerprints, text, index entries. Cannot be undone."""
        self.require(Task.TAKE_BACK)
        picture = self.find(reference)
        forgotten = self.archive.forget(picture.id, reason)
        self.searcher.purge([picture.id])
        self.rechecking.purge()
        return replace(forgotten, clean=self.contact_sheet.purge() and forgotten.clean)

    def forget_check(self, check: int, reason: str) -> ForgottenCheck:
        """Erase what a check holds: the query's name, text, fingerprints and pixels."""
        self.require(Task.TAKE_BACK)
        forgotten = self.archive.forget_check(check, reason)
        self.rechecking.purge()
        return replace(forgotten, clean=self.contact_sheet.purge() and forgotten.clean)

    # --------------------------------------------------------------- looking back

    def recheck(
        self, places: Places | None = None, seconds: float = math.inf
    ) -> Iterator[Rechecked]:
        """Judge anew the checks that would answer differently since the archive changed.

        ``places`` says where the file of a check may lie; unless given, where it lay. After so
        many ``seconds`` it ends, and goes on where it ended when it is called again.
        """
        self.require(Task.CHECK)
        return self.rechecking.follow(places or _as_typed, seconds)

    def drop_pixels(self, reference: str, reason: str) -> Forgotten:
        """Erase what can be looked at of a picture and keep its fingerprints."""
        from provenance.archive import Forgotten

        self.require(Task.TAKE_BACK)
        picture = self.find(reference)
        clean = self.archive.drop_pixels(picture.id, reason)
        return Forgotten(picture.id, commitment=None, receipt=None, checks=(), clean=clean)

    def quarantine(self, files: Iterable[Argument], reason: str) -> Iterator[Quarantining]:
        """Turn files away from now on, each by its path or ``sha256:`` and 64 hex digits.

        Only their SHA-256 and the reason are kept; what the archive held of them is erased.
        A file is read to be hashed and not decoded; it stays where it is.

        Raises:
            MalformedHash: in its turn, for a text that looks like a hash and is none.
            UsageError: in its turn, if there is no reason.
        """
        self.require(Task.TAKE_BACK)  # at the call, not when the first answer is drawn
        return self._quarantined(files, reason)

    def _quarantined(self, files: Iterable[Argument], reason: str) -> Iterator[Quarantining]:
        """The same, the contact sheet emptied where something was erased."""
        from provenance.quarantine import quarantine

        for each in quarantine(self.archive, self.searcher, _arguments(files), reason):
            if each.file and (each.file.pictures or each.file.checks):
                clean = self.contact_sheet.purge() and each.file.clean
                each = replace(each, file=replace(each.file, clean=clean))  # noqa: PLW2901
            yield each

    def release(self, sha256: str, reason: str) -> str:
        """Take a file back out of quarantine, by its SHA-256, which is returned.

        Raises:
            UnknownName: it is not in quarantine.
        """
        self.require(Task.TAKE_BACK)
        plain = sha256.lower().removeprefix("sha256:")
        self.archive.release(plain, reason)
        return plain

    def quarantined(self) -> tuple[QuarantinedFile, ...]:
        """All files that are turned away."""
        return self.archive.quarantine_list()

    # -------------------------------------------------------------------- reporting

    def page(self, checked: Checked) -> ReportPage:
        """What a report shows of one check: its record, and previews of its pictures."""
        from provenance.report.html import ReportImages

        shown = {match.picture.id for match in _all_matches(checked.looked.lookup)}
        previews = {picture: self.archive.thumbnail(picture) for picture in sorted(shown)}
        examined = checked.looked.examined
        images = ReportImages(
            query=examined.thumbnail if examined else None,
            pictures={picture: bytes_ for picture, bytes_ in previews.items() if bytes_},
        )
        return checked.record, images

    def report(self, pages: Sequence[ReportPage]) -> str:
        """One self-contained HTML page about these checks."""
        from provenance.report.html import html

        records, images = [page[0] for page in pages], [page[1] for page in pages]
        return html(records, images, made=self._made(), lang=self.lang)

    def write_report(self, pages: Sequence[ReportPage], path: str | os.PathLike[str]) -> None:
        """Write one self-contained HTML page about these checks.

        Raises:
            UsageError: the file cannot be written.
        """
        text = self.report(pages)
        try:
            Path(path).write_text(text, encoding="utf-8")
        except OSError as error:
            raise UsageError(
                f"The report cannot be written to {path}: {error.strerror}.",
                advice="Give another file.",
            ) from error

    def _made(self) -> Made:
        from provenance.report.html import Made

        return Made(
            at=datetime.now(UTC),
            program=f"provenance {version()}",
            fingerprints=self.archive.own_kinds(),
            decoder=self._decoder(),
            archive=self.archive.archive_id,
        )

    @staticmethod
    def _decoder() -> str:
        return f"pillow {metadata.version('pillow')}"

    @staticmethod
    def raster_image(packed: bytes) -> bytes:
        """A packed proof raster as a grey PNG file."""
        from provenance.decode.shown import png
        from provenance.fingerprint import raster

        return png(raster.unpack(packed).grey)

    def status(self) -> Record:
        """What the archive covers, whether it is whole, what protects this machine."""
        from provenance.guard import protections
        from provenance.report.record import status_record

        chain = self.archive.verify_chain()
        state = {
            "archive": self.archive.status(),
            "log": {"whole": chain.whole, "events": chain.events, "problems": chain.problems},
            "checks": self.archive.recalled(),
            "index": self.searcher.status(),
            "protections": {p.words: p.active for p in protections()},
            "versions": _versions(),
        }
        return status_record(state)

    # ----------------------------------------------------------------------- inside

    @cached_property
    def archive(self) -> Archive:
        """The archive; one that may be made is made when first needed, not before."""
        if self._rehearsal and self.path.exists():
            self._opening = partial(Archive.open, readonly=True)
        elif self._rehearsal:
            self.path = self._closing.enter_context(_empty_place())
            self._opening = partial(Archive.open, create=True)
        return self._closing.enter_context(self._opening(self.path))

    @cached_property
    def guard(self) -> Guard:
        """The workers; they start with the first file."""
        from provenance.examine import IMPORTS, in_worker

        options = {"trust_list": self._trust_list}
        guard = Guard(in_worker, imports=IMPORTS, options=options, turned_away=self._is_turned_away)
        return self._closing.enter_context(guard)

    def _is_turned_away(self, sha256: str) -> Quarantined | None:
        """Whether these bytes were in quarantine when the batch began; asked before reading."""
        why = self._turned_away.get(sha256)
        return None if why is None else Quarantined(why)

    @cached_property
    def searcher(self) -> Searcher:
        """The indexes over this archive, kept beside it."""
        from provenance.search import Searcher

        return Searcher(self.archive, Path(f"{self.path}{INDEX_SUFFIX}"))

    @cached_property
    def rechecking(self) -> Recheck:
        """Follows the archive for earlier checks; its index lies beside that of the pictures."""
        from provenance.rechecking import Recheck

        folder = Path(f"{self.path}{INDEX_SUFFIX}")
        with suppress(OSError):  # where nothing can be written it works in memory
            folder.mkdir(exist_ok=True)
        return Recheck(self._tools, folder / "checks", lang=self.lang)

    @cached_property
    def contact_sheet(self) -> ContactSheet:
        """All pictures by when they were first known, narrowed and searched; kept beside it."""
        from provenance.contact_sheet import ContactSheet

        sheet = ContactSheet(self.archive, Path(f"{self.path}{INDEX_SUFFIX}") / "sheet")
        self._closing.callback(sheet.close)
        return sheet

    @property
    def _tools(self) -> Tools:
        from provenance.lookup import Tools

        return Tools(self.archive, self.searcher, self.guard)


@contextmanager
def _empty_place() -> Iterator[Path]:
    """A path for an archive that is thrown away on leaving."""
    with TemporaryDirectory(prefix="provenance-") as folder:
        yield Path(folder) / "archive.db"


def certificates(path: str | os.PathLike[str]) -> str:
    """The certificates of a trust list, as PEM text.

    Raises:
        UsageError: the file cannot be read or holds none.
    """
    try:
        text = Path(path).read_text("ascii", "replace")
    except OSError as error:
        raise UsageError(
            f"The trust list {os.fspath(path)} cannot be read: {error.strerror}.",
            advice="Give a file of certificates in PEM form.",
        ) from error
    if PEM not in text:
        raise UsageError(
            f"The trust list {os.fspath(path)} holds no certificate.",
            advice=f"Give a file of certificates in PEM form ({PEM}).",
        )
    return text


def version() -> str:
    """The version of this program."""
    return metadata.version("image-provenance")


def _versions() -> Record:
    """This program and the libraries that decide what it computes."""
    names = ("pillow", "numpy", "opencv-python-headless", "imagehash", "exifread", "pi-heif")
    python = ".".join(map(str, sys.version_info[:3]))
    return {"provenance": version(), "python": python} | {n: metadata.version(n) for n in names}


def _as_typed(asked: Asked) -> Iterator[Path]:
    """Where a checked file lay when it was named on the command line."""
    yield Path(asked.name)


def _all_matches(lookup: Lookup) -> tuple[Match, ...]:
    return (*lookup.matches, *lookup.similar_scenes)


def _arguments(given: Iterable[Argument]) -> Iterable[str | bytes]:
    """Paths as the sources take them; a list stays a list, so that all can be looked at."""
    plain = (os.fspath(each) for each in given)
    return list(plain) if isinstance(given, list | tuple) else plain
