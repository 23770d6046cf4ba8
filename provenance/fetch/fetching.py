"""From an address to the bytes there, hop by hop."""

from __future__ import annotations

import ssl

from provenance.errors import Unreadable
from provenance.fetch import address as addresses
from provenance.fetch.address import Address
from provenance.fetch.deadline import Deadline
from provenance.fetch.exchange import Redirect, exchanged
from provenance.fetch.failures import CHECK_IT, refused, told
from provenance.fetch.limits import LIMITS, Limits
from provenance.fetch.line import opened
from provenance.fetch.page import refuse_page
from provenance.fetch.reach import PUBLIC, Ip, Reach
from provenance.fetch.resolve import Resolver, checked, system


def fetch(
    url: str,
    *,
    reach: Reach = PUBLIC,
    limits: Limits = LIMITS,
    resolver: Resolver = system,
    trust: ssl.SSLContext | None = None,
) -> bytes:
    """What is at ``url``; that it is a picture is for the decoder to say.

    ``trust`` is who may vouch for a site (the system's and Mozilla's authorities unless
    given). Nothing of the environment is used: no proxies, no logins, no cookies.

    Raises:
        Unreadable: ``fetch_refused``, ``fetch_failed``, ``too_big``, or ``not_image`` for a
            page; ``name`` is the address.
    """
    hops = _Hops(reach, limits, resolver, trust)
    try:
        with told(limits.total_seconds):
            content = hops.followed(addresses.read(url))
        refuse_page(content)
    except Unreadable as problem:
        problem.name = url
        raise
    return content


class _Hops:
    """One fetch under way; its reach narrows as soon as a public site has answered."""

    def __init__(
        self, reach: Reach, limits: Limits, resolver: Resolver, trust: ssl.SSLContext | None
    ) -> None:
        self._reach = reach
        self._limits = limits
        self._resolver = resolver
        self._trust = trust
        self._deadline = Deadline(limits.total_seconds)

    def followed(self, address: Address) -> bytes:
        """The bytes at the end of the redirects; each hop is checked as the first."""
        for _ in range(self._limits.redirects + 1):
            answer, ip = self._hop(address)
            if isinstance(answer, bytes):
                return answer
            self._reach = self._reach.from_there(ip)
            address = address.leading_to(answer.location)
        raise refused(
            f"This address leads on to another more than {self._limits.redirects} times.",
            CHECK_IT,
        )

    def _hop(self, address: Address) -> tuple[bytes | Redirect, Ip]:
        ips = checked(address, self._reach, self._resolver, self._deadline, self._limits)
        with opened(address, ips, self._trust, self._deadline, self._limits) as (line, ip):
            return exchanged(address, line, self._limits), ip
