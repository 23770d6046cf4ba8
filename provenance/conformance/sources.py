"""The kit that every source must pass, ours and foreign.

``check_source(MySource(), "an/argument/it/knows")`` raises :class:`AssertionError` with a
sentence that says what is wrong. What it cannot try is whether the entries are the right
ones, and that memory stays flat: only the author knows what the argument holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import pairwise

from provenance.errors import ProvenanceError
from provenance.fingerprint import parse_hash
from provenance.models import Entry
from provenance.sources import Run, Source, Stated
from provenance.sources.argument import Argument

ODD_ARGUMENTS = (
    b"",
    b"-",
    b".",
    b"/",
    b"nowhere/at/all.jpg",
    b"a\0b.csv",
    b"\xff\xfe.tsv",
    b"https://example.com/a.jpg",
    b"gopher://",
    b"sha256:12",
    b"0" * 64,
    b"x" * 100_000,
)
"""What people and programs type; a source says yes or no to each."""

STATED = Stated(date="2019-06", source="an agency", trust="partner", vouch="their courier")
"""What the kit states about every entry."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DIGITS = {"sha256": 64, "pdq": 64, "phash": 16}


def check_source(source: Source, argument: str | bytes) -> None:
    """Try one source on one ``argument`` of its kind, which exists."""
    assert isinstance(source, Source), f"{source!r} lacks name, recognises, check or entries"
    assert _NAME.fullmatch(source.name), f"“{source.name}” is no lower-case word"
    for odd in ODD_ARGUMENTS:
        check_recognises(source, Argument(odd))
    known = Argument.of(argument)
    assert source.recognises(known), f"{source.name} does not recognise “{known.text}”"
    check_entries(source, known)
    check_repeats(source, known)
    check_statement(source, known)


def check_recognises(source: Source, argument: Argument) -> None:
    """Whether it is of this kind is a plain yes or no, the same every time."""
    said = source.recognises(argument)
    assert isinstance(said, bool), f"{source.name} says {said!r} instead of yes or no"
    assert source.recognises(argument) is said, f"{source.name} says now yes, now no"


def check_entries(source: Source, argument: Argument) -> None:
    """Entries come one by one, and each is whole."""
    with _drawn(source, argument, STATED) as drawn:
        assert iter(drawn) is drawn, f"{source.name} gives all entries at once, not one by one"
        entries = list(drawn)
    for entry in entries:
        check_entry(entry)
    rows = [entry.row for entry in entries if entry.row is not None]
    # A folder may hold several tables; each begins anew.
    upwards = all(one <= other or other == 1 for one, other in pairwise(rows))
    assert upwards, "rows do not count upwards"


def check_entry(entry: Entry) -> None:
    """One entry stands for one thing, has a name that can be printed, and a collection."""
    assert entry.name, "an entry has no name"
    assert _is_text(entry.name), f"{entry.name!a} holds bytes that no output can write"
    assert entry.name_bytes is None or not _is_utf8(entry.name_bytes), (
        f"“{entry.name}” is UTF-8 and needs no name_bytes"
    )
    _check_kind(entry)
    assert entry.row is None or entry.row >= 1, (
        f"row {entry.row} of “{entry.name}”: rows begin at 1"
    )
    assert entry.collection is not None, f"“{entry.name}” comes with no collection"
    assert entry.collection.name, f"the collection of “{entry.name}” has no name"


def check_repeats(source: Source, argument: Argument) -> None:
    """The same argument gives the same entries in the same order."""
    first, second = (_told(source, argument) for _ in range(2))
    assert first == second, f"{source.name} gives other entries, or another order, the second time"


def check_statement(source: Source, argument: Argument) -> None:
    """What is stated reaches every entry, unless the entry knows better; nothing is made up."""
    for entry in _listed(source, argument, STATED):
        if entry.problem is None:
            assert entry.sighting is not None, f"“{entry.name}” lost what was stated about it"
            assert entry.vouched, f"“{entry.name}” lost who vouched for it"
    for entry in _listed(source, argument, Stated(collection="a batch")):
        assert entry.collection is not None, f"“{entry.name}” comes with no collection"
        if not (entry.sighting or entry.row):
            assert entry.collection.name == "a batch", f"“{entry.name}” left its collection"


@contextmanager
def _drawn(source: Source, argument: Argument, stated: Stated) -> Iterator[Iterator[Entry]]:
    """Its entries; the workers it asked for end with this."""
    run = Run(parse_hash)
    with closing(run.readers):
        source.check(argument, run)
        yield source.entries(argument, stated, run)


def _listed(source: Source, argument: Argument, stated: Stated) -> list[Entry]:
    with _drawn(source, argument, stated) as drawn:
        return list(drawn)


def _told(source: Source, argument: Argument) -> list[tuple[Entry, str]]:
    """Entries as values that can be compared: errors are compared by what they say."""
    entries = _listed(source, argument, STATED)
    return [(replace(entry, problem=None), str(entry.problem)) for entry in entries]


def _check_kind(entry: Entry) -> None:
    hashes = {kind: value for kind in _DIGITS if (value := getattr(entry, kind)) is not None}
    own = [x is not None for x in (entry.path, entry.content, entry.address)]
    kinds = [*own, bool(hashes), entry.problem is not None]
    assert sum(kinds) == 1, (
        f"“{entry.name}” is not exactly one of these: a file, bytes, an address, a hash, a problem"
    )
    assert entry.problem is None or isinstance(entry.problem, ProvenanceError), (
        f"the problem of “{entry.name}” is no ProvenanceError"
    )
    for kind, value in hashes.items():
        assert re.fullmatch(rf"[0-9a-f]{{{_DIGITS[kind]}}}", value), f"“{value}” is no {kind}"


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
