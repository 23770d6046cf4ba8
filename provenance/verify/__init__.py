"""Candidate -> match: geometry, pixel comparison, alterations, regions."""

from provenance.verify.judging.detail import enough_detail, too_little_detail
from provenance.verify.judging.resemblance import undecided
from provenance.verify.proof import prove
from provenance.verify.views import ArchivedView, Hint, QueryView

__all__ = [
    "ArchivedView",
    "Hint",
    "QueryView",
    "enough_detail",
    "prove",
    "too_little_detail",
    "undecided",
]
