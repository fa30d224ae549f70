"""Rows to graph: one node an actor, claim or article, one typed and keyed edge a fact between two of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import networkx as nx

from app.domain.claim import RelationKind
from app.domain.record import (
    ActorRecord,
    ActorRef,
    ArticleRecord,
    ClaimRecord,
    RelationRecord,
    RepresentationRecord,
    Subgraph,
)
from app.graph.vocabulary import RELATION_EDGES, EdgeKind, NodeType

Scalar = str | int | float | bool


def build_graph(rows: Subgraph) -> nx.MultiDiGraph:
    """The typed graph of some rows.

    Nodes are keyed by row id and carry ``type`` (see ``NodeType``) and ``label``, the text to show. Edges carry
    ``kind`` (see ``EdgeKind``) and are keyed by it; ``targets`` edges by ``targets:<role>``, because one claim can
    accuse and address the same party. All attributes are strings, numbers or booleans, and one that is unknown is left
    out, so that every format can carry them.

    ==========  ========================================================================================================
    node        attributes besides ``type`` and ``label``
    ==========  ========================================================================================================
    actor       ``actor_kind``, ``territory``, ``role``, ``aliases`` (separated by "; "), ``claim_count`` (in store)
    claim       ``act``, ``mode``, ``cue``, ``speaker`` (as printed), ``content_start``, ``content_end`` (code points),
                ``published_at`` (ISO 8601), ``article_id``, ``parent_id``, ``evidence``, ``confidence``
    article     ``title``, ``agency``, ``language``, ``uri``, ``version``, ``published_at``
    ==========  ========================================================================================================

    What the rows only mention (a claim outside the selection that is denied in it, the party someone speaks for)
    becomes a node with what is known and ``partial=True``; a representative who is only mentioned is left out, since a
    state may have hundreds. The result depends on the rows alone, not on their order: nodes and edges come sorted,
    articles and claims by time of publication and place in the text, actors by id. ``truncated`` becomes a graph
    attribute.
    """
    graph = nx.MultiDiGraph(truncated=rows.truncated)
    articles = sorted(
        {row.id: row for row in rows.articles}.values(), key=lambda row: (_time(row.published_at), row.id)
    )
    actors = sorted({row.id: row for row in rows.actors}.values(), key=lambda row: row.id)
    claims = sorted({row.id: row for row in rows.claims}.values(), key=_claim_order)

    for actor in actors:
        graph.add_node(actor.id, **_actor(actor))
    for claim in claims:
        graph.add_node(claim.id, **_claim(claim))
    for article in articles:
        graph.add_node(article.id, **_article(article))

    for claim in claims:
        _add_claim_edges(graph, claim)
    for claim in claims:
        _add_relation_edges(graph, claim)
    for actor in actors:
        _add_representation_edges(graph, actor)
    return graph


def _add_claim_edges(graph: nx.MultiDiGraph, claim: ClaimRecord) -> None:
    for speaker in claim.speakers:
        _mention(graph, speaker)
        graph.add_edge(speaker.id, claim.id, key=EdgeKind.SAID.value, kind=EdgeKind.SAID.value)
    for target in claim.targets:
        _mention(graph, target.actor)
        attributes: dict[str, Scalar] = {"kind": EdgeKind.TARGETS.value, "role": target.role.value}
        if target.mention:
            attributes["mention"] = target.mention.text
        key = f"{EdgeKind.TARGETS.value}:{target.role.value}"
        if not graph.has_edge(claim.id, target.actor.id, key):
            graph.add_edge(claim.id, target.actor.id, key=key, **attributes)
    if claim.article_id not in graph:
        attributes = {"type": NodeType.ARTICLE.value, "label": claim.article_title or claim.article_id, "partial": True}
        graph.add_node(
            claim.article_id, **attributes, **_known(title=claim.article_title, published_at=claim.published_at)
        )
    graph.add_edge(claim.id, claim.article_id, key=EdgeKind.REPORTED_IN.value, kind=EdgeKind.REPORTED_IN.value)
    if claim.parent_id is not None and claim.parent_id in graph:
        graph.add_edge(claim.id, claim.parent_id, key=EdgeKind.PART_OF.value, kind=EdgeKind.PART_OF.value)


def _add_relation_edges(graph: nx.MultiDiGraph, claim: ClaimRecord) -> None:
    for relation in claim.relations:
        _mention_claim(graph, relation)
        _relate(graph, claim.id, relation.claim_id, relation)
    for response in claim.responses:
        _mention_claim(graph, response)
        _relate(graph, response.claim_id, claim.id, response)


def _relate(graph: nx.MultiDiGraph, later: str, earlier: str, relation: RelationRecord) -> None:
    """Add the edge of one relation, once however many of its two ends report it."""
    kind = RELATION_EDGES[relation.kind].value
    source, target = (earlier, later) if relation.kind is RelationKind.UNVERIFIED else (later, earlier)
    if graph.has_edge(source, target, kind):
        return
    attributes: dict[str, Scalar] = {"kind": kind, "rule": relation.rule}
    if relation.mention:
        attributes["mention"] = relation.mention.text
    graph.add_edge(source, target, key=kind, **attributes)


def _add_representation_edges(graph: nx.MultiDiGraph, actor: ActorRecord) -> None:
    for record in actor.speaks_for:
        _mention(graph, record.actor)
    parties = _by_actor(actor.speaks_for)
    for party, records in parties.items():
        _represent(graph, actor.id, party, records)
    for representative, records in _by_actor(actor.spoken_for_by).items():
        if representative in graph:
            _represent(graph, representative, actor.id, records)


def _by_actor(records: Iterable[RepresentationRecord]) -> dict[str, list[RepresentationRecord]]:
    grouped: dict[str, list[RepresentationRecord]] = {}
    for record in sorted(records, key=lambda record: (record.actor.id, record.article_id)):
        grouped.setdefault(record.actor.id, []).append(record)
    return grouped


def _represent(graph: nx.MultiDiGraph, speaker: str, party: str, records: list[RepresentationRecord]) -> None:
    """Add one ``speaks_for`` edge: rule, article and words of the first record, and how many articles attest it."""
    kind = EdgeKind.SPEAKS_FOR.value
    if graph.has_edge(speaker, party, kind):
        return
    first = records[0]
    attributes: dict[str, Scalar] = {"kind": kind, "rule": first.rule, "article_id": first.article_id}
    attributes["articles"] = len({record.article_id for record in records})
    if first.evidence:
        attributes["mention"] = first.evidence.text
    graph.add_edge(speaker, party, key=kind, **attributes)


def _mention(graph: nx.MultiDiGraph, actor: ActorRef) -> None:
    if actor.id not in graph:
        attributes = {"label": actor.name, "actor_kind": actor.kind.value, "partial": True}
        graph.add_node(actor.id, type=NodeType.ACTOR.value, **attributes)


def _mention_claim(graph: nx.MultiDiGraph, relation: RelationRecord) -> None:
    if relation.claim_id in graph:
        return
    graph.add_node(relation.claim_id, type=NodeType.CLAIM.value, label=relation.content, partial=True)
    for speaker in relation.speakers:
        _mention(graph, speaker)
        graph.add_edge(speaker.id, relation.claim_id, key=EdgeKind.SAID.value, kind=EdgeKind.SAID.value)


def _actor(actor: ActorRecord) -> dict[str, Scalar]:
    return {
        "type": NodeType.ACTOR.value,
        "label": actor.name,
        "actor_kind": actor.kind.value,
        "claim_count": actor.claim_count,
        **_known(territory=actor.territory, role=actor.role, aliases="; ".join(actor.aliases) or None),
    }


def _claim(claim: ClaimRecord) -> dict[str, Scalar]:
    return {
        "type": NodeType.CLAIM.value,
        "label": claim.text,
        "act": claim.act.value,
        "mode": claim.mode.value,
        "article_id": claim.article_id,
        "content_start": claim.content[0].start,
        "content_end": claim.content[-1].end,
        **_known(
            cue=claim.cue.text if claim.cue else None,
            speaker=claim.speaker.text if claim.speaker else None,
            published_at=claim.published_at,
            parent_id=claim.parent_id,
            evidence="; ".join(f"{step}: {rule}" for step, rule in claim.evidence) or None,
            confidence=claim.confidence.overall if claim.confidence else None,
        ),
    }


def _article(article: ArticleRecord) -> dict[str, Scalar]:
    return {
        "type": NodeType.ARTICLE.value,
        "label": article.title or article.uri or article.id,
        "language": article.language,
        **_known(
            title=article.title,
            agency=article.agency,
            uri=article.uri,
            version=article.version,
            published_at=article.published_at,
        ),
    }


def _known(**values: Scalar | datetime | None) -> dict[str, Scalar]:
    """The values that are not ``None``, times as ISO 8601."""
    known: dict[str, Scalar] = {}
    for name, value in values.items():
        if isinstance(value, datetime):
            known[name] = value.isoformat()
        elif value is not None:
            known[name] = value
    return known


def _time(moment: datetime | None) -> tuple[bool, str]:
    """Sort key: in order of time, the unknown last. ISO strings, since aware and naive times do not compare."""
    return (moment is None, moment.isoformat() if moment else "")


def _claim_order(claim: ClaimRecord) -> tuple[bool, str, str, int, str]:
    return (*_time(claim.published_at), claim.article_id, claim.content[0].start, claim.id)
