"""``provenance status``: print what the archive covers and how this machine protects it."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli import options
from provenance.cli.printing import print_records


@click.command("status")
@options.archive
@options.language
@options.output
def command(archive_path: Path, lang: str, shape: str | None) -> int:
    """Say what the archive covers, whether it is whole, and what protects this machine."""
    from provenance.desk import Desk
    from provenance.report import stream, text

    with Desk(archive_path, readonly=True, lang=lang) as desk:
        print_records([desk.status()], shape, stream.STATUS, text.status_text, lang)
    return 0
