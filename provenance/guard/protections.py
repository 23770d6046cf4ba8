"""What stands between a hostile file and this machine, in words for ``provenance status``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from provenance.guard.limits import LIMITS, MIB
from provenance.guard.pool import Guard

WORDS = {
    "memory": f"a worker may take {LIMITS.memory_bytes // MIB} MB of memory for one file",
    "processor": f"a worker may take {LIMITS.cpu_seconds} s of processor time for one file",
    "writing": "a worker can write to no file",
    "core": "a worker that dies leaves no copy of its memory behind",
    "open_files": f"a worker may have {LIMITS.open_files} files open",
    "parent": "workers end with the program, even if it is killed",
    "inspection": "other processes cannot look into a worker",
    "privileges": "a worker can gain no privileges",
    "files": "a worker can open no file but its own program libraries (Landlock)",
    "connections": "a worker can make no TCP connection (Landlock)",
    "signals": "a worker can disturb no other process (Landlock)",
    "system_calls": "a worker can open no socket, start no program and reach no other process; "
    "it can change no file's rights or dates (seccomp)",
}
"""What each protection means while it is in force, by the name that a worker reports."""


@dataclass(frozen=True, slots=True)
class Protection:
    """One wall: its ``name``, whether it stands on this machine, what it means."""

    name: str
    active: bool
    words: str


def protections() -> list[Protection]:
    """The protections of this machine, asked of a real worker.

    Raises:
        NoGuard: workers do not start here, so nothing is read at all.
    """
    with Guard(idle, workers=1) as guard:
        held = guard.protections()
    separate = Protection("worker", True, "pictures are read in processes of their own")
    return [separate, *(Protection(name, held[name], WORDS[name]) for name in WORDS)]


def idle(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """A job that does nothing, for a worker that is only asked what protects it."""
    return {"bytes": len(data), "options": len(options)}
