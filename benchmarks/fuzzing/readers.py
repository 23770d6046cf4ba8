"""The whole reader, as ``add``, ``lookup`` and ``check`` use it, and what counts as a hole in it.

A picture goes through a guarded worker with everything that adding and looking up ask for, and
back into a record. A document goes through the source that recognises its name.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provenance import fingerprint, sources
from provenance.errors import ProvenanceError, Unreadable, UnreadableReason
from provenance.examine import IMPORTS, in_worker, received
from provenance.guard import Answer, Guard, Raw

UNFORESEEN = "in a way that was not foreseen"
"""What the guard says of an error that no room of ours translated."""

ESCAPED, DIED, UNTRANSLATED = "escaped", "worker_died", "untranslated"


@dataclass(frozen=True, slots=True)
class Ran:
    """One case: how it ended, its time in seconds, what there is to say of a hole."""

    number: int
    outcome: str
    seconds: float
    detail: str = ""


def examined(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """All that adding and looking up together ask of a worker; it times itself."""
    began = time.perf_counter()
    answer = in_worker(data, {"keep": True, "ask": True, **options})
    return answer | {"seconds": time.perf_counter() - began}


def run_pictures(cases: Iterable[tuple[int, bytes]], *, workers: int) -> Iterator[Ran]:
    """Every case through one guard; the time of an answer is the worker's own."""
    from benchmarks.fuzzing import readers  # noqa: PLW0406  a worker imports its job by this name

    job = readers.examined
    with Guard(job, workers=workers, imports=IMPORTS) as guard:
        began = time.perf_counter()
        for answer in guard.map((number, Raw(data)) for number, data in cases):
            yield _ran(answer, time.perf_counter() - began)
            began = time.perf_counter()


def _ran(answer: Answer[int], waited: float) -> Ran:
    if isinstance(answer.result, Unreadable):
        return Ran(answer.key, _outcome(answer.result), waited, str(answer.result))
    seconds = float(answer.result.pop("seconds"))
    try:
        received(answer.result, answer.sha256 or "", answer.size or 0, "a.jpg")
    except Exception as problem:  # noqa: BLE001  whatever escapes is what is looked for
        return Ran(answer.key, ESCAPED, seconds, repr(problem))
    return Ran(answer.key, "read", seconds)


def _outcome(problem: Unreadable) -> str:
    if problem.reason != UnreadableReason.WORKER_DIED:
        return str(problem.reason)
    return UNTRANSLATED if UNFORESEEN in problem.message else DIED


def run_documents(cases: Iterable[tuple[int, tuple[str, bytes]]]) -> Iterator[Ran]:
    """Every case as a file of its name, all its entries drawn."""
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, data) in cases:
            yield _drawn(number, Path(folder) / name, data)


def _drawn(number: int, path: Path, data: bytes) -> Ran:
    path.write_bytes(data)
    began = time.perf_counter()
    outcome, detail = "read", ""
    try:
        for entry in sources.entries([path.as_posix()], parse_hash=fingerprint.parse_hash):
            outcome = str(entry.problem.reason) if entry.problem else outcome
    except ProvenanceError as problem:
        outcome = problem.reason
    except Exception as problem:  # noqa: BLE001  whatever escapes is what is looked for
        outcome, detail = ESCAPED, f"{path.name}: {problem!r}"
    return Ran(number, outcome, time.perf_counter() - began, detail)
