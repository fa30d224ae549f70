"""Articles read anew: which, which of them are on the queue, and what came of each.

A rereading may take all articles there are. They go on the queue a few at a time (`feed`), so that an article that
comes in meanwhile is read next, and not after all of them.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.record import Page
from app.domain.rereading import Rereading, Selection
from app.errors import NotFound
from app.storage.pages import page_of_rows
from app.storage.tables import ID, ArticleRow, Base, core
from app.storage.upsert import insert_or_replace, serialize

_WAITING, _QUEUED, _DONE, _FAILED = "waiting", "queued", "done", "failed"


class EditionRow(Base):
    """Which edition of the rules and models last read an article, and when."""

    __tablename__ = "article_editions"
    __table_args__ = (Index(None, "edition"),)

    article_id: Mapped[str] = mapped_column(ID, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    edition: Mapped[str] = mapped_column(Text)
    read_at: Mapped[datetime]


class RereadingRow(Base):
    """A request to read articles anew."""

    __tablename__ = "rereadings"
    __table_args__ = (Index(None, "asked_at", "id"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    asked_at: Mapped[datetime]
    author: Mapped[str] = mapped_column(Text)
    stopped_at: Mapped[datetime | None]


class RereadArticleRow(Base):
    """An article of such a request: whether it waits, is on the queue or has ended, and what changed in its claims."""

    __tablename__ = "reread_articles"
    __table_args__ = (Index(None, "status", "rereading_id", "article_id"), Index(None, "article_id", "status"))

    rereading_id: Mapped[str] = mapped_column(ID, ForeignKey("rereadings.id", ondelete="CASCADE"), primary_key=True)
    article_id: Mapped[str] = mapped_column(ID, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    status: Mapped[str] = mapped_column(String(16))
    added: Mapped[int]
    removed: Mapped[int]
    changed: Mapped[int]


def begin(session: Session, selection: Selection, *, author: str) -> Rereading:
    """Have the articles of the selection read anew; workers put them on the queue by and by.

    All versions are read, withdrawn ones too: they may come back. Raises `NotFound` for a name that no article has.
    """
    now = datetime.now(UTC)
    made = RereadingRow(id=f"rrd_{secrets.token_hex(10)}", asked_at=now, author=author)
    session.add(made)
    session.flush()
    nothing = literal(0)
    chosen = select(literal(made.id), ArticleRow.id, literal(_WAITING), nothing, nothing, nothing)
    if selection.named is not None:
        _check_named(session, selection.named)
        chosen = chosen.where(ArticleRow.id.in_(selection.named) | ArticleRow.uri.in_(selection.named))
    if selection.since is not None:
        chosen = chosen.where(ArticleRow.dated_at >= selection.since)
    if selection.until is not None:
        chosen = chosen.where(ArticleRow.dated_at < selection.until)
    if selection.outdated is not None:
        by_others = or_(EditionRow.edition.is_(None), EditionRow.edition != selection.outdated)
        chosen = chosen.outerjoin(EditionRow, EditionRow.article_id == ArticleRow.id).where(by_others)
    columns = ["rereading_id", "article_id", "status", "added", "removed", "changed"]
    session.connection().execute(insert(core(RereadArticleRow)).from_select(columns, chosen))
    return get_rereading(session, made.id)


def feed(session: Session, most: int) -> list[str]:
    """Ids of articles to be put on the queue in this transaction, so that at most ``most`` are there for being reread.

    One that is on the queue anyway counts: it will be read by the rules of today.
    """
    if not is_any_waiting(session):
        return []
    serialize(session, "rereading")
    row = RereadArticleRow
    under_way = session.scalars(select(func.count()).select_from(row).where(row.status == _QUEUED)).one()
    next_ones = (
        select(row.rereading_id, row.article_id)
        .where(row.status == _WAITING)
        .order_by(row.rereading_id, row.article_id)
        .limit(max(0, most - under_way))
    )
    found = [article_id for _, article_id in session.execute(next_ones)]
    waiting = and_(row.status == _WAITING, row.article_id.in_(found))
    session.execute(update(row).where(waiting).values(status=_QUEUED))
    return list(dict.fromkeys(found))


def is_any_waiting(session: Session) -> bool:
    """Whether any article still has to be put on the queue."""
    waiting = select(RereadArticleRow.article_id).where(RereadArticleRow.status == _WAITING).limit(1)
    return session.scalar(waiting) is not None


def stop(session: Session, rereading_id: str) -> Rereading:
    """Read no more of it than is on the queue already. Twice is once; raises `NotFound`."""
    serialize(session, "rereading")
    row = session.get(RereadingRow, rereading_id, populate_existing=True)
    if row is None:
        raise NotFound(f"no rereading {rereading_id}")
    waiting = (RereadArticleRow.rereading_id == rereading_id, RereadArticleRow.status == _WAITING)
    if session.execute(delete(RereadArticleRow).where(*waiting).returning(RereadArticleRow.article_id)).all():
        row.stopped_at = datetime.now(UTC)
        session.flush()
    return get_rereading(session, rereading_id)


def note_changes(session: Session, changes: Mapping[str, tuple[int, int, int]]) -> None:
    """Note how many claims of each article came, went and changed, where it is being reread."""
    row = RereadArticleRow
    query = select(row.article_id).where(row.article_id.in_(changes), row.status == _QUEUED).distinct()
    for article_id in sorted(session.scalars(query)):
        added, removed, changed = changes[article_id]
        own = update(row).where(row.article_id == article_id, row.status == _QUEUED)
        session.execute(
            own.values(added=row.added + added, removed=row.removed + removed, changed=row.changed + changed)
        )


def note_read(session: Session, article_ids: Collection[str], edition: str) -> None:
    """Note which edition of the rules read those articles, and that they are reread where that was asked for."""
    now = datetime.now(UTC)
    rows = [{"article_id": each, "edition": edition, "read_at": now} for each in sorted(article_ids)]
    insert_or_replace(session, EditionRow, rows, key="article_id")
    _end(session, article_ids, _DONE)


def note_failed(session: Session, article_id: str) -> None:
    """Note that an article could not be read anew, where that was asked for. Its claims stay as they were."""
    _end(session, [article_id], _FAILED)


def get_rereading(session: Session, rereading_id: str) -> Rereading:
    """The rereading with that id; raises `NotFound`."""
    row = session.get(RereadingRow, rereading_id, populate_existing=True)
    if row is None:
        raise NotFound(f"no rereading {rereading_id}")
    return _records(session, [row])[0]


def list_rereadings(session: Session, cursor: str | None = None, limit: int = 20) -> Page[Rereading]:
    """Rereadings, newest first. Raises `BadCursor`."""
    order = (RereadingRow.asked_at, RereadingRow.id)
    rows, following = page_of_rows(
        session, select(RereadingRow), order, listing="rereadings", cursor=cursor, limit=limit, newest=True
    )
    return Page(tuple(_records(session, rows)), following)


def open_rereadings(session: Session) -> list[Rereading]:
    """Rereadings of which something is left to read, oldest first."""
    left = select(RereadArticleRow.rereading_id).where(RereadArticleRow.status.in_((_WAITING, _QUEUED)))
    rows = session.scalars(select(RereadingRow).where(RereadingRow.id.in_(left)).order_by(RereadingRow.asked_at))
    return _records(session, rows.all())


def _end(session: Session, article_ids: Collection[str], status: str) -> None:
    row = RereadArticleRow
    query = select(row.rereading_id, row.article_id).where(row.article_id.in_(article_ids), row.status == _QUEUED)
    for rereading_id, article_id in sorted(session.execute(query).all()):
        own = (row.rereading_id == rereading_id, row.article_id == article_id)
        session.execute(update(row).where(*own).values(status=status))


def _check_named(session: Session, wanted: Collection[str]) -> None:
    query = select(ArticleRow.id, ArticleRow.uri).where(ArticleRow.id.in_(wanted) | ArticleRow.uri.in_(wanted))
    known = {name for pair in session.execute(query) for name in pair}
    for name in wanted:
        if name not in known:
            raise NotFound(f"no article with the id or uri {name}")


def _records(session: Session, rows: Sequence[RereadingRow]) -> list[Rereading]:
    row = RereadArticleRow

    def count_of(*statuses: str) -> ColumnElement[int]:
        return func.sum(case((row.status.in_(statuses), 1), else_=0))

    query = (
        select(
            row.rereading_id,
            func.count(),
            count_of(_WAITING, _QUEUED),
            count_of(_DONE),
            count_of(_FAILED),
            func.sum(row.added),
            func.sum(row.removed),
            func.sum(row.changed),
        )
        .where(row.rereading_id.in_([each.id for each in rows]))
        .group_by(row.rereading_id)
    )
    sums = {rereading_id: tuple(map(int, numbers)) for rereading_id, *numbers in session.execute(query)}
    nothing = (0,) * 7
    return [
        Rereading(each.id, each.asked_at, each.author, each.stopped_at, *sums.get(each.id, nothing)) for each in rows
    ]
