"""Detectors and descriptors side by side: how often they place a copy, at how many bytes.

    python -m benchmarks.keypoints ../shared/data/photos
    python -m benchmarks.keypoints ../shared/data/photos --originals 20 --only "ORB 420"

Every variant reads ``--originals`` photographs for the archive and copies of them under hard
edits. A copy is placed when more pairs agree on one map (``verify.geometry``) with its own picture
than with any of ``--strangers`` others, and at least five do. Every archived point is paired with
the query point most like it, the 200 nearest pairs go on to geometry, as in a look-up. Only the
plain reading is asked for. Milliseconds are processor time of reading, one thread.
"""

# ruff: noqa: SLF001 -- the parts of our own reading are put together anew
from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

if __package__ in {None, ""}:
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.edits import TIERS, start
from benchmarks.edits.edited import Edited, Rgb, jpeg
from benchmarks.index import opened, photographs
from provenance.fingerprint import keypoints
from provenance.fingerprint.keypoints import Reading
from provenance.index.sampling import SAMPLED
from provenance.models import Pixels
from provenance.verify.locating import geometry
from provenance.verify.locating.matching import MOST_PAIRS, Pairs

PLACE_BYTES = 6
"""Position, size and angle of a stored point."""
LEAST = 5

Grey = NDArray[np.uint8]
Descriptors = NDArray[np.uint8] | NDArray[np.float32]
Form = Callable[[NDArray[np.float32]], Descriptors]


@dataclass(frozen=True)
class Points:
    """What one reading found, positions and sizes in pixels of the full picture."""

    points: NDArray[np.float32]
    sizes: NDArray[np.float32]
    angles: NDArray[np.float32]
    descriptors: Descriptors

    def first(self, number: int) -> Points:
        """So many of them."""
        return Points(*(getattr(self, name)[:number] for name in self.__dataclass_fields__))


Read = Callable[[Grey], Points]


@dataclass(frozen=True)
class Variant:
    """A detector and descriptor: how it reads both sides, bytes a descriptor, largest distance."""

    name: str
    archive: Read
    query: Read
    width: int
    farthest: float
    norm: int = cv2.NORM_HAMMING


@dataclass
class Result:
    """Inliers with the right picture and the most with a stranger, by edit, and what it took."""

    right: dict[str, list[int]] = field(default_factory=dict)
    wrong: dict[str, list[int]] = field(default_factory=dict)
    stored: list[int] = field(default_factory=list)
    archive_ms: list[float] = field(default_factory=list)
    query_ms: list[float] = field(default_factory=list)

    def placed(self, edit: str) -> int:
        """Copies of this edit that were placed."""
        both = zip(self.right[edit], self.wrong[edit], strict=True)
        return sum(right >= LEAST and right > wrong for right, wrong in both)


# ----------------------------------------------------------------------------- variants


def orb(reading: Reading, bits: Sequence[int] | None = None, *, spread: bool = True) -> Read:
    """ORB as the program reads it; ``bits`` of the 256 only, or without spreading."""

    def read(grey: Grey) -> Points:
        small = keypoints._resized(grey, reading.longest)
        detector = keypoints._orb(reading, keypoints.FAST_THRESHOLD)
        found = detector.detect(small)
        if len(found) < reading.points:
            found = keypoints._orb(reading, keypoints.FAINT_THRESHOLD).detect(small)
        kept = _kept(found, small, reading, spread=spread)
        described = keypoints._described(detector, small, kept, grey.shape)
        descriptors = described.descriptors
        if bits is not None:
            descriptors = np.packbits(np.unpackbits(descriptors, axis=1)[:, list(bits)], axis=1)
        return Points(described.points, described.sizes, described.angles, descriptors)

    return read


def _kept(
    found: Sequence[cv2.KeyPoint], small: Grey, reading: Reading, *, spread: bool
) -> list[cv2.KeyPoint]:
    if spread:
        return keypoints._spread(found, small, reading)
    return sorted(found, key=lambda each: -each.response)[: reading.points]


