"""What the archive remembers, and what is on its way into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from provenance.dates import Date
from provenance.errors import ProvenanceError, UnreadableReason
from provenance.models.picture import Examined
from provenance.models.words import AddOutcome, How, Means, Trust


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
    """The import batch a sighting comes with; made when first used.

    ``licence``: under which it came, as somebody stated it; a later word replaces it.
    """

    name: str
    source: str | None = None
    trust: Trust = Trust.OWN
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One input as a source gives it: a file, or a hash, with what is stated about it.

    ``name`` is what the user typed (for a folder: the folder as typed, a slash and the
    path below it; bytes that are no UTF-8 as backslash escapes, raw in ``name_bytes``).
    ``row`` is the line of a table, counted from 1 for the first data row. Exactly one of
    ``path``, ``content``, ``address``, a hash, or ``problem`` is set by its source.
    ``content`` is the picture's bytes where it is no file of its own: inside a web archive
    or a saved page; then ``kept_in`` is where that container lies. ``address`` is where on
    the web the picture is; the flow fetches it and adds ``content`` or ``problem``.
    ``sighting`` is what was stated: ``None`` when nothing was; ``read_as`` says back how its
    date was understood. ``more`` is what the source knows besides (a crawl beside a
    publication, a post it was forwarded from).
    ``trust`` and ``vouched`` hold for what the file says of itself as well. ``file_time`` is
    when the file was last changed on its disk, where a source looked; it counts for little,
    and only where nothing else gives a date.
    """

    name: str
    row: int | None = None
    path: str | bytes | None = None
    content: bytes | None = None
    address: str | None = None
    kept_in: str | bytes | None = None
    sha256: str | None = None
    pdq: str | None = None
    phash: str | None = None
    sighting: NewSighting | None = None
    more: tuple[NewSighting, ...] = ()
    collection: NewCollection | None = None
    problem: ProvenanceError | None = None
    read_as: str | None = None
    name_bytes: bytes | None = None
    trust: Trust = Trust.OWN
    vouched: str | None = None
    file_time: datetime | None = None

    @property
    def has_bytes(self) -> bool:
        """Whether there is a picture to examine: a file, or bytes that came with the entry."""
        return self.path is not None or self.content is not None


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
    read_as: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an archive holds, so that a miss can be weighed.

    ``earliest`` and ``latest`` span the dates that can support something, ``held`` aside.
    """

    pictures: int
    sightings: int
    sources: int
    earliest: datetime | None
    latest: datetime | None


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one input of ``add``; ``read_as`` says back how its date was read.

    ``new`` lists "picture" and/or "sighting". ``sightings`` are those that the input brought,
    what was stated first; ``disagreements`` says which of their dates cannot all be right.
    """

    name: str
    row: int | None
    outcome: AddOutcome
    picture: int | None = None
    sighting: int | None = None
    new: tuple[str, ...] = ()
    collection: str | None = None
    reason: UnreadableReason | str | None = None
    detail: str | None = None
    read_as: str | None = None
    sightings: tuple[NewSighting, ...] = ()
    disagreements: tuple[str, ...] = ()
