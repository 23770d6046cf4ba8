"""How a copy differs, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from provenance.models import Alteration, AlterationKind, Comparison, Relation
from provenance.wording.catalogue import commas, has_message, listed, message, semicolons
from provenance.wording.earlier import earlier_words

_ADDED: Final = (AlterationKind.OVERLAID, AlterationKind.BORDERED)
_EDGES: Final = ("top", "bottom", "left", "right")
_SEVERAL: Final = "several"
_UNCLEAR: Final = "unclear"
_HALF_TURN: Final = 180
_ROUNDED_AWAY: Final = 0.005


def describe(alterations: Sequence[Alteration], lang: str = "en") -> str:
    """One line: "mirrored, cropped to 62 % (left and bottom cut), banner over the top 18 %"."""
    if not alterations:
        return message(lang, "alteration.none")
    said = [*_flipped(alterations, lang)]
    said += [_described(each, lang) for each in _besides_flip(alterations)]
    return commas(lang, said)


def description(comparison: Comparison, lang: str = "en") -> str:
    """How the copy differs, and that no pixels were compared where none were."""
    if comparison.relation is Relation.IDENTICAL_FILE:
        return message(lang, "proof.sha256")
    if comparison.proof.method == "hash":
        return message(lang, "proof.hash")
    if comparison.earlier is not None:
        return earlier_words(comparison.earlier, lang)
    if comparison.relation is Relation.SIMILAR_SCENE:
        words = message(lang, f"common.{comparison.common or _UNCLEAR}")
    else:
        words = describe(comparison.alterations, lang)
    if comparison.proof.pixels_compared:
        return words
    return semicolons(lang, (words, message(lang, "proof.geometry")))


def copy_sentence(alterations: Sequence[Alteration], lang: str = "en") -> str:
    """One sentence: "The copy is mirrored; it has a banner over the top 18 %."."""
    altered = [*_flipped(alterations, lang)]
    altered += [_described(a, lang) for a in _besides_flip(alterations) if a.kind not in _ADDED]
    added = [_described(a, lang, form="added") for a in alterations if a.kind in _ADDED]
    forms = "_".join(name for name, words in (("is", altered), ("has", added)) if words)
    return message(lang, f"copy.{forms}", altered=listed(lang, altered), added=listed(lang, added))


def percent(share: float) -> int:
    """Whole per cent, never 0 of something or 100 of less than everything."""
    if share >= 1:
        return round(share * 100)
    return min(99, max(1, round(share * 100)))


def _is_flip(alterations: Sequence[Alteration]) -> bool:
    """Mirrored and half a turn: people see one thing, top and bottom exchanged."""
    half = any(a.numbers.get("degrees") == _HALF_TURN for a in alterations)
    return half and any(a.kind is AlterationKind.MIRRORED for a in alterations)


def _flipped(alterations: Sequence[Alteration], lang: str) -> list[str]:
    return [message(lang, "alteration.flipped")] if _is_flip(alterations) else []


def _besides_flip(alterations: Sequence[Alteration]) -> list[Alteration]:
    if not _is_flip(alterations):
        return list(alterations)
    one = (AlterationKind.MIRRORED, AlterationKind.ROTATED)
    return [each for each in alterations if each.kind not in one]


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
    share, where, what = numbers.get("share"), numbers.get("where"), numbers.get("what")
    if share is None:
        return None
    if where in _EDGES and (what is None or what == "banner"):
        side = message(lang, f"side.{where}")
        return message(lang, f"{name}.where", where=side, share=percent(share))
    if what is None or not has_message(f"{name}.{what}.at"):
        return message(lang, f"{name}.share", share=percent(share))
    if where == _SEVERAL:
        return message(lang, f"{name}.{what}.several")
    return message(lang, f"{name}.{what}.at", place=_place(where, lang))


def _place(where: str | None, lang: str) -> str:
    """Where something lies: "at the top", "in the top left corner"."""
    key = f"place.{(where or _SEVERAL).replace(' ', '_')}"
    return message(lang, key if has_message(key) else f"place.{_SEVERAL}")


def _blurred(numbers: dict[str, Any], lang: str, _name: str) -> str:
    how = f"alteration.{'pixelated' if numbers.get('how') == 'pixelated' else 'blurred'}"
    share = numbers.get("share")
    if share is None:
        return message(lang, how)
    place = _place(numbers.get("where"), lang)
    return message(lang, f"{how}.part", place=place, share=percent(share))


def _recompressed(numbers: dict[str, Any], lang: str, name: str) -> str | None:
    quality = numbers.get("quality")
    return message(lang, f"{name}.quality", quality=quality) if quality is not None else None


def _bordered(numbers: dict[str, Any], lang: str, name: str) -> str | None:
    where = _sides(numbers.get("where"), lang)
    return message(lang, f"{name}.where", where=where) if where else None


def _rotated(numbers: dict[str, Any], lang: str, name: str) -> str | None:
    """The shorter way round."""
    degrees = numbers.get("degrees")
    if degrees is None:
        return None
    if abs(degrees) == _HALF_TURN:
        return message(lang, f"{name}.half")
    degrees = (degrees + _HALF_TURN) % (2 * _HALF_TURN) - _HALF_TURN
    tenths = f"{abs(degrees):.1f}".removesuffix(".0").replace(".", message(lang, "decimal"))
    return message(lang, f"{name}.{'back' if degrees < 0 else 'degrees'}", degrees=tenths)


def _resized(numbers: dict[str, Any], lang: str, name: str) -> str | None:
    factor, stretched = numbers.get("factor"), numbers.get("stretched")
    if factor is None:
        return None
    words = []
    if abs(factor - 1) >= _ROUNDED_AWAY:
        words.append(message(lang, f"{name}.factor", factor=percent(factor)))
    if stretched is not None:
        way = f"{name}.{'wider' if stretched > 1 else 'narrower'}"
        words.append(message(lang, way, percent=percent(stretched)))
    return listed(lang, words) or None


def _recoloured(numbers: dict[str, Any], lang: str, name: str) -> str | None:
    what = list(numbers.get("what") or ())
    if len(what) == 1 and has_message(f"{name}.{what[0]}"):
        return message(lang, f"{name}.{what[0]}")
    keys = [f"colour.{each}" for each in what]
    words = [message(lang, key) for key in keys if has_message(key)]
    return message(lang, f"{name}.what", what=listed(lang, words)) if words else None


def _sides(sides: str | Sequence[str] | None, lang: str) -> str:
    """Sides as a list in words; ``numbers`` may hold one side or several."""
    names = [sides] if isinstance(sides, str) else list(sides or ())
    return listed(lang, [message(lang, f"side.{n}") for n in names if has_message(f"side.{n}")])


_IN_NUMBERS: Final[dict[AlterationKind, Callable[[dict[str, Any], str, str], str | None]]] = {
    AlterationKind.BLURRED: _blurred,
    AlterationKind.RECOMPRESSED: _recompressed,
    AlterationKind.CROPPED: _cropped,
    AlterationKind.OVERLAID: _overlaid,
    AlterationKind.BORDERED: _bordered,
    AlterationKind.ROTATED: _rotated,
    AlterationKind.RESIZED: _resized,
    AlterationKind.RECOLOURED: _recoloured,
}
