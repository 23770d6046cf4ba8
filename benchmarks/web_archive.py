"""What a large web archive costs: memory of every process and time, by the real command.

    python -m benchmarks.web_archive OUT                 1 GB, as below
    python -m benchmarks.web_archive OUT --pages 2000 --pictures 30 --film 20

Writes a WARC (packed, records in a mixed order) with pages of 15 KB that name forty pictures
each, pictures of 1 MB, and one film that nobody reads, then runs ``provenance add`` on it.
``OUT`` is a folder; what is written there is deleted unless ``--keep``. Memory is the peak of
the resident set as the kernel counts it (Linux), of the command and of its workers; and of all at
once, what they share counted once (PSS, looked at five times a second).
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

if __package__ in {None, ""}:
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from fixtures.pages import article, figure

MIB = 1 << 20
SITE = "https://news.example"
ITSELF, TOGETHER = -1, -2
"""Names in a table of peaks, beside the numbers of processes."""

DATE = "2019-06-20T09:00:00Z"


def main() -> None:
    """Write, add, print."""
    asked = _arguments()
    asked.out.mkdir(parents=True, exist_ok=True)
    file, archive = asked.out / "crawl.warc.gz", asked.out / "archive.db"
    with file.open("wb") as stream:
        _write(stream, asked.pages, asked.pictures, asked.film)
    print(f"archive: {file.stat().st_size / MIB:.0f} MB, {asked.pages} pages", flush=True)
    began = time.monotonic()
    peaks, lines, code = _added(file, archive)
    together = peaks.pop(TOGETHER, 0)
    seconds = time.monotonic() - began
    own, *workers = sorted(peaks.values(), reverse=True) if peaks else [0]
    print(f"added {lines} pictures in {seconds:.0f} s, exit code {code}")
    print(
        f"peak of the largest process {own / MIB:.0f} MB, of the others "
        + ", ".join(f"{each / MIB:.0f}" for each in workers[:6])
        + " MB"
    )
    print(f"peak of the command itself {peaks.get(ITSELF, 0) / MIB:.0f} MB")
    print(f"all processes at once {together / MIB:.0f} MB")
    if not asked.keep:
        for each in asked.out.rglob("*"):
            if each.is_file():
                each.unlink()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--pictures", type=int, default=550)
    parser.add_argument("--film", type=int, default=300, help="MB of the film")
    parser.add_argument("--keep", action="store_true")
    return parser.parse_args()


# ------------------------------------------------------------------------------ writing


def _write(stream: io.BufferedWriter, pages: int, pictures: int, film: int) -> None:
    """Pages and pictures in turn, so that a picture may come before its page."""
    writer = WARCWriter(stream, gzip=True)
    random = np.random.default_rng(1)
    _put(writer, f"{SITE}/film.mp4", random.bytes(film * MIB), "video/mp4")
    drawn = _pictures(random)
    every = max(1, pages // max(1, pictures))
    for number in range(pages):
        if number % every == 0 and number // every < pictures:
            _put(writer, f"{SITE}/img/{number // every}.jpg", next(drawn), "image/jpeg")
        _put(writer, f"{SITE}/{number}", _page(number, pictures, random), "text/html")


def _put(writer: WARCWriter, url: str, body: bytes, kind: str) -> None:
    http = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(body),
        http_headers=http,
        warc_headers_dict={"WARC-Date": DATE},
    )
    writer.write_record(record)


def _page(number: int, pictures: int, random: np.random.Generator) -> bytes:
    """About 15 KB that packs badly, with forty pictures of which one is in the archive."""
    shown = figure(f"/img/{number % max(1, pictures)}.jpg", f"Caption of page {number}")
    others = "".join(
        f'<li><img src="/img/{number}-{i}.jpg" alt="Teaser {i}"></li>' for i in range(39)
    )
    words = random.bytes(6000).hex()
    return article(f"{shown}<p>{words}</p>", beside=f"<aside><ul>{others}</ul></aside>").encode()


def _pictures(random: np.random.Generator) -> Iterator[bytes]:
    """Different photographs of about 1 MB: textures under grain."""
    grain = random.integers(-40, 40, (1200, 1600, 3), dtype=np.int16)
    while True:
        coarse = random.integers(40, 215, (24, 32, 3), dtype=np.uint8)
        smooth = Image.fromarray(coarse).resize((1600, 1200), Image.Resampling.BICUBIC)
        rolled = np.roll(grain, int(random.integers(1, 1600)), axis=1)
        noisy = np.clip(np.asarray(smooth).astype(np.int16) + rolled, 0, 255).astype(np.uint8)
        stream = io.BytesIO()
        Image.fromarray(noisy).save(stream, "JPEG", quality=88)
        yield stream.getvalue()


# ----------------------------------------------------------------------------- measuring


def _added(file: Path, archive: Path) -> tuple[dict[int, int], int, int]:
    """Peak bytes of every process of the command and of all, lines printed, exit code."""
    command = [sys.executable, "-m", "provenance", "add", str(file), "-a", str(archive), "--nl"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    peaks: dict[int, int] = {}
    watching = threading.Thread(target=_watch, args=(child.pid, peaks), daemon=True)
    watching.start()
    assert child.stdout is not None
    lines = sum(1 for _ in child.stdout)
    return peaks, lines, child.wait()


def _watch(pid: int, peaks: dict[int, int]) -> None:
    """Ask the kernel for the peaks until the command has ended."""
    while Path(f"/proc/{pid}").exists():
        running = (pid, *_below(pid))
        for each in running:
            name = ITSELF if each == pid else each
            peaks[name] = max(peaks.get(name, 0), _bytes(each, "status", "VmHWM:"))
        now = sum(_bytes(each, "smaps_rollup", "Pss:") for each in running)
        peaks[TOGETHER] = max(peaks.get(TOGETHER, 0), now)
        time.sleep(0.2)


def _below(pid: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        texts = [(task / "children").read_text() for task in tasks]
    except OSError:
        return []
    return [int(number) for text in texts for number in text.split()]


def _bytes(pid: int, account: str, name: str) -> int:
    """One figure that the kernel keeps of a process; 0 where it has ended."""
    try:
        text = Path(f"/proc/{pid}/{account}").read_text()
    except OSError:
        return 0
    found = [line.split()[1] for line in text.splitlines() if line.startswith(name)]
    return int(found[0]) * 1024 if found else 0


if __name__ == "__main__":
    main()
