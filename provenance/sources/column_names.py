# ruff: noqa: RUF001 - signs of several alphabets are the content of this file
"""What people call the columns of a table, in English, German, French and Arabic.

The first name of a field is its own; of several that stand in one table the earlier counts.
Names are compared without case, accents, signs and what stands in brackets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NAMES: Final[Mapping[str, str]] = {
    "path": """
        path | file path | filepath | local path | image path | file | filename | file name
        | image file | photo file | picture file | media file | image name | image | photo
        | picture | pfad | dateipfad | datei | dateiname | bilddatei | fotodatei | bildname | bild
        | foto | chemin | chemin du fichier | fichier | nom de fichier | nom du fichier
        | fichier image | مسار | المسار | مسار الملف | ملف | الملف | اسم الملف | ملف الصورة
        | صورة | الصورة | image url | image link | image address | media url | photo url
        | photo link | picture url | bild url | bildadresse | bildlink | url de l image
        | url image | lien de l image | lien image | رابط الصورة""",
    "sha256": "sha256 | sha 256 | sha256 hash | sha 256 hash | file sha256",
    "pdq": "pdq | pdq hash",
    "phash": "phash | p hash | perceptual hash",
    "hash": """
        hash | image hash | file hash | checksum | pruefsumme | prufsumme | hashwert | empreinte
        | somme de controle | بصمة | البصمة""",
    "date": "date | dates | day | when | datum | zeitpunkt | jour | تاريخ | التاريخ",
    "captured": """
        captured | capture date | date captured | date taken | taken | taken on | taken at
        | photo date | date of photo | shot on | aufnahmedatum | aufgenommen | aufgenommen am
        | aufnahmezeit | aufnahmezeitpunkt | date de prise de vue | prise de vue | prise le
        | date de la photo | تاريخ الالتقاط | تاريخ التصوير | تاريخ الصورة""",
    "published": """
        published | publication date | date published | date of publication | pub date
        | published on | published at | veroffentlicht | veroffentlicht am
        | veroffentlichungsdatum | erscheinungsdatum | erschienen
        | erschienen am | date de publication | date de parution | publie le | publie | paru le
        | تاريخ النشر | نشر في""",
    "posted": """
        posted | date posted | post date | posted on | posted at | upload date | uploaded
        | uploaded on | gepostet | gepostet am | hochgeladen | hochgeladen am | poste le
        | date du post | mis en ligne le | تاريخ المنشور""",
    "means": "means | date means | date type | datumsart | type de date | نوع التاريخ",
    "source": """
        source | source name | agency | publisher | outlet | provider | quelle | agentur
        | herkunft | agence | مصدر | المصدر | وكالة | الوكالة""",
    "url": """
        url | link | page url | post url | source url | web address | permalink | webadresse
        | internetadresse | lien | adresse web | lien de la page | رابط
        | الرابط""",
    "caption": """
        caption | photo caption | image caption | description | text | bildunterschrift
        | bildtext | bildbeschreibung | beschreibung | legende | texte | تعليق | التعليق | وصف
        | الوصف | شرح | شرح الصورة""",
    "credit": """
        credit | credits | credit line | photo credit | photographer | byline | author
        | bildnachweis | fotograf | fotografin | urheber | credit photo | photographe | auteur
        | المصور | مصور | تصوير | حقوق الصورة""",
    "place": """
        place | location | place name | where | city | ort | aufnahmeort | standort | stadt
        | lieu | lieu de prise de vue | endroit | ville | مكان | المكان | الموقع | مدينة""",
    "trust": "trust | vertrauen | confiance | ثقة",
    "collection": "collection | batch | sammlung | مجموعة | المجموعة",
    "vouch": "vouch",
}

FIELDS: Final = tuple(NAMES)
DATED: Final = ("captured", "published", "posted")
"""Columns that say in their name what their date is the date of."""

_NO_DATE: Final = """
    - | – | ? | n/a | na | nan | none | null | nil | unknown | not known | unclear | not clear
    | not available | undated | no date | not enough information | unbekannt | unklar
    | ohne datum | o. d. | k. a. | k.a. | keine angabe | inconnu | inconnue | sans date | s. d.
    | s.d. | غير معروف | بدون تاريخ | بلا تاريخ
    """
NO_DATE: Final = frozenset(word.strip() for word in _NO_DATE.split("|"))
"""What stands under a date where people know none."""
