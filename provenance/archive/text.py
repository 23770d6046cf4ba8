"""Text as the archive keeps it: one form of what people write, storable whatever it holds."""

from __future__ import annotations

import re
import unicodedata

_RAW_BYTE = re.compile("[\udc80-\udcff]")


def normal(text: str | None) -> str | None:
    """Unicode NFC without white space around it; nothing left is ``None``."""
    if text is None:
        return None
    if text.isascii():  # has one form, and is most of what a table holds
        return text.strip() or None
    return storable(unicodedata.normalize("NFC", text).strip()) or None


def storable(text: str) -> str:
    """The text with what is no Unicode (raw bytes of a file name) as backslash escapes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        shown = _RAW_BYTE.sub(lambda found: f"\\x{ord(found[0]) - 0xDC00:02x}", text)
        return shown.encode(errors="backslashreplace").decode()
    return text
