"""Entries whose picture is at an address -> the same with its bytes, or why there are none."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import Final

from provenance.errors import Unreadable
from provenance.fetch.background import in_background
from provenance.models import Entry

AT_ONCE: Final = 3
"""Addresses fetched side by side. A dead one holds a place for up to 25 seconds; more places
would press on one site, and each may hold a whole picture in memory."""

Fetch = Callable[[str], bytes]
"""An address -> the bytes there; raises :class:`Unreadable`."""


def fetched(entries: Iterable[Entry], fetch: Fetch, *, at_once: int = AT_ONCE) -> Iterator[Entry]:
    """Every entry in its order; those at an address come with ``content`` or ``problem``.

    At most ``at_once`` entries are drawn ahead of the one that is waited for; with 1 each is
    handed on before the next is drawn.
    """
    line: deque[Future[Entry]] = deque()
    for entry in entries:
        if entry.address is None and not line:
            yield entry
            continue
        line.append(_begun(entry, fetch))
        while line and (len(line) >= at_once or line[0].done()):
            yield line.popleft().result()
    while line:
        yield line.popleft().result()


def _begun(entry: Entry, fetch: Fetch) -> Future[Entry]:
    if entry.address is not None:
        return in_background(partial(_filled, entry, entry.address, fetch))
    future: Future[Entry] = Future()
    future.set_result(entry)
    return future


def _filled(entry: Entry, address: str, fetch: Fetch) -> Entry:
    try:
        return replace(entry, content=fetch(address))
    except Unreadable as problem:
        return replace(entry, problem=problem)
