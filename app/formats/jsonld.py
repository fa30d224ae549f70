"""Claims as JSON-LD: schema.org's words where it has them, a namespace of our own for the rest.

A claim is a schema.org ``Claim``, and a ``Quotation`` too where it is given in the speaker's own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from app.domain.actor import ActorKind
from app.domain.claim import Confidence, Mode, RelationKind
from app.domain.record import ActorRef, ArticleRecord, ClaimRecord, RelationRecord, TargetRecord
from app.domain.span import Span
from app.formats.json_text import compact

NAMESPACE = "urn:sagesman:ns#"
"""Prefix of our own terms. A name, not an address: the documentation explains the terms, nothing is fetched."""

MEDIA_TYPE = "application/ld+json"

SameAs = Callable[[ActorRef], str | None]
"""What others call an actor, as an address; `app.lexicon.wikidata.entity_of` knows some."""

_TYPES = {
    ActorKind.PERSON: "Person",
    ActorKind.STATE: "GovernmentOrganization",
    ActorKind.GOVERNMENT: "GovernmentOrganization",
    ActorKind.AUTHORITY: "GovernmentOrganization",
    ActorKind.ARMED_FORCE: "Organization",
    ActorKind.ORGANISATION: "Organization",
    ActorKind.MEDIA: "NewsMediaOrganization",
    ActorKind.GROUP: "Organization",
    ActorKind.DOCUMENT: "CreativeWork",
    ActorKind.UNKNOWN: "Thing",
}
"""Schema.org has no type for a state that speaks (``Country`` is a place); ``sagesman:actorKind`` tells them apart."""

_RELATIONS = {
    RelationKind.DENIES: ("denies", "deniedBy"),
    RelationKind.CONFIRMS: ("confirms", "confirmedBy"),
    RelationKind.UNVERIFIED: ("couldNotVerify", "unverifiedBy"),
    RelationKind.SUPPORTS: ("supports", "supportedBy"),
    RelationKind.REPEATS: ("repeats", "repeatedBy"),
    RelationKind.ANSWERS: ("answers", "answeredBy"),
}
"""Our terms for what a claim does to an earlier one, and for what a later one does to it."""

_CONFIDENCE = {
    "confidence": "overall",
    "speakerConfidence": "speaker",
    "contentConfidence": "content",
    "targetConfidence": "target",
    "actConfidence": "act",
}
_ORDERED = ("part", "target", "relation", "response", "speaker", "evidence")

CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "sagesman": NAMESPACE,
    "datePublished": {"@id": "https://schema.org/datePublished", "@type": "https://schema.org/DateTime"},
    "sameAs": {"@id": "https://schema.org/sameAs", "@type": "@id"},
    "creator": {"@id": "https://schema.org/creator", "@container": "@list"},
    **{f"sagesman:{name}": {"@container": "@list"} for name in _ORDERED},
    # JSON has one kind of number: without its type a probability of 1.0 would be an integer.
    **{f"sagesman:{name}": {"@type": "http://www.w3.org/2001/XMLSchema#double"} for name in _CONFIDENCE},
    **{f"sagesman:{name}": {"@type": "@id"} for pair in _RELATIONS.values() for name in pair},
}
"""The context, whole: a reader needs nothing from the network. What has an order keeps it."""


def claim_node(
    claim: ClaimRecord, base: str, article: ArticleRecord | None = None, same_as: SameAs | None = None
) -> dict[str, Any]:
    """The claim as a node object without context. ``base`` is the public address that ids are built on, as in
    ``https://example.org/v1`` giving ``https://example.org/v1/claims/clm_…``; ``article`` adds what is known of it,
    ``same_as`` what others call the actors.
    """
    node: dict[str, Any] = {
        "@id": address(base, "claims", claim.id),
        "@type": ["Claim", "Quotation"] if claim.mode is Mode.DIRECT else "Claim",
        "text": claim.text,
        "creator": [actor_node(actor, base, same_as) for actor in claim.speakers],
        "datePublished": claim.published_at.isoformat() if claim.published_at else None,
        "isPartOf": _article(claim, base, article),
        "about": [actor_node(target.actor, base, same_as) for target in claim.targets],
        "sagesman:act": claim.act.value,
        "sagesman:mode": claim.mode.value,
        "sagesman:printedSpeaker": _span(claim.speaker),
        "sagesman:cue": _span(claim.cue),
        "sagesman:part": [_span(part) for part in claim.content],
        "sagesman:target": [_target(target, base) for target in claim.targets],
        "sagesman:relation": [_relation(relation, base, same_as) for relation in claim.relations],
        "sagesman:response": [_relation(response, base, same_as) for response in claim.responses],
        "sagesman:nestedIn": {"@id": address(base, "claims", claim.parent_id)} if claim.parent_id else None,
        "sagesman:evidence": [f"{step}: {rule}" for step, rule in claim.evidence],
        **_confidence(claim.confidence),
        "sagesman:reports": claim.reports,
        "sagesman:sources": claim.sources,
        "sagesman:leading": {"@id": address(base, "claims", claim.leading_id)} if claim.leading_id else None,
        "sagesman:via": actor_node(claim.via, base, same_as) if claim.via else None,
    }
    for kind, (does, is_done) in _RELATIONS.items():
        node[f"sagesman:{does}"] = _addresses(claim.relations, kind, base)
        node[f"sagesman:{is_done}"] = _addresses(claim.responses, kind, base)
    return {name: value for name, value in node.items() if value is not None and value != []}


def claim_jsonld(
    claim: ClaimRecord, base: str, article: ArticleRecord | None = None, same_as: SameAs | None = None
) -> dict[str, Any]:
    """One claim as a JSON-LD document."""
    return {"@context": CONTEXT, **claim_node(claim, base, article, same_as)}


def jsonld_parts(
    claims: Iterable[ClaimRecord], base: str, articles: Iterable[ArticleRecord] = (), same_as: SameAs | None = None
) -> Iterator[str]:
    """Many claims as one JSON-LD document, in pieces as they come: join them, or send them one by one.

    ``articles`` are those of the claims, where at hand; a claim of another article says only what it knows itself.
    """
    known = {article.id: article for article in articles}
    yield '{"@context":' + compact(CONTEXT) + ',"@graph":['
    between = "\n"
    for claim in claims:
        yield between + compact(claim_node(claim, base, known.get(claim.article_id), same_as))
        between = ",\n"
    yield "\n]}\n"


def address(base: str, collection: str, identifier: str) -> str:
    """The address of a thing below ``base``."""
    return f"{base.rstrip('/')}/{collection}/{quote(identifier, safe='')}"


def actor_type(kind: ActorKind) -> str:
    """The schema.org type of an actor of that kind."""
    return _TYPES[kind]


def actor_node(actor: ActorRef, base: str, same_as: SameAs | None = None) -> dict[str, str]:
    """The actor as a node object without context."""
    node = {
        "@id": address(base, "actors", actor.id),
        "@type": actor_type(actor.kind),
        "name": actor.name,
        "sagesman:actorKind": actor.kind.value,
    }
    known = same_as(actor) if same_as else None
    return node | ({"sameAs": known} if known else {})


def _span(span: Span | None) -> dict[str, Any] | None:
    return {"text": span.text, "sagesman:start": span.start, "sagesman:end": span.end} if span else None


def _target(target: TargetRecord, base: str) -> dict[str, Any]:
    # Its name and kind stand under ``about``.
    node = {"sagesman:role": target.role.value, "sagesman:actor": {"@id": address(base, "actors", target.actor.id)}}
    return node | ({"sagesman:mention": _span(target.mention)} if target.mention else {})


def _relation(relation: RelationRecord, base: str, same_as: SameAs | None) -> dict[str, Any]:
    """What the short terms (``sagesman:denies`` …) leave out: the rule, the words that point there, the other claim's
    speakers and words, which stand here since that claim need not be in the same file.
    """
    node: dict[str, Any] = {
        "sagesman:kind": relation.kind.value,
        "sagesman:claim": {"@id": address(base, "claims", relation.claim_id)},
        "sagesman:speaker": [actor_node(actor, base, same_as) for actor in relation.speakers],
        "text": relation.content,
        "sagesman:rule": relation.rule,
    }
    return node | ({"sagesman:mention": _span(relation.mention)} if relation.mention else {})


def _confidence(confidence: Confidence | None) -> dict[str, float]:
    if confidence is None:
        return {}
    return {f"sagesman:{term}": getattr(confidence, name) for term, name in _CONFIDENCE.items()}


def _article(claim: ClaimRecord, base: str, article: ArticleRecord | None) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@id": address(base, "articles", claim.article_id),
        "@type": "NewsArticle",
        "headline": claim.article_title,
    }
    if article is not None:
        node["headline"] = article.title
        node["inLanguage"] = article.language
        node["datePublished"] = article.published_at.isoformat() if article.published_at else None
        node["publisher"] = {"@type": "NewsMediaOrganization", "name": article.agency} if article.agency else None
        node["identifier"] = article.uri
        node["version"] = article.version
    return {name: value for name, value in node.items() if value is not None}


def _addresses(relations: Iterable[RelationRecord], kind: RelationKind, base: str) -> list[str]:
    return [address(base, "claims", relation.claim_id) for relation in relations if relation.kind is kind]
