"""What people have done about claims: the corrections of one, of an article, and all that no longer fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.claim import Extraction
from app.domain.correcting import apply
from app.domain.correction import Attribution, Correction, CorrectionKind
from app.domain.record import Page
from app.errors import NotFound
from app.storage import cursor as cursors
from app.storage.carried import with_origins
from app.storage.readings import CorrectionRow, correction_of, corrections_of, kept_reading
from app.storage.tables import ArticleRow, ClaimRow


@dataclass(frozen=True, slots=True)
class Standing:
    """What people have done about a claim.

    ``revision`` grows with every correction and every undoing. ``read`` is the claim as the system read it, ``None``
    where nobody has corrected it or where the system did not find it. ``history`` is oldest first.
    """

    revision: int
    checked_by: tuple[str, ...]
    read: Attribution | None
    history: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class CheckedArticle:
    """An article as people have put it right. ``checked`` are the ids of the claims that somebody stands for."""

    text: str
    extraction: Extraction
    checked: frozenset[str]


def history(session: Session, claim_id: str) -> tuple[Correction, ...]:
    """The corrections of a claim, oldest first, undone ones too; raises `NotFound` where claim and corrections lack."""
    rows = session.scalars(
        select(CorrectionRow)
        .where(CorrectionRow.claim_id == claim_id)
        .order_by(CorrectionRow.id)
        .execution_options(populate_existing=True)
    ).all()
    if not rows:
        article_of(session, claim_id)
    return tuple(with_origins(session, [correction_of(row) for row in rows]))


def standing(session: Session, claim_id: str) -> Standing:
    """What people have done about a claim; raises `NotFound` as `history` does."""
    own = history(session, claim_id)
    if not own:
        return Standing(0, (), None, ())
    whole = (CorrectionKind.ADD, CorrectionKind.CONFIRM)
    checked = dict.fromkeys(each.author for each in own if each.in_force and each.kind in whole)
    article_id = own[0].article_id
    kept = kept_reading(session, article_id)
    right = apply(*kept, corrections_of(session, [article_id])[article_id]) if kept else None
    return Standing(revision_of(own), tuple(checked), right.read.get(claim_id) if right else None, own)


def list_corrections(
    session: Session,
    cursor: str | None = None,
    limit: int = 20,
    *,
    article_id: str | None = None,
    applied: bool | None = None,
) -> Page[Correction]:
    """Corrections, newest first. ``applied`` false gives those in force that no longer fit a claim, true all others.

    Raises `BadCursor`.
    """
    listing = f"corrections {article_id or ''} {applied}"
    query = select(CorrectionRow).order_by(CorrectionRow.id.desc()).limit(limit + 1)
    if article_id is not None:
        query = query.where(CorrectionRow.article_id == article_id)
    if applied is not None:
        unfit = CorrectionRow.applied.is_(False) & CorrectionRow.undone_at.is_(None)
        query = query.where(~unfit if applied else unfit)
    if cursor is not None:
        (last,) = cursors.decode(listing, cursor, (int,))
        query = query.where(CorrectionRow.id < last)
    rows = session.scalars(query.execution_options(populate_existing=True)).all()
    items = tuple(with_origins(session, [correction_of(row) for row in rows[:limit]]))
    return Page(items, cursors.encode(listing, (items[-1].id,)) if len(rows) > limit else None)


def get_correction(session: Session, correction_id: int) -> Correction:
    """The correction with that id; raises `NotFound`."""
    row = session.get(CorrectionRow, correction_id, populate_existing=True)
    if row is None:
        raise NotFound(f"no correction {correction_id}")
    return with_origins(session, [correction_of(row)])[0]


def verdict_in_force(session: Session, claim_id: str) -> Correction:
    """The newest verdict on a claim that nobody has taken back; raises `NotFound` where there is none."""
    verdicts = [each for each in history(session, claim_id) if each.in_force and each.verdict is not None]
    if not verdicts:
        raise NotFound(f"nobody has judged whether claim {claim_id} is true")
    return verdicts[-1]


def checked_articles(session: Session) -> Iterator[CheckedArticle]:
    """Every article in which somebody looked at a claim and said what is right, by id, one at a time."""
    query = (
        select(CorrectionRow.article_id)
        .where(CorrectionRow.undone_at.is_(None), CorrectionRow.kind != CorrectionKind.VERDICT.value)
        .distinct()
        .order_by(CorrectionRow.article_id)
    )
    for article_id in session.scalars(query).all():
        kept = kept_reading(session, article_id)
        text = session.scalar(select(ArticleRow.text).where(ArticleRow.id == article_id))
        if kept is None or text is None:
            continue
        corrections = corrections_of(session, [article_id])[article_id]
        checked = frozenset(
            each.claim_id for each in corrections if each.in_force and each.applied and each.after is not None
        )
        yield CheckedArticle(text, apply(*kept, corrections).extraction, checked)


def article_of(session: Session, claim_id: str) -> str:
    """The article of a claim that is there, or was when somebody corrected it; raises `NotFound`."""
    found = session.scalar(select(ClaimRow.article_id).where(ClaimRow.id == claim_id)) or session.scalar(
        select(CorrectionRow.article_id).where(CorrectionRow.claim_id == claim_id).limit(1)
    )
    if found is None:
        raise NotFound(f"no claim {claim_id}")
    return found


def revision_of(own: Sequence[Correction]) -> int:
    """How often somebody changed the claim that these are the corrections of."""
    return len(own) + sum(not each.in_force for each in own)
