"""What must not be kept: hash a file, turn it away from now on, erase what is here of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from provenance.archive import Archive, QuarantinedFile
from provenance.errors import MalformedHash, ProvenanceError, Unreadable
from provenance.guard import read_file
from provenance.search import Searcher
from provenance.sources.argument import Argument

PREFIX = "sha256:"
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Quarantining:
    """What became of one file: it is turned away, or it could not be had, and why."""

    name: str
    file: QuarantinedFile | None = None
    problem: ProvenanceError | None = None

    @property
    def outcome(self) -> str:
        """``quarantined``, or ``refused`` where the file could not be had."""
        return "refused" if self.file is None else "quarantined"


def quarantine(
    archive: Archive, searcher: Searcher, files: Iterable[str | bytes], reason: str
) -> Iterator[Quarantining]:
    """Quarantine each in its turn; the archive is swept and the index purged after each."""
    for argument in map(Argument.of, files):
        try:
            kept = archive.quarantine(_sha256(argument), reason)
        except Unreadable as problem:
            yield Quarantining(argument.text, problem=problem)
        else:
            if kept.pictures:
                searcher.purge(list(kept.pictures))
            yield Quarantining(argument.text, kept)


def _sha256(argument: Argument) -> str:
    """Of the file, which is read and not decoded; or as it was given.

    Raises:
        Unreadable: there is no such file, or it is none.
        MalformedHash: the text after ``sha256:`` is no SHA-256.
    """
    if argument.exists or not argument.text.lower().startswith(PREFIX):
        return hashlib.sha256(read_file(argument.path)).hexdigest()
    given = argument.text[len(PREFIX) :].lower()
    if not _SHA256.fullmatch(given):
        raise MalformedHash(
            f"{argument.text} is no SHA-256.",
            name=argument.text,
            advice="Write sha256: and 64 hexadecimal digits.",
        )
    return given
