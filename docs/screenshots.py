"""Draws a demonstration archive and photographs its pages: ``python docs/screenshots.py``.

Needs Playwright (the ``test`` extra) and Chromium. ``--whole FOLDER`` also photographs every page
to its end, light and dark, in all languages, for looking at rather than for showing.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from provenance import Claim, Decision, NewReview, read_date
from provenance.demo import alteration, run, story
from provenance.demo.drawing import draw
from provenance.desk import Desk
from provenance.sources import Stated
from provenance.wording import LANGUAGES

SHOWN: Final = Path(__file__).parent / "screenshots"
QUALITY: Final = 74
WIDTHS: Final = {390: 844, 1280: 860}
"""Width of the window and its height: a telephone, a desk."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One page: its name, its address, the pictures that are revealed, what is done first."""

    name: str
    path: str
    reveal: Sequence[int] = ()
    mode: str = ""
    whole: bool = False


SHOTS: Final = (
    Shot("contact-sheet", "", reveal=(0, 2, 3)),
    Shot("picture", "pictures/2", reveal=(0,)),
    Shot("check", "checks/1", reveal=(0, 1)),
    Shot("comparison", "checks/1/compare/1?lines=1", reveal=range(4), mode="wipe", whole=True),
    Shot("coverage", "coverage"),
)
OTHERS: Final = (
    Shot("veiled", "checks/2"),
    Shot("form", "check"),
    Shot("checks", "checks", reveal=(0, 1)),
    Shot("collage", "checks/4", reveal=range(3)),
    Shot("tile", "checks/4/compare/6?lines=1", reveal=range(4)),
    Shot("mirrored", "checks/2", reveal=(0, 1)),
    Shot("not-found", "checks/3", reveal=(0,)),
    Shot("near", "pictures/2/near"),
)

MORE: Final = (
    (121, "drone", "2012-08", story.ARCHIVE, "Staub über den Feldern nach der Ernte", "Brennau"),
    (122, "street", "11 May 2013", story.OUTLET, "Rohrbruch in der Bahnhofstraße", "Talhof"),
    (123, "harbour", "2015", story.ARCHIVE, "Kräne im Abendlicht", "Altenhaven"),
    (124, "camp", "2016-09-02", story.AGENCY, "Übung der Feuerwehr", "Hochebene von Sandau"),
    (125, "night", "Dezember 2017", story.OUTLET, "Blick über die Dächer", "Neuwerk"),
    (126, "roofs", "2018-06-30", story.AGENCY, "Dachstuhlbrand am Markt", "Neuwerk"),
    (127, "hills", "2019-08-17", story.AGENCY, "Rauch über dem Höhenzug", "Brennau"),
    (128, "street", "2021-03-09", story.OUTLET, "Gesperrte Kreuzung", "Talhof"),
    (129, "drone", "about 2016", story.ARCHIVE, "Ein Dorf von oben", "Brennau"),
)
"""More drawings for the archive: seed, scene, date, source, caption, place."""

SEEN: Final = NewReview(Decision.CONFIRMED, "the same containers, the same smoke", picture=1)
COLLAGE: Final = Claim(text="Two views of one night", date=read_date("23 October 2023").date)

AGAIN: Final = (
    ("archive/roofs-fire.jpg", "12 June 2020", story.AGENCY, "https://nordlicht.example/2020/06"),
    ("archive/roofs-fire.jpg", "2022", story.OUTLET, "https://rundblick.example/2022/rueckblick"),
)
"""Further sightings of a picture that the story has: path, date, source, address."""


