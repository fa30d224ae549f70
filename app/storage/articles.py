"""Articles: stored as submitted, before anything else happens to them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Select, func, select, tuple_, update
from sqlalchemy.orm import Session

from app.domain.article import Article
from app.domain.record import ArticleRecord, Page
from app.domain.version import Standing
from app.errors import Conflict, NotFound, NotText
from app.storage import cursor as cursors
from app.storage import versions
from app.storage.standings import StandingRow, unsuperseded
from app.storage.tables import ArticleRow, ClaimRow
from app.storage.upsert import insert_one
from app.storage.withdrawals import refuse_withdrawn


class Status(StrEnum):
    """Where an article is on its way to claims."""

    QUEUED = "queued"
    PROCESSING = "processing"
    DONE = "done"
    FAILED = "failed"


def save_article(session: Session, article: Article) -> tuple[str, bool]:
    """Store ``article`` and give its id, and whether it is new. The same article again changes nothing.

    One whose ``uri`` is known with another version takes its place among the versions (`app.domain.version`): in force
    as soon as it was read if it is the newest, history if not, withdrawn if a kill came before it.

    Raises `Conflict` when another text is stored under its uri and version, `NotText` when the text holds code points
    that no database keeps (NUL, lone surrogates).
    """
    _check_text(article)
    known = select(ArticleRow.id).where(ArticleRow.id == article.id)
    if session.scalar(known) is not None:
        return article.id, False
    if article.uri is not None:
        _lock_versions(session, article.uri)
    # After the lock: of two versions that say nothing of their age, the one that got it first is the older.
    now = datetime.now(UTC)
    row = {
        "id": article.id,
        "title": article.title,
        "language": article.language,
        "uri": article.uri,
        "version": article.version or "",
        "agency": article.agency,
        "byline": article.byline,
        "published_at": article.published_at,
        "stored_at": now,
        "dated_at": article.published_at or now,
        "status": Status.QUEUED.value,
        "error": None,
        "attempts": 0,
        "runs": 0,
        "text": article.text,
    }
    if insert_one(session, ArticleRow, row):
        if article.uri is not None:
            versions.enter(session, article.id, article.uri)
        return article.id, True
    if session.scalar(known) is None:
        version = f" version {article.version}" if article.version else ""
        raise Conflict(f"{article.uri}{version} is stored already with another text: send it as a new version")
    return article.id, False


def get_article(session: Session, article_id: str) -> ArticleRecord:
    """The article with that id; raises `NotFound`, or `Withdrawn` where it is not to be seen any longer."""
    refuse_withdrawn(session, article_id)
    found = _records(session, _articles().where(ArticleRow.id == article_id))
    if not found:
        raise NotFound(f"no article {article_id}")
    return found[0]


def articles_by_ids(session: Session, article_ids: Collection[str]) -> list[ArticleRecord]:
    """The articles with those ids by date, withdrawn ones too; ids that are not there are left out."""
    query = _articles().where(ArticleRow.id.in_(article_ids)).order_by(ArticleRow.dated_at, ArticleRow.id)
    return _records(session, query)


def list_articles(
    session: Session, cursor: str | None = None, limit: int = 20, status: str | None = None
) -> Page[ArticleRecord]:
    """Articles, newest first (by publication, else by when they were stored), ``limit`` a page; of each the version in
    force, and newer ones on their way there.

    ``status`` keeps those of one status. Raises `BadCursor` on a cursor that is not of this listing.
    """
    listing = f"articles {status or ''}"
    query = _articles().where(unsuperseded(ArticleRow.id))
    query = query.order_by(ArticleRow.dated_at.desc(), ArticleRow.id.desc()).limit(limit + 1)
    if status is not None:
        query = query.where(ArticleRow.status == status)
    if cursor is not None:
        dated_at, last_id = cursors.decode(listing, cursor, (str, str))
        here = tuple_(ArticleRow.dated_at, ArticleRow.id)
        query = query.where(here < (datetime.fromisoformat(str(dated_at)), last_id))
    found = _records(session, query)
    if len(found) <= limit:
        return Page(tuple(found))
    last = found[limit - 1]
    following = cursors.encode(listing, ((last.published_at or last.stored_at).isoformat(), last.id))
    return Page(tuple(found[:limit]), following)


def set_status(session: Session, article_ids: Collection[str], status: Status, error: str | None = None) -> None:
    """Note where those articles are; ``error`` says why one failed and is forgotten with any other status.

    Articles that are done or failed have no unended attempt any more. One that is done takes the place of an earlier
    version, in the same transaction.
    """
    values: dict[str, str | int | None] = {"status": status.value, "error": error}
    if status in (Status.DONE, Status.FAILED):
        values["attempts"] = 0
    session.execute(update(ArticleRow).where(ArticleRow.id.in_(article_ids)).values(values))
    if status is Status.DONE:
        versions.mark_read(session, article_ids)


def attempts(session: Session, article_ids: Collection[str]) -> dict[str, int]:
    """Of those articles that still wait for their claims: how many times processing was begun and never ended."""
    waiting = ArticleRow.status.in_((Status.QUEUED.value, Status.PROCESSING.value))
    query = select(ArticleRow.id, ArticleRow.attempts).where(ArticleRow.id.in_(article_ids), waiting)
    return dict(session.execute(query).all())


def begin_attempt(session: Session, article_ids: Collection[str]) -> list[Article]:
    """Note that processing of those articles begins, and give them as submitted, oldest first."""
    begun = {"status": Status.PROCESSING.value, "attempts": ArticleRow.attempts + 1}
    session.execute(update(ArticleRow).where(ArticleRow.id.in_(article_ids)).values(begun))
    return [_submitted(record) for record in articles_by_ids(session, article_ids)]


def withdraw_attempt(session: Session, article_ids: Collection[str]) -> None:
    """Take back `begin_attempt`: it was not those articles' fault that processing ended."""
    back = {"status": Status.QUEUED.value, "attempts": ArticleRow.attempts - 1}
    session.execute(update(ArticleRow).where(ArticleRow.id.in_(article_ids), ArticleRow.attempts > 0).values(back))


