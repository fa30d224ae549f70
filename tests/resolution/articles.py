"""Small articles with hand-made actors, as an extractor would find them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.actor import Actor, ActorKind, Mention, Representation
from app.domain.article import Article
from app.domain.claim import Extraction
from app.domain.profile import ActorProfile, Affiliation
from app.domain.span import Span


@dataclass(frozen=True)
class Named:
    """An actor to be printed in an article; ``speaks_for`` are names of others in it, ``also`` other printed forms."""

    name: str
    kind: ActorKind = ActorKind.PERSON
    role: str | None = None
    speaks_for: tuple[str, ...] = ()
    territory: str | None = None
    also: tuple[str, ...] = field(default=())


def state(name: str, code: str) -> Named:
    """A state."""
    return Named(name, ActorKind.STATE, territory=code)


def told(*actors: Named, uri: str = "urn:test:1", agency: str | None = None) -> tuple[Article, Extraction]:
    """An article that prints every form of every actor inside a sentence, and the extraction of these actors."""
    text, mentions = "", []
    for actor in actors:
        spans = []
        for form in (actor.name, *actor.also):
            text += "I dag uttalade sig " if text == "" else " och även "
            spans.append((len(text), len(text) + len(form)))
            text += form
        mentions.append(spans)
    text += "."
    refs = {actor.name: f"a{number}" for number, actor in enumerate(actors, 1)}
    article = Article(text=text, uri=uri, agency=agency)
    found = tuple(
        Actor(
            ref=f"a{number}",
            name=actor.name,
            kind=actor.kind,
            mentions=tuple(Mention(Span.cut(text, *span), "name") for span in spans),
            aliases=(actor.name, *actor.also),
            territory=actor.territory,
            role=actor.role,
            represents=tuple(Representation(refs[party], "test") for party in actor.speaks_for),
        )
        for number, (actor, spans) in enumerate(zip(actors, mentions, strict=True), 1)
    )
    return article, Extraction(article.id, (), found)


def person(
    actor_id: str,
    *names: str,
    role: str | Sequence[str] = (),
    parties: Sequence[str] = (),
    beside: Sequence[str] = (),
) -> ActorProfile:
    """A stored person. Parties are written ``act_s`` or ``act_foreign:AZ``, id and state."""
    affiliations = []
    for party in parties:
        party_id, _, territory = party.partition(":")
        affiliations.append(Affiliation(party_id, party_id.removeprefix("act_"), territory or None))
    roles = (role,) if isinstance(role, str) else tuple(role)
    return ActorProfile(
        actor_id, ActorKind.PERSON, names, roles=roles, parties=tuple(affiliations), beside=frozenset(beside)
    )


def body(actor_id: str, *names: str, kind: ActorKind = ActorKind.ORGANISATION) -> ActorProfile:
    """A stored body without a state."""
    return ActorProfile(actor_id, kind, names)
