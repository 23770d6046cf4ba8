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
    """The tables of codes (n, 32)."""
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


def ranges(entries: Entries, asked: Keys, bits: int) -> Ranges:
    """Where the entries lie that agree with the ``asked`` keys in their leading ``bits``."""
    free = np.uint64(2 * KEY_BITS - bits)
    lowest = (asked.astype(np.uint64) << _KEY_SHIFT) >> free << free
    highest = lowest | ((np.uint64(1) << free) - np.uint64(1))
    first = np.empty(asked.shape, np.int64)
    beyond = np.empty(asked.shape, np.int64)
    for table in range(TABLES):
        # Ascending questions walk through memory once, which is several times faster.
        order = np.argsort(lowest[table])
        first[table, order] = np.searchsorted(entries[table], lowest[table, order], "left")
        beyond[table, order] = np.searchsorted(entries[table], highest[table, order], "right")
    return Ranges(first, beyond)


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
