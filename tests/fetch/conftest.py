"""Real servers on this machine, and ears on every private address of it."""

from __future__ import annotations

import socket
import socketserver
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import IPv4Network
from typing import Any, BinaryIO

import pytest

from provenance.fetch import Reach

OUTSIDE = "127.0.0.2"
"""Stands for the public internet: tests must not leave this machine."""

OUTSIDE_ONLY = Reach((IPv4Network(f"{OUTSIDE}/32"),), ports=None)
"""That address alone, at any port, so that nothing but the check of addresses says no."""

PICTURE = b"\xff\xd8\xff bytes of a picture"

Answer = bytes | Callable[[BinaryIO], None]


def ok(body: bytes, *headers: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str, *headers: str) -> bytes:
    lines = ["HTTP/1.1 302 Found", "Content-Length: 0", *headers]
    head = "\r\n".join(lines).encode() + b"\r\nLocation: " + location.encode()
    return head + b"\r\n\r\n"


class Site(socketserver.ThreadingTCPServer):
    """A server whose answers a test writes byte by byte; ``heads`` holds what it was asked."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, host: str = OUTSIDE, tls: Any = None) -> None:
        self.answers: dict[str, Answer] = {}
        self.heads: list[bytes] = []
        self.tls = tls
        super().__init__((host, 0), _Visit)

    @property
    def port(self) -> int:
        return self.server_address[1]

    def url(self, path: str = "/", host: str | None = None, scheme: str = "http") -> str:
        return f"{scheme}://{host or self.server_address[0]}:{self.port}{path}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor who hangs up is what many of these tests are about."""


class _Visit(socketserver.StreamRequestHandler):
    server: Site

    def setup(self) -> None:
        if self.server.tls:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b"\r\n", b""}:  # empty: hung up
            lines.append(line)
        if not lines:
            return
        head = b"".join(lines)
        self.server.heads.append(head)
        path = head.split(b" ")[1].decode()
        answer = self.server.answers.get(path, b"HTTP/1.1 404 Not Found\r\n\r\n")
        if isinstance(answer, bytes):
            self.wfile.write(answer)
        else:
            answer(self.wfile)


@contextmanager
def served(site: Site) -> Iterator[Site]:
    thread = threading.Thread(target=site.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
        thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    try:
        site = Site()
    except OSError:
        pytest.skip(f"this machine has no address {OUTSIDE} (Linux has)")
    with served(site):
        yield site


class Listener:
    """Hears every connection to any address of this machine at one port."""

    def __init__(self) -> None:
        self.heard: list[Any] = []
        self._ears = [self._ear(socket.AF_INET, "0.0.0.0", 0)]
        self.port = self._ears[0].getsockname()[1]
        with suppress(OSError):  # a machine without IPv6
            self._ears.append(self._ear(socket.AF_INET6, "::", self.port))
        for ear in self._ears:
            threading.Thread(target=self._listen, args=(ear,), daemon=True).start()

    @staticmethod
    def _ear(family: int, host: str, port: int) -> socket.socket:
        ear = socket.socket(family, socket.SOCK_STREAM)
        if family == socket.AF_INET6:
            ear.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        ear.bind((host, port))
        ear.listen(64)
        return ear

    def _listen(self, ear: socket.socket) -> None:
        with suppress(OSError):
            while True:
                visitor, where = ear.accept()
                self.heard.append(where)
                visitor.close()

    def close(self) -> None:
        for ear in self._ears:
            with suppress(OSError):
                ear.shutdown(socket.SHUT_RDWR)
            ear.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


_ATTEMPTS: list[Any] = []


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        _ATTEMPTS.append(arguments[1])


@pytest.fixture(scope="session")
def _attempts() -> list[Any]:
    sys.addaudithook(_note)
    return _ATTEMPTS


@pytest.fixture
def attempts(_attempts: list[Any]) -> list[Any]:
    """Every address that this process tries to connect to, reached or not."""
    _attempts.clear()
    return _attempts
