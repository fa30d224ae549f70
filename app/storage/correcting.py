"""Corrections applied to what is about to be saved: of articles that nobody has corrected, nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.domain.claim import Extraction
from app.domain.correcting import apply
from app.storage.readings import CorrectionRow, corrections_of, keep_reading


def corrected(
    session: Session, found: Sequence[tuple[Extraction, Mapping[str, str]]]
) -> list[tuple[Extraction, Mapping[str, str]]]:
    """Each extraction, with the stored ids of its actors, as people have put it right.

    Of an article that was ever corrected, the extraction given is kept as what the system read, and its corrections
    note whether they still fit. The articles are locked by the caller.
    """
    corrections = corrections_of(session, [extraction.article_id for extraction, _ in found])
    right: list[tuple[Extraction, Mapping[str, str]]] = []
    for extraction, actor_ids in found:
        own = corrections.get(extraction.article_id)
        if own is None:
            right.append((extraction, actor_ids))
            continue
        keep_reading(session, extraction, actor_ids)
        result = apply(extraction, actor_ids, own)
        for correction in own:
            applied = result.applied.get(correction.id, correction.applied)
            if applied != correction.applied:
                changed = update(CorrectionRow).where(CorrectionRow.id == correction.id)
                session.execute(changed.values(applied=applied))
        right.append((result.extraction, result.actor_ids))
    return right
