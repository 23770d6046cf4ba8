"""The parts of one check's article, from the sentence down to what was searched."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from provenance.models import (
    CredentialsState,
    FindingKind,
    How,
    Means,
    Proof,
    Relation,
    Strength,
    Trust,
)
from provenance.report.decision import decision_text
from provenance.report.html.advice import advice
from provenance.report.html.markup import Content, Markup, element, foreign, joined, link, own
from provenance.report.html.pictures import (
    ReportImages,
    archived_figure,
    empty_figure,
    query_figure,
)
from provenance.report.html.strings import Strings
from provenance.report.html.timeline import timeline
from provenance.wording import (
    block_name,
    block_words,
    counted,
    credentials_words,
    fact_words,
    known_language,
    message,
    proof_words,
)

Record = dict[str, Any]

DETAIL_SHARE: Final = 0.10
"""Below this share of the query a match is called a detail (contract, "Findings")."""

NOTHING: Final = "\N{EN DASH}"
_MARKS: Final = ("confirmed", "rejected", "revoked")
_MORE: Final = ("caption", "credit", "place", "vouched")


def headline(check: Record, words: Strings) -> Markup:
    """The kind of finding as a label, and the sentence, large."""
    finding = check["finding"]
    strength = finding["support"]["strength"]
    label = element("p", kind_words(check, words), class_=f"kind {finding['kind']}")
    carried = strength and element("p", words.called(Strength, strength), class_="strength")
    return joined([element("div", label, carried, class_="labels"), *_sentences(check, words)])


def _sentences(check: Record, words: Strings) -> list[Markup]:
    """The finding's sentence; where an image was judged by regions, a list of theirs."""
    found = [part["finding"] for part in check["parts"] if part.get("finding")]
    if check["finding"]["kind"] != FindingKind.PARTS or not found:
        told = own(check["finding"]["sentence"], _told_in(check, words))
        return [element("p", told, class_="sentence")]
    lang = _told_in(check, words)
    lines = [element("li", own(finding["sentence"], lang)) for finding in found]
    head = element("p", message(words.lang, "finding.parts"), class_="sentence")
    return [head, element("ol", *lines, class_="parts")]


def kind_words(check: Record, words: Strings) -> str:
    """The kind of finding in a few words."""
    finding = check["finding"]
    with_post = finding["support"]["compared_with"] == "post"
    if with_post and finding["kind"] == FindingKind.SEEN_BEFORE_CLAIM:
        return words("kind_seen_before_claim_post")
    return _begun(words.called(FindingKind, finding["kind"]))


def pictures(check: Record, images: ReportImages, number: int, words: Strings) -> Markup:
    """The query beside its best match, behind a veil that the reader can lift."""
    matches = check["matches"]
    # With parts each match explains its own region; else the best one speaks for all.
    outlined = matches if check["parts"] else matches[:1]
    beside = [archived_figure(check, match, images, words) for match in matches[:1]]
    figures = [query_figure(check, images, outlined, words), *(beside or [empty_figure(words)])]
    switch = f"show-{number}"
    return joined(
        [
            element("input", type="checkbox", id=switch, class_="reveal"),
            element("label", words("show"), for_=switch, class_="switch"),
            element("p", words("show_why"), class_="quiet why"),
            element("div", *figures, class_="pair"),
        ]
    )


def likeness(match: Record, words: Strings) -> Markup:
    """How the copy differs, or what is common, and why the two are said to belong together."""
    heading = "in_common" if match["relation"] == Relation.SIMILAR_SCENE else "changed"
    changed = foreign(match["description"]) if match["description"] else words("changed_none")
    detail = _detail(match, words)
    return element(
        "dl",
        *_term(words(heading), joined([changed, detail])),
        *_term(words("proof"), _proof(match, words)),
        class_="likeness",
    )


