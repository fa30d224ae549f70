"""Who an actor is beyond its article: a key that the same actor has wherever it is met, and the id hashed from it.

An id is final: what shares one can only be taken apart by another rule here, while what has two ids is joined by a
judgement that can be undone. So a key is shared only where the article itself leaves no doubt, and everything else
(pronouns, descriptions, groups, documents, single names, people of whom nothing but the name is known) gets a key that
holds the article's id and is left to `app.resolution.candidates`. See decision 0020.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.actor import Actor, ActorKind
from app.domain.identity import content_id
from app.lexicon.entities import load_entities
from app.lexicon.grammar import load_grammar
from app.lexicon.identity import load_identity
from app.lexicon.territories import TerritoryRole
from app.resolution.keys_bodies import BodyReader
from app.resolution.keys_names import full_name, is_printed_as_name, organisation_name

if TYPE_CHECKING:
    from app.domain.article import Article
    from app.domain.claim import Extraction
    from app.lexicon.entities import EntityLexicon

_NEVER_SHARED = frozenset({ActorKind.GROUP, ActorKind.DOCUMENT})
_NAMED = frozenset(ActorKind) - _NEVER_SHARED - {ActorKind.PERSON, ActorKind.STATE}


@dataclass(frozen=True, slots=True)
class ActorKey:
    """Who an actor is, as text. ``local`` where that is only told within its article."""

    text: str
    local: bool

    @property
    def id(self) -> str:
        """The content-hash id of the actor."""
        return content_id("act", self.text)


def actor_ids(extraction: Extraction, article: Article) -> dict[str, str]:
    """The id under which every actor of the extraction is stored, by its ref.

    A pure function of the two: the same article always gives the same ids. Raises ``UnsupportedLanguage`` where there
    is no lexicon for the article's language.
    """
    return {ref: key.id for ref, key in actor_keys(extraction, article).items()}


def actor_keys(extraction: Extraction, article: Article) -> dict[str, ActorKey]:
    """The key of every actor of the extraction, by its ref; raises as `actor_ids` does."""
    keys = _Keys(extraction, article)
    found = {actor.ref: keys.of_party(actor) for actor in extraction.actors if not _is_person(actor)}
    people = {actor.ref: keys.of_person(actor, found) for actor in extraction.actors if _is_person(actor)}
    # The extraction held them apart although they share name and party: father and son, or a slip. Neither is certain.
    counts = Counter(key for key in people.values() if key is not None)
    found |= {ref: key if key is None or counts[key] == 1 else None for ref, key in people.items()}
    given: dict[str, ActorKey] = {}
    for actor in extraction.actors:
        key = found[actor.ref]
        given[actor.ref] = ActorKey(key, False) if key is not None else keys.of_article(actor)
    return given


def _is_person(actor: Actor) -> bool:
    return actor.kind is ActorKind.PERSON


class _Keys:
    """Makes the keys of one article's actors; ``None`` stands for a key of the article's own."""

    def __init__(self, extraction: Extraction, article: Article) -> None:
        self._article_id = extraction.article_id
        self._text = article.text
        self._language = article.language
        self._entities: EntityLexicon = load_entities(article.language)
        self._legal_forms = load_identity(article.language).legal_forms
        self._determiners = load_grammar(article.language).determiners
        territories = {actor.territory for actor in extraction.actors if actor.territory is not None}
        self._bodies = BodyReader(article.language, frozenset(territories), self._home(article))
        self._seen: Counter[str] = Counter()

    def _home(self, article: Article) -> str:
        """The state whose "regeringen" the article means: its publisher's, or that of the language."""
        hit = self._entities.organisation(article.agency.strip()) if article.agency else None
        own = hit.organisation.territory if hit is not None else None
        return own or load_identity(article.language).home

    def of_party(self, actor: Actor) -> str | None:
        """The key of whoever is no person."""
        if actor.kind in _NEVER_SHARED:
            return None
        if actor.kind is ActorKind.STATE:
            code = actor.territory or self._code(actor.name)
            return f"state:{code}" if code else None
        hit = self._entities.organisation(actor.name)
        listed = hit.organisation if hit is not None else self._entities.party(actor.name)
        if listed is not None:
            return self._bodies.of_organisation(listed)
        if actor.kind in _NAMED:
            body = self._bodies.of_name(actor.name, actor.territory)
            if body.found:
                return body.key
        return self._of_name(actor)

    def _code(self, name: str) -> str | None:
        hit = self._entities.territories.first(name, TerritoryRole.NAME, TerritoryRole.CAPITAL, TerritoryRole.METONYM)
        return hit.territory.code if hit is not None else None

    def _of_name(self, actor: Actor) -> str | None:
        """The key of a body that no list holds: its name, where the article prints it as one."""
        if actor.kind not in _NAMED or not is_printed_as_name(actor, self._text, self._entities):
            return None
        words = actor.name.split()
        if actor.kind is ActorKind.UNKNOWN and (len(words) == 1 or self._entities.kind_of(actor.name) is None):
            return None
        name = organisation_name(actor.name, self._determiners, self._legal_forms)
        return f"org:{name}" if name else None

    def of_person(self, actor: Actor, parties: dict[str, str | None]) -> str | None:
        """The key of a person: full name and party, where both are known."""
        if not actor.role and self._is_body(actor.name):
            return self._of_body_taken_for_person(actor)
        name = full_name(actor.name, self._entities, self._language)
        if name is None:
            return None
        shared = (parties.get(shown.party) for shown in actor.represents)
        party = next((key for key in shared if key is not None), None)
        return f"person:{name}@{party}" if party is not None else None

    def _is_body(self, name: str) -> bool:
        first = name.split()[0] if name.split() else ""
        return self._entities.kind_of(name) is not None and self._entities.gender_of_name(first) is None

    def _of_body_taken_for_person(self, actor: Actor) -> str | None:
        """ "Region Norrdal" looks like first name and surname to a tagger; its words say otherwise."""
        if len(actor.name.split()) == 1:
            return None
        name = organisation_name(actor.name, self._determiners, self._legal_forms)
        return f"org:{name}" if name else None

    def of_article(self, actor: Actor) -> ActorKey:
        """A key that no other article gives: by name, and by order among actors that the article calls the same."""
        name = " ".join(actor.name.casefold().split())
        self._seen[name] += 1
        return ActorKey(f"local:{self._article_id}:{name}:{self._seen[name]}", True)
