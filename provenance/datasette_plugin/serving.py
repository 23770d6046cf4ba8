"""A Datasette of our own over one archive, on this machine, with settings that are safe."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any, Final

from provenance.accounts import Accounts
from provenance.datasette_plugin.route import PREFIX
from provenance.datasette_plugin.versions import NAME, construction
from provenance.desk import Desk
from provenance.errors import UsageError

LOOPBACK: Final = "127.0.0.1"
V6: Final = 6
LONGEST_END: Final = 10
"""Seconds for which Ctrl-C waits for answers that are under way."""

SETTINGS: Final = {
    "default_allow_sql": False,
    "allow_download": False,
    "allow_csv_stream": False,
    "sql_time_limit_ms": 700,
    # A thousand rows of 24 columns are a second of drawing; programs turn pages.
    "max_returned_rows": 200,
    "num_sql_threads": 3,
    # It asks for every column of a table how many values it has, 50 ms each.
    "suggest_facets": False,
    "facet_time_limit_ms": 80,
}
"""Free SQL and downloads are off; an operator's own ``datasette`` may say otherwise."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served: an archive, under a port and a path, in a language unless asked for another.

    ``actor`` is kept with what is written from this machine. With ``accounts`` it is shared: at
    ``address``, under the names ``hosts``, for those who sign in; ``https`` where a proxy in
    front of it speaks TLS.
    """

    archive: Path
    port: int = 8001
    base_url: str = "/"
    lang: str = "en"
    actor: str | None = None
    address: str = LOOPBACK
    accounts: Path | None = None
    hosts: tuple[str, ...] = ()
    https: bool = False


def datasette_for(serving: Serving) -> Any:
    """The Datasette object, not yet listening."""
    from datasette.app import Datasette

    own: dict[str, Any] = {"lang": serving.lang, "as": serving.actor}
    more: dict[str, Any] = {}
    if serving.accounts is not None:
        hosts = [serving.address, *serving.hosts]
        own = {"lang": serving.lang, "accounts": str(serving.accounts), "hosts": hosts}
        own["local"] = False  # who sits at the server is behind its proxy, as everybody is
        more = {"allow": {"id": "*"}}
    base = f"/{serving.base_url.strip('/')}/".replace("//", "/")
    return Datasette(
        [str(serving.archive)],
        settings={**SETTINGS, "base_url": base, "force_https_urls": serving.https},
        **construction({"plugins": {NAME: _given(own)}, **more}),
    )


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def serve(serving: Serving, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C; ``ready`` is told the address once pages are answered.

    Raises:
        ArchiveError: there is no archive, or it cannot be opened.
        UsageError: the port is taken.
    """
    with _prepared(serving, ready) as (server, listening):
        server.run([listening])


@contextmanager
def served(serving: Serving) -> Iterator[str]:
    """Serve in a thread beside what the ``with`` statement does, and give the address.

    Ended cleanly on leaving, however it is left. Raises as :func:`serve`, and:

        UsageError: the server did not start.
    """
    told: Queue[str | None] = Queue()
    with _prepared(serving, told.put) as (server, listening):
        thread = Thread(target=_running, args=(server, listening, told), name="provenance-serve")
        thread.start()
        try:
            address = told.get()
            if address is None:
                raise UsageError("The pages cannot be served.", advice="Try: provenance serve")
            yield address
        finally:
            server.should_exit = True
            thread.join()


def _running(server: Any, listening: socket.socket, told: Queue[str | None]) -> None:
    """Serve; whoever waits for the address is told that there is none."""
    try:
        server.run([listening])
    finally:
        told.put(None)


@contextmanager
def _prepared(
    serving: Serving, ready: Callable[[str], None]
) -> Iterator[tuple[Any, socket.socket]]:
    """A server that has not started, and the socket that it will listen on."""
    import uvicorn

    with Desk(serving.archive):  # says at once that there is none; upgrades an earlier schema
        pass
    _require_accounts(serving)
    with _listening(serving.address, serving.port) as listening:
        datasette = datasette_for(serving)
        base = datasette.setting("base_url").rstrip("/")
        address = f"{_origin(serving, listening.getsockname()[1])}{base}{PREFIX}/"

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
            timeout_graceful_shutdown=LONGEST_END,
        )
        yield Server(config), listening


def _require_accounts(serving: Serving) -> None:
    """Nothing is shared with everybody, and nothing under names that nobody has given."""
    if serving.accounts is None:
        if not ip_address(serving.address).is_loopback:
            raise UsageError("Only a shared archive is served outside this machine.")
    elif not Accounts(serving.accounts).list():
        raise UsageError(
            f"There is no account in {serving.accounts}, so nobody could sign in.",
            advice="Add somebody first: provenance account add NAME --role reviewer",
        )
    elif ip_address(serving.address).is_unspecified and not serving.hosts:
        raise UsageError(
            f"{serving.address} is every address of this machine, and no name to ask for.",
            advice="Say under which name people open it: --name archive.example.org",
        )


def _origin(serving: Serving, port: int) -> str:
    """What people type, as far as this machine knows it."""
    name = serving.hosts[0] if serving.hosts else serving.address
    if serving.https:
        return f"https://{name}"
    return f"http://{f'[{name}]' if ':' in name else name}:{port}"


def _listening(address: str, port: int) -> socket.socket:
    """A socket, bound."""
    family = socket.AF_INET6 if ip_address(address).version == V6 else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family)
    except OSError as error:
        where = "this machine" if address == LOOPBACK else address
        raise UsageError(
            f"Port {port} on {where} cannot be used: {error.strerror}.",
            advice="Give another one with --port, or 0 for a free one.",
        ) from error
