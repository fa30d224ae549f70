"""Names made comparable across articles: of people, of bodies, and what is no name at all."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from app.lexicon.transliteration import load_spelling, name_key

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.domain.actor import Actor
    from app.lexicon.entities import EntityLexicon

_QUOTES = str.maketrans("", "", "\"'”’“‘»«")
# What a sentence may begin after: its first word is capitalised whatever it is.
_OPENINGS = frozenset(".!?:…\n–—-•\"'”’“‘»«(")
_DEFINITE = re.compile(r"(?:en|et|an|on|erna|orna|arna|na)s?$")


def full_name(name: str, entities: EntityLexicon, language: str) -> str | None:
    """The key of a person's first name and surname; ``None`` for a single name and for a description."""
    words = [word for word in name.split() if entities.honorific(word) is None]
    particles = load_spelling(language).particles
    if len(words) < 2 or any(word[:1].islower() and word.lower() not in particles for word in words):
        return None
    if not words[0][:1].isupper() or entities.person_noun(words[0]) is not None:
        return None
    key = name_key(" ".join(words), language)
    return key if len(key.split()) > 1 else None


def organisation_name(name: str, determiners: Collection[str], legal_forms: Collection[str]) -> str:
    """A body's name without quotation marks, articles before it and its legal form behind it, case folded."""
    words = unicodedata.normalize("NFKC", name).translate(_QUOTES).casefold().split()
    while len(words) > 1 and words[0] in determiners:
        words = words[1:]
    while len(words) > 1 and (words[-1] in legal_forms or words[-1].strip(".,") in legal_forms):
        words = words[:-1]
    return " ".join(words)


def is_printed_as_name(actor: Actor, text: str, entities: EntityLexicon) -> bool:
    """Whether the article prints the actor's name as a proper name, and not as a noun that begins a sentence.

    ``text`` is the article's, into which the mentions count.
    """
    words = actor.name.translate(_QUOTES).split()
    if not words or not words[0][:1].isupper():
        return False
    if any(word[:1].isupper() for word in words[1:]):
        return True
    if len(words) > 1:
        # "Hedvalla kommun", "Rädda byskolan" are names, "Polisens tekniker" is none.
        return entities.kind_of(actor.name) is not None or _capitalised_within(actor, text)
    word = words[0]
    if is_noun(word, entities) or re.search(rf"\b{re.escape(word.lower())}\b", text) is not None:
        return False
    if any(letter.isupper() for letter in word[1:]):
        return True
    return _capitalised_within(actor, text) or _DEFINITE.search(word) is None


def is_noun(word: str, entities: EntityLexicon) -> bool:
    """Whether a word is a common noun that describes bodies or people: "Oppositionen", "Polisen", "Mannen"."""
    indexes = (entities.heads, entities.groups, entities.media_heads, entities.titles)
    hits = (index.find(word) for index in indexes)
    common = any(hit is not None and not hit.prefix for hit in hits)
    return common or entities.person_noun(word) is not None or entities.document(word) is not None


def _capitalised_within(actor: Actor, text: str) -> bool:
    """Whether a capital stands at the head of the name inside a sentence."""
    for mention in actor.mentions:
        if not mention.span.text.startswith(actor.name.split()[0]):
            continue
        before = text[: mention.span.start].rstrip(" \t\N{NO-BREAK SPACE}")
        if before and before[-1] not in _OPENINGS:
            return True
    return False
