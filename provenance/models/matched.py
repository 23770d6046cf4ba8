"""What search and proof find: candidates, comparisons, matches, the answer of a look-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from provenance.models.recorded import Coverage, Picture, Sighting
from provenance.models.reviewed import Review
from provenance.models.told import Block, Credentials, Fact
from provenance.models.words import AlterationKind, Common, Embedded, Outcome, Relation


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cheap index hit, may be wrong.

    ``votes`` counts keypoints that agreed, of the query as it is (``plain``), of its mirror
    image (``mirrored``) or of both; ``distances`` maps a hash kind to the smallest Hamming
    distance over the orientations tried, where a hash proposed it.
    """

    picture: int
    votes: int = 0
    distances: dict[str, int] = field(default_factory=dict)
    plain: bool = False
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """Why we say that a candidate is a match.

    ``method`` is ``sha256``, ``pixels``, ``geometry`` or ``hash``. ``distance`` is Hamming,
    else ``None``. ``inliers`` counts keypoints that agree with one geometric map.
    ``agreement`` is the share (0..1) of compared blocks that agree, else ``None``.
    ``false_alarms`` is the expected number of wrong matches this good in one look-up of this
    archive, ``None`` where that was not counted (the same bytes, hashes, pages); it says nothing
    of other photographs of the same scene.
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
    and ``lost`` (sides); ``overlaid`` has ``share``, ``where`` and ``what`` (``banner``,
    ``bar``, ``text``, ``watermark``, ``logo``, ``sticker``, ``drawing``, ``picture``,
    ``stripes``), once for each; ``rotated`` has ``degrees`` (clockwise); ``resized`` has
    ``factor`` (query over archive) and ``stretched`` (width over height) where it is;
    ``recoloured`` has ``what``
    (list of ``grey``, ``brighter``, ``darker``, ...); ``bordered`` has ``where`` (sides) and
    ``share``; ``blurred`` has ``how`` (``blurred``, ``pixelated``) and either ``sigma`` (as a
    share of the long side) or, for a part, ``share`` and ``where``; ``recompressed`` has
    ``quality`` (as libjpeg counts); ``perspective`` has ``bend``.
    """

    kind: AlterationKind
    numbers: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Direction:
    """Which picture is likely nearer the source: for a desk, not for publishing.

    ``nearer`` is ``archive``, ``query`` or ``None`` where it cannot be told; ``reasons`` are
    words such as ``archive_shows_more``, ``archive_larger``, ``query_has_overlay``.
    """

    nearer: str | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """The small picture inside a file through which a match was made.

    ``query`` and ``archive`` say where it stands in the file of either side, ``None`` where
    that side's picture itself was compared. ``proved``: the pixels show that the pictures
    were made from these small ones; without that a match is an indication.
    """

    query: Embedded | None = None
    archive: Embedded | None = None
    proved: bool = False


Polygon = tuple[tuple[float, float], ...]
Cells = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What proof found between one query and one archive picture, before sightings.

    ``region`` is where the archive picture lies in the query, in query pixels, corners in
    the archive picture's order (its top left first); ``covers`` the share (0..1) of the
    archive picture that is visible in the query; ``share_of_query`` the share of the query
    that the region fills. ``seen`` are the cells (column, row; 32 along the query's long side)
    in which the query shows the archive picture and nothing laid over it; empty where no pixels
    were compared. ``common`` says what a similar scene has in common with the query, ``None``
    where that is not clear and for matches. ``earlier`` is set where a small picture inside a
    file was compared instead of the picture; ``region`` is ``None`` if it is the query's.
    """

    relation: Relation
    proof: Proof
    region: Polygon | None
    covers: float | None
    share_of_query: float | None
    alterations: tuple[Alteration, ...] = ()
    direction: Direction = Direction()
    seen: Cells = ()
    common: Common | None = None
    earlier: Earlier | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate that was proved: the picture, how it is related, where it was seen.

    ``decisions`` are those of people that stand on this pair. ``proved_as`` is the relation that
    was proved, where a person decided otherwise.
    """

    picture: Picture
    comparison: Comparison
    sightings: tuple[Sighting, ...] = ()
    decisions: tuple[Review, ...] = ()
    proved_as: Relation | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One region of the query and the matches (by position in the list) that explain it."""

    region: Polygon
    matches: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Proved:
    """What proof alone said, where a person set a match aside: the pictures in order, the parts.

    The numbers in ``parts`` count in ``pictures``.
    """

    pictures: tuple[int, ...]
    parts: tuple[Part, ...]


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
    """The answer to one look-up. ``hash_candidates`` are pairs of picture and distance.

    ``proved`` is set where a person's decision moved a match to the similar scenes.
    """

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
    blocks: Mapping[str, Block] = field(default_factory=dict)
    credentials: Credentials = field(default_factory=Credentials)
    proved: Proved | None = None
