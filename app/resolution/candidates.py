"""Which pairs of actors are worth comparing: those that share a block, so that nobody is compared with everybody."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.entities import load_entities
from app.lexicon.transliteration import load_spelling, name_key
from app.resolution.keys_names import is_noun
from app.resolution.score_features import acronyms, initials, names_of_person, plain_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.domain.profile import ActorProfile

_BODIES = frozenset({ActorKind.ORGANISATION, ActorKind.AUTHORITY, ActorKind.MEDIA, ActorKind.UNKNOWN})
_LONGEST_BLOCK = 100
"""Actors of one block that are still compared pair by pair; a longer one holds a word that tells nobody apart."""


def blocks(profile: ActorProfile, language: str = "sv") -> frozenset[str]:
    """The blocks that the actor is in; none for states and their bodies, groups, documents and mere descriptions.

    A person is in a block by full name, by surname and initial where the first name is one, and by surname and each
    state or party it speaks for; a body by its names, its abbreviations, and its first and last word where those are
    names. Raises ``UnsupportedLanguage``.
    """
    if profile.kind is ActorKind.PERSON:
        return frozenset(_of_person(profile, language))
    if profile.kind in _BODIES and profile.territory is None:
        return frozenset(_of_body(profile, language))
    return frozenset()


def pairs(profiles: Iterable[ActorProfile], language: str = "sv") -> Iterator[tuple[ActorProfile, ActorProfile]]:
    """All pairs that share a block, each once, in the order of ids; blocks over 100 actors give none."""
    by_id = {profile.id: profile for profile in profiles}
    members: defaultdict[str, set[str]] = defaultdict(set)
    for profile in by_id.values():
        for block in blocks(profile, language):
            members[block].add(profile.id)
    together = {pair for ids in members.values() if len(ids) <= _LONGEST_BLOCK for pair in combinations(sorted(ids), 2)}
    for left, right in sorted(together):
        yield by_id[left], by_id[right]


def by_block(profiles: Iterable[ActorProfile], language: str = "sv") -> Mapping[str, frozenset[str]]:
    """The blocks of each actor, by its id."""
    return {profile.id: blocks(profile, language) for profile in profiles}


def _of_person(profile: ActorProfile, language: str) -> Iterator[str]:
    entities, particles = load_entities(language), load_spelling(language).particles
    for name in names_of_person(profile):
        words = [word for word in name.split() if word.lower() not in particles]
        if not words or not words[-1][:1].isupper() or is_noun(words[-1], entities):
            continue
        surname = name_key(words[-1], language)
        for place in (party.territory or party.party for party in profile.parties):
            yield f"surname {surname} {place}"
        if len(words) == 1:
            for party in profile.parties:
                yield f"surname {surname} {party.party}"
            continue
        first = name_key(words[0], language)
        yield f"person {first} {surname}"
        yield f"initial {first[:1]} {surname}" if len(words[0].rstrip(".")) == 1 else f"letter {first[:1]} {surname}"


def _of_body(profile: ActorProfile, language: str) -> Iterator[str]:
    entities = load_entities(language)
    if not profile.name[:1].isupper() or (len(profile.name.split()) == 1 and is_noun(profile.name, entities)):
        return
    for short in acronyms(profile) | initials(profile):
        yield f"short {short}"
    for name in plain_names(profile, language):
        words = name.split()
        yield f"body {name_key(name, language)}"
        for word in {words[0], words[-1]}:
            if len(words) < 3 and not is_noun(word, entities) and word not in entities.name_words:
                yield f"word {name_key(word, language)}"
