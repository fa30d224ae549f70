"""The versions of an article, and what each changed in its claims."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.domain.kept import kept
from app.domain.record import ArticleRecord, ClaimChange, ClaimRecord, VersionRecord
from app.domain.version import Standing
from app.errors import NotFound
from app.storage import versions
from app.storage.articles import articles_by_ids
from app.storage.records import claim_records, claim_rows
from app.storage.tables import ClaimRow
from app.storage.withdrawals import withdrawal_of

MOST_VERSIONS = 50
"""A live report has hundreds of versions; of those the newest are told."""


def history(session: Session, article_id: str, most: int = MOST_VERSIONS) -> tuple[VersionRecord, ...]:
    """The versions of the article with that id, newest first, at most ``most``; itself alone without a uri.

    Each has what it changed in the claims of the version before it, among those that were read and are not withdrawn.
    Of a withdrawn one nothing is told but that it is there. Raises `NotFound`.
    """
    found = articles_by_ids(session, [article_id])
    if not found:
        raise NotFound(f"no article {article_id}")
    if found[0].uri is None:
        articles = found
    else:
        order = [each.id for each, _ in versions.ordered(session, found[0].uri)][-most:]
        by_id = {record.id: record for record in articles_by_ids(session, order)}
        articles = [by_id[each] for each in order]
    claims = _claims(session, articles) if len(articles) > 1 else {}
    told: list[VersionRecord] = []
    before: ArticleRecord | None = None
    for article in articles:
        withdrawal = withdrawal_of(session, article.id) if article.standing is Standing.WITHDRAWN else None
        change = None
        if article.id in claims:
            if before is not None:
                change = _change(before.id, claims[before.id], claims[article.id])
            before = article
        told.append(VersionRecord(article, withdrawal, change))
    return tuple(reversed(told))


def _claims(session: Session, articles: Sequence[ArticleRecord]) -> dict[str, list[ClaimRecord]]:
    """The claims of each article that was read and may be seen, in text order."""
    found = {}
    for article in articles:
        # An article that is read again keeps its claims until it has new ones.
        if article.standing is not Standing.WITHDRAWN and (article.status == "done" or article.claim_count):
            query = claim_rows().where(ClaimRow.article_id == article.id).order_by(ClaimRow.position)
            found[article.id] = claim_records(session, query)
    return found


def _change(against: str, before: Sequence[ClaimRecord], after: Sequence[ClaimRecord]) -> ClaimChange:
    same = kept(before, after)
    here = set(same.values())
    return ClaimChange(
        against,
        added=tuple(claim for claim in after if claim.id not in here),
        gone=tuple(claim for claim in before if claim.id not in same),
        kept=tuple(claim for claim in after if claim.id in here),
    )
