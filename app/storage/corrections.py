"""Corrections of claims by people, made and taken back. Each is a row; the claims follow from the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.claim import Claim
from app.domain.correcting import Corrected, apply
from app.domain.correction import Attribution, Correction, CorrectionKind, Field, Verdict, attribution_of
from app.errors import BadCorrection, Conflict, NotFound
from app.storage.articles import Status
from app.storage.carried import with_origins
from app.storage.history import article_of, revision_of
from app.storage.readings import (
    CorrectionRow,
    attribution_document,
    correction_of,
    corrections_of,
    keep_reading,
    kept_reading,
)
from app.storage.rebuilding import rebuilt
from app.storage.saving import save_extraction
from app.storage.tables import ArticleRow
from app.storage.upsert import serialize
from app.storage.wishes import Change, settled

_EVERYTHING = tuple(Field)


@dataclass(frozen=True, slots=True)
class _Open:
    """An article opened for a correction: locked, with what the system read in it and what people made of that."""

    text: str
    corrections: Sequence[Correction]
    right: Corrected

    def claim(self, claim_id: str) -> Claim | None:
        """The claim with that id, as people have put it right."""
        extraction = self.right.extraction
        return next((claim for claim in extraction.claims if claim.id_in(extraction.article_id) == claim_id), None)

    def of(self, claim_id: str) -> list[Correction]:
        """The corrections of that claim."""
        return [each for each in self.corrections if each.claim_id == claim_id]


def edit_claim(
    session: Session,
    claim_id: str,
    change: Change,
    *,
    author: str,
    reason: str | None = None,
    revision: int | None = None,
) -> Correction:
    """Set fields of a claim; the claims of its article follow at once.

    ``revision``, where given, is the one that the author saw. Raises `NotFound`, `Conflict` when the claim is at
    another revision or was rejected, `BadCorrection` when a value does not fit or nothing would change.
    """
    article_id, opened, claim = _opened_claim(session, claim_id, revision)
    before = attribution_of(claim, opened.right.extraction, opened.right.actor_ids)
    asked = settled(session, article_id, opened.text, change)
    after = before.setting(change.fields, asked)
    fields = tuple(field for field in after.differs(before) if field in change.fields)
    if not fields:
        raise BadCorrection("fields", "the claim says all this already; confirm it instead", "no-change")
    made = _Made(CorrectionKind.EDIT, fields, before, after)
    return _write(session, article_id, claim_id, opened, made, author, reason)


def confirm_claim(
    session: Session, claim_id: str, *, author: str, reason: str | None = None, revision: int | None = None
) -> Correction:
    """Note that a person found the claim right as it stands: it stays so, whatever rules make of it later.

    Raises as `edit_claim` does.
    """
    article_id, opened, claim = _opened_claim(session, claim_id, revision)
    now = attribution_of(claim, opened.right.extraction, opened.right.actor_ids)
    made = _Made(CorrectionKind.CONFIRM, _EVERYTHING, now, now)
    return _write(session, article_id, claim_id, opened, made, author, reason)


def reject_claim(
    session: Session, claim_id: str, *, author: str, reason: str | None = None, revision: int | None = None
) -> Correction:
    """Note that this is no claim: it is gone, and stays away. Raises as `edit_claim` does."""
    article_id, opened, claim = _opened_claim(session, claim_id, revision)
    now = attribution_of(claim, opened.right.extraction, opened.right.actor_ids)
    made = _Made(CorrectionKind.REJECT, (), now, None)
    return _write(session, article_id, claim_id, opened, made, author, reason)


def verdict_on(
    session: Session,
    claim_id: str,
    verdict: Verdict,
    *,
    author: str,
    reason: str | None = None,
    revision: int | None = None,
) -> Correction:
    """Note whether what is claimed is true, by the judgement of a person. Raises as `edit_claim` does."""
    article_id, opened, claim = _opened_claim(session, claim_id, revision)
    now = attribution_of(claim, opened.right.extraction, opened.right.actor_ids)
    made = _Made(CorrectionKind.VERDICT, (), now, None, verdict)
    return _write(session, article_id, claim_id, opened, made, author, reason)


def add_claim(
    session: Session, article_id: str, change: Change, *, author: str, reason: str | None = None
) -> Correction:
    """Write a claim that the system missed; its id is ``claim_id`` of the correction.

    Raises `NotFound`, `Conflict` when the article has not been read yet, or holds that very claim, `BadCorrection`.
    """
    opened = _opened(session, article_id)
    after = settled(session, article_id, opened.text, replace(change, fields=frozenset(Field)))
    blank = Claim("new", None, (), after.cue, after.content, after.act, after.mode)
    claim_id = blank.id_in(article_id)
    if opened.claim(claim_id) is not None:
        raise Conflict(f"the article holds that claim already: {claim_id}; correct it instead")
    made = _Made(CorrectionKind.ADD, _EVERYTHING, None, after)
    return _write(session, article_id, claim_id, opened, made, author, reason)


def undo_correction(session: Session, correction_id: int, *, author: str) -> Correction:
    """Take a correction back: what it set is as earlier corrections say, or as the system read it. Twice is once.

    Raises `NotFound` when there is no such correction.
    """
    row = session.get(CorrectionRow, correction_id)
    if row is None:
        raise NotFound(f"no correction {correction_id}")
    _opened(session, row.article_id)
    session.refresh(row)
    if row.undone_at is None:
        row.undone_at = datetime.now(UTC)
        row.undone_by = author
        session.flush()
        _save_anew(session, row.article_id)
        session.refresh(row)
    return with_origins(session, [correction_of(row)])[0]


@dataclass(frozen=True, slots=True)
class _Made:
    kind: CorrectionKind
    fields: tuple[Field, ...]
    before: Attribution | None
    after: Attribution | None
    verdict: Verdict | None = None


def _opened_claim(session: Session, claim_id: str, revision: int | None) -> tuple[str, _Open, Claim]:
    article_id = article_of(session, claim_id)
    opened = _opened(session, article_id)
    own = opened.of(claim_id)
    if revision is not None and revision != revision_of(own):
        raise Conflict(f"claim {claim_id} is at revision {revision_of(own)}, not {revision}: somebody has changed it")
    claim = opened.claim(claim_id)
    if claim is None:
        rejected = next((each for each in own if each.in_force and each.kind is CorrectionKind.REJECT), None)
        if rejected is None:
            raise NotFound(f"no claim {claim_id}")
        raise Conflict(f"claim {claim_id} was rejected by correction {rejected.id}: undo that first")
    return article_id, opened, claim


def _opened(session: Session, article_id: str) -> _Open:
    # The lock of those who read articles comes first there, too: nobody waits for one who waits for them.
    serialize(session, "judgements")
    query = select(ArticleRow.text, ArticleRow.status).where(ArticleRow.id == article_id).with_for_update()
    row = session.execute(query).first()
    if row is None:
        raise NotFound(f"no article {article_id}")
    if row.status != Status.DONE.value:
        raise Conflict(f"article {article_id} is {row.status}: its claims can be corrected when it has been read")
    extraction, actor_ids = kept_reading(session, article_id) or rebuilt(session, article_id)
    corrections = corrections_of(session, [article_id]).get(article_id, [])
    return _Open(row.text, corrections, apply(extraction, actor_ids, corrections))


def _write(
    session: Session,
    article_id: str,
    claim_id: str,
    opened: _Open,
    made: _Made,
    author: str,
    reason: str | None,
) -> Correction:
    for field, words in (("author", author), ("reason", reason or "")):
        if "\0" in words:
            raise BadCorrection(field, "there is a NUL character in it")
    own = opened.of(claim_id)
    anchor = opened.right.read.get(claim_id) or (own[0].anchor if own else made.before or made.after)
    assert anchor is not None
    row = CorrectionRow(
        article_id=article_id,
        claim_id=claim_id,
        kind=made.kind.value,
        fields=[field.value for field in made.fields],
        before=attribution_document(made.before) if made.before else None,
        after=attribution_document(made.after) if made.after else None,
        anchor=attribution_document(anchor),
        verdict={"rating": made.verdict.rating, "by": made.verdict.by, "url": made.verdict.url}
        if made.verdict
        else None,
        author=author,
        at=datetime.now(UTC),
        reason=reason,
        applied=True,
    )
    if kept_reading(session, article_id) is None:
        keep_reading(session, *rebuilt(session, article_id))
    session.add(row)
    session.flush()
    _save_anew(session, article_id)
    session.refresh(row)
    return correction_of(row)


def _save_anew(session: Session, article_id: str) -> None:
    kept = kept_reading(session, article_id)
    if kept is not None:
        save_extraction(session, *kept)
