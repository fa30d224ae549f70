"""Forms that change something: read up to a limit, signed by whoever sent them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request

# The name that changes are signed with where the service asks for no keys: the form then asks for one.
_NOBODY = "local"
_MOST_BYTES = 65_536
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as sent: its fields without white space around them, and what is wrong so far, a message key a field."""

    values: Mapping[str, str]
    faults: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """The field, empty where it was not sent."""
        return self.values.get(name, "")


async def sent_form(request: Request) -> Sent:
    """The form in the request, of names and words: longer than a few pages it is refused."""
    pieces, size = [], 0
    async for piece in request.stream():
        # Read to the end all the same: a browser shows an answer only when it could send all it wanted to.
        size += len(piece)
        pieces += [piece] if size <= _MOST_BYTES else []
    if size > _MOST_BYTES:
        return Sent({}, {"form": "form-too-long"})
    try:
        pairs = parse_qsl(b"".join(pieces).decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError:
        return Sent({}, {"form": "invalid-input"})
    return Sent({name: value.strip() for name, value in pairs})


def known_name(request: Request) -> str | None:
    """The name of whoever sent the request, ``None`` where the service asks for no keys and cannot know."""
    caller = getattr(request.state, "caller", None)
    name = getattr(caller, "name", _NOBODY)
    return None if name == _NOBODY else str(name)


def signature(request: Request, sent: Sent) -> str:
    """Whom the form is signed by; a missing or overlong name is noted as a fault of the field ``author``."""
    known = known_name(request)
    if known is not None:
        return known
    given = sent.get("author")
    if not any(char.isalnum() for char in given):
        sent.faults["author"] = "no-author"
    elif len(given) > _LONGEST_NAME:
        sent.faults["author"] = "field-too-long"
    return given


SentForm = Annotated[Sent, Depends(sent_form)]
