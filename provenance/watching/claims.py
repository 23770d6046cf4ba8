"""Claims that lie in the folder: what is asserted with the pictures beside them.

The nearest holds: ``PICTURE.claim.toml`` for one picture, else ``claim.toml`` of its folder or of
the nearest one above, else what the command line says. ``PICTURE.claim.txt`` holds only the words;
all else then comes from what would have held without it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from provenance import dates
from provenance.errors import ProvenanceError, Refused
from provenance.guard.limits import KIB, Limits
from provenance.guard.reading import read_file
from provenance.models import Claim
from provenance.watching.drops import CLAIM, CLAIM_ENDINGS

LIMITS = Limits(file_bytes=64 * KIB)
"""A claim is a paragraph. The parser is the standard library's, in Python: it cannot overrun, and
in so few bytes it cannot take long."""

TEXTS = ("text", "place", "url", "language")
DATES = ("date", "posted")

TOML, TXT = CLAIM_ENDINGS


@dataclass(frozen=True, slots=True)
class Claimed:
    """What holds for one picture; ``own`` are its claim files, ``problem`` why one was not used."""

    claim: Claim
    own: tuple[Path, ...] = ()
    problem: str | None = None


def claim_for(folders: Iterator[Path] | list[Path], name: str, otherwise: Claim) -> Claimed:
    """The claim for a picture; ``folders`` are its own and those above, nearest first."""
    folders = list(folders)
    own = tuple(own_files(folders[0], name)) if folders else ()
    toml = next((each for each in own if each.name.endswith(TOML)), None)
    words = next((each for each in own if each.name.endswith(TXT)), None)
    above = (each / CLAIM for each in folders)
    general = toml or next((each for each in above if each.is_file()), None)
    try:
        claim = read_claim(general) if general else otherwise
        if words:
            claim = replace(claim, text=_words(words))
    except ProvenanceError as problem:
        return Claimed(Claim(), own, str(problem))
    return Claimed(claim, own)


def own_files(folder: Path, name: str) -> Iterator[Path]:
    """The claim files of one picture: ``a.jpg.claim.toml`` or ``a.claim.toml``, and as text."""
    for stem in dict.fromkeys((name, Path(name).stem)):
        for ending in CLAIM_ENDINGS:
            path = folder / f"{stem}{ending}"
            if os.path.isfile(path):  # noqa: PTH113  False for a name that is too long
                yield path


def read_claim(path: Path) -> Claim:
    """The claim in a TOML file.

    Raises:
        Refused: it is no TOML, holds a word that is none of ours, or a date nobody can read.
        Unreadable: it is no ordinary file, or too large.
    """
    try:
        said = tomllib.loads(_text(read_file(path, LIMITS), path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _refused(path, f"is not written as TOML ({error})") from error
    unknown = sorted(set(said) - {*TEXTS, *DATES})
    if unknown:
        raise _refused(path, f"says “{unknown[0]}”, which is none of {', '.join((*TEXTS, *DATES))}")
    fields: dict[str, Any] = {key: _plain(path, key, said[key]) for key in TEXTS if key in said}
    fields |= {key: _date(path, key, said[key]) for key in DATES if key in said}
    return Claim(**fields)


def _words(path: Path) -> str:
    return _text(read_file(path, LIMITS), path).strip()


def _text(data: bytes, path: Path) -> str:
    """The text of a file as editors save it: UTF-8, or UTF-16 with its mark."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _refused(path, "is no text in UTF-8") from error


def _plain(path: Path, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _refused(path, f"“{key}” is no text (write it in quotation marks)")
    return value.strip()


def _date(path: Path, key: str, value: Any) -> dates.Date:
    """A date in words, or as TOML writes dates without quotation marks."""
    written = value.isoformat() if isinstance(value, date | datetime) else str(value)
    try:
        return dates.read(written).date
    except ProvenanceError as error:
        raise _refused(path, f"“{key}”: {error}") from error


def _refused(path: Path, what: str) -> Refused:
    return Refused("unreadable_claim", f"{path.name} {what}.", name=path.name)
