"""One worker process, seen from the main process: start it, ask it, end it."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO, cast

from provenance.errors import NoGuard, Unreadable
from provenance.guard import outcomes, wire
from provenance.guard.limits import Limits

STARTER = "import sys; sys.path[:] = sys.argv[1:]; from provenance.guard.worker import main; main()"

# Libraries that start threads when they are imported would leave these outside the locks,
# which hold for the thread that makes them; and each core already has a worker.
ONE_THREAD = {
    f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")
}

KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""What an interpreter may need in order to start; all else stays with the user."""


PARTING = 1.0
"""Seconds that a worker which closed its channel has to end by itself."""


@dataclasses.dataclass(frozen=True, slots=True)
class Order:
    """What a worker is for: a top-level function, what to import with it, its limits."""

    module: str
    qualname: str
    imports: tuple[str, ...]
    limits: Limits


class Process:
    """A running worker. ``protections`` says what it locked, ``bytes`` what it holds."""

    def __init__(self, order: Order) -> None:
        """Start it and wait until it is ready.

        Raises:
            NoGuard: it did not start, or the job could not be imported in it.
        """
        self.limits = order.limits
        self.jobs = 0
        self.bytes = 0
        self._expired = False
        self._popen = _started()
        self._outgoing = cast(BinaryIO, self._popen.stdin)
        self._incoming = cast(BinaryIO, self._popen.stdout)
        self.protections = self._ready(order)

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._popen.pid

    @property
    def spent(self) -> bool:
        """Whether it has ended or done its share, so that a fresh one should follow."""
        return (
            self._popen.returncode is not None
            or self.jobs >= self.limits.jobs_per_worker
            or self.bytes > self.limits.worker_bytes
        )

    def ask(self, data: bytes, options: dict[str, Any]) -> dict[str, Any]:
        """What the job returns for one file.

        Raises:
            Unreadable: it has no answer; unless the job itself said so, the worker is ended.
        """
        self.jobs += 1
        try:
            message = self._exchange({"data": data, "options": options}, self.limits.wall_seconds)
            answer = outcomes.read(message)
        except (OSError, EOFError, wire.BadFrame) as problem:
            raise self._death(problem) from problem
        if answer.spoilt:
            self.end()
        self.bytes = answer.bytes
        return answer.value()

    def kill(self) -> None:
        """Kill it and all it may have started; whoever waits for its answer gets none."""
        if self._popen.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            if sys.platform == "win32":
                self._popen.kill()
            else:  # not waited for yet, so the number still names its group and no other
                os.killpg(self._popen.pid, signal.SIGKILL)

    def end(self) -> None:
        """Let it end, by force if need be, and let go of its pipes. Safe to repeat."""
        self.kill()
        self._popen.wait()
        for pipe in (self._outgoing, self._incoming):
            with contextlib.suppress(OSError):  # what was still to be written has no reader
                pipe.close()

    def _ready(self, order: Order) -> dict[str, bool]:
        """Give the order, wait until the worker is ready; what it locked."""
        try:
            message = self._exchange(dataclasses.asdict(order), self.limits.start_seconds)
        except (OSError, EOFError, wire.BadFrame) as problem:
            self.end()
            raise _no_guard("its worker ends at once") from problem
        if "ready" not in message:
            self.end()
            raise _no_guard(outcomes.plain(message.get("failed")))
        return {str(name): bool(held) for name, held in dict(message["ready"]).items()}

    def _exchange(self, message: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Send and receive; the clock kills a worker that takes too long."""
        clock = threading.Timer(seconds, self._expire)
        clock.daemon = True
        clock.start()
        try:
            wire.send(self._outgoing, message)
            return outcomes.message(wire.receive(self._incoming, self.limits.answer_bytes))
        finally:
            clock.cancel()

    def _expire(self) -> None:
        self._expired = True
        self.kill()

    def _death(self, problem: Exception) -> Unreadable:
        """End it; why there is no answer, told from how the process ended."""
        if isinstance(problem, wire.BadFrame):
            self.end()
        code = self._ending()
        if self._expired:
            return outcomes.too_slow(self.limits)
        if isinstance(problem, wire.BadFrame):
            return outcomes.disturbed(problem)
        return outcomes.death(code, self.limits)

    def _ending(self) -> int:
        """How it ended; one that only closed its channel is killed."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(PARTING)
        self.end()
        return self._popen.returncode


def _started() -> subprocess.Popen[bytes]:
    """The process, with nothing of the user's: no environment, no folder, no terminal."""
    paths = [str(Path(path).absolute()) for path in sys.path]
    return subprocess.Popen(  # noqa: S603  our own interpreter and our own words
        [sys.executable, "-I", "-c", STARTER, *paths],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        cwd=Path(sys.executable).anchor,
        start_new_session=True,
    )


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, **ONE_THREAD, "LC_ALL": "C.UTF-8"}


def _no_guard(why: str) -> NoGuard:
    return NoGuard(
        f"The guarded reader does not start: {why}.",
        advice="Nothing was read. Install the program anew if a library is missing.",
    )
