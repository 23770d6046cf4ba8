"""What one may be allowed to do, by name; Datasette decides who may.

Give them in Datasette's own configuration (``permissions:`` in ``datasette.yaml`` of a 1.0
alpha) or, on either version, under ``plugins: provenance: permissions:`` as an ``allow`` block
per name. Reading is allowed to whoever may see the instance. Writing is denied to anonymous
visitors, but for somebody who sits at the very machine (see :func:`at_this_machine`).
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any, Final

VIEW: Final = "provenance-view"
"""See pictures, sightings, checks."""
LOOKUP: Final = "provenance-lookup"
"""Ask with a picture or a hash; writes nothing, costs a second of computing."""
CHECK: Final = "provenance-check"
"""Check pictures under a claim; the answer is stored."""
KEEP: Final = "provenance-keep"
"""Also take a checked picture into the archive."""
REVIEW: Final = "provenance-review"
"""Confirm, reject, rate and note."""

DESCRIPTIONS: Final = {
    VIEW: "See the pictures, sightings and checks of an archive",
    LOOKUP: "Ask an archive with a picture or a hash",
    CHECK: "Check pictures under a claim and store the answer",
    KEEP: "Take checked pictures into an archive",
    REVIEW: "Confirm, reject, rate and note",
}

FOR_READERS: Final = frozenset({VIEW, LOOKUP})
"""What everybody may who may see the instance, unless it is configured otherwise."""

_FORWARDED: Final = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via")


def at_this_machine(scope: dict[str, Any]) -> bool:
    """Whether the request comes from this machine itself and through no proxy.

    What a proxy hands on comes from loopback too, so any trace of one makes it a stranger's.
    """
    names = {name for name, _ in scope.get("headers") or ()}
    if names & set(_FORWARDED):
        return False
    client = scope.get("client")
    try:
        return client is not None and ip_address(client[0]).is_loopback
    except ValueError:
        return False
