"""The embedded index answers as the reference does, whatever happened to it before."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.conformance.indexes import changed
from provenance.index import Row
from provenance.index.embedded import Embedded
from provenance.index.linear import Linear
from provenance.index.records import POINT_BYTES

KIND = "pdq_v1"


@st.composite
def archives(draw):
    """Rows with duplicates and near copies, of 8 or 32 bytes; n = 0, 1, 2, many."""
    width = draw(st.sampled_from([8, 32]))
    number = draw(st.sampled_from([0, 1, 2, 3, 63, 64, 65, 130, 400]))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    codes = random.integers(0, 256, (number, width), np.uint8)
    for copy in random.permutation(number)[: number // 2]:
        codes[copy] = changed(codes[random.integers(number)], int(random.integers(0, 45)), random)
    pictures = random.permutation(number) if draw(st.booleans()) else np.arange(number) // 2
    sequences = np.cumsum(random.integers(1, 4, number))
    rows = [
        Row(int(s), int(p), c[None]) for s, p, c in zip(sequences, pictures, codes, strict=True)
    ]
    seeds = codes[:8] if number else np.zeros((0, width), np.uint8)
    asked = [changed(c, int(random.integers(0, 40)), random) for c in seeds]
    return rows, np.array([*asked, random.integers(0, 256, width, np.uint8)])


@given(archives(), st.integers(0, 120), st.data())
@settings(max_examples=40, deadline=None)
def test_embedded_equals_linear_for_hashes(archive, distance, data):
    rows, asked = archive
    linear = Linear()
    linear.append(KIND, rows)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "x.index"
        index = _filled(folder, rows, data)
        gone = data.draw(st.sets(st.sampled_from([row.sequence for row in rows]))) if rows else ()
        if gone:
            index.purge(gone, 1)
            linear.purge(gone, 1)
        expected = linear.near(KIND, asked, distance).pairs()
        assert index.near(KIND, asked, distance).pairs() == expected
        index.close()


def _filled(folder, rows, data):
    """Taken in by random slices, with the index opened anew in between."""
    index = Embedded(folder, "a")
    while left := [row for row in rows if row.sequence > index.high_water(KIND)]:
        index.append(KIND, left[: data.draw(st.integers(1, 150))])
        if data.draw(st.booleans()):
            index.close()
            index = Embedded(folder, "a")
            if not data.draw(st.booleans()):
                index.append(KIND, rows[:10])
        if data.draw(st.integers(0, 3)) == 0:
            _make_read_only(index)
    return index


def _make_read_only(index):
    """As if the disk became read-only: nothing may be lost."""
    index._store._writing = _refused


def _refused(wait_seconds):
    raise OSError(f"read-only, and waiting {wait_seconds} s does not help")


@given(st.integers(0, 2**32), st.lists(st.integers(1, 90), min_size=1, max_size=6))
@settings(max_examples=15, deadline=None)
def test_votes_depend_on_neither_batches_nor_order(seed, batches):
    random = np.random.default_rng(seed)
    points = [random.integers(0, 256, (20, POINT_BYTES), np.uint8) for _ in range(180)]
    for copy in range(0, 180, 7):
        points[copy] = np.array([changed(code, 20, random) for code in points[copy - 1]])
    asked = points[6]
    answers = {_voted(points, order, batches, asked) for order in (range(180), range(179, -1, -1))}
    answers.add(_voted(points, random.permutation(180).tolist(), [180], asked))
    assert len(answers) == 1


def _voted(points, order, batches, asked):
    with tempfile.TemporaryDirectory() as place:
        index = Embedded(Path(place), "a")
        rows = [Row(n + 1, picture, points[picture]) for n, picture in enumerate(order)]
        turn = 0
        while rows:
            size = batches[turn % len(batches)]
            index.append("orb", rows[:size])
            rows, turn = rows[size:], turn + 1
        found = index.votes("orb", asked)
        index.close()
    return found.pictures.tobytes() + found.counts.tobytes() + found.scores.tobytes()
