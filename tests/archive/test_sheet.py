"""The contact sheet against plain Python, whatever is added, taken back, erased or checked."""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.archive import Archive
from provenance.archive.sheet import FIELDS, Selection, Sheet, Turn
from provenance.archive.sheet.filing import OPEN
from provenance.dates import parse
from provenance.errors import UnknownName
from provenance.finding.order import sighting_order
from provenance.models import Means, Relation, Trust

DATES = (
    None, "2014", "2014-06", "2014-06-14", "2014-06-14T10:00+03:00", "../2016", "2013/2015",
    "2015/..", "2016~", "201X", "2099", "2017-12-31T23:30Z", "2017-12-31T23:30",
)  # fmt: skip
WORDS = ("smoke", "port", "market", "school", "bridge")


def text_of(data: st.DataObject) -> str | None:
    return data.draw(st.none() | st.lists(st.sampled_from(WORDS), min_size=1).map(" ".join))


# -------------------------------------------------------------------- what is done to archives


def add(archive: Archive, data: st.DataObject, intake, sighting, asked) -> None:
    seeds = data.draw(st.lists(st.integers(0, 8), min_size=1, max_size=4))
    archive.add([_intake(data, seed, intake, sighting) for seed in seeds])


def _intake(data, seed, intake, sighting):
    collection = data.draw(st.sampled_from("abc"))
    told = [_sighting(data, sighting) for _ in range(data.draw(st.integers(0, 2)))]
    return intake(seed, *told, collection=collection)


def _sighting(data, sighting):
    date = data.draw(st.sampled_from(DATES))
    return sighting(
        date=parse(date) if date else None,
        means=data.draw(st.sampled_from([Means.PUBLISHED, Means.ASSERTED, Means.CAPTURED])),
        source=data.draw(st.sampled_from([None, "agency", "paper"])),
        place=data.draw(st.sampled_from([None, "Gaza", "Kyiv"])),
        trust=data.draw(st.sampled_from([Trust.OWN, Trust.UNREVIEWED, Trust.CONTESTED])),
        caption=text_of(data),
    )


def revoke(archive: Archive, data: st.DataObject, intake, sighting, asked) -> None:
    name = data.draw(st.sampled_from("abc"))
    if any(c["name"] == name and not c["revoked"] for c in archive.collections()):
        archive.revoke(name, "taken back")


def forget(archive: Archive, data: st.DataObject, intake, sighting, asked) -> None:
    if live := sorted(archive.live_pictures()):
        archive.forget(data.draw(st.sampled_from(live)), "asked for", sweep=False)


def check(archive: Archive, data: st.DataObject, intake, sighting, asked) -> None:
    if live := sorted(archive.live_pictures()):
        matched = data.draw(st.lists(st.sampled_from(live), max_size=2, unique=True))
        relation = data.draw(st.sampled_from([Relation.SAME_PICTURE, Relation.SIMILAR_SCENE]))
        seed = f"query {data.draw(st.integers(0, 2))}"
        asked(archive, seed, *matched, relation=relation).save(archive)


def forget_check(archive: Archive, data: st.DataObject, intake, sighting, asked) -> None:
    try:
        archive.forget_check(data.draw(st.integers(1, 3)), "asked for", sweep=False)
    except UnknownName:
        return


# -------------------------------------------------------------------- the plain reference


def first_of(sightings):
    counting = [
        s
        for s in sightings
        if s.date is not None
        and not s.rejected
        and s.trust is not Trust.CONTESTED
        and (s.date.earliest is None or s.date.earliest <= s.recorded)
    ]
    return min(counting, key=sighting_order, default=None)


def reference(archive: Archive) -> list[tuple[int, int | None, int]]:
    known = archive.sightings_of(archive.live_pictures())
    firsts = {picture: first_of(all_) for picture, all_ in known.items()}
    ordered = sorted(firsts, key=lambda p: (firsts[p].date.latest, p))
    return [(p, firsts[p].id, len(known[p])) for p in ordered]


def reference_headings(archive: Archive, field: str, pictures) -> Counter:
    counted: Counter = Counter()
    for sightings in archive.sightings_of(pictures).values():
        told = [s for s in sightings if s.means is not Means.HELD]
        counted.update({getattr(s, field) for s in told if getattr(s, field)})
    return counted


def everything(sheet: Sheet) -> list:
    """All that a sheet holds, but for the numbers of its headings."""
    sheet._sheet.row_factory = None
    ask = sheet._sheet.execute
    names = {
        number: (field, text) for number, field, text in ask("SELECT id, field, text FROM headings")
    }
    pictures = [
        (*row[:4], sorted(names[int(word[1:])] for word in row[4].split()), row[5])
        for row in ask("SELECT * FROM pictures ORDER BY rank")
    ]
    counts = sorted(ask("SELECT field, text, pictures FROM headings"))
    reach = sorted((names[h], *rest) for h, *rest in ask("SELECT * FROM reach"))
    checked = sorted(ask("SELECT * FROM checked"))
    found = sorted(ask("SELECT rowid FROM found WHERE found MATCH '{filed} : h1*'"))
    sheet._sheet.row_factory = sqlite3.Row
    ask("INSERT INTO found (found, rank) VALUES ('integrity-check', 1)")
    return [pictures, counts, reach, checked, len(found) if pictures else 0]


