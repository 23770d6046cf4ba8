import json
import re
from base64 import b64encode
from copy import deepcopy
from datetime import UTC, datetime
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from provenance.models import FindingKind
from provenance.report.html import Made, ReportImages, advice, html

MADE = Made(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), "image-provenance 0.1.0", ("pdq_v1",))
JPEG, WEBP = b"\xff\xd8\xff\xe0-query", b"RIFF\x10\0\0\0WEBP-archived"

SIGHTING = {
    "id": 40,
    "date": "2019",
    "earliest": "2018-12-31T10:00:00Z",
    "latest": "2020-01-01T11:59:59Z",
    "zone": "unknown",
    "precision": "year",
    "means": "published",
    "how": "stated",
    "source": "Nordlicht Agentur",
    "url": "https://nordlicht.example/2019",
    "trust": "own",
    "strength": "reported",
    "place": "Talhof",
    "caption": "Rauch",
    "credit": "Foto: N. N.",
    "collections": ["demonstration"],
    "vouched": None,
    "confirmed": False,
    "rejected": False,
    "revoked": False,
    "recorded": "2026-11-22T08:00:00Z",
}
MATCH = {
    "picture": 17,
    "sha256": "ab" * 32,
    "name": "archive/camp.jpg",
    "relation": "same_picture",
    "proof": {
        "method": "pixels",
        "distance": 12,
        "inliers": 143,
        "pixels_compared": True,
        "false_alarms": None,
        "agreement": 0.97,
    },
    "region": [[640, 0], [0, 0], [0, 432], [640, 432]],
    "covers": 0.62,
    "alterations": [{"kind": "mirrored"}],
    "description": "mirrored",
    "earliest_sighting": SIGHTING,
    "sightings": [SIGHTING],
    "share_of_query": 0.9,
}
CHECK = {
    "query": {
        "name": "drop/a.jpg",
        "sha256": "cd" * 32,
        "phash": "0f" * 8,
        "pdq": "12" * 32,
        "pdq_quality": 100,
        "width": 640,
        "height": 432,
        "format": "JPEG",
        "frames": 1,
        "name_bytes": None,
    },
    "outcome": "matched",
    "reason": None,
    "detail": None,
    "compared": ["sha256", "hash", "keypoints", "pixels"],
    "archive": {
        "pictures": 812,
        "sightings": 1603,
        "sources": 3,
        "earliest": "2011-12-31T10:00:00Z",
        "latest": "2025-01-01T11:59:59Z",
    },
    "matches": [MATCH],
    "similar_scenes": [],
    "candidates": [],
    "parts": [],
    "claim": {
        "text": "Ein Angriff.",
        "date": "2023-10-23",
        "earliest": "2023-10-22T10:00:00Z",
        "latest": "2023-10-24T11:59:59Z",
        "posted": None,
        "place": "Talhof",
        "url": "https://chat.example/991",
        "language": "de",
    },
    "finding": {
        "kind": "seen_before_claim",
        "reason": None,
        "support": {
            "strength": "reported",
            "compared_with": "event",
            "no_later_than": "2020-01-01T11:59:59Z",
            "rests_on": [40],
        },
        "lead_days": {"at_least": 1389, "at_most": None},
        "sentence": "According to “Nordlicht Agentur”, the same photograph dates from 2019.",
    },
    "metadata": {
        "facts": [
            {"what": "captured", "value": "2015", "how": "exif", "earliest": None, "latest": None}
        ],
        "contradictions": ["Two dates in the file differ."],
        "c2pa": {"state": "none"},
    },
    "earlier_checks": [3],
    "check": 5,
}
MISS = CHECK | {
    "outcome": "not_in_archive",
    "matches": [],
    "finding": CHECK["finding"]
    | {
        "kind": "not_in_archive",
        "support": {
            "strength": None,
            "compared_with": None,
            "no_later_than": None,
            "rests_on": [],
        },
    },
}
IMAGES = ReportImages(JPEG, {17: WEBP})


