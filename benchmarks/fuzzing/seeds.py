"""What is mutated: pictures of every format that is read, and what other sources read.

The generated seeds are always there; real files from ``../shared/data`` join them where they lie.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from fixtures import pages

LARGEST_FILE = 48 * 1024
"""Bytes of a real file that is taken: larger ones cost time and hold more of the same."""

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF")

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreateDate="2019-06-14T10:00:00+03:00"/>'
    b"</rdf:RDF></x:xmpmeta>"
)


def pictures(*, real: bool) -> list[bytes]:
    """Small pictures with metadata in every format; ``real``: and those of cameras and corpora."""
    return [*_generated(), *(_real() if real else ())]


def documents() -> dict[str, bytes]:
    """What the other sources read, by a name that tells the source what it is."""
    photo = pages.picture(1, (96, 72))
    article = pages.article(pages.figure("a.jpg"), head=pages.news(datePublished=pages.PUBLISHED))
    kept = pages.kept_page(f"{pages.SITE}/a", article, pages.PUBLISHED)
    packed = pages.warc([kept])
    return {
        "crawl.warc": pages.warc([kept], packed=False),
        "crawl.warc.gz": packed,
        "crawl.wacz": pages.wacz(packed),
        "page.mhtml": pages.mhtml(f"{pages.SITE}/a", article, {"a.jpg": photo}, pages.PUBLISHED),
        "page.html": article.encode(),
        "table.csv": b'path,date,caption\na.jpg,2019,"x, y"\nhttps://a.example/b.jpg,June 2019,\n',
        "table.jsonl": b'{"path": "a.jpg", "date": "2019"}\n{"hash": "phash:0123456789abcdef"}\n',
        "result.json": json.dumps(_telegram()).encode(),
        "metadata.json": json.dumps(_auto_archiver()).encode(),
        "WhatsApp Chat with A.txt": b"14.06.19, 10:00 - A: IMG-1.jpg (file attached)\n" * 3,
        "link.url": b"[InternetShortcut]\r\nURL=https://a.example/b.jpg\r\n",
        "link.webloc": b'<plist version="1.0"><dict><key>URL</key><string>https://a.example/'
        b"</string></dict></plist>",
    }


def _generated() -> Iterator[bytes]:
    dice = np.random.default_rng(0)
    coarse = dice.integers(0, 256, (6, 8, 3), dtype=np.uint8)
    image = Image.fromarray(coarse).resize((64, 48), Image.Resampling.BICUBIC)
    for kind in FORMATS:
        yield _saved(image, kind)
        if kind not in {"BMP", "GIF"}:
            yield _saved(image, kind, exif=_exif(), **_more(kind))
    yield _saved(image, "JPEG", progressive=True, exif=_exif())
    yield _saved(image.convert("CMYK"), "JPEG")
    yield _saved(image.convert("P"), "PNG", icc_profile=b"\0" * 128)
    frames = [image.rotate(turn) for turn in (0, 90, 180)]
    for kind in ("GIF", "PNG", "WEBP", "TIFF"):
        yield _saved(frames[0], kind, save_all=True, append_images=frames[1:])


def _more(kind: str) -> dict[str, object]:
    return {"xmp": XMP} if kind in {"JPEG", "WEBP"} else {}


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0132], exif[0x010F], exif[0x0112] = "2019:06:14 10:00:00", "Maker", 6
    exif.get_ifd(0x8769)[0x9003] = "2019:06:14 10:00:00"
    exif.get_ifd(0x8769)[0x927C] = b"MAKERNOTE" * 8
    exif.get_ifd(0x8825)[2] = (50.0, 4.0, 30.0)
    return exif


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def _real() -> Iterator[bytes]:
    for folder in ("metadata", "hostile"):
        for path in sorted((SHARED / folder).rglob("*")):
            if path.is_file() and 0 < path.stat().st_size <= LARGEST_FILE:
                yield path.read_bytes()


def _telegram() -> dict[str, object]:
    message = {"id": 1, "type": "message", "date": "2019-06-14T10:00:00", "photo": "photos/a.jpg"}
    told = {"date_unixtime": "1560495600", "text": ["a", {"type": "link", "text": "b"}]}
    return {"name": "N", "type": "public_channel", "id": 1, "messages": [message | told] * 3}


def _auto_archiver() -> dict[str, object]:
    medium = {"filename": "a.jpg", "_mimetype": "image/jpeg", "urls": ["https://a.example/a"]}
    told = {"url": "https://a.example/p", "timestamp": "2019-06-14T10:00:00+00:00", "title": "t"}
    return {"status": "ok", "metadata": told, "media": [medium | {"properties": {"hash": "0"}}]}
