"""Claims as plain JSON values and as lines of JSON, without loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.domain.record import ActorRef, ClaimRecord, RelationRecord
from app.domain.span import Span
from app.formats.json_text import compact

LINES_MEDIA_TYPE = "application/x-ndjson"
"""Lines of JSON have no registered media type; this is the one that most tools send."""

_CONFIDENCE = ("overall", "speaker", "content", "target", "act")


def claim_document(claim: ClaimRecord) -> dict[str, Any]:
    """The claim as JSON values, in the shape in which the API sends it: offsets in code points, times in ISO 8601."""
    return {
        "id": claim.id,
        "article": {
            "id": claim.article_id,
            "title": claim.article_title,
            "published_at": claim.published_at.isoformat() if claim.published_at else None,
        },
        "speaker": _span(claim.speaker),
        "speakers": [_actor(actor) for actor in claim.speakers],
        "via": _actor(claim.via) if claim.via else None,
        "cue": _span(claim.cue),
        "content": [_span(part) for part in claim.content],
        "text": claim.text,
        "act": claim.act.value,
        "mode": claim.mode.value,
        "targets": [
            {"role": target.role.value, "actor": _actor(target.actor), "mention": _span(target.mention)}
            for target in claim.targets
        ],
        "relations": [_relation(relation) for relation in claim.relations],
        "responses": [_relation(response) for response in claim.responses],
        "parent": claim.parent_id,
        "evidence": [{"step": step, "rule": rule} for step, rule in claim.evidence],
        "confidence": {name: getattr(claim.confidence, name) for name in _CONFIDENCE} if claim.confidence else None,
        "reports": claim.reports,
        "sources": claim.sources,
        "leading": claim.leading_id,
    }


def jsonl(claims: Iterable[ClaimRecord]) -> Iterator[str]:
    """One line of JSON a claim, each ending in a newline, as they come."""
    for claim in claims:
        yield compact(claim_document(claim)) + "\n"


def _span(span: Span | None) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end, "text": span.text} if span else None


def _actor(actor: ActorRef) -> dict[str, str]:
    return {"id": actor.id, "name": actor.name, "kind": actor.kind.value}


def _relation(relation: RelationRecord) -> dict[str, Any]:
    return {
        "kind": relation.kind.value,
        "claim": relation.claim_id,
        "speakers": [_actor(actor) for actor in relation.speakers],
        "content": relation.content,
        "rule": relation.rule,
        "mention": _span(relation.mention),
    }
