from __future__ import annotations

import hashlib

import numpy as np
import pytest

from provenance import plugins
from provenance.conformance import drawings
from provenance.conformance.fingerprints import KnownAnswer, check_fingerprint, known_answers
from provenance.hookspecs import Fingerprinter
from provenance.models import Fingerprint, Pixels


@pytest.mark.parametrize("kind", ["phash_v1", "pdq_v1"])
def test_our_fingerprints_pass_the_kit(kind: str) -> None:
    check_fingerprint(plugins.fingerprinters()[kind])


def test_there_are_more_than_a_thousand_pdq_vectors_from_the_reference() -> None:
    answers = known_answers("pdq_v1")
    assert len(answers) == drawings.COUNT >= 1000
    assert len({answer.hash for answer in answers}) > 900
    assert len(known_answers("phash_v1")) == 200


def test_the_pictures_of_the_vectors_are_drawn_the_same_here() -> None:
    for answer in known_answers("pdq_v1")[::7]:
        drawn = hashlib.sha256(answer.pixels.rgb.tobytes()).hexdigest()
        assert drawn.startswith(answer.sha256), answer.picture


def test_a_foreign_kind_has_no_vectors() -> None:
    assert known_answers("mean_v1") == ()


class Bad:
    """A fingerprint with one flaw at a time."""

    kind = "bad_v1"
    width = 4

    def __init__(self, **changes: object) -> None:
        self.__dict__.update(changes)
        self.calls = 0

    def compute(self, _pixels: Pixels) -> Fingerprint:
        self.calls += 1
        return Fingerprint(self.kind, bytes(self.width))


class Forgetful(Bad):
    def compute(self, pixels: Pixels) -> Fingerprint:
        return Fingerprint(self.kind, super().compute(pixels).value[:-1] + bytes([self.calls]))


class Widening(Bad):
    def compute(self, pixels: Pixels) -> Fingerprint:
        return Fingerprint(self.kind, bytes(pixels.width))


class Boastful(Bad):
    def compute(self, _pixels: Pixels) -> Fingerprint:
        return Fingerprint(self.kind, bytes(self.width), quality=101)


class Scribbling(Bad):
    def compute(self, pixels: Pixels) -> Fingerprint:
        pixels.rgb.flags.writeable = True
        pixels.rgb[0, 0] //= 2
        return Fingerprint(self.kind, np.packbits(pixels.rgb[0, 0] > 9).tobytes() * 4)


class Misnamed(Bad):
    def compute(self, _pixels: Pixels) -> Fingerprint:
        return Fingerprint("other_v1", bytes(self.width))


@pytest.mark.parametrize(
    ("fingerprinter", "complaint"),
    [
        (Bad(kind="bad"), "does not end in a version"),
        (Bad(width=0), "width of 0"),
        (Forgetful(), "not the same twice"),
        (Widening(), "bytes, not 4"),
        (Boastful(), "quality 101"),
        (Scribbling(), "changes the picture"),
        (Misnamed(), "says it is other_v1"),
    ],
)
def test_the_kit_names_the_flaw(fingerprinter: Fingerprinter, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        check_fingerprint(fingerprinter)


def test_the_kit_tries_the_answers_it_is_given() -> None:
    check_fingerprint(Bad(), [KnownAnswer(3, "", "00000000")])
    with pytest.raises(AssertionError, match="drawn picture 3 is 00000000, not 00000001"):
        check_fingerprint(Bad(), [KnownAnswer(3, "", "00000001")])
