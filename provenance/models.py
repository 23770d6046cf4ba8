"""What flows through the house: small frozen records, in the order in which they arise.

Everything here is data without behaviour. Pixel coordinates are those of the upright
picture (EXIF orientation applied), in pixels, origin at the top left, x first.
Instants are aware datetimes in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from provenance.dates import Date
from provenance.errors import ProvenanceError, UnreadableReason

if TYPE_CHECKING:
    # Only for the type checker: `provenance --help` must not pay for NumPy.
    import numpy as np
    from numpy.typing import NDArray

# --------------------------------------------------------------------------- words


class Means(StrEnum):
    """What the date of a sighting is the date of."""

    CAPTURED = "captured"
    PUBLISHED = "published"
    POSTED = "posted"
    CRAWLED = "crawled"
    HELD = "held"
    ASSERTED = "asserted"


class How(StrEnum):
    """How we know the date of a sighting."""

    STATED = "stated"
    EXIF = "exif"
    XMP = "xmp"
    IPTC = "iptc"
    C2PA_TIMESTAMP = "c2pa_timestamp"
    CRAWL_RECORD = "crawl_record"
    PAGE = "page"
    PLATFORM = "platform"
    ARCHIVE_LOG = "archive_log"
    FILE_NAME = "file_name"
    FILE_TIME = "file_time"
    DOWNLOAD_MARK = "download_mark"


class Trust(StrEnum):
    """How far this desk lets a source's dates carry (not whether it is honest)."""

    OWN = "own"
    TRUSTED = "trusted"
    PARTNER = "partner"
    UNREVIEWED = "unreviewed"
    CONTESTED = "contested"


class Strength(StrEnum):
    """What a sighting's date may support, strongest first."""

    DOCUMENTED = "documented"
    REPORTED = "reported"
    INDICATION = "indication"
    NONE = "none"


class Relation(StrEnum):
    """How a match is related to the query."""

    IDENTICAL_FILE = "identical_file"
    SAME_PICTURE = "same_picture"
    SIMILAR_SCENE = "similar_scene"


class AlterationKind(StrEnum):
    """The ways in which a copy can differ from the picture it was made from."""

    RECOMPRESSED = "recompressed"
    RESIZED = "resized"
    MIRRORED = "mirrored"
    ROTATED = "rotated"
    CROPPED = "cropped"
    BORDERED = "bordered"
    OVERLAID = "overlaid"
    RECOLOURED = "recoloured"
    BLURRED = "blurred"
    INSIDE_SCREENSHOT = "inside_screenshot"
    INSIDE_COLLAGE = "inside_collage"
    PERSPECTIVE = "perspective"


class Outcome(StrEnum):
    """How a look-up ended."""

    MATCHED = "matched"
    NOT_IN_ARCHIVE = "not_in_archive"
    CANNOT_JUDGE = "cannot_judge"
    UNREADABLE = "unreadable"


class AddOutcome(StrEnum):
    """How adding one input ended."""

    ADDED = "added"
    KNOWN = "known"
    REFUSED = "refused"


class FindingKind(StrEnum):
    """What the machine says of one picture under one claim."""

    SEEN_BEFORE_CLAIM = "seen_before_claim"
    OVERLAPS_CLAIM = "overlaps_claim"
    SEEN_AFTER_CLAIM = "seen_after_claim"
    SEEN = "seen"
    NOT_IN_ARCHIVE = "not_in_archive"
    CANNOT_JUDGE = "cannot_judge"
    UNREADABLE = "unreadable"
    PARTS = "parts"


# --------------------------------------------------------------- bytes -> fingerprints


