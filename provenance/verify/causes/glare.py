"""Glare: a lamp or a window that a screen or a glazed print reflects into its photograph.

It adds light, softly, and nowhere takes any away. A flash in the picture itself does so, too:
asked only where the query is known to show the archived picture on something that reflects.
"""

from __future__ import annotations

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.residual import Residual
from provenance.verify.causes.steepness import steepness

SOFT = 0.12
"""Steepness at the outline, as a share of the height, a pixel: of three glares 0.046 to 0.058,
letters 0.17 upwards."""

LIGHTER = 0.75
"""Share of it that is lighter: it is taken together with what the tone curve leaves beside it (0.78
of one glare, 1 of two)."""

BURNT, MOST_BURNT = 250.0, 0.1
"""Grey value from which on light is cut off, and the share of a glare that may be. A choice: what
is white in its middle may be a flash in the picture that the screen shows."""


def is_glare(left: Residual, mask: Flags) -> bool:
    """Whether a difference (h, w) is light laid softly over what was there."""
    values = left.values[mask]
    lighter = float((values > 0).mean()) >= LIGHTER
    burnt = float((left.query[mask] > BURNT).mean())
    return lighter and burnt <= MOST_BURNT and steepness(left, mask) < SOFT
