r"""The address somebody gave, taken apart once; what is odd about it is refused, not guessed.

Programs differ in how they read ``http://a@b``, ``http://0177.1`` or ``http:\\a``, and that
difference is what such spellings are made for. Here an address either has one plain reading,
and the request is built from the parts that were read, or it is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from provenance.errors import Unreadable
from provenance.fetch.failures import CHECK_IT, refused
from provenance.fetch.limits import LIMITS
from provenance.fetch.reach import Ip

PORTS: Final = {"http": 80, "https": 443}

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")
_AUTHORITY = re.compile(
    r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[^\[\]:@%/ ]+))(?::(?P<port>[0-9]{0,5}))?"
)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LONGEST_NAME = 253

# Left as they are in a path; "%" because what is escaped already stays so.
_PATH = "/%:@!$&'()*+,;=~-._"
_QUERY = _PATH + "?"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a picture is: ``host`` is a name in ASCII or an IP address without brackets.

    ``ip`` is set where the host is an IP address. ``target`` is path and query, escaped.
    """

    scheme: str
    host: str
    ip: Ip | None
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as a request names them; the port only where it is not the usual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.authority}{self.target}"

    def leading_to(self, location: str) -> Address:
        """The address that a redirect from here names; raises as :func:`read` does."""
        _refuse_odd(location)
        try:
            return read(urljoin(self.url, location))
        except ValueError as problem:
            raise _unclear() from problem


def read(url: str) -> Address:
    """Take an address apart.

    Raises:
        Unreadable: ``fetch_refused`` for what is no web address or has no plain reading.
    """
    _refuse_odd(url)
    try:
        parts = urlsplit(url)
    except ValueError as problem:  # brackets, or letters that stand for "/", "@" or ":"
        raise _unclear() from problem
    if parts.scheme not in PORTS:
        raise refused("Only http and https addresses are fetched.", CHECK_IT)
    if "@" in parts.netloc:
        raise refused("The address holds a login.", "Give it without the part before the @.")
    found = _AUTHORITY.fullmatch(parts.netloc)
    if not found:
        raise _unclear()
    host, ip = _host(found["six"], found["name"])
    port = int(found["port"] or PORTS[parts.scheme])
    query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    return Address(parts.scheme, host, ip, port, (quote(parts.path, safe=_PATH) or "/") + query)


def _refuse_odd(url: str) -> None:
    if len(url) > LIMITS.address_characters:
        raise refused("This address is too long for any server.", CHECK_IT)
    if _CONTROL.search(url):
        raise refused(
            "The address holds a backslash, a tab or another character that no address has.",
            CHECK_IT,
        )


def _host(six: str | None, name: str | None) -> tuple[str, Ip | None]:
    """The host and, where it is one, its IP address."""
    if six:
        ip = _ip6(six)
        return str(ip), ip
    host = _ascii(name or "").removesuffix(".")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        four = _ip4(host)
        return str(four), four
    if len(host) > _LONGEST_NAME or not all(map(_LABEL.fullmatch, labels)):
        raise _unclear()
    return host, None


def _ascii(name: str) -> str:
    """A name as DNS holds it; other scripts, and wide or ringed letters, as browsers do."""
    if name.isascii():
        return name.lower()
    import idna

    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as problem:
        raise _unclear() from problem


def _ip4(host: str) -> IPv4Address:
    """Four plain numbers; octal, hexadecimal and shortened forms have two readings."""
    try:
        return IPv4Address(host)
    except AddressValueError as problem:
        raise refused(
            "The address holds a number where a name should be.",
            "Write it as four numbers with points between, without leading zeros.",
        ) from problem


def _ip6(host: str) -> IPv6Address:
    try:
        return IPv6Address(host)
    except AddressValueError as problem:
        raise _unclear() from problem


def _unclear() -> Unreadable:
    return refused("The name of the site in this address cannot be read.", CHECK_IT)
