"""The watch folder itself: its four sub-folders, its note, the lock that one watcher holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from provenance.errors import UsageError
from provenance.index import lock
from provenance.wording import watch_note

IN, WORK, DONE, REFUSED = "in", "work", "done", "refused"
FOLDERS = (IN, WORK, DONE, REFUSED)
HIDDEN = ".provenance"
"""Ours alone, and hidden, so that no scan takes what lies in it: the lock, copies under way."""
COPIES = "copies"
NOTE = "README.txt"


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of one watch folder."""

    root: Path

    @property
    def inbox(self) -> Path:
        """Where pictures are dropped."""
        return self.root / IN

    @property
    def work(self) -> Path:
        """What was taken and has no answer yet."""
        return self.root / WORK

    @property
    def done(self) -> Path:
        """Pictures with their answers."""
        return self.root / DONE

    @property
    def refused(self) -> Path:
        """What could not be read, with the reason."""
        return self.root / REFUSED

    @property
    def hidden(self) -> Path:
        """The lock and the copies that are being judged."""
        return self.root / HIDDEN

    @property
    def copies(self) -> Path:
        """The very bytes that are being judged, by their SHA-256."""
        return self.hidden / COPIES

    def made(self, lang: str) -> None:
        """Make what is missing; a note that somebody changed stays as it is.

        Raises:
            UsageError: this is no place for a watch folder, or it cannot be made.
        """
        _refuse_place(self.root)
        try:
            for folder in (*(self.root / name for name in FOLDERS), self.copies):
                folder.mkdir(parents=True, exist_ok=True)
            note = self.root / NOTE
            if not note.exists():
                note.write_text(watch_note(lang), encoding="utf-8")
        except OSError as error:
            raise UsageError(
                f"The folder {self.root} cannot be watched: {error.strerror}.",
                advice="Give a folder that you may write in.",
            ) from error


@contextmanager
def watched_alone(layout: Layout) -> Iterator[None]:
    """Hold the folder; the system lets go of it when this program ends, however it ends.

    Raises:
        UsageError: another program is watching it.
    """
    with ExitStack() as held:
        try:
            held.enter_context(lock.held(layout.hidden, 0))
        except OSError as error:
            raise UsageError(
                f"The folder {layout.root} is being watched already.",
                advice="One program watches a folder; end the other one or give another folder.",
            ) from error
        yield


def _refuse_place(root: Path) -> None:
    """Refuse folders of which nobody wants every file moved away."""
    place = root.resolve()
    if place.exists() and not place.is_dir():
        raise UsageError(f"{root} is not a folder.", advice="Give a folder to watch.")
    if place == place.parent or place == Path(os.path.expanduser("~")).resolve():  # noqa: PTH111  # never raises
        raise UsageError(
            f"{root} is no folder to watch: every file in it would be moved.",
            advice="Give a folder that is there for this alone.",
        )
    above = next((each for each in place.parents if (each / HIDDEN / COPIES).is_dir()), None)
    if above is not None:
        raise UsageError(
            f"{root} lies inside the watch folder {above}.", advice="Give a folder outside of it."
        )
