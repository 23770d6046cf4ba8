"""A page saved as one message (MHTML, RFC 2557), read in a guarded worker.

The standard library's reader holds a message several times over and is slow on crafted
ones, so it runs where time and memory are limited. Imported only in workers and tests.
"""

from __future__ import annotations

import email
import email.policy
from email.message import Message
from typing import Any

from provenance.errors import Unreadable, UnreadableReason
from provenance.sources.web import dimensions, page
from provenance.sources.web.addresses import key, whole

Plain = dict[str, Any]

MOST_PARTS = 5000


def read_message(data: bytes, options: Plain) -> Plain:  # noqa: ARG001 - a job's two arguments
    """What the page says, when it was saved, and the pictures that came with it.

    Raises:
        Unreadable: there is no page in it.
    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    parts = [each for each in message.walk() if not each.is_multipart()][:MOST_PARTS]
    root = next((each for each in parts if each.get_content_type() == "text/html"), None)
    if root is None:
        raise Unreadable(
            UnreadableReason.NOT_IMAGE, "There is no page in this file.", advice="Save it again."
        )
    url = _url(message.get("Snapshot-Content-Location")) or _url(root.get("Content-Location"))
    about = {"url": url or "", "charset": root.get_content_charset(), "resolve": True}
    told = page.read(_payload(root), about, embedded=True)
    shown = _shown(told["images"])
    brought = [found for each in parts if (found := _brought(each, shown))]
    page.refuse_much(brought)
    return {**told, "date": _text(message.get("Date")), "embedded": [*brought, *told["embedded"]]}


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _url(text: object) -> str | None:
    return whole(str(text), "") if text else None


def _text(value: object) -> str | None:
    return str(value)[:100] if value else None


def _shown(images: list[Plain]) -> dict[str, Plain]:
    """The places of the page's pictures by address; of two places the one in the article."""
    places: dict[str, Plain] = {}
    for image in images:
        for address in image["urls"]:
            known = places.get(key(address))
            if known is None or (image["inside"] and not known["inside"]):
                places[key(address)] = image
    return places


def _brought(part: Message, shown: dict[str, Plain]) -> Plain | None:
    """One picture of the message with its place; nothing for drawings and furniture."""
    kind = part.get_content_type()
    if not kind.startswith("image/") or "svg" in kind or "icon" in kind:
        return None
    data = _payload(part)
    if dimensions.is_small(data):
        return None
    location = str(part.get("Content-Location") or "").strip()
    cid = str(part.get("Content-ID") or "").strip().strip("<>")
    names = [each for each in (location, f"cid:{cid}" if cid else "") if each]
    place = next((shown[key(name)] for name in names if key(name) in shown), {})
    return {**place, "urls": names[:1], "data": data}
