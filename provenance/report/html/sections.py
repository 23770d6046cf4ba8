"""The parts of one check's article, from the sentence down to what was searched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from provenance.report.html.markup import Content, Markup, element, foreign, joined, link
from provenance.report.html.pictures import (
    ReportImages,
    archived_figure,
    empty_figure,
    query_figure,
)
from provenance.report.html.strings import Strings
from provenance.report.html.timeline import timeline

Record = dict[str, Any]

DETAIL_SHARE: Final = 0.10
"""Below this share of the query a match is called a detail (contract, "Findings")."""

_MARKS: Final = ("confirmed", "rejected", "revoked")
_MORE: Final = ("caption", "credit", "place", "vouched")


def headline(check: Record, words: Strings) -> Markup:
    """The kind of finding as a label, and the sentence, large."""
    finding = check["finding"]
    strength = finding["support"]["strength"]
    label = element("p", kind_words(check, words), class_=f"kind {finding['kind']}")
    carried = strength and element("p", words.named("strength", strength), class_="strength")
    sentence = element("p", foreign(finding["sentence"]), class_="sentence")
    return joined([element("div", label, carried, class_="labels"), sentence])


def kind_words(check: Record, words: Strings) -> str:
    """The kind of finding in a few words."""
    finding = check["finding"]
    post = "_post" if finding["support"]["compared_with"] == "post" else ""
    named = words.named("kind", f"{finding['kind']}{post}")
    return named if not named.endswith("_post") else words.named("kind", finding["kind"])


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
    """How the copy differs and why the two are said to belong together."""
    changed = foreign(match["description"]) if match["description"] else words("changed_none")
    detail = _detail(match, words)
    return element(
        "dl",
        *_term(words("changed"), joined([changed, detail])),
        *_term(words("proof"), joined(_proof_sentences(match, words))),
        class_="likeness",
    )


def sightings(check: Record, match: Record, words: Strings) -> Markup:
    """All sightings of a match as a table that becomes cards on a narrow page."""
    columns = ("date", "precision", "known_by", "strength", "source", "trust", "address")
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
    told = check["metadata"]
    facts = [part for fact in told["facts"] for part in _fact(fact, words)]
    body = (
        [element("p", words("metadata_warning"), class_="quiet"), element("dl", *facts)]
        if facts
        else [element("p", words("metadata_none"))]
    )
    credentials = words.named("c2pa", told["c2pa"]["state"])
    state = element("p", words("c2pa"), ": ", foreign(credentials))
    return section(words("metadata"), *body, _contradictions(told, words), state)


def searched(check: Record, words: Strings) -> Markup:
    """What was searched, what was not, and what was asked before."""
    ways = ", ".join(words.named("compared", way) for way in check["compared"])
    coverage = _coverage(check["archive"], words)
    compared = words("searched_by", ways=ways) if ways else words("searched_nothing")
    earlier = ", ".join(str(number) for number in check["earlier_checks"])
    return section(
        words("searched"),
        element("p", coverage, " ", compared),
        element("p", words("not_searched")),
        element("p", words("earlier"), ": ", earlier or words("earlier_none")),
    )


def file(check: Record, words: Strings) -> Markup:
    """The file that was asked about, so that another desk can find the same one."""
    query = check["query"]
    size = words("file_pixels", width=query["width"], height=query["height"])
    frames = query["frames"] or 1
    shown = [
        (words("file_name"), foreign(query["name"])),
        (words("file_format"), query["format"] and foreign(query["format"])),
        (words("file_size"), query["width"] and size),
        ("SHA-256", query["sha256"] and _code(query["sha256"])),
        ("PDQ", query["pdq"] and _code(query["pdq"])),
        ("pHash", query["phash"] and _code(query["phash"])),
    ]
    terms = [part for name, value in shown if value for part in _term(name, value)]
    note = words("file_frames", frames=frames) if frames > 1 else None
    return section(words("file"), element("dl", *terms), note and element("p", note))


def next_steps(check: Record, words: Strings) -> Markup:
    """One sentence on where to look next, for this kind of finding."""
    return section(words("next"), element("p", next_words(check, words)), class_="next")


def next_words(check: Record, words: Strings) -> Markup:
    """The same, as running text."""
    key = f"next_{check['finding']['kind']}"
    if check["finding"]["kind"] != "seen_before_claim":
        return joined([words(key)])
    source = _supporting_source(check)
    if source is None:
        return joined([words(f"{key}_unnamed")])
    before, after = words(key, source="\0").split("\0")
    return joined([before, foreign(source), after])


def section(title: str, *content: Content, class_: str | None = None) -> Markup:
    """A part with its heading."""
    return element("section", element("h3", title), *content, class_=class_)


# ------------------------------------------------------------------------------- pieces


def _supporting_source(check: Record) -> str | None:
    support = set(check["finding"]["support"]["rests_on"])
    every = (each for match in check["matches"] for each in match["sightings"])
    return next((each["source"] for each in every if each["id"] in support), None)


def _card(check: Record, match: Record, images: ReportImages, words: Strings) -> Markup:
    relation = words.named("relation", match["relation"])
    return element(
        "div",
        element("div", archived_figure(check, match, images, words), class_="aside"),
        element(
            "div",
            element("p", relation, class_="relation"),
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


def _proof_sentences(match: Record, words: Strings) -> Iterable[Markup]:
    return [element("span", sentence, " ") for sentence in _proof(match, words)]


def _proof(match: Record, words: Strings) -> list[str]:
    proof = match["proof"]
    if proof["method"] == "sha256":
        return [words("proof_sha256")]
    if proof["method"] == "hash":
        return [words("proof_hash", distance=proof["distance"])]
    return [*_points(match, words), *_pixels(proof, words)]


def _points(match: Record, words: Strings) -> list[str]:
    inliers, covers = match["proof"]["inliers"], match["covers"]
    if inliers is None:
        return []
    if covers is None:
        return [words("proof_inliers_only", inliers=words.number(inliers))]
    given = {"inliers": words.number(inliers), "covers": words.percent(covers)}
    return [words("proof_inliers", **given)]


def _pixels(proof: Record, words: Strings) -> list[str]:
    if not proof["pixels_compared"]:
        return [words("proof_no_pixels")]
    agreement = proof.get("agreement")
    if agreement is None:
        return [words("proof_pixels")]
    return [words("proof_agreement", agreement=words.percent(agreement))]


def _sighting(check: Record, match: Record, sighting: Record, words: Strings) -> Markup:
    supports = sighting["id"] in check["finding"]["support"]["rests_on"]
    cells = [
        ("date", _dated(match, sighting, words, supports=supports)),
        ("precision", words.named("precision", sighting["precision"])),
        ("known_by", words.named("how", sighting["how"])),
        ("strength", _strength(sighting, words)),
        ("source", _source(sighting, words)),
        ("trust", words.named("trust", sighting["trust"])),
        ("address", sighting["url"] and link(sighting["url"])),
    ]
    shown = [element("td", value or "–", data_label=words(key)) for key, value in cells]
    return element("tr", *shown, class_="supports" if supports else None)


def _dated(match: Record, sighting: Record, words: Strings, *, supports: bool) -> Markup:
    when = _date(sighting["date"], words) if sighting["date"] else words("undated")
    notes = [words.named("means", sighting["means"])]
    first = match["earliest_sighting"]
    if first and first["id"] == sighting["id"]:
        notes.append(words("earliest_here"))
    if supports:
        notes.append(words("rests_on_this"))
    return joined([element("strong", when), *(element("small", note) for note in notes)])


def _strength(sighting: Record, words: Strings) -> Markup:
    marks = [element("small", words(f"mark_{mark}")) for mark in _MARKS if sighting.get(mark)]
    return joined([words.named("strength", sighting["strength"]), *marks])


def _source(sighting: Record, words: Strings) -> Markup:
    """Who says so, with caption, credit, place and collection below in small."""
    name = foreign(sighting["source"]) if sighting["source"] else words("unnamed")
    more = [(words(key), sighting.get(key)) for key in _MORE]
    more.append((words("collections"), ", ".join(sighting.get("collections") or ())))
    notes = [element("small", f"{key}: ", foreign(value)) for key, value in more if value]
    return joined([name, *notes])


def _contradictions(told: Record, words: Strings) -> Markup | None:
    if not told["contradictions"]:
        return None
    lines = [element("li", foreign(line)) for line in told["contradictions"]]
    heading = element("h4", words("contradictions"))
    return element("div", heading, element("ul", *lines), class_="warning")


def _fact(fact: Record, words: Strings) -> list[Markup]:
    origin = element("small", words.named("how", fact["how"]))
    name = words.named("fact", fact["what"])
    return [element("dt", foreign(name)), element("dd", foreign(fact["value"]), " ", origin)]


def _coverage(archive: Record | None, words: Strings) -> str:
    if archive is None:
        return ""
    counts = {key: words.number(archive[key]) for key in ("pictures", "sightings", "sources")}
    held = words("searched_archive", **counts)
    if not (archive["earliest"] and archive["latest"]):
        return held
    years = {key: _year(archive[key]) for key in ("earliest", "latest")}
    return f"{held} {words('searched_years', **years)}"


def _year(instant: str) -> str:
    """The year most of a date's span lies in: an unknown zone reaches into the next one."""
    return str(datetime.fromisoformat(instant).year)


def _date(text: str, words: Strings) -> Markup:
    return foreign(words.date(text))


def _code(text: str) -> Markup:
    return element("code", text)


def _term(name: str, value: Content) -> list[Markup]:
    return [element("dt", name), element("dd", value)]
