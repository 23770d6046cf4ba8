"""Datasette's own pages of tables do not read a large archive from end to end."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from provenance.archive import COUNTED, bounded_count
from provenance.datasette_plugin.serving import SETTINGS
from provenance.datasette_plugin.versions import has_actions

_MANY = f"""
CREATE TABLE many (i INTEGER, kind INTEGER);
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {COUNTED + 5})
INSERT INTO many SELECT i, i % 3 FROM n;
"""


@pytest.fixture
def large(archive: Path) -> Path:
    with closing(sqlite3.connect(archive)) as connection:
        connection.executescript(_MANY)
    return archive


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("select count(*) from [pictures]", "[pictures]"),
        ("select count(*) from sightings where source = :p0 ", "sightings where source = :p0 "),
        ("select count(*) from (select * from t)", "(select * from t)"),
    ],
)
def test_a_count_stops(sql: str, rows: str) -> None:
    assert bounded_count(sql) == f"select count(*) from (select 1 from {rows} limit {COUNTED + 1})"


@pytest.mark.parametrize("sql", ["select 1", "select count(*) as n, x from t", "PRAGMA x"])
def test_nothing_else_is_changed(sql: str) -> None:
    assert bounded_count(sql) is None


def test_tables_are_counted_up_to_many(large: Path, browse: Any) -> None:
    browser = browse(large)
    counts = {t["name"]: t["count"] for t in browser.get("/archive.json").json()["tables"]}
    assert 0 < counts["pictures"] < COUNTED
    assert counts["many"] == (COUNTED + 1 if has_actions() else None)


@pytest.mark.parametrize("query", ["", "?_facet=kind", "?kind=1"])
def test_the_page_of_a_large_table_answers(large: Path, browse: Any, query: str) -> None:
    page = browse(large).get(f"/archive/many{query}")
    assert page.status_code == 200
    assert f"{COUNTED + 5:,} rows" not in page.text
    assert ("3,335 rows" in page.text) == (query == "?kind=1")


def test_an_answer_has_as_many_rows_as_the_page_on_it_says(large: Path, browse: Any) -> None:
    told = browse(large).get("/archive/many.json?_size=max").json()
    assert len(told["rows"]) == SETTINGS["max_returned_rows"]
    said = (Path(__file__).parents[2] / "docs" / "browser.md").read_text()
    assert f"answer has {len(told['rows'])} rows at most" in said


def test_a_question_of_ones_own_is_not_cut_off(large: Path) -> None:
    from datasette.app import Datasette

    from provenance.datasette_plugin.archives import close_all
    from provenance.datasette_plugin.versions import construction
    from tests.datasette_plugin.conftest import Browser

    config = construction({"databases": {"archive": {"allow_sql": True}}})
    browser = Browser(Datasette([str(large)], **config))
    path = "/archive/-/query.json" if has_actions() else "/archive.json"
    asked = {"sql": "select count(*) from many", "_shape": "arrays"}
    told = browser.get(path, params=asked).json()
    close_all(browser.datasette)
    browser.close()
    assert told["rows"] == [[COUNTED + 5]]
