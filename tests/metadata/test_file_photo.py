# ruff: noqa: RUF001 - letters of many alphabets are the content of this file
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.wording.file_photo import says_file_photo

SAYING = [
    ("FILE PHOTO: Smoke rises over the city", "FILE PHOTO"),
    ("Smoke over the city (file)", "(file)"),
    ("Smoke rises. [Archive]", "[Archive]"),
    ("An archive picture of the bridge", "archive picture"),
    ("Representational image", "Representational image"),
    ("Image for illustrative purposes only", "for illustrative purposes only"),
    ("Photo illustration by the desk", "illustration"),
    ("Archivbild: Rauch über der Stadt", "Archivbild"),
    ("Rauch (Archivfoto)", "Archivfoto"),
    ("Das Symbolbild zeigt ein Haus", "Symbolbild"),
    ("Photo d’archives - AFP", "Photo d'archives"),
    ("Image d'illustration", "Image d'illustration"),
    ("Foto de archivo del puente", "Foto de archivo"),
    ("Imagen ilustrativa", "Imagen ilustrativa"),
    ("Foto d’archivio", "Foto d'archivio"),
    ("Архивное фото", "Архивное фото"),
    ("Ілюстративне фото", "Ілюстративне фото"),
    ("Arşiv fotoğrafı", "Arşiv fotoğrafı"),
    ("صورة أرشيفية لغزة", "صورة أرشيفية"),
    ("صُورة أرشيفيّة", "صورة أرشيفية"),
    ("دخان فوق المدينة - من الأرشيف", "من الأرشيف"),
    ("صورة تعبيرية", "صورة تعبيرية"),
    ("עשן מעל העיר, תמונת ארכיון", "תמונת ארכיון"),
    ("عکس آرشیوی", "عکس آرشیوی"),
    ("फाइल फोटो", "फाइल फोटो"),
    ("图为资料图片", "资料图片"),
    ("FILE - Smoke rises over the city", "FILE -"),
    ("(FILES) Smoke rises", "(FILES)"),
    ("Photo used for representational purposes only", "for representational purposes only"),
    ("Rauch. Foto: Archiv", "Foto: Archiv"),
    ("Illustrationsbild", "Illustrationsbild"),
    ("Imagen referencial", "Imagen referencial"),
    ("Архивные фото", "Архивные фото"),
    ("Архівні фото", "Архівні фото"),
    ("Фото ілюстративне", "Фото ілюстративне"),
    ("Фото: архив.", "Фото: архив"),
    ("Arşiv fotoğraf", "Arşiv fotoğraf"),
    ("دخان فوق المدينة (أرشيف)", "(أرشيف)"),
    ("أرشيفية", "أرشيفية"),
    ("צילום: ארכיון", "צילום: ארכיון"),
]  # fmt: skip


@pytest.mark.parametrize(("caption", "words"), SAYING)
def test_captions_that_say_so(caption: str, words: str) -> None:
    assert says_file_photo(caption) == words


@pytest.mark.parametrize(
    "caption",
    [
        "",
        "Smoke rises over the city on Monday",
        "Photo: National Archives",
        "He filed a picture",
        "Der Archivar zeigt ein Bild",
        "Ein symbolischer Akt",
        "الأرشيف الوطني",
        "profile photo",
        "Foto: Archiv der Stadt Köln",
        "Profile - a man of the city",
        "The police file - 300 pages - was shown",
        "Фото: архив Ивана Петрова",
    ],
)
def test_captions_that_do_not(caption: str) -> None:
    assert says_file_photo(caption) is None


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    found = says_file_photo(text)
    assert found is None or found


def test_a_very_long_text_is_read_in_part() -> None:
    assert says_file_photo("a " * 50_000 + "file photo") is None
