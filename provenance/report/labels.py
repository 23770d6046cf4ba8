"""The few words that only a terminal needs; all others come from :mod:`provenance.wording`.

Keys are the same in every language, which a test holds.
"""

from __future__ import annotations

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "holds_identical_file": "The archive holds this very file.",
        "holds_same_picture": "The archive holds the same photograph.",
        "holds_inside": "The archive holds a photograph that is inside this image.",
        "holds_parts": "This image holds several photographs of the archive.",
        "holds_detail": "The archive holds a photograph that is a detail of this image.",
        "match": "Picture {picture}, first added as {name}",
        "similar": "Similar scenes (no evidence that the picture was seen before)",
        "candidates": "Similar fingerprints (nothing else was compared; no match)",
        "candidate": "picture {picture}, {name}: {distance} bits differ",
        "undated": "undated",
        "stated_by": "according to {source}",
        "revoked": "revoked",
        "rejected": "rejected by a person",
        "confirmed": "confirmed by a person",
        "caption": "caption: {text}",
        "credit": "credit: {text}",
        "place": "place: {text}",
        "vouched": "vouched for: {text}",
        "compared": "Compared with {pictures}, {sightings} ({coverage}): {how}.",
        "compared_how": "Compared: {how}.",
        "compared_sha256": "file hash",
        "compared_hash": "fingerprints",
        "compared_keypoints": "keypoints",
        "compared_pixels": "pixels",
        "pictures_one": "1 picture",
        "pictures_many": "{count} pictures",
        "sightings_one": "1 sighting",
        "sightings_many": "{count} sightings",
        "claim": "Claim",
        "claim_posted": "posted {date}",
        "contradiction": "Contradiction: {text}",
        "facts": "The file says of itself",
        "fact_captured": "taken",
        "fact_caption": "caption",
        "fact_credit": "credit",
        "fact_camera": "camera",
        "fact_place": "place",
        "fact_software": "software",
        "check": "Check {check}",
        "earlier_checks": "earlier checks of this picture: {checks}",
        "row": "row {row}",
        "picture": "picture {picture}",
        "new_sighting": "new sighting",
        "shown": "Picture {picture}: {name}",
        "size": "{width} x {height} {format}",
        "frames": "{frames} frames, the first is used",
        "hash_only": "known by hash alone",
        "no_raster": "kept without pixels to compare",
        "added_on": "in this archive since {date}",
        "sightings": "Sightings",
        "events": "Events",
        "all_revoked": "Every collection that brought it is taken back: it no longer counts "
        "and is not searched.",
        "revoked_collection": "The collection {collection} is taken back: {pictures} and "
        "{sightings} no longer count.",
        "checks_revoked": "These checks matched a picture of it, check them again: {checks}.",
        "erased": "Picture {picture} is erased; a tombstone stays in its place.",
        "erased_pixels": "What could be looked at of picture {picture} is erased; "
        "its fingerprints stay.",
        "erased_check": "Check {check} is erased; a tombstone stays in its place.",
        "others_keep": "The same file is still kept by these checks: {checks}.",
        "receipt": "Receipt (shown once, kept nowhere): {receipt}",
        "not_clean": "Another program was reading the archive, so erased bytes may still lie in "
        "the file; do the same again later.",
        "checks_erased": "These checks lost their records: {checks}.",
        "yes": "yes",
        "no": "no",
        "none": "none",
    },
    "de": {
        "holds_identical_file": "Das Archiv enthält genau diese Datei.",
        "holds_same_picture": "Das Archiv enthält dasselbe Foto.",
        "holds_inside": "Das Archiv enthält ein Foto, das in diesem Bild zu sehen ist.",
        "holds_parts": "Dieses Bild enthält mehrere Fotos aus dem Archiv.",
        "holds_detail": "Das Archiv enthält ein Foto, das ein Ausschnitt dieses Bildes ist.",
        "match": "Bild {picture}, zuerst aufgenommen als {name}",
        "similar": "Ähnliche Motive (kein Beleg, dass das Bild früher zu sehen war)",
        "candidates": "Ähnliche Fingerabdrücke (sonst nichts verglichen; kein Treffer)",
        "candidate": "Bild {picture}, {name}: {distance} Bit verschieden",
        "undated": "ohne Datum",
        "stated_by": "laut {source}",
        "revoked": "zurückgezogen",
        "rejected": "von einem Menschen verworfen",
        "confirmed": "von einem Menschen bestätigt",
        "caption": "Bildunterschrift: {text}",
        "credit": "Bildnachweis: {text}",
        "place": "Ort: {text}",
        "vouched": "verbürgt: {text}",
        "compared": "Verglichen mit {pictures}, {sightings} ({coverage}): {how}.",
        "compared_how": "Verglichen: {how}.",
        "compared_sha256": "Hash der Datei",
        "compared_hash": "Fingerabdrücke",
        "compared_keypoints": "Merkmalspunkte",
        "compared_pixels": "Bildpunkte",
        "pictures_one": "1 Bild",
        "pictures_many": "{count} Bildern",
        "sightings_one": "1 Sichtung",
        "sightings_many": "{count} Sichtungen",
        "claim": "Behauptung",
        "claim_posted": "gepostet {date}",
        "contradiction": "Widerspruch: {text}",
        "facts": "Die Datei sagt über sich",
        "fact_captured": "aufgenommen",
        "fact_caption": "Bildunterschrift",
        "fact_credit": "Bildnachweis",
        "fact_camera": "Kamera",
        "fact_place": "Ort",
        "fact_software": "Programm",
        "check": "Prüfung {check}",
        "earlier_checks": "frühere Prüfungen dieses Bildes: {checks}",
        "row": "Zeile {row}",
        "picture": "Bild {picture}",
        "new_sighting": "neue Sichtung",
        "shown": "Bild {picture}: {name}",
        "size": "{width} x {height} {format}",
        "frames": "{frames} Einzelbilder, verwendet wird das erste",
        "hash_only": "nur als Hash bekannt",
        "no_raster": "ohne Bildpunkte zum Vergleichen aufbewahrt",
        "added_on": "in diesem Archiv seit {date}",
        "sightings": "Sichtungen",
        "events": "Ereignisse",
        "all_revoked": "Jede Sammlung, aus der es kam, ist zurückgezogen: Es zählt nicht mehr "
        "und wird nicht mehr durchsucht.",
        "revoked_collection": "Die Sammlung {collection} ist zurückgezogen; es zählen nicht "
        "mehr: {pictures}, {sightings}.",
        "checks_revoked": "Diese Prüfungen hatten ein Bild daraus als Treffer und sind neu zu "
        "prüfen: {checks}.",
        "erased": "Bild {picture} ist gelöscht; an seiner Stelle bleibt ein Vermerk.",
        "erased_pixels": "Was von Bild {picture} zu sehen war, ist gelöscht; "
        "seine Fingerabdrücke bleiben.",
        "erased_check": "Prüfung {check} ist gelöscht; an ihrer Stelle bleibt ein Vermerk.",
        "others_keep": "Dieselbe Datei liegt noch bei diesen Prüfungen: {checks}.",
        "receipt": "Beleg (nur dieses eine Mal gezeigt, nirgends gespeichert): {receipt}",
        "not_clean": "Ein anderes Programm las gerade im Archiv; gelöschte Bytes können noch in "
        "der Datei liegen. Bitte später wiederholen.",
        "checks_erased": "Diese Prüfungen haben ihre Aufzeichnungen verloren: {checks}.",
        "yes": "ja",
        "no": "nein",
        "none": "keine",
    },
}


def label(key: str, lang: str, **values: object) -> str:
    """The words for ``key``; English for a language that has none."""
    return LABELS.get(lang, LABELS["en"])[key].format(**values)


def label_or(key: str, lang: str, otherwise: str) -> str:
    """The words for ``key``, or ``otherwise`` where there are none."""
    return label(key, lang) if key in LABELS["en"] else otherwise
