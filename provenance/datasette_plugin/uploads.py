"""What a form sends: its fields, and its files within limits; the parser is a library.

A body is read to its end even where it is refused: a browser shows the answer only then. Files
wait in temporary files without a name, so that many large ones do not fill the memory.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from typing import IO, Any, Final
from urllib.parse import parse_qsl

from provenance.errors import Refused

MIB: Final = 1024 * 1024
FILE_BYTES: Final = 50 * MIB
"""One picture; a 45-megapixel camera JPEG has 30 MB."""
BODY_BYTES: Final = 1024 * MIB
"""What is read at most before the connection is given up."""
FORM_BYTES: Final = 256 * 1024
"""A form without files."""
MOST_FILES: Final = 100
MOST_FIELDS: Final = 40
FIELD_BYTES: Final = 20_000
IN_MEMORY: Final = MIB

TOO_BIG: Final = "too_big"
MALFORMED: Final = "malformed_form"


@dataclass(slots=True)
class Upload:
    """One file that was sent; ``too_big``: its bytes were dropped on the way."""

    field: str
    name: str
    file: IO[bytes]
    size: int = 0
    too_big: bool = False

    def take(self) -> bytes:
        """Its bytes; the temporary file is gone afterwards."""
        with self.file as file:
            file.seek(0)
            return file.read()

    def add(self, piece: bytes) -> None:
        """More of it; nothing is kept of what grows beyond the limit."""
        self.size += len(piece)
        if self.size > FILE_BYTES:
            self.too_big = True
            self.file.close()
        else:
            self.file.write(piece)


@dataclass(slots=True)
class Form:
    """The fields of a form, each once, and its files in the order sent."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[Upload] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """What was typed, trimmed; ``None`` for nothing."""
        return self.fields.get(name, "").strip() or None

    def close(self) -> None:
        """Let the temporary files go."""
        for upload in self.files:
            upload.file.close()


async def form_of(request: Any) -> Form:
    """The form of a posted request.

    Raises:
        Refused: it is none, is cut off, or has more parts than any form of ours.
    """
    from python_multipart.multipart import parse_options_header

    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind == b"multipart/form-data" and b"boundary" in options:
        return await _multipart(request, options[b"boundary"])
    if kind == b"application/x-www-form-urlencoded":
        return Form(dict(parse_qsl(await _whole(request), max_num_fields=MOST_FIELDS)))
    raise _malformed("it is neither a form nor an upload")


async def _whole(request: Any) -> str:
    body = b""
    async for piece in _pieces(request):
        if len(body) <= FORM_BYTES:
            body += piece
    if len(body) > FORM_BYTES:
        raise _malformed("it is longer than any form here")
    return body.decode("utf-8", "replace")


async def _multipart(request: Any, boundary: bytes) -> Form:
    from python_multipart.exceptions import FormParserError
    from python_multipart.multipart import MultipartParser

    parts = _Parts()
    try:
        parser = MultipartParser(boundary, parts.callbacks())
        async for piece in _pieces(request):
            if parts.problem is None:
                parser.write(piece)
        parser.finalize()
    except FormParserError as error:
        parts.form.close()
        raise _malformed("it cannot be taken apart") from error
    if parts.problem or not parts.ended:
        parts.form.close()
        raise _malformed(parts.problem or "it ends too early")
    return parts.form


async def _pieces(request: Any) -> Any:
    """The body as it comes; given up when the sender goes or does not stop."""
    size, more = 0, True
    while more and size <= BODY_BYTES:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise _malformed("the connection was closed")
        piece = message.get("body", b"")
        size, more = size + len(piece), message.get("more_body", False)
        yield piece
    if more:
        raise _malformed("it does not end")


class _Parts:
    """Turns the parser's calls into a form."""

    def __init__(self) -> None:
        self.form = Form()
        self.problem: str | None = None
        self.ended = False
        self._headers: dict[str, bytes] = {}
        self._name = self._value = b""
        self._field: str | None = None
        self._text = b""
        self._upload: Upload | None = None

    def callbacks(self) -> Any:
        """What the parser calls, by its names."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._data,
            "on_part_end": self._part_end,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        self._headers, self._name, self._value = {}, b"", b""
        self._field, self._text, self._upload = None, b"", None

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._name.decode("latin-1").lower()] = self._value
        self._name = self._value = b""

    def _headers_finished(self) -> None:
        from python_multipart.multipart import parse_options_header

        _, options = parse_options_header(self._headers.get("content-disposition", b""))
        self._field = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" in options:
            self._start_file(options[b"filename"].decode("utf-8", "replace"))
        elif len(self.form.fields) >= MOST_FIELDS:
            self.problem = "it has too many fields"

    def _start_file(self, name: str) -> None:
        if len(self.form.files) >= MOST_FILES:
            self.problem = f"it holds more than {MOST_FILES} files"
            return
        file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed by take)
        self._upload = Upload(self._field or "", _plain_name(name), file)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._upload is None:
            self._text += data[start:end]
            if len(self._text) > FIELD_BYTES:
                self.problem = "one of its fields is too long"
        elif not self._upload.too_big:
            self._upload.add(data[start:end])

    def _part_end(self) -> None:
        if self._upload is None and self._field:
            self.form.fields[self._field] = self._text.decode("utf-8", "replace")
        elif self._upload is not None and (self._upload.name or self._upload.size):
            self.form.files.append(self._upload)

    def _end(self) -> None:
        self.ended = True


def _plain_name(name: str) -> str:
    """A file's own name, without the folders that some browsers send with it."""
    return name.replace("\\", "/").rpartition("/")[2][:255]


def _malformed(why: str) -> Refused:
    return Refused(MALFORMED, f"What was sent cannot be read: {why}.", advice="Send it again.")
