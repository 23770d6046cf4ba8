"""Folders, walked to the bottom: every file in bytewise order of its path."""

# Names are bytes here, which pathlib does not take.
# ruff: noqa: PTH118

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

from provenance.errors import Unreadable, UnreadableReason
from provenance.guard.beside import STREAM
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.files import file_entry, problem_entry
from provenance.sources.source import Run
from provenance.sources.stated import Stated
from provenance.sources.tally import Tally

Found = tuple[bytes, Unreadable | None]

_MARK = STREAM.encode()


class Folder:
    """A folder; its collection, where none is named, is the folder as typed."""

    name = "folder"

    def recognises(self, argument: Argument) -> bool:
        """Whether it is a folder."""
        return argument.is_folder

    def check(self, argument: Argument, run: Run) -> None:
        """A folder that cannot be opened spoils its own entry, not the command."""

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
        """One entry per file below the folder, one per sub-folder that cannot be opened."""
        name = Argument(argument.raw.rstrip(b"/") or b"/").text
        blank = stated.blank(name)
        here = replace(stated, collection=stated.collection or name)
        for file, problem in found_below(argument, run.tally):
            if problem:
                yield problem_entry(file, problem, blank)
            elif inner := run.within(file):
                yield from inner.entries(file, here, run)
            else:
                yield file_entry(file, blank)


def found_below(folder: Argument, tally: Tally) -> Iterator[tuple[Argument, Unreadable | None]]:
    """Every file below ``folder`` by its full name; a sub-folder only when it stays closed."""
    empty = True
    for relative, problem in walk(folder.raw, tally):
        empty = False
        yield folder.below(relative) if relative else folder, problem
    if empty:
        tally.empty.append(folder.text)


def walk(root: bytes, tally: Tally) -> Iterator[Found]:
    """Paths below ``root``, sorted bytewise, each with the reason it cannot be opened.

    Hidden names and symbolic links are counted in ``tally`` and passed over. Memory holds
    the names of the folders from the root down to where the walk stands, no more.
    """
    waiting = [_listed(root, b"", tally)]
    while waiting:
        relative, problem = next(waiting[-1], (None, None))
        if relative is None:
            waiting.pop()
        elif relative.endswith(b"/") and not problem:
            waiting.append(_listed(root, relative, tally))
        else:
            yield relative.rstrip(b"/"), problem


def _listed(root: bytes, relative: bytes, tally: Tally) -> Iterator[Found]:
    """What one folder holds, sorted; folders end in a slash, which sorts as in a path."""
    try:
        with os.scandir(os.path.join(root, relative)) as listing:
            names = sorted(name for entry in listing if (name := _kept(entry, tally)))
            names = _without_marks(names)
    except OSError as error:
        yield relative, _closed(error)
    else:
        yield from ((relative + name, None) for name in names)


def _kept(entry: os.DirEntry[bytes], tally: Tally) -> bytes | None:
    """The name, with a slash for a folder; ``None`` for what is passed over."""
    if entry.is_symlink():
        tally.links += 1
        return None
    folder = entry.is_dir(follow_symlinks=False)
    if entry.name.startswith(b"."):
        tally.hidden_folders += folder
        tally.hidden_files += not folder
        return None
    return entry.name + b"/" if folder else entry.name


def _without_marks(names: list[bytes]) -> list[bytes]:
    """The names without marks of downloads, which are read with their file."""
    marks = {name for name in names if name.endswith(_MARK)}
    files = set(names) - marks if marks else marks
    return [name for name in names if name not in marks or name.removesuffix(_MARK) not in files]


def _closed(error: OSError) -> Unreadable:
    return Unreadable(
        UnreadableReason.NOT_A_FILE,
        f"This folder cannot be opened: {(error.strerror or 'unknown error').lower()}.",
        advice="Check its permissions.",
    )
