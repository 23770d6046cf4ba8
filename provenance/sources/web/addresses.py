"""Addresses on a page: made whole, listed from a ``srcset``, compared as a crawl would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

LONGEST: Final = 4096
"""Characters of one address; servers refuse more than 8,000, pictures' have 200."""

_BETWEEN: Final = " \t\n\f\r,"
_SAFE: Final = "/@:!$&'()*+,;=~-._%?#[]"


def whole(address: str | None, base: str) -> str | None:
    """The address as seen from ``base``, without its fragment; ``None`` for what is none."""
    text = re.sub(r"[\t\r\n]", "", address or "").strip()
    if not text or len(text) > LONGEST or text.lower().startswith(("data:", "blob:", "about:")):
        return None
    try:
        joined = urljoin(base, text).partition("#")[0]
        named = urlsplit(joined)
    except ValueError:
        return None
    return joined if named.scheme.lower() in {"http", "https"} and named.netloc else None


def candidates(srcset: str | None) -> Iterator[str]:
    """The addresses of a ``srcset``, each without its width or density (HTML, 4.8.4.2.2)."""
    rest = (srcset or "")[: 16 * LONGEST].lstrip(_BETWEEN)
    while rest:
        found, rest = _parted(rest)
        if found.endswith(","):
            found = found.rstrip(",")
        else:
            rest = rest.partition(",")[2]
        if found:
            yield found
        rest = rest.lstrip(_BETWEEN)


def _parted(text: str) -> tuple[str, str]:
    """What stands before the first blank, and after it."""
    found, *after = text.split(maxsplit=1)
    return found, after[0] if after else ""


def key(address: str) -> str:
    """The same for two spellings of one address: scheme, escapes and host's case aside."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").rstrip(".")
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    except ValueError:
        return address.strip()
    path = quote(parts.path or "/", safe=_SAFE)
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return f"{host}{port}{path}{query}"


def host(address: str | None) -> str | None:
    """``example.com`` of an address; ``None`` where there is none."""
    try:
        return (urlsplit(address or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None
