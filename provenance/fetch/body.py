"""The body of an answer, as far as it is let in."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from http.client import HTTPResponse
from io import BytesIO
from typing import Final

from provenance.fetch.failures import SAVE_IT, broke_off, failed, too_big
from provenance.fetch.limits import Limits
from provenance.fetch.line import BLOCK

PACKED: Final = frozenset({"gzip", "x-gzip", "deflate"})
PLAIN: Final = frozenset({"", "identity"})
_ZLIB_OR_GZIP: Final = zlib.MAX_WBITS | 32


def body(response: HTTPResponse, limits: Limits) -> bytes:
    """All of it, unpacked.

    Raises:
        Unreadable: ``too_big`` as soon as it is more than ``limits.body_bytes``, by what the
            server says or by what comes; ``fetch_failed`` when it is packed in a way that is
            not read, or stops early.
    """
    if (response.length or 0) > limits.body_bytes:
        raise too_big(limits.body_bytes)
    # Hands its bytes on without a copy, so that memory holds the picture once.
    kept = BytesIO()
    for piece in _pieces(response):
        if kept.tell() + len(piece) > limits.body_bytes:
            raise too_big(limits.body_bytes)
        kept.write(piece)
    return kept.getvalue()


def _pieces(response: HTTPResponse) -> Iterator[bytes]:
    packing = (response.getheader("Content-Encoding") or "").strip().lower()
    if packing in PLAIN:
        return _received(response)
    if packing in PACKED:
        return _unpacked(_received(response))
    raise failed("The site sends this packed in a way that is not read.", SAVE_IT)


def _received(response: HTTPResponse) -> Iterator[bytes]:
    while block := response.read(BLOCK):
        yield block
    if response.length:
        raise broke_off()


def _unpacked(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """At most a block at a time, however small what it was packed into."""
    unpacker = zlib.decompressobj(_ZLIB_OR_GZIP)
    for block in blocks:
        while block and not unpacker.eof:
            yield unpacker.decompress(block, BLOCK)
            block = unpacker.unconsumed_tail  # noqa: PLW2901 - what is left of this block
        if unpacker.eof:
            return
    raise broke_off()
