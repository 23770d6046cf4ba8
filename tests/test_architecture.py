"""The laws of the house that imports alone cannot show, and those that they can."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "provenance"
MODULES = sorted(HOUSE.rglob("*.py"))
SQL = re.compile(
    r"^\s*(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM"
    r"|CREATE\s+(TABLE|INDEX|TRIGGER|VIEW)|PRAGMA\s)",
    re.IGNORECASE | re.DOTALL,
)


def room(module: Path) -> str:
    return module.relative_to(HOUSE).parts[0]


def calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def text_literals(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def offenders(found: dict[Path, set[str]]) -> list[str]:
    return [f"{path.relative_to(ROOT)}: {sorted(what)}" for path, what in found.items() if what]


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.AST]:
    return {path: ast.parse(path.read_text("utf-8")) for path in MODULES}


def test_there_is_a_house(trees: dict[Path, ast.AST]) -> None:
    assert len(trees) > 30


def test_pictures_are_opened_only_in_decode(trees: dict[Path, ast.AST]) -> None:
    forbidden = {"Image.open", "PIL.Image.open", "cv2.imread", "cv2.imdecode", "open_heif"}
    found = {p: forbidden & set(calls(t)) for p, t in trees.items() if room(p) != "decode"}
    # The metadata room reads headers with Pillow; it decodes no pixels.
    found = {p: what for p, what in found.items() if room(p) != "metadata"}
    assert not offenders(found)


def test_opencv_never_opens_files(trees: dict[Path, ast.AST]) -> None:
    found = {
        p: {c for c in calls(t) if c in {"cv2.imread", "cv2.VideoCapture"}}
        for p, t in trees.items()
    }
    assert not offenders(found)


def test_nothing_is_unpickled(trees: dict[Path, ast.AST]) -> None:
    forbidden = {"pickle", "cPickle", "dill", "shelve", "marshal", "multiprocessing"}
    found = {p: forbidden & {i.split(".")[0] for i in imports(t)} for p, t in trees.items()}
    assert not offenders(found)


def test_arrays_are_never_loaded_with_pickles(trees: dict[Path, ast.AST]) -> None:
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and any(k.arg == "allow_pickle" for k in node.keywords):
                allowed = [k for k in node.keywords if k.arg == "allow_pickle"]
                assert all(ast.unparse(k.value) == "False" for k in allowed), path


def test_nothing_is_fetched_by_the_standard_library(trees: dict[Path, ast.AST]) -> None:
    found = {p: {"urllib.request"} & set(imports(t)) for p, t in trees.items()}
    assert not offenders({p: what for p, what in found.items() if room(p) != "fetch"})


def test_connections_are_made_in_one_place_and_names_asked_for_in_one(
    trees: dict[Path, ast.AST],
) -> None:
    opening = re.compile(r"(socket\.(socket|create_connection|socketpair|fromfd)|\w+\.connect_ex)$")
    asking = re.compile(r"socket\.(getaddrinfo|gethostby\w+|getnameinfo|getfqdn)$")
    named = {str(p.relative_to(HOUSE)): set(calls(t)) for p, t in trees.items()}
    assert {p for p, found in named.items() if any(map(opening.match, found))} == {"fetch/line.py"}
    assert {p for p, found in named.items() if any(map(asking.match, found))} == {
        "fetch/resolve.py"
    }


def test_sql_stands_only_in_the_archive(trees: dict[Path, ast.AST]) -> None:
    found = {
        p: {text[:60] for text in text_literals(t) if SQL.match(text)}
        for p, t in trees.items()
        if room(p) != "archive"
    }
    assert not offenders(found)


def test_nobody_imports_the_front_door(trees: dict[Path, ast.AST]) -> None:
    found = {p: {"provenance"} & set(imports(t)) for p, t in trees.items()}
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "provenance":
                missing = {
                    alias.name
                    for alias in node.names
                    if not (HOUSE / f"{alias.name}.py").exists()
                    and not (HOUSE / alias.name).is_dir()
                }
                found[path] |= missing
    assert not offenders({p: what - {"provenance"} for p, what in found.items()})


def test_no_room_is_a_drawer_for_everything() -> None:
    banned = {"utils", "helpers", "core", "manager", "common", "misc"}
    assert not [str(p) for p in MODULES if p.stem in banned or banned & set(p.parts)]


def test_help_loads_none_of_the_heavy_libraries() -> None:
    program = (
        "import sys\n"
        "from provenance.cli import provenance\n"
        "try:\n    provenance.main(['--help'], standalone_mode=False)\n"
        "except SystemExit:\n    pass\n"
        "heavy = {'numpy', 'cv2', 'PIL', 'scipy', 'imagehash', 'sqlite_utils', 'edtf'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert "HEAVY []" in done.stdout


def test_import_law() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
    ],
    ids=["lint", "format", "types"],
)
def test_house_rules(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
