"""Gold annotations as `Extraction` objects, so that storage, questions and pages are tested without an extractor.

A gold document names entities, not actors: every entity of an article becomes one actor, with the printed forms that
the annotation ties to it as aliases. Of several defensible acts the first one counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.actor import Actor, ActorKind, Mention, Representation
from app.domain.article import Article
from app.domain.claim import Act, Claim, Extraction, Mode, Relation, RelationKind, Target, TargetRole
from app.domain.identity import content_id
from app.domain.span import Span

GOLD = Path(__file__).parent / "evaluation" / "gold"
RULE = "gold"

_PRONOUNS = frozenset(
    ["han", "hon", "hen", "de", "dem", "den", "det", "honom", "henne", "hans", "hennes", "deras", "man", "vi", "jag"]
)
_STATES = {
    "Armenien": "AM",
    "Azerbajdzjan": "AZ",
    "Frankrike": "FR",
    "Kambodja": "KH",
    "Kina": "CN",
    "Malaysia": "MY",
    "Ryssland": "RU",
    "Thailand": "TH",
    "Turkiet": "TR",
    "Tyskland": "DE",
    "USA": "US",
}
_RELATIONS = {
    Act.DENIAL: RelationKind.DENIES,
    Act.CONFIRMATION: RelationKind.CONFIRMS,
    Act.UNVERIFIED: RelationKind.UNVERIFIED,
    Act.SUPPORT: RelationKind.SUPPORTS,
}


@cache
def gold_documents() -> dict[str, Mapping[str, Any]]:
    """The seed article and the development articles by ``doc_id``."""
    documents = [*_read("seed.json"), *_read("dev_articles.json")]
    return {document["doc_id"]: document for document in documents}


@cache
def gold_queries() -> tuple[Mapping[str, Any], ...]:
    """The development questions with the claims that answer them."""
    return tuple(_read("dev_queries.json"))


def gold_article(doc_id: str) -> Article:
    """The article of a gold document; its first line is the title where the document has one."""
    text: str = gold_documents()[doc_id]["text"]
    title = text.split("\n", 1)[0] if doc_id.startswith("dev-") else None
    return Article(text=text, title=title, uri=f"urn:gold:{doc_id}")


def gold_extraction(doc_id: str) -> Extraction:
    """What the annotator found in the document, optional claims included."""
    document = gold_documents()[doc_id]
    refs = {name: f"a{number}" for number, name in enumerate(_entities(document), start=1)}
    actors = tuple(_actor(name, document, refs) for name in refs)
    claims = tuple(_claim(claim, refs) for claim in document["claims"])
    return Extraction(gold_article(doc_id).id, claims, actors)


def gold_actor_ids(extraction: Extraction) -> dict[str, str]:
    """Stored ids for the actors: states are the same in every article, everybody else is kept apart."""
    return {
        actor.ref: content_id("act", actor.territory or extraction.article_id, actor.name)
        if actor.kind is ActorKind.STATE
        else content_id("act", extraction.article_id, actor.name)
        for actor in extraction.actors
    }


def gold_claim_ids(doc_id: str, *, optional: bool = True) -> dict[str, str]:
    """The gold id of each stored claim id; ``optional`` keeps those that reasonable annotators differ on."""
    extraction = gold_extraction(doc_id)
    left_out = {claim["id"] for claim in gold_documents()[doc_id]["claims"] if claim["optional"] and not optional}
    return {claim.id_in(extraction.article_id): claim.ref for claim in extraction.claims if claim.ref not in left_out}


def _read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((GOLD / name).read_text("utf-8"))
    return found


def _span(raw: Mapping[str, Any] | None) -> Span | None:
    return Span(raw["start"], raw["end"], raw["text"]) if raw else None


def _entities(document: Mapping[str, Any]) -> list[str]:
    names: dict[str, None] = {}
    for claim in document["claims"]:
        names |= dict.fromkeys(claim["speaker_entity"] or ())
        names |= dict.fromkeys([claim["represents"]] if claim["represents"] else ())
        names |= dict.fromkeys(target["entity"] for target in claim["targets"] if target["role"] != "claim")
    return list(names)


def _actor(name: str, document: Mapping[str, Any], refs: Mapping[str, str]) -> Actor:
    mentions: dict[tuple[int, int], Mention] = {}
    parties: dict[str, None] = {}
    for claim in document["claims"]:
        places = []
        if claim["speaker_entity"] == [name]:
            places.append(_span(claim["speaker"]))
            parties |= dict.fromkeys([claim["represents"]] if claim["represents"] else ())
        places += [
            _span(target["mention"])
            for target in claim["targets"]
            if target.get("entity") == name and _alone(target, claim)
        ]
        for place in places:
            if place and place.text.casefold() not in _PRONOUNS:
                mentions[place.start, place.end] = Mention(place, RULE)
    ordered = [mentions[place] for place in sorted(mentions)]
    return Actor(
        ref=refs[name],
        name=name,
        kind=_kind(name, parties),
        mentions=tuple(ordered),
        aliases=tuple(dict.fromkeys(mention.span.text for mention in ordered)),
        territory=_STATES.get(name),
        represents=tuple(Representation(refs[party], RULE) for party in parties),
    )


def _alone(target: Mapping[str, Any], claim: Mapping[str, Any]) -> bool:
    """Whether the words name this party only; "båda parter" is nobody's name."""
    return [other.get("mention") for other in claim["targets"]].count(target["mention"]) == 1


def _kind(name: str, parties: Mapping[str, None]) -> ActorKind:
    if name in _STATES:
        return ActorKind.STATE
    if name.endswith("regering"):
        return ActorKind.GOVERNMENT
    words = name.split()
    if parties and len(words) > 1 and all(word[0].isupper() for word in words) and not words[0].endswith("s"):
        return ActorKind.PERSON
    return ActorKind.UNKNOWN


def _claim(raw: Mapping[str, Any], refs: Mapping[str, str]) -> Claim:
    act = Act(raw["act"][0])
    earlier = [target for target in raw["targets"] if target["role"] == "claim"]
    parties = [target for target in raw["targets"] if target["role"] != "claim"]
    kind = next((_RELATIONS[Act(each)] for each in raw["act"] if Act(each) in _RELATIONS), RelationKind.ANSWERS)
    return Claim(
        ref=raw["id"],
        speaker=_span(raw["speaker"]),
        speakers=tuple(refs[name] for name in raw["speaker_entity"] or ()),
        cue=_span(raw["cue"]),
        content=tuple(Span(part["start"], part["end"], part["text"]) for part in raw["content"]),
        act=act,
        mode=Mode(raw["mode"]),
        targets=tuple(
            Target(TargetRole(each["role"]), refs[each["entity"]], _span(each["mention"])) for each in parties
        ),
        relations=tuple(Relation(kind, each["claim"], RULE, _span(each.get("mention"))) for each in earlier),
        parent=raw["parent"],
        evidence=(("claim", RULE),),
    )
