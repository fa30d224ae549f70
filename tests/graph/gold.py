"""The gold annotation of the seed article as stored rows, so that graphs are tested on a real article."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.domain.actor import ActorKind
from app.domain.claim import Act, Mode, RelationKind, TargetRole
from app.domain.identity import content_id
from app.domain.record import (
    ActorRecord,
    ActorRef,
    ArticleRecord,
    ClaimRecord,
    RelationRecord,
    RepresentationRecord,
    Subgraph,
    TargetRecord,
)
from app.domain.span import Span

GOLD = Path(__file__).parents[1] / "evaluation" / "gold" / "seed.json"
RELATIONS = {
    "denial": RelationKind.DENIES,
    "confirmation": RelationKind.CONFIRMS,
    "unverified": RelationKind.UNVERIFIED,
}
STATES = {"Azerbajdzjan", "Armenien", "Ryssland", "Frankrike", "Tyskland", "Turkiet", "USA"}
PERSONS = {"Antony Blinken", "Hikmet Hajiyev", "Nikol Pasjinjan", "Dmitrij Peskov", "Ruben Vardanyan"}
KINDS = {
    "Europeiska unionen": ActorKind.ORGANISATION,
    "FN:s säkerhetsråd": ActorKind.ORGANISATION,
    "Reuters": ActorKind.MEDIA,
    "Videor": ActorKind.DOCUMENT,
    "Azerbajdzjans försvarsministerium": ActorKind.AUTHORITY,
    "Azerbajdzjans regering": ActorKind.GOVERNMENT,
    "Armeniens regering": ActorKind.GOVERNMENT,
    "Karabachs separatistmyndigheter": ActorKind.AUTHORITY,
    "Azerbajdzjans armé": ActorKind.ARMED_FORCE,
    "azerbajdzjanska styrkor": ActorKind.ARMED_FORCE,
    "armeniska styrkor": ActorKind.ARMED_FORCE,
    "Armeniens väpnade styrkor": ActorKind.ARMED_FORCE,
    "ryska fredsbevarande styrkan": ActorKind.ARMED_FORCE,
    "ryska fredsbevarare": ActorKind.ARMED_FORCE,
}


def actor_ref(name: str) -> ActorRef:
    """The actor of that name in the gold annotation; its id follows from the name."""
    if name in STATES:
        kind = ActorKind.STATE
    elif name in PERSONS:
        kind = ActorKind.PERSON
    else:
        kind = KINDS.get(name, ActorKind.GROUP)
    return ActorRef(content_id("act", name), name, kind)


def gold_rows() -> Subgraph:
    """The seed article, its claims and actors as the gold annotation has them."""
    document = json.loads(GOLD.read_text(encoding="utf-8"))[0]
    text: str = document["text"]
    annotated: list[dict[str, Any]] = document["claims"]
    published = datetime(2023, 9, 21, tzinfo=UTC)
    article_id = content_id("art", text)
    ids = {claim["id"]: content_id("clm", article_id, claim["id"]) for claim in annotated}
    speakers = {claim["id"]: tuple(actor_ref(name) for name in claim["speaker_entity"]) for claim in annotated}
    contents = {claim["id"]: " … ".join(part["text"] for part in claim["content"]) for claim in annotated}

    def span(mark: dict[str, Any] | None) -> Span | None:
        return Span.cut(text, mark["start"], mark["end"]) if mark else None

    claims = []
    relations_to: dict[str, list[RelationRecord]] = {}
    for claim in annotated:
        ref, kind = claim["id"], RELATIONS.get(claim["act"][0])
        relations = []
        for target in claim["targets"]:
            if target["role"] == "claim" and kind is not None:
                other, mention = target["claim"], span(target["mention"])
                relations.append(RelationRecord(kind, ids[other], speakers[other], contents[other], "gold", mention))
                back = RelationRecord(kind, ids[ref], speakers[ref], contents[ref], "gold", mention)
                relations_to.setdefault(other, []).append(back)
        claims.append(
            ClaimRecord(
                id=ids[ref],
                article_id=article_id,
                article_title="Karabach",
                published_at=published,
                speaker=span(claim["speaker"]),
                speakers=speakers[ref],
                cue=span(claim["cue"]),
                content=tuple(Span.cut(text, part["start"], part["end"]) for part in claim["content"]),
                text=contents[ref],
                act=Act(claim["act"][0]),
                mode=Mode(claim["mode"]),
                targets=tuple(
                    TargetRecord(TargetRole(target["role"]), actor_ref(target["entity"]), span(target["mention"]))
                    for target in claim["targets"]
                    if target["role"] != "claim"
                ),
                relations=tuple(relations),
                responses=(),
                parent_id=ids.get(claim["parent"]),
                evidence=(("gold", "annotated"),),
            )
        )
    claims = [with_responses(claim, tuple(relations_to.get(ref, ()))) for claim, ref in zip(claims, ids, strict=True)]

    parties: dict[str, str] = {}
    for claim in annotated:
        if claim["represents"]:
            parties.update(dict.fromkeys(claim["speaker_entity"], claim["represents"]))
    names = {name for claim in annotated for name in claim["speaker_entity"]} | set(parties.values())
    names |= {target["entity"] for claim in annotated for target in claim["targets"] if "entity" in target}

    def represented(name: str) -> tuple[RepresentationRecord, ...]:
        party = parties.get(name)
        return (RepresentationRecord(actor_ref(party), "gold", article_id),) if party else ()

    actors = []
    for name in sorted(names):
        ref_, made = actor_ref(name), sum(name in claim["speaker_entity"] for claim in annotated)
        by = tuple(RepresentationRecord(actor_ref(n), "gold", article_id) for n, p in parties.items() if p == name)
        actors.append(ActorRecord(ref_.id, name, ref_.kind, None, None, (name,), made, represented(name), by))
    article = ArticleRecord(
        id=article_id,
        text=text,
        title="Karabach",
        language="sv",
        uri=None,
        version=None,
        agency=None,
        byline=None,
        published_at=published,
        stored_at=published,
        status="done",
        claim_count=len(claims),
    )
    return Subgraph(tuple(claims), tuple(actors), (article,))


def with_responses(claim: ClaimRecord, responses: tuple[RelationRecord, ...]) -> ClaimRecord:
    """The claim with what other claims do to it."""
    return replace(claim, responses=responses)
