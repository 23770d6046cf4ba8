"""Pages on their way to the guarded worker and back, as the sources ask for them.

What comes back is taken for no more than its shape: a page may have won the worker over.
"""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.util import find_spec
from typing import Any, Final

from provenance.errors import Unreadable, UnreadableReason
from provenance.guard import LIMITS, Guard
from provenance.guard.limits import MIB
from provenance.sources.source import Run

Plain = dict[str, Any]

PAGE_LIMITS: Final = replace(LIMITS, answer_bytes=96 * MIB)
"""Pages that were saved whole bring their pictures with them."""

WORDS: Final = ("caption", "alt", "credit")
_LONGEST: Final = 8192


def page_guard(run: Run) -> Guard:
    """The workers that read pages in this run."""
    from provenance.sources.web.page import read_page

    imports = [name for name in ("brotli",) if find_spec(name)]
    return run.readers.of(read_page, imports=imports, limits=PAGE_LIMITS)


def packed(about: Plain, body: bytes) -> bytes:
    """What the worker gets: what is known of a body on a line of its own, then the body."""
    return json.dumps(about).encode() + b"\n" + body


def told_by_page(guard: Guard, about: Plain, body: bytes) -> Plain:
    """What a page says; raises :class:`Unreadable`."""
    return checked(guard.run(packed(about, body)))


def unpacked(guard: Guard, encoding: str, body: bytes) -> bytes:
    """A body as it was before the server packed it; raises :class:`Unreadable`."""
    data = guard.run(packed({"unpack": True, "encoding": encoding}, body)).get("data")
    if not isinstance(data, bytes):
        raise Unreadable(UnreadableReason.WORKER_DIED, "It could not be unpacked.")
    return data


def checked(answer: Plain) -> Plain:
    """A worker's answer with nothing in it but what belongs there."""
    return {
        "url": _text(answer.get("url")),
        "date": _text(answer.get("date")),
        "live": answer.get("live") is True,
        "several": answer.get("several") is True,
        "has_embedded": answer.get("has_embedded") is True,
        "published": [
            {"origin": _origin(each), "text": _text(each.get("text")) or ""}
            for each in _dicts(answer.get("published"))
        ],
        "modified": _texts(answer.get("modified")),
        "images": [_image(each) for each in _dicts(answer.get("images"))],
        "embedded": [_image(each) for each in _dicts(answer.get("embedded"))],
    }


def _image(each: Plain) -> Plain:
    data = each.get("data")
    return {
        "urls": _texts(each.get("urls")),
        "inside": each.get("inside") is True,
        "data": data if isinstance(data, bytes) else b"",
        **{name: _text(each.get(name)) for name in WORDS},
    }


def _origin(each: Plain) -> str:
    origin = each.get("origin")
    return origin if origin in {"json_ld", "meta", "microdata"} else "time"


def _text(value: Any) -> str | None:
    return value[:_LONGEST] if isinstance(value, str) and value else None


def _texts(value: Any) -> list[str]:
    return [text for each in _list(value) if (text := _text(each))]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: Any) -> list[Plain]:
    return [each for each in _list(value) if isinstance(each, dict)]
