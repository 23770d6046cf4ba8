"""The flow: look -> take -> examine -> check -> lay the answer beside the picture."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from provenance.errors import ProvenanceError
from provenance.guard.beside import STREAM
from provenance.models import Claim, Outcome
from provenance.watching import answers, files, layout, waking
from provenance.watching.answers import Record
from provenance.watching.drops import SETTLE_SECONDS, Drop, Drops, signature
from provenance.watching.later import Later
from provenance.watching.layout import Layout
from provenance.watching.taken import Changed, Taken, claim_by_rename, put_back, taken

if TYPE_CHECKING:
    from provenance.archive import Asked
    from provenance.check import Checked
    from provenance.desk import Desk
    from provenance.lookup import Looked

MOST_AT_ONCE = 200
"""Pictures that are taken before the folder is looked at again."""

LONGEST_CHANGING = 60.0
"""Seconds for which ``drained`` waits for files that keep changing when nothing else is left."""

RETRY_SECONDS = 5.0
"""After the disk or the archive refused: that is nobody's picture, so everything waits."""

LOOK_BACK_SECONDS = 1.0
"""For so long what came into the archive is followed before the folder is looked at again: a
picture dropped meanwhile is answered within seconds, also after ten thousand came in."""

MOST_REMEMBERED = 10_000
"""Messages that are not said again."""

Tell = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: the contract's JSON with ``watch`` beside it; ``anew``: it was judged before."""

    record: Record
    anew: bool = False

    @property
    def outcome(self) -> Outcome:
        """How the look-up ended."""
        return Outcome(self.record["outcome"])


