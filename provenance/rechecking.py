"""Earlier checks that would answer differently now: what came since -> which checks -> judge anew.

What is new is looked up among what was checked, not the other way round: the cost grows with what
came, not with all of history. An index over the checks' fingerprints proposes, the usual proof
decides, and only then is a check judged anew: from its file where that can be found, else from
what is kept of it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from provenance.archive import Archive, Asked, CheckShelf, News
from provenance.check import Checked, check
from provenance.errors import UnknownName
from provenance.fingerprint import keypoints, pdq, raster
from provenance.lookup import Looked, Tools, look_up, look_up_picture
from provenance.models import Candidate, Entry, Examined, Keypoints, Pixels, Relation
from provenance.proving import LEAST_VOTES, compared, view_of
from provenance.search import Searcher, SearchQuery

AT_ONCE = 20
"""Events that are followed before the mark is moved: a second's work, up to 50 ms a picture."""

MOST_PROVED = 12
"""Checks proved for one new picture, those with most votes first; near hashes come on top."""

Places = Callable[[Asked], Iterator[Path]]
"""Where the file of a check may lie now; a file counts only if it has the same bytes."""


@dataclass(frozen=True, slots=True)
class Rechecked:
    """A check that was judged anew; ``changed``: its finding is another than before.

    ``checked`` is ``None`` where that needs a file that cannot be found. ``path`` is the file.
    """

    asked: Asked
    checked: Checked | None
    changed: bool
    path: Path | None = None


class Recheck:
    """Follows one archive; ``folder`` is where the index over its checks may keep files."""

    def __init__(self, tools: Tools, folder: Path | None, *, lang: str = "en") -> None:
        self._tools = tools
        self._archive: Archive = tools.archive
        self._lang = lang
        self._checks = Searcher(CheckShelf(tools.archive), folder)

    def follow(self, places: Places, seconds: float = math.inf) -> Iterator[Rechecked]:
        """Judge anew what came touches; each answer is stored before it is yielded.

        After so many seconds it ends, however much is left; :meth:`is_behind` says so.
        """
        until = time.monotonic() + seconds
        while news := self._archive.news(self._archive.follows(), AT_ONCE):
            for check_id, after in self._touched(news).items():
                if self._archive.judged_at(check_id) < after:
                    yield from self._anew(check_id, places)
            self._archive.follow(news[-1].event)
            if time.monotonic() > until:
                return

    def is_behind(self) -> bool:
        """Whether something came that was not followed yet."""
        return bool(self._archive.news(self._archive.follows(), 1))

    def purge(self) -> None:
        """Take erased checks out of the index now."""
        self._checks.catch_up()

    # ------------------------------------------------------------------ which checks

    def _touched(self, news: list[News]) -> dict[int, int]:
        """The checks that may answer differently, each with the newest event that says so."""
        touched: dict[int, int] = {}
        for each in news:
            for check_id in self._archive.checks_matching(each):
                touched[check_id] = each.event
        for picture, event in {n.picture: n.event for n in news if n.gained and n.picture}.items():
            for check_id in self._matching(picture, event):
                touched[check_id] = max(event, touched.get(check_id, 0))
        return dict(sorted(touched.items()))

    def _matching(self, picture: int, event: int) -> Iterator[int]:
        """The checks, judged before an event, that a picture is proved to be in."""
        if not self._archive.are_live([picture]):
            return
        sha256 = self._archive.picture(picture).sha256
        yield from self._archive.checks_of(sha256) if sha256 else ()
        query, quality = self._query(picture)
        for rank, candidate in enumerate(self._checks.candidates(query)):
            told = _telling(candidate, quality)
            if not told.distances and (rank >= MOST_PROVED or told.votes < LEAST_VOTES):
                continue
            if self._archive.judged_at(candidate.picture) > event:
                continue
            asked = self._archive.asked(candidate.picture)
            if asked is not None and self._is_proved(asked, replace(told, picture=picture)):
                yield asked.check

    def _query(self, picture: int) -> tuple[SearchQuery, int]:
        """A new picture as what the checks are asked for, and how much its PDQ says."""
        material = self._archive.material(picture)
        known = self._archive.picture(picture)
        perceptual = bytes.fromhex(known.phash) if known.phash else None
        own = bytes.fromhex(known.pdq) if known.pdq else None
        if material.keypoints is None or material.width is None or material.height is None:
            return SearchQuery(pdq=(own,) if own else (), phash=perceptual), pdq.QUALITY_GATE
        turned: tuple[bytes, ...] = ()
        mirrored = None
        if material.raster is not None:
            pixels = grey_pixels(raster.unpack(material.raster).grey)
            turned, mirrored = tuple(pdq.dihedral(pixels)), keypoints.compute_query(pixels)[1]
        query = SearchQuery(
            pdq=(*((own,) if own else ()), *turned),
            phash=perceptual,
            plain=keypoints.unpack(material.keypoints, material.width, material.height),
            mirrored=mirrored,
        )
        return query, known.pdq_quality or 0

    def _is_proved(self, asked: Asked, candidate: Candidate) -> bool:
        if asked.keypoints is None or asked.raster is None:
            distance = candidate.distances.get(pdq.KIND)
            return distance is not None and distance <= pdq.MATCH_DISTANCE
        proved = compared(self._archive, view_of(examined_again(asked)), candidate)
        return proved is not None and proved.relation is not Relation.SIMILAR_SCENE

    # ------------------------------------------------------------------ judging anew

    def _anew(self, check_id: int, places: Places) -> Iterator[Rechecked]:
        asked = self._archive.asked(check_id)
        if asked is None:
            return
        before = self._before(check_id)
        found = self._from_file(asked, places) or self._from_what_is_kept(asked)
        if found is None:
            self._archive.tell_change(check_id, "check_needs_file", {"name": asked.name})
            yield Rechecked(asked, None, changed=False)
            return
        looked, path = found
        kept = before["metadata"] if before and not path else None
        checked = check(self._archive, looked, asked.claim, lang=self._lang, metadata=kept)
        changed = before is None or _said(before) != _said(checked.record)
        if changed:
            told = {"from": asked.finding, "to": checked.finding.kind.value}
            self._archive.tell_change(check_id, "check_changed", told)
        yield Rechecked(asked, checked, changed, path)

    def _before(self, check_id: int) -> dict[str, Any] | None:
        """The answer as it stands; ``None`` where it named a picture that was erased."""
        try:
            return self._archive.check(check_id)
        except UnknownName:
            return None

    def _from_file(self, asked: Asked, places: Places) -> tuple[Looked, Path] | None:
        """The look-up of the very file, where it lies at one of its places."""
        from provenance.examine import Wanted

        for path in places(asked):
            entry = Entry(name=asked.name, path=str(path))
            (looked,) = look_up(self._tools, [entry], Wanted(keep=True, ask=True))
            if looked.examined is not None and looked.examined.sha256 == asked.sha256:
                return looked, path
        return None

    def _from_what_is_kept(self, asked: Asked) -> tuple[Looked, None] | None:
        """The look-up of what is kept, unless it would lose a match that the file had."""
        if asked.keypoints is None or asked.raster is None:
            return None
        examined, entry = examined_again(asked), Entry(name=asked.name)
        lookup = look_up_picture(self._tools, entry, examined)
        if self._archive.matched_pictures(asked.check) - {m.picture.id for m in lookup.matches}:
            return None
        return Looked(lookup, examined, entry), None


