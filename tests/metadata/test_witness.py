"""Every real file is read as an independent reader reads it; what differs is explained."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest

spec = importlib.util.spec_from_file_location("witness", Path(__file__).with_name("witness.py"))
assert spec is not None
assert spec.loader is not None
witness = importlib.util.module_from_spec(spec)
sys.modules["witness"] = witness
spec.loader.exec_module(witness)

EXPLAINED = {
    # docs/metadata.md has this table in words.
    "exifr/RESULT-OK_0008.jp2": "JPEG 2000 is not a format that is read",
    "exiftool/Jpeg2000.jp2": "JPEG 2000 is not a format that is read",
    "exiftool/Photoshop.psd": "Photoshop files are not read",
    "xmp_sdk/BlueSquare.psd": "Photoshop files are not read",
    "exifr/broken1.jpg": "the XMP is damaged; exiftool guesses on, we say unreadable",
}


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
def test_every_real_file_is_read_as_exiftool_reads_it(shared_data: Path) -> None:
    folder = shared_data / "metadata"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    theirs = witness.exiftool(files)
    compared, differing = 0, set()
    for path in files:
        told, read = witness.theirs(theirs[str(path)]), witness.ours(path.read_bytes())
        compared += len(told.keys() | read.keys())
        if told != read:
            differing.add(path.relative_to(folder).as_posix())
    assert len(files) >= 350
    assert compared >= 800
    assert differing == set(EXPLAINED)
