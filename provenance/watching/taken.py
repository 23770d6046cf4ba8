"""A picture on its way: renamed into ``work/``, its bytes copied, with its claim."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from provenance.errors import Unreadable
from provenance.guard.beside import STREAM
from provenance.guard.reading import read_file
from provenance.models import Claim, Entry
from provenance.sources.argument import Argument
from provenance.watching import files
from provenance.watching.claims import Claimed, claim_for
from provenance.watching.drops import Drop, Signature, signature
from provenance.watching.layout import Layout


class Changed(Exception):
    """A file was written to after it had come to rest: it waits again."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One picture under way.

    ``relative`` is its path below ``in/`` as dropped, ``path`` where it lies now, ``entry`` what
    the flow is given. ``signature`` is that of the bytes that are judged. ``copy`` holds those
    bytes; ``None`` where they could not be read.
    """

    relative: str
    path: Path
    entry: Entry
    claimed: Claimed
    signature: Signature | None
    copy: Path | None


def claim_by_rename(layout: Layout, drop: Drop) -> Path:
    """Move a dropped file into ``work/``; where it lies then.

    Raises:
        OSError: it cannot be renamed, or lies on another file system.
    """
    files.refuse_too_deep(layout.refused / drop.relative)
    path = files.moved(drop.path, layout.work / drop.relative)
    mark = drop.path.with_name(drop.name + STREAM)
    if files.exist([mark]):
        files.moved(mark, path.with_name(path.name + STREAM))
    return path


def put_back(layout: Layout, path: Path, relative: str) -> None:
    """Move a file that is still being written back to where it was dropped."""
    files.moved(path, layout.inbox / relative)
    files.remove_empty(path.parent, layout.work)


def taken(
    layout: Layout, path: Path, relative: str, otherwise: Claim, settled: Signature | None = None
) -> Taken:
    """Read what lies in ``work/`` (or lies in ``done/`` and is asked about again).

    Raises:
        Changed: it is no longer as it was at rest.
        OSError: the copy cannot be written.
    """
    before = signature(path)
    claimed = claim_for(claim_folders(layout, relative), Path(relative).name, otherwise)
    try:
        data = read_file(path)
    except Unreadable as problem:
        return Taken(relative, path, _entry(relative, problem=problem), claimed, before, None)
    if before != signature(path) or (settled is not None and settled != before):
        raise Changed
    copy = layout.copies / hashlib.sha256(data).hexdigest()
    if not copy.exists():
        files.write_whole(copy, data, layout.copies)
    entry = _entry(relative, path=path, data=data)
    return Taken(relative, path, entry, claimed, before, copy)


def claim_folders(layout: Layout, relative: str) -> Iterator[Path]:
    """Where claims for a picture may lie, nearest first: its folder, those above, the top."""
    place = layout.inbox / relative
    for folder in place.parents:
        yield folder
        if folder == layout.root:
            return


def _entry(
    relative: str,
    *,
    path: Path | None = None,
    data: bytes | None = None,
    problem: Unreadable | None = None,
) -> Entry:
    """The picture by the name it was dropped under; its very bytes come with it."""
    name = Argument.of(relative)
    return Entry(
        name=name.text,
        name_bytes=name.raw_name,
        path=Argument.of(path).path if path else None,
        content=data,
        problem=problem,
    )
