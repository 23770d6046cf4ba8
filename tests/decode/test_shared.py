"""Real files that nobody here made: each ends in one typed outcome."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from provenance.errors import Unreadable, UnreadableReason
from provenance.guard import Guard

hostile = importlib.import_module("benchmarks.hostile")


def outcomes(folder: Path) -> dict[Path, str]:
    paths = hostile.files(folder)
    with Guard(hostile.decoded, workers=2) as guard:
        answers = list(guard.map((path, path) for path in paths))
    assert [answer.key for answer in answers] == paths
    assert all(answer.sha256 for answer in answers)
    return {
        answer.key: str(answer.result.reason)
        if isinstance(answer.result, Unreadable)
        else "decoded"
        for answer in answers
    }


def test_every_hostile_file_ends_in_one_outcome(shared_data: Path) -> None:
    told = outcomes(shared_data / "hostile")
    assert set(told.values()) <= {*UnreadableReason, "decoded"}
    assert UnreadableReason.WORKER_DIED not in told.values()


@pytest.mark.parametrize(
    "folder", ["immich", "piexif", "c2pa_testfiles", "heic_samples", "libavif", "pillow_heif"]
)
def test_pictures_of_real_cameras_and_tools_are_read(shared_data: Path, folder: str) -> None:
    told = outcomes(shared_data / "metadata" / folder)
    assert told
    assert set(told.values()) == {"decoded"}