def _said(record: dict[str, Any]) -> tuple[Any, ...]:
    """What a reader would call the answer: the finding, and which pictures match."""
    finding = record["finding"]
    matched = sorted(match["picture"] for match in record["matches"])
    return finding["kind"], finding["reason"], finding["support"], finding["lead_days"], matched


def _telling(candidate: Candidate, quality: int) -> Candidate:
    """Without a PDQ distance where the picture's own PDQ says too little."""
    if quality >= pdq.QUALITY_GATE:
        return candidate
    return replace(
        candidate, distances={k: d for k, d in candidate.distances.items() if k != pdq.KIND}
    )


def grey_pixels(grey: NDArray[np.uint8]) -> Pixels:
    """The grey plane of a stored raster as pixels, to read from them what was not stored."""
    return Pixels(np.repeat(grey[:, :, np.newaxis], 3, axis=2), "RASTER")


def examined_again(asked: Asked) -> Examined:
    """A checked picture as far as it is kept; its mirror image is read from the raster."""
    assert asked.keypoints is not None
    assert asked.raster is not None
    pixels = grey_pixels(raster.unpack(asked.raster).grey)
    plain = keypoints.unpack(asked.keypoints.value, asked.width, asked.height)
    return Examined(
        sha256=asked.sha256,
        size=0,
        format=asked.format,
        frames=1,
        width=asked.width,
        height=asked.height,
        decoder="",
        fingerprints=asked.fingerprints,
        keypoints=asked.keypoints,
        raster=asked.raster,
        thumbnail=asked.thumbnail,
        query_keypoints=plain,
        query_mirrored=enlarged(keypoints.compute_query(pixels)[1], asked.width / pixels.width),
        query_raster=raster.unpack(asked.raster),
        query_pdq=tuple(pdq.dihedral(pixels)),
    )


def enlarged(read: Keypoints, factor: float) -> Keypoints:
    """Keypoints that were read small, in the pixels of the larger picture."""
    return replace(
        read,
        points=(read.points * factor).astype(np.float32),
        sizes=(read.sizes * factor).astype(np.float32),
    )
