"""How far a long import has come: one line on the terminal, rewritten, gone at the end."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TextIO, TypeVar

Answer = TypeVar("Answer")

EVERY: Final = 0.5
"""Seconds between two looks."""

_TABLES: Final = (".csv", ".tsv", ".jsonl")
_HEAD: Final = 1 << 16
_CLEAR: Final = "\r\x1b[K"


def shown(
    answers: Iterable[Answer],
    inputs: Iterable[str | bytes],
    *,
    out: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Answer]:
    """The same answers; meanwhile the terminal says how many came, how fast, how long still.

    Only where standard error is a terminal and standard output is none: answers that are
    printed are progress enough.
    """
    out = out or sys.stderr
    if not out.isatty() or sys.stdout.isatty():
        yield from answers
        return
    total = expected(inputs) if isinstance(inputs, list | tuple) else None
    begun = last = clock()
    try:
        for count, answer in enumerate(answers, start=1):
            yield answer
            now = clock()
            if now - last >= EVERY:
                last = now
                out.write(_CLEAR + sentence(count, now - begun, total))
                out.flush()
    finally:
        out.write(_CLEAR)
        out.flush()


def sentence(count: int, seconds: float, total: int | None) -> str:
    """``12,300 done, 3,400 a second, about 5 min left``."""
    rate = count / seconds if seconds else 0.0
    said = f"{count:,} done, {rate:,.0f} a second"
    if total is None or total <= count or not rate:
        return said
    return f"{said}, about {_duration((total - count) / rate)} left"


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if not minutes:
        return f"{max(1, round(seconds))} s"
    return f"{minutes} min" if minutes < 120 else f"{round(minutes / 60)} h"  # noqa: PLR2004


def expected(inputs: Iterable[str | bytes]) -> int | None:
    """About how many rows there are; ``None`` where there is more than tables."""
    counts = [_rows(os.fsencode(each)) for each in inputs]
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None


def _rows(path: bytes) -> int | None:
    """By the length of its first lines."""
    if not path.lower().endswith(tuple(map(str.encode, _TABLES))):
        return None
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116  # bytes
            return None
        with open(path, "rb") as file:  # noqa: PTH123  # bytes
            head = file.read(_HEAD)
            size = os.fstat(file.fileno()).st_size
    except (OSError, ValueError):
        return None
    lines = head.count(b"\n")
    return round(size * lines / len(head)) if lines else None
