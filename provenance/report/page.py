"""Lines on a terminal: safe, wrapped, indented, in colour where that is wanted."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from dataclasses import dataclass
from typing import Final, TextIO

import click

from provenance.report.visible import visible
from provenance.wording import colon, message
from provenance.wording import counted as counted_words
from provenance.wording import number as set_apart

_INDENT: Final = "  "
_NARROWEST = 40
_UNWRAPPED = sys.maxsize


@dataclass(frozen=True, slots=True)
class Look:
    """How text is laid out: ``colour`` only for a terminal, ``width`` in columns."""

    colour: bool = False
    width: int = 80
    lang: str = "en"

    @classmethod
    def of(cls, out: TextIO, lang: str = "en") -> Look:
        """What suits ``out``: on a terminal its width, and colour unless NO_COLOR is set.

        Anywhere else no line is wrapped, so that a program finds whole sentences.
        """
        if not out.isatty():
            return cls(width=_UNWRAPPED, lang=lang)
        width = shutil.get_terminal_size().columns
        return cls(colour="NO_COLOR" not in os.environ, width=width, lang=lang)

    def label(self, key: str, **values: object) -> str:
        """The words for ``key`` in this language."""
        return message(self.lang, f"terminal.{key}", **values)

    def named(self, name: str, value: object) -> str:
        """A name and its value: "taken: 4 March 2019"."""
        return f"{name}{colon(self.lang)}{value}"

    def heading(self, key: str) -> str:
        """The words above what follows, with their colon."""
        return self.named(self.label(key), "").rstrip()

    def number(self, number: int) -> str:
        """A number with its thousands set apart."""
        return set_apart(self.lang, number)

    def counted(self, noun: str, number: int) -> str:
        """A number with its noun in this language."""
        return counted_words(self.lang, f"terminal.{noun}", number)


PLAIN: Final = Look()


class Page:
    """Lines as they are written, top to bottom."""

    def __init__(self, look: Look) -> None:
        """Begin an empty page."""
        self._look = look
        self._lines: list[str] = []

    def line(
        self, text: str, depth: int = 0, *, bold: bool = False, dim: bool = False, fg: str = ""
    ) -> None:
        """One paragraph, wrapped, ``depth`` steps in; its later lines a step further.

        Whatever a file put into the text is made visible here and nowhere else. Later lines
        stand further in so that a long name cannot be wrapped into a line of our own.
        """
        indent = _INDENT * depth
        wrapped = textwrap.wrap(
            visible(text),
            max(self._look.width, _NARROWEST),
            initial_indent=indent,
            subsequent_indent=indent + _INDENT,
            break_long_words=False,
            break_on_hyphens=False,
        )
        self._lines += [self._styled(each, bold=bold, dim=dim, fg=fg) for each in wrapped]

    def gap(self) -> None:
        """A blank line, unless there is one or nothing above."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def text(self) -> str:
        """The page."""
        return "\n".join(self._lines).rstrip("\n")

    def _styled(self, text: str, *, bold: bool, dim: bool, fg: str) -> str:
        if not self._look.colour:
            return text
        return click.style(text, fg=fg or None, bold=bold or None, dim=dim or None)
