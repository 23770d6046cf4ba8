"""One question to a server and its answer: the picture's bytes, or where else to ask."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from typing import Final, cast

from provenance.fetch.address import Address
from provenance.fetch.body import body
from provenance.fetch.failures import answered
from provenance.fetch.limits import Limits
from provenance.fetch.line import Line

OK: Final = 200
ELSEWHERE: Final = frozenset({301, 302, 303, 307, 308})

SAID: Final = {
    "User-Agent": "image-provenance (one picture, asked for by a person)",
    "Accept": "image/*, */*;q=0.1",
    # Pictures are packed already; what is packed once more is a bomb or a mistake.
    "Accept-Encoding": "identity",
    "Connection": "close",
}
"""All that a server is told, besides the address: nothing of the machine, no cookies."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where the server says the picture is."""

    location: str


def exchanged(address: Address, line: Line, limits: Limits) -> bytes | Redirect:
    """Ask for the address over this line.

    Raises:
        Unreadable: ``fetch_failed`` for any other answer; ``too_big``.
    """
    response = _asked(address, line)
    location = response.getheader("Location")
    if response.status in ELSEWHERE and location:
        return Redirect(_as_utf8(location))
    if response.status != OK:
        raise answered(response.status)
    return body(response, limits)


def _asked(address: Address, line: Line) -> HTTPResponse:
    connection = HTTPConnection(address.host, address.port)
    connection.sock = cast("socket.socket", line)  # http.client only sends and makes a file
    connection.putrequest("GET", address.target, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", address.authority)
    for name, value in SAID.items():
        connection.putheader(name, value)
    connection.endheaders()
    return connection.getresponse()


def _as_utf8(header: str) -> str:
    """A header as its bytes mean it today; they arrive read as Latin-1."""
    return header.encode("latin-1").decode("utf-8", "replace")
