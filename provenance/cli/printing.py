"""What commands print, and how they count what went wrong on the way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, TypeVar

from provenance.cli.ending import say

if TYPE_CHECKING:
    from provenance.report.stream import Form
    from provenance.report.text import Look

Record = dict[str, Any]
Judged = TypeVar("Judged")


def print_records(
    records: Iterable[Record],
    shape: str | None,
    form: Form,
    text: Callable[[Record, Look], str],
    lang: str = "en",
) -> None:
    """Write records to standard output in the shape asked for, each as it is ready."""
    from provenance.report import stream
    from provenance.report.text import Look

    # A name in a script that this terminal cannot write is shown as escapes, not refused.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    look = Look.of(sys.stdout, lang)
    stream.write(records, sys.stdout, shape, form, lambda record: text(record, look))


def print_text(text: Callable[[Any, Look], str], told: Any, lang: str = "en") -> None:
    """Write one text for people to standard output."""
    from provenance.report.text import Look

    sys.stdout.write(f"{text(told, Look.of(sys.stdout, lang))}\n")
    sys.stdout.flush()


def say_lines(lines: Iterable[str]) -> None:
    """Messages to the person, one line each, on standard error."""
    for line in lines:
        say(line)


@dataclass
class Tried:
    """Counts answers, and those that could not be given: they decide the exit code."""

    all: int = 0
    failed: int = 0

    def counted(self, answers: Iterable[Judged], failure: str) -> Iterator[Judged]:
        """The same answers, counted; ``failure`` is the outcome that counts as failed."""
        for answer in answers:
            self.all += 1
            self.failed += getattr(answer, "outcome", None) == failure
            yield answer

    def nothing(self, sentence: str) -> list[str]:
        """``sentence`` if there was no answer at all, so that silence is never an answer."""
        return [] if self.all else [sentence]

    @property
    def exit_code(self) -> int:
        """1 if some input could not be used, else 0."""
        return 1 if self.failed else 0
