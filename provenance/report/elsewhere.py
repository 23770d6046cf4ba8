"""Where else to look: services that search for a picture, or keep copies of a page, by address.

Nothing is asked here: these are addresses that a person may open. Only public addresses are
offered, since opening one shows it to the service.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import quote, urlsplit

Record = dict[str, Any]

QUERY, CLAIM, SIGHTING = "query", "claim", "sighting"
"""What lies at an address: the checked picture, the claim, an archived picture."""

_BING: Final = (
    "https://www.bing.com/images/search?view=detailv2&iss=sbi&form=SBIIDP"
    "&sbisrc=UrlPaste&q=imgurl:{}"
)
ENGINES: Final = (
    ("Google Lens", "https://lens.google.com/uploadbyurl?url={}"),
    ("Bing", _BING),
    ("Yandex", "https://yandex.com/images/search?rpt=imageview&url={}"),
    ("TinEye", "https://tineye.com/search?url={}"),
)
"""Services that search for the picture at an address."""

KEEPERS: Final = (("Wayback Machine", "https://web.archive.org/web/*/{}"),)
"""Services that keep copies of what was at an address."""

PICTURE_ENDINGS: Final = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".tif")
MOST: Final = 6
"""Addresses that are offered; more would be a list to scroll past."""

_PRIVATE_ENDINGS: Final = (".local", ".localhost", ".internal", ".lan", ".home", ".corp", ".onion")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One public address, what lies there, and where it can be looked for: name and address."""

    what: str
    url: str
    services: tuple[tuple[str, str], ...]
    picture: int | None = None


def elsewhere(check: Record) -> list[Elsewhere]:
    """The public addresses of a check, each once, the checked picture's first."""
    found: dict[str, Elsewhere] = {}
    for what, url, picture in _addresses(check):
        if url and url not in found and is_public(url):
            found[url] = Elsewhere(what, url, _services(what, url), picture)
    return list(found.values())[:MOST]


def is_public(url: str) -> bool:
    """Whether everybody could open it: no name or password in it, no address of a network here."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or parts.username is not None:
        return False
    return _is_public_host(host)


def _is_public_host(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_PRIVATE_ENDINGS)


def _addresses(check: Record) -> Iterator[tuple[str, str | None, int | None]]:
    yield QUERY, check["query"]["name"], None
    yield CLAIM, check["claim"]["url"], None
    for match in check["matches"]:
        for sighting in match["sightings"]:
            yield SIGHTING, sighting["url"], match["picture"]


def _services(what: str, url: str) -> tuple[tuple[str, str], ...]:
    """Engines only where a picture lies; a page is searched for by nobody."""
    is_picture = what == QUERY or urlsplit(url).path.lower().endswith(PICTURE_ENDINGS)
    offered = (*(ENGINES if is_picture else ()), *KEEPERS)
    return tuple((name, address.format(_quoted(name, url))) for name, address in offered)


def _quoted(name: str, url: str) -> str:
    # The Wayback Machine takes the address as the end of its own path.
    return quote(url, safe=":/?&=%" if name == KEEPERS[0][0] else "")
