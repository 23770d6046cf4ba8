"""An archive of four drawn pictures, and three checks: all four as tiles, one framed, one whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from provenance import Claim, Desk
from provenance.demo.alteration import border, jpeg
from provenance.demo.drawing import draw

SIZE = (480, 320)
TILES = ((51, "camp"), (52, "drone"), (53, "street"), (54, "harbour"))
COLLAGE, FRAMED, WHOLE = 1, 2, 3
"""The checks, by number."""


def collaged(folder: Path) -> Path:
    """The folder, with ``archive.db`` in it."""
    tiles = [draw(seed, scene, SIZE) for seed, scene in TILES]
    (folder / "archive").mkdir()
    for (_, scene), tile in zip(TILES, tiles, strict=True):
        (folder / "archive" / f"{scene}.jpg").write_bytes(jpeg(tile))
    rows = [np.hstack(tiles[:2]), np.hstack(tiles[2:])]
    asked = {
        "collage.jpg": np.vstack(rows),
        "framed.jpg": border(tiles[0], 0.12, (250, 250, 250)),
        "whole.jpg": tiles[0],
    }
    with Desk(folder / "archive.db", create=True, actor="Adler") as desk:
        list(desk.add([folder / "archive"]))
        for name, picture in asked.items():
            (folder / name).write_bytes(jpeg(picture, 80))
            list(desk.check([folder / name], Claim()))
    return folder
