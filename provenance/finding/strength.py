"""What the date of one sighting may support: the contract's table, top to bottom.

The first rule that fits decides. First what can never support anything; then what caps a
date at an indication; then what makes it documented or reported. Whatever is left is an
indication, and the last rules only say why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from provenance.finding.own_page import is_same_page
from provenance.models import Claim, How, Means, Sighting, Strength, Trust

_STATED_BY_SOURCES: Final = frozenset({Means.CAPTURED, Means.PUBLISHED, Means.POSTED})
_FILE_DATA: Final = frozenset({How.EXIF, How.XMP, How.IPTC})
_STATEMENTS: Final = frozenset({How.STATED, How.PAGE, How.PLATFORM})
_RELIED_ON: Final = frozenset({Trust.OWN, Trust.TRUSTED, Trust.PARTNER})
_TRUSTED_CRAWLS: Final = frozenset({Trust.OWN, Trust.TRUSTED})


@dataclass(frozen=True, slots=True)
class Weight:
    """What a date may support, and the word for why (``why.*`` in the catalogue)."""

    strength: Strength
    why: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """All that the rules look at.

    ``known_by`` is an instant at which the same picture was certainly there (held here, or
    its bytes crawled); a photograph cannot have been taken after that. ``by_small_picture``:
    the match rests on a small picture inside a file, not shown to be of the file's own picture.
    """

    sighting: Sighting
    claim: Claim | None = None
    by_hash_alone: bool = False
    known_by: datetime | None = None
    by_small_picture: bool = False


def strength(sighting: Sighting, claim: Claim | None, *, by_hash_alone: bool = False) -> Strength:
    """What the date of ``sighting`` may support under ``claim``.

    Args:
        sighting: One appearance of a picture.
        claim: What is being checked; its own page never supports anything.
        by_hash_alone: The picture matched by fingerprints, no pixels were compared.
    """
    return weigh(Weighed(sighting, claim, by_hash_alone)).strength


def weigh(weighed: Weighed) -> Weight:
    """The first rule of the table that fits."""
    return next(Weight(rule.strength, rule.why) for rule in RULES if rule.fits(weighed))


# ------------------------------------------------------------------------- conditions


def _undated(w: Weighed) -> bool:
    return w.sighting.date is None


def _revoked(w: Weighed) -> bool:
    return w.sighting.revoked


def _rejected(w: Weighed) -> bool:
    return w.sighting.rejected


def _contested(w: Weighed) -> bool:
    return w.sighting.trust is Trust.CONTESTED


def _claims_own_page(w: Weighed) -> bool:
    return w.claim is not None and is_same_page(w.sighting.url, w.claim.url)


def _dated_after_recording(w: Weighed) -> bool:
    """Nothing can be dated later than the moment at which we learnt of it."""
    date = w.sighting.date
    return date is not None and date.earliest is not None and date.earliest > _learnt(w)


def _learnt(w: Weighed) -> datetime:
    """When we learnt of it; for a day on which it was taken, when the picture was there."""
    if w.sighting.means is Means.CAPTURED and w.known_by is not None:
        return min(w.sighting.recorded, w.known_by)
    return w.sighting.recorded


def _hash_alone(w: Weighed) -> bool:
    return w.by_hash_alone


def _small_picture(w: Weighed) -> bool:
    return w.by_small_picture


def _confirmed(w: Weighed) -> bool:
    return w.sighting.confirmed


def _held(w: Weighed) -> bool:
    return w.sighting.means is Means.HELD and w.sighting.how is How.ARCHIVE_LOG


def _crawl_of_image(w: Weighed) -> bool:
    return _is_crawl(w) and w.sighting.image_record and w.sighting.trust in _TRUSTED_CRAWLS


def _crawl_of_page(w: Weighed) -> bool:
    return w.sighting.means is Means.CRAWLED and not w.sighting.image_record


def _crawl_not_trusted(w: Weighed) -> bool:
    return _is_crawl(w) and w.sighting.image_record


def _is_crawl(w: Weighed) -> bool:
    return w.sighting.means is Means.CRAWLED and w.sighting.how is How.CRAWL_RECORD


def _time_stamp(w: Weighed) -> bool:
    return w.sighting.how is How.C2PA_TIMESTAMP and w.sighting.validated


def _asserted(w: Weighed) -> bool:
    return w.sighting.means is Means.ASSERTED


def _weak_page(w: Weighed) -> bool:
    return w.sighting.weak_page


def _unreviewed(w: Weighed) -> bool:
    return w.sighting.trust not in _RELIED_ON


def _file_data(w: Weighed) -> bool:
    return w.sighting.how in _FILE_DATA


def _vouched(w: Weighed) -> bool:
    vouched = _file_data(w) and _has_text(w.sighting.vouched)
    return vouched and w.sighting.means in _STATED_BY_SOURCES and not _unreviewed(w)


def _no_named_source(w: Weighed) -> bool:
    return w.sighting.how in _STATEMENTS and not _has_text(w.sighting.source)


def _stated(w: Weighed) -> bool:
    named = w.sighting.how in _STATEMENTS and _has_text(w.sighting.source)
    return named and w.sighting.means in _STATED_BY_SOURCES and not _unreviewed(w)


def _how(how: How) -> Callable[[Weighed], bool]:
    return lambda w: w.sighting.how is how


def _always(_: Weighed) -> bool:
    return True


def _has_text(text: str | None) -> bool:
    return bool(text and text.strip())


# ------------------------------------------------------------------------------- table


@dataclass(frozen=True, slots=True)
class _Rule:
    strength: Strength
    why: str
    fits: Callable[[Weighed], bool]


RULES: Final = (
    # What can never support anything, whoever says so.
    _Rule(Strength.NONE, "revoked", _revoked),
    _Rule(Strength.NONE, "rejected", _rejected),
    _Rule(Strength.NONE, "undated", _undated),
    _Rule(Strength.NONE, "contested", _contested),
    _Rule(Strength.NONE, "claims_own_page", _claims_own_page),
    _Rule(Strength.NONE, "dated_after_recording", _dated_after_recording),
    # What caps even a confirmed date: perhaps it is another picture.
    _Rule(Strength.INDICATION, "hash_alone", _hash_alone),
    _Rule(Strength.INDICATION, "small_picture", _small_picture),
    # What is documented.
    _Rule(Strength.DOCUMENTED, "held", _held),
    _Rule(Strength.DOCUMENTED, "confirmed", _confirmed),
    _Rule(Strength.DOCUMENTED, "crawl_of_image", _crawl_of_image),
    _Rule(Strength.DOCUMENTED, "time_stamp", _time_stamp),
    # What a source says stays an indication where the claim chain, the page or the file
    # is all there is.
    _Rule(Strength.INDICATION, "asserted", _asserted),
    _Rule(Strength.INDICATION, "weak_page", _weak_page),
    # What is reported.
    _Rule(Strength.REPORTED, "stated", _stated),
    _Rule(Strength.REPORTED, "vouched", _vouched),
    # Everything else is an indication; these only say why.
    _Rule(Strength.INDICATION, "file_data", _file_data),
    _Rule(Strength.INDICATION, "file_name", _how(How.FILE_NAME)),
    _Rule(Strength.INDICATION, "file_time", _how(How.FILE_TIME)),
    _Rule(Strength.INDICATION, "download_mark", _how(How.DOWNLOAD_MARK)),
    _Rule(Strength.INDICATION, "time_stamp_not_validated", _how(How.C2PA_TIMESTAMP)),
    _Rule(Strength.INDICATION, "crawl_of_page", _crawl_of_page),
    _Rule(Strength.INDICATION, "crawl_not_trusted", _crawl_not_trusted),
    _Rule(Strength.INDICATION, "unreviewed", _unreviewed),
    _Rule(Strength.INDICATION, "no_named_source", _no_named_source),
    _Rule(Strength.INDICATION, "not_a_known_way", _always),
)
