"""What a stranger's SQL can take from a server that has free SQL opened: time and memory of each.

    python -m benchmarks.rogue_sql [--folder FOLDER]

Draws a small archive, starts plain ``datasette`` over it with ``allow_sql``, and asks each
statement of ``STATEMENTS`` alone. Memory is the highest of the server's process while it answers
(Linux: ``VmHWM``, set back before each). Exit 1 where one takes longer than a second, holds more
than 256 MB, or the server is gone afterwards.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from provenance.archive import Archive
from provenance.datasette_plugin.versions import datasette_version, has_actions

TARGET_S: Final = 1.0
GRACE_S: Final = 0.25
"""Datasette's own limit is the target; what is over it are its answer and a busy machine."""
TARGET_MB: Final = 256
LIMIT_MS: Final = "700"
"""As ``provenance serve`` sets it."""
_COUNT: Final = "with recursive n(i) as (select 1 union all select i + 1 from n"

_SET: Final = ", ".join(f"'$.k{n}', 1" for n in range(60))


def _doubling(levels: int) -> str:
    """Tables of tables, each twice the one before: grows while it is prepared."""
    steps = [f"t{n} as (select a.x from t{n - 1} a, t{n - 1} b)" for n in range(1, levels)]
    return f"with t0 as (select 1 x), {', '.join(steps)} select count(*) from t{levels - 1}"


STATEMENTS: Final[dict[str, str]] = {
    "endless recursion": f"{_COUNT}) select count(*) from n",
    "endless recursion, sorted": f"{_COUNT}) select i from n order by random()",
    "endless recursion, distinct": f"{_COUNT}) select distinct hex(i) from n",
    "recursion that grows": "with recursive g(s) as (select 'aa' union all select s || s from g)"
    " select length(s) from g",
    "recursion of wide rows": f"{_COUNT}) select max(randomblob(1000000)) from n",
    "zeroblob": "select zeroblob(1000000000)",
    "randomblob": "select hex(randomblob(900000000))",
    "many large rows": f"{_COUNT} limit 1000) select zeroblob(15000000) from n",
    "many middling rows": f"{_COUNT} limit 1000) select hex(randomblob(500000)) from n",
    "many large columns": f"select {', '.join(['zeroblob(1900000)'] * 200)}",
    "printf width": "select printf('%2000000000d', 1)",
    "printf precision": "select printf('%.*f', 2000000000, 1.0)",
    "replace that grows": "select length(replace(hex(zeroblob(900000)), '0',"
    " hex(zeroblob(900000))))",
    "replace, slow": "select replace(hex(zeroblob(900000)), hex(zeroblob(400000)) || '1', '')",
    "instr, slow": "select instr(hex(zeroblob(900000)), hex(zeroblob(400000)) || '1')",
    "trim, slow": "select length(trim(hex(zeroblob(900000)), printf('%0900000d', 1) || 'abc'))",
    "like bomb": "select hex(zeroblob(900000)) like '" + "%0" * 30 + "%1'",
    "like, slow": "select hex(zeroblob(900000)) like '%" + "0_" * 30 + "1'",
    "glob bomb": "select hex(zeroblob(900000)) glob '" + "*0" * 30 + "*1'",
    "glob classes": "select hex(zeroblob(900000)) glob '*" + "[a-z0]" * 10 + "1'",
    "cross joins": "select count(*) from sightings a, sightings b, sightings c, sightings d,"
    " sightings e, sightings f, sightings g, sightings h",
    "cross joins, sorted": "select a.*, b.*, c.* from sightings a, sightings b, sightings c,"
    " sightings d, sightings e order by random()",
    "group_concat": f"{_COUNT}) select group_concat(hex(randomblob(1000))) from n",
    "json_group_array": f"{_COUNT}) select json_group_array(hex(randomblob(1000))) from n",
    "json_group_object": f"{_COUNT}) select json_group_object(i, hex(randomblob(1000))) from n",
    "json, nested": "select json(replace(hex(zeroblob(500000)), '0', '['))",
    "json_tree": f"{_COUNT} limit 1000000) select count(*) from json_tree((select"
    " json_group_array(i) from n)) a, json_tree('[1,2,3,4,5,6,7,8,9]') b",
    "json_patch, slow": f"{_COUNT} limit 150000), o(j) as (select json_group_object(i, 1) from n)"
    " select length(json_patch(j, replace(j, '1}', '2}'))) from o",
    "json_set, slow": f"{_COUNT} limit 150000), o(j) as (select json_group_object(i, 1) from n)"
    " select length(json_set(j, " + _SET + ")) from o",
    "window": f"{_COUNT} limit 100000) select sum(i) over (order by i rows between 50000 preceding"
    " and current row) from n",
    "doubling tables": _doubling(24),
    "many compounds": " union all ".join(["select 1"] * 5000),
    "deep brackets": "select " + "(" * 5000 + "1" + ")" * 5000,
    "deep case": "select " + "case when 1 then " * 900 + "1" + " end" * 900,
    "long in": f"select 1 in ({','.join(['1'] * 15000)})",
    "many columns": f"select {','.join(['1'] * 1999)}",
    "all thumbnails crossed": "select a.* from pictures a, pictures b, pictures c, pictures d",
    "pdq_distance crossed": f"{_COUNT}) select max(pdq_distance(hex(randomblob(32)),"
    " hex(randomblob(32)))) from n",
    "edtf crossed": f"{_COUNT}) select max(edtf_latest('2019-06-' || i)) from n",
    "edtf of a long text": "select edtf_latest(hex(zeroblob(900000)))",
    "full text of everything": f"{_COUNT}) select group_concat(sql) from n, sqlite_master",
}