def walked(sheet: Sheet, selection: Selection, turn: Turn):
    """All pages, there and back."""
    page, pages = sheet.page(selection, turn), []
    while True:
        pages.append(page)
        if page.following is None:
            break
        page = sheet.page(selection, Turn(turn.newest, after=page.following, size=turn.size))
    for before in reversed(pages[:-1]):
        page = sheet.page(selection, Turn(turn.newest, before=page.preceding, size=turn.size))
        assert page.items == before.items
    assert page.preceding is None
    return [(i.picture, i.sighting, i.sightings) for page in pages for i in page.items]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_the_sheet_is_what_the_archive_says(data, intake, sighting, asked) -> None:
    done = st.sampled_from([add, add, add, revoke, forget, check, check, forget_check])
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.open(Path(folder) / "archive.db", create=True) as archive,
        Sheet(archive, Path(folder) / "kept") as sheet,
    ):
        for act in data.draw(st.lists(done, min_size=1, max_size=12)):
            act(archive, data, intake, sighting, asked)
            if data.draw(st.booleans()):
                assert sheet.follow() == 0
        assert sheet.follow() == 0
        with Sheet(archive) as fresh:
            fresh.follow()
            assert everything(sheet) == everything(fresh)
        _compare(archive, sheet, data)


def _compare(archive: Archive, sheet: Sheet, data: st.DataObject) -> None:
    expected = reference(archive)
    size = data.draw(st.integers(1, 4))
    assert walked(sheet, Selection(), Turn(size=size)) == expected
    assert walked(sheet, Selection(), Turn(newest=True, size=size)) == expected[::-1]
    overview = sheet.overview(Selection())
    live = archive.live_pictures()
    assert overview.pictures == len(live)
    for field in ("source", "place", "trust"):
        counted = {h.text: h.pictures for h in overview.headings[field]}
        assert counted == reference_headings(archive, field, live)
    _compare_narrowed(archive, sheet, expected, overview, data)
    _compare_reach(archive, sheet)


def _compare_narrowed(archive, sheet, expected, overview, data) -> None:
    offered = [h for field in FIELDS for h in overview.headings[field]]
    words = data.draw(st.lists(st.sampled_from(WORDS), max_size=2))
    chosen = data.draw(st.lists(st.sampled_from(offered), max_size=2)) if offered else []
    selection = Selection({h.field: h.text for h in chosen}, " ".join(words))
    sightings = archive.sightings_of(archive.live_pictures())
    fits = [row for row in expected if _fits(archive, row[0], sightings[row[0]], selection)]
    assert walked(sheet, selection, Turn(size=2)) == fits
    narrowed = sheet.overview(selection)
    assert narrowed.pictures == len(fits)
    counted = {h.text: h.pictures for h in narrowed.headings["source"]}
    assert counted == reference_headings(archive, "source", [row[0] for row in fits])


def _fits(archive: Archive, picture: int, sightings, selection: Selection) -> bool:
    checks = [
        row
        for row in archive._rows("SELECT * FROM matches JOIN checks ON checks.id = check_id")
        if row["picture_id"] == picture and row["relation"] != "similar_scene"
    ]
    told = [s for s in sightings if s.means is not Means.HELD]
    under = {
        "source": {s.source for s in told},
        "place": {s.place for s in told},
        "trust": {s.trust.value for s in told},
        "collection": {name for s in sightings for name in s.collections},
        "finding": {row["finding"] for row in checks},
        "year": {_year(first_of(sightings))},
    }
    texts = [f"{s.caption} {s.place} {s.source}" for s in sightings]
    texts += ["Smoke over the port" for _ in checks]
    said = " ".join(texts).lower().split()
    return all(text in under[field] for field, text in selection.headings.items()) and all(
        word in said for word in selection.words.split()
    )


def _year(first) -> str:
    written = {"2013/2015": "2015", "../2016": "2016", "2016~": "2016", "201X": "2019"}
    return written.get(first.date.text, first.date.text[:4])


def _compare_reach(archive: Archive, sheet: Sheet) -> None:
    reach = sheet.reach()
    coverage = archive.coverage()
    counting = [
        s
        for all_ in archive.sightings_of(archive.live_pictures()).values()
        for s in all_
        if first_of([s]) and s.means not in {Means.HELD, Means.ASSERTED}
    ]
    assert reach.pictures == coverage.pictures
    assert reach.sightings == len(counting)
    assert reach.unbounded == sum(s.date.earliest is None for s in counting)
    assert sum(year.certain for year in reach.years) == sum(
        s.date.text not in {"2013/2015", "2015/..", "2016~", "201X"} for s in counting
    )
    assert [row.text for row in reach.sources] == [
        h.text for h in sheet.overview(Selection()).headings["source"]
    ]
    assert OPEN < 0


@pytest.mark.parametrize("turn", [Turn(after="-1"), Turn(after="x; DROP"), Turn(before="9" * 40)])
def test_a_place_that_no_page_gave_is_the_first_page_or_an_end(archive, intake, turn) -> None:
    archive.add([intake(n) for n in range(3)])
    with Sheet(archive) as sheet:
        sheet.follow()
        assert len(sheet.page(Selection(), turn).items) == 3
