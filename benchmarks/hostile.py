"""What becomes of every file of some folders in the guarded reader.

    python -m benchmarks.hostile ../shared/data/hostile ../shared/data/metadata
    python -m benchmarks.hostile --agree ../shared/data/metadata

The first form prints how many files of each folder ended in which way, the time a file took
(a fresh worker's start included where it needed one), deaths of workers, and the largest
memory of the main process and of a worker. Exit code 1 if a limit of the house is broken:
p95 over 1 s, a file over 10 s, more than 500 MB in the main process. The second form lists
the files that a bare Pillow decodes and this reader does not.
"""

from __future__ import annotations

import argparse
import collections
import io
import resource
import statistics
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import pi_heif
from PIL import Image

from provenance import decode
from provenance.errors import Unreadable, UnreadableReason
from provenance.examine import in_worker
from provenance.guard import Guard

P95_SECONDS, MOST_SECONDS, MAIN_MB = 1.0, 10.0, 500.0


# ------------------------------------------------------------------------------- the jobs


def examined(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """All that adding and looking up together ask of a worker."""
    return in_worker(data, {"keep": True, "ask": True, **options})


def decoded(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """Decode and make a thumbnail, as adding a picture does."""
    pixels = decode.decode(data)
    return {"format": pixels.format, "thumbnail": len(decode.thumbnail(pixels)), **options}


def decoded_barely(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """Decode with Pillow as it comes, all its formats allowed."""
    pi_heif.register_heif_opener()
    try:
        with warnings.catch_warnings(action="ignore"):
            image = Image.open(io.BytesIO(data))
            image.load()
    except Exception as problem:  # whatever a bare Pillow raises is its answer here
        raise Unreadable(UnreadableReason.NOT_IMAGE, repr(problem)) from problem
    return {"format": image.format, "size": list(image.size), **options}


# ------------------------------------------------------------------------------ measuring


@dataclass(frozen=True, slots=True)
class Run:
    """One file: where it lies, how it ended, how long that took, in seconds."""

    path: Path
    outcome: str
    seconds: float
    detail: str


def runs(paths: list[Path], job: Any) -> Iterator[Run]:
    """Each file alone, one after another, so that its time is its own."""
    with Guard(job, workers=1) as guard:
        began = time.perf_counter()
        for answer in guard.map(((path, path) for path in paths), window=1):
            seconds = time.perf_counter() - began
            yield Run(answer.key, _outcome(answer.result), seconds, _detail(answer.result))
            began = time.perf_counter()


def _outcome(result: dict[str, Any] | Unreadable) -> str:
    return str(result.reason) if isinstance(result, Unreadable) else "decoded"


def _detail(result: dict[str, Any] | Unreadable) -> str:
    return str(result) if isinstance(result, Unreadable) else str(result["format"])


def files(folder: Path) -> list[Path]:
    """Every file below a folder, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def main() -> int:
    """Measure the folders named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, default=_shared())
    parser.add_argument("--agree", action="store_true", help="compare with a bare Pillow")
    asked = parser.parse_args()
    return agree(asked.folders) if asked.agree else measure(asked.folders)


def _shared() -> list[Path]:
    shared = Path(__file__).resolve().parents[2] / "shared" / "data"
    return [shared / "hostile", shared / "metadata"]


# ------------------------------------------------------------------------------- printing


def measure(folders: list[Path]) -> int:
    """Print the table of outcomes and times; 1 if a limit of the house is broken."""
    done = [run for folder in folders for run in _printed(folder)]
    print()
    slow = [run for run in done if run.seconds > P95_SECONDS]
    for run in slow:
        print(f"over {P95_SECONDS:g} s: {run.path} {run.seconds:.2f} s {run.outcome}")
    for run in done:
        if run.outcome == UnreadableReason.WORKER_DIED:
            print(f"worker died: {run.path}: {run.detail}")
    return int(not _within(_times("all", done)))


def _printed(folder: Path) -> list[Run]:
    groups = [path for path in sorted(folder.iterdir()) if path.is_dir()] or [folder]
    done: list[Run] = []
    for group in groups:
        done += (group_runs := list(runs(files(group), _job("examined"))))
        counts = collections.Counter(run.outcome for run in group_runs)
        told = ", ".join(f"{outcome} {count}" for outcome, count in counts.most_common())
        _times(f"{folder.name}/{group.name}", group_runs)
        print(f"    {told}")
    return done


def _times(name: str, done: list[Run]) -> tuple[float, float]:
    """Print one line of times; the 95th percentile and the largest, in seconds."""
    times = sorted(run.seconds for run in done) or [0.0]
    p95, most = times[int(0.95 * (len(times) - 1))], times[-1]
    median = statistics.median(times)
    print(
        f"{name}: {len(done)} files, median {median * 1e3:.0f} ms, "
        f"p95 {p95 * 1e3:.0f} ms, most {most:.2f} s"
    )
    return p95, most


def _within(times: tuple[float, float]) -> bool:
    main_mb, worker_mb = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"largest memory: main process {main_mb:.0f} MB, a worker {worker_mb:.0f} MB")
    return times[0] <= P95_SECONDS and times[1] <= MOST_SECONDS and main_mb <= MAIN_MB


def agree(folders: list[Path]) -> int:
    """List files that a bare Pillow decodes and the guarded reader does not, and count."""
    paths = [path for folder in folders for path in files(folder)]
    bare = {run.path: run for run in runs(paths, _job("decoded_barely"))}
    differing = 0
    for run in runs(paths, _job("decoded")):
        if run.outcome != "decoded" and bare[run.path].outcome == "decoded":
            differing += 1
            print(f"{run.path}\n    Pillow: {bare[run.path].detail}; here: {run.detail}")
    print(f"{differing} of {len(paths)} files differ")
    return 0


def _job(name: str) -> Any:
    """A job under the name by which a worker can import it, however this file was started."""
    from benchmarks import hostile  # noqa: PLW0406  by its importable name

    return getattr(hostile, name)


if __name__ == "__main__":
    sys.exit(main())
