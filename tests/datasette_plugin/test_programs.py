"""What programs use: look-ups over HTTP, SQL functions, stored queries, the description."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from provenance.archive import STORED_QUERIES, register
from provenance.datasette_plugin.routes import ROUTES
from provenance.desk import Desk

LOOKUP = "/-/provenance/lookup"


def test_a_picture_is_answered_as_on_the_command_line(reader: Any, story: Path) -> None:
    path = min((story / "circulating").iterdir())
    answer = reader.post(LOOKUP, files={"image": (path.name, path.read_bytes(), "image/jpeg")})
    assert answer.status_code == 200
    with Desk(story / "archive.db", readonly=True) as desk:
        (found,) = desk.lookup([path])
        expected = desk.record(found)
    expected["query"]["name"] = path.name
    assert answer.json() == expected


@pytest.mark.parametrize("prefix", ["", "sha256:"])
def test_a_hash_is_looked_up(reader: Any, prefix: str) -> None:
    sha256 = reader.get("/-/provenance/pictures/1.json").json()["sha256"]
    answer = reader.post(LOOKUP, data={"hash": f"{prefix}{sha256}"}).json()
    assert answer["outcome"] == "matched"
    assert answer["matches"][0]["picture"] == 1


@pytest.mark.parametrize("asked", ["/etc/passwd", "http://localhost/a.jpg", "pdq:00", "x" * 64])
def test_what_is_no_hash_is_never_opened(reader: Any, asked: str) -> None:
    answer = reader.post(LOOKUP, data={"hash": asked})
    assert answer.status_code == 400
    assert answer.json()["reason"] == "malformed_hash"


def test_nothing_asked_is_said(reader: Any) -> None:
    assert reader.post(LOOKUP, data={"claim": "x"}).json()["reason"] == "usage"


def test_a_lookup_is_no_page(reader: Any) -> None:
    assert reader.get(LOOKUP).status_code == 405


def test_sql_functions() -> None:
    db = sqlite3.connect(":memory:")
    register(db)
    one = db.execute(
        "SELECT pdq_distance(?, ?), phash_distance('00000000000000ff', '0000000000000000'),"
        " pdq_distance('zz', NULL), edtf_earliest('2019'), edtf_latest('2019-06~'),"
        " edtf_latest('2016/..'), edtf_earliest('no date')",
        ["f" * 64, "0" * 64],
    ).fetchone()
    assert one[:3] == (256, 8, None)
    assert one[3].startswith("2018-12-31T10:00:00")
    assert one[4].startswith("2019-08-01T11:59:59")
    assert one[5:] == (None, None)


@pytest.mark.parametrize("name", STORED_QUERIES)
def test_stored_queries_answer_without_free_sql(reader: Any, name: str) -> None:
    answer = reader.get(f"/archive/{name}.json?_shape=array")
    assert answer.status_code == 200
    if name != "seen_in_several_claims":  # the story has one claim
        assert answer.json()


def test_every_route_is_described(reader: Any) -> None:
    described = reader.get("/-/provenance/openapi.json").json()
    assert described["openapi"].startswith("3.")
    assert len(described["paths"]) == len({route.pattern for route in ROUTES})
    assert all(route.summary for route in ROUTES)
    for path, operations in described["paths"].items():
        assert path.startswith("/")
        assert "(" not in path
        for operation in operations.values():
            named = {each["name"] for each in operation["parameters"]}
            assert all(f"{{{name}}}" in path for name in named)