def sightings(check: Record, match: Record, words: Strings) -> Markup:
    """All sightings of a match as a table that becomes cards on a narrow page."""
    columns = ("date", "known_by", "strength", "source", "trust", "address")
    head = element("tr", *(element("th", words(column), scope="col") for column in columns))
    rows = [_sighting(check, match, sighting, words) for sighting in match["sightings"]]
    caption = element("caption", words("sightings_caption"), class_="unseen")
    return element("table", caption, element("thead", head), element("tbody", *rows))


def further(check: Record, images: ReportImages, words: Strings) -> Markup | None:
    """The other matches, each with its picture and sightings."""
    cards = [_card(check, match, images, words) for match in check["matches"][1:]]
    return section(words("more_matches"), *cards) if cards else None


def similar(check: Record, images: ReportImages, words: Strings) -> Markup | None:
    """Similar scenes, apart from the matches and with the words that they prove nothing."""
    cards = [_card(check, match, images, words) for match in check["similar_scenes"]]
    warning = element("p", words("similar_warning"), class_="warning")
    return section(words("similar"), warning, *cards, class_="apart") if cards else None


def calendar(check: Record, words: Strings) -> Markup | None:
    """Sightings and claim on a line of time, where there are dates to set apart."""
    drawn = timeline(check, words)
    return section(words("timeline"), drawn) if drawn else None


def claim(given: Record, words: Strings) -> Markup:
    """What is asserted, as it was given."""
    shown = [
        ("claim_text", given["text"] and element("q", foreign(given["text"]))),
        ("claim_date", given["date"] and _date(given["date"], words)),
        ("claim_posted", given["posted"] and _date(given["posted"], words)),
        ("claim_place", given["place"] and foreign(given["place"])),
        ("claim_url", given["url"] and link(given["url"])),
    ]
    terms = [part for key, value in shown if value for part in _term(words(key), value)]
    body = element("dl", *terms) if terms else element("p", words("claim_none"))
    return section(words("claim"), body, class_="claim")


def metadata(check: Record, words: Strings) -> Markup:
    """What the file says of itself and what in it does not fit together."""
    return section(words("metadata"), metadata_body(check, words))


def metadata_body(check: Record, words: Strings) -> Markup:
    """The same without the heading."""
    told, lang = check["metadata"], _told_in(check, words)
    facts = [part for fact in told["facts"] for part in _fact(fact, words)]
    body = (
        [element("p", words("metadata_warning"), class_="quiet"), element("dl", *facts)]
        if facts
        else [element("p", words("metadata_none"))]
    )
    return joined([*body, _contradictions(told, lang, words), _blocks(told, words)])


def decided(check: Record, words: Strings) -> Markup | None:
    """What people decided about the check."""
    review = check.get("review") or {"decisions": []}
    lines = [
        element("li", own(decision_text(d, words.lang), words.lang)) for d in review["decisions"]
    ]
    heading = message(words.lang, "review.heading")
    return section(heading, element("ul", *lines)) if lines else None


def searched(check: Record, words: Strings) -> Markup:
    """What was searched, what was not, and what was asked before."""
    ways = words.commas([words.named("compared", way) for way in check["compared"]])
    coverage = _coverage(check["archive"], words)
    compared = words("searched_by", ways=ways) if ways else words("searched_nothing")
    earlier = ", ".join(str(number) for number in check["earlier_checks"])
    return section(
        words("searched"),
        element("p", coverage, " ", compared),
        element("p", words("not_searched")),
        element("p", words("earlier"), words.colon, earlier or words("earlier_none")),
    )


def file(check: Record, words: Strings) -> Markup:
    """The file that was asked about, so that another desk can find the same one."""
    frames = check["query"]["frames"] or 1
    note = words("file_frames", frames=frames) if frames > 1 else None
    return section(words("file"), file_facts(check["query"], words), note and element("p", note))


