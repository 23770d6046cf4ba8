"""Functions of SQLite again, in time that grows with the length of a text and not its square.

SQLite's own ``instr``, ``replace`` and ``trim`` compare at every place anew: two texts of a
megabyte keep them busy for a minute, and nothing can interrupt a function. ``json_patch`` looks
through all names for each name, and is left out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Final

Value = str | bytes | int | float | None

_SIDES: Final = {"trim": (True, True), "ltrim": (True, False), "rtrim": (False, True)}


def register(connection: sqlite3.Connection, most: int) -> None:
    """Put them in place of SQLite's own; none makes a text of more than ``most`` bytes."""
    connection.create_function("instr", 2, instr, deterministic=True)
    connection.create_function("replace", 3, partial(replace, most), deterministic=True)
    connection.create_function("json_patch", 2, _not_here("json_patch"), deterministic=True)
    for name, sides in _SIDES.items():
        connection.create_function(name, 2, partial(trim, sides), deterministic=True)


def instr(text: Value, part: Value) -> int | None:
    """Where ``part`` begins in ``text``, from 1; 0 where it does not stand there."""
    if text is None or part is None:
        return None
    if isinstance(text, bytes) and isinstance(part, bytes):
        return text.find(part) + 1
    return _text(text).find(_text(part)) + 1


def replace(most: int, text: Value, part: Value, by: Value) -> Value:
    """``text`` with ``by`` wherever ``part`` stands."""
    if text is None or part is None:
        return None
    whole, old = _text(text), _text(part)
    if not old or by is None:
        return None if old else text
    new = _text(by)
    if len(whole) + whole.count(old) * (len(new) - len(old)) > most:
        raise sqlite3.DataError("string or blob too big")
    return whole.replace(old, new)


def trim(sides: tuple[bool, bool], text: Value, letters: Value) -> str | None:
    """``text`` without these letters at its ends."""
    if text is None or letters is None:
        return None
    whole, gone = _text(text), frozenset(_text(letters))
    first, last = 0, len(whole)
    while sides[0] and first < last and whole[first] in gone:
        first += 1
    while sides[1] and last > first and whole[last - 1] in gone:
        last -= 1
    return whole[first:last]


def _text(value: Value) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _not_here(name: str) -> Callable[[Value, Value], Value]:
    def refuse(_one: Value, _other: Value) -> Value:
        raise sqlite3.NotSupportedError(f"{name} is not available here")

    return refuse
