"""The records of a WARC file, one after another, in flat memory (ISO 28500, through warcio).

Only the headers of a record and, when asked for, one body of bounded size are ever held.
Imported only when a web archive is read: it needs warcio, of the extra ``web``.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any
from zipfile import BadZipFile

from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from provenance.errors import Refused
from provenance.guard.limits import KIB, MIB
from provenance.sources.web.failures import cut_off, damaged

MOST_BODY = 32 * MIB
"""Bytes of one body that is held. Several are under way at a time, and no picture on a page
is larger; a camera's JPEG of 45 megapixels has 30 MB."""

MOST_HEADERS = 512 * KIB
"""Bytes of the headers of one record; servers refuse more than some 16 KB."""

MOST_LINE = 64 * KIB

CHUNK = 256 * KIB

BEGINNING = b"WARC/"

KINDS = frozenset({"response", "resource", "revisit"})
"""Records of what a server gave. A ``conversion`` was made later, by the archive itself."""

# warcio logs addresses as they stand in the file; nothing of a file reaches a terminal raw.
logging.getLogger("warcio").addHandler(logging.NullHandler())

_HTTP = ("http:", "https:")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_STATUS = re.compile(r"\d{3}")


class Stream:
    """A file as warcio reads it: lines and blocks, with bounds on lines and on the whole.

    What was unpacked before damage is handed on before the damage is met.
    """

    def __init__(self, file: IO[bytes], most: int) -> None:
        """Read from ``file``, at most ``most`` bytes after unpacking."""
        self._file: Any = file
        self._held = b""
        self._at = 0
        self._left = most
        self._headers = MOST_HEADERS

    def read(self, length: int | None = None) -> bytes:
        """Up to ``length`` bytes, fewer where fewer are at hand; none at the end."""
        self._headers = MOST_HEADERS
        if self._at >= len(self._held):
            self._fill()
        end = len(self._held) if length is None else self._at + length
        data = self._held[self._at : end]
        self._at += len(data)
        return data

    def readline(self, length: int | None = None) -> bytes:
        """One line; raises :class:`Refused` for lines that are no headers."""
        most = min(length or MOST_LINE, MOST_LINE)
        while (end := self._held.find(b"\n", self._at)) < 0 and len(self._held) - self._at < most:
            if not self._fill():
                end = len(self._held) - 1
                break
        stop = min(end + 1 if end >= 0 else len(self._held), self._at + most)
        line = self._held[self._at : stop]
        self._at = stop
        self._headers -= len(line)
        if len(line) >= MOST_LINE or self._headers < 0:
            raise damaged("its headers never end")
        return line

    def _fill(self) -> bool:
        """Hold more; whether there was any."""
        try:
            data = self._file.read1(CHUNK)
        except (EOFError, OSError, zlib.error, BadZipFile) as problem:
            raise cut_off() from problem
        self._left -= len(data)
        if self._left < 0:
            raise Refused(
                "too_big",
                "This archive unpacks to a hundred times its size and more;",
                advice="the rest is not read. Take the pictures out with a tool you trust.",
            )
        self._held, self._at = self._held[self._at :] + data, 0
        return bool(data)

    def tell(self) -> int:
        """Where it stands; warcio asks, for nothing that is used here."""
        return 0


@dataclass(frozen=True, slots=True)
class Record:
    """One record. ``fields`` are the HTTP headers with names in lower case.

    ``kind`` is the WARC-Type, ``date`` the WARC-Date as written, ``digest`` the payload
    digest as stated, ``profile`` that of a revisit.
    """

    kind: str
    url: str
    date: str
    status: int | None
    fields: Mapping[str, str]
    digest: str | None
    profile: str | None
    length: int
    raw: Any

    @property
    def media_type(self) -> str:
        """What the server calls it, without parameters, in lower case."""
        return self.fields.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def encoding(self) -> str:
        """How the body is packed; empty where it is not."""
        return self.fields.get("content-encoding", "").strip().lower()

    @property
    def about(self) -> dict[str, Any]:
        """What a reader of its page is told beside the body."""
        found = _CHARSET.search(self.fields.get("content-type", ""))
        charset = found[1] if found else None
        return {"url": self.url, "encoding": self.encoding, "charset": charset, "resolve": True}

    @property
    def clock(self) -> dict[str, str | None]:
        """The server's own clock: when it answered, and when its file was last changed."""
        return {"date": self.fields.get("date"), "modified": self.fields.get("last-modified")}

    def body(self) -> bytes:
        """The payload as it came, without chunk marks, still packed as ``encoding`` says.

        Raises:
            Refused: it is too large to be held, or the file ends within it.
        """
        if self.length > MOST_BODY:
            raise Refused(
                "too_big",
                f"It has {self.length / MIB:.0f} MB; up to {MOST_BODY / MIB:.0f} MB are read here;",
                advice="take the picture out and add it as a file.",
            )
        pieces = []
        while piece := self.raw.read():
            pieces.append(piece)
        if self.raw.limit:
            raise cut_off()
        data = b"".join(pieces)
        if self.fields.get("transfer-encoding", "").strip().lower() == "chunked":
            return bytes(ChunkedDataReader(io.BytesIO(data)).read())
        return data


def records(file: IO[bytes], most: int) -> Iterator[Record]:
    """Every record of what a server gave; the body of each is to be asked for before the next.

    Raises:
        Refused: the file is damaged here, and what follows cannot be found.
    """
    stream = Stream(file, most)
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    raw = None
    try:
        while line := _next_beginning(stream):
            raw = loader.parse_record_stream(stream, line, "warc", no_record_parse=True)
            if raw.length is None:
                raise damaged("a record does not say how long it is")
            yield from _read(raw, loader)
            _pass(raw)
        if raw is None:
            raise damaged("there is no record in it")
    except (ArchiveLoadFailed, StatusAndHeadersParserException) as problem:
        raise damaged("a record does not begin as one") from problem
    except EOFError as problem:
        raise cut_off() from problem


def _next_beginning(stream: Stream) -> bytes:
    """The first line of the next record; what stands between records is passed over."""
    line = stream.readline()
    while line and not line.startswith(BEGINNING):
        if line.strip():
            stream.read(0)  # a line that nobody expects is no header
        line = stream.readline()
    return line


def _read(raw: Any, loader: Any) -> Iterator[Record]:
    url = raw.rec_headers.get_header("WARC-Target-URI") or ""
    if raw.rec_type not in KINDS or not url.lower().startswith(_HTTP):
        return
    fields, status = {}, None
    if raw.rec_type in {"response", "revisit"} and raw.length:
        with suppress(EOFError, StatusAndHeadersParserException):
            http = loader.http_parser.parse(raw.raw_stream)
            fields = {name.lower(): value for name, value in reversed(http.headers)}
            status = _status(http.statusline)
    elif raw.rec_type == "resource":
        fields = {"content-type": raw.rec_headers.get_header("Content-Type") or ""}
    yield Record(
        kind=raw.rec_type or "",
        url=url,
        date=raw.rec_headers.get_header("WARC-Date") or "",
        status=status,
        fields=fields,
        digest=raw.rec_headers.get_header("WARC-Payload-Digest"),
        profile=raw.rec_headers.get_header("WARC-Profile"),
        length=raw.raw_stream.limit,
        raw=raw.raw_stream,
    )


def _status(line: str) -> int | None:
    found = _STATUS.match(line)
    return int(found[0]) if found else None


def _pass(raw: Any) -> None:
    """Read away what nobody asked for; raises where the file ends within it."""
    while raw.raw_stream.limit:
        if not raw.raw_stream.read(CHUNK):
            raise cut_off()
