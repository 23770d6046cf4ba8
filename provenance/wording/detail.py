"""Why a picture could not be compared, in words."""

from __future__ import annotations

from provenance.wording.catalogue import has_message, message


def cannot_judge(reason: str | None, lang: str = "en") -> str:
    """The sentence for a reason such as ``nearly_black``; the general one for any other."""
    key = f"cannot_judge.{reason}"
    return message(lang, key if has_message(key) else "finding.cannot_judge")