def main() -> None:
    """Draw, serve, photograph."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--whole", type=Path, metavar="FOLDER")
    parser.add_argument("--lang", choices=LANGUAGES, nargs="*", default=LANGUAGES)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        address = _serve_below(Path(folder))
        with address as here, _chromium(started) as browser:
            if asked.whole:
                _photograph_all(browser, here, asked.whole, asked.lang)
            else:
                _photograph(browser, here)


def _photograph(browser: Browser, here: str) -> None:
    """The pages that the documentation shows."""
    SHOWN.mkdir(exist_ok=True)
    for lang in ("en", "ar"):
        for width in WIDTHS:
            for shot in SHOTS:
                with _page(browser, here, shot, lang, width) as page:
                    shown = page.screenshot(full_page=shot.whole)
                    _keep(shown, SHOWN / f"{shot.name}-{width}{_suffix(lang)}.webp")


def _photograph_all(browser: Browser, here: str, folder: Path, langs: Sequence[str]) -> None:
    """Every page to its end."""
    folder.mkdir(parents=True, exist_ok=True)
    for lang in langs:
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                for shot in (*SHOTS, *OTHERS):
                    with _page(browser, here, shot, lang, width, scheme) as page:
                        name = f"{shot.name}-{width}-{lang}-{scheme}.png"
                        page.screenshot(path=folder / name, full_page=True)


def _suffix(lang: str) -> str:
    return "" if lang == "en" else f"-{lang}"


@contextmanager
def _page(
    browser: Browser, here: str, shot: Shot, lang: str, width: int, scheme: str = "light"
) -> Iterator[Page]:
    """A page of the archive, its pictures revealed as the shot says."""
    size: Any = {"width": width, "height": WIDTHS[width]}
    colours: Any = scheme
    page = browser.new_page(viewport=size, color_scheme=colours, device_scale_factor=1)
    asked = "&" if "?" in shot.path else "?"
    page.goto(f"{here}{shot.path}{asked}lang={lang}", wait_until="load")
    for number in shot.reveal:
        page.locator(".switch").nth(number).click()
    if shot.mode:
        page.check(f"input[value={shot.mode}]")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(150)
    yield page
    page.close()


def _keep(png: bytes, path: Path) -> None:
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").save(path, quality=QUALITY, method=6)
    sys.stdout.write(f"{path.name} {path.stat().st_size // 1024} KiB\n")


# ------------------------------------------------------------------------ what is shown


@contextmanager
def _serve_below(folder: Path) -> Iterator[str]:
    """The address of a server over an archive that is drawn in this folder."""
    archive = _drawn(folder)
    command = [sys.executable, "-m", "provenance", "serve", "--port", "0", "-a", str(archive)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)  # noqa: S603
    try:
        assert process.stderr
        yield re.findall(r"http://\S+/-/provenance/", process.stderr.readline())[0]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _drawn(folder: Path) -> Path:
    """The story with its three checks, and more pictures and sightings around it."""
    archive = folder / run.ARCHIVE
    run.run(folder, out=io.StringIO(), archive=archive, actor="anna")
    collection = story.COLLECTION
    with Desk(archive, actor="anna") as desk:
        for seed, scene, date, source, caption, place in MORE:
            path = folder / "archive" / f"{scene}-{seed}.jpg"
            path.write_bytes(alteration.jpeg(draw(seed, scene, story.SIZE)))
            stated = Stated(
                date=date, source=source, caption=caption, place=place, collection=collection
            )
            list(desk.add([path], stated))
        for name, date, source, url in AGAIN:
            stated = Stated(date=date, source=source, url=url, collection=collection)
            list(desk.add([folder / name], stated))
        desk.review(1, SEEN)
        list(desk.check([_collage(folder)], COLLAGE))
    return archive


def _collage(folder: Path) -> Path:
    """Two archived pictures below each other."""
    tiles = [Image.open(folder / "archive" / name) for name in ("camp-105.jpg", "drone-121.jpg")]
    path = folder / "collage.jpg"
    path.write_bytes(alteration.jpeg(np.vstack([tile.convert("RGB") for tile in tiles]), 85))
    return path


@contextmanager
def _chromium(started: Any) -> Iterator[Browser]:
    browser = started.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--hide-scrollbars"]
    )
    yield browser
    browser.close()


if __name__ == "__main__":
    main()
