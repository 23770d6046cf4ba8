"""What goes into a guarded batch and what comes out of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from provenance.errors import Unreadable

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes that are already here (a fetched page, a member of an archive), not a path."""

    data: bytes


Source = str | bytes | os.PathLike[str] | os.PathLike[bytes] | Raw
"""A path (opened only when its turn comes) or :class:`Raw` bytes."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[Key]):
    """What became of one input.

    ``result`` is what the job returned, or why there is none. ``sha256`` (lower-case hex)
    and ``size`` (bytes) were computed in the main process and are there even when the
    worker died; both are ``None`` when the bytes themselves could not be had.
    """

    key: Key
    result: dict[str, Any] | Unreadable
    sha256: str | None = None
    size: int | None = None
