"""Is this sighting the claim's own page? Addresses are compared as people would."""

from __future__ import annotations

from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

# What platforms and newsletters hang on an address to follow its reader; the page is the
# same without it.
_FOLLOWERS: Final = frozenset(
    {
        "fbclid",
        "gclid",
        "igsh",
        "igshid",
        "mc_cid",
        "mc_eid",
        "mibextid",
        "ref_src",
        "ref_url",
        "si",
        "twclid",
        "yclid",
    }
)
_MIRRORS: Final = ("www.", "m.", "mobile.", "amp.")
_SAME_HOST: Final = {"twitter.com": "x.com", "telegram.me": "t.me"}


def is_same_page(one: str | None, other: str | None) -> bool:
    """Do both addresses lead to the same page?"""
    if not one or not other or not one.strip() or not other.strip():
        return False
    return normal_url(one) == normal_url(other)


def normal_url(url: str) -> str:
    """The address without scheme, ``www.``, fragment, trackers and spelling differences."""
    text = url.strip()
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
        return f"{_host(parts)}{_path(parts)}{_query(parts)}"
    except ValueError:  # an address that is none is at least equal to itself
        return text


def host_of(url: str | None) -> str | None:
    """``example.com`` of an address, without ``www.``; ``None`` where there is none."""
    if not url or "//" not in url:
        return None
    try:
        return urlsplit(url.strip()).hostname and _bare(urlsplit(url.strip()).hostname or "")
    except ValueError:
        return None


def _host(parts: SplitResult) -> str:
    host = _bare(parts.hostname or "")
    host = _SAME_HOST.get(host, host)
    default = {"http": 80, "https": 443}.get(parts.scheme.lower())
    return host if parts.port in {None, default} else f"{host}:{parts.port}"


def _bare(host: str) -> str:
    """Lower case, and without the letters that mean the same site on another screen."""
    host = _ascii(host.lower().rstrip("."))
    for mirror in _MIRRORS:
        rest = host.removeprefix(mirror)
        if rest != host and "." in rest:
            return rest
    return host


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _path(parts: SplitResult) -> str:
    path = quote(unquote(parts.path), safe="/@:!$&'()*+,;=~-._")
    if _host(parts) == "t.me":
        path = path.removeprefix("/s") if path.startswith("/s/") else path  # Telegram's preview
    return path.rstrip("/")


def _query(parts: SplitResult) -> str:
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = sorted(p for p in pairs if p[0] not in _FOLLOWERS and not p[0].startswith("utm_"))
    return f"?{urlencode(kept)}" if kept else ""
