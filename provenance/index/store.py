"""The index folder: segments that never change and the manifest that names them.

Readers take no lock: they read the manifest and map the files it names; what a writer
replaces meanwhile stays mapped. Writers take turns. What cannot be read is done without, what
cannot be written is left; neither is an error, because everything can be made again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from provenance.index import lock, manifest, segment_file
from provenance.index.loose import Loose
from provenance.index.manifest import Manifest, Shelf
from provenance.index.segment import Segment
from provenance.index.segment_file import DamagedSegment, Written

LARGEST_MERGED = 16_384
"""Rows up to which files are merged: 560 MB of keypoints, which takes seconds to write and is
the most that one erasure rewrites. Every file beyond that is searched apart."""

PURGE_WAIT_SECONDS = 30.0
"""What is erased must leave the files: worth waiting for another writer."""

_ATTEMPTS = 20
"""How often a manifest is read anew because a writer merged its files away meanwhile."""


class Store:
    """What one folder holds for one archive; ``None``: nowhere, nothing."""

    def __init__(self, folder: Path | None, archive_id: str) -> None:
        self._folder = folder
        self._archive_id = archive_id
        self._gone: set[int] = set()
        self._manifest = Manifest(archive_id)
        self._segments: dict[str, Segment] = {}
        self._load()

    @property
    def purged(self) -> int:
        """The archive's mark up to which the files follow its erasures."""
        return self._manifest.purged

    def high_water(self, kind: str) -> int:
        """The largest sequence that went into the files."""
        return self._manifest.shelf(kind).high_water

    def segments(self, kind: str) -> list[Segment]:
        """The segments of this kind, oldest first."""
        return [self._segments[file.name] for file in self._manifest.shelf(kind).files]

    def extend(self, kind: str, loose: Loose) -> bool:
        """Write what is loose and not there yet. ``False``: not now, keep it.

        When files were lost, so that there would be a gap, nothing is written:
        ``high_water`` is lower then, and whoever fills the index begins again there.
        """
        with suppress(OSError), self._writing(wait_seconds=0) as folder:
            shelf = self._manifest.shelf(kind)
            if shelf.high_water >= loose.base:
                fresh = loose.joined().after(shelf.high_water)
                self._shelve(folder, kind, fresh, max(shelf.high_water, loose.reached))
            return True
        return False

    def purge(self, sequences: Collection[int], mark: int) -> None:
        """Forget these rows: in the files if they can be written, in memory at any rate."""
        self._gone |= set(sequences)
        with suppress(OSError), self._writing(wait_seconds=PURGE_WAIT_SECONDS) as folder:
            for kind in self._manifest.shelves:
                self._rewrite(folder, kind)
            self._put(folder, replace(self._manifest, purged=max(mark, self.purged)))
            return
        self._load()

    def clear(self) -> None:
        """Forget everything; files that cannot be written are not looked at again."""
        with suppress(OSError), self._writing(wait_seconds=PURGE_WAIT_SECONDS) as folder:
            self._put(folder, Manifest(self._archive_id))
            return
        self._folder = None
        self._load()

    def close(self) -> None:
        """Let go of the mapped files."""
        self._segments.clear()
        self._manifest = Manifest(self._archive_id)

    # ----------------------------------------------------------------------- reading

    def _load(self) -> None:
        """Read the manifest and map its files; nothing where that fails."""
        self._manifest, self._segments = Manifest(self._archive_id), {}
        for _ in range(_ATTEMPTS if self._folder else 0):
            with suppress(OSError):
                self._open_all()
                return

    def _open_all(self) -> None:
        assert self._folder is not None
        found = manifest.read(self._folder, self._archive_id)
        files = [written for shelf in found.shelves.values() for written in shelf.files]
        try:
            self._segments = {each.name: self._opened(self._folder, each) for each in files}
        except DamagedSegment:
            return
        self._manifest = found

    def _opened(self, folder: Path, written: Written) -> Segment:
        segment = segment_file.opened(folder, written)
        return segment.without(self._gone) if segment.holds(self._gone) else segment

    # ----------------------------------------------------------------------- writing

    @contextmanager
    def _writing(self, wait_seconds: float) -> Iterator[Path]:
        """Our turn to write, on what is there now. Raises :class:`OSError` if it is not."""
        if self._folder is None:
            raise OSError("no folder to write in")
        self._folder.mkdir(exist_ok=True)
        with lock.held(self._folder, wait_seconds):
            self._load()
            yield self._folder

    def _shelve(self, folder: Path, kind: str, fresh: Segment, high_water: int) -> None:
        """Add a segment, merged with those before it that are not much larger."""
        files = list(self._manifest.shelf(kind).files)
        while files and _worth_merging(files[-1].rows, len(fresh)):
            fresh = Segment.joined([self._segments[files.pop().name], fresh])
        if len(fresh):
            files.append(self._written(folder, fresh))
        self._put(folder, self._manifest.with_shelf(kind, Shelf(high_water, tuple(files))))

    def _rewrite(self, folder: Path, kind: str) -> None:
        """Write anew the files that hold what is gone."""
        shelf = self._manifest.shelf(kind)
        files = [
            file if len(self._segments[file.name]) == file.rows else self._rewritten(folder, file)
            for file in shelf.files
        ]
        kept = tuple(file for file in files if file is not None)
        self._manifest = self._manifest.with_shelf(kind, replace(shelf, files=kept))

    def _rewritten(self, folder: Path, file: Written) -> Written | None:
        segment = self._segments[file.name]
        return self._written(folder, segment) if len(segment) else None

    def _written(self, folder: Path, segment: Segment) -> Written:
        written = segment_file.write(folder, segment)
        self._segments[written.name] = segment_file.opened(folder, written)
        return written

    def _put(self, folder: Path, changed: Manifest) -> None:
        """Make this the state, for everybody, and sweep away what is in it no more."""
        manifest.write(folder, changed)
        self._manifest = changed
        names = changed.names()
        self._segments = {name: self._segments[name] for name in names}
        for path in folder.glob(f"*{segment_file.SUFFIX}"):
            if path.name not in names:
                with suppress(OSError):  # mapped by a reader on Windows: the next writer's
                    path.unlink()


def _worth_merging(before: int, rows: int) -> bool:
    """Sizes then fall at least by half from file to file, and there are few."""
    return before <= 2 * rows and before + rows <= LARGEST_MERGED
