"""XMP (ISO 16684-1): what programs write into pictures as RDF.

Only properties of the picture itself are read: the history of edits and the pictures it
was made from have properties of the same names further down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from provenance.metadata import instants
from provenance.metadata.words import fact
from provenance.models import Fact, How

LARGEST = 1024 * 1024
"""Bytes of a packet that is read; the largest in 1,832 real files has 39 KB."""

DEEPEST = 64
"""Elements within elements; the deepest in 1,832 real files has 10."""

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_EXIF = "{http://ns.adobe.com/exif/1.0/}"
_TIFF = "{http://ns.adobe.com/tiff/1.0/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_EXTENSION = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"

_DATES = (
    ("captured", _PHOTOSHOP + "DateCreated"),
    ("captured", _EXIF + "DateTimeOriginal"),
    ("digitised", _XMP + "CreateDate"),
    ("changed", _XMP + "ModifyDate"),
)
_TEXTS = (
    ("software", _XMP + "CreatorTool"),
    ("title", _DC + "title"),
    ("headline", _PHOTOSHOP + "Headline"),
    ("caption", _DC + "description"),
    ("credit", _DC + "creator"),
    ("credit", _PHOTOSHOP + "Credit"),
    ("credit", _PHOTOSHOP + "Source"),
    ("rights", _DC + "rights"),
    ("instructions", _PHOTOSHOP + "Instructions"),
    ("keywords", _DC + "subject"),
    ("source_type", _EXTENSION + "DigitalSourceType"),
)
_JOINED = (
    ("camera", " ", (_TIFF + "Make", _TIFF + "Model")),
    (
        "place",
        ", ",
        (
            _CORE + "Location",
            _PHOTOSHOP + "City",
            _PHOTOSHOP + "State",
            _PHOTOSHOP + "Country",
        ),
    ),
    ("position", ", ", (_EXIF + "GPSLatitude", _EXIF + "GPSLongitude")),
)
_WIDE = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0<", "utf-16-be"),
    (b"<\0", "utf-16-le"),
)
_STATED_ENCODING = re.compile(r"<\?xml[^>]*\?>")

Properties = dict[str, str]


def read(packet: bytes) -> Iterator[Fact]:
    """Facts of an XMP packet; none where it is broken, too large or too deep."""
    properties = _properties(packet)
    for what, name in _DATES:
        text = properties.get(name, "")
        yield from fact(what, text, How.XMP, instants.of_iso(text))
    for what, name in _TEXTS:
        yield from fact(what, properties.get(name, ""), How.XMP)
    for what, between, names in _JOINED:
        parts = [properties.get(name, "") for name in names]
        yield from fact(what, between.join(filter(None, parts)), How.XMP)


def is_readable(packet: bytes) -> bool:
    """Whether the packet is sound XML within our bounds."""
    return _parsed(packet) is not None


def manifest(packet: bytes) -> str | None:
    """Where the packet says that signed content credentials lie (``dcterms:provenance``)."""
    return _properties(packet).get(_TERMS + "provenance") or None


def _properties(packet: bytes) -> Properties:
    """Every property of the picture as text, by its name with its namespace."""
    found: Properties = {}
    root = _parsed(packet)
    for description in [] if root is None else root.iterfind(f".//{_RDF}RDF/{_RDF}Description"):
        found |= description.attrib
        found |= {child.tag: _text(child) for child in description}
    return found


def _text(element: Element) -> str:
    """A simple value, or the items of a list, or the first of several languages."""
    items = [(item.text or "").strip() for item in element.iterfind(f"./*/{_RDF}li")]
    if not items:
        return element.text or ""
    one_is_enough = element.find(f"./{_RDF}Alt") is not None
    return items[0] if one_is_enough else ", ".join(filter(None, items))


def _parsed(packet: bytes) -> Element | None:
    """The root element, or ``None`` where the packet is not sound XML within our bounds."""
    text = _in_utf_8(packet).strip(b"\0 \t\r\n\xef\xbb\xbf")
    if not text or len(text) > LARGEST:
        return None
    parser = DefusedXMLParser(target=_Shallow(), forbid_dtd=True)
    try:
        parser.feed(text)
        root: Element = parser.close()
    except (ParseError, DefusedXmlException, _TooDeepError, ValueError, LookupError):
        return None
    return root


def _in_utf_8(packet: bytes) -> bytes:
    """The packet in UTF-8; the standard allows UTF-16 and UTF-32 of both byte orders."""
    for start, encoding in _WIDE:
        if packet.startswith(start):
            text = packet[:LARGEST].decode(encoding, "replace")
            return _STATED_ENCODING.sub("", text, count=1).encode("utf-8", "replace")
    return packet


class _TooDeepError(Exception):
    """Raised through the parser, which knows no limit of its own."""


class _Shallow(TreeBuilder):
    """Builds elements as usual, to a limited depth."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _TooDeepError
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Element:
        self._depth -= 1
        return super().end(tag)
