"""What went wrong, in the language of whoever reads the page.

An error speaks English, as programs and the command line want it. In another language its reason
is told from the catalogue, with the name it is about.
"""

from __future__ import annotations

from typing import Final

from provenance.errors import ArchiveError, ProvenanceError
from provenance.wording import has_message, message

_SPOKEN: Final = "en"
_ADVICE: Final = "advice"


def told(problem: ProvenanceError, lang: str, name: str | None = None) -> tuple[str, str | None]:
    """One sentence on what happened, and one on what to do where there is one.

    ``name``: what it is about, where the error does not say.
    """
    if lang == _SPOKEN:
        return problem.message, problem.advice
    key = _key(problem)
    advice = f"{key}.{_ADVICE}"
    said = message(lang, key, name=name or problem.name or "")
    return said, message(lang, advice) if has_message(advice) else None


def told_in_one(problem: ProvenanceError, lang: str, name: str | None = None) -> str:
    """The same as one text."""
    return " ".join(part for part in told(problem, lang, name) if part)


def _key(problem: ProvenanceError) -> str:
    """The words for this reason, or for all of its kind."""
    own = f"browser.problem.{problem.reason}"
    if has_message(own):
        return own
    return f"browser.problem.{'archive' if isinstance(problem, ArchiveError) else 'other'}"
