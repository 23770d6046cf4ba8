"""What lies in a watch folder, and which of it has come to rest.

A file is at rest when its size and its time of change stayed the same for a while. Events
are lost in bursts and never come from network shares, so nothing here depends on them.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from provenance.guard.beside import LEFT_BY_SYSTEMS, STREAM
from provenance.watching.layout import FOLDERS, HIDDEN, NOTE, Layout

SETTLE_SECONDS = 1.0
"""How long a file has to stay as it is before it is taken. Copies over slow links pause for less
than this between blocks; a longer rest only delays answers (they are due within 5 seconds)."""

UNFINISHED = (".part", ".crdownload", ".download", ".partial", ".tmp")
"""Endings of downloads that are still running; the browser takes the ending away at the end."""

CLAIM = "claim.toml"
CLAIM_ENDINGS = (".claim.toml", ".claim.txt")

Signature = tuple[int, int, int]
"""Size in bytes, time of change in nanoseconds, number of the file."""


@dataclass(frozen=True, slots=True)
class Drop:
    """One file as it lies there; ``relative`` is its path below ``in/`` (or the top)."""

    path: Path
    relative: str
    signature: Signature

    @property
    def name(self) -> str:
        """The name of the file itself."""
        return self.path.name


@dataclass(slots=True)
class Found:
    """One look at the folder: pictures and claims at rest, how many files are still changing."""

    pictures: list[Drop] = field(default_factory=list)
    claims: list[Drop] = field(default_factory=list)
    unsettled: int = 0


@dataclass(slots=True)
class _Seen:
    signature: Signature
    since: float


class Drops:
    """Looks again and again; remembers since when each file has been as it is."""

    def __init__(
        self,
        layout: Layout,
        *,
        ours: Path,
        settle: float = SETTLE_SECONDS,
        tell: Callable[[str, str], None],
    ) -> None:
        self._layout = layout
        self._ours = ours.absolute()
        self._settle = settle
        self._tell = tell
        self._seen: dict[Path, _Seen] = {}

    def look(self) -> Found:
        """Everything that has come to rest, in bytewise order of the paths."""
        now, found, seen = time.monotonic(), Found(), {}
        for drop in self._all():
            before = self._seen.get(drop.path)
            same = before is not None and before.signature == drop.signature
            known = before if before is not None and same else _Seen(drop.signature, now)
            seen[drop.path] = known
            if now - known.since < self._settle:
                found.unsettled += 1
            elif is_claim(drop.name):
                found.claims.append(drop)
            else:
                found.pictures.append(drop)
        self._seen = seen
        return found

    def changing(self, folder: Path) -> bool:
        """Whether a claim for a whole folder lies here or above and is not at rest yet."""
        now = time.monotonic()
        for place in (folder, *folder.parents):
            seen = self._seen.get(place / CLAIM)
            if seen is not None and now - seen.since < self._settle:
                return True
            if place == self._layout.root:
                return False
        return False

    # ---------------------------------------------------------------------- the scan

    def _all(self) -> Iterator[Drop]:
        yield from self._top()
        yield from self._below(self._layout.inbox, "")

    def _top(self) -> Iterator[Drop]:
        """Plain files at the top count as dropped; folders do not."""
        for entry in self._listed(self._layout.root):
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in FOLDERS:
                    self._tell("watch.folder_at_top", entry.path)
            elif entry.name != NOTE and not self._is_ours(entry.path):
                yield from self._file(entry, entry.name)

    def _below(self, folder: Path, relative: str) -> Iterator[Drop]:
        for entry in self._listed(folder):
            name = f"{relative}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from self._below(Path(entry.path), f"{name}/")
            else:
                yield from self._file(entry, name)

    def _listed(self, folder: Path) -> list[os.DirEntry[str]]:
        """What a folder holds, sorted, without what is hidden and without links."""
        try:
            with os.scandir(folder) as listing:
                entries = [each for each in listing if self._is_taken(each)]
        except FileNotFoundError:
            return []
        except OSError:
            self._tell("watch.closed_folder", str(folder))
            return []
        return sorted(entries, key=lambda each: os.fsencode(each.name))

    def _is_taken(self, entry: os.DirEntry[str]) -> bool:
        if entry.is_symlink():
            self._tell("watch.link", entry.path)
            return False
        name = entry.name.lower()
        if name.startswith(".") and name != HIDDEN:
            self._tell("watch.hidden", entry.path)
        if os.fsencode(name) in LEFT_BY_SYSTEMS:
            self._tell("watch.left_by_system", entry.path)
            return False
        return not name.startswith(".") and not name.endswith((*UNFINISHED, STREAM.lower()))

    def _is_ours(self, path: str) -> bool:
        """Whether this is the archive, or a file that SQLite keeps beside it."""
        place = Path(path).absolute()
        return place.parent == self._ours.parent and place.name.startswith(self._ours.name)

    def _file(self, entry: os.DirEntry[str], relative: str) -> Iterator[Drop]:
        path = Path(entry.path)
        known = signature(path)
        if known is not None:
            yield Drop(path, relative, known)


def signature(path: Path) -> Signature | None:
    """What changes when a file is written to; ``None`` where there is none (any more)."""
    try:
        found = path.lstat()
    except OSError:
        return None
    number = 0 if os.name == "nt" else found.st_ino
    size = found.st_size if stat.S_ISREG(found.st_mode) else 0
    return size, found.st_mtime_ns, number


def is_claim(name: str) -> bool:
    """Whether a file says what is claimed with pictures."""
    return name == CLAIM or name.endswith(CLAIM_ENDINGS)
