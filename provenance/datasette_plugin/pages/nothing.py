"""An address below our prefix that leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit


async def view(visit: Visit) -> Any:
    """Said in words: Datasette's own answer depends on what else is installed beside it."""
    from provenance.datasette_plugin.answering import refused

    return refused(visit, 404, "browser.refused.nothing")
