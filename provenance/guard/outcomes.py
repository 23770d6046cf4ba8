"""What a worker's last words mean: an answer, or one typed outcome for one file.

The worker may speak for its file by now, so what it says is checked for form, cut to
length and freed of control characters before it reaches anybody's terminal.
"""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import Any

from provenance.errors import Unreadable, UnreadableReason
from provenance.guard import wire
from provenance.guard.limits import Limits

TEXT = 500
"""Characters of a text from a worker that are passed on."""

ANOTHER_COPY = "Try another copy of the picture, or save it anew as PNG or JPEG."

SAYABLE = frozenset(UnreadableReason) - {
    UnreadableReason.NOT_A_FILE,
    UnreadableReason.FETCH_FAILED,
    UnreadableReason.FETCH_REFUSED,
    UnreadableReason.QUARANTINED,
}
"""Reasons that a job can have; a worker knows nothing of files, networks and archives."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a worker told: ``result``, the ``bytes`` it holds, whether it is ``spoilt``."""

    result: dict[str, Any] | Unreadable
    bytes: int
    spoilt: bool

    def value(self) -> dict[str, Any]:
        """The job's answer.

        Raises:
            Unreadable: there is none.
        """
        if isinstance(self.result, Unreadable):
            raise self.result
        return self.result


def message(received: Any) -> dict[str, Any]:
    """What was received, if it has the outer form of a message."""
    if not isinstance(received, dict):
        raise wire.BadFrame("a message is not what was asked for")
    return received


def read(told: dict[str, Any]) -> Told:
    """What an answering message says.

    Raises:
        wire.BadFrame: no worker of ours says such a thing.
    """
    held = told.get("bytes")
    if not isinstance(held, int):
        raise wire.BadFrame("a message does not say what it should")
    match told:
        case {"answer": dict(answer)}:
            return Told(answer, held, spoilt=False)
        case {"unreadable": [str(reason), str(text), advice]} if reason in SAYABLE:
            return Told(_unreadable(reason, text, advice), held, spoilt=False)
        case {"no_memory": True}:
            return Told(no_memory(), held, spoilt=True)
        case {"failed": str(text)}:
            return Told(_failed(text), held, spoilt=True)
    raise wire.BadFrame("a message is not what was asked for")


def plain(text: Any) -> str:
    """A text from a worker, one line, without control characters, not too long."""
    return "".join(c if c.isprintable() else " " for c in str(text)[:TEXT])


def _unreadable(reason: str, text: str, advice: Any) -> Unreadable:
    shown = plain(advice) if advice else None
    return Unreadable(UnreadableReason(reason), plain(text), advice=shown)


def _failed(text: str) -> Unreadable:
    return Unreadable(
        UnreadableReason.WORKER_DIED,
        f"Reading this file failed in a way that was not foreseen: {plain(text)}.",
        advice=ANOTHER_COPY,
    )


def no_memory() -> Unreadable:
    """The file asked for more memory than a worker is given."""
    return Unreadable(
        UnreadableReason.TOO_BIG,
        "The picture needs more memory than one file is given.",
        advice="Save a smaller copy of the picture and give that.",
    )


def too_slow(limits: Limits) -> Unreadable:
    """The file took longer than its limit."""
    return Unreadable(
        UnreadableReason.TOO_SLOW,
        f"Reading this file took more than {limits.wall_seconds:g} seconds and was stopped.",
        advice=ANOTHER_COPY,
    )


def disturbed(problem: wire.BadFrame) -> Unreadable:
    """The worker said something that no worker of ours says."""
    return Unreadable(
        UnreadableReason.WORKER_DIED,
        f"The process that read this file answered out of order ({problem}) and was ended.",
        advice="Treat this file with care. " + ANOTHER_COPY,
    )


def death(code: int, limits: Limits) -> Unreadable:
    """The worker ended by itself; ``code`` is how, as ``subprocess`` tells it."""
    if code == -getattr(signal, "SIGXCPU", 0):
        return too_slow(limits)
    return Unreadable(
        UnreadableReason.WORKER_DIED,
        f"The process that read this file ended ({_ending(code)}).",
        advice="Treat this file with care. " + ANOTHER_COPY,
    )


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
