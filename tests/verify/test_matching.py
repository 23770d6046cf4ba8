"""Pairs of keypoints that look alike, against OpenCV's own matcher."""

from __future__ import annotations

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from provenance.models import Keypoints
from provenance.verify.locating.matching import FARTHEST, pair

MATCHER = cv2.BFMatcher(cv2.NORM_HAMMING)


def keypoints(descriptors: NDArray[np.uint8]) -> Keypoints:
    """Each at a place of its own."""
    count = len(descriptors)
    places = np.column_stack([np.arange(count), np.zeros(count)]).astype(np.float32)
    return Keypoints("orb", places, np.ones(count), np.zeros(count), descriptors)


@given(st.integers(0, 2**32 - 1), st.integers(1, 90), st.integers(1, 90))
def test_the_pairs_are_those_of_the_brute_force_matcher(seed: int, many: int, others: int) -> None:
    random = np.random.default_rng(seed)
    archived = random.integers(0, 256, (many, 32), np.uint8)
    query = random.integers(0, 256, (others, 32), np.uint8)
    copied = random.integers(0, others, many // 2)
    archived[: len(copied)] = query[copied] ^ random.choice([0, 1, 3], (len(copied), 32))
    found = pair(keypoints(query), keypoints(archived))
    wanted = {
        (each.queryIdx, each.trainIdx, int(each.distance))
        for each in MATCHER.match(archived, query)
        if each.distance <= FARTHEST
    }
    told = zip(found.archived[:, 0], found.query[:, 0], found.distance, strict=True)
    assert {(int(a), int(q), int(d)) for a, q, d in told} == wanted


def test_the_opposite_of_a_descriptor_is_the_farthest_from_it() -> None:
    one = np.full((1, 32), 0b10110010, np.uint8)
    assert len(pair(keypoints(~one), keypoints(one))) == 0
    assert pair(keypoints(np.concatenate([~one, one])), keypoints(one)).query[0, 0] == 1


def test_of_two_as_near_the_first_is_taken() -> None:
    one = np.arange(32, dtype=np.uint8)[None]
    assert pair(keypoints(np.repeat(one, 3, axis=0)), keypoints(one)).query[0, 0] == 0


def test_without_keypoints_there_are_no_pairs() -> None:
    none, one = np.zeros((0, 32), np.uint8), np.zeros((1, 32), np.uint8)
    assert len(pair(keypoints(none), keypoints(one))) == 0
    assert len(pair(keypoints(one), keypoints(none))) == 0
