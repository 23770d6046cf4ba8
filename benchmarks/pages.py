"""Every page of a large archive and its twin, asked of a running ``provenance serve``.

    python -m benchmarks.pages --folder FOLDER [--times 40] [--only TEXT]
    python -m benchmarks.pages --folder FOLDER --importing 100000

``FOLDER`` is what ``python -m benchmarks.sheet build`` and ``follow`` have made. Each line: wall
time as whoever asks has it, CPU time of the server, the most memory the server ever held. With
``--importing`` so many rows of a table are taken in meanwhile by a process of its own, and some
pages are asked over and over until it ends, without the CPU time of each.
Exit 1 where a p95 is over 300 ms, the memory over 300 MB, or an answer is no page.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.import_rows import write_rows
from benchmarks.sheet import TARGET_MB, TARGET_MS
from provenance.datasette_plugin.versions import datasette_version

OURS: Final = "/-/provenance"
TICKS: Final = os.sysconf("SC_CLK_TCK")

TWINS: Final = (
    "/?order=newest", "/?after=3650000000000000000", "/?before=3650000000000000000", "/?year=2016",
    "/?source=agency+0", "/?place=Place+0", "/?trust=own", "/?collection=import+0",
    "/?finding=seen_before_claim", "/?source=agency+0&year=2019", "/?q=rare77", "/?q=hospital",
    "/?q=agency", "/?q=%22smoke+fire%22", "/?q=hosp*", "/?q=zeppelin", "/?more=source",
    "/?more=place", "/coverage", "/checks", "/checks?finding=seen_before_claim",
    "/checks?finding=not_in_archive", "/checks?finding=unreadable", "/checks?before=1000",
    "/pictures/1", "/pictures/1/near", "/pictures/{middle}", "/checks/1", "/checks/{check}",
    "/checks/{check}?lang=de", "/checks/{check}/compare/{picture}", "/checks/{check}/reviews",
    "/check",
)  # fmt: skip
"""Pages of ours; each has a twin in JSON."""

TABLES: Final = (
    "pictures", "sightings", "claims", "checks", "matches", "collections", "reviews", "events",
)  # fmt: skip
QUERIES: Final = ("earliest_sighting", "claimed_after_first_seen", "seen_in_several_claims")

MEANWHILE: Final = ("/", "/pictures/{middle}", "/checks/{check}", "/checks", "/coverage")
"""What is asked while rows come in."""


@dataclass
class Asked:
    """What the answers to one address took; milliseconds.

    ``cpu`` is the server's for one answer, ``None`` where it also did something else.
    """

    wall: list[float] = field(default_factory=list)
    cpu: float | None = None
    failures: list[str] = field(default_factory=list)

    def p95(self) -> float:
        """95 of 100 were answered within this."""
        return sorted(self.wall)[min(len(self.wall) - 1, int(len(self.wall) * 0.95))]

    def p50(self) -> float:
        """Half were answered within this."""
        return sorted(self.wall)[len(self.wall) // 2]


@dataclass(frozen=True)
class Server:
    """A ``provenance serve`` of its own process."""

    process: int
    address: str

    def get(self, path: str, seconds: float = 60) -> tuple[int, bytes]:
        """Status and body of one page."""
        return _fetched(urllib.request.Request(f"{self.address}{path}"), seconds)

    def post(self, path: str, **fields: str) -> tuple[int, bytes]:
        """The same of a form, sent as a program does."""
        body = urllib.parse.urlencode(fields).encode()
        return _fetched(urllib.request.Request(f"{self.address}{path}", data=body), 60)

    def record(self, path: str) -> dict[str, Any]:
        """The answer of a twin."""
        told: dict[str, Any] = json.loads(self.get(path)[1])
        return told

    def cpu(self) -> float:
        """Milliseconds it has computed so far; Linux only."""
        told = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) * 1000 / TICKS

    def memory(self) -> float:
        """The most that it ever held, in MB; Linux only."""
        status = Path(f"/proc/{self.process}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def _fetched(request: urllib.request.Request, seconds: float) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


@contextmanager
def served(archive: Path, port: int = 8765) -> Iterator[Server]:
    """The archive served, until the end of the ``with`` statement."""
    command = [sys.executable, "-m", "provenance", "serve", "-a", str(archive)]
    process = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL)
    server = Server(process.pid, f"http://127.0.0.1:{port}")
    try:
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait()


def _wait(server: Server, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            server.get("/-/versions.json")
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


# ---------------------------------------------------------------------------- what is asked


def numbers(server: Server) -> dict[str, int]:
    """Of a picture in the middle, and of a check with a match, among the newest."""
    listed = server.record(f"{OURS}/checks.json?finding=seen_before_claim")["checks"]
    check = listed[-1]["check"]
    record = server.record(f"{OURS}/checks/{check}.json")
    match, held = record["matches"][0], record["archive"]["pictures"]
    return {"middle": held // 2, "check": check, "picture": match["picture"]}


def addresses(server: Server) -> Iterator[str]:
    """Every page, each with its twin."""
    known = numbers(server)
    yield from (f"{OURS}/", f"{OURS}/index.json")
    for page in TWINS:
        path, mark, query = page.format(**known).partition("?")
        yield f"{OURS}{path}{mark}{query}"
        yield f"{OURS}{path}{'index' if path == '/' else ''}.json{mark}{query}"
    yield from (f"{OURS}/openapi.json", f"{OURS}/nowhere", "/archive", "/archive.json")
    for query in QUERIES:
        yield from (f"/archive/{query}", f"/archive/{query}.json")
    for table in TABLES:
        yield from (f"/archive/{table}", f"/archive/{table}.json", f"/archive/{table}.csv")
    yield from _of_tables(known)


def _of_tables(known: dict[str, int]) -> Iterator[str]:
    """What somebody clicks on in Datasette's own pages."""
    yield f"/archive/pictures/{known['middle']}"
    yield f"/archive/checks/{known['check']}"
    yield f"/archive/sightings?picture_id={known['middle']}"
    yield f"/archive/sightings?id__gt={known['middle']}&_size=max"
    yield "/archive/sightings?_sort_desc=id"
    yield "/archive/sightings?source=agency+0"
    yield "/archive/sightings?_facet=trust"
    yield "/archive/checks?_facet=finding"
    yield f"/archive/pictures?_next={known['middle']}"


