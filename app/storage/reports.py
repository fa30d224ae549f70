"""Who printed a claim, and how many say it independently of one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.domain.record import ActorRef, ReportRecord
from app.storage.conditions import leads
from app.storage.sketch import are_copies, runs
from app.storage.standings import in_force
from app.storage.tables import ArticleRow, ClaimRow

# "Vi tar ställning i morgon" may be said again any week; what agrees in five words within one week is one utterance.
# Shorter contents ("anklagelserna", "att det är fel") agree by chance.
_TELLING = 5
_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Leading:
    """A claim of which this is the first report: the key of its words, who says it, when and where it was printed."""

    id: str
    words_key: int | None
    dated_at: datetime
    article_id: str
    publisher: str | None


def followers(session: Session, leading_ids: Collection[str]) -> dict[str, str]:
    """The other reports of these claims: for each its id and that of the leading one."""
    query = select(ClaimRow.id, ClaimRow.leading_id).where(ClaimRow.leading_id.in_(leading_ids))
    return {claim_id: leading_id for claim_id, leading_id in session.execute(query) if leading_id is not None}


def leading_of(session: Session, claim_ids: Collection[str]) -> dict[str, str]:
    """For each of these claims that is not the first report of it: which is."""
    query = select(ClaimRow.id, ClaimRow.leading_id).where(ClaimRow.id.in_(claim_ids), ClaimRow.leading_id.is_not(None))
    return {claim_id: leading_id for claim_id, leading_id in session.execute(query) if leading_id is not None}


def printed(session: Session, claim_id: str) -> tuple[ReportRecord, ...]:
    """Every stored report of a claim, itself included, the leading one first; empty where there is no such claim."""
    leading_id = select(ClaimRow.leading_id).where(ClaimRow.id == claim_id)
    first = session.scalar(leading_id) or claim_id
    return _records(session, or_(ClaimRow.id == first, ClaimRow.leading_id == first))


def reports_by_ids(session: Session, claim_ids: Collection[str]) -> tuple[ReportRecord, ...]:
    """Where those claims were printed, in the order of listings."""
    return _records(session, ClaimRow.id.in_(claim_ids))


def _records(session: Session, condition: ColumnElement[bool]) -> tuple[ReportRecord, ...]:
    query = (
        select(
            ClaimRow.id,
            ClaimRow.article_id,
            ArticleRow.title,
            ArticleRow.agency,
            ArticleRow.uri,
            ArticleRow.published_at,
        )
        .join(ArticleRow, ArticleRow.id == ClaimRow.article_id)
        .where(condition)
        .order_by(ClaimRow.dated_at, ClaimRow.article_id, ClaimRow.position)
    )
    return tuple(ReportRecord(*row) for row in session.execute(query))


def alike(session: Session, claims: Mapping[str, tuple[int | None, datetime, str]]) -> list[Leading]:
    """Leading reports whose content has the same words as one of ``claims``, published about then.

    ``claims`` gives key, date and content by id; contents of few words are left out, since they agree by chance.
    """
    telling = {
        key: dated_at
        for key, dated_at, content in claims.values()
        if key is not None and len(content.split()) >= _TELLING
    }
    if not telling:
        return []
    query = (
        select(ClaimRow.id, ClaimRow.words_key, ClaimRow.dated_at, ArticleRow.id, ArticleRow.agency, ArticleRow.uri)
        .join(ArticleRow, ArticleRow.id == ClaimRow.article_id)
        .where(
            ClaimRow.words_key.in_(telling),
            ClaimRow.dated_at >= min(telling.values()) - _WITHIN,
            ClaimRow.dated_at <= max(telling.values()) + _WITHIN,
            leads(),
            in_force(ClaimRow.article_id),
        )
        .order_by(ClaimRow.dated_at, ClaimRow.article_id, ClaimRow.position)
    )
    return [
        Leading(claim_id, key, dated_at, article_id, _publisher(agency, uri))
        for claim_id, key, dated_at, article_id, agency, uri in session.execute(query)
    ]


def independent(
    session: Session, found: Sequence[Leading], speakers: Mapping[str, tuple[ActorRef, ...]]
) -> dict[str, tuple[Leading, ...]]:
    """For each of these leading reports the ones that say the same in texts of their own, itself included.

    The same is: the same words by the same speakers within a week. Of texts that are copies of one another, and of
    texts by one publisher, the first counts; a text whose publisher is unknown counts where no other does.
    """
    said: defaultdict[tuple[int | None, frozenset[str]], list[Leading]] = defaultdict(list)
    for each in found:
        if who := frozenset(ref.id for ref in speakers.get(each.id, ())):
            said[each.words_key, who].append(each)
    several = [group for group in said.values() if len(group) > 1]
    articles = {each.article_id for group in several for each in group}
    texts = select(ArticleRow.id, ArticleRow.text).where(ArticleRow.id.in_(articles))
    known = {article_id: runs(text) for article_id, text in session.execute(texts)} if articles else {}
    return {
        each.id: _apart([other for other in group if abs(other.dated_at - each.dated_at) <= _WITHIN], known)
        for group in several
        for each in group
    }


def _apart(reports: Iterable[Leading], texts: Mapping[str, frozenset[str]]) -> tuple[Leading, ...]:
    kept: list[Leading] = []
    for report in reports:
        copied = any(are_copies(texts[report.article_id], texts[other.article_id]) for other in kept)
        if not copied and report.publisher not in {other.publisher for other in kept}:
            kept.append(report)
    known = tuple(report for report in kept if report.publisher is not None)
    return known or tuple(kept)


def _publisher(agency: str | None, uri: str | None) -> str | None:
    """The agency, or the host of the address, in one way of writing."""
    if agency and agency.strip():
        return " ".join(agency.casefold().split())
    try:
        host = urlsplit(uri or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