class Watch:
    """One watch folder, held by this program alone while the ``with`` statement lasts.

    Args:
        desk: the open archive that is asked and keeps the checks.
        folder: the folder; its layout is made if need be.
        claim: what holds for pictures without a claim of their own.
        poll: look by the clock alone, for folders on network shares.
        settle: seconds for which a file has to stay as it is.
        tell: called with a message's key (``wording``) and what it is about, once each.

    Raises:
        UsageError: on entering: the folder cannot be watched, or somebody else does.
    """

    def __init__(
        self,
        desk: Desk,
        folder: Path | str,
        *,
        claim: Claim | None = None,
        poll: bool = False,
        settle: float = SETTLE_SECONDS,
        tell: Tell = lambda _key, _name: None,
    ) -> None:
        self.layout = Layout(Path(folder))
        self._desk = desk
        self._claim = claim or Claim()
        self._poll = poll
        self.tell = self._tell = _Once(tell)
        self._drops = Drops(self.layout, ours=desk.path, settle=settle, tell=self._tell)
        self._later = Later(self.layout, self._claim)
        self._unsettled = 0
        self._followed = -1
        self._behind = False
        self._held = ExitStack()

    def __enter__(self) -> Self:
        """Make the layout and hold the folder."""
        self.layout.made(self._desk.lang)
        self._held.enter_context(layout.watched_alone(self.layout))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the folder; what is under way is done again by the next watcher."""
        self._held.close()

    # ---------------------------------------------------------------------- the uses

    def drained(self) -> Generator[Answered, None, None]:
        """Answer everything that lies there, then end.

        Raises:
            OSError, ArchiveError: the disk or the archive does not do; nothing is lost.
        """
        yield from self._answered(self._left_over())
        idle_since = time.monotonic()
        while True:
            unsettled, answered = 0, False
            for each in self._round():
                answered = True
                yield each
            unsettled = self._unsettled
            if answered:
                idle_since = time.monotonic()
            elif self._behind:
                continue
            elif not unsettled:
                return
            elif time.monotonic() - idle_since > LONGEST_CHANGING:
                self._tell("watch.still_changing", str(self.layout.inbox))
                return
            else:
                waking.by_clock(settling=True)

    def forever(self) -> Generator[Answered, None, None]:
        """Answer what lies there and whatever comes, until stopped."""
        wait = waking.by_clock if self._poll else waking.by_events(self.layout.inbox, self._tell)
        redo = True
        while True:
            try:
                if redo:
                    yield from self._answered(self._left_over())
                    redo = False
                answered = False
                for each in self._round():
                    answered = True
                    yield each
            except (OSError, ProvenanceError) as problem:
                self._tell("watch.stalled", str(problem))
                redo = True
                time.sleep(RETRY_SECONDS)
                continue
            if not answered and not self._behind:
                wait(settling=self._unsettled > 0)

    # ------------------------------------------------------------------------- rounds

    def _round(self) -> Iterator[Answered]:
        """One look at the folder, and answers for what has come to rest."""
        found = self._drops.look()
        ready = [d for d in found.pictures if not self._drops.changing(d.path.parent)]
        self._unsettled = found.unsettled + len(found.pictures) - len(ready)
        yield from self._answered(self._claimed(ready[:MOST_AT_ONCE]))
        if not ready:
            for path, relative in self._later.due(found.claims, self._tell):
                yield from self._answered(self._again(path, relative), anew=True)
            yield from self._looked_back()

    def _claimed(self, drops: Iterable[Drop]) -> Iterator[Taken]:
        """Take each file just before its turn."""
        for drop in drops:
            if signature(drop.path) != drop.signature:
                continue  # written to, or gone, since we looked
            try:
                path = claim_by_rename(self.layout, drop)
            except FileNotFoundError:
                continue
            except OSError as error:
                self._refuse_move(drop, error)
                continue
            yield from self._taken(path, drop.relative, drop)

    def _left_over(self) -> Iterator[Taken]:
        """What a watcher before us took and did not answer."""
        for begun in self.layout.copies.glob("*"):
            begun.unlink(missing_ok=True)
        for path in files.all_below(self.layout.work):
            if not path.name.endswith(STREAM):
                yield from self._taken(path, path.relative_to(self.layout.work).as_posix())

    def _taken(self, path: Path, relative: str, drop: Drop | None = None) -> Iterator[Taken]:
        settled = drop.signature if drop else None
        try:
            yield taken(self.layout, path, relative, self._claim, settled)
        except Changed:
            put_back(self.layout, path, relative)

    def _again(self, path: Path, relative: str) -> Iterator[Taken]:
        """A picture in ``done/`` that is to be judged anew, unless somebody is changing it."""
        with suppress(Changed):
            yield taken(self.layout, path, relative, self._claim)

    def _refuse_move(self, drop: Drop, error: OSError) -> None:
        key = "watch.other_file_system" if _is_elsewhere(error) else "watch.not_taken"
        self._tell(key, drop.relative)

    # ------------------------------------------------------------------- looking back

    def _looked_back(self) -> Iterator[Answered]:
        """Earlier checks that answer differently since the archive changed, whoever changed it."""
        version = self._desk.archive.version()
        if version == self._followed:
            return
        for each in self._desk.recheck(self._places, LOOK_BACK_SECONDS):
            if each.checked is None:
                self._tell("watch.needs_file", each.asked.name)
            elif each.changed:
                yield self._answer_changed(each.checked)
        self._behind = self._desk.rechecking.is_behind()
        if not self._behind:
            self._followed = self._desk.archive.version()

    def _answer_changed(self, checked: Checked) -> Answered:
        page = self._desk.report([self._desk.page(checked)])
        record = answers.unplaced(checked.record)
        for path in self._lying(checked.number):
            record = answers.lay_anew(self.layout, path, checked.record, page)
        return Answered(record, anew=True)

    def _places(self, asked: Asked) -> Iterator[Path]:
        yield from self._lying(asked.check)
        if Path(asked.name).is_absolute():
            yield Path(asked.name)

    def _lying(self, check: int | None) -> Iterator[Path]:
        """The pictures in ``done/`` whose answer is that of a check."""
        for name in self._desk.archive.names_of_check(check) if check else ():
            for path in files.numbered(self.layout.done / name):
                if not files.exist([path]):
                    break
                if answers.check_of(path) == check:
                    yield path

    # ------------------------------------------------------------------------ answers

    def _answered(self, pictures: Iterable[Taken], *, anew: bool = False) -> Iterator[Answered]:
        """Examine in workers side by side, judge and lay down each answer in turn."""
        under_way: deque[Taken] = deque()

        def entries() -> Iterator[Any]:
            for each in pictures:
                under_way.append(each)
                yield each.entry

        for looked in self._desk.looked(entries()):
            picture = under_way.popleft()
            answer = self._answer(picture, looked, anew=anew)
            self._let_go(picture, under_way)
            if answer is not None:
                yield answer

    def _answer(self, picture: Taken, looked: Looked, *, anew: bool) -> Answered | None:
        if picture.claimed.problem:
            self._tell("watch.claim_problem", f"{picture.relative}: {picture.claimed.problem}")
        checked = self._desk.judged(looked, picture.claimed.claim)
        page = self._desk.report([self._desk.page(checked)])
        if anew:
            return Answered(answers.lay_again(self.layout, picture, checked.record, page), anew)
        if signature(picture.path) != picture.signature:
            put_back(self.layout, picture.path, picture.relative)
            return None
        refused = checked.outcome is Outcome.UNREADABLE
        folder = self.layout.refused if refused else self.layout.done
        return Answered(answers.lay(self.layout, folder, picture, checked.record, page))

    @staticmethod
    def _let_go(picture: Taken, under_way: Iterable[Taken]) -> None:
        """The copy served; what is kept is the picture itself."""
        if picture.copy and all(picture.copy != each.copy for each in under_way):
            picture.copy.unlink(missing_ok=True)


class _Once:
    """Says each thing once."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._told: set[tuple[str, str]] = set()

    def __call__(self, key: str, name: str) -> None:
        if len(self._told) > MOST_REMEMBERED:
            self._told.clear()
        if (key, name) not in self._told:
            self._told.add((key, name))
            self._tell(key, name)


def _is_elsewhere(error: OSError) -> bool:
    import errno

    return error.errno == errno.EXDEV
