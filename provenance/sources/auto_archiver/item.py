"""One link that auto-archiver archived, and its pictures known by their hashes.

Auto-archiver writes PDQ without leading zeros, and calls times UTC that were not, so zeros
are put back and every zone is taken as unknown (``pdq_hash_enricher.py``, ``metadata.py``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from provenance import dates
from provenance.dates import Date
from provenance.errors import MalformedHash, Refused, UsageError
from provenance.models import Entry, How, Means
from provenance.sources.export import Post, posted
from provenance.sources.source import Run, hash_entry
from provenance.sources.stated import Stated

_PDQ_DIGITS: Final = 64
_FEWEST_DIGITS: Final = 48
"""Half of the bits of a PDQ are set; one with so many zeros before it is of a blank picture."""

_SHA_256: Final = re.compile(r"(?:SHA-256:)?([0-9a-f]{64})", re.IGNORECASE)
_INSTANT: Final = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?)?"
    r"\s*(?:Z|UTC|[+-]\d\d:?\d\d)?"
)


@dataclass(frozen=True, slots=True)
class Item:
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


def hashed(blank: Entry, stated: Stated, post: Post, hashes: Mapping[str, str], run: Run) -> Entry:
    """``blank`` for a picture known by its hashes, or why they are none."""
    try:
        found = _parsed(hashes, run)
    except MalformedHash as problem:
        return replace(blank, problem=as_refused(problem))
    if not found:
        return replace(blank, problem=no_picture(""))
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


def no_picture(status: str) -> Refused:
    """There is no hash that could be used; ``status`` is what auto-archiver says of it."""
    said = f" (archive status: {status[:100]})" if status else ""
    return Refused(
        "no_picture",
        f"This link has no perceptual hash of a picture{said}.",
        advice="Switch the pdq_hash_enricher on, or add the archived pictures themselves.",
    )


def sha256_of(said: object) -> str | None:
    """The digits of ``SHA-256:...``; none of another algorithm."""
    found = _SHA_256.fullmatch(said.strip() if isinstance(said, str) else "")
    return found[1] if found else None


def date_of(text: str | None) -> Date | None:
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


def as_refused(problem: UsageError) -> Refused:
    """What is wrong with one part, which does not stop the rest."""
    return Refused(problem.reason, problem.message, name=problem.name, advice=problem.advice)
