"""What fingerprints cost and how far they can be trusted, on real photographs.

``python -m benchmarks.fingerprints [FOLDER]`` with a folder of photographs (by default
``../shared/data/photos`` beside the checkout). Prints four tables: time, strangers, turned
copies, rasters. The figures in the decision records 0003 and 0004 come from here.
"""

from __future__ import annotations

import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import PIL
from numpy.typing import NDArray
from PIL import Image

if __package__ in {None, ""}:
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from provenance.fingerprint import pdq, phash, raster
from provenance.models import Pixels, Raster

PHOTOS = Path(__file__).resolve().parents[2] / "shared" / "data" / "photos"
SAMPLE = 200
BLOCK = 24

TURNS: dict[str, Callable[[NDArray[np.uint8]], NDArray[np.uint8]]] = {
    "rotated_90": lambda rgb: np.rot90(rgb, -1),
    "rotated_180": lambda rgb: np.rot90(rgb, 2),
    "rotated_270": lambda rgb: np.rot90(rgb, 1),
    "mirrored": lambda rgb: rgb[:, ::-1],
    "flipped": lambda rgb: rgb[::-1],
}


def main() -> None:
    """Print all tables."""
    cv2.setNumThreads(1)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PHOTOS
    photos = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    sample = random.Random(7).sample(photos, min(SAMPLE, len(photos)))
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, OpenCV {cv2.__version__},")
    print(f"Pillow {PIL.__version__}, {platform.machine()}, one thread; {len(photos)} photographs")
    print_times(sample)
    print_strangers(photos)
    print_turned(sample)
    print_rasters(sample)


def read(path: Path) -> Pixels:
    """A trusted photograph; the product itself reads only through its guarded reader."""
    return decoded(path.read_bytes())


def decoded(data: bytes) -> Pixels:
    """Upright RGB of a file's bytes."""
    return Pixels(np.asarray(Image.open(BytesIO(data)).convert("RGB")), "JPEG")


# ---------------------------------------------------------------------------------- time


def print_times(sample: list[Path]) -> None:
    """Milliseconds by size, beside decoding alone."""
    biggest = max((read(path) for path in sample), key=lambda pixels: pixels.rgb.size)
    print("\ntime, ms, median of 15      500 px    2 MP   12 MP")
    sizes = [(500, 375), (1600, 1200), (4000, 3000)]
    scaled = [cv2.resize(biggest.rgb, size, interpolation=cv2.INTER_CUBIC) for size in sizes]
    pictures = [Pixels(each.astype(np.uint8), "JPEG") for each in scaled]
    print_row("decode a JPEG", [as_jpeg(each.rgb) for each in pictures], decoded)
    print_row("pdq", pictures, pdq.compute)
    print_row("pdq, eight orientations", pictures, pdq.dihedral)
    print_row("phash", pictures, phash.compute)
    print_row("proof raster", pictures, raster.proof_raster)
    print_row("query raster", pictures, raster.query_raster)
    proofs = [raster.proof_raster(each) for each in pictures]
    print_row("pack a proof raster", proofs, raster.pack)
    print_row("unpack it", [raster.pack(each) for each in proofs], raster.unpack)


def print_row(name: str, things: Iterable[Any], work: Callable[[Any], object]) -> None:
    """One line of the table: what ``work`` costs on each thing."""
    print(f"{name:26}" + "".join(f"{milliseconds(work, thing):8.2f}" for thing in things))


def milliseconds(work: Callable[[Any], object], thing: Any) -> float:
    """Median time of ``work(thing)``."""
    took = []
    for _ in range(15):
        start = time.perf_counter()
        work(thing)
        took.append(time.perf_counter() - start)
    return 1000 * statistics.median(took)


def as_jpeg(rgb: NDArray[np.uint8], quality: int = 85) -> bytes:
    """The picture as a JPEG file."""
    file = BytesIO()
    Image.fromarray(rgb).save(file, "JPEG", quality=quality)
    return file.getvalue()


# ----------------------------------------------------------------- strangers and turning


def print_strangers(photos: list[Path]) -> None:
    """How near the nearest other photograph lies."""
    prints = [(pdq.compute(pixels), phash.compute(pixels)) for pixels in map(read, photos)]
    print("\nnearest stranger             least     1 %    50 %")
    for name, values in (
        ("pdq, of 256", [each[0].value for each in prints]),
        ("phash, of 64", [each[1].value for each in prints]),
    ):
        nearest = nearest_others(values)
        print(f"{name:26}" + "".join(f"{each:8.0f}" for each in percentiles(nearest, 0, 1, 50)))
    low = sum((each[0].quality or 0) < pdq.QUALITY_GATE for each in prints)
    print(f"quality below {pdq.QUALITY_GATE}: {low} of {len(prints)}")


