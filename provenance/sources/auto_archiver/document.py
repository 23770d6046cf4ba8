"""``metadata.json``, which auto-archiver's ``json_enricher`` writes of one link.

Every medium has its own SHA-256, so that the time of archiving is a record of the picture's
own bytes here. Names of files in it are those of the machine that archived; of them only the
last part is used, to find a picture that lies beside the document.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from typing import Any, Final

from provenance.errors import Refused, UnreadableDate
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.auto_archiver.item import Item, as_refused, date_of, hashed, sha256_of
from provenance.sources.export import below, folder_of, head, is_picture, opened, posted, text_of
from provenance.sources.source import Run
from provenance.sources.stated import Stated

_MOST: Final = 1 << 23
"""Characters of one ``metadata.json``."""

_DEEPEST: Final = 8
_IS_METADATA: Final = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{\s*"status"\s*:')
_NOT_POSTED: Final = ("screenshot", "warc-file-", "browsertrix", "_final_media", "metadata_json")
"""Media that auto-archiver made itself."""


def is_metadata(argument: Argument) -> bool:
    """Whether it is such a document."""
    if argument.suffix != ".json" or not argument.exists or argument.is_folder:
        return False
    begin = head(argument)
    return bool(_IS_METADATA.match(begin)) and b'"metadata"' in begin


def read(argument: Argument, stated: Stated, blank: Entry, run: Run) -> Iterator[Entry]:
    """The entries of a document; raises :class:`Unreadable` or :class:`Refused`."""
    blank = replace(blank, name=argument.text, name_bytes=argument.raw_name)
    said = _read(argument)
    try:
        item = _item(said.get("metadata"))
    except UnreadableDate as problem:
        yield replace(blank, problem=as_refused(problem))
        return
    found = False
    for medium in _media(said.get("media"), _DEEPEST):
        found = True
        yield _of_medium(argument, medium, item, stated, blank, run)
    if not found:
        run.tally.empty.append(argument.text)


def _read(argument: Argument) -> Mapping[str, Any]:
    """The whole document; raises :class:`Refused`."""
    with closing(opened(argument)) as stream:
        text = stream.read(_MOST + 1)
    try:
        said = json.loads(text) if len(text) <= _MOST else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Refused(
            "malformed_export",
            f"This is no whole JSON object of at most {_MOST:,} characters.",
            name=argument.text,
            advice="Archive the link again, or add the archived pictures themselves.",
        )
    return said


def _item(said: object) -> Item:
    told = said if isinstance(said, dict) else {}
    words = [told.get(key) for key in ("content", "title")]
    return Item(
        link=_text(told.get("url")),
        posted=date_of(_text(told.get("timestamp"))),
        archived=date_of(_text(told.get("_processed_at"))),
        caption=text_of([next((word for word in words if isinstance(word, str)), "")]),
    )


def _media(said: object, depth: int) -> Iterator[Mapping[str, Any]]:
    """Every medium that is a picture, those inside others (frames of a film) as well."""
    for medium in said if isinstance(said, list) else []:
        if not isinstance(medium, dict) or not isinstance(medium.get("filename"), str):
            continue
        properties = medium.get("properties")
        inner = properties if isinstance(properties, dict) else {}
        if not str(inner.get("id", "")).startswith(_NOT_POSTED):
            kind = medium.get("_mimetype")
            image = isinstance(kind, str) and kind.startswith("image/")
            if image or is_picture(medium["filename"]):
                yield medium
        if depth:
            for value in inner.values():
                yield from _media(value if isinstance(value, list) else [value], depth - 1)


def _of_medium(
    argument: Argument,
    medium: Mapping[str, Any],
    item: Item,
    stated: Stated,
    blank: Entry,
    run: Run,
) -> Entry:
    """The picture of one medium: its file where it lies beside, else its hashes."""
    told = medium.get("properties")
    properties = told if isinstance(told, dict) else {}
    name = posixpath.basename(medium["filename"].replace("\\", "/"))
    file = _beside(argument, name, blank)
    hashes = {"sha256": sha256_of(properties.get("hash")), "pdq": _text(properties.get("pdq_hash"))}
    post = item.post(image_record=bool(hashes["sha256"]))
    if file is not None:
        return posted(file, stated, post)
    return hashed(blank, stated, post, {k: v for k, v in hashes.items() if v}, run)


def _beside(argument: Argument, name: str, blank: Entry) -> Entry | None:
    """The file of this name beside the document, if there is one."""
    found = below(folder_of(argument), name, blank) if name else None
    return None if found is None or found.problem else found


def _text(said: object) -> str | None:
    return said.strip() or None if isinstance(said, str) else None