@dataclass(frozen=True, slots=True)
class Pixels:
    """A decoded picture: upright, opaque, 8-bit RGB.

    ``rgb`` has shape (height, width, 3), dtype uint8. ``format`` is Pillow's name of the
    file format ("JPEG"). ``frames`` counts frames or pages; the first one is decoded.
    ``decoder`` names the program and version that decoded ("pillow 13.0.0").
    ``notes`` says in words what had to be done to it ("transparency laid on white").
    """

    rgb: NDArray[np.uint8]
    format: str
    frames: int = 1
    decoder: str = ""
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Width in pixels, upright."""
        return int(self.rgb.shape[1])

    @property
    def height(self) -> int:
        """Height in pixels, upright."""
        return int(self.rgb.shape[0])


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One fingerprint of one picture, as stored.

    ``kind`` carries the version and never changes its meaning ("pdq_v1", "phash_v1",
    "orb_cv5_v1"). ``value`` is the fixed binary form. ``quality`` is 0..100 where the
    algorithm defines one, else ``None``.
    """

    kind: str
    value: bytes
    quality: int | None = None


@dataclass(frozen=True, slots=True)
class Keypoints:
    """Local features of one picture, n of them, in full-size upright pixels.

    ``points`` (n, 2) float32 x, y; ``sizes`` (n,) float32 patch diameter in pixels;
    ``angles`` (n,) float32 degrees, clockwise in image coordinates as OpenCV gives them;
    ``descriptors`` (n, 32) uint8.
    """

    kind: str
    points: NDArray[np.float32]
    sizes: NDArray[np.float32]
    angles: NDArray[np.float32]
    descriptors: NDArray[np.uint8]

    def __len__(self) -> int:
        """How many keypoints there are."""
        return int(self.points.shape[0])


