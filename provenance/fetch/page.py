"""Somebody gave the address of a page instead of that of its picture."""

from __future__ import annotations

import re
from typing import Final

from provenance.errors import Unreadable, UnreadableReason

_HEAD: Final = 1024
_PAGE: Final = re.compile(rb"<!doctype html|<html|<head|<body|<script|<meta", re.IGNORECASE)
_DRAWING: Final = re.compile(rb"<svg", re.IGNORECASE)
_TEXT: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")


def refuse_page(content: bytes) -> None:
    """Raise ``not_image`` for a web page, by its first bytes; servers call pages all sorts."""
    head = content[:_HEAD]
    if _TEXT.match(head) and _PAGE.search(head) and not _DRAWING.search(head):
        raise Unreadable(
            UnreadableReason.NOT_IMAGE,
            "At this address is a web page, not a picture.",
            advice="Give the picture's own address (in a browser: copy the image's address).",
        )
