"""The table of threats cannot lie: every line names a test, and the test is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINE = re.compile(
    r"^\| (?P<threat>[^|]+) \| (?P<kind>[STRIDE, ]+) \| (?P<stands>[^|]+) \|(?P<test>.+)\|$"
)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def lines() -> list[re.Match[str]]:
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    table = page.split("## The table of threats")[1].split("\n## ")[0]
    rows = [row for row in table.splitlines() if row.startswith("| ") and "---" not in row]
    found = [LINE.match(row) for row in rows[1:]]
    assert all(found), [row for row, match in zip(rows[1:], found, strict=True) if not match]
    return [match for match in found if match]


@cache
def defined_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_threat_names_a_test_that_is_there() -> None:
    assert len(lines()) >= 50
    for line in lines():
        named = TEST.findall(line["test"])
        assert named, line["threat"]
        missing = [(path, name) for path, name in named if name not in defined_in(path)]
        assert not missing


def test_no_threat_stands_twice() -> None:
    threats = [line["threat"] for line in lines()]
    assert len(threats) == len(set(threats))
