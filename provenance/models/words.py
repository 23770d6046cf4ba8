"""The words of the contract that a program compares: means, how, trust, strength, outcomes."""

from __future__ import annotations

from enum import StrEnum


class Means(StrEnum):
    """What the date of a sighting is the date of."""

    CAPTURED = "captured"
    PUBLISHED = "published"
    POSTED = "posted"
    CRAWLED = "crawled"
    HELD = "held"
    SIGNED = "signed"
    ASSERTED = "asserted"


class How(StrEnum):
    """How we know the date of a sighting."""

    STATED = "stated"
    EXIF = "exif"
    XMP = "xmp"
    IPTC = "iptc"
    C2PA = "c2pa"
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


class Common(StrEnum):
    """What two pictures have in common that are not shown to be the same photograph."""

    MARK = "mark"
    TEMPLATE = "template"
    PAGE = "page"
    PLACE = "place"


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


class Decision(StrEnum):
    """What a person decided; all but the last of one match, one sighting or one check."""

    CONFIRMED = "confirmed"
    NOT_SAME = "not_same"
    NO_OBJECTION = "no_objection"
    SIGHTING_CONFIRMED = "sighting_confirmed"
    SIGHTING_REJECTED = "sighting_rejected"
    RATED = "rated"
    NOTED = "noted"
    WITHDRAWN = "withdrawn"


class Rating(StrEnum):
    """What a person calls the picture in its post: schema.org MediaManipulationRatingEnumeration.

    The names are schema.org's, for other programs; people see the words of the catalogue.
    """

    DECONTEXTUALIZED = "DecontextualizedContent"
    EDITED = "EditedOrCroppedContent"
    UNALTERED = "OriginalMediaContent"
    SATIRE = "SatireOrParodyContent"
    STAGED = "StagedContent"
    TRANSFORMED = "TransformedContent"


class BlockState(StrEnum):
    """What became of one kind of data that a file may carry of itself."""

    READ = "read"
    ABSENT = "absent"
    UNREADABLE = "unreadable"
    STRIPPED = "stripped"
    NOT_LOOKED_FOR = "not_looked_for"


class CredentialsState(StrEnum):
    """What can be said of signed content credentials, in the words of the contract."""

    NONE = "none"
    INTACT = "intact, signer not verified"
    TRUSTED = "signer on your trust list"
    BROKEN = "broken"


class DateProblem(StrEnum):
    """Why what stands where a date belongs is not used as one."""

    NOT_A_DATE = "not_a_date"
    UNSET = "unset"
    NO_SUCH_DAY = "no_such_day"
    TOO_EARLY = "too_early"
    FUTURE = "future"
    CLOCK_DEFAULT = "clock_default"


class Conflict(StrEnum):
    """How what a file says of itself may not fit together, or not fit the claim."""

    CAPTURED_TWICE = "captured_twice"
    USED_BEFORE = "used_before"
    EDITED_AFTER = "edited_after"
    BEFORE_CLAIM = "before_claim"
    AFTER_SIGHTING = "after_sighting"
    SMALL_PICTURE = "small_picture"
    ZONE = "zone"
    FAR = "far"


class Embedded(StrEnum):
    """Where a small picture stands inside a file."""

    EXIF = "exif_thumbnail"
    PHOTOSHOP = "photoshop_thumbnail"
    C2PA = "c2pa_thumbnail"
    INGREDIENT = "c2pa_ingredient"
