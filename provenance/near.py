"""What in the archive is near one of its own pictures: the usual look-up of what is kept of it."""

from __future__ import annotations

from dataclasses import replace

from provenance.archive import Asked
from provenance.fingerprint import pdq, phash
from provenance.lookup import Tools, look_up_picture
from provenance.models import Claim, Entry, Fingerprint, Lookup, Picture
from provenance.rechecking import examined_again


def near(tools: Tools, picture: Picture) -> Lookup | None:
    """Matches and similar scenes of an archived picture, itself left out.

    ``None`` where too little is kept of it to compare: hashes alone, or its pixels were dropped.
    """
    asked = _asked(tools, picture)
    if asked is None:
        return None
    found = look_up_picture(tools, Entry(name=picture.name), examined_again(asked))
    return replace(found, matches=tuple(m for m in found.matches if m.picture.id != picture.id))


def _asked(tools: Tools, picture: Picture) -> Asked | None:
    """The picture as if somebody had checked it."""
    material = tools.archive.material(picture.id)
    if not (material.keypoints and material.keypoint_kind and material.raster and picture.sha256):
        return None
    return Asked(
        check=0,
        name=picture.name,
        sha256=picture.sha256,
        width=picture.width or 0,
        height=picture.height or 0,
        format=picture.format or "",
        finding="",
        fingerprints=tuple(_hashes(picture)),
        keypoints=Fingerprint(material.keypoint_kind, material.keypoints),
        raster=material.raster,
        thumbnail=None,
        claim=Claim(),
    )


def _hashes(picture: Picture) -> list[Fingerprint]:
    found = []
    if picture.pdq:
        found.append(Fingerprint(pdq.KIND, bytes.fromhex(picture.pdq), picture.pdq_quality))
    if picture.phash:
        found.append(Fingerprint(phash.KIND, bytes.fromhex(picture.phash)))
    return found
