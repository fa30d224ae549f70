"""Which pairs of actors are worth comparing: those that share a block, so that nobody is compared with everybody."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.domain.profile import ActorProfile, Affiliation
from app.lexicon.entities import load_entities
from app.lexicon.identity import load_identity
from app.lexicon.transliteration import load_spelling, name_key
from app.resolution.keys_names import is_noun
from app.resolution.score_features import acronyms, initials, names_of_person, plain_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from app.domain.actor import Actor
    from app.domain.claim import Extraction

_BODIES = frozenset({ActorKind.ORGANISATION, ActorKind.AUTHORITY, ActorKind.MEDIA, ActorKind.UNKNOWN})
_NO_PARTIES = frozenset({ActorKind.PERSON, ActorKind.GROUP, ActorKind.DOCUMENT})

MOST = 10
"""So many of one block an actor is compared with, those of whom most is known first: what comes to be known of an actor
is merged into few, and two of whom nothing is known never become one."""


@lru_cache(maxsize=4096)
def blocks(profile: ActorProfile, language: str = "sv") -> frozenset[str]:
    """The blocks that the actor is in; none for states and their bodies, groups, documents and mere descriptions.

    A person is in a block by full name, by surname and first letter, and by surname and each state or party it speaks
    for; a body by its names, its abbreviations, and its first and last word where those are names. Raises
    ``UnsupportedLanguage``.
    """
    return frozenset(_blocks(profile, language))


def profile_of(actor: Actor, extraction: Extraction, actor_ids: Mapping[str, str]) -> ActorProfile:
    """What one article tells of an actor. ``actor_ids`` gives the id of each ref of the extraction."""
    parties = (extraction.actor(shown.party) for shown in actor.represents)
    return ActorProfile(
        id=actor_ids[actor.ref],
        kind=actor.kind,
        names=tuple(dict.fromkeys((actor.name, *actor.aliases))),
        territory=actor.territory,
        roles=(actor.role,) if actor.role else (),
        parties=tuple(
            Affiliation(actor_ids[party.ref], party.name, party.territory)
            for party in parties
            if party.kind not in _NO_PARTIES
        ),
    )


def asks(profile: ActorProfile, language: str = "sv") -> frozenset[str]:
    """The blocks in which those stand whom the actor is to be compared with; raises ``UnsupportedLanguage``.

    They are its own, except that a first name is compared with initials and an initial with both.
    """
    found = set()
    for block in blocks(profile, language):
        sort, _, rest = block.partition(" ")
        found.add(f"initial {rest}" if sort == "letter" else block)
        if sort == "initial":
            found.add(f"letter {rest}")
    return frozenset(found)


def knowledge(profile: ActorProfile) -> tuple[int, int, int, str]:
    """A key that sorts those of whom more is known before others; the id decides among equals."""
    return -len(profile.parties), -len(profile.roles), -len(profile.names), profile.id


def pairs(
    profiles: Iterable[ActorProfile], language: str = "sv", newcomers: Collection[str] | None = None
) -> Iterator[tuple[ActorProfile, ActorProfile]]:
    """The pairs worth comparing, each once, in the order of ids; their number grows with that of the profiles.

    With ``newcomers`` (ids), only pairs of which one is among them.
    """
    by_id = {profile.id: profile for profile in profiles}
    members: defaultdict[str, list[str]] = defaultdict(list)
    for profile in sorted(by_id.values(), key=knowledge):
        for block in blocks(profile, language):
            members[block].append(profile.id)
    together: set[tuple[str, str]] = set()
    for profile in by_id.values():
        for block in asks(profile, language):
            others = (other for other in members[block][:MOST] if other != profile.id)
            together.update(
                (min(profile.id, other), max(profile.id, other))
                for other in others
                if newcomers is None or profile.id in newcomers or other in newcomers
            )
    for left, right in sorted(together):
        yield by_id[left], by_id[right]


def _blocks(profile: ActorProfile, language: str) -> Iterator[str]:
    if profile.kind is ActorKind.PERSON:
        yield from _of_person(profile, language)
    elif profile.kind in _BODIES and profile.territory is None:
        yield from _of_body(profile, language)


def _of_person(profile: ActorProfile, language: str) -> Iterator[str]:
    entities, particles = load_entities(language), load_spelling(language).particles
    home = load_identity(language).home
    for name in names_of_person(profile):
        words = [word for word in name.split() if word.lower() not in particles]
        if not words or not words[-1][:1].isupper() or is_noun(words[-1], entities):
            continue
        surname = name_key(words[-1], language)
        for party in profile.parties:
            yield f"surname {surname} {party.party}"
            if party.territory is not None and party.territory != home:
                yield f"surname {surname} {party.territory}"
        if len(words) > 1:
            first = name_key(words[0], language)
            yield f"person {first} {surname}"
            yield f"{'initial' if len(words[0].rstrip('.')) == 1 else 'letter'} {first[:1]} {surname}"


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
