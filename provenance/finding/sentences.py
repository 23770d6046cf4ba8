"""The sentence of a finding: what is known, from whom, and no step further."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from provenance.dates import Date, Precision, say, whole_minutes_between
from provenance.finding.evidence import Case, Item
from provenance.finding.own_page import host_of
from provenance.models import (
    AlterationKind,
    Coverage,
    Fact,
    Finding,
    How,
    Lookup,
    Match,
    Relation,
    Strength,
)
from provenance.wording import (
    copy_sentence,
    counted,
    coverage,
    duration,
    earlier_words,
    message,
    quoted,
    semicolons,
)
from provenance.wording.catalogue import has_message
from provenance.wording.file_photo import says_file_photo

# The patterns of a finding on matches.
NO_CLAIM_DATE: Final = "no_claim_date"
BEFORE: Final = "before"
UNSUPPORTED: Final = "unsupported"
OVERLAPS: Final = "overlaps"
AFTER: Final = "after"
ALL_LATER: Final = "all_later"

# Why a date is documented -> how that is said; what is reported has one pattern.
_PATTERNS: Final = {
    "held": "finding.held",
    "crawl_of_image": "finding.crawled",
    "confirmed": "finding.confirmed",
    "time_stamp": "finding.time_stamp",
}

# A match that fills less of the query than this is a detail of it, not "the photograph".
DETAIL: Final = 0.10

# Built into something else: the finding is that of the photograph in it, not of the whole.
INSIDE: Final = (AlterationKind.INSIDE_SCREENSHOT, AlterationKind.INSIDE_COLLAGE)

# A picture seen a hundred times is not told a hundred times.
_CAPTIONS_TOLD: Final = 2
_DATES_TOLD: Final = 3

# Coverage is told in years. Its ends carry the 14 and 12 hours by which an unknown zone
# reaches out (see dates.zone); 1 January must not count the year before.
_MINUTE: Final = timedelta(minutes=1)


def unreadable(lookup: Lookup, lang: str) -> str:
    """Why the file could not be looked at."""
    key = f"unreadable.{lookup.reason}"
    reason = message(lang, key if has_message(key) else "unreadable.other")
    return message(lang, "finding.unreadable", reason=reason)


def archive_empty(lang: str) -> str:
    """An empty archive clears nobody."""
    return message(lang, "finding.archive_empty")


def not_in_archive(held: Coverage, lang: str) -> str:
    """A miss, with what was searched."""
    return counted(lang, "finding.not_in_archive", held.pictures, coverage=_coverage(held, lang))


def parts(findings: Sequence[Finding], lang: str) -> str:
    """The sentences of the regions, one after the other."""
    numbered = (
        message(lang, "finding.part", number=number, sentence=finding.sentence)
        for number, finding in enumerate(findings, 1)
    )
    return " ".join([message(lang, "finding.parts"), *numbered])


def matched(
    pattern: str, case: Case, basis: Sequence[Item], lang: str, facts: Iterable[Fact] = ()
) -> str:
    """The whole sentence: captions first, then the finding, then what else must be known.

    Args:
        pattern: Which of the patterns above.
        case: The evidence.
        basis: What the finding rests on, best first; empty where no date supports anything.
        lang: One of the catalogue's languages.
        facts: What the file that is asked about says of itself.
    """
    shown = basis[0].match if basis else case.matches[0]
    said = [
        *_captions(case.matches, facts, lang),
        _capital(_finding(pattern, case, basis, shown, lang)),
        *_after_it(pattern, case, basis, lang),
        *contradictions(case, lang),
        *_copy(shown, lang),
    ]
    return " ".join(said)


# ------------------------------------------------------------------------- the finding


def _finding(pattern: str, case: Case, basis: Sequence[Item], shown: Match, lang: str) -> str:
    if basis and basis[0].weight.strength is not Strength.INDICATION:
        return _supported(basis[0], _relation(pattern, case, basis[0], lang), lang)
    if basis:
        return _indicated(basis, lang)
    return _unusable(case, shown, lang)


def _supported(item: Item, relation: str, lang: str) -> str:
    values = {
        "subject": _subject(item.match, lang),
        "date": say(item.date, lang),
        "when": say(item.date, lang, placed=True),
        "relation": relation,
        "source": _source(item, lang),
        "host": host_of(item.sighting.url),
    }
    return message(lang, _pattern(item), **values)


def _pattern(item: Item) -> str:
    if item.weight.why == "crawl_of_image" and not host_of(item.sighting.url):
        return "finding.crawled.nowhere"
    reported = "finding.reported" if item.date.latest else "finding.reported.open"
    return _PATTERNS.get(item.weight.why, reported)


def _source(item: Item, lang: str) -> str:
    """Who says so. Of a post, only the platform is named, never the account."""
    sighting, host = item.sighting, host_of(item.sighting.url)
    if item.weight.why == "vouched":
        return message(lang, "source.file", text=quoted(lang, sighting.vouched or ""))
    if sighting.how is How.PLATFORM:
        return message(lang, "source.platform" if host else "source.some_platform", host=host)
    if sighting.source:
        return quoted(lang, sighting.source)
    return message(lang, "source.page", host=host) if host else message(lang, "source.person")


def _relation(pattern: str, case: Case, item: Item, lang: str) -> str:
    """How its date stands to the claimed one: ", at least 3 years before the claimed date"."""
    if case.reference is None or pattern == ALL_LATER:
        return ""
    if pattern == OVERLAPS:
        return message(lang, f"overlaps.{case.compared_with}")
    ends = (item.date, case.reference) if pattern == BEFORE else (case.reference, item.date)
    key = f"{pattern}.{case.compared_with}"
    return message(lang, key, duration=_between(*ends, lang=lang))


def _between(first: Date, second: Date, *, lang: str) -> str:
    assert first.latest is not None
    assert second.earliest is not None
    return duration(first.latest, second.earliest, lang)


def _indicated(basis: Sequence[Item], lang: str) -> str:
    dates = list(dict.fromkeys(say(item.date, lang, bare=True) for item in basis))
    return message(
        lang,
        "finding.indication" if len(dates) == 1 else "finding.indications",
        subject=_subject(basis[0].match, lang),
        date=dates[0],
        dates=semicolons(
            lang, [*dates[:_DATES_TOLD], *(["…"] if len(dates) > _DATES_TOLD else [])]
        ),
        origin=message(lang, f"why.{basis[0].weight.why}"),
    )


def _unusable(case: Case, shown: Match, lang: str) -> str:
    subject = _subject(shown, lang)
    if not case.unusable:
        return message(lang, "finding.undated", subject=subject)
    first = case.unusable[0]
    return message(
        lang,
        "finding.unusable",
        subject=subject,
        date=say(first.date, lang, bare=True),
        origin=message(lang, f"why.{first.weight.why}"),
    )


def _subject(match: Match, lang: str) -> str:
    share = match.comparison.share_of_query
    if share is not None and share < DETAIL:
        return message(lang, "subject.detail")
    inside = any(each.kind in INSIDE for each in match.comparison.alterations)
    return message(lang, "subject.inside" if inside else "subject.picture")


# ------------------------------------------------------------------------ what follows it


def _after_it(pattern: str, case: Case, basis: Sequence[Item], lang: str) -> list[str]:
    if pattern == NO_CLAIM_DATE:
        return [message(lang, "tail.no_claim_date")]
    if pattern == ALL_LATER:
        later = [*_minutes_after(case, basis[0], lang), message(lang, "tail.known_later")]
        return later + _sooner(case, lang)
    return _sooner(case, lang) if pattern == AFTER else []


def _sooner(case: Case, lang: str) -> list[str]:
    """Dates before the claimed one that support nothing must not go unsaid."""
    indicated = [_unsupported(i, lang) for i in case.indications if case.before(i)]
    unusable = [_of_no_use(i, lang) for i in case.unusable if case.before(i)]
    return indicated[:1] or unusable[:1]


def _minutes_after(case: Case, item: Item, lang: str) -> list[str]:
    """Two clock times less than two days apart: by how much it is after."""
    claimed = case.reference
    if claimed is None or not (_to_the_minute(claimed) and _to_the_minute(item.date)):
        return []
    assert claimed.earliest is not None
    assert item.date.earliest is not None
    apart = item.date.earliest - claimed.earliest
    if apart >= timedelta(days=2) or not whole_minutes_between(
        claimed.earliest, item.date.earliest
    ):
        return []
    words = duration(claimed.earliest, item.date.earliest, lang)
    return [message(lang, "tail.known_later_minutes", duration=words)]


def _to_the_minute(date: Date) -> bool:
    if date.precision not in {Precision.MINUTE, Precision.SECOND}:
        return False
    return bool(date.earliest and date.latest and date.latest - date.earliest < _MINUTE)


def _of_no_use(item: Item, lang: str) -> str:
    origin = message(lang, f"why.{item.weight.why}")
    return message(lang, "tail.unusable", date=say(item.date, lang, bare=True), origin=origin)


def _unsupported(item: Item, lang: str) -> str:
    origin = message(lang, f"why.{item.weight.why}")
    return message(lang, "tail.unsupported", date=say(item.date, lang, bare=True), origin=origin)


def contradictions(case: Case, lang: str) -> list[str]:
    """A sentence for every date that is later than the moment at which it was recorded."""
    dates = dict.fromkeys(say(item.date, lang, bare=True) for item in case.contradicted)
    return [message(lang, "tail.contradiction", date=date) for date in dates]


def _copy(shown: Match, lang: str) -> list[str]:
    comparison = shown.comparison
    if comparison.relation is Relation.IDENTICAL_FILE:
        return [message(lang, "tail.identical")]
    if comparison.proof.method == "hash":
        return [message(lang, "tail.hash")]
    if comparison.earlier is not None:
        return [earlier_words(comparison.earlier, lang)]
    told = [a for a in comparison.alterations if a.kind is not AlterationKind.RECOMPRESSED]
    return [copy_sentence(told, lang)] if told else []


# ------------------------------------------------------------------- captions, coverage


def _captions(matches: Sequence[Match], facts: Iterable[Fact], lang: str) -> list[str]:
    """What captions themselves say about it being a file photo or an illustration."""
    sightings = [s for m in matches for s in m.sightings if not (s.revoked or s.rejected)]
    ours = (_caption(s.caption, s.source, lang) for s in sightings)
    own = (_own_caption(f.value, lang) for f in facts if f.what == "caption")
    return list(dict.fromkeys(said for said in [*ours, *own] if said))[:_CAPTIONS_TOLD]


def _caption(caption: str | None, source: str | None, lang: str) -> str | None:
    words = says_file_photo(caption) if caption else None
    if not words:
        return None
    if not source:
        return message(lang, "tail.caption", words=quoted(lang, words))
    return message(
        lang, "tail.caption.source", words=quoted(lang, words), source=quoted(lang, source)
    )


def _own_caption(caption: str, lang: str) -> str | None:
    words = says_file_photo(caption)
    return message(lang, "tail.own_caption", words=quoted(lang, words)) if words else None


def _coverage(held: Coverage, lang: str) -> str:
    return coverage(lang, held.sources, held.earliest, held.latest)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
