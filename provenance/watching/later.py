"""Claims and the pictures in ``done/`` that they are about: what has to be judged anew.

A claim that came with its picture is followed already; one that came later, or was changed, is
not. Either way a picture's own claim is moved beside it, and of a folder's claim a copy.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from provenance.errors import ProvenanceError
from provenance.guard.reading import read_file
from provenance.models import Claim
from provenance.report.record import claim_record
from provenance.watching import answers, files
from provenance.watching.claims import LIMITS, TOML, claim_for, own_files, read_claim
from provenance.watching.drops import CLAIM, CLAIM_ENDINGS, Drop, Signature
from provenance.watching.layout import Layout
from provenance.watching.taken import claim_folders

Due = tuple[Path, str]
"""A picture in ``done/`` and its path below it."""

Tell = Callable[[str, str], None]


class Later:
    """Knows which claims were followed since this program began."""

    def __init__(self, layout: Layout, otherwise: Claim) -> None:
        self._layout = layout
        self._otherwise = otherwise
        self._followed: dict[Path, Signature] = {}

    def due(self, claims: Iterable[Drop], tell: Tell) -> Iterator[Due]:
        """The pictures to judge anew; each is answered before the next is drawn."""
        for claim in claims:
            if self._followed.get(claim.path) == claim.signature:
                continue
            follow = self._of_folder if claim.name == CLAIM else self._of_picture
            try:
                yield from follow(claim, tell)
            except ProvenanceError as problem:
                tell("watch.claim_problem", f"{claim.relative}: {problem}")
            self._followed[claim.path] = claim.signature

    def _of_folder(self, claim: Drop, tell: Tell) -> Iterator[Due]:  # noqa: ARG002  one shape
        """Every picture below the folder that has no nearer claim, unless that is done."""
        folder = self._layout.done / Path(claim.relative).parent
        known = folder / CLAIM
        data = read_file(claim.path, LIMITS)
        if known.exists() and read_file(known, LIMITS) == data:
            return
        read_claim(claim.path)
        for path in list(files.all_below(folder)):
            if self._is_picture(path) and not any(own_files(path.parent, path.name)):
                yield from self._unless_followed(path)
        files.write_whole(known, data, self._layout.copies)

    def _of_picture(self, claim: Drop, tell: Tell) -> Iterator[Due]:
        place = self._layout.done / Path(claim.relative).parent
        ending = next(each for each in CLAIM_ENDINGS if claim.name.endswith(each))
        name = claim.name.removesuffix(ending)
        if ending == TOML:
            read_claim(claim.path)
        inside = sorted(place.iterdir()) if place.is_dir() else []
        about = [p for p in inside if name in {p.name, p.stem} and self._is_picture(p)]
        for path in about:
            yield from self._unless_followed(path)
        if about:
            files.moved(claim.path, files.beside(about[0], ending))
        else:
            tell("watch.claim_waits", claim.relative)

    def _unless_followed(self, picture: Path) -> Iterator[Due]:
        """The picture, unless its answer was given under the claim that holds now."""
        relative = picture.relative_to(self._layout.done).as_posix()
        folders = claim_folders(self._layout, relative)
        claimed = claim_for(folders, picture.name, self._otherwise)
        known = json.loads(answers.named(picture).json.read_bytes()).get("claim")
        if claimed.problem is None and known != claim_record(claimed.claim):
            yield picture, relative

    @staticmethod
    def _is_picture(path: Path) -> bool:
        """Whether it has an answer beside it."""
        return path.name != CLAIM and answers.named(path).json.is_file()
