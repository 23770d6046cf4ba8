"""Local features: oriented FAST corners with binary descriptors (ORB), spread over the picture.

Rublee, Rabaud, Konolige, Bradski, "ORB: an efficient alternative to SIFT or SURF", ICCV 2011,
as OpenCV 5 computes it, with three steps of our own around it:

1. RGB -> grey (ITU-R BT.601), long side brought to a fixed length (area average downwards,
   linear upwards, at most twice the size).
2. All corners of a pyramid of scale step 1.2 are detected, far more than are kept.
3. The picture is divided into square cells and the pyramid into bands of three levels; every
   cell gives its best corner of every band, then its second best, until the number is reached.
   So no text, logo or lattice takes the places of the rest of the picture, and thumbnails find
   the coarse levels they need.

Stored form (``pack``): one record of 38 bytes a point, big-endian: x and y as uint16 share of
the width and height, size as uint8 on a logarithmic scale (share of the long side), angle as
uint8 of a full turn, 32 bytes of descriptor. Ties are broken by position, so equal pixels give
equal bytes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.fingerprint.strokes import without_strokes
from provenance.models import Keypoints, Pixels

Grey = NDArray[np.uint8]
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.uint8]

KIND = "orb_cv5_v1"

SCALE_STEP = 1.2
LEVELS_IN_A_BAND = 3
PATCH = 31
SMALLEST_LEVEL = 110
"""Long side in pixels of the coarsest pyramid level: where a 128 px thumbnail is read."""

FAST_THRESHOLD = 10
FAINT_THRESHOLD = 3
"""Night, haze and strong darkening leave corners of a few grey values only."""

MOST_ENLARGED = 2.0

FLAT_RANGE = 3
FLAT_SHARE = 0.4
"""A cell is flat where 40 % of its pixels differ from their neighbours by at most 3 grey values:
pages and interfaces have more than half of such pixels, photographs seldom a tenth."""

RECORD = np.dtype(
    [("x", ">u2"), ("y", ">u2"), ("size", "u1"), ("angle", "u1"), ("descriptor", "u1", (32,))]
)
SHARE = 65535
SIZE_STEPS_PER_OCTAVE = 24
SIZE_OCTAVES = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """How a picture is read: ``longest`` side in pixels, cells along it, points kept.

    In cells that are mostly flat (pages, interfaces) a corner's rank counts ``flat_costs``
    times: letters have the best corners of all, and there are so many of them.
    """

    longest: int
    cells: int
    points: int
    detected: int
    flat_costs: int = 1


ARCHIVED = Reading(longest=512, cells=8, points=420, detected=4000)
"""420 points are 15,960 bytes: with the hashes under 16 KB a picture."""

QUERY_SMALLEST = 512
QUERY_LONGEST = 1600
QUERY_POINTS_PER_BAND = 480


def compute(pixels: Pixels) -> Keypoints:
    """Keypoints of a picture for the archive: at most 420, 15,960 bytes when packed."""
    grey = _grey(pixels)
    return _read(_resized(grey, ARCHIVED.longest), grey.shape, ARCHIVED)[0]


def compute_query(pixels: Pixels) -> tuple[Keypoints, Keypoints]:
    """Keypoints of a picture that is looked up, and of its mirror image.

    Large pictures are read large (long side up to 1600 px), so that a photograph inside a
    screenshot keeps enough points; under stripes and lettering they are read again with the strokes
    filled. The mirrored ones are those of the flipped picture: x is
    counted from the right edge.
    """
    grey = _grey(pixels)
    reading = _query_reading(max(grey.shape))
    small = _resized(grey, reading.longest)
    plain, flipped = _read(small, grey.shape, reading, mirror_too=True)
    for filled in without_strokes(small):
        more, more_flipped = _read(filled, grey.shape, reading, mirror_too=True)
        plain, flipped = _both(plain, more), _both(flipped, more_flipped)
    return plain, flipped


def pack(keypoints: Keypoints, width: int, height: int) -> bytes:
    """The stored form, 38 bytes a point; ``width`` and ``height`` of the full-size picture."""
    records = np.zeros(len(keypoints), RECORD)
    records["x"] = np.rint(np.clip(keypoints.points[:, 0] / width, 0, 1) * SHARE)
    records["y"] = np.rint(np.clip(keypoints.points[:, 1] / height, 0, 1) * SHARE)
    records["size"] = _size_steps(keypoints.sizes, max(width, height))
    records["angle"] = _turn_steps(keypoints.angles)
    records["descriptor"] = keypoints.descriptors
    return records.tobytes()


def unpack(value: bytes, width: int, height: int) -> Keypoints:
    """The keypoints that :func:`pack` stored.

    Raises:
        ValueError: the bytes are no whole number of records, are too many, or the size of
            the picture is not positive.
    """
    if width < 1 or height < 1:
        raise ValueError(f"a picture of {width} x {height} pixels cannot have keypoints")
    records = _records(value)
    extent = np.array([width, height], np.float32) / SHARE
    points = np.stack([records["x"], records["y"]], axis=1) * extent
    octaves = records["size"].astype(np.float32) / SIZE_STEPS_PER_OCTAVE - SIZE_OCTAVES
    return Keypoints(
        kind=KIND,
        points=points.astype(np.float32),
        sizes=(np.exp2(octaves) * max(width, height)).astype(np.float32),
        angles=records["angle"].astype(np.float32) * np.float32(360 / 256),
        descriptors=records["descriptor"].copy(),
    )


def codes(keypoints: Keypoints) -> Codes:
    """What an index is asked with: (n, 34), descriptor, angle and size of each point.

    Sizes are counted from the largest of them: where one starts does not matter to an index.
    """
    largest = float(keypoints.sizes.max(initial=0))
    poses = _turn_steps(keypoints.angles), _size_steps(keypoints.sizes, largest)
    return np.column_stack([keypoints.descriptors, *poses]).astype(np.uint8)


def stored_codes(value: bytes) -> Codes:
    """What an index takes in of a stored form: as :func:`codes`, sizes as they are stored."""
    records = _records(value)
    return np.column_stack([records["descriptor"], records["angle"], records["size"]])


def _records(value: bytes) -> NDArray[np.void]:
    if len(value) % RECORD.itemsize or len(value) > RECORD.itemsize * ARCHIVED.points:
        raise ValueError(f"{len(value)} bytes are no keypoints of kind {KIND}")
    return np.frombuffer(value, RECORD)


def _turn_steps(angles: Floats) -> Ints:
    """Degrees as 256 steps of a full turn."""
    return np.asarray(np.rint(angles * (256 / 360)).astype(np.int64) % 256)


def _size_steps(sizes: Floats, whole: float) -> Floats:
    """Sizes as steps on a logarithmic scale, 0..255; 240 is the ``whole``."""
    octaves = np.log2(np.maximum(sizes / max(whole, 1e-9), 1e-9)) + SIZE_OCTAVES
    return np.asarray(np.clip(np.rint(octaves * SIZE_STEPS_PER_OCTAVE), 0, 255))


def _query_reading(long_side: int) -> Reading:
    longest = min(max(long_side, QUERY_SMALLEST), QUERY_LONGEST)
    bands = math.ceil(_levels(longest) / LEVELS_IN_A_BAND)
    return Reading(
        longest=longest,
        cells=round(8 * longest / QUERY_SMALLEST),
        points=QUERY_POINTS_PER_BAND * bands,
        detected=8 * longest,
        flat_costs=4,
    )


def _grey(pixels: Pixels) -> Grey:
    return np.asarray(cv2.cvtColor(pixels.rgb, cv2.COLOR_RGB2GRAY), np.uint8)


def _levels(longest: int) -> int:
    return 1 + max(0, math.floor(math.log(longest / SMALLEST_LEVEL, SCALE_STEP)))


def _read(
    small: Grey, shape: tuple[int, ...], reading: Reading, *, mirror_too: bool = False
) -> tuple[Keypoints, Keypoints]:
    """Keypoints of the picture, and of its mirror image where asked for (else the same).

    ``small`` is the picture at the size at which it is read, ``shape`` its full (h, w).
    """
    cv2.setNumThreads(1)
    if min(small.shape) <= PATCH:
        return _none(), _none()
    orb = _orb(reading, FAST_THRESHOLD)
    found = orb.detect(small)
    if len(found) < reading.points:
        found = _orb(reading, FAINT_THRESHOLD).detect(small)
    kept = _spread(found, small, reading)
    plain = _described(orb, small, kept, shape)
    if not mirror_too:
        return plain, plain
    flipped = np.ascontiguousarray(small[:, ::-1])
    return plain, _described(orb, flipped, _mirrored(kept, small.shape[1]), shape)


def _orb(reading: Reading, threshold: int) -> cv2.ORB:
    return cv2.ORB.create(
        nfeatures=reading.detected,
        scaleFactor=SCALE_STEP,
        nlevels=_levels(reading.longest),
        edgeThreshold=PATCH // 2 + 1,
        patchSize=PATCH,
        fastThreshold=threshold,
    )


def _resized(grey: Grey, longest: int) -> Grey:
    height, width = grey.shape
    scale = min(longest / max(height, width), MOST_ENLARGED)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(grey, size, interpolation=how), np.uint8)


def _spread(found: Sequence[cv2.KeyPoint], small: Grey, reading: Reading) -> list[cv2.KeyPoint]:
    """The best corner of every cell and band first, then the second best, and so on."""
    if not found:
        return []
    points = _positions(found)
    levels = np.array([k.octave for k in found])
    strengths = np.array([k.response for k in found])
    cell = max(small.shape) / reading.cells
    columns, rows = (points // cell).astype(np.int64).T
    bucket = (levels // LEVELS_IN_A_BAND * 4096 + rows) * 4096 + columns
    order = np.lexsort((levels, points[:, 0], points[:, 1], -strengths, bucket))
    rank = _rank_in_bucket(bucket[order])
    if reading.flat_costs > 1:
        rank = rank * np.where(_flat(small, cell)[rows, columns][order], reading.flat_costs, 1)
    chosen = order[np.lexsort((np.arange(len(order)), -strengths[order], rank))]
    return [found[i] for i in chosen[: reading.points]]


def _flat(small: Grey, cell: float) -> Flags:
    """Which cells (rows, columns) are mostly without the faintest texture."""
    kernel = np.ones((3, 3), np.uint8)
    varies = cv2.morphologyEx(small, cv2.MORPH_GRADIENT, kernel) > FLAT_RANGE
    size = (math.ceil(small.shape[1] / cell), math.ceil(small.shape[0] / cell))
    share = cv2.resize(varies.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    return np.asarray(share < 1 - FLAT_SHARE)


def _rank_in_bucket(sorted_buckets: Ints) -> Ints:
    """0 for the first of each run of equal values, 1 for the second, ..."""
    places = np.arange(len(sorted_buckets))
    starts = np.concatenate(([True], sorted_buckets[1:] != sorted_buckets[:-1]))
    return places - np.maximum.accumulate(np.where(starts, places, 0))


def _mirrored(kept: list[cv2.KeyPoint], width: int) -> list[cv2.KeyPoint]:
    """The same corners in the flipped picture: detected once, described anew.

    ORB places a corner of a smaller level at that level's pixel times its scale, so a pixel's
    left edge, not its middle, stays where it is: flipped, it moves by one pixel of its level.
    """
    return [
        cv2.KeyPoint(
            width - SCALE_STEP**k.octave - k.pt[0],
            k.pt[1],
            k.size,
            (540 - k.angle) % 360,
            k.response,
            k.octave,
        )
        for k in kept
    ]


def _described(
    orb: cv2.ORB, small: Grey, kept: list[cv2.KeyPoint], shape: tuple[int, ...]
) -> Keypoints:
    """Descriptors at the corners, positions in pixels of the full-size picture."""
    described, descriptors = orb.compute(small, kept)
    if not described:
        return _none()
    scale = np.array([shape[1] / small.shape[1], shape[0] / small.shape[0]], np.float32)
    return Keypoints(
        kind=KIND,
        points=((_positions(described) + 0.5) * scale).astype(np.float32),
        sizes=(np.array([k.size for k in described]) * scale.mean()).astype(np.float32),
        angles=np.array([k.angle for k in described], np.float32),
        descriptors=np.asarray(descriptors, np.uint8),
    )


def _both(one: Keypoints, other: Keypoints) -> Keypoints:
    """The keypoints of two readings of one picture."""
    return Keypoints(
        KIND,
        np.concatenate([one.points, other.points]),
        np.concatenate([one.sizes, other.sizes]),
        np.concatenate([one.angles, other.angles]),
        np.concatenate([one.descriptors, other.descriptors]),
    )


def _positions(found: Sequence[cv2.KeyPoint]) -> Floats:
    """Positions (n, 2) in the pixels of the picture that was read."""
    return np.asarray(cv2.KeyPoint.convert(found), np.float32)


def _none() -> Keypoints:
    empty = np.zeros(0, np.float32)
    return Keypoints(KIND, np.zeros((0, 2), np.float32), empty, empty, np.zeros((0, 32), np.uint8))
