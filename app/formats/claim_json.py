"""Claims as plain JSON values and as lines of JSON, there and back without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from app.domain.actor import ActorKind
from app.domain.claim import Act, Confidence, Mode, RelationKind, TargetRole
from app.domain.record import ActorRef, ClaimRecord, RelationRecord, TargetRecord
from app.domain.span import Span
from app.errors import InputError
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


def read_jsonl(lines: Iterable[str], source: str = "input") -> Iterator[ClaimRecord]:
    """The claims of what ``jsonl`` wrote, one a line; blank lines count for nothing.

    Raises `InputError` naming source and line for one that is no JSON or no claim.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{source}, line {number}"
        try:
            document = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{place}: not JSON: {error.msg} at column {error.colno}") from None
        yield claim_record(document, place)


def claim_record(document: Any, place: str = "claim") -> ClaimRecord:
    """The claim that ``claim_document`` wrote; raises `InputError` that starts with ``place`` where it is none."""
    try:
        return _record(document)
    except KeyError as error:
        raise InputError(f"{place}: {error.args[0]!r} is missing") from None
    except (TypeError, ValueError) as error:
        raise InputError(f"{place}: not a claim: {error}") from None


def _record(document: Any) -> ClaimRecord:
    article, confidence = document["article"], document["confidence"]
    if not document["content"]:
        raise ValueError("no content")
    return ClaimRecord(
        id=_string(document["id"]),
        article_id=_string(article["id"]),
        article_title=_string(article["title"]) if article["title"] is not None else None,
        published_at=datetime.fromisoformat(article["published_at"]) if article["published_at"] else None,
        speaker=_to_span(document["speaker"]),
        speakers=tuple(_to_actor(actor) for actor in document["speakers"]),
        cue=_to_span(document["cue"]),
        content=tuple(Span(**part) for part in document["content"]),
        text=_string(document["text"]),
        act=Act(document["act"]),
        mode=Mode(document["mode"]),
        targets=tuple(
            TargetRecord(TargetRole(target["role"]), _to_actor(target["actor"]), _to_span(target["mention"]))
            for target in document["targets"]
        ),
        relations=tuple(_to_relation(relation) for relation in document["relations"]),
        responses=tuple(_to_relation(response) for response in document["responses"]),
        parent_id=_string(document["parent"]) if document["parent"] is not None else None,
        evidence=tuple((_string(step["step"]), _string(step["rule"])) for step in document["evidence"]),
        confidence=Confidence(**confidence) if confidence else None,
        via=_to_actor(document["via"]) if document["via"] else None,
        # What was written before reports were counted knows of one.
        reports=_count(document.get("reports", 1)),
        sources=_count(document.get("sources", 1)),
        leading_id=_string(document["leading"]) if document.get("leading") is not None else None,
    )


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} stands where a number is needed")
    return value


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} stands where text is needed")
    return value


def _span(span: Span | None) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end, "text": span.text} if span else None


def _to_span(value: dict[str, Any] | None) -> Span | None:
    return Span(**value) if value else None


def _actor(actor: ActorRef) -> dict[str, str]:
    return {"id": actor.id, "name": actor.name, "kind": actor.kind.value}


def _to_actor(value: dict[str, str]) -> ActorRef:
    return ActorRef(_string(value["id"]), _string(value["name"]), ActorKind(value["kind"]))


def _relation(relation: RelationRecord) -> dict[str, Any]:
    return {
        "kind": relation.kind.value,
        "claim": relation.claim_id,
        "speakers": [_actor(actor) for actor in relation.speakers],
        "content": relation.content,
        "rule": relation.rule,
        "mention": _span(relation.mention),
    }


def _to_relation(value: dict[str, Any]) -> RelationRecord:
    return RelationRecord(
        RelationKind(value["kind"]),
        _string(value["claim"]),
        tuple(_to_actor(actor) for actor in value["speakers"]),
        _string(value["content"]),
        _string(value["rule"]),
        _to_span(value["mention"]),
    )
