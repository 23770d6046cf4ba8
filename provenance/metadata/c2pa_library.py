"""The optional library that reads signed content credentials, or ``None`` without it.

Imported by workers before they lock themselves up (``examine.IMPORTS``), and by nobody else:
it loads 50 MB of native code.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def _load() -> ModuleType | None:
    try:
        return import_module("c2pa")
    except (ImportError, OSError, RuntimeError):  # the last two: no code for this machine
        return None


library = _load()
