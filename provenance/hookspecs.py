"""The ways to extend the program, on one page.

A plug-in is a module named in the entry-point group ``provenance``; it implements any of
these hooks and marks each with :data:`hookimpl`. What ships with the program comes in by
the same hooks. Decoding limits and the rules for findings are not here: a desk must be
able to say which code said so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from pluggy import HookimplMarker, HookspecMarker

if TYPE_CHECKING:
    import click

    from provenance.models import Fingerprint, Pixels

PROJECT = "provenance"

hookspec = HookspecMarker(PROJECT)
hookimpl = HookimplMarker(PROJECT)


class Fingerprinter(Protocol):
    """Something that makes a hash of fixed width from pixels.

    ``kind`` ends in its version (``_v1``): what a kind computes never changes, a better
    way gets a new kind. ``width`` is the length of the value in bytes. ``compute`` takes
    any picture of at least one pixel, leaves it as it is, and answers the same every time.
    ``provenance.conformance.fingerprints.check_fingerprint`` tries all that.
    """

    kind: str
    width: int

    def compute(self, pixels: Pixels) -> Fingerprint:
        """The fingerprint of one upright picture."""
        ...


RegisterFingerprint = Callable[[Fingerprinter], None]
RegisterIndex = Callable[[str, Callable[..., Any]], None]
RegisterSource = Callable[[str, Callable[..., Any]], None]


@hookspec
def register_fingerprints(register: RegisterFingerprint) -> None:
    """Call ``register(fingerprinter)`` for every fingerprint you add."""


@hookspec
def register_indexes(register: RegisterIndex) -> None:
    """Call ``register(name, factory)`` for every index that can search an archive."""


@hookspec
def register_sources(register: RegisterSource) -> None:
    """Call ``register(name, factory)`` for every kind of thing that can be added."""


@hookspec
def register_commands(cli: click.Group) -> None:
    """Add commands to ``cli``, as in ``provenance mycommand ...``."""
