"""What sources that read other programs' exports share: a post, its picture, its file.

An export says who showed a picture when; this desk has not reviewed whoever made it. So what
comes out of one is ``unreviewed`` until somebody says otherwise with ``--trust``.
"""

# Names are bytes here, which pathlib does not take.
# ruff: noqa: PTH118, PTH120

from __future__ import annotations

import io
import os
import posixpath
import stat
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import IO, TextIO

from provenance import dates
from provenance.dates import Date
from provenance.errors import ProvenanceError, Refused, Unreadable, UnreadableReason
from provenance.guard.reading import OPENING
from provenance.models import Entry, How, Means, NewSighting, Trust
from provenance.sources.argument import Argument
from provenance.sources.files import file_entry, problem_entry
from provenance.sources.stated import Stated

PICTURES = frozenset(
    (
        *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif"),
        *(".heic", ".heif", ".avif", ".tif", ".tiff", ".bmp"),
    )
)
"""Endings of what an export calls a file and is a picture; photos need no such test."""

LONGEST_CAPTION = 20_000
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Post:
    """One picture as an export shows it: when, in what, with which words.

    ``source`` is a chat or a host, never a person. ``weak``: the export cannot show that the
    picture was there since ``date``. ``image_record``: it is a record of the picture's own
    bytes. ``more`` is what the export knows besides.
    """

    date: Date | None
    source: str | None = None
    url: str | None = None
    caption: str | None = None
    weak: bool = False
    image_record: bool = False
    means: Means = Means.POSTED
    how: How = How.PLATFORM
    more: tuple[Post, ...] = ()


def unreviewed(stated: Stated) -> Stated:
    """What is stated, at trust ``unreviewed`` unless somebody said how far to trust it."""
    return stated if stated.trust else replace(stated, trust=Trust.UNREVIEWED.value)


def posted(blank: Entry, stated: Stated, post: Post) -> Entry:
    """``blank`` with what a post says of its picture.

    The post's own date, address and words go before what was stated about the whole export;
    a source that was stated goes before the name of the chat.
    """
    return replace(
        blank,
        sighting=_as_posted(stated, post),
        more=tuple(_besides(stated, each) for each in post.more),
        read_as=dates.say(post.date) if post.date else blank.read_as,
    )


def _as_posted(stated: Stated, post: Post) -> NewSighting:
    said = stated.sighting()
    dated = said if post.date is None and said and said.date else _besides(stated, post)
    return replace(
        dated,
        source=stated.source or post.source,
        url=post.url or stated.url,
        place=stated.place,
        caption=post.caption or stated.caption,
        credit=stated.credit,
        vouched=stated.vouch,
    )


def _besides(stated: Stated, post: Post) -> NewSighting:
    """A sighting from the export alone, at the trust that was stated."""
    return NewSighting(
        date=post.date,
        means=post.means,
        how=post.how,
        source=post.source,
        url=post.url,
        caption=post.caption,
        trust=stated.believed(),
        image_record=post.image_record,
        weak_page=post.weak,
    )


# ------------------------------------------------------------------------- its file


def folder_of(argument: Argument) -> Argument:
    """The folder of an export: the one typed, or the one the file lies in (empty: here)."""
    return argument if argument.is_folder else Argument(os.path.dirname(argument.raw))


def below(folder: Argument, path: str, blank: Entry) -> Entry:
    """``blank`` for the file at ``path`` below ``folder``, which the export names.

    An export may come from somebody else: a path that leaves the folder, by its spelling or
    by a link, is refused.
    """
    clean = posixpath.normpath(path) if "\0" not in path else ".."
    if posixpath.isabs(clean) or clean.split("/")[0] == ".." or "\\" in clean or ":" in clean[:3]:
        return replace(blank, problem=_leaves(path))
    raw = clean.encode("utf-8", "surrogatepass")
    file = folder.below(raw) if folder.raw else Argument(raw)
    if not file.exists:
        return replace(
            blank, problem=not_in_export(f"It names {_shown(path)}, which is not there.")
        )
    if not _inside(folder, file):
        return replace(blank, problem=_leaves(path))
    return file_entry(file, blank)


def _inside(folder: Argument, file: Argument) -> bool:
    """Whether a file lies in the folder once links on the way are followed."""
    home = os.path.join(os.path.realpath(folder.raw), b"")
    return os.path.join(os.path.realpath(os.path.dirname(file.raw)), b"").startswith(home)


def _leaves(path: str) -> Refused:
    return Refused(
        "bad_path",
        f"{_shown(path)} lies outside the folder of the export.",
        advice="Copy the picture and add the copy.",
    )


def not_in_export(why: str) -> Refused:
    """A picture that the export speaks of and does not hold."""
    return Refused(
        "not_in_export",
        why,
        advice="Export it again with pictures, or put the file back in its place.",
    )


def broken(what: str) -> Refused:
    """A part of an export that cannot be read; the rest is."""
    return Refused(
        "malformed_export",
        what,
        advice="The rest was read. Export it again if this part matters.",
    )


def _shown(path: str) -> str:
    return "“" + path[:LONGEST_NAME].encode("utf-8", "replace").decode() + "”"


def is_picture(path: str) -> bool:
    """Whether a name ends as a picture's does."""
    return posixpath.splitext(path)[1].lower() in PICTURES


# ------------------------------------------------------------------------- its text


def opened(argument: Argument) -> TextIO:
    """A text of an export, line endings kept; raises :class:`Unreadable`.

    Only a regular file is opened, and no link. What is no UTF-8 comes as U+FFFD, so that it
    spoils one caption and not the export.
    """
    return io.TextIOWrapper(_binary(argument), encoding="utf-8-sig", errors="replace", newline="")


def head(argument: Argument, length: int = 8192) -> bytes:
    """The first bytes of a file; none where it cannot be opened."""
    try:
        with _binary(argument) as file:
            return file.read(length)
    except Unreadable:
        return b""


def _binary(argument: Argument) -> IO[bytes]:
    try:
        descriptor = os.open(argument.path, OPENING)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no file can have this name"
        raise _closed(argument, why.lower()) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _closed(argument, "it is no ordinary file")
    return os.fdopen(descriptor, "rb")


def _closed(argument: Argument, why: str) -> Unreadable:
    return Unreadable(
        UnreadableReason.NOT_A_FILE, f"This export cannot be opened: {why}.", name=argument.text
    )


def refused(argument: Argument, problem: ProvenanceError, blank: Entry, row: int | None) -> Entry:
    """A part of the export that could not be taken, told under the export's own name."""
    return problem_entry(argument, problem, replace(blank, row=row))


def text_of(parts: Iterable[str]) -> str | None:
    """A caption from its parts, fit to be stored; ``None`` where nothing is left."""
    joined = "".join(parts)[:LONGEST_CAPTION].replace("\0", " ")
    return joined.encode("utf-8", "replace").decode().strip() or None
