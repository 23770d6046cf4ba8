"""Where entries come from: what somebody typed -> the pictures and hashes it stands for.

:func:`entries` serves ``add``: each SOURCE is shown to the sources in turn (addresses,
folders, tables, what is not built, files; plug-ins before the last), and the first that
recognises it gives its entries. :func:`questions` serves ``lookup`` and ``check``.

A batch needs a collection, so that it can be taken back. Where none is named it is the
folder or the table as typed; files named one by one go to ``single files``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing

from provenance import plugins
from provenance.errors import Refused, UsageError
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.columns import parsed_map
from provenance.sources.files import COLLECTION, Files, problem_entry
from provenance.sources.names import expanded
from provenance.sources.questions import questions
from provenance.sources.source import HashParser, ReadHash, Run, Source
from provenance.sources.stated import Stated, trimmed
from provenance.sources.tally import Tally

__all__ = [
    "HashParser",
    "ReadHash",
    "Run",
    "Source",
    "Stated",
    "Tally",
    "entries",
    "expanded",
    "parsed_map",
    "questions",
]


def entries(
    arguments: Iterable[str | bytes],
    stated: Stated | None = None,
    *,
    parse_hash: HashParser,
    tally: Tally | None = None,
    fetch: bool = False,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Entry]:
    """The entries of all ``arguments``, drawn one by one, in the order given.

    ``stated`` holds for all of them, and a row of a table overrides it. ``tally`` counts
    what is passed over. ``fetch``: whether addresses in tables may be fetched. ``columns``
    says which column of a table is which field. Arguments in a list or tuple are all looked
    at before the first entry is drawn; those that arrive one by one (standard input) each at
    its turn, where a table that cannot be used becomes an
    entry with its problem.

    Raises:
        UsageError: at the call, before any entry: an unreadable date, an unknown trust or
            means in ``stated``; a table without a column that names pictures.
    """
    run = Run(
        parse_hash,
        tally if tally is not None else Tally(),
        fetch=fetch,
        inner=_inner(),
        columns=columns or {},
    )
    stated = trimmed(stated or Stated())
    stated.sighting()
    if isinstance(arguments, Sequence):
        for argument in map(Argument.of, arguments):
            _source_of(argument).check(argument, run)
    return _drawn(arguments, stated, run)


def _drawn(arguments: Iterable[str | bytes], stated: Stated, run: Run) -> Iterator[Entry]:
    checked = isinstance(arguments, Sequence)
    with closing(run.readers):
        for argument in map(Argument.of, arguments):
            source = _source_of(argument)
            try:
                if not checked:
                    source.check(argument, run)
                yield from source.entries(argument, stated, run)
            except UsageError as problem:
                yield _spoilt(argument, problem, stated)


def _spoilt(argument: Argument, problem: UsageError, stated: Stated) -> Entry:
    """An argument that cannot be used, met when it is too late to stop the command."""
    refused = Refused(problem.reason, problem.message, name=problem.name, advice=problem.advice)
    return problem_entry(argument, refused, stated.blank(COLLECTION))


def _source_of(argument: Argument) -> Source:
    return next(source for source in _sources() if source.recognises(argument))


def _inner() -> tuple[Source, ...]:
    """The sources that open what lies in folders too: they say so themselves."""
    return tuple(each for each in _sources() if getattr(each, "within_folders", False))


def _sources() -> Iterator[Source]:
    """All sources, the one that takes everything last."""
    known = plugins.sources()
    order = sorted(known, key=lambda name: name == Files.name)
    return (known[name]() for name in order)