@dataclass(frozen=True, slots=True)
class Raster:
    """The small picture that proof is made on: grey, and its colour much smaller.

    ``grey`` (h, w) uint8, long side as the kind says; ``chroma`` (h', w', 2) uint8 holds
    Cb and Cr around 128, or ``None`` where only grey is known.
    """

    kind: str
    grey: NDArray[np.uint8]
    chroma: NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the file says of itself.

    ``what`` is a plain word ("captured", "caption", "credit", "camera", "place",
    "software"); ``value`` the raw text; ``how`` where it was read; ``date`` is set where
    the fact is a date that could be read.
    """

    what: str
    value: str
    how: How
    date: Date | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """All that one trip through a worker learns from one file (``size`` in bytes).

    ``keypoints``, ``raster`` and ``thumbnail`` are what an archive keeps, packed as it
    keeps them; ``None`` when the picture is only looked up. The ``query_*`` fields are set
    only when it is looked up: more keypoints, read at several scales; the same of the
    mirrored picture (``points`` in mirrored coordinates: x counted from the right edge);
    a larger raster; the PDQ of all eight orientations, upright first.
    """

    sha256: str
    size: int
    format: str
    frames: int
    width: int
    height: int
    decoder: str
    fingerprints: tuple[Fingerprint, ...]
    keypoints: Fingerprint | None = None
    raster: bytes | None = None
    thumbnail: bytes | None = None
    facts: tuple[Fact, ...] = ()
    contradictions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    query_keypoints: Keypoints | None = None
    query_mirrored: Keypoints | None = None
    query_raster: Raster | None = None
    query_pdq: tuple[bytes, ...] = ()

    def fingerprint(self, kind: str) -> Fingerprint | None:
        """The fingerprint of this kind, or ``None``."""
        return next((f for f in self.fingerprints if f.kind == kind), None)


# ----------------------------------------------------------------- the archive's records


@dataclass(frozen=True, slots=True)
class Picture:
    """One distinct image content as the archive knows it.

    A picture known by hash alone has no ``width``, ``height`` and ``format``; one known
    by a perceptual hash alone has no ``sha256`` either. ``name`` is the name at first
    adding, ``path`` where the file lay then.
    """

    id: int
    sha256: str | None
    name: str
    path: str | None
    width: int | None
    height: int | None
    format: str | None
    frames: int | None
    phash: str | None
    pdq: str | None
    pdq_quality: int | None
    has_raster: bool
    added: datetime


@dataclass(frozen=True, slots=True)
class Sighting:
    """One appearance of a picture.

    ``vouched`` is what a person wrote who vouched for the delivery; ``confirmed`` that a
    person confirmed this sighting; ``rejected`` that one rejected it. ``recorded`` is when
    this archive learnt of it. ``image_record``: a crawl recorded the image's own bytes,
    not only the page. ``weak_page``: a publication date taken from a page on which the
    image stood outside the article, or was recorded more than 30 days later.
    ``validated``: a time stamp that was validated against a given trust list.
    """

    id: int
    picture: int
    date: Date | None
    means: Means
    how: How
    recorded: datetime
    source: str | None = None
    url: str | None = None
    place: str | None = None
    caption: str | None = None
    credit: str | None = None
    trust: Trust = Trust.UNREVIEWED
    collections: tuple[str, ...] = ()
    vouched: str | None = None
    confirmed: bool = False
    rejected: bool = False
    revoked: bool = False
    image_record: bool = False
    weak_page: bool = False
    validated: bool = False


@dataclass(frozen=True, slots=True)
class NewSighting:
    """A sighting on its way into the archive; fields as in :class:`Sighting`."""

    date: Date | None
    means: Means
    how: How
    source: str | None = None
    url: str | None = None
    place: str | None = None
    caption: str | None = None
    credit: str | None = None
    trust: Trust = Trust.UNREVIEWED
    vouched: str | None = None
    image_record: bool = False
    weak_page: bool = False
    validated: bool = False


@dataclass(frozen=True, slots=True)
class NewCollection:
    """The import batch a sighting comes with; made when first used."""

    name: str
    source: str | None = None
    trust: Trust = Trust.OWN


@dataclass(frozen=True, slots=True)
class Entry:
    """One input as a source gives it: a file, or a hash, with what is stated about it.

    ``name`` is what the user typed (for a folder: the folder as typed, a slash and the
    path below it; bytes that are no UTF-8 as backslash escapes, raw in ``name_bytes``).
    ``row`` is the line of a table, counted from 1 for the first data row. Exactly one of
    ``path``, a hash, or ``problem`` is set. ``sighting`` is what was stated: ``None`` when
    nothing was. ``trust`` and ``vouched`` hold for what the file says of itself as well.
    """

    name: str
    row: int | None = None
    path: str | bytes | None = None
    sha256: str | None = None
    pdq: str | None = None
    phash: str | None = None
    sighting: NewSighting | None = None
    collection: NewCollection | None = None
    problem: ProvenanceError | None = None
    name_bytes: bytes | None = None
    trust: Trust = Trust.OWN
    vouched: str | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """One input on its way into the archive.

    ``examined`` is ``None`` for a picture known by hash alone (``sha256``, ``pdq`` and
    ``phash`` as lower-case hex; at least one is set). ``sightings`` holds what was stated
    first, then what the file says of itself; the ``held`` sighting is made by the archive.
    """

    name: str
    collection: NewCollection
    row: int | None = None
    path: str | None = None
    examined: Examined | None = None
    sha256: str | None = None
    pdq: str | None = None
    phash: str | None = None
    sightings: tuple[NewSighting, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an archive holds, so that a miss can be weighed.

    ``earliest`` and ``latest`` span the dated sightings other than ``held``.
    """

    pictures: int
    sightings: int
    sources: int
    earliest: datetime | None
    latest: datetime | None


