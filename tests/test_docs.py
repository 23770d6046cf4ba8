"""The docs cannot lie: what they show is run, what exists is in them."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from fixtures import pages
from provenance.cli import COMMANDS, provenance
from provenance.demo import story

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SHOWN = re.compile(r"```console\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


def sessions(page: Path) -> list[tuple[str, str]]:
    """Commands a page shows, each with what it prints; in their order."""
    found = []
    for block in SHOWN.findall(page.read_text("utf-8")):
        for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = piece.partition("\n")
            found.append((command, printed))
    return found


def run(command: str, folder: Path) -> str:
    arguments = shlex.split(command)
    assert arguments[0] == "provenance", command
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env={**os.environ, "PROVENANCE_ARCHIVE": "archive.db", "COLUMNS": "80"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def follow(page: Path, folder: Path) -> None:
    """Run what a page shows, and compare what is printed."""
    checker = doctest.OutputChecker()
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    for command, expected in sessions(page):
        printed = run(command, folder)
        assert checker.check_output(expected, printed, flags), f"$ {command}\n{printed}"


def test_the_tour_prints_what_it_says(tmp_path: Path) -> None:
    story.write(tmp_path)
    assert len(sessions(DOCS / "tour.md")) >= 8
    follow(DOCS / "tour.md", tmp_path)


@pytest.mark.parametrize("page", ["web-archives", "mhtml", "saved-pages"])
def test_the_examples_of_archived_pages_print_what_they_say(page: str, tmp_path: Path) -> None:
    pages.write(tmp_path)
    assert sessions(DOCS / "sources" / f"{page}.md")
    follow(DOCS / "sources" / f"{page}.md", tmp_path)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_documented_with_its_help(name: str) -> None:
    help_text = CliRunner().invoke(provenance, [name, "--help"], prog_name="provenance").output
    assert "Usage" in help_text
    page = (DOCS / "cli.md").read_text("utf-8")
    assert help_text.strip() in page, "run: python docs/write_cli.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_example_of_the_front_door_runs(tmp_path: Path, monkeypatch) -> None:
    story.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
    )
    run("provenance add archive.csv", tmp_path)
    program = example.encode()
    done = subprocess.run(
        [sys.executable, "-"],
        input=program,
        cwd=tmp_path,
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert b"at least 3 years 11 months before the claimed date" in done.stdout


def test_the_python_page_runs(tmp_path: Path) -> None:
    story.write(tmp_path)
    page = (DOCS / "python.md").read_text("utf-8")
    examples = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 3
    for example in examples:
        subprocess.run(
            [sys.executable, "-"], input=example.encode(), cwd=tmp_path, timeout=120, check=True
        )


def test_the_readme_says_what_it_is_for_in_ten_lines() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    purpose = text.split("## ")[0]
    assert len([line for line in purpose.splitlines()[1:] if line.strip()]) <= 10


def test_ci_runs_the_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (command,) = re.findall(r"^(python3 -m venv .*pytest.*)$", readme, re.MULTILINE)
    script = (ROOT / ".ci" / "run").read_text("utf-8").replace('"$venv"', ".venv")
    script = script.replace('"$venv/bin/', ".venv/bin/").replace('"', "")
    assert command in script


def test_the_version_is_in_the_changelog() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    version = re.search(r'^version = "(.+)"', project, re.MULTILINE)
    assert version
    assert f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
