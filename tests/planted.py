"""Makes a JPEG whose metadata say what a test wants them to say."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PACKET = (
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">'
    '<rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" {properties}/></rdf:RDF></x:xmpmeta>'
)
PLACES = {"Kyiv": (50.45, 30.52), "Sydney": (-33.87, 151.21), "nowhere": (0.0, 0.0)}


@dataclass(frozen=True)
class Planted:
    """What stands in the file; ``gps`` is the receiver's UTC time, ``at`` one of PLACES."""

    captured: str = ""
    offset: str = ""
    changed: str = ""
    gps: str = ""
    at: str = ""
    xmp: str = ""
    iptc: str = ""
    caption: str = ""

    def jpeg(self) -> bytes:
        file = BytesIO()
        Image.new("RGB", (8, 8), "grey").save(file, "JPEG")
        plain = file.getvalue()
        return plain[:2] + b"".join(self._segments()) + plain[2:]

    def _segments(self) -> list[bytes]:
        found = []
        if self.captured or self.changed or self.gps or self.at or self.caption:
            found.append(segment(0xE1, self._exif()))
        if self.xmp:
            packet = PACKET.replace("{properties}", f'photoshop:DateCreated="{self.xmp}"')
            found.append(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet.encode()))
        if self.iptc:
            found.append(segment(0xED, b"Photoshop 3.0\0" + self._card()))
        return found

    def _exif(self) -> bytes:
        tags = Image.Exif()
        if self.changed:
            tags[0x0132] = self.changed
        if self.caption:
            tags[0x010E] = self.caption
        detail = tags.get_ifd(0x8769)
        if self.captured:
            detail[0x9003] = self.captured
        if self.offset:
            detail[0x9011] = self.offset
        gps = tags.get_ifd(0x8825)
        if self.at:
            north, east = PLACES[self.at]
            gps[1], gps[2] = "N" if north >= 0 else "S", (abs(north), 0.0, 0.0)
            gps[3], gps[4] = "E" if east >= 0 else "W", (abs(east), 0.0, 0.0)
        if self.gps:
            day, clock = self.gps.split()
            gps[29], gps[7] = day, tuple(float(part) for part in clock.split(":"))
        return tags.tobytes()

    def _card(self) -> bytes:
        day, _, time = self.iptc.partition(" ")
        card = b"".join(
            b"\x1c\x02" + struct.pack(">BH", number, len(text)) + text.encode()
            for number, text in ((55, day), (60, time))
            if text
        )
        return b"8BIM\x04\x04\0\0" + struct.pack(">I", len(card)) + card + b"\0" * (len(card) % 2)


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body
