"""Kinds of source that are not built yet: refused, with what to do instead."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.errors import Refused
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.files import COLLECTION, problem_entry
from provenance.sources.source import Run
from provenance.sources.stated import Stated

_INSTEAD = {
    (".zip", ".tar", ".tar.gz", ".tgz", ".7z", ".rar"): (
        "Packed files are not read by this version;",
        "unpack it and add the folder.",
    ),
    (".xls", ".xlsb", ".ods", ".numbers", ".gsheet"): (
        "Workbooks of this format are not read by this version;",
        "save the sheet as .xlsx or .csv (UTF-8) and add that.",
    ),
    (".json", ".xml", ".db", ".sqlite", ".sqlite3"): (
        "Files of this format are not read by this version;",
        "save what they hold as a table (.csv or .jsonl) and add that.",
    ),
    (".pdf", ".doc", ".docx", ".ppt", ".pptx", ".odt"): (
        "Documents are not read by this version;",
        "take the pictures out and add them with --date, --source and --url.",
    ),
}


class Unbuilt:
    """Packed files, documents and foreign tables that lie on disk."""

    name = "unbuilt"

    def recognises(self, argument: Argument) -> bool:
        """Whether it is a file of such a kind."""
        return argument.exists and _instead(argument) is not None

    def check(self, argument: Argument, run: Run) -> None:
        """It spoils its own entry, not the command."""

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:  # noqa: ARG002 - nothing to count
        """The refusal."""
        what, instead = _instead(argument) or ("This is not read by this version.", "")
        problem = Refused("unsupported_source", what, name=argument.text, advice=instead)
        yield problem_entry(argument, problem, stated.blank(COLLECTION))


def _instead(argument: Argument) -> tuple[str, str] | None:
    name = argument.text.lower()
    return next((said for endings, said in _INSTEAD.items() if name.endswith(endings)), None)
