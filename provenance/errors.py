"""Everything that can go wrong, as one tree.

::

    ProvenanceError                 exit 1   catch this to catch all of ours
    ├── Unreadable                  exit 1   one picture could not be looked at; the batch goes on
    │   └── Quarantined                      this archive was told to turn the file away
    ├── Refused                     exit 1   one input was not taken in; the batch goes on
    ├── NoGuard                     exit 1   no worker process can be had, so nothing is read
    ├── BrokenAccounts              exit 1   the file of accounts cannot be used
    ├── NotAllowed                  exit 1   this person's role does not reach that far
    ├── ArchiveError                exit 2   the archive itself
    │   ├── NoArchive                        there is none at this path
    │   ├── NotAnArchive                     the file there is something else
    │   ├── NewerSchema                      written by a newer version of this program
    │   ├── OlderSchema                      of an earlier version, and only being read
    │   ├── UnwritableArchive                no permission, no space, no working disk
    │   ├── ArchiveBusy                      somebody else has been writing for 30 seconds
    │   └── BrokenArchive                    the file or its event chain is damaged
    └── UsageError                  exit 2   what was asked for cannot be understood
        ├── UnreadableDate
        ├── MalformedHash
        ├── MissingColumn
        ├── UnreadableTable                  not text, or text in an encoding nobody names
        ├── UnknownWord                      a means or a trust that is none
        ├── UnknownName                      no such picture, check or collection
        ├── NobodyNamed                      a decision without a name to stand under
        ├── AlreadyDecided                   a colleague decided otherwise
        ├── StaleReview                      a colleague decided meanwhile
        └── PluginFailed                     an installed plug-in cannot be used

Each error says three things: what happened (``message``), the machine's word for it
(``reason``, fixed by the contract where the contract lists it) and what the reader can
do about it (``advice``). ``name`` is the file or input it is about, where there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

Decisions = Sequence[tuple[str, str, str]]
"""Decisions to name in a message: who, what, why."""


class UnreadableReason(StrEnum):
    """Why one picture could not be looked at; the words of the contract."""

    NOT_IMAGE = "not_image"
    TRUNCATED = "truncated"
    TOO_BIG = "too_big"
    TOO_SLOW = "too_slow"
    UNSUPPORTED = "unsupported"
    WORKER_DIED = "worker_died"
    NOT_A_FILE = "not_a_file"
    FETCH_REFUSED = "fetch_refused"
    FETCH_FAILED = "fetch_failed"
    QUARANTINED = "quarantined"


class ProvenanceError(Exception):
    """Root of the tree; carries a message, a reason code and advice."""

    exit_code: ClassVar[int] = 1
    reason: str = "error"

    def __init__(self, message: str, *, name: str | None = None, advice: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.name = name
        self.advice = advice

    def __str__(self) -> str:
        """One line: what happened, then what to do."""
        return f"{self.message} {self.advice}" if self.advice else self.message


class Unreadable(ProvenanceError):
    """A picture that could not be looked at, and why; one line of output, never a crash."""

    def __init__(
        self,
        reason: UnreadableReason,
        message: str,
        *,
        name: str | None = None,
        advice: str | None = None,
    ) -> None:
        super().__init__(message, name=name, advice=advice)
        self.reason = reason


class Quarantined(Unreadable):
    """A file that this archive was told to turn away; ``why`` is what was said then."""

    def __init__(self, why: str, *, name: str | None = None) -> None:
        super().__init__(
            UnreadableReason.QUARANTINED,
            f"This file is in quarantine ({why}).",
            name=name,
            advice="Nothing of it is kept. See: provenance quarantine --list",
        )


class Refused(ProvenanceError):
    """An input that was not taken into the archive, and why."""

    def __init__(
        self, reason: str, message: str, *, name: str | None = None, advice: str | None = None
    ) -> None:
        super().__init__(message, name=name, advice=advice)
        self.reason = reason


class NoGuard(ProvenanceError):
    """Worker processes do not start here, so no picture can be looked at."""

    reason = "no_guard"


class BrokenAccounts(ProvenanceError):
    """The file of accounts cannot be read or written, or is something else."""

    reason = "broken_accounts"


class NotAllowed(ProvenanceError):
    """Somebody's role does not reach that far."""

    reason = "not_allowed"

    def __init__(self, role: str, task: str) -> None:
        super().__init__(
            f"A {role} may not {task.replace('_', ' ')} here.",
            advice="Somebody who keeps the accounts can give you another role.",
        )


