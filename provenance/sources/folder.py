"""Folders, walked to the bottom: every file in bytewise order of its path."""

# Names are bytes here, which pathlib does not take.
# ruff: noqa: PTH116, PTH118, PTH120

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from provenance.errors import Unreadable, UnreadableReason
from provenance.guard.beside import LEFT_BY_SYSTEMS, STREAM
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.beside import Beside, is_table, normal
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
        """One entry per file below the folder, one per sub-folder that cannot be opened.

        A sub-folder or a file that is an export or an archived page is read as such. A file
        that a table beside it names comes with what the table says, in the table's
        place and in the order of its rows.
        """
        name = Argument(argument.raw.rstrip(b"/") or b"/").text
        blank = stated.blank(name)
        here = replace(stated, collection=stated.collection or name)
        tables = _Tables(run)
        for file, problem in found_below(argument, run.tally, run.opens):
            beside = tables.at(file)
            closed = problem or (beside.problem if beside else None)
            if closed:
                yield problem_entry(file, closed, blank)
            elif inner := run.within(file):
                yield from inner.entries(file, here, run)
            elif beside:
                yield from map(_with_time, beside.entries(stated, blank))
            elif not tables.name(file):
                yield _with_time(file_entry(file, blank))


class _Tables:
    """The tables of the folder the walk is in, and of those it lies in."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._known: dict[bytes, dict[bytes, Beside]] = {}

    def at(self, file: Argument) -> Beside | None:
        """The table that ``file`` is, if it is one."""
        return self._around(file)[-1].get(file.raw)

    def name(self, file: Argument) -> bool:
        """Whether a table in its folder, or further up, names ``file``."""
        path = normal(file.raw)
        return any(path in each.files for each in self._all(self._around(file)))

    def _around(self, file: Argument) -> list[dict[bytes, Beside]]:
        """The tables of each folder from the root down to that of ``file``."""
        folder = os.path.dirname(file.raw)
        self._known = {
            each: tables
            for each, tables in self._known.items()
            if file.raw.startswith(os.path.join(each, b""))
        }
        if folder not in self._known:
            self._known[folder] = _tables_in(folder, self._run)
        return [self._known[each] for each in sorted(self._known, key=len)]

    @staticmethod
    def _all(folders: list[dict[bytes, Beside]]) -> Iterator[Beside]:
        return (beside for folder in folders for beside in folder.values())


def _tables_in(folder: bytes, run: Run) -> dict[bytes, Beside]:
    """The tables that lie in one folder, by their names."""
    try:
        with os.scandir(folder) as listing:
            names = [each.name for each in listing if _is_plain(each)]
    except OSError:
        return {}
    files = [Argument(folder).below(name) for name in sorted(names)]
    return {file.raw: Beside(file, run) for file in files if is_table(file)}


def _is_plain(entry: os.DirEntry[bytes]) -> bool:
    return entry.is_file(follow_symlinks=False) and not entry.name.startswith(b".")


def _with_time(entry: Entry) -> Entry:
    """The entry of a file, with the time of its last change."""
    if entry.path is None:
        return entry
    try:
        changed = os.stat(entry.path, follow_symlinks=False).st_mtime
        return replace(entry, file_time=datetime.fromtimestamp(changed, UTC))
    except (OSError, ValueError, OverflowError):
        return entry


def found_below(
    folder: Argument, tally: Tally, opens: Callable[[Argument], bool] = lambda _: False
) -> Iterator[tuple[Argument, Unreadable | None]]:
    """Every file below ``folder`` by its full name.

    A sub-folder only when it cannot be opened, or when something else ``opens`` it as a whole.
    """
    empty = True

    def own(relative: bytes) -> bool:
        return opens(folder.below(relative.rstrip(b"/")))

    for relative, problem in walk(folder.raw, tally, own):
        empty = False
        yield folder.below(relative) if relative else folder, problem
    if empty:
        tally.empty.append(folder.text)


def walk(
    root: bytes, tally: Tally, own: Callable[[bytes], bool] = lambda _: False
) -> Iterator[Found]:
    """Paths below ``root``, sorted bytewise, each with the reason it cannot be opened.

    A sub-folder that is somebody's ``own`` is given as a whole and not entered. Hidden names,
    symbolic links and what systems leave behind are counted in ``tally`` and passed over.
    Memory holds the names of the folders from the root down to where the walk stands, no more.
    """
    waiting = [_listed(root, b"", tally)]
    while waiting:
        relative, problem = next(waiting[-1], (None, None))
        if relative is None:
            waiting.pop()
        elif relative.endswith(b"/") and not problem and not own(relative):
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
    if entry.name.lower() in LEFT_BY_SYSTEMS:
        tally.system += 1
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
