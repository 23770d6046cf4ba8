from __future__ import annotations

import struct
import time
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from provenance import metadata
from provenance.metadata import blocks, exif, iptc, xmp
from provenance.metadata.contradictions import among
from provenance.models import BlockState, Fact, How
from provenance.wording import contradiction

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
 <rdf:Description photoshop:DateCreated="2016-05-02T08:15:00+03:00" photoshop:City="Aleppo">
  <dc:description><rdf:Alt><rdf:li xml:lang="x-default">FILE PHOTO: a street</rdf:li>
   <rdf:li xml:lang="de">Archivbild: eine Straße</rdf:li></rdf:Alt></dc:description>
  <dc:creator><rdf:Seq><rdf:li>A. Person</rdf:li><rdf:li>B. Person</rdf:li></rdf:Seq></dc:creator>
  <xmpMM:DerivedFrom rdf:parseType="Resource"><photoshop:City>Elsewhere</photoshop:City>
  </xmpMM:DerivedFrom>
 </rdf:Description></rdf:RDF></x:xmpmeta>""".encode()


def iim(*sets: tuple[int, bytes]) -> bytes:
    return b"".join(b"\x1c\x02" + struct.pack(">BH", n, len(value)) + value for n, value in sets)


CARD = iim(
    (55, b"20160502"),
    (60, b"081500+0300"),
    (90, b"Aleppo"),
    (101, b"Syria"),
    (25, b"street"),
    (25, b"war"),
    (120, "Archivbild: eine Straße".encode("latin-1")),
)


def exif_block(
    captured: str = "2019:06:14 10:00:00", offset: str = "", changed: str = "2019:06:15 10:00:00"
) -> bytes:
    tags = Image.Exif()
    tags[0x010F], tags[0x0110], tags[0x0132] = "Canon", "Canon EOS 5D", changed
    detail = tags.get_ifd(0x8769)
    detail[0x9003] = captured
    if offset:
        detail[0x9011] = offset
    gps = tags.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "S", (33.0, 51.0, 36.0), "E", (151.0, 12.0, 40.0)
    return tags.tobytes().removeprefix(b"Exif\0\0")


def resources(card: bytes) -> bytes:
    padded = card + b"\0" * (len(card) % 2)
    return b"8BIM\x04\x04\0\0" + struct.pack(">I", len(card)) + padded


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments: bytes) -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 8), "grey").save(file, "JPEG")
    return b"\xff\xd8" + b"".join(segments) + file.getvalue()[2:]


def full_jpeg() -> bytes:
    return jpeg(
        segment(0xE1, b"Exif\0\0" + exif_block(offset="+03:00")),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        segment(0xED, b"Photoshop 3.0\0" + resources(CARD)),
    )


def told(facts: tuple[Fact, ...], what: str, how: How | None = None) -> list[str]:
    return [fact.value for fact in facts if fact.what == what and how in (None, fact.how)]


def dates(facts: tuple[Fact, ...], what: str) -> list[str | None]:
    return [fact.date.text if fact.date else None for fact in facts if fact.what == what]


def facts_of(data: bytes, name: str | None = None) -> tuple[Fact, ...]:
    return metadata.read(data, name).facts


def contradictions_of(facts: tuple[Fact, ...]) -> list[str]:
    return [contradiction(each) for each in among(facts)]


# --------------------------------------------------------------------------- the blocks


def test_a_jpeg_gives_all_three_blocks() -> None:
    facts = facts_of(full_jpeg(), "IMG-20190614-WA0003.jpg")
    assert dates(facts, "captured") == [
        "2019-06-14T10:00:00+03:00",
        "2016-05-02T08:15:00+03:00",
        "2016-05-02T08:15:00+03:00",
    ]
    assert told(facts, "captured")[0] == "2019:06:14 10:00:00 +03:00"
    assert told(facts, "camera") == ["Canon EOS 5D"]
    assert told(facts, "position") == ["-33.860000, 151.211111"]
    assert told(facts, "place") == ["Aleppo", "Aleppo, Syria"]
    assert told(facts, "credit") == ["A. Person, B. Person"]
    assert told(facts, "caption") == ["FILE PHOTO: a street", "Archivbild: eine Straße"]
    assert told(facts, "file_photo") == ["FILE PHOTO", "Archivbild"]
    assert told(facts, "sent") == ["IMG-20190614-WA0003.jpg"]
    assert contradictions_of(facts)[0] == (
        "XMP gives “2016-05-02T08:15:00+03:00” as the time of capture; "
        "EXIF gives “2019:06:14 10:00:00 +03:00”."
    )


def test_png_keeps_exif_in_a_chunk_and_xmp_in_text() -> None:
    for compressed in (False, True):
        file, info = BytesIO(), PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=compressed)
        Image.new("RGB", (4, 4)).save(file, "PNG", pnginfo=info, exif=exif_block())
        facts = facts_of(file.getvalue())
        assert dates(facts, "captured") == ["2019-06-14T10:00:00", "2016-05-02T08:15:00+03:00"]


def test_png_keeps_blocks_of_imagemagick_as_hex() -> None:
    block = b"Exif\0\0" + exif_block()
    lines = f"\nexif\n{len(block):8}\n{block.hex()}\n".encode()
    body = b"Raw profile type exif\0\0" + zlib.compress(lines)
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + b"\0\0\0\0"
    facts = facts_of(b"\x89PNG\r\n\x1a\n" + chunk)
    assert dates(facts, "captured") == ["2019-06-14T10:00:00"]


@pytest.mark.parametrize("kind", ["WEBP", "TIFF", "AVIF"])
def test_other_formats_as_pillow_writes_them(kind: str) -> None:
    file = BytesIO()
    tags = Image.Exif()
    tags.load(exif_block())
    tags.get_ifd(0x8769)
    extra = {} if kind == "TIFF" else {"xmp": XMP}
    Image.new("RGB", (16, 16)).save(file, kind, exif=tags, **extra)
    facts = facts_of(file.getvalue())
    assert told(facts, "camera") == ["Canon EOS 5D"]
    assert ("FILE PHOTO: a street" in told(facts, "caption")) == bool(extra)


def test_a_tiff_keeps_xmp_and_iptc_in_tags() -> None:
    file = BytesIO()
    Image.new("RGB", (4, 4)).save(file, "TIFF", tiffinfo={700: XMP, 33723: CARD})
    facts = facts_of(file.getvalue())
    assert told(facts, "caption") == ["FILE PHOTO: a street", "Archivbild: eine Straße"]


def test_only_the_first_block_of_a_kind_counts() -> None:
    first = segment(0xE1, b"Exif\0\0" + exif_block("2011:01:02 00:00:00"))
    second = segment(0xE1, b"Exif\0\0" + exif_block("2012:01:02 00:00:00"))
    facts = facts_of(jpeg(first, second))
    assert dates(facts, "captured") == ["2011-01-02T00:00:00"]


def test_a_file_without_metadata_says_nothing() -> None:
    for data in (jpeg(), b""):
        told = metadata.read(data)
        assert told.facts == ()
        assert told.pictures == ()
        assert {block.state for block in told.blocks.values()} == {BlockState.ABSENT}


# ----------------------------------------------------------------------------- the dates


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2019:06:14 10:00:00", "2019-06-14T10:00:00"),
        ("2019-06-14 10:00:00", "2019-06-14T10:00:00"),
        ("2019:06:14", "2019-06-14"),
        ("2019:06:00 00:00:00", "2019-06"),
        ("2019:00:00 00:00:00", "2019"),
        ("2019:  :   00:00:00", "2019"),
        ("0000:00:00 00:00:00", None),
        ("2099:09:29 10:10:10", None),
        ("1799:01:01 00:00:00", None),
        ("2019:02:29 10:00:00", None),
        ("2019:13:01 10:00:00", None),
        ("    :  :     :  :  ", None),
        ("yesterday", None),
    ],
)
def test_exif_dates_as_exact_as_they_are_written(written: str, date: str | None) -> None:
    facts = tuple(exif.read(exif_block(written)))
    assert dates(facts, "captured") == [date]
    assert told(facts, "captured") == [written.strip()]


def test_an_iptc_day_without_a_time_stays_a_day() -> None:
    assert dates(tuple(iptc.read(iim((55, b"20160500")))), "captured") == ["2016-05"]
    assert dates(tuple(iptc.read(iim((55, b"20160502")))), "captured") == ["2016-05-02"]
    assert dates(tuple(iptc.read(iim((55, b"20160502"), (60, b"??")))), "captured") == [
        "2016-05-02"
    ]


def test_programs_that_differ_by_a_zone_or_a_lost_time_do_not_contradict() -> None:
    card = iim((55, b"20190614"), (60, b"000000+0000"))
    data = jpeg(
        segment(0xE1, b"Exif\0\0" + exif_block(offset="+10:00")),
        segment(0xED, b"Photoshop 3.0\0" + resources(card)),
    )
    assert contradictions_of(facts_of(data)) == []


def test_changed_before_captured_is_said() -> None:
    block = exif_block("2019:06:14 10:00:00", changed="2012:01:05 00:00:00")
    (said,) = contradictions_of(facts_of(jpeg(segment(0xE1, b"Exif\0\0" + block))))
    assert said == (
        "EXIF gives “2012:01:05 00:00:00” as the time of a change, before the time of capture: "
        "EXIF gives “2019:06:14 10:00:00”."
    )


# --------------------------------------------------------------------------- bad blocks


def test_xmp_with_entities_too_deep_or_too_large_says_nothing() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x:xmpmeta xmlns:x="y">&a;</x:xmpmeta>'
    deep = b"<a>" * 5000 + b"</a>" * 5000
    large = XMP.replace(b"a street", b"a" * xmp.LARGEST)
    for packet in (bomb, deep, large, XMP[:-20], b"\xff\xfe<", b"<x/>", b""):
        assert list(xmp.read(packet)) == []


def test_directories_that_point_at_each_other_end() -> None:
    # Every entry of one directory points back to that directory.
    entries = 300
    entry = struct.pack(">HHII", 0x8769, 4, 1, 8)
    block = b"MM\0*" + struct.pack(">IH", 8, entries) + entry * entries + bytes(4)
    assert list(exif.read(block)) == []


@pytest.mark.parametrize(
    "maker", [b"NIKON\0", b"Canon\0", b"OLYMPUS\0", b"FUJIFILM", b"Apple\0", b"CASIO\0", b"SONY\0"]
)
def test_a_maker_note_without_end_costs_nothing(maker: bytes) -> None:
    # It says that it has four gigabytes, and holds 65,535 entries that all point back to it.
    head = struct.pack(">HHII", 0x010F, 2, len(maker), 60) + struct.pack(">HHII", 0x8769, 4, 1, 40)
    block = b"MM\0*" + struct.pack(">IH", 8, 2) + head + bytes(6)
    note = struct.pack(">H", 1) + struct.pack(">HHII", 0x927C, 7, 0xFFFFFFFF, 60) + bytes(6)
    endless = struct.pack(">H", 0xFFFF) + struct.pack(">HHII", 1, 4, 0xFFFFFFFF, 60) * 4000
    began = time.process_time()
    list(exif.read(block + note + maker + endless))
    assert time.process_time() - began < 5  # with makers' notes read, minutes


def test_the_second_opinion_gets_only_so_many_reads() -> None:
    block = exif._Budget(bytes(100))
    for _ in range(exif._READS):
        block.read(1)
    with pytest.raises(EOFError):
        block.read(1)


@pytest.mark.parametrize("head", [b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"II*\0"])
@given(tail=st.binary(max_size=400))
def test_any_bytes_give_facts_or_none(head: bytes, tail: bytes) -> None:
    told = metadata.read(head + tail, None)
    assert all(isinstance(fact, Fact) for fact in told.facts)
    assert list(told.blocks) == ["exif", "xmp", "iptc", "c2pa"]
    assert among(told.facts) is not None


@given(st.data())
def test_a_damaged_jpeg_gives_facts_or_none(data: st.DataObject) -> None:
    whole = bytearray(full_jpeg())
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(2, len(whole) - 1))] = data.draw(st.integers(0, 255))
    facts = facts_of(bytes(whole), "a.jpg")
    for fact in facts:
        fact.value.encode("utf-8")
        assert "\0" not in fact.value


def test_blocks_of_an_unknown_format_are_found_by_their_opening() -> None:
    found = blocks.find(b"....ftypheic" + b"Exif\0\0" + exif_block() + b"..." + XMP + b"...")
    assert found.exif.startswith(exif_block()[:8])
    assert found.xmp == XMP


# ------------------------------------------------------------------- files of the world


@pytest.mark.parametrize("folder", ["metadata", "hostile"])
def test_every_real_file_gives_facts_or_none(shared_data: Path, folder: str) -> None:
    files = sorted(path for path in (shared_data / folder).rglob("*") if path.is_file())
    with_facts = sum(bool(facts_of(path.read_bytes(), path.name)) for path in files)
    assert with_facts >= 100
