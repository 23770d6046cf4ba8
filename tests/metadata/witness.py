"""What exiftool reads from the same files, in our words, to compare with what we read."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from provenance import metadata
from provenance.models import How

Read = dict[tuple[str, str], str]
"""What a file says, by where it was read and what it is."""

EXIF = {
    "captured": ("ExifIFD:DateTimeOriginal", "ExifIFD:OffsetTimeOriginal"),
    "digitised": ("ExifIFD:CreateDate", "ExifIFD:OffsetTimeDigitized"),
    "changed": ("IFD0:ModifyDate", "ExifIFD:OffsetTime"),
    "software": ("IFD0:Software",),
    "caption": ("IFD0:ImageDescription",),
    "credit": ("IFD0:Artist",),
    "rights": ("IFD0:Copyright",),
    "camera": ("IFD0:Make", "IFD0:Model"),
}
XMP = {
    "captured": ("XMP-photoshop:DateCreated", "XMP-exif:DateTimeOriginal"),
    "digitised": ("XMP-xmp:CreateDate",),
    "changed": ("XMP-xmp:ModifyDate",),
    "software": ("XMP-xmp:CreatorTool",),
    "title": ("XMP-dc:Title",),
    "headline": ("XMP-photoshop:Headline",),
    "caption": ("XMP-dc:Description",),
    "rights": ("XMP-dc:Rights",),
    "keywords": ("XMP-dc:Subject",),
    "instructions": ("XMP-photoshop:Instructions",),
}
IPTC = {
    "captured": ("IPTC:DateCreated", "IPTC:TimeCreated"),
    "title": ("IPTC:ObjectName",),
    "headline": ("IPTC:Headline",),
    "caption": ("IPTC:Caption-Abstract",),
    "rights": ("IPTC:CopyrightNotice",),
    "keywords": ("IPTC:Keywords",),
    "instructions": ("IPTC:SpecialInstructions",),
}
FAMILIES = ((How.EXIF, EXIF), (How.XMP, XMP), (How.IPTC, IPTC))
DATES = {"captured", "digitised", "changed"}


def exiftool(paths: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """Everything exiftool reads of each file, numbers unconverted, by path."""
    command = ["exiftool", "-j", "-G1", "-n", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    return {each["SourceFile"]: each for each in json.loads(done.stdout)}


def theirs(read: dict[str, Any]) -> Read:
    """exiftool's answer in our words."""
    found: Read = {}
    for how, family in FAMILIES:
        for what, tags in family.items():
            texts = [plain(read[tag]) for tag in tags if tag in read]
            if how is How.XMP and what == "captured":
                texts = texts[:1]
            if what == "camera":
                texts = texts[-1:] if len(texts) > 1 and texts[1].startswith(texts[0]) else texts
            text = same_form(what, " ".join(texts))
            if text:
                found[how.value, what] = text
    position = [read.get(f"GPS:GPS{which}") for which in ("Latitude", "Longitude")]
    if all(isinstance(each, int | float) for each in position):
        signs = [read.get(f"GPS:GPS{which}Ref") for which in ("Latitude", "Longitude")]
        found["exif", "position"] = ", ".join(
            f"{-abs(float(v)) if s in ('S', 'W') else float(v):.4f}"
            for v, s in zip(position, signs, strict=True)
        )
    return found


def ours(data: bytes) -> Read:
    """Our answer, the first of each kind."""
    found: Read = {}
    for fact in metadata.read(data).facts:
        key = fact.how.value, fact.what
        known = any(fact.what in family for how, family in FAMILIES if how is fact.how)
        if known and key not in found and same_form(fact.what, fact.value):
            found[key] = same_form(fact.what, fact.value)
        if key == ("exif", "position"):
            found[key] = ", ".join(f"{float(part):.4f}" for part in fact.value.split(", "))
    return found


def plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def same_form(what: str, text: str) -> str:
    """Dates as their digits, texts without differences in blanks."""
    if what in DATES and not re.search(r"[A-Za-z<]{3}", text):
        return re.sub(
            r"[^0-9+\-]", "", re.sub(r"(?<=\d)[-:](?=\d\d)", "", text.replace("Z", "+0000"))
        )
    return re.sub(r"(\d\.\d)0+$", r"\1", " ".join(text.split()))  # exiftool drops last zeros
