"""A watch folder over a real archive of drawn pictures; nothing is mocked."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from provenance.demo import alteration
from provenance.demo.drawing import draw
from provenance.demo.story import SIZE
from provenance.desk import Desk
from provenance.models import Claim
from provenance.sources import Stated
from provenance.watching import Watch

Drain = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """An archived picture, its mirrored copy, a stranger, and what is no picture."""
    known, other = draw(102, size=SIZE), draw(110, size=SIZE)
    return {
        "known": alteration.jpeg(known),
        "mirrored": alteration.jpeg(alteration.mirror(known)),
        "stranger": alteration.jpeg(other),
        "text": b"no picture\n",
    }


@pytest.fixture(scope="session")
def prepared(pictures: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "known.jpg").write_bytes(pictures["known"])
    with Desk(folder / "archive.db", create=True) as desk:
        list(desk.add([folder / "known.jpg"], Stated(date="2019", source="agency")))
    return folder / "archive.db"


@pytest.fixture
def desk(prepared: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copy(prepared, tmp_path / "archive.db")
    with Desk(tmp_path / "archive.db") as opened:
        yield opened


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "drop" / "in").mkdir(parents=True)
    return tmp_path / "drop"


@pytest.fixture
def told() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def drain(desk: Desk, root: Path, told: list[tuple[str, str]]) -> Drain:
    def drained(claim: Claim | None = None) -> list[dict[str, Any]]:
        def tell(key: str, name: str) -> None:
            told.append((key, name))

        with Watch(desk, root, claim=claim, settle=0.05, tell=tell) as watch:
            return [answer.record for answer in watch.drained()]

    return drained
