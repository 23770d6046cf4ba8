"""Every limit that a foreign file meets, on one page.

A limit is here because some file crossed it in practice or could: each field says what it
bounds and why it has this value. A desk that needs others builds its own ``Limits`` and
hands it to :class:`provenance.guard.Guard` and :func:`provenance.decode.decode`.
"""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Sizes in bytes, times in seconds, counts as they stand."""

    file_bytes: int = 128 * MIB
    """Size of one file. A 45-megapixel camera JPEG has 30 MB, a 16-bit scan about 100 MB."""

    large_file_bytes: int = 16 * MIB
    """Above this, files are held in the main process one at a time, so that many workers
    and many large files together still leave it under 500 MB."""

    pixels: int = 100_000_000
    """Pixels that are laid out in memory: 400 MB in Pillow, as much again to turn them
    upright. Pillow's own warning stands at 89 million."""

    jpeg_full_pixels: int = 50_000_000
    """A JPEG above this is decoded at a half, a quarter or an eighth of its size, which
    libjpeg does while decoding. No fingerprint looks at more than two megapixels, and full
    camera frames (45 megapixels) stay under it."""

    jpeg_pixels: int = 400_000_000
    """Pixels in the header of a JPEG. 200-megapixel telephones exist; 400 million pixels
    take libjpeg about five seconds at reduced size."""

    side: int = 65_535
    """Width or height. JPEG's own bound; a 1 x 100,000,000 strip is no photograph."""

    frames: int = 10_000
    """Frames or pages that are counted. Only the first is decoded; counting stops here."""

    jpeg_scans: int = 100
    """Scans in one JPEG. Progressive files have 10, the finest scripts in use about 20;
    5,000 scans in 0.7 MB held every decoder for more than 20 s."""

    jpeg_scan_pixels: int = 2_000_000_000
    """Scans times pixels: each scan walks over the whole picture once. A 50-megapixel
    progressive file with 20 scans needs half of this."""

    metadata_bytes: int = 32 * MIB
    """All of a file's metadata together (EXIF, XMP, profiles, manifests). Signed manifests
    with thumbnails reach a few megabytes."""

    text_bytes: int = 4 * MIB
    """One text or colour-profile block after unpacking. Editing histories in XMP reach one
    megabyte; 100 bytes of zlib can pretend to gigabytes."""

    wall_seconds: float = 8.5
    """Time for one file by the clock, after which its worker is killed: no file may hold
    the line for ten seconds. An ordinary picture takes 0.05 s."""

    cpu_seconds: int = 8
    """Processor time for one file, enforced by the system even if the main process dies."""

    start_seconds: float = 60.0
    """Time for a worker to start and import its libraries from a cold disk."""

    memory_bytes: int = 2048 * MIB
    """Address space of a worker beyond what it has after its imports: Pillow's 4 bytes a
    pixel, once more for turning upright, once more for the fingerprints."""

    worker_bytes: int = 512 * MIB
    """Memory still held after a job above which a worker is replaced by a fresh one."""

    jobs_per_worker: int = 200
    """Files after which a worker is replaced, so that nothing leaks or lingers for long."""

    open_files: int = 32
    """File descriptors of a worker. It needs five and those of the libraries it loads."""

    answer_bytes: int = 16 * MIB
    """Size of one answer from a worker, which may have been taken over by its file. The
    fingerprints, raster and thumbnail of a picture have about 0.5 MB."""


LIMITS = Limits()
"""The limits in use unless a caller gives others."""
