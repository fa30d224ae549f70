"""Actors introduced by a description: what kind they are by their noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.territories import TerritoryRole

if TYPE_CHECKING:
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker
    from app.resolution.mentions import MentionWords
    from app.resolution.noun_reading import NounReading


def introduce(linker: Linker, mention: MentionWords) -> Cluster:
    """A new actor of the kind that the words of its first mention tell."""
    noun = mention.noun
    kind = ActorKind.UNKNOWN
    if noun is not None:
        article = mention.head.child("det")
        one = article is not None and article.lower == "en" and noun.lemma.endswith("man") and not mention.plural
        if noun.kind is not None:
            # "en tjänsteman" is somebody, "tjänstemän" speak for their authority.
            kind = ActorKind.PERSON if one else noun.kind
        elif (noun.title is not None or noun.person) and not mention.plural:
            kind = ActorKind.PERSON
        elif noun.person or noun.title is not None or linker.grammar.is_agentive(noun.lemma):
            speaks = mention.head.i in linker.speaking and not mention.plural and not _is_business(linker, noun)
            kind = ActorKind.PERSON if one or speaks else ActorKind.GROUP
        elif noun.document:
            kind = ActorKind.DOCUMENT
        elif mention.plural and _is_people(linker, mention):
            kind = ActorKind.GROUP
    cluster = linker.set.new(kind)
    cluster.plural = mention.plural
    return cluster


def _is_business(linker: Linker, noun: NounReading) -> bool:
    """Whether a noun in -are is a body's: "tillverkaren", "leverantören"."""
    return any(noun.lemma.endswith(mark) for marks in linker.anaphora.marks.values() for mark in marks)


def _is_people(linker: Linker, mention: MentionWords) -> bool:
    """Whether the word names the inhabitants of a state: "kroaterna", "armenier"."""
    return linker.entities.territories.first(mention.head.text, TerritoryRole.INHABITANT) is not None