def queue_again(session: Session, article_ids: Collection[str]) -> dict[str, int]:
    """Make articles that are done or failed wait again, and give for each how often that has happened.

    Their claims stay until new ones replace them. Articles that wait already are left out.
    """
    ended = ArticleRow.status.in_((Status.DONE.value, Status.FAILED.value))
    values = {"status": Status.QUEUED.value, "error": None, "attempts": 0, "runs": ArticleRow.runs + 1}
    query = update(ArticleRow).where(ArticleRow.id.in_(article_ids), ended).values(values)
    return dict(session.execute(query.returning(ArticleRow.id, ArticleRow.runs)).all())


def statuses(session: Session, article_ids: Collection[str]) -> dict[str, Status]:
    """The status of each of those articles that is stored."""
    rows = session.execute(select(ArticleRow.id, ArticleRow.status).where(ArticleRow.id.in_(article_ids)))
    return {article_id: Status(status) for article_id, status in rows}


def counts(session: Session) -> dict[str, int]:
    """How many articles there are of each status; a status nobody has is 0."""
    rows = session.execute(select(ArticleRow.status, func.count()).group_by(ArticleRow.status))
    return dict.fromkeys((status.value for status in Status), 0) | dict(rows.all())


def count_in_force(session: Session) -> int:
    """How many articles there are for readers: of each article one version, withdrawn ones left out."""
    hidden = select(func.count()).select_from(StandingRow).where(StandingRow.standing != Standing.IN_FORCE.value)
    stored = select(func.count()).select_from(ArticleRow)
    return session.scalars(stored).one() - session.scalars(hidden).one()


def _submitted(record: ArticleRecord) -> Article:
    return Article(
        text=record.text,
        title=record.title,
        language=record.language,
        uri=record.uri,
        version=record.version,
        agency=record.agency,
        byline=record.byline,
        published_at=record.published_at,
    )


def _lock_versions(session: Session, uri: str) -> None:
    """Take the lock of the versions of a uri; where there are others, after the lock of those who save claims.

    A first version changes nothing that is in force, and waits for nobody who reads articles.
    """
    key, others = versions.key(uri, ""), select(ArticleRow.id).where(ArticleRow.uri == uri).limit(1)
    if session.scalar(others) is None:
        alone = session.begin_nested()
        versions.lock(session, [key])
        if session.scalar(others) is None:
            alone.commit()
            return
        # Somebody stored one in between. Going back gives the lock up, so that both are taken in everybody's order.
        alone.rollback()
    versions.hold(session, [key])


def _check_text(article: Article) -> None:
    for name in ("text", "title", "uri", "version", "agency", "byline"):
        value = getattr(article, name)
        if value is None:
            continue
        place = value.find("\0")
        if place >= 0:
            raise NotText(f"the {name} holds a NUL character at code point {place}")
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise NotText(f"the {name} holds half a surrogate pair at code point {error.start}") from None


def _articles() -> Select[ArticleRow, int, str | None]:
    claim_count = select(func.count()).where(ClaimRow.article_id == ArticleRow.id).scalar_subquery()
    standing = select(StandingRow.standing).where(StandingRow.article_id == ArticleRow.id).scalar_subquery()
    return select(ArticleRow, claim_count, standing).execution_options(populate_existing=True)


def _records(session: Session, query: Select[ArticleRow, int, str | None]) -> list[ArticleRecord]:
    return [
        ArticleRecord(
            id=row.id,
            text=row.text,
            title=row.title,
            language=row.language,
            uri=row.uri,
            version=row.version or None,
            agency=row.agency,
            byline=row.byline,
            published_at=row.published_at,
            stored_at=row.stored_at,
            status=row.status,
            error=row.error,
            claim_count=claim_count,
            standing=Standing(standing or Standing.IN_FORCE),
        )
        for row, claim_count, standing in session.execute(query)
    ]
