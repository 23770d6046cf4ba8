"""How a copy differs, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from provenance.models import Alteration, AlterationKind, Comparison, Relation
from provenance.wording.catalogue import has_message, listed, message

_ADDED: Final = (AlterationKind.OVERLAID, AlterationKind.BORDERED)
_EDGES: Final = ("top", "bottom", "left", "right")
_ROUNDED_AWAY: Final = 0.005


def describe(alterations: Sequence[Alteration], lang: str = "en") -> str:
    """One line: "mirrored, cropped to 62 % (left and bottom cut), banner over the top 18 %"."""
    if not alterations:
        return message(lang, "alteration.none")
    return ", ".join(_described(each, lang) for each in alterations)


def description(comparison: Comparison, lang: str = "en") -> str:
    """How the copy differs, and that no pixels were compared where none were."""
    if comparison.relation is Relation.IDENTICAL_FILE:
        return message(lang, "proof.sha256")
    if comparison.proof.method == "hash":
        return message(lang, "proof.hash")
    if comparison.relation is Relation.SIMILAR_SCENE:
        words = message(lang, "alteration.scene")
    else:
        words = describe(comparison.alterations, lang)
    if comparison.proof.pixels_compared:
        return words
    return f"{words}; {message(lang, 'proof.geometry')}"


def copy_sentence(alterations: Sequence[Alteration], lang: str = "en") -> str:
    """One sentence: "The copy is mirrored; it has a banner over the top 18 %."."""
    altered = [_described(a, lang) for a in alterations if a.kind not in _ADDED]
    added = [_described(a, lang, form="added") for a in alterations if a.kind in _ADDED]
    forms = "_".join(name for name, words in (("is", altered), ("has", added)) if words)
    return message(lang, f"copy.{forms}", altered=listed(lang, altered), added=listed(lang, added))


def percent(share: float) -> int:
    """Whole per cent, never 0 of something or 100 of less than everything."""
    if share >= 1:
        return round(share * 100)
    return min(99, max(1, round(share * 100)))


def _described(alteration: Alteration, lang: str, form: str = "alteration") -> str:
    """``form`` is ``alteration`` for a word in a list, ``added`` for what a copy has."""
    name = f"{form}.{alteration.kind.value}"
    words = _IN_NUMBERS.get(alteration.kind)
    said = words(alteration.numbers, lang, name) if words else None
    return said or message(lang, name)


def _cropped(numbers: dict[str, Any], lang: str, name: str) -> str | None:
    kept, lost = numbers.get("kept"), _sides(numbers.get("lost"), lang)
    if kept is None:
        return None
    if not lost:
        return message(lang, f"{name}.kept", kept=percent(kept))
    return message(lang, f"{name}.lost", kept=percent(kept), lost=lost)


def _overlaid(numbers: dict[str, Any], lang: str, name: str) -> str | None:
    share, where = numbers.get("share"), numbers.get("where")
    if share is None:
        return None
    if where in _EDGES:
        side = message(lang, f"side.{where}")
        return message(lang, f"{name}.where", where=side, share=percent(share))
    return message(lang, f"{name}.share", share=percent(share))


def _bordered(numbers: dict[str, Any], lang: str, name: str) -> str | None:
    where = _sides(numbers.get("where"), lang)
    return message(lang, f"{name}.where", where=where) if where else None


def _rotated(numbers: dict[str, Any], lang: str, name: str) -> str | None:
    degrees = numbers.get("degrees")
    if degrees is None:
        return None
    tenths = f"{abs(degrees):.1f}".removesuffix(".0").replace(".", message(lang, "decimal"))
    return message(lang, f"{name}.{'back' if degrees < 0 else 'degrees'}", degrees=tenths)


def _resized(numbers: dict[str, Any], lang: str, name: str) -> str | None:
    factor = numbers.get("factor")
    if factor is None or abs(factor - 1) < _ROUNDED_AWAY:
        return None
    return message(lang, f"{name}.factor", factor=percent(factor))


def _recoloured(numbers: dict[str, Any], lang: str, name: str) -> str | None:
    keys = [f"colour.{what}" for what in numbers.get("what") or ()]
    words = [message(lang, key) for key in keys if has_message(key)]
    return message(lang, f"{name}.what", what=listed(lang, words)) if words else None


def _sides(sides: str | Sequence[str] | None, lang: str) -> str:
    """Sides as a list in words; ``numbers`` may hold one side or several."""
    names = [sides] if isinstance(sides, str) else list(sides or ())
    return listed(lang, [message(lang, f"side.{n}") for n in names if has_message(f"side.{n}")])


_IN_NUMBERS: Final[dict[AlterationKind, Callable[[dict[str, Any], str, str], str | None]]] = {
    AlterationKind.CROPPED: _cropped,
    AlterationKind.OVERLAID: _overlaid,
    AlterationKind.BORDERED: _bordered,
    AlterationKind.ROTATED: _rotated,
    AlterationKind.RESIZED: _resized,
    AlterationKind.RECOLOURED: _recoloured,
}
