"""One connected difference between two aligned pictures, with what made it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from cv2.typing import MatLike

from provenance.verify.aligning.blocks import Flags
from provenance.verify.causes.cause import Cause

MOST_WIDER = 1.8
"""Times as large as the patch: at a lower bound it may run into everything around it."""


@dataclass(frozen=True, slots=True)
class Patch:
    """One connected difference: its mask in the frame, its share (0..1) of what is seen.

    ``cause`` is what an editor did, ``None`` for another moment; ``drawn`` whether the copy shows
    few tones there, or another photograph; ``strength`` (0..1) how clear the difference is;
    ``sharp`` whether it begins as steeply as letters do.
    """

    mask: Flags
    share: float
    cause: Cause | None
    drawn: bool = True
    strength: float = 1.0
    sharp: bool = False

    @property
    def made(self) -> bool:
        """Whether an editor made it."""
        return self.cause is not None


def at_lower_bound(mask: Flags, wider: MatLike) -> Flags:
    """A difference and what touches it at a lower bound (``wider``, by number, 0 is none)."""
    touching = np.zeros(int(wider.max()) + 1, np.bool_)
    touching[np.asarray(wider)[mask]] = True
    touching[0] = False
    around = np.asarray(mask | touching[np.asarray(wider)])
    return around if around.sum() <= MOST_WIDER * mask.sum() else mask
