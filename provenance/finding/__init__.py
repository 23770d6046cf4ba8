"""Claim x sightings -> finding: a table of rules that a journalist can read.

``strength`` says what one date may support, ``judge`` what follows for a picture under a
claim. Nothing here looks at pixels, opens a file or names a verdict.
"""

from __future__ import annotations

from provenance.finding.disagreements import disagreements
from provenance.finding.flag import is_flagged
from provenance.finding.judgement import contradictions, judge, known_date
from provenance.finding.order import sighting_order
from provenance.finding.strength import Weight, strength, weigh

__all__ = [
    "Weight",
    "contradictions",
    "disagreements",
    "is_flagged",
    "judge",
    "known_date",
    "sighting_order",
    "strength",
    "weigh",
]
