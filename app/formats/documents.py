"""Files of JSON that go with texts: the metadata beside an article, and lists of documents to evaluate on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.errors import EmptyText, InputError

_METADATA = ("title", "language", "uri", "version", "agency", "byline")


@dataclass(frozen=True, slots=True)
class Document:
    """A text with the id that its results are reported under."""

    doc_id: str
    text: str


def parse_json(text: str, source: str) -> Any:
    """The value in ``text``; raises `InputError` with line and column where it is no JSON."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{source}: not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise InputError(f"{source}: JSON nested too deeply to be read") from None
    except ValueError as error:
        raise InputError(f"{source}: JSON beyond reading: {str(error).partition(';')[0]}") from None


def read_documents(text: str, source: str) -> list[Document]:
    """The documents of a JSON list of ``{"doc_id", "text"}``; other keys are ignored, so that gold files can be read.

    Raises `InputError` naming the entry that is wrong, `EmptyText` for one without words.
    """
    value = parse_json(text, source)
    if not isinstance(value, list):
        raise InputError(f"{source}: a list of documents is needed, each with doc_id and text")
    documents: dict[str, Document] = {}
    for number, entry in enumerate(value):
        place = f"{source}: entry {number}"
        if not isinstance(entry, dict):
            raise InputError(f"{place} is no object")
        for key in ("doc_id", "text"):
            if not isinstance(entry.get(key), str):
                raise InputError(f"{place} has no {key}, or one that is no string")
        if not any(character.isalnum() for character in entry["text"]):
            raise EmptyText(f"{place} ({entry['doc_id']}): no words in it")
        if entry["doc_id"] in documents:
            raise InputError(f"{place}: doc_id {entry['doc_id']!r} stands there twice")
        documents[entry["doc_id"]] = Document(entry["doc_id"], entry["text"])
    return list(documents.values())


def read_metadata(text: str, source: str) -> dict[str, Any]:
    """What a metadata file says of the article beside it, as keyword arguments of `Article`.

    An object with any of ``title``, ``language``, ``uri``, ``version``, ``agency``, ``byline`` (strings),
    ``published_at`` (ISO 8601, in UTC where it names no offset) and ``note`` (for people, not read); null is the same
    as not given. Raises `InputError` naming the key that is unknown or of the wrong type.
    """
    value = parse_json(text, source)
    if not isinstance(value, dict):
        raise InputError(f"{source}: an object with the article's metadata is needed")
    found: dict[str, Any] = {}
    for key, held in value.items():
        if held is None or key == "note":
            continue
        if key not in (*_METADATA, "published_at"):
            known = ", ".join((*_METADATA, "published_at", "note"))
            raise InputError(f"{source}: unknown key {key!r}; known are {known}")
        if not isinstance(held, str):
            raise InputError(f"{source}: {key} must be a string")
        found[key] = _moment(held, f"{source}: {key}") if key == "published_at" else held
    return found


def _moment(text: str, place: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"{place} must be an ISO 8601 date and time, got {text!r}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