def orb_query(bits: Sequence[int] | None = None, **changes: int) -> Read:
    """ORB as a query is read, with changes to the reading that suits its size."""

    def read(grey: Grey) -> Points:
        suited = keypoints._query_reading(max(grey.shape))
        return orb(replace(suited, **changes), bits)(grey)

    return read


def orb_query_at(smallest: int, largest: int) -> Read:
    """ORB with the query read at no less and no more than so many pixels."""

    def read(grey: Grey) -> Points:
        return orb(keypoints._query_reading(min(max(*grey.shape, smallest), largest)))(grey)

    return read


def sift(reading: Reading, form: Form) -> Read:
    """SIFT, spread over cells and bands in the same way."""

    def read(grey: Grey) -> Points:
        small = keypoints._resized(grey, reading.longest)
        detector = cv2.SIFT.create(contrastThreshold=0.01)
        found = detector.detect(small)
        levels = [_levelled(each) for each in found]
        places = {id(level): each for level, each in zip(levels, found, strict=True)}
        kept = [places[id(each)] for each in keypoints._spread(levels, small, reading)]
        described, descriptors = detector.compute(small, kept)
        return _points(described, descriptors, max(grey.shape) / max(small.shape), form)

    return read


def corners_by_sift(reading: Reading | None, form: Form) -> Read:
    """The corners of ORB with descriptors of SIFT, 1.6 pixels of blur at the finest level."""

    def read(grey: Grey) -> Points:
        chosen = reading or keypoints._query_reading(max(grey.shape))
        small = keypoints._resized(grey, chosen.longest)
        found = keypoints._orb(chosen, keypoints.FAST_THRESHOLD).detect(small)
        if len(found) < chosen.points:
            found = keypoints._orb(chosen, keypoints.FAINT_THRESHOLD).detect(small)
        kept = [_for_sift(each) for each in keypoints._spread(found, small, chosen)]
        described, descriptors = cv2.SIFT.create().compute(small, kept)
        return _points(described, descriptors, max(grey.shape) / max(small.shape), form)

    return read


def _for_sift(corner: cv2.KeyPoint) -> cv2.KeyPoint:
    """ORB's corner as SIFT numbers octaves and layers (three to an octave)."""
    octaves = corner.octave * float(np.log2(1.2))
    octave, layer = divmod(round(3 * octaves), 3)
    size = 3.2 * 2**octaves
    return cv2.KeyPoint(
        corner.pt[0], corner.pt[1], size, corner.angle, 0, octave | ((layer + 1) << 8)
    )


def _points(
    described: Sequence[cv2.KeyPoint],
    descriptors: object,
    scale: float,
    form: Form,
) -> Points:
    if not described:
        return Points(*(np.zeros(shape, np.float32) for shape in ((0, 2), 0, 0, (0, 128))))
    return Points(
        ((keypoints._positions(described) + 0.5) * scale).astype(np.float32),
        np.array([each.size * scale for each in described], np.float32),
        np.array([each.angle for each in described], np.float32),
        form(np.asarray(descriptors, np.float32)),
    )


def _levelled(point: cv2.KeyPoint) -> cv2.KeyPoint:
    """The same point with the level of ORB's pyramid that is nearest to its size."""
    level = max(0, round(float(np.log(max(point.size, 2) / 2) / np.log(1.2))))
    return cv2.KeyPoint(point.pt[0], point.pt[1], point.size, point.angle, point.response, level)


def sift_query(form: Form) -> Read:
    """SIFT as a query is read."""

    def read(grey: Grey) -> Points:
        return sift(keypoints._query_reading(max(grey.shape)), form)(grey)

    return read


