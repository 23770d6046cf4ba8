"""What the archive answers beyond the records that flow through the house."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from provenance.models import Claim, Embedded, Finding, Fingerprint, Lookup


@dataclass(frozen=True, slots=True)
class FingerprintRow:
    """One stored fingerprint; ``sequence`` only grows and is never used twice."""

    sequence: int
    picture: int
    value: bytes
    quality: int | None


@dataclass(frozen=True, slots=True)
class Erasure:
    """A fingerprint that is gone: an index purges it. ``mark`` only grows."""

    mark: int
    sequence: int
    picture: int
    kind: str


@dataclass(frozen=True, slots=True)
class Material:
    """What proof is made from; fields are ``None`` where the archive has none (any more).

    ``width`` and ``height`` in upright pixels; ``keypoints`` and ``raster`` packed.
    """

    picture: int
    width: int | None
    height: int | None
    keypoint_kind: str | None
    keypoints: bytes | None
    raster: bytes | None


@dataclass(frozen=True, slots=True)
class EarlierMaterial:
    """What proof is made from for a small picture inside an archived file; pixels packed."""

    origin: Embedded
    proved: bool
    width: int
    height: int
    keypoints: bytes
    raster: bytes


@dataclass(frozen=True, slots=True)
class JudgedAgain:
    """A stored check as it is judged now: its look-up, its finding, its line of JSON."""

    lookup: Lookup
    finding: Finding
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A check before and after it was judged anew; the findings as records."""

    check: int
    name: str
    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def changed(self) -> bool:
        """Whether anything but the wording of a miss is another now."""
        return any(self.before[key] != self.after[key] for key in ("kind", "reason", "support"))


@dataclass(frozen=True, slots=True)
class Revoked:
    """What a revocation took away; ``checks`` matched a picture of that collection.

    ``rejudged``: those checks, judged anew where that was asked for.
    """

    collection: str
    pictures: int
    sightings: int
    checks: tuple[int, ...]
    rejudged: tuple[Rejudged, ...] = ()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What an erasure left: the tombstone ``picture`` and the commitment of its SHA-256.

    ``receipt`` (hex) is stored nowhere: SHA-256 of its bytes followed by the picture's
    SHA-256 in hex is ``commitment``, so whoever holds both can show that this very file
    was erased. ``checks`` lost their records, or all they held. ``clean`` says that the
    bytes are gone from the file too; else another program was reading, and sweeping again
    later will do it.
    """

    picture: int
    commitment: str | None
    receipt: str | None
    checks: tuple[int, ...]
    clean: bool


@dataclass(frozen=True, slots=True)
class ForgottenCheck:
    """What the erasure of a check left: the tombstone ``check``; the rest as in `Forgotten`.

    ``others`` are checks of the same file that still keep it.
    """

    check: int
    commitment: str | None
    receipt: str | None
    others: tuple[int, ...]
    clean: bool


@dataclass(frozen=True, slots=True)
class QuarantinedFile:
    """A file that is turned away: its SHA-256, why, since when, by whom; nothing else is kept.

    ``new``: it was not in quarantine before. ``pictures`` and ``checks`` were erased for it;
    ``clean`` as in `Forgotten`.
    """

    sha256: str
    reason: str
    made: datetime
    by: str | None
    new: bool = False
    pictures: tuple[int, ...] = ()
    checks: tuple[int, ...] = ()
    clean: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """One event; ``details`` is ``None`` once erased."""

    id: int
    at: datetime
    kind: str
    picture: int | None
    sighting: int | None
    collection: int | None
    check: int | None
    review: int | None
    details: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class ChainReport:
    """Whether the event chain and the file are whole; ``problems`` says where not."""

    events: int
    head: str
    details_erased: int
    problems: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Nothing was found wrong."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class SavedCheck:
    """A stored check; ``earlier`` are the other checks of this picture, ``new`` if first."""

    id: int
    earlier: tuple[int, ...]
    new: bool
    made: datetime
    record: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class News:
    """An event after which checks may answer differently; ``gained``: a picture came.

    ``picture`` is ``None`` where a whole ``collection`` was taken back.
    """

    event: int
    picture: int | None
    collection: int | None
    gained: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What is kept of a checked picture: sizes in pixels, the rest packed as fingerprints are."""

    check: int
    name: str
    sha256: str
    width: int
    height: int
    format: str
    finding: str
    fingerprints: tuple[Fingerprint, ...]
    keypoints: Fingerprint | None
    raster: bytes | None
    thumbnail: bytes | None
    claim: Claim


@dataclass(frozen=True, slots=True)
class CheckContent:
    """What a checked picture is known by, hex."""

    sha256: str | None
    pdq: str | None
    phash: str | None
