"""What hostile servers cost one fetch, with the real limits: time, bytes taken, memory.

A server of this machine sends each of the bodies below to a fresh process that fetches it::

    python benchmarks/fetching.py

Most rows last as long as the total deadline; eight minutes in all. Linux and macOS.
"""

from __future__ import annotations

import argparse
import json
import resource
import socketserver
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable
from functools import partial
from io import BufferedIOBase
from typing import Any

from provenance.fetch import AT_ONCE, EVERYWHERE, fetched
from provenance.fetch.fetching import fetch
from provenance.fetch.limits import LIMITS, MIB
from provenance.models import Entry

Writer = Callable[[BufferedIOBase], None]
HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
DRIP = 0.5


def forever(head: bytes, piece: bytes, pause: float = 0.0) -> Writer:
    """``head``, then ``piece`` again and again."""

    def write(out: BufferedIOBase) -> None:
        out.write(head)
        while True:
            out.write(piece)
            out.flush()
            time.sleep(pause)

    return write


def bomb(bits: int) -> Writer:
    """Zeros without end, a thousandth of their size on the way."""

    def write(out: BufferedIOBase) -> None:
        out.write(HEAD + b"Content-Encoding: gzip\r\n\r\n")
        packer = zlib.compressobj(9, zlib.DEFLATED, bits)
        while True:
            out.write(packer.compress(bytes(MIB)))

    return write


def largest(out: BufferedIOBase) -> None:
    """The largest body that is taken."""
    out.write(HEAD + f"Content-Length: {LIMITS.body_bytes}\r\n\r\n".encode())
    out.writelines(bytes(MIB) for _ in range(LIMITS.body_bytes // MIB))


BODIES: dict[str, Writer] = {
    "the largest that is taken": largest,
    "silent": lambda _out: time.sleep(60),
    "status line drips": forever(b"", b"H", DRIP),
    "headers drip": forever(HEAD, b"A: b\r\n", DRIP),
    "body drips": forever(HEAD + b"\r\n", b"x", DRIP),
    "chunks drip": forever(CHUNKED, b"1\r\nx\r\n", DRIP),
    "body without end": forever(HEAD + b"\r\n", b"x" * MIB),
    "chunks without end": forever(CHUNKED, b"400\r\n" + b"x" * 1024 + b"\r\n"),
    "one-byte chunks without end": forever(CHUNKED, b"1\r\nx\r\n" * 1000),
    "trailers without end": forever(CHUNKED + b"0\r\n", b"A: b\r\n" * 1000),
    "100 Continue without end": forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "gzip bomb": bomb(31),
    "zlib bomb": bomb(15),
}


class Visit(socketserver.StreamRequestHandler):
    """One request: the path is the number of a body."""

    def handle(self) -> None:
        """Answer until the visitor hangs up."""
        number = int(self.rfile.readline().split()[1].strip(b"/"))
        while (line := self.rfile.readline()) not in {b"\r\n", b""}:
            assert line
        try:
            list(BODIES.values())[number](self.wfile)
        except OSError:
            return


def main() -> None:
    """Measure every body and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", help="Fetch this address and say what it cost, as JSON.")
    parser.add_argument("--several", help="The same for as many as are fetched at once.")
    options = parser.parse_args()
    if url := options.one or options.several:
        print(json.dumps(cost(url, 1 if options.one else AT_ONCE)))
        return
    socketserver.ThreadingTCPServer.daemon_threads = True
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Visit)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("| body | outcome | seconds | memory, MB more |\n|---|---|---|---|")
    for number, name in enumerate(BODIES):
        url = f"http://127.0.0.1:{server.server_address[1]}/{number}"
        _print(name, measured("--one", url))
        if "without end" in name or "bomb" in name:
            _print(f"{name}, {AT_ONCE} at once", measured("--several", url))


def _print(name: str, said: dict[str, Any]) -> None:
    print(f"| {name} | {said['outcome']} | {said['seconds']:.1f} | {said['mb']:.0f} |", flush=True)


def measured(how: str, url: str) -> dict[str, Any]:
    """What fetching costs a process of its own."""
    command = [sys.executable, __file__, how, url]
    told = subprocess.run(command, capture_output=True, check=True, text=True)  # our own program
    answer: dict[str, Any] = json.loads(told.stdout)
    return answer


def cost(url: str, times: int) -> dict[str, Any]:
    """Fetch it so many times at once, and say what that cost."""
    before, begun = peak(), time.monotonic()
    entries = [Entry(url, address=url)] * times
    outcomes = {_outcome(entry) for entry in fetched(entries, partial(fetch, reach=EVERYWHERE))}
    seconds = time.monotonic() - begun
    return {"outcome": ", ".join(outcomes), "seconds": seconds, "mb": peak() - before}


def _outcome(entry: Entry) -> str:
    if entry.problem is not None:
        return str(entry.problem.reason)
    return f"{len(entry.content or b'') / MIB:.0f} MiB"


def peak() -> float:
    """The most memory this process has held, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    main()
