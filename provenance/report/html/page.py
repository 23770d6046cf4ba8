"""The page: head and policy, the claim, an overview, one article a check, the footing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from string import Template
from typing import Any

from provenance.report.html import sections
from provenance.report.html.made import Made
from provenance.report.html.markup import Markup, element, foreign, joined
from provenance.report.html.pictures import ReportImages
from provenance.report.html.strings import Strings, strings

Record = dict[str, Any]


def html(
    checks: Sequence[Record],
    images: Sequence[ReportImages] = (),
    *,
    made: Made | None = None,
    lang: str = "en",
) -> str:
    """One page of HTML about these checks, complete in itself.

    Args:
        checks: Lines of ``check`` as the contract has them.
        images: Previews for each check, in the same order; missing ones are left blank.
        made: When and with what; now, where it is not given.
        lang: one of the catalogue's; the sentences inside ``checks`` come as they are.

    Raises:
        ValueError: there are more sets of images than checks.
    """
    if len(images) > len(checks):
        raise ValueError(f"{len(images)} sets of images for {len(checks)} checks")
    words = strings(lang)
    made = made or Made(at=datetime.now(UTC))
    given = [*images, *(ReportImages() for _ in range(len(checks) - len(images)))]
    body = [
        _header(checks, made, words),
        element("main", *_articles(checks, given, words)),
        _footer(made, words),
    ]
    return _page(words, _title(checks, words), joined(body))


def _page(words: Strings, title: str, body: Markup) -> str:
    style = _text("report.css")
    allowed = b64encode(sha256(style.encode()).digest()).decode("ascii")
    return Template(_text("report.html")).substitute(
        lang=words.lang,
        dir=words.direction,
        policy=f"default-src 'none'; img-src data:; style-src 'sha256-{allowed}'; "
        "base-uri 'none'; form-action 'none'",
        title=joined([title]),
        style=style,
        body=body,
    )


@cache
def _text(name: str) -> str:
    return (files("provenance.report") / "templates" / name).read_text(encoding="utf-8")


def _title(checks: Sequence[Record], words: Strings) -> str:
    return words("title_one" if len(checks) == 1 else "title")


def _header(checks: Sequence[Record], made: Made, words: Strings) -> Markup:
    kicker = element("p", words("kicker"), class_="kicker")
    title = element("h1", _title(checks, words))
    time = element("p", words("made", time=words.instant(made.at)), class_="quiet")
    shared = sections.claim(checks[0]["claim"], words) if _one_claim(checks) else None
    return element("header", kicker, title, time, shared, _overview(checks, words))


def _one_claim(checks: Sequence[Record]) -> bool:
    return bool(checks) and all(check["claim"] == checks[0]["claim"] for check in checks)


def _overview(checks: Sequence[Record], words: Strings) -> Markup | None:
    """All findings in a list that leads to each; not needed for a single one."""
    if len(checks) <= 1:
        return None
    lines = [_overview_line(number, check, words) for number, check in enumerate(checks, 1)]
    return element("nav", element("h2", words("summary")), element("ol", *lines))


def _overview_line(number: int, check: Record, words: Strings) -> Markup:
    name = element("a", foreign(check["query"]["name"]), href=f"#check-{number}")
    kind = sections.kind_words(check, words)
    return element("li", name, " ", element("span", kind, class_="quiet"))


def _articles(
    checks: Sequence[Record], images: Sequence[ReportImages], words: Strings
) -> list[Markup]:
    shared = _one_claim(checks)
    numbered = enumerate(zip(checks, images, strict=True), 1)
    return [
        _article(check, image, f"{number}/{len(checks)}", words, with_claim=not shared)
        for number, (check, image) in numbered
    ]


def _article(
    check: Record, images: ReportImages, place: str, words: Strings, *, with_claim: bool
) -> Markup:
    number, count = place.split("/")
    matches = check["matches"]
    best = matches[0] if matches else None
    parts = [
        _kicker(check, number, count, words),
        sections.headline(check, words),
        sections.pictures(check, images, int(number), words),
        sections.likeness(best, words) if best else None,
        sections.calendar(check, words),
        sections.next_steps(check, words),
        sections.section(words("sightings"), sections.sightings(check, best, words))
        if best
        else None,
        sections.further(check, images, words),
        sections.similar(check, images, words),
        sections.decided(check, words),
        sections.claim(check["claim"], words) if with_claim else None,
        sections.searched(check, words),
        element("div", sections.metadata(check, words), sections.file(check, words), class_="two"),
    ]
    return element("article", *parts, id=f"check-{number}", class_=check["finding"]["kind"])


def _kicker(check: Record, number: str, count: str, words: Strings) -> Markup:
    place = words("picture_of", number=number, count=count)
    stored = words("check_number", number=check["check"]) if check["check"] else None
    title = element("h2", element("span", place), " ", foreign(check["query"]["name"]))
    return joined([title, stored and element("p", stored, class_="quiet stored")])


def _footer(made: Made, words: Strings) -> Markup:
    given = [
        ("made_at", made.at.astimezone(UTC).isoformat(timespec="seconds")),
        ("program", made.program),
        ("fingerprints", ", ".join(made.fingerprints)),
        ("decoder", made.decoder),
        ("archive", made.archive),
    ]
    terms = [
        part
        for key, value in given
        for part in (
            element("dt", words(key)),
            element("dd", foreign(value) if value else words("unknown")),
        )
    ]
    record = element("section", element("h2", words("technical")), element("dl", *terms))
    return element("footer", element("p", words("footer")), record)
