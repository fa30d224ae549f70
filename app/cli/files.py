"""Files named on the command line, read so that every refusal names the file and the place in it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from app.domain.article import Article
from app.errors import InputError, TextTooLong
from app.formats.delivery import Delivery
from app.formats.detect import Format, detect, is_marked
from app.formats.documents import read_documents, read_metadata
from app.formats.readers import read_as
from app.formats.text import decode_text

if TYPE_CHECKING:
    from app.settings import Settings

STDIN = "-"

# No encoding that we read needs more bytes for a code point; a larger text is refused before it is read.
_MAX_BYTES_PER_CHAR = 4
# What other formats open with stands in the first bytes, after a byte order mark and blank lines at most.
_OPENING_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Source:
    """An article and the name its results are shown under: the file's, or the document's id in a JSON list.

    ``withdrawn`` says that its sender takes it back; its text may be empty then.
    """

    name: str
    article: Article
    withdrawn: bool = False


def read_sources(path: str, max_chars: int, encoding: str | None = None, **given: Any) -> list[Source]:
    """The articles in one file, or on standard input where ``path`` is ``-``, whatever format it is in.

    The format is told from the content (`app.formats.detect`). A text is one article, in UTF-8 unless ``encoding`` says
    otherwise; what a ``.json`` file of the same name says of it (title, agency …) is taken. Other formats name their
    encoding, and ``encoding`` goes before that. ``given`` (keyword arguments of `Article`) goes before what any file
    says.

    Raises `InputError` (and its kinds) naming the file: missing, unreadable, empty, binary, in another encoding, broken
    JSON or XML, a text longer than ``max_chars`` code points.
    """
    given = {key: value for key, value in given.items() if value is not None}
    name = "standard input" if path == STDIN else path
    data = _read(path, max_chars)
    # The one thing a file's name is asked: a broken list of documents is no text.
    is_json = path.endswith(".json")
    may_be_marked = is_json or is_marked(data[:_OPENING_BYTES])
    form = detect(data, "application/json" if is_json else None, name) if may_be_marked else Format.TEXT
    if form is Format.TEXT:
        return [_text(path, name, data, max_chars, encoding or "utf-8", given)]
    if form is Format.DOCUMENTS:
        return [
            Source(each.doc_id, _bounded(Article(each.text, **given), f"{path}: {each.doc_id}", max_chars))
            for each in read_documents(decode_text(data, path, encoding or "utf-8"), path)
        ]
    return _sources(read_as(form, data, name, encoding), name, max_chars, given)


def is_address(path: str) -> bool:
    """Whether what was named on the command line is an address rather than a file."""
    return path.startswith(("http://", "https://"))


def address_sources(url: str, settings: Settings, **given: Any) -> list[Source]:
    """The articles at an address, as `read_sources` gives those of a file; raises as `app.fetching` does."""
    from app.fetching.articles import fetch_articles, fetcher_of

    given = {key: value for key, value in given.items() if value is not None}
    return _sources(fetch_articles(fetcher_of(settings), url), url, settings.max_text_chars, given)


def _sources(delivered: Sequence[Delivery], name: str, max_chars: int, given: dict[str, Any]) -> list[Source]:
    sources = []
    for number, delivery in enumerate(delivered, start=1):
        called = name if len(delivered) == 1 else f"{name}: {number}"
        article = _bounded(replace(delivery.article, **given), called, max_chars)
        sources.append(Source(called, article, delivery.withdrawn))
    return sources


def _text(path: str, name: str, data: bytes, max_chars: int, encoding: str, given: dict[str, Any]) -> Source:
    text = decode_text(data, name, encoding)
    beside = Path(path).with_suffix(".json")
    metadata: dict[str, Any] = {}
    if path != STDIN and beside.is_file():
        metadata = read_metadata(decode_text(_read(str(beside), max_chars), str(beside)), str(beside))
    return Source(name, _bounded(Article(text, **{**metadata, **given}), name, max_chars))


def write_output(path: str | None, data: str | bytes) -> None:
    """Write to a file, or to stdout where ``path`` is ``None`` or ``-``; raises `InputError` where that fails."""
    raw = data.encode("utf-8") if isinstance(data, str) else data
    if path is None or path == STDIN:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.flush()
        return
    try:
        Path(path).write_bytes(raw)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None


def _read(path: str, max_chars: int) -> bytes:
    try:
        if path == STDIN:
            return _read_bounded(sys.stdin.buffer, path, max_chars)
        with Path(path).open("rb") as file:
            return _read_bounded(file, path, max_chars)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def _read_bounded(file: IO[bytes], path: str, max_chars: int) -> bytes:
    """All bytes of a file; of one that can only be a text no more than a text may have."""
    opening = file.read(_OPENING_BYTES)
    if is_marked(opening):
        return opening + file.read()
    limit = max_chars * _MAX_BYTES_PER_CHAR
    data = opening + file.read(max(limit + 1 - len(opening), 0))
    if len(data) > limit:
        raise TextTooLong(f"{path}: more than {max_chars} characters (SAGESMAN_MAX_TEXT_CHARS)")
    return data


def _bounded(article: Article, name: str, max_chars: int) -> Article:
    if len(article.text) > max_chars:
        raise TextTooLong(
            f"{name}: {len(article.text)} characters, more than the {max_chars} taken (SAGESMAN_MAX_TEXT_CHARS)"
        )
    return article