def ask_all(server: Server, times: int, only: str) -> int:
    """Print what every page takes; how many are over the target."""
    over = 0
    for path in addresses(server):
        if only in path:
            over += _shown(path, asked(server, partial_get(server, path), times), server)
    if only in "lookup":
        hash_ = {"hash": f"sha256:{'0' * 64}"}
        lookup = asked(server, lambda: server.post(f"{OURS}/lookup", **hash_), times)
        over += _shown(f"POST {OURS}/lookup", lookup, server)
    return over


def partial_get(server: Server, path: str) -> Callable[[], tuple[int, bytes]]:
    """Asks for this page."""
    return lambda: server.get(path)


def asked(server: Server, ask: Callable[[], tuple[int, bytes]], times: int) -> Asked:
    """Asked once for nothing and then so many times, one after the other."""
    ask()
    told, before = Asked(), server.cpu()
    for _ in range(times):
        _take(told, ask)
    told.cpu = (server.cpu() - before) / times
    return told


def _take(told: Asked, ask: Callable[[], tuple[int, bytes]]) -> bytes:
    begun = time.perf_counter()
    status, body = ask()
    told.wall.append((time.perf_counter() - begun) * 1000)
    if status >= 400 and status != 404:
        told.failures.append(f"{status} {body[:200].decode('utf-8', 'replace')}")
    return body


def _shown(path: str, told: Asked, server: Server) -> bool:
    over = told.p95() > TARGET_MS
    cpu = "" if told.cpu is None else f"  CPU {told.cpu:7.1f}"
    print(
        f"{path:52} p50 {told.p50():7.1f}  p95 {told.p95():7.1f}{cpu} ms"
        f"  {server.memory():4.0f} MB{'  OVER' if over else ''}"
        f"{f'  {len(told.failures)} FAILED {told.failures[0]}' if told.failures else ''}",
        flush=True,
    )
    return over or bool(told.failures)


# ---------------------------------------------------------------------------- while rows come in


def ask_meanwhile(server: Server, archive: Path, rows: int) -> int:
    """Print what some pages take while a table is taken in; how many are over the target."""
    known = numbers(server)
    table = archive.with_name("more.csv")
    write_rows(table, range(10_000_000, 10_000_000 + rows))
    told = {page.format(**known): Asked() for page in MEANWHILE}
    command = [sys.executable, "-m", "provenance", "add", str(table), "--nl", "-a", str(archive)]
    before, begun, counts = server.cpu(), time.monotonic(), [0]
    with subprocess.Popen([*command, "--collection", "more"], stdout=subprocess.DEVNULL) as adding:
        while adding.poll() is None:
            for page, each in told.items():
                _take(each, partial_get(server, f"{OURS}{page}"))
            front = server.record(f"{OURS}/index.json")
            counts.append(front["pictures"] + front["behind"])
    passed, used = time.monotonic() - begun, server.cpu() - before
    print(f"{rows:,} rows in {passed:.0f} s; the server computed {used / 1000:.0f} s meanwhile")
    if adding.returncode or counts != sorted(counts):
        print(f"the import ended with {adding.returncode}; pictures told: {counts[:50]}")
        return 1
    return sum([_shown(page, each, server) for page, each in told.items()])


def main() -> int:
    """Every page, or some while rows come in."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--only", default="", help="only addresses that hold this")
    parser.add_argument("--importing", type=int, metavar="ROWS")
    options = parser.parse_args()
    archive = options.folder / "archive.db"
    versions = f"Python {platform.python_version()}, Datasette {datasette_version()}"
    print(f"{platform.platform()}, {versions}", flush=True)
    with served(archive) as server:
        if options.importing:
            over = ask_meanwhile(server, archive, options.importing)
        else:
            over = ask_all(server, options.times, options.only)
        memory = server.memory()
    print(f"{over} over {TARGET_MS:.0f} ms or failed; most memory of the server {memory:,.0f} MB")
    return int(bool(over) or memory > TARGET_MB)


if __name__ == "__main__":
    sys.exit(main())
