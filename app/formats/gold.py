"""Articles whose claims people have checked, as the evaluation's gold files write them (docs/annotation-guidelines.md).

A claim that somebody confirmed, put right or wrote is annotated as it stands. One that nobody looked at is optional
there: finding it is neither right nor wrong. A rejected one is left out, so that finding it is wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from app.domain.claim import Claim, Extraction
from app.domain.span import Span
from app.formats.score import SCORED_RELATIONS


def gold_document(text: str, extraction: Extraction, checked: Collection[str]) -> dict[str, Any]:
    """``{"doc_id", "sha256", "text", "claims": […]}`` for the article of an extraction that people have put right.

    ``checked`` are the stored ids of the claims that somebody stands for.
    """
    return {
        "doc_id": extraction.article_id,
        "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "text": text,
        "claims": [_claim(claim, extraction, checked) for claim in extraction.claims],
    }


def _claim(claim: Claim, extraction: Extraction, checked: Collection[str]) -> dict[str, Any]:
    actors = {actor.ref: actor for actor in extraction.actors}
    targets: list[dict[str, Any]] = [
        {
            "role": target.role.value,
            "entity": actors[target.actor].name if target.actor is not None else None,
            "mention": _span(target.mention),
        }
        for target in claim.targets
    ]
    targets += [
        {"role": "claim", "claim": relation.claim, "mention": _span(relation.mention)}
        for relation in claim.relations
        if relation.kind in SCORED_RELATIONS
    ]
    parties = [shown.party for ref in claim.speakers for shown in actors[ref].represents]
    return {
        "id": claim.ref,
        "speaker": _span(claim.speaker),
        "speaker_entity": [actors[ref].name for ref in claim.speakers] or None,
        "represents": actors[parties[0]].name if parties else None,
        "cue": _span(claim.cue),
        "content": [_span(part) for part in claim.content],
        "act": [claim.act.value],
        "mode": claim.mode.value,
        "targets": targets,
        "parent": claim.parent,
        "optional": claim.id_in(extraction.article_id) not in checked,
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return {"text": span.text, "start": span.start, "end": span.end} if span else None
