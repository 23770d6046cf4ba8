"""Strangers are all asked, however few of them may be a tile of a collage."""

from __future__ import annotations

import numpy as np

from benchmarks.gauntlet.strangers import STRANGER_EDITS, with_edits


def test_every_stranger_is_asked_though_a_known_reuse_is_no_tile() -> None:
    random = np.random.default_rng(2)
    pictures = {f"{n}.jpg": random.integers(0, 256, (90, 120, 3), np.uint8) for n in range(6)}
    tiles = [rgb for name, rgb in pictures.items() if name != "3.jpg"]
    asked = [name for name, _ in with_edits(pictures, tiles, seed=5)]
    assert [name for name in asked if name in pictures] == list(pictures)
    assert len(asked) == len(pictures) + 2 * len(STRANGER_EDITS)
