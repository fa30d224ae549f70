"""Bytes to text, so that every refusal says what is wrong and at which byte."""

from __future__ import annotations

import codecs
import re

from app.errors import EmptyText, NotText

# A byte order mark says which encoding follows; it is part of the file, not of the text.
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# Control characters that no text in any of the encodings holds; tab, newlines, form feed and escape do occur.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode_text(data: bytes, source: str, encoding: str = "utf-8") -> str:
    """The text in ``data``, unchanged but for a byte order mark at its start. ``source`` names it in errors.

    Raises `NotText` for bytes that are no text in ``encoding`` (byte offset and line are named), for an encoding nobody
    knows, and `EmptyText` where no letter or figure is left.
    """
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _worded(_decoded(data[len(mark) :], source, marked, len(mark)), source)
    try:
        wide = codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))
    except LookupError:
        raise NotText(f"{source}: no encoding is called {encoding!r}") from None
    if not wide and (found := _BINARY.search(data)):
        raise NotText(f"{source}: binary data, not text: byte 0x{found[0][0]:02x} at offset {found.start()}")
    return _worded(_decoded(data, source, encoding, 0), source)


def _decoded(data: bytes, source: str, encoding: str, skipped: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotText(
            f"{source}: not {encoding}: byte 0x{data[error.start]:02x} at offset {error.start + skipped}, line {line}"
        ) from None


def _worded(text: str, source: str) -> str:
    if not any(character.isalnum() for character in text):
        raise EmptyText(f"{source}: no words in it")
    return text
