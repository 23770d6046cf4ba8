"""Sorted tables of keys: which stored codes share a key with a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from provenance.index.records import Codes, Numbers
from provenance.index.sampling import KEY_BITS, TABLES, Keys, keys

Entries = NDArray[np.uint64]
"""Key in the upper 32 bits, number of the code in the lower; each table sorted: (tables, n)."""

Signposts = Numbers
"""For every table the first entry of each key prefix, and their number: (tables, 2^depth + 1)."""

_BITS = 2 * KEY_BITS
_BITS_BELOW = 4
_KEY_SHIFT = np.uint64(KEY_BITS)
_CODE = np.uint64((1 << KEY_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Ranges:
    """For every table and query, the entries that share the key: shape (tables, q) each."""

    first: Numbers
    beyond: Numbers

    @property
    def sizes(self) -> Numbers:
        """How many entries each range has."""
        return self.beyond - self.first


def build(codes: Codes) -> Entries:
    """The tables of codes (n, bytes)."""
    entries = keys(codes).astype(np.uint64) << _KEY_SHIFT
    entries |= np.arange(len(codes), dtype=np.uint64)
    entries.sort(axis=1)
    return entries


def join(parts: Sequence[Entries]) -> Entries:
    """The tables of the codes of all parts, one after the other."""
    offsets = np.cumsum([0, *(part.shape[1] for part in parts)])[:-1].astype(np.uint64)
    joined = np.concatenate([part + offset for part, offset in zip(parts, offsets, strict=True)], 1)
    # A stable sort merges the runs that are sorted already.
    joined.sort(axis=1, kind="stable")
    return joined


def keep(entries: Entries, kept: NDArray[np.bool_]) -> Entries:
    """The tables of the codes that are kept (a flag each), numbered anew, still sorted."""
    number = (np.cumsum(kept) - 1).astype(np.uint64)
    tables = []
    for table in entries:
        stays = table[kept[(table & _CODE).astype(np.int64)]]
        tables.append((stays & ~_CODE) | number[(stays & _CODE).astype(np.int64)])
    return np.stack(tables)


def signposts(entries: Entries) -> Signposts:
    """Where each key prefix of :func:`depth` bits begins: shape (tables, 2^depth + 1)."""
    count = entries.shape[1]
    prefixes = np.arange(1 << depth(count), dtype=np.uint64) << np.uint64(_BITS - depth(count))
    posts = np.full((len(entries), len(prefixes) + 1), count, np.int64)
    for table, begins in zip(entries, posts, strict=True):
        begins[:-1] = np.searchsorted(table, prefixes)
    return posts


def depth(count: int) -> int:
    """Bits of key that lead to a signpost: one for 8 to 16 of so many entries, on average."""
    return max(1, count.bit_length() - _BITS_BELOW)


def ranges(entries: Entries, posts: Signposts, asked: Keys, bits: int) -> Ranges:
    """Where the entries lie that agree with the ``asked`` keys in their leading ``bits``."""
    free = np.uint64(_BITS - bits)
    lowest = (asked.astype(np.uint64) << _KEY_SHIFT) >> free << free
    highest = lowest | ((np.uint64(1) << free) - np.uint64(1))
    table = np.arange(TABLES)[:, None]
    to_post = np.uint64(_BITS - depth(entries.shape[1]))
    begin = posts[table, (lowest >> to_post).astype(np.int64)]
    end = posts[table, (highest >> to_post).astype(np.int64) + 1]
    first = _bisected(entries, lowest, begin, end)
    return Ranges(first, _bisected(entries, highest, first, end))


def _bisected(
    entries: Entries, limits: NDArray[np.uint64], begin: Numbers, end: Numbers
) -> Numbers:
    """In each table the first entry from ``begin`` to ``end`` that is not below its limit.

    No entry equals the highest one: its lower half would be the number of code 2^32 - 1.
    """
    offset = np.arange(TABLES)[:, None] * entries.shape[1]
    flat, wanted = entries.reshape(-1), limits.reshape(-1)
    low, high = (begin + offset).reshape(-1), (end + offset).reshape(-1)
    # All of them in every step: leaving out those that are found costs more than it saves.
    for _ in range(int((high - low).max(initial=0)).bit_length()):
        middle = (low + high) >> 1
        below = (np.take(flat, middle, mode="clip") < wanted) & (low < high)
        low, high = np.where(below, middle + 1, low), np.where(below, high, middle)
    found: Numbers = low.reshape(begin.shape) - offset
    return found


def pairs(entries: Entries, found: Ranges, chosen: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Query and code of every entry in the ``chosen`` ranges; a pair may come from two tables."""
    queries, codes = [], []
    for table in range(TABLES):
        points = np.flatnonzero(chosen[table])
        sizes = found.sizes[table, points]
        places = _expanded(found.first[table, points], sizes)
        queries.append(np.repeat(points, sizes))
        codes.append((entries[table][places] & _CODE).astype(np.int64))
    return np.concatenate(queries), np.concatenate(codes)


def _expanded(first: Numbers, sizes: Numbers) -> Numbers:
    """first, first + 1, ... for each range, one range after the other."""
    before = np.cumsum(sizes) - sizes
    places: Numbers = np.arange(int(sizes.sum())) + np.repeat(first - before, sizes)
    return places
