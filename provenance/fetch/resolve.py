"""A host -> the IP addresses it has, all of them checked."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from functools import partial
from ipaddress import ip_address

from provenance.errors import Unreadable
from provenance.fetch.address import Address
from provenance.fetch.background import in_background
from provenance.fetch.deadline import Deadline
from provenance.fetch.failures import CHECK_IT, LATER, failed, refused
from provenance.fetch.limits import Limits
from provenance.fetch.reach import WEB_PORTS, Ip, Reach

Resolver = Callable[[str, int], Sequence[str]]
"""Host and port -> the IP addresses as text; raises :class:`OSError` where there is none."""


def system(host: str, port: int) -> Sequence[str]:
    """As this machine resolves names."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def checked(
    address: Address, reach: Reach, resolver: Resolver, deadline: Deadline, limits: Limits
) -> list[Ip]:
    """The addresses that may be connected to, in order; asked once, not again to connect.

    Raises:
        Unreadable: ``fetch_refused`` when any of them is out of reach, or the port is;
            ``fetch_failed`` when there is none.
    """
    if not reach.allows_port(address.port):
        raise _port(address.port)
    found = [address.ip] if address.ip else _resolved(address, resolver, deadline, limits)
    if not all(map(reach.allows, found)):
        raise refused(
            "This address leads into a private or special network, not to the public web.",
            "If you mean to, add --allow-private; or save the picture and give the file.",
        )
    return found


def _resolved(address: Address, resolver: Resolver, deadline: Deadline, limits: Limits) -> list[Ip]:
    asking = in_background(partial(resolver, address.host, address.port))
    try:
        found = asking.result(deadline.left(limits.resolve_seconds))
    except TimeoutError as problem:
        raise failed("Where this site is could not be found out in time.", LATER) from problem
    except (OSError, UnicodeError) as problem:
        raise _no_site() from problem
    if not found:
        raise _no_site()
    return [ip_address(each) for each in found]


def _no_site() -> Unreadable:
    return failed("There is no site of this name, or this machine is offline.", CHECK_IT)


def _port(port: int) -> Unreadable:
    usual = ", ".join(map(str, sorted(WEB_PORTS)))
    return refused(
        f"Port {port} is none that the web is usually served at ({usual}).",
        "If you mean to, add --allow-private; or save the picture and give the file.",
    )
