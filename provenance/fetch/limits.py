"""Every limit that a fetch meets, on one page."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one address may cost. Sizes in bytes, times in seconds, counts as they stand."""

    total_seconds: float = 25.0
    """From the first question to the last byte, over all redirects. 30 MiB in this time
    need 10 Mbit/s; a picture from a page has 0.1 to 5 MB."""

    resolve_seconds: float = 8.0
    """For one name. A resolver that does not answer is asked again after 5 seconds."""

    connect_seconds: float = 8.0
    """For one address of a site. A lost packet is sent again after 1, 3 and 7 seconds."""

    addresses: int = 4
    """Addresses of one site that are tried, in the order of the system."""

    redirects: int = 3
    """From ``http`` to ``https``, from the bare name to ``www.``, to the picture's own
    server."""

    body_bytes: int = 30 * MIB
    """Of the picture, after unpacking. Full-size camera files have up to 30 MB; what is
    larger can be saved and given as a file. Three at once stay under 100 MB of memory."""

    address_characters: int = 8192
    """Of one address; servers take no more."""


LIMITS = Limits()
"""The limits in use unless a caller gives others."""
