"""A connection to one address that was checked, which ends when the deadline does."""

from __future__ import annotations

import io
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from provenance.fetch.address import Address
from provenance.fetch.deadline import Deadline
from provenance.fetch.failures import LATER, failed
from provenance.fetch.limits import Limits
from provenance.fetch.reach import Ip

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK = 1 << 16


class Line:
    """A connected socket as ``http.client`` uses it; every wait is bounded by the deadline.

    A timeout of the socket alone would begin again with every byte that drips in.
    """

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        """The socket stays the caller's, to be closed there."""
        self._socket = connected
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        """Send all of it."""
        self._socket.settimeout(self._deadline.left())
        self._socket.sendall(data)

    def receive(self, buffer: WriteableBuffer) -> int:
        """Fill what has come into ``buffer``; 0 at the end."""
        self._socket.settimeout(self._deadline.left())
        return self._socket.recv_into(buffer)

    def makefile(self, mode: str) -> io.BufferedReader:
        """What comes, to be read."""
        assert mode == "rb"
        return io.BufferedReader(_Incoming(self), BLOCK)

    def close(self) -> None:
        """Nothing: who opened the socket closes it."""


class _Incoming(io.RawIOBase):
    def __init__(self, line: Line) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        return self._line.receive(buffer)


@contextmanager
def opened(
    address: Address,
    ips: Sequence[Ip],
    trust: ssl.SSLContext | None,
    deadline: Deadline,
    limits: Limits,
) -> Iterator[tuple[Line, Ip]]:
    """A line to the first of ``ips`` that answers, and which it is; closed on leaving.

    Raises:
        Unreadable: ``fetch_failed`` when none answers.
        OSError: the certificate does not hold for the host, or the line breaks.
    """
    connected, ip = _connected(address, ips, deadline, limits)
    with connected:
        if address.scheme == "http":
            yield Line(connected, deadline), ip
            return
        connected.settimeout(deadline.left())
        with (trust or authorities()).wrap_socket(connected, server_hostname=address.host) as safe:
            yield Line(safe, deadline), ip


def _connected(
    address: Address, ips: Sequence[Ip], deadline: Deadline, limits: Limits
) -> tuple[socket.socket, Ip]:
    trouble: OSError | None = None
    for ip in ips[: limits.addresses]:
        try:
            return _connection(ip, address.port, deadline.left(limits.connect_seconds)), ip
        except OSError as problem:
            trouble = problem
    raise failed("The site does not answer.", LATER) from trouble


def _connection(ip: Ip, port: int, seconds: float) -> socket.socket:
    """Connected to this very address; no name is looked up any more."""
    family = socket.AF_INET if ip.version == 4 else socket.AF_INET6  # noqa: PLR2004 - IPv4
    fresh = socket.socket(family, socket.SOCK_STREAM)
    try:
        fresh.settimeout(seconds)
        fresh.connect((str(ip), port))
    except BaseException:
        fresh.close()
        raise
    return fresh


@cache
def authorities() -> ssl.SSLContext:
    """Who may vouch for a site: those of this system, and Mozilla's where it has none."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
