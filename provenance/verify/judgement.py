"""The same photograph, or another one of the same scene? What the aligned pictures say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from provenance.models import Relation
from provenance.verify.alignment import Laid
from provenance.verify.location import Location

AGREES = 0.8
LEAST_BLOCKS = 5
LEAST_AGREEMENT = 0.6
SCENE_INLIERS = 15
STRICT_INLIERS = 60


@dataclass(frozen=True, slots=True)
class Judgement:
    """The relation, and the share (0..1) of the compared blocks that agree."""

    relation: Relation
    agreement: float


def by_pixels(located: Location, laid: Laid) -> Judgement | None:
    """What the aligned pixels prove, or ``None``."""
    blocks = laid.blocks
    compared = blocks.compared
    agreeing = int((blocks.correlation[compared] > AGREES).sum())
    if not compared.any():
        return None
    agreement = agreeing / int(compared.sum())
    if agreeing >= LEAST_BLOCKS and agreement >= LEAST_AGREEMENT:
        return Judgement(Relation.SAME_PICTURE, float(agreement))
    if located.inliers >= SCENE_INLIERS:
        return Judgement(Relation.SIMILAR_SCENE, float(agreement))
    return None


def by_geometry(located: Location) -> Relation | None:
    """What keypoints alone may say, where no raster is left."""
    if located.inliers >= STRICT_INLIERS:
        return Relation.SAME_PICTURE
    return Relation.SIMILAR_SCENE if located.inliers >= SCENE_INLIERS else None
