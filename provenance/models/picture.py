"""What is read from one file: pixels, fingerprints, what the file says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from provenance.models.told import Block, Credentials, EarlierState, Fact

if TYPE_CHECKING:
    # Only for the type checker: `provenance --help` must not pay for NumPy.
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Pixels:
    """A decoded picture: upright, opaque, 8-bit RGB.

    ``rgb`` has shape (height, width, 3), dtype uint8. ``format`` is Pillow's name of the
    file format ("JPEG"). ``frames`` counts frames or pages; the first one is decoded.
    ``decoder`` names the program and version that decoded ("pillow 13.0.0").
    ``notes`` says in words what had to be done to it ("transparency laid on white").
    """

    rgb: NDArray[np.uint8]
    format: str
    frames: int = 1
    decoder: str = ""
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Width in pixels, upright."""
        return int(self.rgb.shape[1])

    @property
    def height(self) -> int:
        """Height in pixels, upright."""
        return int(self.rgb.shape[0])


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One fingerprint of one picture, as stored.

    ``kind`` carries the version and never changes its meaning ("pdq_v1", "phash_v1",
    "orb_cv5_v1"). ``value`` is the fixed binary form. ``quality`` is 0..100 where the
    algorithm defines one, else ``None``.
    """

    kind: str
    value: bytes
    quality: int | None = None


@dataclass(frozen=True, slots=True)
class Keypoints:
    """Local features of one picture, n of them, in full-size upright pixels.

    ``points`` (n, 2) float32 x, y; ``sizes`` (n,) float32 patch diameter in pixels;
    ``angles`` (n,) float32 degrees, clockwise in image coordinates as OpenCV gives them;
    ``descriptors`` (n, 32) uint8.
    """

    kind: str
    points: NDArray[np.float32]
    sizes: NDArray[np.float32]
    angles: NDArray[np.float32]
    descriptors: NDArray[np.uint8]

    def __len__(self) -> int:
        """How many keypoints there are."""
        return int(self.points.shape[0])


@dataclass(frozen=True, slots=True)
class Raster:
    """The small picture that proof is made on: grey, and its colour much smaller.

    ``grey`` (h, w) uint8, long side as the kind says; ``chroma`` (h', w', 2) uint8 holds
    Cb and Cr around 128, or ``None`` where only grey is known.
    """

    kind: str
    grey: NDArray[np.uint8]
    chroma: NDArray[np.uint8] | None = None


Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are just outside."""


@dataclass(frozen=True, slots=True)
class Inset:
    """A rectangle of a picture that may hold another picture, read on its own.

    ``keypoints`` and ``mirrored`` are in pixels of the whole picture, like those of the whole
    (``mirrored``: x counted from its right edge). ``pdq`` is that of the rectangle in all eight
    orientations, upright first, ``quality`` its quality (0..100).
    """

    box: Box
    keypoints: Keypoints
    mirrored: Keypoints
    pdq: tuple[bytes, ...] = ()
    quality: int = 0


@dataclass(frozen=True, slots=True)
class Examined:
    """All that one trip through a worker learns from one file (``size`` in bytes).

    ``keypoints``, ``raster`` and ``thumbnail`` are what an archive keeps, packed as it
    keeps them; ``None`` when the picture is only looked up. The ``query_*`` fields are set
    only when it is looked up: more keypoints, read at several scales; the same of the
    mirrored picture (``points`` in mirrored coordinates: x counted from the right edge);
    a larger raster; the PDQ of all eight orientations, upright first; the quality of the
    strongest JPEG compression that the pixels show; the rectangles of it that may hold pictures
    of their own (``insets``), mostly none. ``blocks`` says of each kind of metadata what became
    of it; ``earlier`` holds the small pictures inside the file that differ from it, mostly none.
    """

    sha256: str
    size: int
    format: str
    frames: int
    width: int
    height: int
    decoder: str
    fingerprints: tuple[Fingerprint, ...]
    keypoints: Fingerprint | None = None
    raster: bytes | None = None
    thumbnail: bytes | None = None
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    query_keypoints: Keypoints | None = None
    query_mirrored: Keypoints | None = None
    query_raster: Raster | None = None
    query_pdq: tuple[bytes, ...] = ()
    query_quality: int | None = None
    insets: tuple[Inset, ...] = ()
    blocks: Mapping[str, Block] = field(default_factory=dict)
    credentials: Credentials = field(default_factory=Credentials)
    earlier: tuple[EarlierState, ...] = ()

    def fingerprint(self, kind: str) -> Fingerprint | None:
        """The fingerprint of this kind, or ``None``."""
        return next((f for f in self.fingerprints if f.kind == kind), None)
