"""What adding and looking up cost, beside decoding alone, and where the time goes.

``python benchmarks/cost.py PHOTOS [--archived 1000] [--lookups 100]``

Adding is measured step by step on one core in this process, so that workers and pipes do not
hide the parts; look-ups are measured as users have them: warm ``Desk``, decoding included.
Times are milliseconds; quote medians, and ratios to decoding, not single figures.
"""

from __future__ import annotations

import argparse
import platform
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import cv2

from provenance import Claim, Desk, Stated, read_date, version
from provenance.archive import Archive
from provenance.decode import decode, thumbnail
from provenance.demo.alteration import jpeg, mirror, resize
from provenance.examine import Wanted, in_worker, received
from provenance.fingerprint import keypoints, pdq, phash, raster
from provenance.ingest import intake
from provenance.metadata import read
from provenance.models import Entry, Examined, NewCollection, Pixels

Times = dict[str, list[float]]
LONG_SIDE = 500
QUERY_SIDE = 720


def main() -> None:
    """Measure and print both tables."""
    arguments = _arguments()
    cv2.setNumThreads(1)
    random.seed(arguments.seed)
    photos = sorted(p for p in arguments.photos.rglob("*") if p.suffix.lower() in {".jpg", ".jpeg"})
    random.shuffle(photos)
    print(f"provenance {version()}, {platform.platform()}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _adding(photos[: arguments.lookups], folder)
        _looking_up(photos[: arguments.archived], arguments.lookups, folder)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--archived", type=int, default=1000)
    parser.add_argument("--lookups", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _sized(path: Path, long_side: int) -> bytes:
    """The photograph as a JPEG of this long side."""
    rgb = decode(path.read_bytes()).rgb
    return jpeg(resize(rgb, long_side / max(rgb.shape[:2])))


# ------------------------------------------------------------------------------ adding


def _adding(photos: list[Path], folder: Path) -> None:
    times: Times = defaultdict(list)
    with Archive.open(folder / "cost.db", create=True) as archive:
        intakes = []
        for path in photos:
            data = _sized(path, LONG_SIDE)
            pixels = _timed(times, "decode", partial(decode, data))
            for step, run in _steps(data, pixels):
                _timed(times, step, run)
            examined = _received(data)
            entry = Entry(path.name, collection=NewCollection("cost"))
            intakes.append(intake(entry, examined))
        started = time.perf_counter()
        archive.add(intakes)
        share = (time.perf_counter() - started) * 1000 / len(intakes)
        times["archive, committed by the hundred"] = [share] * len(intakes)
    _print_adding(times)


def _received(data: bytes) -> Examined:
    answer = in_worker(data, Wanted(keep=True).options())
    return received(answer, sha256(data).hexdigest(), len(data), "a.jpg")


def _steps(data: bytes, pixels: Pixels) -> Iterator[tuple[str, Callable[[], Any]]]:
    yield "pHash", lambda: phash.compute(pixels)
    yield "PDQ", lambda: pdq.compute(pixels)
    yield "keypoints", lambda: keypoints.compute(pixels)
    yield "proof raster, packed", lambda: raster.pack(raster.proof_raster(pixels))
    yield "thumbnail", lambda: thumbnail(pixels)
    yield "metadata", lambda: read(data)


def _timed(times: Times, step: str, run: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    answer = run()
    times[step].append((time.perf_counter() - started) * 1000)
    return answer


def _print_adding(times: Times) -> None:
    decoding = statistics.median(times["decode"])
    total = sum(statistics.median(each) for each in times.values())
    print(f"\nAdding a {LONG_SIDE} px picture, one core, median of {len(times['decode'])}\n")
    print("| step | ms | times decoding |\n|---|---|---|")
    for step, each in times.items():
        print(
            f"| {step} | {statistics.median(each):.1f} | {statistics.median(each) / decoding:.1f} |"
        )
    print(f"| **all** | **{total:.1f}** | {total / decoding:.1f} |")


# -------------------------------------------------------------------------- looking up


def _looking_up(photos: list[Path], lookups: int, folder: Path) -> None:
    queries = [_query(path, folder / f"query-{n}.jpg") for n, path in enumerate(photos[:lookups])]
    with Desk(folder / "lookup.db", create=True) as desk:
        started = time.perf_counter()
        added = sum(1 for _ in desk.add(photos, Stated(date="2019", source="benchmark")))
        rate = added / (time.perf_counter() - started)
        _one(desk, queries[0])
        took = [_one(desk, query) for query in queries]
        claim = Claim(date=read_date("23 October 2023").date)
        checked = [_elapsed(partial(_checked, desk, query, claim)) for query in queries[:20]]
    decoding = statistics.median([_elapsed(partial(_decoded, q)) for q in queries])
    print(f"\nAdded {added} pictures through the workers: {rate:.0f} a second")
    print(f"\nLook-up in {added} pictures, warm, {QUERY_SIDE} px query, decoding included\n")
    print("| what | median ms | p95 ms |\n|---|---|---|")
    print(f"| decoding alone | {decoding:.1f} | |")
    print(f"| look-up, of {len(took)} | {statistics.median(took):.0f} | {_p95(took):.0f} |")
    print(f"| check, of {len(checked)} | {statistics.median(checked):.0f} | {_p95(checked):.0f} |")


def _query(path: Path, place: Path) -> Path:
    """Every other query mirrored, all of them resized and compressed again."""
    rgb = decode(path.read_bytes()).rgb
    copy = resize(rgb, QUERY_SIDE / max(rgb.shape[:2]))
    place.write_bytes(jpeg(mirror(copy) if int(place.stem.split("-")[1]) % 2 else copy, 70))
    return place


def _one(desk: Desk, query: Path) -> float:
    return _elapsed(lambda: list(desk.lookup([query])))


def _checked(desk: Desk, query: Path, claim: Claim) -> None:
    list(desk.check([query], claim))


def _decoded(query: Path) -> None:
    decode(query.read_bytes())


def _elapsed(run: Callable[[], Any]) -> float:
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    main()