def file_facts(query: Record, words: Strings) -> Markup:
    """Name, format, size and fingerprints of a file: of a query, or of an archived picture."""
    size = words("file_pixels", width=query["width"], height=query["height"])
    shown = [
        (words("file_name"), foreign(query["name"])),
        (words("file_format"), query["format"] and foreign(query["format"])),
        (words("file_size"), query["width"] and size),
        ("SHA-256", query["sha256"] and _code(query["sha256"])),
        ("PDQ", query["pdq"] and _code(query["pdq"])),
        ("pHash", query["phash"] and _code(query["phash"])),
    ]
    terms = [part for name, value in shown if value for part in _term(name, value)]
    return element("dl", *terms)


def next_steps(check: Record, words: Strings) -> Markup:
    """One sentence on where to look next, for this kind of finding."""
    return section(
        words("next"), element("p", own(advice(check, words.lang), words.lang)), class_="next"
    )


def section(title: str, *content: Content, class_: str | None = None) -> Markup:
    """A part with its heading."""
    return element("section", element("h3", title), *content, class_=class_)


# ------------------------------------------------------------------------------- pieces


def decisions(match: Record, words: Strings) -> list[Markup]:
    """What people decided about a match, each in a line."""
    said = [decision_text(each, words.lang) for each in match.get("decisions", ())]
    return [element("p", own(each, words.lang)) for each in said]


def _told_in(check: Record, words: Strings) -> str:
    """The language in which the check was judged; its sentences stay in it."""
    return known_language(check.get("lang") or words.lang)


def _card(check: Record, match: Record, images: ReportImages, words: Strings) -> Markup:
    relation = words.called(Relation, match["relation"])
    return element(
        "div",
        element("div", archived_figure(check, match, images, words), class_="aside"),
        element(
            "div",
            element("p", relation, class_="relation"),
            *decisions(match, words),
            likeness(match, words),
            sightings(check, match, words),
        ),
        class_="card",
    )


def _detail(match: Record, words: Strings) -> Markup | None:
    share = match.get("share_of_query")
    if share is None or share >= DETAIL_SHARE:
        return None
    return joined([" ", words("detail_of")])


def _proof(match: Record, words: Strings) -> str:
    """The proof in the catalogue's words, and how much of the surface agrees."""
    proof = Proof(**match["proof"])
    # The frame of a similar scene covers everything; what is common in it may be little.
    covers = None if match["relation"] == Relation.SIMILAR_SCENE else match["covers"]
    sentence = f"{_begun(proof_words(proof, covers, words.lang))}."
    # Without points the catalogue's words have told the agreement already.
    if proof.agreement is None or proof.inliers is None or not proof.pixels_compared:
        return sentence
    return f"{sentence} {words('proof_agreement', agreement=words.percent(proof.agreement))}"


