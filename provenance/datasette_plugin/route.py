"""One route: where it is, who may, what answers, what it is called in the API description."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from provenance.datasette_plugin.permissions import VIEW

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit

Record = dict[str, Any]
PREFIX: Final = "/-/provenance"


@dataclass(frozen=True, slots=True)
class Page:
    """What a view answers: a template with its data, and its twin as JSON.

    ``record`` is what ``.json`` answers; the page is rendered from ``data`` in which the record
    stands as ``record`` already.
    """

    template: str
    record: Any
    data: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


View = Callable[["Visit"], Awaitable[Any]]
"""Answers a :class:`Page` or a Datasette ``Response``."""


@dataclass(frozen=True, slots=True)
class Route:
    """A route below :data:`PREFIX`.

    ``pattern`` is a regular expression whose named groups are in ``visit.values``. A ``GET``
    route has a twin ending in ``.json`` unless ``twin`` is off. ``permission`` is ``None`` where
    everybody may, also who sees nothing else. ``summary`` is its line in the
    API description, in English, as all of that is.
    """

    pattern: str
    view: View
    permission: str | None = VIEW
    methods: tuple[str, ...] = ("GET",)
    twin: bool = True
    summary: str = ""

    @property
    def regex(self) -> str:
        """The whole path as Datasette's router takes it."""
        twin = r"(?P<twin>\.json)?" if self.twin else ""
        return f"^{PREFIX}{self.pattern}{twin}$"
