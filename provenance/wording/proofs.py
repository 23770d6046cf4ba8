"""Why we say that two pictures are the same photograph, in words."""

from __future__ import annotations

from provenance.models import Proof
from provenance.wording.alterations import percent
from provenance.wording.catalogue import counted, message, semicolons


def proof_words(proof: Proof, covers: float | None, lang: str = "en") -> str:
    """Say "agrees at 143 points across 62 % of the archived picture"."""
    if proof.method in {"sha256", "hash"}:
        return message(lang, f"proof.{proof.method}")
    words = _agreement(proof, covers, lang)
    if proof.pixels_compared:
        return words
    return semicolons(lang, (words, message(lang, "proof.geometry")))


def _agreement(proof: Proof, covers: float | None, lang: str) -> str:
    if proof.inliers is not None:
        return _points(proof.inliers, covers, lang)
    if proof.agreement is None or covers is None:
        return message(lang, "proof.pixels")
    return message(lang, "proof.blocks", agreement=percent(proof.agreement), covers=percent(covers))


def _points(inliers: int, covers: float | None, lang: str) -> str:
    if covers is None:
        return counted(lang, "proof.points", inliers)
    return counted(lang, "proof.points.across", inliers, covers=percent(covers))
