"""Absent, unreadable and stripped are three answers, and "not looked for" is a fourth."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from provenance import metadata
from provenance.metadata import c2pa_library, states
from provenance.models import Block, BlockState, CredentialsState

EXIF, XMP_HEAD, IRB = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"Photoshop 3.0\0"
RDF = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    b' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
    b' xmlns:dcterms="http://purl.org/dc/terms/"%b/></rdf:RDF></x:xmpmeta>'
)


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


def jpeg(*segments: bytes) -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 8), "grey").save(file, "JPEG")
    return b"\xff\xd8" + b"".join(segments) + file.getvalue()[2:]


def card(text: bytes) -> bytes:
    sets = b"\x1c\x02\x28" + len(text).to_bytes(2) + text
    return IRB + b"8BIM\x04\x04\0\0" + len(sets).to_bytes(4) + sets + b"\0" * (len(sets) % 2)


EMPTY_TIFF = b"MM\0*\0\0\0\x08\0\0\0\0\0\0"
BROKEN_TIFF = b"MM\0*\0\0\0\x08\0\x09" + bytes(3)
TECHNICAL_TIFF = b"MM\0*\0\0\0\x08\0\x01" + bytes.fromhex("0112 0003 00000001 0001 0000 00000000")

BROKEN_CARD = card(b"x").replace(b"\x1c\x02", b"??")

CASES = [
    ("nothing", jpeg(), "exif", "absent", None),
    ("nothing", jpeg(), "xmp", "absent", None),
    ("nothing", jpeg(), "iptc", "absent", None),
    ("only orientation", jpeg(segment(0xE1, EXIF + TECHNICAL_TIFF)), "exif", "read", None),
    ("no tag", jpeg(segment(0xE1, EXIF + EMPTY_TIFF)), "exif", "stripped", "empty"),
    ("zeros", jpeg(segment(0xE1, EXIF + bytes(64))), "exif", "stripped", "empty"),
    ("cut short", jpeg(segment(0xE1, EXIF + BROKEN_TIFF)), "exif", "unreadable", None),
    ("no TIFF", jpeg(segment(0xE1, EXIF + b"nonsense")), "exif", "unreadable", None),
    ("Facebook", jpeg(segment(0xED, card(b"FBMD01000a"))), "exif", "stripped", "platform_mark"),
    ("Facebook", jpeg(segment(0xED, card(b"FBMD01000a"))), "iptc", "read", None),
    ("blank XMP", jpeg(segment(0xE1, XMP_HEAD + b"  \n ")), "xmp", "stripped", "empty"),
    ("broken XMP", jpeg(segment(0xE1, XMP_HEAD + b"<x:xmpmeta")), "xmp", "unreadable", None),
    ("empty XMP", jpeg(segment(0xE1, XMP_HEAD + RDF % b"")), "xmp", "read", None),
    ("broken IPTC", jpeg(segment(0xED, BROKEN_CARD)), "iptc", "unreadable", None),
    (
        "credentials that are gone",
        jpeg(segment(0xE1, XMP_HEAD + RDF % b' dcterms:provenance="self#jumbf=/c2pa/x"')),
        "c2pa",
        "stripped",
        "named_in_xmp",
    ),
    (
        "credentials elsewhere",
        jpeg(segment(0xE1, XMP_HEAD + RDF % b' dcterms:provenance="https://example.com/x.c2pa"')),
        "c2pa",
        "not_looked_for",
        "remote",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kind", "state", "reason"), [c[1:] for c in CASES],
                         ids=[f"{c[0]}-{c[2]}" for c in CASES])  # fmt: skip
def test_each_kind_of_data_has_one_of_the_answers(
    data: bytes, kind: str, state: str, reason: str | None
) -> None:
    assert metadata.read(data).blocks[kind] == Block(BlockState(state), reason)


@pytest.mark.parametrize(
    ("name", "stripped"),
    [
        ("IMG-20190614-WA0003.jpg", True),
        ("WhatsApp Image 2019-06-14 at 10.00.00.jpeg", True),
        ("photo_2019-06-14_10-00-00.jpg", True),
        ("signal-2019-06-14-100000.jpg", True),
        ("IMG_20190614_100000.jpg", False),
        ("photo.jpg", False),
        (None, False),
    ],
)
def test_a_messenger_s_name_shows_that_exif_was_taken_out(name: str | None, stripped: bool) -> None:
    state = metadata.read(jpeg(), name).blocks["exif"]
    assert (state == Block(BlockState.STRIPPED, "messenger_name")) == stripped
    assert (state == states.ABSENT) != stripped


def test_a_messenger_s_name_takes_nothing_from_what_is_there() -> None:
    data = jpeg(segment(0xE1, EXIF + TECHNICAL_TIFF))
    assert metadata.read(data, "IMG-20190614-WA0003.jpg").blocks["exif"] == states.READ


def test_without_the_library_credentials_are_not_called_absent(monkeypatch) -> None:
    monkeypatch.setattr(c2pa_library, "library", None)
    told = metadata.read(jpeg())
    assert told.credentials.state is None
    assert told.blocks["c2pa"] == Block(BlockState.NOT_LOOKED_FOR, "not_installed")


def test_with_the_library_no_credentials_are_none() -> None:
    assert metadata.read(jpeg()).credentials.state is CredentialsState.NONE


def test_the_library_is_loaded_by_workers_alone() -> None:
    import subprocess
    import sys

    program = (
        "import sys, provenance.desk, provenance.check, provenance.ingest, provenance.metadata"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{program}; print('c2pa' in sys.modules)"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip() == "False"
