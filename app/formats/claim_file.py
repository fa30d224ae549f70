"""Claims as a file of any length: the formats that are written as the claims come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from app.domain.record import ClaimRecord
from app.formats import csv_rows, jsonld
from app.formats.claim_json import jsonl

# Large enough that sending a piece costs little beside making it, small enough that hundreds of readers fit in memory.
_PIECE_CHARACTERS = 65_536


class ClaimFile(StrEnum):
    """What files of claims are written as; the value is the ending of the file's name."""

    CSV = "csv"
    JSONL = "jsonl"
    JSONLD = "jsonld"


def claim_file(
    form: ClaimFile, claims: Iterable[ClaimRecord], base: str, same_as: jsonld.SameAs | None = None
) -> Iterator[str]:
    """The file in pieces of text, made as the claims come. ``base`` is the public address that ids in JSON-LD are
    built on, ``same_as`` says there what others call the actors, see `app.formats.jsonld.claim_node`.
    """
    if form is ClaimFile.CSV:
        return _pieces(csv_rows.csv_lines(claims))
    if form is ClaimFile.JSONL:
        return _pieces(jsonl(claims))
    return _pieces(jsonld.jsonld_parts(claims, base, same_as=same_as))


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    """The same text in fewer pieces."""
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _PIECE_CHARACTERS:
            yield "".join(held)
            held.clear()
            size = 0
    if held:
        yield "".join(held)
