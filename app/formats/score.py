"""An extraction as the evaluation reads it: names instead of references, relations as targets of role ``claim``."""

from __future__ import annotations

from typing import Any

from app.domain.claim import Claim, Extraction, RelationKind
from app.domain.span import Span

# The annotation guidelines annotate the earlier claim for denials, confirmations and failed verifications; to stand by
# one's own words ("vidhåller") is annotated as a confirmation. Support written as a target would count as an error.
SCORED_RELATIONS = frozenset(
    {RelationKind.DENIES, RelationKind.CONFIRMS, RelationKind.UNVERIFIED, RelationKind.REPEATS}
)
"""The relations that count as targets."""


def scored_document(doc_id: str, extraction: Extraction) -> dict[str, Any]:
    """``{"doc_id", "claims": […]}`` for one text.

    Each claim has ``id``, ``speaker`` and ``cue`` (``{"start", "end"}`` or ``None``), ``speaker_entity`` (canonical
    names, or ``None`` where the text names nobody), ``content`` (spans), ``act``, ``mode``, ``parent`` and ``targets``:
    ``{"role", "entity", "mention"}`` or ``{"role": "claim", "claim": id, "mention"}``. Offsets are Unicode code points
    into the text as submitted.
    """
    names = {actor.ref: actor.name for actor in extraction.actors}
    return {"doc_id": doc_id, "claims": [_claim(claim, names) for claim in extraction.claims]}


def _claim(claim: Claim, names: dict[str, str]) -> dict[str, Any]:
    targets: list[dict[str, Any]] = [
        {
            "role": target.role.value,
            "entity": names[target.actor] if target.actor is not None else None,
            "mention": _place(target.mention),
        }
        for target in claim.targets
    ]
    targets += [
        {"role": "claim", "claim": relation.claim, "mention": _place(relation.mention)}
        for relation in claim.relations
        if relation.kind in SCORED_RELATIONS
    ]
    return {
        "id": claim.ref,
        "speaker": _place(claim.speaker),
        "speaker_entity": [names[ref] for ref in claim.speakers] or None,
        "cue": _place(claim.cue),
        "content": [_place(span) for span in claim.content],
        "act": claim.act.value,
        "mode": claim.mode.value,
        "targets": targets,
        "parent": claim.parent,
    }


def _place(span: Span | None) -> dict[str, int] | None:
    return {"start": span.start, "end": span.end} if span else None
