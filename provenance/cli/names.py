"""The names given to a command, with those on standard input in the place of ``-``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

from provenance.sources import expanded


def arguments(typed: Sequence[str], *, nul: bool) -> Iterable[str | bytes]:
    """What was typed; a list unless ``-`` asks for names that arrive one by one.

    A name that is no UTF-8 reaches us with its bytes escaped by the interpreter; it is
    handed on as those bytes.
    """
    return expanded([_raw(each) for each in typed], sys.stdin.buffer, nul=nul)


def _raw(name: str) -> str | bytes:
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name)
    return name
