"""Every route of ours, a line a page module; a new page is added here and nowhere else."""

from __future__ import annotations

from typing import Final

from provenance.datasette_plugin.pages import (
    checking,
    checks,
    comparison,
    coverage,
    front,
    images,
    lookup,
    naming,
    nothing,
    openapi,
    picture,
    reviewing,
    signing,
    statics,
)
from provenance.datasette_plugin.route import Route

ROUTES: Final[tuple[Route, ...]] = (
    *front.ROUTES,
    *coverage.ROUTES,
    *picture.ROUTES,
    *checking.ROUTES,
    *checks.ROUTES,
    *comparison.ROUTES,
    *reviewing.ROUTES,
    *naming.ROUTES,
    *signing.ROUTES,
    *lookup.ROUTES,
    *openapi.ROUTES,
    *images.ROUTES,
    *statics.ROUTES,
)

NOTHING: Final = Route("(?:/.*)?", nothing.view, twin=False)
"""Everything else below our prefix."""

NAVIGATION: Final = (
    ("browser.nav.pictures", ""),
    ("browser.nav.check", "check"),
    ("browser.nav.checks", "checks"),
    ("sheet.reach.nav", "coverage"),
)
"""The pages in the head of every page: key of the words, path below the prefix."""
