"""URL -> bytes, or a refusal: the only room that opens a connection.

::

    fetch("https://example.com/a.jpg")          # bytes, or raises Unreadable

    for entry in fetched(entries, fetch):       # entries at an address, with their bytes
        ...

Somebody asked for exactly this address: nothing is crawled, nothing else is loaded. A name
is resolved once for each hop, every address it has is checked, and the connection goes to
an address that was checked. See ``docs/security.md``.
"""

from provenance.fetch.entries import AT_ONCE, Fetch, fetched
from provenance.fetch.reach import EVERYWHERE, PUBLIC, Reach

__all__ = ["AT_ONCE", "EVERYWHERE", "PUBLIC", "Fetch", "Reach", "fetched"]
