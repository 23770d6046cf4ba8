"""Small pictures inside a file that differ from its own picture: earlier states of it, perhaps.

Most thumbnails equal their picture; they cost a small decoding and a PDQ, and are left at
that. One that differs is either what the picture was before somebody changed it, or was put
there by somebody. Where the pixels show that the picture was made from it, that is said.
Runs in the guarded worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.decode import decode, without_bars
from provenance.errors import Unreadable
from provenance.fingerprint import hamming, keypoints, pdq, raster
from provenance.models import Embedded, Pixels, Relation
from provenance.verify import ArchivedView, QueryView, prove

if TYPE_CHECKING:
    from provenance.metadata import SmallPicture

UNLIKE = 48
"""PDQ bits of 256 beyond which a small picture differs from its own. Of 91 thumbnails of EXIF and
Photoshop in real files, those that equal their picture lie at 4 to 38 (they are small and were
sharpened), those that do not at 64 to 128."""

MOST = 4
"""Small pictures that are compared and kept; the fullest of 350 sample files holds three that
differ from it."""


@dataclass(frozen=True, slots=True)
class SmallState:
    """One small picture that differs, decoded; fields as in ``models.EarlierState``."""

    origin: Embedded
    pixels: Pixels
    distance: int
    proved: bool
    title: str | None


def unlike_states(pixels: Pixels, small: Iterable[SmallPicture]) -> Iterator[SmallState]:
    """The small pictures that differ from the picture and from one another, at most four."""
    known: list[pdq.Orientations] = []
    for each in small:
        state = _decoded(each, pixels)
        if state is None or len(known) > MOST:
            continue
        known = known or [pdq.dihedral(pixels)]
        asked = pdq.compute(state)
        distances = [min(hamming(turned, asked.value) for turned in turns) for turns in known]
        if min(distances) > UNLIKE and (asked.quality or 0) >= pdq.QUALITY_GATE:
            known.append(pdq.dihedral(state))
            proved = _is_made_from(pixels, state)
            yield SmallState(each.origin, state, distances[0], proved, each.title)


def _decoded(small: SmallPicture, pixels: Pixels) -> Pixels | None:
    """Its pixels, without the bars that cameras put around a thumbnail of another shape."""
    try:
        state = decode(small.data)
    except Unreadable:
        return None
    return without_bars(state, pixels.width / pixels.height)


def _is_made_from(pixels: Pixels, state: Pixels) -> bool:
    """Whether the pixels show the same photograph in both."""
    features = keypoints.compute(state)
    archived = ArchivedView(state.width, state.height, features, raster.proof_raster(state))
    asked = QueryView(
        pixels.width,
        pixels.height,
        *keypoints.compute_query(pixels),
        raster.query_raster(pixels),
    )
    compared = prove(asked, archived)
    return compared is not None and compared.relation is Relation.SAME_PICTURE