class ArchiveError(ProvenanceError):
    """Something about the archive file as a whole."""

    exit_code = 2


class NoArchive(ArchiveError):
    """There is no archive at this path, and the command does not make one."""

    reason = "no_archive"


class NotAnArchive(ArchiveError):
    """The file exists but is no archive of ours."""

    reason = "not_an_archive"


class NewerSchema(ArchiveError):
    """The archive was written by a newer version of this program."""

    reason = "newer_schema"


class OlderSchema(ArchiveError):
    """The archive is of an earlier version and was opened only to be read."""

    reason = "older_schema"


class UnwritableArchive(ArchiveError):
    """The file cannot be used: no permission, no space, or the disk reports an error."""

    exit_code = 1
    reason = "unwritable_archive"


class ArchiveBusy(ArchiveError):
    """Another process has been writing for longer than we wait."""

    exit_code = 1
    reason = "archive_busy"


class BrokenArchive(ArchiveError):
    """The file or its event chain is damaged."""

    exit_code = 1
    reason = "broken_archive"


class UsageError(ProvenanceError):
    """What was asked for cannot be understood; nothing was written."""

    exit_code = 2
    reason = "usage"


class UnreadableDate(UsageError):
    """A date nobody can read."""

    reason = "unreadable_date"


class MalformedHash(UsageError):
    """Text given as a hash that is none."""

    reason = "malformed_hash"


class MissingColumn(UsageError):
    """A table without a column that is needed."""

    reason = "missing_column"


class UnreadableTable(UsageError):
    """A table that is no text, or text in an encoding that cannot be told."""

    reason = "unreadable_table"


class UnknownWord(UsageError):
    """A word that is none of those it can be, such as a trust or a means."""

    reason = "unknown_word"


class UnknownName(UsageError):
    """A picture, check or collection that the archive does not know."""

    reason = "unknown_name"


class NobodyNamed(UsageError):
    """A decision needs somebody who made it."""

    reason = "nobody_named"

    def __init__(self) -> None:
        super().__init__(
            "A decision is kept under the name of who made it.",
            advice="Say who you are: --as NAME, or PROVENANCE_USER.",
        )


class AlreadyDecided(UsageError):
    """A colleague decided about the same thing, and it was not said that this overturns it.

    ``told``: who decided what, and why.
    """

    reason = "already_decided"

    def __init__(self, told: Decisions) -> None:
        super().__init__(
            f"Already decided: {_listed(told)}. Nothing was written.",
            advice="To decide otherwise, overturn it and say why: --overturn --why TEXT",
        )


class StaleReview(UsageError):
    """What this decision was made on is no longer what stands; ``told`` as above."""

    reason = "stale_review"

    def __init__(self, check: int, told: Decisions) -> None:
        meanwhile = _listed(told) or "something was erased"
        super().__init__(
            f"Check {check} has changed since you looked: {meanwhile}. Nothing was written.",
            advice=f"Look again: provenance review {check}",
        )


class PluginFailed(UsageError):
    """An installed plug-in cannot be used, and which one it is."""

    reason = "plugin_failed"


def _listed(told: Decisions) -> str:
    """“A. Adler: not_same (picture 3): another day”, one after the other."""
    return "; ".join(": ".join(filter(None, each)) for each in told)
