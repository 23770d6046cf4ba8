"""Where else to look: only public addresses, engines only for pictures, nothing broken by signs."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from provenance.report.elsewhere import elsewhere, is_public


def checked(name: str, claim: str | None = None, *sightings: str | None) -> dict[str, Any]:
    match = {"picture": 7, "sightings": [{"url": each} for each in sightings]}
    return {"query": {"name": name}, "claim": {"url": claim}, "matches": [match]}


@pytest.mark.parametrize(
    "url",
    [
        "drop/a.jpg",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://localhost/a.jpg",
        "http://10.0.0.3/a.jpg",
        "http://[::1]/a.jpg",
        "http://127.0.0.1:8001/a.jpg",
        "https://intranet/a.jpg",
        "https://files.local/a.jpg",
        "https://anna:secret@example.com/a.jpg",
        "http://[broken/a.jpg",
        "",
    ],
)
def test_what_is_not_public_is_offered_to_nobody(url: str) -> None:
    assert not is_public(url)
    assert elsewhere(checked(url, url, url)) == []


def test_a_picture_with_an_address_is_searched_and_a_page_is_looked_up() -> None:
    url = "https://example.com/a b.jpg?size=1&x=\"'><"
    query, claim, sighting = elsewhere(
        checked(url, "https://example.org/post/1", "https://example.net/p.JPG", None)
    )
    assert [name for name, _ in query.services] == [
        *("Google Lens", "Bing", "Yandex", "TinEye", "Wayback Machine")
    ]
    for _, address in query.services:
        assert not set(address) & set(" \"'<>")
    lens = parse_qs(urlsplit(query.services[0][1]).query)
    assert lens["url"] == [url]
    assert [name for name, _ in claim.services] == ["Wayback Machine"]
    assert len(sighting.services) == 5
    assert sighting.picture == 7


def test_an_address_is_offered_once_and_few_are() -> None:
    many = [f"https://example.com/{number}" for number in range(30)]
    assert len(elsewhere(checked("a.jpg", many[0], *many))) == 6
    assert len(elsewhere(checked("a.jpg", many[0], many[0]))) == 1
