"""What a file is, told from its first bytes; its name says nothing.

Only the eight formats of the contract are read. Files that are clearly something else get
a sentence that says what they are and what to do; the rest is no image to us.
"""

from __future__ import annotations

from provenance.errors import Unreadable, UnreadableReason

SAVE_AS = "Save the picture as JPEG or PNG and give that file."
TAKE_FRAME = "Save a single frame of it as JPEG or PNG and give that file."
TAKE_PAGE = "Save the picture inside it as JPEG or PNG and give that file."
UNPACK = "Unpack it and give the pictures inside."

READ = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
)

RECOGNISED = (
    (0, b"%PDF-", "a PDF document", TAKE_PAGE),
    (0, b"%!PS", "a PostScript (EPS) drawing", SAVE_AS),
    (0, b"\xc5\xd0\xd3\xc6", "a PostScript (EPS) drawing", SAVE_AS),
    (0, b"8BPS", "a Photoshop document", SAVE_AS),
    (0, b"gimp xcf", "a GIMP document", SAVE_AS),
    (0, b"\x00\x00\x00\x0cjP  \r\n\x87\n", "a JPEG 2000 picture", SAVE_AS),
    (0, b"\xff\x4f\xff\x51", "a JPEG 2000 picture", SAVE_AS),
    (0, b"\x00\x00\x00\x0cJXL \r\n\x87\n", "a JPEG XL picture", SAVE_AS),
    (0, b"\xff\x0a", "a JPEG XL picture", SAVE_AS),
    (0, b"\x00\x00\x01\x00", "an icon", SAVE_AS),
    (0, b"\x00\x00\x02\x00", "a cursor", SAVE_AS),
    (0, b"icns", "an icon", SAVE_AS),
    (0, b"qoif", "a QOI picture", SAVE_AS),
    (0, b"P4\n", "a PBM picture", SAVE_AS),
    (0, b"P5\n", "a PGM picture", SAVE_AS),
    (0, b"P6\n", "a PPM picture", SAVE_AS),
    (0, b"\x0a\x05\x01", "a PCX picture", SAVE_AS),
    (0, b"DDS ", "a DDS texture", SAVE_AS),
    (0, b"\xabKTX ", "a KTX texture", SAVE_AS),
    (0, b"v/1\x01", "an OpenEXR picture", SAVE_AS),
    (0, b"#?RADIANCE", "a Radiance HDR picture", SAVE_AS),
    (0, b"SIMPLE  =", "a FITS picture", SAVE_AS),
    (0, b"\xd7\xcd\xc6\x9a", "a Windows metafile", SAVE_AS),
    (0, b"FUJIFILMCCD-RAW", "a raw camera file", SAVE_AS),
    (0, b"FOVb", "a raw camera file", SAVE_AS),
    (0, b"\x00MRM", "a raw camera file", SAVE_AS),
    (0, b"IIU\x00", "a raw camera file", SAVE_AS),
    (0, b"IIRO", "a raw camera file", SAVE_AS),
    (6, b"HEAPCCDR", "a raw camera file", SAVE_AS),
    (0, b"\x1aE\xdf\xa3", "a video", TAKE_FRAME),
    (0, b"FLV\x01", "a video", TAKE_FRAME),
    (0, b"\x00\x00\x01\xba", "a video", TAKE_FRAME),
    (0, b"\x00\x00\x01\xb3", "a video", TAKE_FRAME),
    (0, b"PK\x03\x04", "a ZIP archive or office document", UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (0, b"\xfd7zXZ\x00", "a compressed file", UNPACK),
    (0, b"\x1f\x8b", "a compressed file", UNPACK),
    (0, b"BZh", "a compressed file", UNPACK),
)
"""Offset, bytes, what it is, what to do: files that people do give, and that we do not read."""

RIFF = {
    b"AVI ": ("a video", TAKE_FRAME),
    b"WAVE": ("a sound file", "Give an image file."),
}

AVIF_BRANDS = frozenset({b"avif", b"avis"})
HEIF_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
    | {b"mif2", b"mif3"}
)
OTHER_BRANDS = {
    b"crx ": ("a raw camera file", SAVE_AS),
    b"qt  ": ("a video", TAKE_FRAME),
}

BMP_HEADERS = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
"""Sizes of the header after the file header; two letters alone would be too little."""

SVG_WITHIN = 1024
DRAWING = ("an SVG drawing", SAVE_AS)
PAGE = ("a web page", "Save the picture itself and give that file.")


def sniff(data: bytes) -> str:
    """The format, by Pillow's name: JPEG, PNG, WEBP, GIF, TIFF, BMP, AVIF or HEIF.

    Raises:
        Unreadable: ``not_image`` for an empty file and for what nobody recognises;
            ``unsupported`` for files that are something else.
    """
    if not data:
        raise Unreadable(
            UnreadableReason.NOT_IMAGE, "The file is empty.", advice="Get the picture again."
        )
    return _by_magic(data) or _by_container(data) or _refused(data)


def _by_magic(data: bytes) -> str | None:
    for magic, name in READ:
        if data.startswith(magic):
            return name
    if data.startswith(b"BM") and int.from_bytes(data[14:18], "little") in BMP_HEADERS:
        return "BMP"
    return None


def _by_container(data: bytes) -> str | None:
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        return _by_brand(data)
    return None


def brands(data: bytes) -> list[bytes]:
    """The brands of a file in ISO boxes (HEIF, AVIF, MP4), the major one first."""
    length = min(int.from_bytes(data[:4], "big"), 4 * 64, len(data))
    return [data[8:12], *(data[at : at + 4] for at in range(16, length - 3, 4))]


def _by_brand(data: bytes) -> str | None:
    """HEIF's general brands leave open which codec is inside; the others then tell."""
    named = brands(data)
    if named[0] in OTHER_BRANDS:
        return None
    if named[0] in AVIF_BRANDS or AVIF_BRANDS.intersection(named):
        return "AVIF"
    return "HEIF" if HEIF_BRANDS.intersection(named) else None


def _refused(data: bytes) -> str:
    what = _recognised(data)
    if what is None:
        raise Unreadable(
            UnreadableReason.NOT_IMAGE,
            "This is no image file.",
            advice="JPEG, PNG, WebP, GIF, TIFF, BMP, AVIF and HEIC are read.",
        )
    raise Unreadable(
        UnreadableReason.UNSUPPORTED, f"This is {what[0]}, which is not read.", advice=what[1]
    )


def _recognised(data: bytes) -> tuple[str, str] | None:
    """What the file is and what to do, if it is something we can name."""
    if data[4:8] == b"ftyp":
        return OTHER_BRANDS.get(data[8:12], ("a video", TAKE_FRAME))
    if data.startswith(b"RIFF"):
        return RIFF.get(data[8:12])
    for offset, magic, name, advice in RECOGNISED:
        if data.startswith(magic, offset):
            return name, advice
    return _as_markup(data[:SVG_WITHIN].lower())


def _as_markup(start: bytes) -> tuple[str, str] | None:
    if b"<svg" in start:
        return DRAWING
    if b"<html" in start or b"<!doctype html" in start:
        return PAGE
    return None
