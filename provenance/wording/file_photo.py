# ruff: noqa: RUF001 - letters of many alphabets are the content of this file
"""Words by which a caption says that its picture is a file photo or an illustration.

A picture so captioned was not presented as taken at the event; people who pass it on often
drop the caption. The list holds what agencies and newspapers write in the languages in
which pictures of attacks circulate most; it is a list of words, not an understanding.
"""

from __future__ import annotations

import re
import unicodedata

_PHOTO_EN = r"(?:photo(?:graph)?|picture|pic|image|footage|shot)s?"

_END = r"(?=\s*(?:\Z|[.,;|/)\]]))"

_PATTERNS = (
    # English
    rf"(?:file|archive|archival|stock|library) {_PHOTO_EN}",
    rf"(?:illustrative|illustrational|representational|representative|symbolic) {_PHOTO_EN}",
    rf"{_PHOTO_EN} from (?:the )?(?:file|archives?)",
    r"illustrations?|for (?:illustrative|representational) purposes(?: only)?",
    r"for (?:illustration|representation)(?: only| purposes(?: only)?)",
    # As AP begins its captions, and as AFP does.
    r"\Afile ?[-\u2013\u2014]",
    r"[(\[](?:files?|archives?|archiv|archivo|archivio|arquivo|arşiv)[)\]]",
    r"[(\[](?:архив|архів|ארכיון|(?:ال)?[أا]رشيف(?:ي[ةه])?)[)\]]",
    # German and Dutch
    r"archiv-?(?:bild|foto|aufnahme|material)(?:er|es|s|en)?",
    r"(?:symbol|beispiel|themen)-?(?:bild|foto|aufnahme)(?:er|es|s|en)?|illustration(?:en|sbilde?r?|sfotos?)?",
    # "Foto: Archiv" and the end, not the name of an archive.
    rf"(?:bild|foto|фото|צילום|תמונה|fotoğraf): ?(?:archiv|архив|архів|ארכיון|arşiv){_END}",
    r"archief(?:foto|beeld)(?:'s|en)?|illustratie(?:foto|beeld)(?:en)?",
    # French, Spanish, Catalan, Portuguese, Italian
    r"(?:images?|photos?|photographies?|clichés?|vues?) d'archives?",
    r"(?:images?|photos?|photographies?) (?:d'illustration|prétextes?)",
    r"(?:fotos?|fotografías?|imagen|imágenes|imatge) (?:de|d') ?(?:archivo|arxiu)",
    r"(?:foto|fotografia|imagem|imagens) (?:de|do) arquivo",
    r"(?:foto|fotografía|fotografia|imagen|imagem) (?:meramente )?ilustrativa",
    r"(?:foto|fotografía|imagen|imágenes) (?:referencial(?:es)?|de referencia)",
    r"(?:foto|fotografia|immagine|immagini) (?:d'archivio|di archivio|di repertorio|illustrativa)",
    # Polish, Russian, Ukrainian
    r"(?:zdjęcie|fot\.?|fotografia) (?:archiwaln[ea]|ilustracyjn[ea])",
    r"архивн(?:ое фото|ые (?:фото|снимки|кадры)|ый снимок|ая фотография)|(?:фото|снимок) из архива",
    r"иллюстративн(?:ое фото|ое изображение|ый снимок)|иллюстраци[яи]",
    r"фото носит иллюстративный характер|фото (?:иллюстративное|ілюстративне)",
    r"архівн(?:[еі] фото|ий знімок)|ілюстративне (?:фото|зображення)|фото з архіву",
    # Turkish
    r"arşiv (?:fotoğraf(?:ı|ları)?|görüntü(?:sü|leri)?)|temsil[iî] (?:fotoğraf|görsel|resim)",
    # Arabic, Persian, Urdu, Hebrew
    r"(?:ال)?صور[ةه]? (?:ال)?[أا]رشيفي[ةه]|(?:صور[ةه]? )?من (?:ال)?[أا]رشيف",
    rf"\A(?:ال)?[أا]رشيفي[ةه]{_END}",
    r"(?:ال)?صور[ةه]? (?:ال)?(?:تعبيري[ةه]|توضيحي[ةه])",
    r"(?:عکس|تصویر) (?:آرشیوی|تزئینی|تزیینی)",
    r"فائل فوٹو",
    r"(?:תמונת|צילום|תמונות) ארכיון|אילוסטרציה|(?:תמונה )?להמחשה",
    # Hindi, Chinese, Japanese, Korean
    r"फ़?ाइल (?:फ़?ोटो|तस्वीर)|फाइल फोटो|प्रतीकात्मक (?:तस्वीर|फोटो|चित्र)",
    r"资料图片?|资料照片?|資料圖片?|資料照片?|檔案照片?|档案照片?|資料写真|示意图|示意圖",
    r"자료 ?사진",
)

_FILE_PHOTO = re.compile(
    # A letter before or behind would make it another word; Chinese and the like do not part words.
    "|".join(
        pattern if pattern[0] > "⺀" else rf"(?<!\w)(?:{pattern})(?!\w)" for pattern in _PATTERNS
    ),
    re.IGNORECASE,
)
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "ـ": None})
_ARABIC_VOWELS = re.compile("[\u064b-\u0652\u0670]")
_BLANKS = re.compile(r"\s+")

LONGEST = 20_000
"""Characters looked at; captions are shorter, and the text may come from a stranger."""


def says_file_photo(text: str) -> str | None:
    """The words that call the picture a file photo or an illustration, or ``None``.

    ``text`` is a caption, headline or note in any language. The words come back as they
    stand there, apart from blanks, apostrophes and Arabic vowel signs, which are made plain.
    """
    found = _FILE_PHOTO.search(_plain(text[:LONGEST]))
    return found.group() if found else None


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).translate(_STRAIGHT)
    return _BLANKS.sub(" ", _ARABIC_VOWELS.sub("", composed))
