"""The pages about exports and downloads show what the real command prints."""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from .exports import NOT_INCLUDED, SHEET, chat, medium, message, metadata, photo, write_json

DOCS = Path(__file__).resolve().parents[2] / "docs" / "sources"
SHOWN = re.compile(r"```console\n(.*?)```", re.DOTALL)
PDQ = "f" * 61
SHA = "ab" * 32


def picture(path: Path, seed: int) -> None:
    """A picture with plenty of detail."""
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(seed).integers(0, 256, (30, 40, 3), dtype=np.uint8)
    Image.fromarray(noise).resize((320, 240)).save(path)


def telegram(folder: Path) -> None:
    export = folder / "ChatExport_2023-11-01"
    known = {"forwarded_from": "Other Channel", "forwarded_from_id": "channel99"}
    said = [
        message(41, photo=photo(41), text="Smoke over the port", **known),
        message(42, photo=NOT_INCLUDED),
    ]
    picture(export / photo(41), 1)
    write_json(export, chat(said))


def whatsapp(folder: Path) -> None:
    export = folder / "WhatsApp Chat - Harbour group"
    picture(export / "00000002-PHOTO-2023-10-23-15-45-12.jpg", 2)
    picture(export / "00000003-PHOTO-2023-04-03-09-00-00.jpg", 3)
    lines = (
        "[03/04/2023, 09:00:00] Erika: <attached: 00000003-PHOTO-2023-04-03-09-00-00.jpg>",
        "[23/10/2023, 15:45:12] Erika: Smoke <attached: 00000002-PHOTO-2023-10-23-15-45-12.jpg>",
    )
    (export / "_chat.txt").write_text("\r\n".join(lines) + "\r\n", "utf-8", newline="")


def auto_archiver(folder: Path) -> None:
    row = f'https://t.me/example/55,ok,,,2023-10-24T08:00:00,,2023-10-23T14:00:00,,,,,"{PDQ}",,'
    failed = "https://t.me/example/56,Archive failed,,,,,,,,,,,,"
    (folder / "sheet.csv").write_text(f"{SHEET}\n{row}\n{failed}\n", "utf-8")
    said = metadata(medium("a.jpg", hash=f"SHA-256:{SHA}", pdq_hash=PDQ))
    (folder / "metadata.json").write_text(json.dumps(said), "utf-8")


def check(folder: Path) -> None:
    header = "Claim,Item page URL,Status,Created by,Submitted at,Social Media Posted at,path"
    item = "https://checkmedia.org/desk/media/7,Unstarted,E,2023-10-24 08:00:00,2023-10-23 14:00:00"
    rows = (f"A port burns,{item},saved/7.jpg", f"Another,{item.replace('/7', '/8')},")
    (folder / "check.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    picture(folder / "saved/7.jpg", 4)


def downloads(folder: Path) -> None:
    picture(folder / "downloads/smoke.jpg", 5)
    lines = ("[ZoneTransfer]", "ZoneId=3", "ReferrerUrl=https://news.example/story")
    mark = "\r\n".join([*lines, "HostUrl=https://cdn.example/smoke.jpg", ""])
    (folder / "downloads/smoke.jpg:Zone.Identifier").write_text(mark)


@pytest.mark.parametrize(
    ("page", "write"),
    [
        ("telegram", telegram),
        ("whatsapp", whatsapp),
        ("auto-archiver", auto_archiver),
        ("check", check),
        ("downloads", downloads),
    ],
)
def test_a_page_prints_what_it_says(tmp_path, page, write):
    write(tmp_path)
    (block,) = SHOWN.findall((DOCS / f"{page}.md").read_text("utf-8"))
    checker = doctest.OutputChecker()
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = piece.partition("\n")
        printed = run(command, tmp_path)
        assert checker.check_output(expected, printed, flags), f"$ {command}\n{printed}"


def run(command: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=folder,
        env={**os.environ, "PROVENANCE_ARCHIVE": "archive.db", "COLUMNS": "80"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout + done.stderr
