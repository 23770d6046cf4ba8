"""The guard: a small pool of worker processes that do one job for one file after another.

The main process reads bytes and nothing more; what the bytes mean is worked out in a
worker that may run away, swell or die. Each thread of the pool minds one worker, starts it
when the first file comes and another when it is spent. Whatever happens to a worker is the
outcome of the one file it was reading.
"""

from __future__ import annotations

import collections
import hashlib
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self, TypeVar

from provenance.errors import Unreadable
from provenance.guard.answers import Answer, Raw, Source
from provenance.guard.limits import LIMITS, Limits
from provenance.guard.process import Order, Process
from provenance.guard.reading import read_file, refuse_size
from provenance.guard.worker import Job

Key = TypeVar("Key")

TurnedAway = Callable[[str], Unreadable | None]
"""SHA-256 (hex) -> why these bytes are not to be read at all."""


def nothing(_: str) -> None:
    """Turns nothing away."""


MOST_WORKERS = 8
"""Workers unless told otherwise; each may hold two gigabytes for a moment."""


class Guard:
    """Worker processes for one job, to be used in a ``with`` statement.

    ``job`` is a top-level function of an importable module, called in a worker as
    ``job(data, options)``; it returns a dict of ``None``, bool, int, float, str, bytes,
    lists, dicts with string keys and NumPy arrays, or raises ``Unreadable``. ``imports``
    names modules that the job would import when first called: workers import them at their
    start, so that the first file does not wait for them. ``options`` go with every file, beside
    those of the call. ``turned_away`` is asked with the SHA-256 of each item of :meth:`map`, from
    several threads: a problem that it returns is the item's outcome, and no worker sees it.
    Leaving the ``with`` statement, however it is left, ends every worker at once.
    """

    def __init__(
        self,
        job: Job,
        *,
        workers: int | None = None,
        limits: Limits = LIMITS,
        imports: Iterable[str] = (),
        options: dict[str, Any] | None = None,
        turned_away: TurnedAway = nothing,
    ) -> None:
        """Nothing starts yet.

        Raises:
            ValueError: workers could not import this job by its name.
        """
        self.limits = limits
        self.workers = workers or min(_processors(), MOST_WORKERS)
        self._options = options or {}
        self._turned_away = turned_away
        self._order = Order(*_importable(job), tuple(imports), limits)
        self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="guard")
        self._mine = threading.local()
        self._processes: list[Process] = []
        self._changing = threading.Lock()
        self._one_large_file = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        """This guard; workers start when the first file comes."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End every worker."""
        self.close()

    def close(self) -> None:
        """End every worker; answers that are still awaited never come. Safe to repeat."""
        with self._changing:
            self._closed = True
            for process in self._processes:
                process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in self._processes:
            process.end()
        self._processes.clear()

    # ------------------------------------------------------------------------ the uses

    def run(self, data: bytes, options: dict[str, Any] | None = None) -> dict[str, Any]:
        """What the job returns for these bytes.

        Raises:
            Unreadable: it has no answer for them.
            NoGuard: workers do not start on this machine.
        """
        refuse_size(len(data), self.limits)
        return self._threads.submit(self._ask, data, self._with(options)).result()

    def map(
        self,
        items: Iterable[tuple[Key, Source]],
        options: dict[str, Any] | None = None,
        *,
        window: int | None = None,
    ) -> Iterator[Answer[Key]]:
        """An answer for each item, in the order of the items, whatever becomes of them.

        A path is opened only when its turn comes. ``window`` is how many items are under
        way at a time (twice the number of workers unless given), so that memory does not
        grow with the batch; with 1 each item is answered before the next is asked for, and
        so it is after large bytes that came with their item.

        Raises:
            NoGuard: workers do not start on this machine.
        """
        most = window or 2 * self.workers
        told = self._with(options)
        waiting: collections.deque[Future[Answer[Key]]] = collections.deque()
        try:
            for key, source in items:
                waiting.append(self._threads.submit(self._answer, key, source, told))
                fewest = 1 if self._is_large(source) else most
                while len(waiting) >= fewest:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

    def _with(self, options: dict[str, Any] | None) -> dict[str, Any]:
        return {**self._options, **(options or {})}

    def protections(self) -> dict[str, bool]:
        """Which protections a worker of this machine has, by name."""
        return self._threads.submit(lambda: self._process().protections).result()

    def _is_large(self, source: Source) -> bool:
        """Whether these are bytes that should be gone before more are asked for."""
        return isinstance(source, Raw) and len(source.data) > self.limits.large_file_bytes

    # ------------------------------------------------------------- in a thread of the pool

    def _answer(self, key: Key, source: Source, options: dict[str, Any]) -> Answer[Key]:
        """One item from its name to its answer."""
        if isinstance(source, Raw):
            return self._told(key, source.data, options)
        try:
            if _size(source) <= self.limits.large_file_bytes:
                return self._told(key, read_file(source, self.limits), options)
            with self._one_large_file:
                return self._told(key, read_file(source, self.limits), options)
        except Unreadable as problem:
            return Answer(key, problem)

    def _told(self, key: Key, data: bytes, options: dict[str, Any]) -> Answer[Key]:
        """The job's answer for these bytes, beside what we know of them ourselves."""
        result: dict[str, Any] | Unreadable
        sha256 = hashlib.sha256(data).hexdigest()
        try:
            refuse_size(len(data), self.limits)
            result = self._turned_away(sha256) or self._ask(data, options)
        except Unreadable as problem:
            result = problem
        return Answer(key, result, sha256, len(data))

    def _ask(self, data: bytes, options: dict[str, Any]) -> dict[str, Any]:
        return self._process().ask(data, options)

    def _process(self) -> Process:
        """This thread's worker, a fresh one if the last is spent."""
        current: Process | None = getattr(self._mine, "process", None)
        if current is None or current.spent:
            current = self._replaced(current)
            self._mine.process = current
        return current

    def _replaced(self, spent: Process | None) -> Process:
        if spent:
            spent.end()
        fresh = Process(self._order)
        with self._changing:
            self._processes = [p for p in self._processes if p is not spent] + [fresh]
            if self._closed:
                fresh.kill()
        return fresh


def _processors() -> int:
    """Processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _importable(job: Job) -> tuple[str, str]:
    """Module and name under which a worker finds the job.

    Raises:
        ValueError: it is no top-level function of a module that can be imported.
    """
    module = sys.modules[job.__module__]
    name = module.__spec__.name if module.__spec__ else ""
    if not name or name == "__main__" or getattr(module, job.__qualname__, None) is not job:
        raise ValueError(
            f"{job.__qualname__} is no top-level function of an importable module; "
            "workers import their job by name."
        )
    return name, job.__qualname__


def _size(path: Any) -> int:
    """Size as the folder tells it, only to see large files coming; 0 where it does not."""
    try:
        return os.stat(path, follow_symlinks=False).st_size  # noqa: PTH116  paths may be bytes
    except (OSError, ValueError):
        return 0
