"""The kit that every fingerprint must pass, ours and foreign.

``check_fingerprint(MyFingerprint())`` raises :class:`AssertionError` with a sentence that
says what is wrong. What it cannot try is whether the hash is any good: give known answers
that somebody else computed, because a hash can be stable, symmetrical and wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from provenance.conformance import drawings
from provenance.fingerprint import text
from provenance.hookspecs import Fingerprinter
from provenance.models import Fingerprint, Pixels

_VERSIONED = re.compile(r"[a-z][a-z0-9_]*_v[0-9]+")
_BEST_QUALITY = 100

ODD_SIZES = ((1, 1), (1, 7), (7, 1), (4, 4), (5, 5), (2, 3000), (3000, 2), (64, 64), (1500, 2000))
"""Heights and widths that a fingerprint must survive."""


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """What a fingerprint must say of one picture.

    ``picture`` is a number for :func:`provenance.conformance.drawings.picture`; ``sha256``
    the first 16 hex digits of its pixel bytes; ``hash`` the text form; ``turned`` the text
    forms of the seven other orientations where they are known.
    """

    picture: int
    sha256: str
    hash: str
    quality: int | None = None
    turned: tuple[str, ...] = ()

    @property
    def pixels(self) -> Pixels:
        """The picture itself, drawn anew."""
        return Pixels(drawings.picture(self.picture), "drawn")


def known_answers(kind: str) -> tuple[KnownAnswer, ...]:
    """The vectors that ship for one of our kinds ("pdq_v1"); none for a foreign kind."""
    table = files("provenance.conformance") / f"{kind}.tsv"
    if not table.is_file():
        return ()
    rows = table.read_text(encoding="ascii").splitlines()[1:]
    return tuple(_known_answer(row.split("\t")) for row in rows)


def check_fingerprint(
    fingerprinter: Fingerprinter, answers: Iterable[KnownAnswer] | None = None
) -> None:
    """Try one fingerprint: its name, its form on odd pictures, its known answers.

    ``answers`` are those that ship for this kind unless given.
    """
    check_kind(fingerprinter)
    for pixels in odd_pictures():
        check_form(fingerprinter, pixels)
    chosen = known_answers(fingerprinter.kind) if answers is None else answers
    for answer in chosen:
        check_answer(fingerprinter, answer)


def odd_pictures() -> Iterator[Pixels]:
    """Pictures of odd shape, flat and rough, that may not be written to."""
    for height, width in ODD_SIZES:
        flat = np.full((height, width, 3), 90, np.uint8)
        rough = np.resize(drawings.picture(13), (height, width, 3))
        for rgb in (flat, rough):
            rgb.flags.writeable = False
            yield Pixels(rgb, "drawn")


def check_kind(fingerprinter: Fingerprinter) -> None:
    """The kind names its version, so that what was computed stays searchable for ever."""
    kind = fingerprinter.kind
    assert _VERSIONED.fullmatch(kind), f"the kind “{kind}” does not end in a version such as _v1"
    assert fingerprinter.width > 0, f"{kind} has a width of {fingerprinter.width} bytes"


def check_form(fingerprinter: Fingerprinter, pixels: Pixels) -> None:
    """On one picture: fixed width, quality in bounds, text and back, twice the same."""
    where = f"{fingerprinter.kind} of a picture of {pixels.width} x {pixels.height}"
    before = pixels.rgb.copy()
    first, second = fingerprinter.compute(pixels), fingerprinter.compute(pixels)
    assert np.array_equal(before, pixels.rgb), f"{where} changes the picture"
    assert first == second, f"{where} is not the same twice"
    assert first.kind == fingerprinter.kind, f"{where} says it is {first.kind}"
    _check_value(first, fingerprinter.width, where)


def check_answer(fingerprinter: Fingerprinter, answer: KnownAnswer) -> None:
    """The fingerprint of one drawn picture is the known one, to the bit."""
    got = fingerprinter.compute(answer.pixels)
    where = f"{fingerprinter.kind} of drawn picture {answer.picture}"
    assert text(got) == answer.hash, f"{where} is {text(got)}, not {answer.hash}"
    assert answer.quality in (None, got.quality), f"{where} has quality {got.quality}"


def _check_value(fingerprint: Fingerprint, width: int, where: str) -> None:
    value, quality = fingerprint.value, fingerprint.quality
    assert isinstance(value, bytes), f"{where} is {type(value).__name__}, not bytes"
    assert len(value) == width, f"{where} has {len(value)} bytes, not {width}"
    assert bytes.fromhex(text(fingerprint)) == value, f"{where} does not survive its text form"
    assert quality is None or 0 <= quality <= _BEST_QUALITY, f"{where} has quality {quality}"


def _known_answer(row: list[str]) -> KnownAnswer:
    picture, _height, _width, sha256, quality, digits, turned = row
    return KnownAnswer(
        picture=int(picture),
        sha256=sha256,
        hash=digits,
        quality=int(quality) if quality else None,
        turned=tuple(turned.split(",")) if turned else (),
    )
