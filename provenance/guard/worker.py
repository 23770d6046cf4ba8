"""The program that a worker process runs: load one job, lock up, answer until told to stop.

Started by :mod:`provenance.guard.process`. It speaks :mod:`provenance.guard.wire` over the
pipes it was given as standard input and output, and moves them away first, so that a
library that prints cannot get between. First message in: which job, which limits. First
message out: ready, with the protections in force. Then one answer for each request.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from provenance.errors import Unreadable
from provenance.guard import wire
from provenance.guard.confinement import allow_processor, confine
from provenance.guard.limits import Limits

Job = Callable[[bytes, dict[str, Any]], dict[str, Any]]

DETAIL = 300
"""Characters of an unexpected error's text that are sent on."""


def main() -> None:
    """Serve until the main process closes the channel."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main process to handle
    incoming, outgoing = _channel()
    order = wire.receive(incoming, 0)
    limits = Limits(**order["limits"])
    try:
        job = load(order["module"], order["qualname"], order["imports"])
    except Exception as problem:  # noqa: BLE001  whatever an import raises is told, then we end
        wire.send(outgoing, {"failed": described(problem)})
        return
    memory = Memory()
    wire.send(outgoing, {"ready": confine(limits)})
    # EOFError: the main process has closed; OSError: it is gone.
    with contextlib.suppress(EOFError, OSError):
        while True:
            _serve_one(job, limits, memory, incoming, outgoing)


def _channel() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes, under new numbers; 0, 1 and 2 then lead nowhere."""
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return incoming, outgoing


def load(module: str, qualname: str, imports: list[str]) -> Job:
    """Import the job that the order names, and whatever else it will want."""
    for name in imports:
        importlib.import_module(name)
    job: Job = getattr(importlib.import_module(module), qualname)
    return job


def _serve_one(
    job: Job, limits: Limits, memory: Memory, incoming: BinaryIO, outgoing: BinaryIO
) -> None:
    request = wire.receive(incoming, limits.file_bytes)
    allow_processor(limits.cpu_seconds)
    answer = answered(job, request["data"], request["options"])
    del request
    try:
        wire.send(outgoing, {**answer, "bytes": memory.now()})
    except (TypeError, ValueError) as problem:  # the job returned what does not travel
        wire.send(outgoing, {"failed": described(problem), "bytes": 0})


def answered(job: Job, data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """What the job says of one file: an answer, or one of the ways of not having one."""
    try:
        return {"answer": job(data, options)}
    except Unreadable as problem:
        return {"unreadable": [str(problem.reason), problem.message, problem.advice]}
    except MemoryError:
        return {"no_memory": True}
    except Exception as problem:  # noqa: BLE001  one bad file must not stop a batch; it is told
        return {"failed": described(problem)}


def described(problem: BaseException) -> str:
    """An unexpected error in one line: its class, its text, the place it came from."""
    place = traceback.extract_tb(problem.__traceback__)[-1:]
    where = "".join(f" ({Path(step.filename).name}:{step.lineno})" for step in place)
    return f"{type(problem).__name__}: {str(problem)[:DETAIL]}{where}"


class Memory:
    """How much memory this process holds, asked through a file opened before locking up."""

    def __init__(self) -> None:
        """Keep the system's account of this process open, where there is one."""
        self._statm = -1
        with contextlib.suppress(OSError):
            self._statm = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)

    def now(self) -> int:
        """Resident bytes; 0 where the system does not tell."""
        if self._statm < 0:
            return 0
        pages = int(os.pread(self._statm, 128, 0).split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
