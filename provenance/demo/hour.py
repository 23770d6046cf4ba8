"""The light of an hour: where the sun stands and what colour everything takes from it."""

# ruff: noqa: PLR2004
# A drawing is made of numbers; naming each would hide the picture.

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from provenance.demo.world import Colour


@dataclass(frozen=True, slots=True)
class Hour:
    """The light of an hour: where the sun stands and the colours of sun, sky and haze.

    ``azimuth`` and ``altitude`` in radians; ``haze`` metres until two thirds of what is
    seen is air; ``cloud`` 0..1; ``lit`` the share of windows and lamps that burn.
    """

    azimuth: float
    altitude: float
    sun: Colour
    ambient: Colour
    zenith: Colour
    horizon: Colour
    haze: float
    cloud: float
    lit: float

    @property
    def is_dark(self) -> bool:
        """Whether lamps burn in the streets."""
        return self.lit > 0.1


def any_day(rng: np.random.Generator, yaw: float) -> Hour:
    """Sun more often than not."""
    return dull(rng, yaw) if rng.random() < 0.3 else day(rng, yaw)


def day(rng: np.random.Generator, yaw: float) -> Hour:
    """Sun, high or low, with more or less cloud."""
    low = rng.random() < 0.45
    altitude = rng.uniform(0.16, 0.35) if low else rng.uniform(0.5, 1.05)
    warm = 0.55 if low else 0.12
    cloud = rng.uniform(0.15, 0.75)
    return Hour(
        azimuth=yaw + rng.choice([-1, 1]) * rng.uniform(0.7, 2.5),
        altitude=float(altitude),
        sun=mix((2.0, 1.95, 1.85), (2.3, 1.6, 0.95), warm),
        ambient=mix((0.44, 0.51, 0.64), (0.36, 0.38, 0.47), warm),
        zenith=mix((0.22, 0.40, 0.72), (0.30, 0.42, 0.62), rng.random()),
        horizon=mix((0.72, 0.78, 0.84), (0.95, 0.76, 0.55), warm),
        haze=float(rng.uniform(500, 1800)),
        cloud=float(cloud),
        lit=0.0,
    )


def dull(rng: np.random.Generator, yaw: float) -> Hour:
    """A closed sky and hardly any shadow."""
    tone = rng.uniform(0.6, 0.85)
    return Hour(
        azimuth=yaw + rng.uniform(-2.5, 2.5),
        altitude=0.9,
        sun=(0.5, 0.5, 0.5),
        ambient=(0.95, 0.98, 1.02),
        zenith=(0.55 * tone, 0.60 * tone, 0.68 * tone),
        horizon=(0.86 * tone, 0.88 * tone, 0.90 * tone),
        haze=float(rng.uniform(300, 900)),
        cloud=0.85,
        lit=0.05,
    )


def night(rng: np.random.Generator, yaw: float) -> Hour:
    """Between dusk and dark, windows and lamps lit."""
    dusk = rng.random()
    return Hour(
        azimuth=yaw + rng.uniform(0.8, 2.4),
        altitude=0.7,
        sun=(0.035, 0.045, 0.07),
        ambient=(0.035 + 0.05 * dusk, 0.045 + 0.06 * dusk, 0.075 + 0.1 * dusk),
        zenith=(0.008 + 0.02 * dusk, 0.014 + 0.04 * dusk, 0.035 + 0.09 * dusk),
        horizon=(0.05 + 0.10 * dusk, 0.05 + 0.07 * dusk, 0.07 + 0.08 * dusk),
        haze=float(rng.uniform(400, 900)),
        cloud=float(rng.uniform(0.2, 0.6)),
        lit=float(rng.uniform(0.18, 0.42)),
    )


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """A share of the other colour in the one."""
    red, green, blue = (a * (1 - share) + b * share for a, b in zip(one, other, strict=True))
    return (red, green, blue)
