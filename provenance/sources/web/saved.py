"""Saved pages (``page.html`` with the folder ``page_files``, or with pictures inside).

Nothing in such a folder says when it was saved (a file's time changes when it is copied), so
the page's date of publication stays an indication, whatever stands on it.
"""

# Names are bytes here, which pathlib does not take.
# ruff: noqa: PTH120

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import unquote_to_bytes

from provenance.errors import ProvenanceError, Unreadable, UnreadableReason
from provenance.guard import read_file
from provenance.guard.reading import OPENING
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.files import file_entry, problem_entry
from provenance.sources.source import Run
from provenance.sources.stated import Stated
from provenance.sources.web import appearances, dimensions
from provenance.sources.web.appearances import Page, Place, publication
from provenance.sources.web.failures import require_extra
from provenance.sources.web.reading import Plain, page_guard, told_by_page

ENDINGS: Final = (".html", ".htm", ".xhtml")
HEAD: Final = 1 << 18
"""Bytes of a picture in which its size stands; JPEG files may carry much before it."""

_DRAWN: Final = (".svg", ".svgz", ".ico", ".cur")


class SavedPage:
    """A page that was saved; its collection, where none is named, is the file as typed."""

    name = "saved_page"
    within_folders = True

    def recognises(self, argument: Argument) -> bool:
        """Whether it is an existing file with the ending of a page."""
        return argument.suffix in ENDINGS and argument.exists and not argument.is_folder

    def check(self, argument: Argument, run: Run) -> None:
        """A page that cannot be read spoils its own entry, not the command."""

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
        """One entry per picture that was saved with the page, in the order of the page."""
        blank = appearances.blank(argument.text, stated)
        try:
            require_extra()
            about = {"url": "", "resolve": False, "embedded": True}
            told = told_by_page(page_guard(run), about, read_file(argument.path))
        except ProvenanceError as problem:
            yield problem_entry(argument, problem, blank)
            return
        found = False
        for entry in _pictures(argument, blank, stated, told, run):
            found = True
            yield entry
        if not found:
            run.tally.empty.append(argument.text)


def _pictures(
    argument: Argument, blank: Entry, stated: Stated, told: Plain, run: Run
) -> Iterator[Entry]:
    page = Page(told["url"], None, publication(told, None))
    for file, places in _files(argument, told, page).items():
        named = file_entry(file, blank)
        if file.suffix in _DRAWN:
            run.tally.drawings += 1
        elif not file.exists:
            yield problem_entry(file, _not_saved(file), blank)
        elif dimensions.is_small(_head(file)):
            run.tally.furniture += 1
        else:
            yield appearances.entry(named, stated, places, [])
    for count, image in enumerate(told["embedded"], 1):
        named = replace(
            blank, name=f"{argument.text}#{count}", content=image["data"], kept_in=argument.path
        )
        yield appearances.entry(named, stated, [_place(page, image)], [])


def _files(argument: Argument, told: Plain, page: Page) -> dict[Argument, list[Place]]:
    """The files that the page shows, each once, with its places on the page.

    A picture has several addresses; those on the web were not saved. Where none was saved,
    the first that would be a file stands for it.
    """
    files: dict[Argument, list[Place]] = {}
    for image in told["images"]:
        local = [file for url in image["urls"] if (file := _beside(argument, url))]
        saved = next((file for file in local if file.exists), local[0] if local else None)
        if saved is not None:
            files.setdefault(saved, []).append(_place(page, image))
    return files


def _place(page: Page, image: Plain) -> Place:
    return Place(page, image["inside"], image["caption"], image["alt"], image["credit"])


def _beside(argument: Argument, url: str) -> Argument | None:
    """The file that a relative address means; none for what lies elsewhere."""
    path = unquote_to_bytes(url.partition("#")[0].partition("?")[0])
    steps = [step for step in path.replace(b"\\", b"/").split(b"/") if step not in {b"", b"."}]
    if not steps or b".." in steps or b":" in steps[0] or b"\0" in path or path.startswith(b"/"):
        return None
    folder, relative = os.path.dirname(argument.raw), b"/".join(steps)
    return Argument(folder).below(relative) if folder else Argument(relative)


def _head(file: Argument) -> bytes:
    """Its first bytes; empty where it cannot be read, which the reader of pictures will say."""
    try:
        descriptor = os.open(file.path, OPENING)
    except OSError:
        return b""
    with os.fdopen(descriptor, "rb") as opened:
        ordinary = stat.S_ISREG(os.fstat(opened.fileno()).st_mode)
        return opened.read(HEAD) if ordinary else b""


def _not_saved(file: Argument) -> Unreadable:
    return Unreadable(
        UnreadableReason.NOT_A_FILE,
        "The page shows this picture, but it was not saved with it.",
        name=file.text,
        advice="Save the page again as “complete”, or look for the picture's folder.",
    )
