"""Finds plug-ins by name and imports them when they are first used.

Built-ins are listed by hook, so that asking for fingerprints does not load the indexes.
Foreign plug-ins are the entry points of the group ``provenance``. The environment
variable ``PROVENANCE_PLUGINS`` limits them: a comma-separated list of names, empty for
none.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, TypeVar

from pluggy import PluginManager

from provenance import hookspecs
from provenance.errors import PluginFailed
from provenance.hookspecs import PROJECT, Fingerprinter

if TYPE_CHECKING:
    import click

ALLOWED = "PROVENANCE_PLUGINS"

BUILT_IN = {
    "register_fingerprints": ("provenance.fingerprint.built_in",),
    "register_indexes": ("provenance.index.built_in",),
    "register_sources": ("provenance.sources.built_in",),
}
"""Hook -> modules of ours that implement it."""

Thing = TypeVar("Thing")


def fingerprinters() -> dict[str, Fingerprinter]:
    """Every registered fingerprint by its kind, ours first."""
    return dict(_fingerprinters())


def indexes() -> dict[str, Callable[..., Any]]:
    """Every registered index factory by its name, ours first."""
    return _named("register_indexes")


def sources() -> dict[str, Callable[..., Any]]:
    """Every registered source factory by its name, ours first."""
    return _named("register_sources")


def add_commands(cli: click.Group) -> None:
    """Let plug-ins add their commands to ``cli``."""
    _manager("register_commands").hook.register_commands(cli=cli)


@cache
def _fingerprinters() -> dict[str, Fingerprinter]:
    found: dict[str, Fingerprinter] = {}
    _collect("register_fingerprints", lambda each: _keep(found, each.kind, each))
    return found


@cache
def _named(hook: str) -> dict[str, Callable[..., Any]]:
    found: dict[str, Callable[..., Any]] = {}
    _collect(hook, lambda name, factory: _keep(found, name, factory))
    return found


def _keep(found: dict[str, Thing], name: str, thing: Thing) -> None:
    """Take one in; two of one name would make answers depend on the order of loading."""
    if name in found:
        raise PluginFailed(
            f"Two plug-ins register “{name}”.",
            name=name,
            advice=f"Uninstall one, or name the ones to load in {ALLOWED}.",
        )
    found[name] = thing


def _collect(hook: str, register: Callable[..., None]) -> None:
    """Let every plug-in call ``register``, ours first."""
    getattr(_manager(hook).hook, hook)(register=register)


@cache
def _manager(hook: str) -> PluginManager:
    manager = PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    # pluggy calls the last one registered first.
    for name, module in reversed((*_ours(hook), *_foreign())):
        manager.register(module, name=name)
    return manager


def _ours(hook: str) -> tuple[tuple[str, Any], ...]:
    """Name and module of every built-in that implements a hook."""
    return tuple((name, import_module(name)) for name in BUILT_IN.get(hook, ()))


@cache
def _foreign() -> tuple[tuple[str, Any], ...]:
    """Name and module of every installed plug-in that is allowed, by name."""
    found = sorted(entry_points(group=PROJECT), key=lambda entry: entry.name)
    return tuple((entry.name, _load(entry)) for entry in found if _is_allowed(entry.name))


def _is_allowed(name: str) -> bool:
    allowed = os.environ.get(ALLOWED)
    return allowed is None or name in {each.strip() for each in allowed.split(",")}


def _load(entry: EntryPoint) -> Any:
    try:
        return entry.load()
    except Exception as error:  # whatever a stranger's module raises while it is imported
        raise PluginFailed(
            f"The plug-in “{entry.name}” could not be loaded: {error}.",
            name=entry.name,
            advice=f"Uninstall it, or name the ones to load in {ALLOWED}.",
        ) from error
