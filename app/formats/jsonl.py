"""Archives: a JSON object a line, an article or a ninjs item each, read line by line however long the file is."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import IO, Any

from app.errors import InputError, NotText, TextTooLong
from app.formats import ninjs
from app.formats.delivery import Delivery, deliver, moment
from app.formats.documents import parse_json
from app.formats.signs import GZIP, is_ninjs

_STRINGS = ("title", "language", "uri", "version", "agency", "byline", "published_at")
# Sixteen times the longest article taken by default, escapes and metadata included; a line beyond it is no article,
# and a small packed file can hold one that fills the memory.
_MAX_LINE_BYTES = 64 * 1024 * 1024


def read(data: bytes, source: str) -> list[Delivery]:
    """All articles of an archive in memory; see `read_lines`."""
    return list(read_lines(io.BytesIO(data), source))


def read_lines(file: IO[bytes], source: str) -> Iterator[Delivery]:
    """The articles of an open archive, one after the other, unpacked if it is a gzip file; blank lines are passed over.

    A line is an object with ``text`` and any of ``title``, ``language``, ``uri``, ``version``, ``agency``, ``byline``,
    ``published_at`` (ISO 8601); null is the same as not given, and other keys are not read. A line that is a ninjs item
    is read as one. The file has to be seekable or begin with its first byte unread.

    Raises `InputError` (and its kinds) naming line and column as it comes to them: what stands before is given out
    already. `NotText` where the file is packed and damaged.
    """
    buffered = file if isinstance(file, io.BufferedReader) else io.BufferedReader(_Raw(file))
    packed = buffered.peek(len(GZIP))[: len(GZIP)] == GZIP
    stream: io.BufferedIOBase = gzip.GzipFile(fileobj=buffered) if packed else buffered
    number = 0
    try:
        while line := stream.readline(_MAX_LINE_BYTES + 1):
            number += 1
            place = f"{source}: line {number}"
            if len(line) > _MAX_LINE_BYTES:
                raise TextTooLong(f"{place} is longer than {_MAX_LINE_BYTES} bytes")
            if line.strip():
                yield read_item(_parsed(line, place, number == 1), place)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise NotText(f"{source}: packed and damaged after line {number}: {error}") from None


def read_item(value: Any, place: str) -> Delivery:
    """One parsed line. Raises `InputError` naming the key that is missing or no string."""
    if not isinstance(value, dict):
        raise InputError(f"{place}: an object with the article's text is needed")
    if is_ninjs(value):
        return ninjs.read_item(value, place)
    text = value.get("text")
    if not isinstance(text, str):
        raise InputError(f"{place}: {'no text' if text is None else 'text must be a string'}")
    parts: dict[str, Any] = {}
    for key in _STRINGS:
        held = value.get(key)
        if held is not None and not isinstance(held, str):
            raise InputError(f"{place}: {key} must be a string")
        parts[key] = held
    parts["published_at"] = moment(parts["published_at"], f"{place}: published_at")
    return deliver(text, place, **parts)


def _parsed(line: bytes, place: str, is_first: bool) -> Any:
    try:
        text = line.decode("utf-8-sig" if is_first else "utf-8")
    except UnicodeDecodeError as error:
        raise NotText(f"{place}: not utf-8: byte 0x{line[error.start]:02x} at offset {error.start} of it") from None
    try:
        return parse_json(text, place)
    except InputError as error:
        # The place names the line in the file already; what the parser counts is the line within the line.
        raise type(error)(str(error).replace(" at line 1, column", " at column")) from None


class _Raw(io.RawIOBase):
    """Any readable file as a raw stream, so that its first bytes can be looked at without being taken."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
