from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from provenance import fingerprint, plugins
from provenance.conformance import drawings
from provenance.models import Pixels

ROOT = Path(__file__).resolve().parents[2]


def install(folder: Path, name: str, source: str) -> None:
    """Lay out a package of one module as pip would."""
    (folder / f"{name}.py").write_text(source, encoding="utf-8")
    about = folder / f"{name}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[provenance]\n{name} = {name}\n")


def run(folder: Path, program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(folder), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_ours_come_in_by_the_same_hooks() -> None:
    assert list(plugins.fingerprinters())[:2] == ["phash_v1", "pdq_v1"]
    computed = fingerprint.compute(Pixels(drawings.picture(0), "drawn"))
    assert [each.kind for each in computed][:2] == ["phash_v1", "pdq_v1"]


def test_the_worked_example_works(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    module, trial, use = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    install(tmp_path, "mean_fields", module)
    wrong = run(tmp_path, trial)
    assert "drawn picture 0 is " in wrong.stderr
    answer = re.search(r"drawn picture 0 is ([0-9a-f]{16})", wrong.stderr)
    assert answer
    right = run(tmp_path, trial.replace("ANSWER", answer[1]) + use)
    assert right.returncode == 0, right.stderr


SHOW = "from provenance import plugins; print(list(plugins.fingerprinters()))"


def test_a_broken_plugin_is_named(tmp_path: Path) -> None:
    install(tmp_path, "broken_one", "import no_such_module_anywhere")
    failed = run(tmp_path, SHOW)
    assert "The plug-in “broken_one” could not be loaded" in failed.stderr
    assert "PROVENANCE_PLUGINS" in failed.stderr
    without = run(tmp_path, SHOW, PROVENANCE_PLUGINS="")
    assert without.stdout == "['phash_v1', 'pdq_v1']\n"


def test_two_of_one_name_are_named(tmp_path: Path) -> None:
    source = """
from provenance.fingerprint.pdq import Pdq
from provenance.hookspecs import hookimpl
@hookimpl
def register_fingerprints(register):
    register(Pdq())
"""
    install(tmp_path, "another_pdq", source)
    failed = run(tmp_path, SHOW)
    assert "Two plug-ins register “pdq_v1”." in failed.stderr


def test_foreign_plugins_are_not_imported_before_they_are_used(tmp_path: Path) -> None:
    install(tmp_path, "loud_one", "print('imported')")
    assert run(tmp_path, "import provenance, provenance.plugins").stdout == ""
    assert run(tmp_path, SHOW).stdout.startswith("imported\n")
    chosen = run(tmp_path, SHOW, PROVENANCE_PLUGINS="other, another")
    assert chosen.stdout == "['phash_v1', 'pdq_v1']\n"


def test_plugins_may_add_indexes_and_commands(tmp_path: Path) -> None:
    source = """
import click
from provenance.hookspecs import hookimpl
@hookimpl
def register_indexes(register):
    register("slow", dict)
@hookimpl
def register_commands(cli):
    cli.add_command(click.Command("wave"))
"""
    install(tmp_path, "extras", source)
    program = """
import click
from provenance import plugins
group = click.Group()
plugins.add_commands(group)
print("slow" in plugins.indexes(), list(group.commands))
"""
    assert run(tmp_path, program).stdout == "True ['wave']\n"


def test_the_front_doors_stay_light() -> None:
    program = """
import sys
import provenance.plugins, provenance.hookspecs, provenance.fingerprint
sys.exit("numpy" in sys.modules or "PIL" in sys.modules or "click" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=ROOT).returncode == 0


@pytest.mark.parametrize("hook", sorted(plugins.BUILT_IN))
def test_every_listed_built_in_implements_its_hook(hook: str) -> None:
    for module in plugins.BUILT_IN[hook]:
        assert hasattr(__import__(module, fromlist=["*"]), hook)
