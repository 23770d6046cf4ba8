"""What a file says of itself, and what became of each kind of data in it, in words."""

from __future__ import annotations

from provenance.wording.catalogue import has_message, message


def fact_words(what: str, lang: str = "en") -> str:
    """What a fact is about: "taken", "camera"; one that has no name here as it is."""
    key = f"fact.{what}"
    return message(lang, key) if has_message(key) else what


def problem_words(problem: str | None, lang: str = "en") -> str | None:
    """Why a text that stands where a date belongs is not used as one."""
    return message(lang, f"date_problem.{problem}") if problem else None


def block_words(state: str, reason: str | None, lang: str = "en") -> str:
    """What became of one kind of data in a file: read, absent, unreadable, stripped."""
    key = f"block.{state}.{reason}"
    return message(lang, key if has_message(key) else f"block.{state}")


def block_name(kind: str, lang: str = "en") -> str:
    """What a kind of data is called."""
    return message(lang, f"block.{kind}")


def credentials_words(state: str | None, lang: str = "en") -> str:
    """What can be said of signed content credentials."""
    key = f"c2pa.{state}" if state else "block.not_looked_for"
    return message(lang, key) if has_message(key) else state or ""
