"""Which databases are archives, and one warm bench for each."""

from __future__ import annotations

import threading
from weakref import WeakKeyDictionary

from provenance.archive import is_archive
from provenance.datasette_plugin.bench import Bench
from provenance.datasette_plugin.versions import Datasette

Benches = dict[str, Bench]

_OF: WeakKeyDictionary[Datasette, Benches] = WeakKeyDictionary()
_OPENING = threading.Lock()


def archives_of(datasette: Datasette) -> dict[str, str]:
    """Name and path of each database that is an archive, in the order given."""
    databases = {name: db.path for name, db in datasette.databases.items() if db.path}
    return {name: str(path) for name, path in databases.items() if is_archive(path)}


def bench_of(datasette: Datasette, name: str) -> Bench:
    """The bench over one archive, made when first needed.

    Raises:
        KeyError: there is no such archive.
    """
    path = archives_of(datasette)[name]
    with _OPENING:
        benches = _OF.setdefault(datasette, {})
        if name not in benches:
            benches[name] = Bench(path)
        return benches[name]


def close_all(datasette: Datasette) -> None:
    """End the workers and close the files of one Datasette; harmless when done twice."""
    with _OPENING:
        benches = _OF.pop(datasette, {})
    for bench in benches.values():
        bench.close()
