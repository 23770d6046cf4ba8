"""A command of the desk's own, run when a picture was seen before its claim.

It gets the finding, the path of the answer and the sentence as arguments of its own. No shell
reads them, so nothing in a file's name can become a command.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from provenance.errors import UsageError
from provenance.models import FindingKind

LONGEST_SECONDS = 30.0
"""Then it is ended: pictures wait for it."""


def words(command: str) -> list[str]:
    """The program and its first arguments.

    Raises:
        UsageError: there is none, or quotation marks are not closed.
    """
    try:
        found = shlex.split(command, posix=os.name != "nt")
    except ValueError as error:
        raise UsageError(f"The command {command} cannot be read: {error}.") from error
    if not found:
        raise UsageError("--on-finding needs a command.")
    return found


def concerns(record: dict[str, Any]) -> bool:
    """Whether the picture, or one of several in it, was seen before the claim."""
    findings = [record["finding"], *(p["finding"] for p in record["parts"] if p.get("finding"))]
    return any(each["kind"] == FindingKind.SEEN_BEFORE_CLAIM for each in findings)


def run(
    command: Sequence[str], root: Path, record: dict[str, Any], tell: Callable[[str, str], None]
) -> None:
    """Run it for one answer; a command that fails is said and stops nothing."""
    answer = record["watch"]["answer"]
    lies = str((root / answer).absolute()) if answer else ""
    arguments = [*command, record["finding"]["kind"], lies, record["finding"]["sentence"]]
    arguments = [each.replace("\0", " ") for each in arguments]
    try:
        done = subprocess.run(  # noqa: S603  no shell: each argument is one argument
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        tell("watch.command_failed", str(error))
        return
    if done.returncode:
        tell("watch.command_failed", f"{command[0]}: {done.returncode}")