def rooted(descriptors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Square roots of shares (Arandjelovic and Zisserman, CVPR 2012), up to 255."""
    shares = descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-9)
    return np.asarray(np.rint(np.minimum(np.sqrt(shares) * 512, 255)), np.float32)


def four_bits(descriptors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same in sixteen steps: 64 bytes."""
    return np.asarray(np.rint(rooted(descriptors) / 17) * 17, np.float32)


def binary(descriptors: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Above the descriptor's own median or not: 128 bits."""
    return np.packbits(descriptors > np.median(descriptors, axis=1, keepdims=True), axis=1)


def variants() -> list[Variant]:
    """All that are compared; the first is what the program does."""
    ours = keypoints.ARCHIVED
    even = [bit for table in SAMPLED for bit in table]
    budget = ours.points * keypoints.RECORD.itemsize
    few, fewer = replace(ours, points=budget // 22), replace(ours, points=budget // 30)
    small, smaller = replace(ours, points=budget // 70), replace(ours, points=budget // 134)
    large, as_is = 1600, orb_query()
    return [
        Variant("ORB 420", orb(ours), as_is, 32, 64),
        Variant("ORB 420, not spread", orb(ours, spread=False), as_is, 32, 64),
        Variant("ORB 300", orb(replace(ours, points=300)), as_is, 32, 64),
        Variant("ORB 760 (over budget)", orb(replace(ours, points=760)), as_is, 32, 64),
        Variant("ORB 725, 128 bits", orb(few, even[:128]), orb_query(even[:128]), 16, 32),
        Variant("ORB 532, 192 bits", orb(fewer, even[:192]), orb_query(even[:192]), 24, 48),
        Variant("ORB 420, 12 cells", orb(replace(ours, cells=12)), as_is, 32, 64),
        Variant("ORB 420, archive at 384", orb(replace(ours, longest=384)), as_is, 32, 64),
        Variant("ORB 420, archive at 768", orb(replace(ours, longest=768)), as_is, 32, 64),
        Variant("ORB 420, query at 512", orb(ours), orb_query_at(512, 512), 32, 64),
        Variant("ORB 420, query at <= 1024", orb(ours), orb_query_at(512, 1024), 32, 64),
        Variant("ORB 420, query at >= 1024", orb(ours), orb_query_at(1024, large), 32, 64),
        Variant("SIFT 119, 128 bytes", sift(smaller, rooted), sift_query(rooted), 128, 170, 4),
        Variant("SIFT 228, 64 bytes", sift(small, four_bits), sift_query(four_bits), 64, 170, 4),
        Variant("SIFT 725, 128 bits", sift(few, binary), sift_query(binary), 16, 32),
        Variant(
            "ORB corners 725, SIFT 128 bits",
            corners_by_sift(few, binary),
            corners_by_sift(None, binary),
            16,
            32,
        ),
        Variant("SIFT 420 (over budget)", sift(ours, rooted), sift_query(rooted), 128, 170, 4),
    ]


# -------------------------------------------------------------------------------- edits


def night(picture: Edited, random: np.random.Generator, _others: Sequence[Rgb]) -> Edited:
    """A tenth of the light, with the noise of a sensor."""
    dark = picture.rgb.astype(np.float32) * 0.1 + random.normal(0, 1.5, picture.rgb.shape)
    return jpeg(picture.painted(np.clip(dark, 0, 255).astype(np.uint8)), 85)


ROWS = {
    name: edit
    for rows in TIERS.values()
    for name, edit in rows.items()
    if name
    in {
        "crop to 15 %",
        "four-tile collage, 400 px",
        "desktop screenshot, small",
        "stripes",
        "text over",
        "watermark",
        "stretched 1.4x",
    }
} | {"night": night}


# -------------------------------------------------------------------------- measurement


def inliers(variant: Variant, query: Points, archived: Points, long_side: int) -> int:
    """Pairs that agree on one map."""
    if not len(query.points) or not len(archived.points):
        return 0
    matches = cv2.BFMatcher(variant.norm).match(archived.descriptors, query.descriptors)
    near = sorted((each.distance, each.queryIdx, each.trainIdx) for each in matches)
    near = [each for each in near if each[0] <= variant.farthest][:MOST_PAIRS]
    a, q = np.array([each[1:] for each in near], np.int64).reshape(-1, 2).T
    pairs = Pairs(
        archived=archived.points[a].astype(np.float64),
        query=query.points[q].astype(np.float64),
        log_scale=np.log(query.sizes[q].astype(np.float64) / archived.sizes[a]),
        turn=np.radians(query.angles[q].astype(np.float64) - archived.angles[a]),
        archived_size=archived.sizes[a].astype(np.float64),
        distance=np.array([each[0] for each in near]).astype(np.int64),
    )
    located = geometry.estimate(pairs, long_side)
    return 0 if located is None else located.inliers


def timed(read: Read, grey: Grey, spent: list[float]) -> Points:
    """A reading, and the milliseconds it took."""
    began = time.process_time()
    found = read(grey)
    spent.append((time.process_time() - began) * 1000)
    return found


def measured(
    variant: Variant,
    originals: Sequence[Grey],
    strangers: Sequence[Grey],
    copies: Sequence[tuple[str, int, Grey]],
) -> Result:
    """One variant on all copies."""
    result = Result()
    own = [timed(variant.archive, grey, result.archive_ms) for grey in originals]
    others = [variant.archive(grey) for grey in strangers]
    each_takes = PLACE_BYTES + variant.width
    result.stored = [len(points.points) * each_takes for points in own]
    for edit, number, grey in copies:
        query = timed(variant.query, grey, result.query_ms)
        right = inliers(variant, query, own[number], max(originals[number].shape))
        wrong = [
            inliers(variant, query, other, max(stranger.shape))
            for other, stranger in zip(others, strangers, strict=True)
        ]
        result.right.setdefault(edit, []).append(right)
        result.wrong.setdefault(edit, []).append(max(wrong, default=0))
    return result


def copied(
    originals: Sequence[Rgb], others: Sequence[Rgb], seed: int
) -> list[tuple[str, int, Grey]]:
    """Every original under every edit, in grey."""
    made = []
    for name, edit in ROWS.items():
        for number, rgb in enumerate(originals):
            random = np.random.default_rng([seed, number, len(name)])
            made.append((name, number, grey_of(edit(start(rgb), random, others).rgb)))
    return made


def grey_of(rgb: Rgb) -> Grey:
    """As the program reads it."""
    return keypoints._grey(Pixels(np.ascontiguousarray(rgb), "RGB"))


# -------------------------------------------------------------------------------- table


def main() -> None:
    """Measure and print one line a variant."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("photos", type=Path)
    parser.add_argument("--originals", type=int, default=20)
    parser.add_argument("--strangers", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    files = photographs(options.photos, options.originals + options.strangers + 8)
    pictures = [opened(path).rgb for path in files]
    originals, rest = pictures[: options.originals], pictures[options.originals :]
    strangers, others = rest[: options.strangers], rest[options.strangers :]
    copies = copied(originals, others, options.seed)
    print("| variant | bytes | archive ms | query ms | " + " | ".join(ROWS) + " | all | beyond |")
    print("|" + "---|" * (len(ROWS) + 6))
    for variant in variants():
        if options.only and variant.name not in options.only:
            continue
        greys = [grey_of(rgb) for rgb in originals], [grey_of(rgb) for rgb in strangers]
        print_line(variant, measured(variant, *greys, copies))


def print_line(variant: Variant, result: Result) -> None:
    """One line of the table: bytes, times, copies placed and median inliers by edit."""
    asked = sum(len(some) for some in result.right.values())
    cells = [
        variant.name,
        f"{round(statistics.mean(result.stored)):,}",
        f"{statistics.median(result.archive_ms):.0f}",
        f"{statistics.median(result.query_ms):.0f}",
        *(f"{result.placed(row)} ({statistics.median(result.right[row]):.0f})" for row in ROWS),
        f"{100 * sum(map(result.placed, ROWS)) / asked:.1f} %",
        f"{max(max(some) for some in result.wrong.values())}",
    ]
    print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
