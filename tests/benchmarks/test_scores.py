"""Bounds, distractors, and reuses that are counted apart."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.gauntlet.accused import Accused, read_known
from benchmarks.gauntlet.collection import shared_out
from benchmarks.gauntlet.distractors import distractor
from benchmarks.gauntlet.scores import at_most
from provenance.models import Comparison, Proof, Relation

SAME = Comparison(Relation.SAME_PICTURE, Proof("pixels"), None, 1.0, 1.0)


@pytest.mark.parametrize(
    ("wrong", "asked", "bound"),
    [(0, 150, 0.01977), (0, 400, 0.00746), (1, 150, 0.03122), (5, 100, 0.10225), (3, 3, 1.0)],
)
def test_upper_bounds_are_those_of_clopper_and_pearson(wrong, asked, bound):
    assert at_most(wrong, asked) == pytest.approx(bound, abs=2e-5)


def test_a_known_reuse_is_listed_apart_and_never_counted_as_wrong(tmp_path, photos):
    table = tmp_path / "known.tsv"
    table.write_text("a.jpg\tb.jpg\tboth show the agency's mark\n", encoding="utf-8")
    accused = Accused(tmp_path, read_known(table))
    accused.take(photos[0], "a.jpg", photos[1], "b.jpg", SAME)
    accused.take(photos[0], "tilt 5 of a.jpg", photos[1], "b.jpg", SAME)
    accused.take(photos[0], "a.jpg", photos[2], "c.jpg", SAME)
    accused.take(photos[0], "tilt 5 of c.jpg", photos[1], "b.jpg", SAME)
    assert accused.count == 2
    assert [each["why"] for each in accused.reuses] == 2 * ["both show the agency's mark"]
    assert {path.name for path in tmp_path.glob("*.png")} == {
        *("known-001.png", "known-002.png", "wrong-001.png", "wrong-002.png")
    }


def test_distractors_hang_on_their_number_alone(photos):
    assert np.array_equal(distractor(7, photos, 1), distractor(7, photos, 1))
    assert not np.array_equal(distractor(7, photos, 1)[:300, :300], photos[0][:300, :300])
    assert distractor(8, photos, 1).dtype == np.uint8


def test_no_photograph_is_archived_and_a_stranger(tmp_path):
    for number in range(20):
        (tmp_path / f"{number}.jpg").touch()
    shared = shared_out(tmp_path, archived=50, strangers=6, seed=1)
    assert (len(shared.archived), len(shared.strangers), shared.spare) == (14, 6, [])
    assert not set(shared.archived) & set(shared.strangers)
