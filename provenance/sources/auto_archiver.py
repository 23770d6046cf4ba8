"""What Bellingcat's auto-archiver leaves: its sheet as CSV, and ``metadata.json``.

A row of the sheet is a link with the PDQ hashes of all pictures that it showed. Its ``hash``
is that of whatever lies at ``archive location``: mostly the report which auto-archiver writes
about the link, and only where that is a picture is it read. In ``metadata.json`` every medium
has its own SHA-256, so that there the time of archiving is a record of the picture's own bytes.

Auto-archiver writes PDQ without leading zeros, and calls times UTC that were not, so zeros
are put back and every zone is taken as unknown (``pdq_hash_enricher.py``, ``metadata.py``).
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlsplit

from provenance import dates
from provenance.dates import Date
from provenance.errors import MalformedHash, Refused, Unreadable, UnreadableDate, UsageError
from provenance.models import Entry, How, Means
from provenance.sources.argument import Argument
from provenance.sources.export import (
    Post,
    below,
    folder_of,
    head,
    is_picture,
    opened,
    posted,
    refused,
    text_of,
    unreviewed,
)
from provenance.sources.files import problem_entry
from provenance.sources.rows import Cells
from provenance.sources.sheet import is_sheet, rows
from provenance.sources.source import Run, hash_entry
from provenance.sources.stated import Stated

COLUMNS: Final = frozenset(("link", "archive status"))
_HASHES: Final = "perceptual hashes"
_POSTED: Final = "upload timestamp"
_ARCHIVED: Final = "archive date"

_PDQ_DIGITS: Final = 64
_FEWEST_DIGITS: Final = 48
"""Half of the bits of a PDQ are set; one with so many zeros before it is of a blank picture."""

_MOST: Final = 1 << 23
"""Characters of one ``metadata.json``."""

_DEEPEST: Final = 8
_IS_METADATA: Final = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{\s*"status"\s*:')
_NOT_POSTED: Final = ("screenshot", "warc-file-", "browsertrix", "_final_media", "metadata_json")
"""Media that auto-archiver made itself."""

_SHA_256: Final = re.compile(r"(?:SHA-256:)?([0-9a-f]{64})", re.IGNORECASE)
_INSTANT: Final = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?)?"
    r"\s*(?:Z|UTC|[+-]\d\d:?\d\d)?"
)


class AutoArchiver:
    """A sheet or a ``metadata.json`` of auto-archiver."""

    name = "auto_archiver"

    def recognises(self, argument: Argument) -> bool:
        """Whether it is one of the two."""
        return _is_metadata(argument) or is_sheet(argument, COLUMNS)

    def check(self, argument: Argument, run: Run) -> None:
        """What is broken spoils its own entry, not the command."""

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
        """One entry per picture; a link without one, and what is broken, has its own."""
        stated = unreviewed(stated)
        blank = stated.blank(argument.text)
        told = _of_metadata if _is_metadata(argument) else _of_sheet
        try:
            yield from told(argument, stated, blank, run)
        except Unreadable as problem:
            yield problem_entry(argument, problem, blank)
        except Refused as problem:
            yield problem_entry(argument, problem, blank)
        except UsageError as problem:
            yield problem_entry(argument, _as_refused(problem), blank)


@dataclass(frozen=True, slots=True)
class _Item:
    """One archived link."""

    link: str | None
    posted: Date | None
    archived: Date | None
    caption: str | None

    def post(self, *, image_record: bool) -> Post:
        """What it says of its pictures: when it was posted, and when it was archived."""
        host = _host(self.link)
        archived = Post(
            self.archived,
            source=host,
            url=self.link,
            caption=self.caption,
            image_record=image_record,
            means=Means.CRAWLED,
            how=How.CRAWL_RECORD,
        )
        more = (archived,) if self.archived else ()
        return Post(self.posted, source=host, url=self.link, caption=self.caption, more=more)


# --------------------------------------------------------------------------- the sheet


def _of_sheet(argument: Argument, stated: Stated, blank: Entry, run: Run) -> Iterator[Entry]:
    count = 0
    for count, cells in rows(argument, COLUMNS):
        here = replace(blank, name=argument.text, name_bytes=argument.raw_name, row=count)
        try:
            yield from _of_row(cells, stated, here, run)
        except Refused as problem:
            yield refused(argument, problem, blank, count)
        except UsageError as problem:
            yield refused(argument, _as_refused(problem), blank, count)
    if not count:
        run.tally.empty.append(argument.text)


def _of_row(cells: Cells | Refused, stated: Stated, blank: Entry, run: Run) -> Iterator[Entry]:
    """An entry for each picture of a link; raises what is wrong with the whole row."""
    if isinstance(cells, Refused):
        raise cells
    hashes = _hashes(cells)
    if not hashes:
        raise _no_picture(cells.get("archive status", ""))
    item = _Item(
        link=cells.get("link") or None,
        posted=_date(cells.get(_POSTED)),
        archived=_date(cells.get(_ARCHIVED)),
        caption=text_of([cells.get("text content") or cells.get("upload title", "")]),
    )
    for each in hashes:
        yield _hashed(blank, stated, item.post(image_record=False), each, run)


def _hashes(cells: Cells) -> list[dict[str, str]]:
    """The hashes of each picture: its PDQ, and the SHA-256 of what was archived, if a picture."""
    found = [{"pdq": text} for each in cells.get(_HASHES, "").split(",") if (text := each.strip())]
    stored = cells.get("archive location", "").split("\n")[0].partition("?")[0]
    sha256 = _sha256(cells.get("hash")) if is_picture(stored) else None
    if sha256 is None:
        return found
    # With one picture both are its hashes; with more nobody knows which PDQ it has.
    if len(found) == 1:
        return [{"sha256": sha256, **found[0]}]
    return [{"sha256": sha256}, *found]


def _no_picture(status: str) -> Refused:
    said = f" (archive status: {status[:100]})" if status else ""
    return Refused(
        "no_picture",
        f"This link has no perceptual hash of a picture{said}.",
        advice="Switch the pdq_hash_enricher on, or add the archived pictures themselves.",
    )


# ------------------------------------------------------------------------ metadata.json


def _is_metadata(argument: Argument) -> bool:
    if argument.suffix != ".json" or not argument.exists or argument.is_folder:
        return False
    begin = head(argument)
    return bool(_IS_METADATA.match(begin)) and b'"metadata"' in begin


def _of_metadata(argument: Argument, stated: Stated, blank: Entry, run: Run) -> Iterator[Entry]:
    blank = replace(blank, name=argument.text, name_bytes=argument.raw_name)
    said = _read(argument)
    try:
        item = _item(said.get("metadata"))
    except UnreadableDate as problem:
        yield replace(blank, problem=_as_refused(problem))
        return
    found = False
    for medium in _media(said.get("media"), _DEEPEST):
        found = True
        yield _of_medium(argument, medium, item, stated, blank, run)
    if not found:
        run.tally.empty.append(argument.text)


def _read(argument: Argument) -> Mapping[str, Any]:
    """The whole document; raises :class:`Refused`."""
    with closing(opened(argument)) as stream:
        text = stream.read(_MOST + 1)
    try:
        said = json.loads(text) if len(text) <= _MOST else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Refused(
            "malformed_export",
            f"This is no whole JSON object of at most {_MOST:,} characters.",
            name=argument.text,
            advice="Archive the link again, or add the archived pictures themselves.",
        )
    return said


def _item(said: object) -> _Item:
    told = said if isinstance(said, dict) else {}
    words = [told.get(key) for key in ("content", "title")]
    return _Item(
        link=_text(told.get("url")),
        posted=_date(_text(told.get("timestamp"))),
        archived=_date(_text(told.get("_processed_at"))),
        caption=text_of([next((word for word in words if isinstance(word, str)), "")]),
    )


def _media(said: object, depth: int) -> Iterator[Mapping[str, Any]]:
    """Every medium that is a picture, those inside others (frames of a film) as well."""
    for medium in said if isinstance(said, list) else []:
        if not isinstance(medium, dict) or not isinstance(medium.get("filename"), str):
            continue
        properties = medium.get("properties")
        inner = properties if isinstance(properties, dict) else {}
        if not str(inner.get("id", "")).startswith(_NOT_POSTED):
            kind = medium.get("_mimetype")
            image = isinstance(kind, str) and kind.startswith("image/")
            if image or is_picture(medium["filename"]):
                yield medium
        if depth:
            for value in inner.values():
                yield from _media(value if isinstance(value, list) else [value], depth - 1)


def _of_medium(
    argument: Argument,
    medium: Mapping[str, Any],
    item: _Item,
    stated: Stated,
    blank: Entry,
    run: Run,
) -> Entry:
    """The picture of one medium: its file where it lies beside, else its hashes."""
    told = medium.get("properties")
    properties = told if isinstance(told, dict) else {}
    name = posixpath.basename(medium["filename"].replace("\\", "/"))
    file = _beside(argument, name, blank)
    hashes = {"sha256": _sha256(properties.get("hash")), "pdq": _text(properties.get("pdq_hash"))}
    post = item.post(image_record=bool(hashes["sha256"]))
    if file is not None:
        return posted(file, stated, post)
    return _hashed(blank, stated, post, {k: v for k, v in hashes.items() if v}, run)


def _beside(argument: Argument, name: str, blank: Entry) -> Entry | None:
    """The file of this name beside the document, if there is one."""
    found = below(folder_of(argument), name, blank) if name else None
    return None if found is None or found.problem else found


def _sha256(said: object) -> str | None:
    """The digits of ``SHA-256:...``; none of another algorithm."""
    found = _SHA_256.fullmatch(_text(said) or "")
    return found[1] if found else None


def _text(said: object) -> str | None:
    return said.strip() or None if isinstance(said, str) else None


# ------------------------------------------------------------------------- of the two


def _hashed(blank: Entry, stated: Stated, post: Post, hashes: Mapping[str, str], run: Run) -> Entry:
    """``blank`` for a picture known by its hashes, or why they are none."""
    try:
        found = _parsed(hashes, run)
    except MalformedHash as problem:
        return replace(blank, problem=_as_refused(problem))
    if not found:
        return replace(blank, problem=_no_picture(""))
    name = ", ".join(f"{kind}:{value}" for kind, value in found.items())
    return posted(hash_entry(replace(blank, name=name, name_bytes=None), found), stated, post)


def _parsed(hashes: Mapping[str, str], run: Run) -> dict[str, str]:
    """Each hash by its kind; raises :class:`MalformedHash`."""
    found: dict[str, str] = {}
    for kind, text in hashes.items():
        whole = text.rjust(_PDQ_DIGITS, "0") if _is_short_pdq(kind, text) else text
        found |= run.hashes(f"{kind}:{whole}") or {}
    return found


def _is_short_pdq(kind: str, text: str) -> bool:
    return kind == "pdq" and _FEWEST_DIGITS <= len(text) < _PDQ_DIGITS


def _date(text: str | None) -> Date | None:
    """A time as auto-archiver writes it, on a clock nobody knows.

    Raises:
        UnreadableDate: it is none.
    """
    if not text:
        return None
    found = _INSTANT.fullmatch(text.strip())
    if found is None:
        return dates.read(text).date
    return dates.parse(found["day"] + (f"T{found['time']}" if found["time"] else ""))


def _host(link: str | None) -> str | None:
    """Who served the link: ``t.me``."""
    try:
        host = urlsplit(link or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _as_refused(problem: UsageError) -> Refused:
    return Refused(problem.reason, problem.message, name=problem.name, advice=problem.advice)
