"""How a command ends: exit codes, errors as one line, Ctrl-C, a closed pipe.

Exit 0 done, 1 some input was ``unreadable`` or ``refused``, 2 usage, 130 Ctrl-C.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

import click

from provenance.errors import ProvenanceError
from provenance.report.visible import visible

INTERRUPTED = 130


def ended(command: click.Command, arguments: Sequence[str]) -> int:
    """Run ``command`` and give the exit code; every error becomes one line on stderr."""
    try:
        return _run(command, arguments)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # A closed pipe; click turns that error into an exit of its own. Nothing went wrong.
        _drop_output()
        return 0


def _run(command: click.Command, arguments: Sequence[str]) -> int:
    try:
        code = command.main(list(arguments), standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        _show(error)
        return error.exit_code
    except ProvenanceError as error:
        say(str(error))
        return error.exit_code
    except BrokenPipeError:
        raise
    except OSError as error:
        say(f"{error.strerror or error} ({error.filename or 'standard output'}).")
        _drop_output()
        return 1
    return code if isinstance(code, int) else 0


def say(line: str) -> None:
    """One message to the person, on stderr, with nothing raw from a file in it."""
    click.echo(f"provenance: {visible(line)}", err=True)


def _show(error: click.ClickException) -> None:
    """Click's message; a name that begins with a dash is taken for an option and quoted in it."""
    shown, raw = io.StringIO(), error.format_message()
    error.show(shown)
    click.echo(shown.getvalue().replace(raw, visible(raw)), err=True, nl=False)


def _drop_output() -> None:
    """Point stdout at nothing, so that leaving does not complain about the closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
