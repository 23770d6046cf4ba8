"""What records are made from beyond the models: shapes that other rooms fill.

A room knows no other room, so what the archive and the findings give is described here by
what is read of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from provenance.models import NewSighting, Sighting, Strength


class Event(Protocol):
    """One line of the archive's log; ``details`` is ``None`` once erased."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def at(self) -> datetime: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def sighting(self) -> int | None: ...  # noqa: D102
    @property
    def collection(self) -> int | None: ...  # noqa: D102
    @property
    def check(self) -> int | None: ...  # noqa: D102
    @property
    def details(self) -> Mapping[str, Any] | None: ...  # noqa: D102


class Rejudged(Protocol):
    """A check that was judged anew: its findings before and after, as records."""

    @property
    def check(self) -> int: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def changed(self) -> bool: ...  # noqa: D102
    @property
    def before(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def after(self) -> Mapping[str, Any]: ...  # noqa: D102


class Revoked(Protocol):
    """A collection taken back: how much of it no longer counts, which checks it touches."""

    @property
    def collection(self) -> str: ...  # noqa: D102
    @property
    def pictures(self) -> int: ...  # noqa: D102
    @property
    def sightings(self) -> int: ...  # noqa: D102
    @property
    def checks(self) -> Sequence[int]: ...  # noqa: D102
    @property
    def rejudged(self) -> Sequence[Rejudged]: ...  # noqa: D102


class Forgotten(Protocol):
    """A picture erased: the tombstone, and what proves which file it was."""

    @property
    def picture(self) -> int: ...  # noqa: D102
    @property
    def commitment(self) -> str | None: ...  # noqa: D102
    @property
    def receipt(self) -> str | None: ...  # noqa: D102
    @property
    def checks(self) -> Sequence[int]: ...  # noqa: D102
    @property
    def clean(self) -> bool: ...  # noqa: D102


class ForgottenCheck(Protocol):
    """A check erased; ``others`` are checks that still hold the same file."""

    @property
    def check(self) -> int: ...  # noqa: D102
    @property
    def commitment(self) -> str | None: ...  # noqa: D102
    @property
    def receipt(self) -> str | None: ...  # noqa: D102
    @property
    def others(self) -> Sequence[int]: ...  # noqa: D102
    @property
    def clean(self) -> bool: ...  # noqa: D102


class Weigh(Protocol):
    """How far a sighting's date carries, given whether only hashes were compared."""

    def __call__(self, sighting: Sighting, *, by_hash_alone: bool) -> Strength:
        """The strength of one sighting."""
        ...


class WeighNew(Protocol):
    """How far the date of a sighting carries that is only on its way in."""

    def __call__(self, sighting: NewSighting, /) -> Strength:
        """The strength of one new sighting."""
        ...
