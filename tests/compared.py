"""What two pictures differ by, as far as keypoints lay them over each other."""

from __future__ import annotations

from provenance.verify import ArchivedView, QueryView
from provenance.verify.aligning.alignment import align
from provenance.verify.aligning.frames import Frames
from provenance.verify.differing.differences import Differences, differences
from provenance.verify.locating.location import by_keypoints
from provenance.verify.views import EVERYTHING


def found(query: QueryView, picture: ArchivedView) -> Differences:
    """The differences; both must have keypoints in common."""
    located = by_keypoints(query, picture, EVERYTHING)
    assert located is not None
    laid = align(Frames.of(query, picture), located.matrix)
    assert laid is not None
    return differences(laid)
