"""Where a fetch may go: the public internet, and more only where somebody said so.

The tables are IANA's registries of special-purpose addresses. They stand here, rather than
being asked of ``ipaddress.is_global``, because its answers changed between minor versions
of Python; a test holds the two side by side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

Ip = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NOT_PUBLIC: Final = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # unspecified; reaches this machine
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by the customers of one provider (CGNAT)
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local; where cloud machines are told their secrets
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)

PUBLIC_6: Final = IPv6Network("2000::/3")
"""Everything else of IPv6 is loopback, mapped, NAT64, unique-local, link-local, site-local,
multicast or not given out."""

NOT_PUBLIC_6: Final = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, with Teredo (2001::/32)
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "3fff::/20",  # documentation
    )
)

WEB_PORTS: Final = frozenset({80, 443, 8080, 8443})
"""Where the web is served. Any other port may belong to something that is no web server and
takes a request for orders."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a fetch may go: public addresses, the ``networks`` named besides, these ``ports``.

    ``ports`` is ``None`` for every port.
    """

    networks: tuple[Network, ...] = ()
    ports: frozenset[int] | None = WEB_PORTS

    def allows(self, ip: Ip) -> bool:
        """Whether a connection to this address may be made."""
        return is_public(ip) or any(ip in network for network in self.networks)

    def allows_port(self, port: int) -> bool:
        """Whether a connection to this port may be made."""
        return port > 0 if self.ports is None else port in self.ports

    def from_there(self, ip: Ip) -> Reach:
        """Where an answer from ``ip`` may lead: no public site leads into a private network."""
        return replace(self, networks=()) if is_public(ip) else self


PUBLIC: Final = Reach()
EVERYWHERE: Final = Reach((IPv4Network("0.0.0.0/0"), IPv6Network("::/0")), ports=None)
"""What ``--allow-private`` allows."""


def is_public(ip: Ip) -> bool:
    """Whether this is the address of one machine on the public internet."""
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in NOT_PUBLIC)
    return ip in PUBLIC_6 and not any(ip in network for network in NOT_PUBLIC_6)
