"""Every sentence people read, from one catalogue; English and German complete.

Wording is a promise: no message judges a picture or names who posted it, and a test holds
every file to that.
"""

from __future__ import annotations

from provenance.wording.alterations import (
    copy_sentence,
    describe,
    description,
    percent,
)
from provenance.wording.catalogue import LANGUAGES, counted, listed, message, number, quoted, word
from provenance.wording.coverage import coverage
from provenance.wording.detail import cannot_judge
from provenance.wording.direction import direction_words
from provenance.wording.durations import duration
from provenance.wording.proofs import proof_words

__all__ = [
    "LANGUAGES",
    "cannot_judge",
    "copy_sentence",
    "counted",
    "coverage",
    "describe",
    "description",
    "direction_words",
    "duration",
    "listed",
    "message",
    "number",
    "percent",
    "proof_words",
    "quoted",
    "word",
]