# ------------------------------------------------------------------ search and proof


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cheap index hit, may be wrong.

    ``votes`` counts keypoints that agreed; ``distances`` maps a hash kind to the smallest
    Hamming distance over the orientations tried.
    """

    picture: int
    votes: int = 0
    distances: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proof:
    """Why we say that a candidate is a match.

    ``method`` is ``sha256``, ``pixels``, ``geometry`` or ``hash``. ``distance`` is Hamming,
    else ``None``. ``inliers`` counts keypoints that agree with one geometric map.
    ``agreement`` is the share (0..1) of compared blocks that agree, else ``None``.
    """

    method: str
    distance: int | None = None
    inliers: int | None = None
    pixels_compared: bool = False
    false_alarms: float | None = None
    agreement: float | None = None


@dataclass(frozen=True, slots=True)
class Alteration:
    """One way in which the copy differs, with its numbers.

    ``numbers`` holds what the contract lists for the kind: ``cropped`` has ``kept`` (0..1)
    and ``lost`` (sides); ``overlaid`` has ``share`` and ``where``; ``rotated`` has
    ``degrees`` (clockwise); ``resized`` has ``factor`` (query over archive);
    ``recoloured`` has ``what`` (list of ``grey``, ``brighter``, ``darker``, ...);
    ``bordered`` has ``where`` (sides) and ``share``.
    """

    kind: AlterationKind
    numbers: dict[str, Any] = field(default_factory=dict)


Polygon = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What proof found between one query and one archive picture, before sightings.

    ``region`` is where the archive picture lies in the query, in query pixels, corners in
    the archive picture's order (its top left first); ``covers`` the share (0..1) of the
    archive picture that is visible in the query; ``share_of_query`` the share of the query
    that the region fills.
    """

    relation: Relation
    proof: Proof
    region: Polygon | None
    covers: float | None
    share_of_query: float | None
    alterations: tuple[Alteration, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate that was proved: the picture, how it is related, where it was seen."""

    picture: Picture
    comparison: Comparison
    sightings: tuple[Sighting, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One region of the query and the matches (by position in the list) that explain it."""

    region: Polygon
    matches: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What was looked up. Fields are ``None`` where they are not known."""

    name: str
    sha256: str | None = None
    phash: str | None = None
    pdq: str | None = None
    pdq_quality: int | None = None
    width: int | None = None
    height: int | None = None
    format: str | None = None
    frames: int | None = None
    name_bytes: bytes | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """The answer to one look-up. ``hash_candidates`` are pairs of picture and distance."""

    query: Query
    outcome: Outcome
    coverage: Coverage | None
    compared: tuple[str, ...] = ()
    reason: str | None = None
    detail: str | None = None
    matches: tuple[Match, ...] = ()
    similar_scenes: tuple[Match, ...] = ()
    hash_candidates: tuple[tuple[Picture, int], ...] = ()
    parts: tuple[Part, ...] = ()
    facts: tuple[Fact, ...] = ()
    contradictions: tuple[str, ...] = ()
    c2pa: str = "none"


# -------------------------------------------------------------------- claim and finding


@dataclass(frozen=True, slots=True)
class Claim:
    """What is asserted with a picture.

    ``date`` is when the claimed event is said to have happened, ``posted`` when the claim
    was published.
    """

    text: str | None = None
    date: Date | None = None
    posted: Date | None = None
    place: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """What a finding rests on: sighting ids, the strength they carry, the instant."""

    strength: Strength
    compared_with: str | None
    no_later_than: datetime | None
    rests_on: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """How far before the claim the picture was known, whole days (and minutes if short).

    ``at_least`` is rounded down, ``at_most`` up; ``None`` where there is no such bound.
    """

    at_least: int | None
    at_most: int | None
    at_least_minutes: int | None = None
    at_most_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What the machine says of one picture under one claim. Never a verdict.

    ``parts`` holds a finding for each region where the kind is ``parts``.
    """

    kind: FindingKind
    sentence: str
    reason: str | None = None
    support: Support | None = None
    lead: Lead | None = None
    parts: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A look-up under a claim, with its finding, as stored."""

    id: int
    lookup: Lookup
    claim: Claim
    finding: Finding
    made: datetime
    by: str | None = None
    earlier_checks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one input of ``add``. ``new`` lists "picture" and/or "sighting"."""

    name: str
    row: int | None
    outcome: AddOutcome
    picture: int | None = None
    sighting: int | None = None
    new: tuple[str, ...] = ()
    collection: str | None = None
    reason: UnreadableReason | str | None = None
    detail: str | None = None
