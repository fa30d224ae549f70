"""Which of several formats an answer comes in: the one asked for by name, else the best that ``Accept`` names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from fastapi import Request

from app.errors import NotAcceptable

Form = TypeVar("Form", bound=StrEnum)

_PARAMETER = re.compile(r';\s*(?P<name>[\w.+-]+)\s*=\s*(?:"(?P<quoted>[^"]*)"|(?P<token>[^\s;,"]*))')
_RANGE = re.compile(r'(?P<type>[^\s;,"/]+)/(?P<subtype>[^\s;,"/]+)\s*(?P<parameters>(?:;(?:[^,"]|"[^"]*")*)?)')
_PARTS = re.compile(r'(?:[^,"]|"[^"]*")+')


@dataclass(frozen=True, slots=True)
class _MediaRange:
    """One entry of ``Accept``. Of its parameters only the profile tells formats apart."""

    type: str
    subtype: str
    profile: str | None
    quality: float

    def closeness(self, other: _MediaRange) -> int:
        """How closely the media type ``other`` is meant: 0 not at all, more for every part that is named."""
        if self.type != "*" and self.type != other.type:
            return 0
        if self.subtype != "*" and self.subtype != other.subtype:
            return 0
        if self.profile is not None and self.profile != other.profile:
            return 0
        return 1 + (self.type != "*") + (self.subtype != "*") + (self.profile is not None)


def negotiate(request: Request, named: Form | None, offers: Mapping[Form, Sequence[str]]) -> tuple[Form, str]:
    """The format to answer in, with its media type.

    ``named`` is the format that the parameter ``format`` names. ``offers`` are the formats there are, the first of them
    for who does not mind, each with its media types (the first of these as a rule, others where they are asked for).
    Raises `NotAcceptable` where ``Accept`` names none of them.
    """
    if named is not None:
        return named, offers[named][0]
    accepted = ",".join(request.headers.getlist("accept"))
    if not accepted.strip():
        first = next(iter(offers))
        return first, offers[first][0]
    ranges = [found for part in _PARTS.findall(accepted) if (found := _media_range(part)) is not None]
    best: tuple[float, Form, str] | None = None
    for form, media_types in offers.items():
        for media_type in media_types:
            quality = _quality(media_type, ranges)
            if quality > (best[0] if best else 0):
                best = (quality, form, media_type)
    if best is None:
        there = ", ".join(media_types[0] for media_types in offers.values())
        raise NotAcceptable(f"{request.url.path} does not come as {accepted[:200]}; it comes as {there}")
    return best[1], best[2]


def _quality(media_type: str, ranges: Sequence[_MediaRange]) -> float:
    """What the entry that means the media type most closely says of it."""
    offered = _media_range(media_type)
    assert offered is not None
    closeness, quality = max(((each.closeness(offered), each.quality) for each in ranges), default=(0, 0.0))
    return quality if closeness else 0.0


def _media_range(part: str) -> _MediaRange | None:
    """The entry in ``part``; ``None`` where it is none, which then counts for nothing."""
    found = _RANGE.fullmatch(part.strip())
    if found is None:
        return None
    parameters = {
        each["name"].lower(): each["quoted"] if each["quoted"] is not None else each["token"]
        for each in _PARAMETER.finditer(found["parameters"])
    }
    try:
        quality = min(max(float(parameters.get("q", 1)), 0.0), 1.0)
    except ValueError:
        return None
    return _MediaRange(found["type"].lower(), found["subtype"].lower(), parameters.get("profile"), quality)
