"""What somebody typed as a SOURCE or a query: its bytes, and how it is shown."""

# Names are bytes here, which pathlib does not take.
# ruff: noqa: PTH112, PTH122

from __future__ import annotations

import os
import re
from dataclasses import dataclass

# Two letters at least, so that a drive ("C:") is no scheme.
_SCHEME = re.compile(rb"^([A-Za-z][A-Za-z0-9+.-]+)://")


@dataclass(frozen=True, slots=True)
class Argument:
    """One name as typed.

    ``text`` is for people and for JSON: bytes that are no UTF-8 stand there as backslash
    escapes, and then ``raw_name`` holds the true bytes. ``path`` opens the file: text where
    the name is clean, bytes where it is not.
    """

    raw: bytes

    @classmethod
    def of(cls, typed: str | bytes | os.PathLike[str]) -> Argument:
        """From the command line (text with surrogates) or from standard input (bytes)."""
        return cls(os.fsencode(typed))

    @property
    def text(self) -> str:
        """The name as shown."""
        return self.raw.decode("utf-8", "backslashreplace")

    @property
    def raw_name(self) -> bytes | None:
        """The true bytes where ``text`` had to escape some, else ``None``."""
        return None if is_utf8(self.raw) else self.raw

    @property
    def path(self) -> str | bytes:
        """What opens the file."""
        return self.raw.decode() if is_utf8(self.raw) else self.raw

    @property
    def suffix(self) -> str:
        """The ending in lower case, with its dot; empty where there is none."""
        return os.path.splitext(self.raw)[1].decode("ascii", "replace").lower()

    @property
    def scheme(self) -> str | None:
        """The ``https`` of ``https://...`` in lower case, else ``None``."""
        found = _SCHEME.match(self.raw)
        return found[1].decode("ascii").lower() if found else None

    @property
    def exists(self) -> bool:
        """Whether anything of this name is on disk (a name with a NUL never is)."""
        return b"\0" not in self.raw and os.path.lexists(self.raw)

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder; a link to one counts, since somebody typed it."""
        return b"\0" not in self.raw and os.path.isdir(self.raw)

    def below(self, relative: bytes) -> Argument:
        """What lies below this folder, named with exactly one slash between."""
        return Argument(self.raw.rstrip(b"/") + b"/" + relative)


def is_utf8(raw: bytes) -> bool:
    """Whether these bytes are UTF-8 text."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
