"""Common nouns: what one says about the actor that a phrase names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.lexicon.persons import Gender

if TYPE_CHECKING:
    from app.domain.actor import ActorKind
    from app.lexicon.entities import EntityLexicon
    from app.lexicon.persons import Title
    from app.parsing.tree import Node

_LAW = 5
_ALIKE = "nde"
_SEVERAL = frozenset({"de", "dessa", "några", "flera", "många", "alla", "två", "tre", "fyra", "fem", "tio"})
_REGULAR = ("n", "en", "t", "et", "na", "arna", "erna")
"""Endings that make a noun as printed definite: "kusk" and "kusken", "rappare" and "rapparen"."""


@dataclass(eq=False, slots=True)
class NounReading:
    """What the common head noun of a phrase says. ``lemma`` with the first part of a compound; ``base`` without it."""

    lemma: str
    base: str
    definite: bool
    plural: bool
    kind: ActorKind | None = None
    title: Title | None = None
    organ: bool = False
    person: bool = False
    document: bool = False
    gender: Gender = Gender.NONE
    printed: str = ""


def read_noun(entities: EntityLexicon, node: Node) -> NounReading | None:
    """What a common noun says about an actor; ``None`` for a word that is no noun."""
    word = node.text
    definite = node.feat("Definite") == "Def"
    plural = node.feat("Number") == "Plur"
    reading = NounReading(node.lemma, node.lemma, definite, plural)
    reading.printed = node.lower[:-1] if node.feat("Case") == "Gen" and node.lower.endswith("s") else node.lower
    title = entities.title(word)
    person = entities.person_noun(word)
    if person is not None and person.prefix and definite and not person.form.definite:
        # "startfemman" is no man.
        person = None
    body = entities.body_noun(word) or entities.media_head(word)
    if body is not None and body.form.plural and len(word) <= _LAW and node.feat("Number") == "Sing":
        # "lagen" in the singular is the law, not the teams.
        body = None
    group = entities.group(word)
    document = entities.document(word)
    for hit in (title, person, body, group, document):
        if hit is not None:
            reading.base = hit.form.lemma.lower()
            reading.lemma = (hit.prefix + hit.form.lemma).lower()
            reading.definite = hit.form.definite
            reading.plural = bool(hit.form.plural) if hit.form.plural is not None else plural
            if hit.form.lemma == "åring":
                reading.lemma = reading.base = word.lower().partition("åri")[0] + "åring"
            break
    if node.lower.endswith(_ALIKE) and any(c.lower in _SEVERAL for c in node.children if c.i < node.i):
        # "de *boende*": one form for one and for many
        reading.plural = True
    if title is not None and not reading.plural:
        reading.title, reading.gender = title.entry, title.entry.gender
    if person is not None or (title is not None and reading.plural):
        reading.person = True
    if person is not None and reading.gender is Gender.NONE:
        reading.gender = person.entry.gender
    named = body or group
    if named is not None and title is None and person is None:
        reading.kind, reading.organ = named.entry.kind, named.entry.organ
    elif group is not None and reading.plural:
        reading.kind, reading.organ = group.entry.kind, group.entry.organ
    reading.document = document is not None and title is None and named is None
    if node.upos not in {"NOUN", "PROPN"} and title is None and person is None and named is None and document is None:
        return None
    return reading


def same_noun(known: NounReading, noun: NounReading) -> bool:
    """Whether both are forms of one noun, also of one that no list and no lemmatiser knows: "en kusk … *kusken*"."""
    if known.lemma == noun.lemma:
        return True
    regular = {known.printed + ending for ending in _REGULAR} | {known.printed.removesuffix("e") + "na"}
    return not known.definite and noun.printed in regular