class Reader(HTMLParser):
    """Every tag with its attributes, and the text between."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def all(self, name):
        return [attributes for tag, attributes in self.tags if tag == name]


def page(check=CHECK, images=IMAGES, **options):
    return html([check], [images], made=MADE, **options)


# ------------------------------------------------------------------- complete in itself


def test_nothing_is_loaded_from_outside():
    reader = Reader(page())
    sources = [v for _, a in reader.tags for k, v in a.items() if k in {"src", "srcset", "data"}]
    assert sources
    assert all(source.startswith("data:image/") for source in sources)
    assert not reader.all("link")
    assert not re.search(r"@import|url\(", page())


def test_links_lead_only_to_the_page_itself_and_to_addresses_on_record():
    hrefs = {attributes["href"] for attributes in Reader(page()).all("a")}
    assert hrefs == {"https://nordlicht.example/2019", "https://chat.example/991"}


def test_links_leave_no_trace():
    assert all(a["rel"] == "noreferrer noopener nofollow" for a in Reader(page()).all("a"))


def test_the_policy_allows_this_style_sheet_and_nothing_else():
    reader = Reader(page())
    policy = next(
        a["content"] for a in reader.all("meta") if a.get("http-equiv") == "Content-Security-Policy"
    )
    style = re.search(r"<style>(.*)</style>", page(), re.DOTALL)[1]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert not any("style" in attributes for _, attributes in reader.tags)


def test_there_is_no_script():
    assert not Reader(page()).all("script")


# ------------------------------------------------------------------------ foreign text

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    'https://evil.example/" onclick="alert(1)',
    "https://evil.example/' style='x",
    "https://evil.example/<b>",
    "https://",
    "https://[broken",
    "http://user:pass@evil.example:99999999/",
    "//evil.example/x.js",
    "https://evil.example/\u202egpj.exe",
    "https://evil.example/\x00",
    "<iframe src=https://evil.example></iframe>",
    "<object data=https://evil.example></object>",
    "<base href=https://evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<form action=https://evil.example><input type=submit>",
    "<link rel=stylesheet href=https://evil.example>",
    "<svg><a xlink:href=javascript:alert(1)>x</a></svg>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<!--",
    "--><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "$body ${policy} $$ {source} {0}",
    "\u202eevil\u202c \u2066x",
    "\x1b[2J\x07\x08\x7f\x9b",
    "a\u0000b\ufeffc\u200bd",
    "<details open ontoggle=alert(1)>",
    "<bdi><bdo dir=rtl></bdi></bdi></bdi>",
    "x" * 5000,
]

OURS = {"kind", "earliest", "latest", "no_later_than", "recorded"}


def poisoned(value, payload, key=None):
    """The same record with the payload in every text that is not our own word or instant."""
    if isinstance(value, dict):
        return {k: poisoned(v, payload, k) for k, v in value.items()}
    if isinstance(value, list):
        return [poisoned(each, payload, key) for each in value]
    return payload if isinstance(value, str) and key not in OURS else value


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_text_is_inert_in_every_field(payload):
    reader = _told(payload)
    # Text cannot make an element, so the page has the very same ones; only links and line
    # breaks depend on what the text is.
    assert _shape(reader) == _shape(_told("harmless"))
    assert not [k for _, a in reader.tags for k in a if k.startswith("on") or k == "style"]
    assert all(re.match(r"https?://", a["href"]) for a in reader.all("a"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", reader.text)


def _told(payload):
    made = Made(MADE.at, payload, (payload,), payload, payload)
    return Reader(html([poisoned(CHECK, payload)], [IMAGES], made=made))


def _shape(reader):
    return [(tag, sorted(a)) for tag, a in reader.tags if tag not in {"a", "br"}]


def test_there_are_forty_payloads_and_more():
    assert len(set(HOSTILE)) >= 40


def test_every_foreign_text_is_isolated_in_its_direction():
    assert '<bdi dir="auto">Rauch</bdi>' in page()
    assert '<bdi dir="auto">drop/a.jpg</bdi>' in page()


def test_control_characters_are_shown():
    check = deepcopy(CHECK)
    check["query"]["name"] = "a\x1b[31m\u202egpj.exe"
    assert "a\\x1b[31m\\u202egpj.exe" in Reader(page(check)).text


def test_line_breaks_of_a_claim_stay_line_breaks():
    check = deepcopy(CHECK)
    check["claim"]["text"] = "one\ntwo"
    assert "one<br>two" in page(check)


# ------------------------------------------------------------------------- the pictures


def test_pictures_are_carried_along_with_their_true_type():
    sources = [a["src"].split(";")[0] for a in Reader(page()).all("img")]
    assert sources == ["data:image/jpeg", "data:image/webp"]


@pytest.mark.parametrize("foreign", [b"<svg onload=alert(1)>", b"GIF89a", b"RIFFxxxxWAVE", b""])
def test_bytes_that_are_no_preview_of_ours_are_left_out(foreign):
    reader = Reader(page(images=ReportImages(foreign, {})))
    assert not reader.all("img")
    assert "No preview is kept." in reader.text


def test_every_picture_is_veiled_and_a_checkbox_before_it_lifts_the_veil():
    reader = Reader(page())
    assert all("veiled" in a["class"] for a in reader.all("img"))
    order = [tag for tag, _ in reader.tags if tag in {"input", "img"}]
    assert order == ["input", "img", "img"]
    switch = reader.all("input")[0]
    assert switch["type"] == "checkbox"
    assert "checked" not in switch
    assert [a["for"] for a in reader.all("label")] == [switch["id"]]


def test_the_veil_is_not_lifted_by_print():
    style = (files("provenance.report") / "templates" / "report.css").read_text(encoding="utf-8")
    printed = style[style.index("@media print") :]
    assert "veiled" not in printed
    assert re.search(r"\.veiled \{[^}]*blur\([^}]*grayscale\(1\)", style)


def test_regions_are_drawn_on_both_pictures():
    shapes = [a["points"] for a in Reader(page()).all("polygon")]
    assert len(shapes) == 4
    assert len(set(shapes)) == 2


def test_every_part_of_a_collage_is_outlined():
    other = MATCH | {"picture": 18, "region": [[0, 0], [320, 0], [320, 432], [0, 432]]}
    parts = [{"region": MATCH["region"], "matches": [0]}, {"region": [], "matches": [1]}]
    check = CHECK | {"matches": [MATCH, other], "parts": parts}
    query_figure = page(check).split("</figure>")[0]
    assert query_figure.count("<polygon") == 4


def test_each_part_of_a_collage_has_its_sentence():
    finding = CHECK["finding"]
    part = {"region": MATCH["region"], "matches": [0], "finding": finding | {"sentence": "One."}}
    parts = [part, part | {"finding": finding | {"sentence": "Two."}}]
    check = CHECK | {"finding": finding | {"kind": "parts"}, "parts": parts}
    listed = re.search(r'<ol class="parts">(.*?)</ol>', page(check))
    assert listed is not None
    assert re.sub("<.*?>", " ", listed[1]).split() == ["One.", "Two."]


def test_more_pictures_than_checks_is_an_error():
    with pytest.raises(ValueError, match="2 sets of images for 1 checks"):
        html([CHECK], [IMAGES, IMAGES])


# ----------------------------------------------------------------------------- contents


def test_the_sentence_comes_before_all_else_of_its_check():
    text = Reader(page()).text
    article = text[text.index("Picture 1 of 1") :]
    assert article.index(CHECK["finding"]["sentence"]) < article.index("Show the pictures")


def test_a_journalist_finds_everything_of_a_sighting():
    text = Reader(page()).text
    for word in ("2019 (year only)", "known to the year", "published", "reported", "Nordlicht"):
        assert word in text
    assert "earliest in this archive" in text
    assert "the finding rests on this" in text


def test_proof_is_told_in_words():
    text = Reader(page()).text
    assert "Agrees at 143 points across 62 % of the archived picture." in text
    assert "97\u00a0% of the compared surface agrees" in text


def test_coverage_counts_years_as_people_mean_them():
    text = Reader(page()).text
    assert "812 pictures and 1,603 sightings from 3 sources" in text
    assert "from 2012 to 2024" in text


def test_what_was_not_searched_is_said():
    assert "Not searched: the web" in Reader(page()).text


def test_similar_scenes_stand_apart_and_are_called_no_evidence():
    check = MISS | {"similar_scenes": [MATCH | {"relation": "similar_scene"}]}
    text = Reader(page(check)).text
    assert "What they have in common" in text
    assert "They are no evidence that the picture was seen before." in text
    assert "Nothing in this archive to show beside it." in text


def test_a_match_of_a_small_part_is_called_a_detail():
    assert "A detail of this image" not in Reader(page()).text
    small = CHECK | {"matches": [MATCH | {"share_of_query": 0.09}]}
    assert "A detail of this image" in Reader(page(small)).text


def test_one_claim_for_all_stands_once_and_different_claims_each_with_its_check():
    other = CHECK | {"claim": CHECK["claim"] | {"text": "Another."}}
    assert html([CHECK, CHECK], made=MADE).count("Ein Angriff.") == 1
    both = html([CHECK, other], made=MADE)
    assert both.index("Ein Angriff.") < both.index("Another.")
    assert both.index('id="check-1"') < both.index("Ein Angriff.")


def test_a_comparison_with_the_post_says_so():
    finding = deepcopy(CHECK["finding"])
    finding["support"]["compared_with"] = "post"
    assert "Seen before the claim was published" in page(CHECK | {"finding": finding})


@pytest.mark.parametrize("kind", FindingKind)
@pytest.mark.parametrize("lang", ["en", "de", "fr", "ar"])
def test_every_finding_has_a_page_and_advice(kind, lang):
    finding = MISS["finding"] | {"kind": kind.value}
    check = MISS | {"finding": finding, "archive": None, "compared": []}
    assert advice(check, lang) in Reader(page(check, lang=lang)).text


def test_advice_names_the_source_the_finding_rests_on():
    assert advice(CHECK).startswith("Ask Nordlicht Agentur")


def test_what_could_not_be_read_still_has_its_place():
    bare = dict.fromkeys(CHECK["query"]) | {"name": "broken.jpg"}
    empty = {"facts": [], "contradictions": [], "c2pa": {"state": "none"}}
    check = MISS | {
        "query": bare,
        "archive": None,
        "compared": [],
        "metadata": empty,
        "check": None,
    }
    text = Reader(page(check, ReportImages())).text
    assert "broken.jpg" in text
    assert "Nothing was compared." in text


def test_no_checks_make_a_page_without_articles():
    assert "<article" not in html([], made=MADE)


def test_the_page_says_what_made_it():
    text = Reader(page()).text
    assert "image-provenance 0.1.0" in text
    assert "pdq_v1" in text
    assert "2026-11-22T09:00:00+00:00" in text


# ---------------------------------------------------------------------------- language


def test_no_word_is_kept_that_no_page_uses():
    package = files("provenance.report") / "html"
    source = "".join(
        p.read_text(encoding="utf-8") for p in package.iterdir() if p.name[-3:] == ".py"
    )
    area = files("provenance.wording") / "en" / "report.json"
    kept = [key.removeprefix("report.") for key in json.loads(area.read_text("utf-8"))]
    built = ("c2pa_", "compared_", "fact_", "mark_", "next_", "precision_", "outline_alt_")
    asked = set(re.findall(r"""["'](\w+)["']""", source)) | {"query_picture", "archived_picture"}
    assert [k for k in kept if k.split(".")[0] not in asked and not k.startswith(built)] == []


def test_german_readers_get_a_german_page():
    reader = Reader(page(lang="de"))
    assert reader.all("html")[0]["lang"] == "de"
    assert "Wo dieses Bild früher zu sehen war" in reader.text
    assert "1.603 Fundstellen" in reader.text


def test_an_unknown_language_reads_english():
    assert Reader(page(lang="xx")).all("html")[0]["lang"] == "en"


# ---------------------------------------------------------------------------- calendar


def _drawn(check):
    return re.search(r'<svg class="timeline".*?</svg>', page(check), re.DOTALL)


def test_the_calendar_sets_sighting_and_claim_apart():
    bars = [(a["class"], float(a["x"][:-1])) for a in Reader(_drawn(CHECK)[0]).all("rect")]
    assert [style for style, _ in bars] == ["supports", "claim"]
    assert bars[0][1] < bars[1][1]


def test_the_calendar_spans_all_that_a_date_allows():
    bars = [float(a["width"][:-1]) for a in Reader(_drawn(CHECK)[0]).all("rect")]
    assert bars[0] == pytest.approx(94 * 366 / 1758, abs=0.5)


def test_there_is_no_calendar_without_two_dates():
    assert _drawn(MISS) is None
    undated = dict.fromkeys(("date", "earliest", "latest"))
    assert _drawn(CHECK | {"claim": CHECK["claim"] | undated}) is None


@pytest.mark.parametrize("change", [{"means": "held"}, {"strength": "none"}])
def test_what_supports_nothing_is_not_drawn(change):
    other = SIGHTING | {"id": 41, "source": "Andere"} | change
    match = MATCH | {"sightings": [SIGHTING, other]}
    assert "Andere" not in _drawn(CHECK | {"matches": [match]})[0]


def _sighted(number, **change):
    day = f"2020-01-{number % 28 + 1:02}"
    hours = {"earliest": f"{day}T00:00:00Z", "latest": f"{day}T23:59:59Z"}
    told = {"id": 100 + number, "date": day, "source": f"desk {number}", "strength": "reported"}
    return SIGHTING | told | hours | change


def test_an_open_beginning_reaches_to_the_edge():
    other = SIGHTING | {"id": 41, "source": "Andere", "date": "../2019", "earliest": None}
    drawn = Reader(_drawn(CHECK | {"matches": [MATCH | {"sightings": [SIGHTING, other]}]})[0])
    assert [float(a["x"][:-1]) for a in drawn.all("rect")].count(0.0) == 1
    assert "Andere" in drawn.text


@pytest.mark.parametrize("count", [6, 7, 40])
def test_no_date_is_left_out_however_many_there_are(count):
    many = [_sighted(n) for n in range(count - 1)]
    drawn = _drawn(CHECK | {"matches": [MATCH | {"sightings": [*many, SIGHTING]}]})[0]
    reader = Reader(drawn)
    bars = [a["class"] for a in reader.all("rect")]
    alone = [style for style in bars if not style.endswith(" rest")]
    assert alone.count("supports") == 1  # what the finding rests on has a line of its own
    assert len(alone) == (count if count <= 6 else 5) + 1
    dates = {sighting["date"] for sighting in many}
    assert len(bars) >= len(dates) + 2
    if count > 6:
        assert f"{count - 5} further sighting" in reader.text


def test_arabic_readers_get_a_page_from_right_to_left():
    reader = Reader(page(lang="ar"))
    assert reader.all("html")[0]["lang"] == "ar"
    assert reader.all("html")[0]["dir"] == "rtl"
    assert "أين شوهدت هذه الصورة من قبل" in reader.text
    assert Reader(page(lang="fr")).all("html")[0]["dir"] == "ltr"


def test_sentences_keep_the_language_in_which_they_were_judged():
    """A check that was judged in English may be printed on an Arabic page."""
    told = [{**CHECK, "lang": "en"}]
    shown = html(told, made=MADE, lang="ar")
    assert f'<bdi lang="en" dir="ltr">{CHECK["finding"]["sentence"][:10]}' in shown


def test_pictures_and_timeline_lie_the_same_way_in_every_language():
    def drawn(lang):
        return [
            {key: value for key, value in shape.items() if key != "aria-label"}
            for name in ("svg", "rect", "line", "polygon")
            for shape in Reader(page(lang=lang)).all(name)
        ]

    assert drawn("ar") == drawn("en")
    style = (files("provenance.report") / "templates" / "report.css").read_text("utf-8")
    assert not re.search(r"(margin|padding|border)-(left|right)|text-align: (left|right)", style)
