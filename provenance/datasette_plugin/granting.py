"""Who may do what: our own permissions, and free SQL and downloads of an archive, which are off.

An ``allow`` block is Datasette's own: ``true``, ``false`` or ``{"id": ["anna", "ben"]}``. On 0.65
it stands under ``plugins: provenance: permissions:``; on 1.0 also under ``permissions:``, where
Datasette itself reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from provenance.accounts import Role, Task
from provenance.datasette_plugin.archives import archives_of
from provenance.datasette_plugin.permissions import (
    CHECK,
    DESCRIPTIONS,
    FOR_READERS,
    KEEP,
    LOOKUP,
    REVIEW,
    VIEW,
)
from provenance.datasette_plugin.sessions import ROLE, doors_of
from provenance.datasette_plugin.versions import Datasette, configured, whole_configuration

Actor = dict[str, Any] | None

_TASKS: Final = {
    VIEW: Task.READ,
    LOOKUP: Task.READ,
    CHECK: Task.CHECK,
    KEEP: Task.ADD,
    REVIEW: Task.REVIEW,
}
"""What a role has to reach for each permission."""

DOWNLOAD: Final = "view-database-download"
SQL: Final = "execute-sql"
TABLE: Final = "view-table"
COUNTERS: Final = "sqlite_sequence"
"""SQLite's own table of the numbers it gave out."""


def answer(datasette: Datasette, actor: Actor, action: str, resource: Any) -> bool | None:
    """What we say to one question of Datasette 0.65; ``None`` where it is not ours."""
    if action in DESCRIPTIONS:
        return _ours(datasette, actor, action)
    if action in (SQL, DOWNLOAD) and resource in archives_of(datasette):
        return None if _opened(datasette, action, resource) else False
    return None


def actions() -> Iterable[Any]:
    """Our permissions as Datasette 1.0 registers them."""
    from datasette.permissions import Action

    return [Action(name=name, description=words) for name, words in DESCRIPTIONS.items()]


def rules(datasette: Datasette, actor: Actor, action: str) -> Any:
    """The same for Datasette 1.0, which joins everybody's rules in SQL."""
    from datasette.permissions import PermissionSQL

    if action in DESCRIPTIONS:
        ours = _ours(datasette, actor, action)
        if ours is None or action in (whole_configuration(datasette).get("permissions") or {}):
            return None
        make = PermissionSQL.allow if ours else PermissionSQL.deny
        return make(reason="provenance")
    if action in (SQL, DOWNLOAD):
        closed = [a for a in archives_of(datasette) if not _opened(datasette, action, a)]
        return [_denied(PermissionSQL, number, name) for number, name in enumerate(closed)]
    if action == TABLE:
        # Those whose names begin with an underscore are left out of its lists by 1.0 itself.
        named = enumerate(archives_of(datasette))
        return [_denied(PermissionSQL, number, name, COUNTERS) for number, name in named]
    return None


def _denied(permission: Any, number: int, database: str, table: str | None = None) -> Any:
    """One database, or one table of it, shut: as the row that Datasette asks for."""
    names = {f"provenance_database_{number}": database, f"provenance_table_{number}": table}
    parent, child = (f":{name}" for name in names)
    row = f"SELECT {parent} AS parent, {child} AS child, 0 AS allow, 'closed' AS reason"
    return permission(sql=row, params=names)


def _ours(datasette: Datasette, actor: Actor, action: str) -> bool | None:
    if doors_of(datasette) is not None:
        role = role_of(actor)
        return role is not None and role.may(_TASKS[action])
    block = (configured(datasette).get("permissions") or {}).get(action)
    if block is not None:
        return _matches(actor, block)
    if action in FOR_READERS:
        return True
    return None if actor is None else _is_root(actor)


def role_of(actor: Actor) -> Role | None:
    """The role that somebody has signed in with, where an archive is shared."""
    role = (actor or {}).get(ROLE)
    return Role(role) if role in set(Role) else None


def _is_root(actor: dict[str, Any]) -> bool | None:
    return True if actor.get("id") == "root" else None


def _matches(actor: Actor, block: Any) -> bool:
    from datasette.utils import actor_matches_allow

    return bool(actor_matches_allow(actor, block))


def is_configured(datasette: Datasette, action: str) -> bool:
    """Whether somebody has written down who may do this."""
    own = configured(datasette).get("permissions") or {}
    return action in own or action in (whole_configuration(datasette).get("permissions") or {})


def _opened(datasette: Datasette, action: str, database: str) -> bool:
    """Whether the operator has said in so many words that this is open."""
    config = whole_configuration(datasette)
    levels = [config, (config.get("databases") or {}).get(database) or {}]
    return any(_named(level, action) for level in levels)


def _named(level: Mapping[str, Any], action: str) -> bool:
    own = level.get("permissions") or {}
    return action in own or (action == SQL and "allow_sql" in level)
