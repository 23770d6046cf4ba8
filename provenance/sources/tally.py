"""What a run passed over or noticed on the way, counted so that it can be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Filled while entries are drawn; complete when they are exhausted.

    ``system`` are files and folders that systems leave behind, such as ``Thumbs.db``.
    ``empty`` lists folders and tables, as typed, that held nothing to take. ``unused``
    maps a table to its columns that nobody reads, ``guessed`` to those that are read by what
    people call such a column. ``beside`` counts the files of a folder that a table in it
    names. ``outside`` counts table rows whose path leaves the folder of the table.
    ``furniture`` are pictures on pages that are smaller than can be compared, ``drawings``
    icons and vector drawings; ``unnoted`` are mentions of pictures on pages beyond what is
    kept of one web archive.
    """

    hidden_files: int = 0
    hidden_folders: int = 0
    links: int = 0
    system: int = 0
    outside: int = 0
    furniture: int = 0
    drawings: int = 0
    unnoted: int = 0
    empty: list[str] = field(default_factory=list)
    unused: dict[str, tuple[str, ...]] = field(default_factory=dict)
    guessed: dict[str, Mapping[str, str]] = field(default_factory=dict)
    beside: dict[str, int] = field(default_factory=dict)

    def skipped(self) -> str | None:
        """What was skipped, "3 hidden files and 1 system file skipped"; or ``None``."""
        counts = (
            (self.hidden_files, "hidden file"),
            (self.hidden_folders, "hidden folder"),
            (self.links, "symbolic link"),
            (self.system, "system file"),
        )
        parts = [counted(number, noun) for number, noun in counts if number]
        return f"{_joined(parts)} skipped" if parts else None

    def _on_pages(self) -> str | None:
        """What stood on archived pages and is no photograph."""
        counts = (
            (
                self.furniture,
                "picture on pages under 64 pixels",
                "pictures on pages under 64 pixels",
            ),
            (self.drawings, "icon or drawing", "icons and drawings"),
        )
        parts = [
            f"{number:,} {one if number == 1 else many}" for number, one, many in counts if number
        ]
        return f"passed over: {_joined(parts)}" if parts else None

    def sentences(self) -> list[str]:
        """All there is to say, one line each."""
        lines = [self.skipped(), *map(_empty_sentence, self.empty)]
        lines += [_beside_sentence(name, count) for name, count in self.beside.items()]
        lines += [_guessed_sentence(name, columns) for name, columns in self.guessed.items()]
        lines += [_unused_sentence(name, columns) for name, columns in self.unused.items()]
        lines.append(_outside_sentence(self.outside))
        lines += [self._on_pages(), _unnoted_sentence(self.unnoted)]
        return [line for line in lines if line]


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 symbolic link", "3 symbolic links"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _joined(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _empty_sentence(name: str) -> str:
    return f"{name}: nothing in it to take"


def _beside_sentence(name: str, count: int) -> str:
    return f"{name}: says something about {counted(count, 'file')} beside it"


def _guessed_sentence(name: str, columns: Mapping[str, str]) -> str:
    pairs = ", ".join(f"{column} as {field}" for column, field in columns.items())
    return f"{name}: read {pairs} (say otherwise with --map COLUMN=FIELD)"


def _unused_sentence(name: str, columns: tuple[str, ...]) -> str:
    return f"{name}: not used: {', '.join(columns)}"


def _outside_sentence(rows: int) -> str | None:
    if not rows:
        return None
    verb = "names a file" if rows == 1 else "name files"
    return f"{counted(rows, 'table row')} {verb} outside the folder of the table"


def _unnoted_sentence(mentions: int) -> str | None:
    if not mentions:
        return None
    return f"{mentions:,} mentions of pictures on pages were too many to keep; they have no caption"
