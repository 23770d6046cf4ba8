"""The note that a watched folder gets on its first start."""

from __future__ import annotations

from importlib.resources import files

from provenance.wording.catalogue import known_language


def watch_note(lang: str) -> str:
    """What the folder is for, where pictures go, how claims are written."""
    note = files("provenance.wording").joinpath(f"watch_note.{known_language(lang)}.txt")
    return note.read_text(encoding="utf-8")
