"""What a person may do: three roles, each with all that the one before may."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Task(StrEnum):
    """What is done at a desk, as far as not everybody may."""

    READ = "read"
    ADD = "add"
    CHECK = "check"
    REVIEW = "review"
    TAKE_BACK = "take_back"


class Role(StrEnum):
    """Who somebody is at this desk."""

    READER = "reader"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"

    def may(self, task: Task) -> bool:
        """Whether this role may do it."""
        return task in _MAY[self]


_READER: Final = frozenset({Task.READ})
_CONTRIBUTOR: Final = _READER | {Task.ADD, Task.CHECK}
_MAY: Final = {
    Role.READER: _READER,
    Role.CONTRIBUTOR: _CONTRIBUTOR,
    # Who decides what counts also takes back and erases.
    Role.REVIEWER: _CONTRIBUTOR | {Task.REVIEW, Task.TAKE_BACK},
}
