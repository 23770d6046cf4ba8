"""The rule of voting, by hand."""

import numpy as np

from provenance.index import voting
from provenance.index.voting import WHOLE_VOTE, Pairs


def voted(asked, pairs):
    """Votes of (point, picture, angle, size) beside the poses of the query."""
    points, pictures, *poses = np.array(pairs).T
    found = Pairs(points, pictures, np.column_stack(poses).astype(np.uint8))
    votes = voting.count(np.array(asked, np.uint8), found)
    told = zip(votes.counts.tolist(), votes.scores.tolist(), strict=True)
    return dict(zip(votes.pictures.tolist(), told, strict=True))


def test_points_that_were_turned_and_scaled_alike_count_together():
    asked = [(10, 100), (80, 120), (200, 90)]
    alike = [(i, 7, (turn + 64) % 256, size - 24) for i, (turn, size) in enumerate(asked)]
    assert voted(asked, alike) == {7: (3, 3 * WHOLE_VOTE)}


def test_points_that_were_turned_otherwise_do_not():
    asked = [(10, 100), (10, 100), (10, 100)]
    assert voted(asked, [(0, 7, 10, 100), (1, 7, 74, 100), (2, 7, 138, 100)])[7] == (1, WHOLE_VOTE)


def test_points_of_another_scale_do_not():
    asked = [(10, 100), (10, 100)]
    assert voted(asked, [(0, 7, 10, 100), (1, 7, 10, 140)])[7] == (1, WHOLE_VOTE)


def test_what_angles_and_sizes_differ_by_in_copies_is_forgiven():
    asked = [(0, 100)] * 4
    pairs = [(0, 7, 0, 100), (1, 7, 20, 100), (2, 7, 0, 111), (3, 7, 20, 111)]
    assert voted(asked, pairs)[7] == (4, 4 * WHOLE_VOTE)


def test_a_turn_has_no_beginning():
    assert voted([(0, 9), (0, 9)], [(0, 7, 8, 9), (1, 7, 248, 9)])[7] == (2, 2 * WHOLE_VOTE)


def test_a_point_votes_once_and_shares_its_vote():
    pairs = [(0, 7, 0, 9), (0, 7, 0, 9), (0, 7, 3, 9), (0, 8, 128, 9)]
    assert voted([(0, 9)], pairs) == {7: (1, WHOLE_VOTE // 2), 8: (1, WHOLE_VOTE // 2)}


def test_the_order_of_pairs_changes_nothing():
    random = np.random.default_rng(3)
    asked = random.integers(0, 256, (50, 2))
    pairs = random.integers(0, 50, (400, 4))
    assert voted(asked, pairs) == voted(asked, random.permutation(pairs))
