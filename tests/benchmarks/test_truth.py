"""What is called true of an edited copy: by hand, edit by edit."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.edits import TIERS, start
from benchmarks.gauntlet.kinds import KindTally
from benchmarks.gauntlet.scores import kept, overlap, placed
from benchmarks.gauntlet.truth import expected
from provenance.models import Alteration, AlterationKind, Comparison, Proof, Relation

EDITS = {name: edit for rows in TIERS.values() for name, edit in rows.items()}
TRUE = {
    "recompressed to quality 20": {"recompressed"},
    "320 px": {"resized"},
    "grey": {"recoloured"},
    "noise": set(),
    "enhanced": set(),
    "squashed square": {"resized"},
    "pixelated": {"blurred"},
    "mirrored": {"mirrored"},
    "quarter turn": {"rotated"},
    "crop to 80 %": {"cropped"},
    "watermark": {"overlaid"},
    "letterbox": {"bordered"},
    "blurred face": {"blurred"},
    "tilt 15": {"rotated", "cropped"},
    "stretched 1.4x": {"resized"},
    "picture in picture": {"overlaid"},
    "phone screenshot": {"inside_screenshot", "resized"},
    "phone screenshot, mirrored": {"inside_screenshot", "resized", "mirrored"},
    "four-tile collage, 400 px": {"inside_collage", "cropped", "resized"},
    "mirrored + crop 50 + banner": {"mirrored", "cropped", "overlaid"},
}


@pytest.mark.parametrize("name", list(TRUE))
def test_kinds_a_careful_eye_would_name(name, photos):
    edited = EDITS[name](start(photos[0]), np.random.default_rng(5), photos[1:])
    assert expected(edited)[0] == TRUE[name]


@pytest.mark.parametrize("name", list(EDITS))
def test_the_truth_of_every_edit_agrees_with_itself(name, photos):
    edited = EDITS[name](start(photos[0]), np.random.default_rng(5), photos[1:])
    sure, fair = expected(edited)
    assert not sure & fair
    assert sure | fair <= {str(kind) for kind in AlterationKind}
    region = tuple((float(x), float(y)) for x, y in placed(edited))
    found = Comparison(Relation.SAME_PICTURE, Proof("geometry"), region, kept(edited), 1.0)
    assert overlap(edited, found) == pytest.approx(1, abs=1e-3)
    assert 0.1 < kept(edited) <= 1


def test_what_is_fair_to_say_counts_neither_way(photos):
    edited = EDITS["tilt 15"](start(photos[0]), np.random.default_rng(5), photos[1:])
    said = ("rotated", "bordered", "blurred")
    changes = tuple(Alteration(AlterationKind(kind)) for kind in said)
    tally = KindTally()
    tally.take(edited, Comparison(Relation.SAME_PICTURE, Proof("pixels"), None, 1.0, 1.0, changes))
    assert tally.summary() == {
        "kinds_expected": 2,
        "kinds_named": 1,
        "kinds_left_out": {"cropped": 1},
        "kinds_amiss": {"blurred": 1},
    }
