"""Actors: whoever speaks or is spoken about in an article."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.span import Span


class ActorKind(StrEnum):
    """What sort of party an actor is."""

    PERSON = "person"
    STATE = "state"
    GOVERNMENT = "government"
    AUTHORITY = "authority"
    ARMED_FORCE = "armed_force"
    ORGANISATION = "organisation"
    MEDIA = "media"
    GROUP = "group"
    DOCUMENT = "document"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text refers to an actor, and the rule that tied it to the actor."""

    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Representation:
    """``speaker speaks for party``: the party's ``ref`` in the same extraction, the rule and the words that show it."""

    party: str
    rule: str
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of one article.

    ``ref`` is unique within the extraction (``a1``, ``a2`` …). ``name`` is the fullest name the article gives, or for a
    metonym the state or body it stands for. ``aliases`` are the strings as printed, in order of first appearance.
    ``territory`` is the ISO 3166 alpha-2 code (or a lexicon code) of the state the actor is, or is a body of.
    ``role`` is the title as printed ("utrikesminister"), for persons. ``represents`` is whom the actor speaks for.
    """

    ref: str
    name: str
    kind: ActorKind
    mentions: tuple[Mention, ...] = ()
    aliases: tuple[str, ...] = ()
    territory: str | None = None
    role: str | None = None
    represents: tuple[Representation, ...] = ()
