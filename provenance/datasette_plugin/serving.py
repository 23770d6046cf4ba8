"""A Datasette of our own over one archive, on this machine, with settings that are safe."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from provenance.datasette_plugin.route import PREFIX
from provenance.datasette_plugin.versions import NAME, construction
from provenance.desk import Desk
from provenance.errors import UsageError

LOOPBACK: Final = "127.0.0.1"

SETTINGS: Final = {
    "default_allow_sql": False,
    "allow_download": False,
    "allow_csv_stream": False,
    "sql_time_limit_ms": 700,
    "max_returned_rows": 1000,
    "num_sql_threads": 3,
}
"""Free SQL and downloads are off; an operator's own ``datasette`` may say otherwise."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served: an archive, under a port and a path, in a language unless asked for another.

    ``actor`` is kept with what is written from this machine.
    """

    archive: Path
    port: int = 8001
    base_url: str = "/"
    lang: str = "en"
    actor: str | None = None


def datasette_for(serving: Serving) -> Any:
    """The Datasette object, not yet listening."""
    from datasette.app import Datasette

    own = {"lang": serving.lang, "as": serving.actor}
    base = f"/{serving.base_url.strip('/')}/".replace("//", "/")
    return Datasette(
        [str(serving.archive)],
        settings={**SETTINGS, "base_url": base},
        **construction({"plugins": {NAME: {k: v for k, v in own.items() if v}}}),
    )


def serve(serving: Serving, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C; ``ready`` is told the address once pages are answered.

    Raises:
        ArchiveError: there is no archive, or it cannot be opened.
        UsageError: the port is taken.
    """
    import uvicorn

    with Desk(serving.archive):  # says at once that there is none; upgrades an earlier schema
        pass
    listening = _listening(serving.port)
    port = listening.getsockname()[1]
    datasette = datasette_for(serving)
    base = datasette.setting("base_url").rstrip("/")
    address = f"http://{LOOPBACK}:{port}{base}{PREFIX}/"

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready(address)

    config = uvicorn.Config(
        datasette.app(),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
    )
    with listening:
        Server(config).run([listening])


def _listening(port: int) -> socket.socket:
    """A socket on loopback, bound."""
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError as error:
        raise UsageError(
            f"Port {port} on this machine cannot be used: {error.strerror}.",
            advice="Give another one with --port, or 0 for a free one.",
        ) from error
