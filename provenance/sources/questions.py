"""What somebody wants looked up: files, folders, addresses, hashes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from provenance.errors import MalformedHash, ProvenanceError, Unreadable, UnreadableReason
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.files import file_entry, missing, problem_entry
from provenance.sources.folder import found_below
from provenance.sources.remote import is_address
from provenance.sources.shortcut import is_shortcut, not_fetched
from provenance.sources.source import HashParser, Run, hash_entry
from provenance.sources.tally import Tally


def questions(
    arguments: Iterable[str | bytes], *, parse_hash: HashParser, tally: Tally | None = None
) -> Iterator[Entry]:
    """One entry per picture or hash asked about, drawn one by one, in the order given.

    None has a sighting or a collection. An existing file wins over a hash of the same
    spelling; a bare text of 64 digits has both ``sha256`` and ``pdq`` set. What is neither
    on disk nor like a hash has its problem, ``not_a_file``.

    Raises:
        MalformedHash: at the call, for arguments in a list or tuple: what looks like a hash
            and is none. Arriving one by one, it is that entry's problem instead.
    """
    run = Run(parse_hash, tally if tally is not None else Tally())
    if isinstance(arguments, list | tuple):
        for argument in map(Argument.of, arguments):
            _hashes(argument, run)
    return _drawn(arguments, run)


def _drawn(arguments: Iterable[str | bytes], run: Run) -> Iterator[Entry]:
    for argument in map(Argument.of, arguments):
        if argument.is_folder:
            for file, problem in found_below(argument, run.tally):
                yield _problem(file, problem) if problem else _file(file)
        else:
            yield _one(argument, run)


def _one(argument: Argument, run: Run) -> Entry:
    """What a single name stands for."""
    if is_address(argument):
        return replace(_named(argument), address=argument.text)
    if argument.exists:
        return _file(argument)
    try:
        hashes = _hashes(argument, run)
    except MalformedHash as malformed:
        return _problem(argument, _as_unreadable(malformed))
    if not hashes:
        return _problem(argument, missing(argument))
    return hash_entry(_named(argument), hashes)


def _hashes(argument: Argument, run: Run) -> dict[str, str] | None:
    """The hash a name stands for; nothing for what is on disk or on the web."""
    if is_address(argument) or argument.exists:
        return None
    return run.hashes(argument.text)


def _named(argument: Argument) -> Entry:
    return Entry(name=argument.text, name_bytes=argument.raw_name)


def _file(argument: Argument) -> Entry:
    if is_shortcut(argument):
        return _problem(argument, not_fetched(argument))
    return file_entry(argument, _named(argument))


def _problem(argument: Argument, problem: ProvenanceError) -> Entry:
    return problem_entry(argument, problem, _named(argument))


def _as_unreadable(malformed: MalformedHash) -> Unreadable:
    return Unreadable(
        UnreadableReason.NOT_A_FILE,
        malformed.message,
        name=malformed.name,
        advice=malformed.advice,
    )
