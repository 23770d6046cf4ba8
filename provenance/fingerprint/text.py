"""Hashes as people write them, read and written; light, so that a path miss costs nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenance.errors import MalformedHash
from provenance.models import Fingerprint

SHA256 = "sha256"
PDQ = "pdq_v1"
PHASH = "phash_v1"

_DIGITS = {SHA256: 64, PDQ: 64, PHASH: 16}
_PREFIXES = {"sha256": SHA256, "pdq": PDQ, "phash": PHASH}
_BARE = {64: (SHA256, PDQ), 16: (PHASH,)}

_HEX = re.compile(r"[0-9a-f]+")
_PREFIXED = re.compile(r"(?P<word>[a-z]+[0-9]*):(?P<digits>.*)", re.DOTALL)
# Prefixes that promise a hash; any other word before a colon is a URL, a drive, a name.
_PROMISES_HASH = re.compile(r"sha-?[0-9]+|md5|pdq|[adpw]hash|crc32")
# Long runs of hex digits are hashes of another kind; 64 letters and digits are a mistyped one.
_LOOKS_LIKE_HASH = re.compile(r"[0-9a-f]{17,}|[0-9a-z]{64}")

_EXPECTED = (
    "Expected sha256: or pdq: with 64 hex digits, phash: with 16 hex digits, "
    "or the digits alone (64 are tried as SHA-256 and as PDQ)."
)


@dataclass(frozen=True, slots=True)
class HashQuery:
    """A hash to look for.

    ``kind`` is ``"sha256"`` or the kind of a fingerprint (``"pdq_v1"``, ``"phash_v1"``);
    ``value`` its bytes.
    """

    kind: str
    value: bytes

    @property
    def text(self) -> str:
        """Lower-case hex of fixed width, as the archive's tables and ThreatExchange write it."""
        return self.value.hex()


def text(fingerprint: Fingerprint) -> str:
    """The text form of a fingerprint: lower-case hex, two digits a byte."""
    return fingerprint.value.hex()


def parse_hash(written: str) -> tuple[HashQuery, ...] | None:
    """Read a hash as typed: what it may be, or ``None`` where it does not look like one.

    64 digits without a prefix give two queries, SHA-256 first. Upper case and blanks around
    are accepted. Raises :class:`MalformedHash` for what looks like a hash and is none.
    """
    plain = written.strip().lower()
    prefixed = _PREFIXED.fullmatch(plain)
    if prefixed and _PROMISES_HASH.fullmatch(prefixed["word"]):
        return (_with_prefix(written, prefixed["word"], prefixed["digits"]),)
    if _HEX.fullmatch(plain) and len(plain) in _BARE:
        return tuple(HashQuery(kind, bytes.fromhex(plain)) for kind in _BARE[len(plain)])
    if _LOOKS_LIKE_HASH.fullmatch(plain):
        raise _malformed(written, f"has {len(plain)} characters and no known form")
    return None


def hamming(one: bytes, other: bytes) -> int:
    """In how many bits two hashes of the same width differ."""
    if len(one) != len(other):
        raise ValueError(f"hashes of {len(one)} and {len(other)} bytes cannot be compared")
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def _with_prefix(written: str, word: str, digits: str) -> HashQuery:
    kind = _PREFIXES.get(word)
    if kind is None:
        raise _malformed(written, f"is of a kind ({word}) that no archive is searched by")
    if len(digits) != _DIGITS[kind]:
        raise _malformed(written, f"has {len(digits)} digits where {word} has {_DIGITS[kind]}")
    if not _HEX.fullmatch(digits):
        raise _malformed(written, "holds a character that is no hex digit (0-9, a-f)")
    return HashQuery(kind, bytes.fromhex(digits))


def _malformed(written: str, what: str) -> MalformedHash:
    return MalformedHash(f"The hash “{written}” {what}.", name=written, advice=_EXPECTED)