def nearest_others(values: list[bytes]) -> NDArray[np.float64]:
    """Hamming distance of each hash to the nearest of the others; (n,)."""
    bits = np.array([np.unpackbits(np.frombuffer(value, np.uint8)) for value in values], float)
    distances = bits @ (1 - bits).T + (1 - bits) @ bits.T
    np.fill_diagonal(distances, np.inf)
    return np.asarray(distances.min(axis=1))


def print_turned(sample: list[Path]) -> None:
    """The hash derived from one transform against the hash of the turned picture."""
    print("\nturned copies, PDQ           50 %    99 %    most   <= 31")
    pictures = [read(path) for path in sample]
    for name, turn in TURNS.items():
        far = [turned_distance(pixels, name, turn) for pixels in pictures]
        within = sum(each <= pdq.MATCH_DISTANCE for each in far) / len(far)
        cells = "".join(f"{each:8.0f}" for each in percentiles(far, 50, 99, 100))
        print(f"{name:26}{cells}{within:8.1%}")


def turned_distance(
    pixels: Pixels, name: str, turn: Callable[[NDArray[np.uint8]], NDArray[np.uint8]]
) -> int:
    """Bits between the derived hash of an orientation and the hash of the turned picture."""
    direct = pdq.compute(Pixels(np.ascontiguousarray(turn(pixels.rgb)), "drawn")).value
    derived: bytes = getattr(pdq.dihedral(pixels), name)
    return (int.from_bytes(direct) ^ int.from_bytes(derived)).bit_count()


def percentiles(values: Iterable[float], *shares: float) -> list[float]:
    """The values below which these shares (0..100) of all lie."""
    return [float(each) for each in np.percentile(np.array(list(values), float), shares)]


# ------------------------------------------------------------------------------- rasters


def print_rasters(sample: list[Path]) -> None:
    """Bytes, and how a heavily recompressed copy at half size agrees block by block."""
    print(f"\nrasters                      bytes   blocks of {BLOCK} px that correlate > 0.8:")
    print(f"{'':34}   all   dark   of another photograph")
    pictures = [read(path) for path in sample]
    copies = [degraded(pixels) for pixels in pictures]
    for long_side in (256, 320, 384, 512):
        for bits in (8, 6):
            print_raster_row(long_side, bits, pictures, copies)


def print_raster_row(
    long_side: int, bits: int, pictures: list[Pixels], copies: list[Pixels]
) -> None:
    """Bytes and agreement at one long side and one depth."""
    greys = [grey(pixels, long_side, bits) for pixels in pictures]
    others = [grey(pixels, long_side, 8) for pixels in copies]
    packed = statistics.mean(len(raster.pack(raster_of(each, bits))) for each in greys)
    same = np.concatenate([blocks(a, b) for a, b in zip(greys, others, strict=True)])
    shifted = [*others[1:], others[0]]
    wrong = np.concatenate([blocks(a, b) for a, b in zip(greys, shifted, strict=True)])
    dark = same[same[:, 1] < 3]
    shares = [float((each[:, 0] > 0.8).mean()) for each in (same, dark, wrong)]
    label = f"{long_side} px, {bits} bits"
    print(f"{label:26}{packed:8.0f}" + "".join(f"{share:8.1%}" for share in shares))


def raster_of(values: NDArray[np.uint8], bits: int) -> Raster:
    """A grey raster that holds only the highest bits."""
    return Raster(raster.QUERY, (values >> (8 - bits)).astype(np.uint8))


def grey(pixels: Pixels, long_side: int, bits: int) -> NDArray[np.uint8]:
    """Grey at a long side, with its lowest bits cleared."""
    small = raster._reduced(pixels.rgb, long_side)  # noqa: SLF001 - the very reduction
    luma = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    return ((luma >> (8 - bits)) << (8 - bits)).astype(np.uint8)


def degraded(pixels: Pixels) -> Pixels:
    """The copy of a copy: half the size, JPEG quality 20, back at its size."""
    half = cv2.resize(pixels.rgb, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    again = decoded(as_jpeg(half.astype(np.uint8), 20)).rgb
    size = (pixels.width, pixels.height)
    return Pixels(cv2.resize(again, size, interpolation=cv2.INTER_CUBIC).astype(np.uint8), "JPEG")


def blocks(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Correlation, and contrast of the first, of each pair of blocks both hold; (n, 2)."""
    height, width = np.minimum(one.shape, other.shape) // BLOCK
    pairs = [
        (one[at].astype(float).ravel(), other[at].astype(float).ravel())
        for at in (
            np.s_[y * BLOCK : (y + 1) * BLOCK, x * BLOCK : (x + 1) * BLOCK]
            for y in range(height)
            for x in range(width)
        )
    ]
    return np.array([(correlation(a, b), a.std()) for a, b in pairs]).reshape(-1, 2)


def correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Pearson's; 0 where one of the two is flat."""
    spread = one.std() * other.std()
    return float(((one - one.mean()) * (other - other.mean())).mean() / spread) if spread else 0.0


if __name__ == "__main__":
    main()
