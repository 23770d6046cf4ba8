"""The expected number of wrong matches: where it is said, its order, its ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from provenance.models import Proof, Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.differing.differences import Differences
from provenance.verify.judging import false_alarms
from provenance.verify.judging.false_alarms import COUNTED_IN, PIXELS, POINTS, Tail, in_archive

Rgb = NDArray[np.uint8]
TAILS = pytest.mark.parametrize("tail", [PIXELS, POINTS])
scores = st.floats(0, 500)


def grids(agreeing: int, untouched: int, fine: float = 1.0) -> Differences:
    """Sixty compared blocks, so many untouched, so many of these agree."""
    numbers = np.arange(60).reshape(6, 10)
    return Differences(
        numbers < agreeing, numbers < untouched, np.ones((6, 10), np.bool_), fine=fine
    )


# -------------------------------------------------------------------------- the tails


@TAILS
@given(one=scores, other=scores)
def test_a_better_score_never_means_more_false_alarms(tail: Tail, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert tail.expected(high) <= tail.expected(low)


@TAILS
@given(score=scores)
def test_never_nothing_and_never_more_than_there_are_candidates(tail: Tail, score: float) -> None:
    assert 0 < tail.least <= tail.expected(score) <= tail.most


@TAILS
def test_beyond_what_was_counted_nothing_is_claimed(tail: Tail) -> None:
    assert tail.expected(1e6) == tail.least


# -------------------------------------------------------------------------- the score


def test_blocks_that_agree_speak_for_it_and_others_against() -> None:
    assert false_alarms.score(grids(40, 50)) == 30
    assert false_alarms.score(grids(40, 50, fine=0.5)) == 15
    assert false_alarms.score(grids(10, 50)) == 0


def test_what_agrees_more_than_wholly_counts_as_wholly() -> None:
    assert false_alarms.score(grids(50, 50, fine=1.3)) == 50
    assert false_alarms.score(grids(50, 50, fine=-0.2)) == 0


def test_nothing_is_said_of_pages() -> None:
    assert false_alarms.of_pixels(grids(60, 60)) == PIXELS.least
    assert false_alarms.of_pixels(replace(grids(60, 60), page=True)) is None


# ------------------------------------------------------------------------- the archive


@given(pictures=st.integers(0, 10**6), more=st.integers(0, 10**6))
def test_more_pictures_mean_more_false_alarms_and_fewer_not_less(pictures: int, more: int) -> None:
    proof = Proof("geometry", inliers=9, pixels_compared=True, false_alarms=0.01)
    fewer, grown = (in_archive(proof, n).false_alarms for n in (pictures, pictures + more))
    assert fewer is not None
    assert grown is not None
    assert 0.01 <= fewer <= grown


def test_in_proportion_to_the_pictures() -> None:
    proof = Proof("geometry", false_alarms=0.01)
    assert in_archive(proof, 10 * COUNTED_IN).false_alarms == 0.1
    assert in_archive(proof, 1).false_alarms == 0.01


@pytest.mark.parametrize("method", ["sha256", "hash"])
def test_what_was_not_counted_stays_unsaid(method: str) -> None:
    assert in_archive(Proof(method, distance=3), 10**6).false_alarms is None


# --------------------------------------------------------------------------- the proof


def test_a_copy_says_the_least_that_can_be_said(
    photo: Rgb, archived: ArchivedView, query_view: Callable[..., QueryView]
) -> None:
    found = prove(query_view(photo), archived)
    assert found is not None
    assert found.proof.false_alarms == PIXELS.least


def test_a_copy_without_pixels_too(
    photo: Rgb,
    archive_view: Callable[..., ArchivedView],
    query_view: Callable[..., QueryView],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("provenance.verify.judging.judgement.STRICT_INLIERS", 100)
    found = prove(query_view(photo), archive_view(photo, pixels_kept=False))
    assert found is not None
    assert found.relation is Relation.SAME_PICTURE
    assert found.proof.false_alarms == POINTS.least


def test_a_similar_scene_says_nothing(
    photo: Rgb,
    draw: Callable[..., Rgb],
    archived: ArchivedView,
    query_view: Callable[..., QueryView],
) -> None:
    other = photo.copy()
    other[:, 200:] = cv2.resize(draw(30), (480, 360))[:, 200:]
    found = prove(query_view(other), archived)
    assert found is not None
    assert found.relation is Relation.SIMILAR_SCENE
    assert found.proof.false_alarms is None
