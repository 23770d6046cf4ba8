"""What differs between Datasette 0.65 and the 1.0 alphas, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from provenance.archive import COUNTED, bounded_count

NAME: Final = "provenance"
"""The name of our block under ``plugins:`` in Datasette's configuration."""

Datasette = Any
Request = Any


def datasette_version() -> str:
    """The version that is installed."""
    from datasette import __version__

    return str(__version__)


@cache
def has_actions() -> bool:
    """Whether permissions are registered actions (1.0), not answers to a hook (0.65)."""
    from datasette.app import Datasette as Installed

    return hasattr(Installed, "allowed")


def configured(datasette: Datasette) -> Mapping[str, Any]:
    """Our block of the configuration, or an empty one."""
    return datasette.plugin_config(NAME) or {}


def whole_configuration(datasette: Datasette) -> Mapping[str, Any]:
    """All of it: ``datasette.yaml`` on 1.0, ``metadata.json`` on 0.65."""
    if has_actions():
        return datasette.config or {}
    return datasette.metadata() or {}


def construction(config: dict[str, Any]) -> dict[str, Any]:
    """Arguments of ``Datasette(...)`` that carry a configuration.

    Not asked of its signature: under pytest Datasette 1.0 hides that behind one of its own.
    """
    return {"config" if has_actions() else "metadata": config}


def count_few(datasette: Datasette, archive: str) -> None:
    """Have pages of tables say "many rows" above 10,000, as Datasette 1.0 does by itself.

    Questions of visitors ask for their answer to be cut off (``truncate``) and stay as they are.
    """
    if has_actions():
        return
    from datasette.database import QueryInterrupted

    database = datasette.databases[archive]
    plain = database.execute

    async def execute(sql: str, params: Any = None, truncate: bool = False, **options: Any) -> Any:
        few = None if truncate else bounded_count(sql)
        answer = await plain(few or sql, params, truncate, **options)
        # What facets compare their own numbers with is a number, however large.
        if few and answer.rows[0][0] > COUNTED and "from (" not in sql:
            raise QueryInterrupted(OverflowError(f"more than {COUNTED} rows"), sql, params)
        return answer

    database.execute = execute


async def is_allowed(datasette: Datasette, actor: dict[str, Any] | None, action: str) -> bool:
    """What Datasette answers to one of our permissions; ``False`` where nobody has a say."""
    if has_actions():
        return bool(await datasette.allowed(action=action, actor=actor))
    return bool(await datasette.permission_allowed(actor, action, default=False))


async def may_see_database(
    datasette: Datasette, actor: dict[str, Any] | None, database: str
) -> bool:
    """Whether Datasette shows this database to this visitor."""
    if has_actions():
        from datasette.resources import DatabaseResource

        resource = DatabaseResource(database=database)
        return bool(
            await datasette.allowed(action="view-instance", actor=actor)
            and await datasette.allowed(action="view-database", resource=resource, actor=actor)
        )
    see = datasette.permission_allowed
    return bool(
        await see(actor, "view-instance", default=True)
        and await see(actor, "view-database", resource=database, default=True)
    )
