"""The indexes that come with the program, registered as any plug-in registers its own."""

from __future__ import annotations

from pathlib import Path

from provenance.hookspecs import RegisterIndex, hookimpl
from provenance.index.embedded import Embedded
from provenance.index.linear import Linear


def linear(folder: Path | None, archive_id: str) -> Linear:  # noqa: ARG001 -- the shape of every factory
    """The reference, in memory."""
    return Linear()


@hookimpl
def register_indexes(register: RegisterIndex) -> None:
    """Ours: the reference, and the one beside the archive."""
    register("linear", linear)
    register("embedded", Embedded)