_DATASETTE: Final = "import sys; sys.modules['rich'] = None; from datasette.cli import cli; cli()"
"""Where ``rich`` is installed, Datasette 0.65 takes a second more to print what went wrong."""


@contextmanager
def server(archive: Path, port: int = 8377) -> Iterator[tuple[int, str]]:
    """A plain ``datasette`` with free SQL; its process and the address that takes a statement."""
    config = archive.with_suffix(".json")
    config.write_text(json.dumps({"databases": {archive.stem: {"allow_sql": True}}}))
    option = "--config" if has_actions() else "--metadata"
    command = [sys.executable, "-c", _DATASETTE, str(archive), option, str(config)]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--setting", "sql_time_limit_ms", LIMIT_MS],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    path = f"{archive.stem}/-/query.json" if has_actions() else f"{archive.stem}.json"
    address = f"http://127.0.0.1:{port}/{path}"
    try:
        _wait(f"http://127.0.0.1:{port}/-/versions.json")
        yield process.pid, address
    finally:
        process.terminate()
        process.wait(30)


def _wait(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(address)


def ask(address: str, sql: str, seconds: float = 60) -> tuple[int, bytes]:
    """Status and body of the answer to one statement; a long one does not fit an address."""
    asked = f"{address}?{urllib.parse.urlencode({'sql': sql})}"
    try:
        with urllib.request.urlopen(asked, timeout=seconds) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def peak(pid: int, *, reset: bool = False) -> int:
    """The most memory that a process has held, in MB; ``reset`` begins anew."""
    if reset:
        Path(f"/proc/{pid}/clear_refs").write_text("5")
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def measure(pid: int, address: str) -> Iterator[tuple[str, int, float, int, str]]:
    """Each statement: name, status, seconds, MB, the beginning of the answer."""
    for name, sql in STATEMENTS.items():
        peak(pid, reset=True)
        begun = time.monotonic()
        try:
            status, body = ask(address, sql)
        except OSError as error:
            status, body = 0, str(error).encode()
        took = time.monotonic() - begun
        yield name, status, took, peak(pid), body[:90].decode("utf-8", "replace").replace("\n", " ")


def drawn(folder: Path) -> Path:
    """An archive with some rows, for joins to multiply."""
    from benchmarks.generated import intakes

    path = folder / "archive.db"
    with Archive.open(path, create=True) as archive:
        archive.add(intakes(0, 100))
    return path


def main() -> int:
    """Print the table; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    with tempfile.TemporaryDirectory() as made:
        archive = drawn(parser.parse_args().folder or Path(made))
        sys.stdout.write(f"datasette {datasette_version()}\n")
        missed = 0
        with server(archive) as (pid, address):
            for name, status, took, held, body in measure(pid, address):
                over = took > TARGET_S + GRACE_S or held > TARGET_MB or not status
                missed += over
                sys.stdout.write(
                    f"{name:30} {status:4} {took:7.2f} s {held:5} MB"
                    f"{' OVER' if over else '     '} {body}\n"
                )
                sys.stdout.flush()
            alive, _ = ask(address, "select 1")
    return int(bool(missed) or alive != 200)


if __name__ == "__main__":
    raise SystemExit(main())