def _begun(words: str) -> str:
    """Words as they stand at the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def _sighting(check: Record, match: Record, sighting: Record, words: Strings) -> Markup:
    supports = sighting["id"] in check["finding"]["support"]["rests_on"]
    cells = [
        ("date", _dated(match, sighting, words, supports=supports)),
        ("known_by", words.called(How, sighting["how"])),
        ("strength", _strength(sighting, words)),
        ("source", _source(sighting, words)),
        ("trust", words.called(Trust, sighting["trust"])),
        ("address", sighting["url"] and link(sighting["url"])),
    ]
    shown = [
        element("td", element("div", value or NOTHING), data_label=words(key))
        for key, value in cells
    ]
    return element("tr", *shown, class_="supports" if supports else None)


def _dated(match: Record, sighting: Record, words: Strings, *, supports: bool) -> Markup:
    when = _date(sighting["date"], words) if sighting["date"] else words("undated")
    notes = [words.called(Means, sighting["means"]), _known_to(sighting, words)]
    first = match["earliest_sighting"]
    if first and first["id"] == sighting["id"]:
        notes.append(message(words.lang, "earliest"))
    if supports:
        notes.append(words("rests_on_this"))
    return joined([element("strong", when), *(element("small", note) for note in notes if note)])


def _known_to(sighting: Record, words: Strings) -> str | None:
    if not sighting["precision"]:
        return None
    return words("precision", unit=words.named("precision", sighting["precision"]))


def _strength(sighting: Record, words: Strings) -> Markup:
    marks = [element("small", words(f"mark_{mark}")) for mark in _MARKS if sighting.get(mark)]
    return joined([words.called(Strength, sighting["strength"]), *marks])


def _source(sighting: Record, words: Strings) -> Markup:
    """Who says so, with caption, credit, place and collection below in small."""
    name = foreign(sighting["source"]) if sighting["source"] else words("unnamed")
    more = [(words(key), sighting.get(key)) for key in _MORE]
    more.append((words("collections"), ", ".join(sighting.get("collections") or ())))
    notes = [
        element("small", f"{key}{words.colon}", foreign(value)) for key, value in more if value
    ]
    return joined([name, *notes])


def _contradictions(told: Record, lang: str, words: Strings) -> Markup | None:
    if not told["contradictions"]:
        return None
    lines = [element("li", own(line, lang)) for line in told["contradictions"]]
    heading = element("h4", words("contradictions"))
    return element("div", heading, element("ul", *lines), class_="warning")


def _fact(fact: Record, words: Strings) -> list[Markup]:
    origin = words.called(How, fact["how"])
    problem = fact.get("problem_in_words")
    if problem:
        origin = message(words.lang, "fact.origin", origin=origin, problem=problem)
    name = _begun(fact_words(fact["what"], words.lang))
    value = element("dd", foreign(fact["value"]), " ", element("small", origin))
    return [element("dt", name), value]


def _blocks(told: Record, words: Strings) -> Markup:
    """What became of each kind of data, and what can be said of signed credentials."""
    lines = [
        element(
            "li",
            block_name(kind, words.lang),
            words.colon,
            own(_block_words(block, words.lang), words.lang),
        )
        for kind, block in told.get("blocks", {}).items()
        if kind != "c2pa"
    ]
    lines.append(element("li", *_credentials(told, words)))
    return element("ul", *lines, class_="quiet")


def _block_words(block: Record, lang: str) -> str:
    """What became of it, in the reader's language; what has no state, as it was said."""
    return (
        block_words(block["state"], block["reason"], lang) if "state" in block else block["words"]
    )


def _credentials(told: Record, words: Strings) -> list[Content]:
    credentials = told["c2pa"]
    block = told.get("blocks", {}).get("c2pa")
    said = own(credentials_words(credentials["state"], words.lang), words.lang)
    if block and credentials["state"] in (None, CredentialsState.NONE):
        said = own(_block_words(block, words.lang), words.lang)
    code = credentials.get("reason") if credentials["state"] == CredentialsState.BROKEN else None
    name = _begun(block_name("c2pa", words.lang))
    return [name, words.colon, said, code and foreign(f" ({code})")]


def _coverage(archive: Record | None, words: Strings) -> str:
    if archive is None:
        return ""
    counts = {key: words.number(archive[key]) for key in ("pictures", "sightings")}
    sources = counted(words.lang, "sources", archive["sources"])
    held = words("searched_archive", sources=sources, **counts)
    if not (archive["earliest"] and archive["latest"]):
        return held
    return f"{held} {words('searched_years', **_years(archive))}"


def _years(archive: Record) -> dict[str, int]:
    """First and last year; a date without a zone begins 14 hours early and ends 12 late."""
    return {
        "earliest": (datetime.fromisoformat(archive["earliest"]) + timedelta(hours=14)).year,
        "latest": (datetime.fromisoformat(archive["latest"]) - timedelta(hours=12)).year,
    }


def _date(text: str, words: Strings) -> Markup:
    return own(words.date(text), words.lang)


def _code(text: str) -> Markup:
    return element("code", text)


def _term(name: str, value: Content) -> list[Markup]:
    return [element("dt", name), element("dd", value)]
