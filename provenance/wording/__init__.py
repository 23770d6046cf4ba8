"""Every sentence people read, from one catalogue, complete in every language.

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
from provenance.wording.catalogue import (
    LANGUAGES,
    colon,
    commas,
    counted,
    has_message,
    known_language,
    listed,
    message,
    number,
    quoted,
    semicolons,
    word,
)
from provenance.wording.contradictions import contradiction
from provenance.wording.coverage import coverage
from provenance.wording.detail import cannot_judge
from provenance.wording.direction import direction_words
from provenance.wording.durations import duration
from provenance.wording.earlier import earlier_words
from provenance.wording.isolation import isolated, reading_direction
from provenance.wording.notes import watch_note
from provenance.wording.proofs import proof_words
from provenance.wording.told import (
    block_name,
    block_words,
    credentials_words,
    fact_words,
    problem_words,
)

__all__ = [
    "LANGUAGES",
    "block_name",
    "block_words",
    "cannot_judge",
    "colon",
    "commas",
    "contradiction",
    "copy_sentence",
    "counted",
    "coverage",
    "credentials_words",
    "describe",
    "description",
    "direction_words",
    "duration",
    "earlier_words",
    "fact_words",
    "has_message",
    "isolated",
    "known_language",
    "listed",
    "message",
    "number",
    "percent",
    "problem_words",
    "proof_words",
    "quoted",
    "reading_direction",
    "semicolons",
    "watch_note",
    "word",
]
