"""Captions that say of their picture that it is a file photo or an illustration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provenance.metadata.words import fact
from provenance.models import Fact
from provenance.wording.file_photo import says_file_photo

FILE_PHOTO = "file_photo"
CAPTION_LIKE = frozenset({"caption", "title", "headline", "instructions"})


def read(told: Iterable[Fact]) -> Iterator[Fact]:
    """A fact ``file_photo`` for each caption-like fact that says so, with its words."""
    for each in told:
        words = says_file_photo(each.value) if each.what in CAPTION_LIKE else None
        if words:
            yield from fact(FILE_PHOTO, words, each.how)
