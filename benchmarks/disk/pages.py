"""Pages as browsers save them: an article with its picture, and one at its side."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.disk.planted import Pictures, Planted, days

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Report {number}</title>
<link rel="canonical" href="https://news.example.org/{day}/report-{number}">
<meta property="article:published_time" content="{day}T08:00:00Z"></head>
<body><article><h1>Report {number}</h1><p>{words}</p>
<figure><img src="./{files}/main.jpg" alt="A street"><figcaption>A street, {day}.</figcaption>
</figure><p>{words}</p></article>
<aside><h2>More news</h2><img src="./{files}/side.jpg" alt="Another report"></aside></body></html>
"""
WORDS = "The harbour was quiet in the morning, and nobody had seen anything of the night. " * 8


def fill(folder: Path, count: int, pictures: Pictures, dice: np.random.Generator) -> list[Planted]:
    """Two pictures a page; what no page dates better than by its own text is an indication."""
    calendar, planted = days(dice), []
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count // 2):
        day = "{:04d}-{:02d}-{:02d}".format(*next(calendar))
        name = f"Report {number}"
        page = PAGE.format(number=number, day=day, files=f"{name}_files", words=WORDS)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
        for which in ("main", "side"):
            path = pictures.save(folder / f"{name}_files" / f"{which}.jpg")
            planted.append(Planted(path, f"{day}T08:00:00Z", "page", "indication"))
    return planted


def sources(folder: Path) -> list[Path]:
    """What a person would name to ``add``: every page."""
    return sorted(folder.glob("*.html"))
