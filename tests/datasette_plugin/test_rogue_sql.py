"""A stranger's SQL, where an operator has opened it, takes no more than is set aside for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rogue_sql import STATEMENTS, drawn
from provenance.archive import limit
from provenance.datasette_plugin.archives import close_all
from provenance.datasette_plugin.versions import construction, has_actions

AT_ONCE = (
    "recursion that grows",
    "zeroblob",
    "randomblob",
    "many large rows",
    "many middling rows",
    "many large columns",
    "replace that grows",
    "json_patch, slow",
    "doubling tables",
    "many compounds",
    "deep brackets",
)
"""What is refused for its size, before any time is over."""


@pytest.fixture
def limited() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        limit(connection)
        yield connection


@pytest.mark.parametrize("name", AT_ONCE)
def test_what_is_too_large_is_refused(limited: sqlite3.Connection, name: str) -> None:
    with pytest.raises((sqlite3.Error, MemoryError)):
        limited.execute(STATEMENTS[name]).fetchmany(1001)
    assert limited.execute("select 1").fetchone()[0] == 1


@pytest.mark.parametrize("name", ["instr, slow", "replace, slow", "trim, slow", "like, slow"])
def test_what_nothing_could_interrupt_is_done_at_once(
    limited: sqlite3.Connection, name: str
) -> None:
    assert len(limited.execute(STATEMENTS[name]).fetchall()) == 1


LETTERS = st.text("ab c\u00e9\u0633", max_size=12)
VALUES = st.one_of(st.none(), LETTERS, st.integers(-99, 99))
PLAIN = sqlite3.connect(":memory:")
OURS = sqlite3.connect(":memory:")
limit(OURS)


@given(VALUES, VALUES, VALUES)
def test_the_functions_say_what_those_of_sqlite_say(one: Any, two: Any, three: Any) -> None:
    asked = "select instr(?1, ?2), replace(?1, ?2, ?3), trim(?1, ?2), ltrim(?1, ?2), rtrim(?1, ?2)"
    ours, plain = (each.execute(asked, (one, two, three)) for each in (OURS, PLAIN))
    assert tuple(ours.fetchone()) == plain.fetchone()


def test_a_server_with_free_sql_answers_on(tmp_path: Path) -> None:
    import asyncio

    from datasette.app import Datasette

    opened = Datasette(
        [str(drawn(tmp_path))], **construction({"databases": {"archive": {"allow_sql": True}}})
    )
    address = "/archive/-/query.json" if has_actions() else "/archive.json"

    async def asked() -> list[int]:
        names = ("many large rows", "doubling tables", "many middling rows")
        every = [*(STATEMENTS[name] for name in names), "select 1"]
        told = [await opened.client.get(address, params={"sql": sql}) for sql in every]
        page = await opened.client.get("/-/provenance/")
        return [answer.status_code for answer in (*told, page)]

    codes = asyncio.run(asked())
    close_all(opened)
    assert all(code >= 400 for code in codes[:3])
    assert codes[3:] == [200, 200]
