"""Every file-system call of the watcher fails once: done or rolled back, and whole afterwards."""

from __future__ import annotations

import errno
import hashlib
import os
import random
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from benchmarks import kill_watch
from provenance.watching import Watch, files

CALLS = {"rename", "replace", "open", "fsync", "close"}


class Failing:
    """The module ``os``, of which the call of one number fails as a full or broken disk does."""

    def __init__(self, number: int, code: int) -> None:
        self.number, self.code, self.calls = number, code, 0

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        return self.counted(real) if name in CALLS else real

    def counted(self, real: Any) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            self.calls += 1
            if self.calls == self.number:
                raise OSError(self.code, os.strerror(self.code))
            return real(*arguments, **named)

        return call


def lying(root: Path) -> Counter[str]:
    paths = (p for n in ("in", "work", "done", "refused") for p in (root / n).rglob("*"))
    kept = (p for p in paths if p.is_file() and p.suffix not in {".json", ".html"})
    return Counter(hashlib.sha256(p.read_bytes()).hexdigest() for p in kept)


def test_fail_at_every_call(desk, tmp_path, pictures, monkeypatch: pytest.MonkeyPatch) -> None:
    small = kill_watch.picture(random.Random(1))  # quick to examine
    number = 0
    while True:
        number += 1
        root = tmp_path / f"drop{number}"
        (root / "in/sub").mkdir(parents=True)
        (root / "in/sub/a.jpg").write_bytes(small)
        (root / "in/b.txt").write_bytes(pictures["text"])
        before = lying(root)
        failing = Failing(number, (errno.ENOSPC, errno.EIO)[number % 2])
        with Watch(desk, root, settle=0) as watch:
            with monkeypatch.context() as patched:
                patched.setattr(files, "os", failing)
                with suppress(OSError):
                    list(watch.drained())
            assert lying(root) == before
            list(watch.drained())
        assert lying(root) == before
        left = {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}
        assert {n for n in left if n.startswith(("in/", "work/", ".provenance/c"))} == set()
        assert {"done/sub/a.jpg.json", "refused/b.txt.html"} <= left
        assert len([n for n in left if n.startswith(("done/", "refused/"))]) == 6
        if failing.calls < number:
            break
    assert number > 15
    assert len(list(desk.archive.checks())) == 1
    assert desk.archive.verify_chain().whole
