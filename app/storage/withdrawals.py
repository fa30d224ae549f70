"""Kills: articles that their sender takes back, or somebody here. Rows that can be undone; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from app.domain.identity import content_id
from app.domain.record import WithdrawalRecord
from app.domain.version import Kill, Standing, Version, covers, in_order
from app.errors import NotFound, NotText, Withdrawn
from app.storage import versions
from app.storage.standings import StandingRow
from app.storage.tables import ArticleRow
from app.storage.upsert import insert_one
from app.storage.versions import WithdrawalRow


def kill(
    session: Session, uri: str, version: str | None = None, published_at: datetime | None = None, *, author: str
) -> WithdrawalRecord:
    """Note that the sender of ``uri`` withdraws it, up to ``version`` (`app.domain.version.covers`).

    It holds for what comes later too, so that a kill may arrive before its article. The same kill again changes
    nothing, not even when somebody has taken it back meanwhile: a feed repeats its kills, and what people decide wins.
    ``author`` is who delivered it.
    """
    versions.hold(session, [versions.key(uri, "")])
    now = datetime.now(UTC)
    # A moment is the same moment in every time zone.
    sent = published_at.astimezone(UTC).isoformat() if published_at is not None else ""
    row = {
        "id": content_id("wdr", uri, version or "", sent),
        "uri": uri,
        "article_id": None,
        "version": version or "",
        "dated_at": published_at or now,
        "by_person": False,
        "author": author,
        "reason": None,
        "at": now,
        "undone_at": None,
        "undone_by": None,
    }
    if insert_one(session, WithdrawalRow, row):
        versions.settle(session, [uri])
    return _records(session, [str(row["id"])])[0]


def withdraw(session: Session, article_id: str, *, author: str, reason: str) -> tuple[WithdrawalRecord, bool]:
    """Withdraw by hand all versions of an article, those to come included; gives the row, and whether it is new.

    What stands withdrawn by hand already is given back as it is. Raises `NotFound`, `NotText` for a reason with NUL.
    """
    if "\0" in reason:
        raise NotText(f"the reason holds a NUL character at code point {reason.index(chr(0))}")
    uri = _uri_of(session, article_id)
    versions.hold(session, [versions.key(uri, article_id)])
    known = select(WithdrawalRow.id).where(
        _of(uri, article_id), WithdrawalRow.by_person.is_(True), WithdrawalRow.undone_at.is_(None)
    )
    if (standing := session.scalar(known)) is not None:
        return _records(session, [standing])[0], False
    now = datetime.now(UTC)
    row = WithdrawalRow(
        id=content_id("wdr", uri or article_id, "by hand", now.isoformat()),
        uri=uri,
        article_id=article_id if uri is None else None,
        version="",
        dated_at=now,
        by_person=True,
        author=author,
        reason=reason,
        at=now,
    )
    session.add(row)
    session.flush()
    _settle(session, uri, article_id)
    return _records(session, [row.id])[0], True


def undo_withdrawal(session: Session, article_id: str, *, author: str) -> tuple[WithdrawalRecord, ...]:
    """Take back every withdrawal in force of the article and its other versions, the sender's too.

    Raises `NotFound` when there is no such article, or none of its versions is withdrawn.
    """
    uri = _uri_of(session, article_id)
    versions.hold(session, [versions.key(uri, article_id)])
    in_force = (_of(uri, article_id), WithdrawalRow.undone_at.is_(None))
    undone = session.scalars(select(WithdrawalRow.id).where(*in_force)).all()
    if not undone:
        raise NotFound(f"article {article_id} is not withdrawn")
    values = {"undone_at": datetime.now(UTC), "undone_by": author}
    session.execute(update(WithdrawalRow).where(WithdrawalRow.id.in_(undone)).values(values))
    _settle(session, uri, article_id)
    return _records(session, undone)


def withdrawals(session: Session, article_id: str) -> tuple[WithdrawalRecord, ...]:
    """Every withdrawal of the article or of other versions of it, undone ones too, oldest first; raises `NotFound`."""
    uri = _uri_of(session, article_id)
    return _records(session, session.scalars(select(WithdrawalRow.id).where(_of(uri, article_id))).all())


def withdrawal_of(session: Session, article_id: str) -> WithdrawalRecord | None:
    """The withdrawal that covers the article now, the newest where there are several; raises `NotFound`."""
    uri = _uri_of(session, article_id)
    query = select(ArticleRow.version, ArticleRow.dated_at, ArticleRow.stored_at).where(ArticleRow.id == article_id)
    version = Version(article_id, *session.execute(query).one())
    rows = session.scalars(
        select(WithdrawalRow)
        .where(_of(uri, article_id), WithdrawalRow.undone_at.is_(None))
        .execution_options(populate_existing=True)
    )
    covering = [row for row in rows if covers(Kill(row.version, row.dated_at, row.by_person), version)]
    newest = max(covering, key=lambda row: (row.at, row.id), default=None)
    return _records(session, [newest.id])[0] if newest is not None else None


def refuse_withdrawn(session: Session, article_id: str) -> None:
    """Raise `Withdrawn`, saying since when, where the article is not to be seen."""
    standing = session.scalar(select(StandingRow.standing).where(StandingRow.article_id == article_id))
    if standing == Standing.WITHDRAWN:
        covering = withdrawal_of(session, article_id)
        since = f" on {covering.at.astimezone(UTC):%Y-%m-%d at %H:%M:%S} UTC" if covering is not None else ""
        by = "its sender" if covering is None or not covering.by_person else "the newsroom"
        raise Withdrawn(f"article {article_id} was withdrawn by {by}{since}")


def ids_named(session: Session, name: str) -> list[str]:
    """Ids of the articles that ``name`` means: an article's id, or the uri of several versions; the newest first."""
    means = (ArticleRow.id == name) | (ArticleRow.uri == name)
    return list(session.scalars(select(ArticleRow.id).where(means).order_by(ArticleRow.dated_at.desc(), ArticleRow.id)))


def _uri_of(session: Session, article_id: str) -> str | None:
    found = session.execute(select(ArticleRow.uri).where(ArticleRow.id == article_id)).first()
    if found is None:
        raise NotFound(f"no article {article_id}")
    return found[0]


def _of(uri: str | None, article_id: str) -> ColumnElement[bool]:
    return WithdrawalRow.article_id == article_id if uri is None else WithdrawalRow.uri == uri


def _settle(session: Session, uri: str | None, article_id: str) -> None:
    if uri is None:
        versions.settle_alone(session, article_id)
    else:
        versions.settle(session, [uri])


def _records(session: Session, ids: Sequence[str] | Collection[str]) -> tuple[WithdrawalRecord, ...]:
    rows = session.scalars(
        select(WithdrawalRow)
        .where(WithdrawalRow.id.in_(ids))
        .order_by(WithdrawalRow.at, WithdrawalRow.id)
        .execution_options(populate_existing=True)
    ).all()
    return tuple(
        WithdrawalRecord(
            id=row.id,
            uri=row.uri,
            version=row.version or None,
            by_person=row.by_person,
            author=row.author,
            reason=row.reason,
            at=row.at,
            undone_at=row.undone_at,
            undone_by=row.undone_by,
            articles=_covered(session, row),
        )
        for row in rows
    )


def _covered(session: Session, row: WithdrawalRow) -> tuple[str, ...]:
    """Ids of the stored articles that the withdrawal covers, oldest first, whether or not it was taken back."""
    whose = ArticleRow.id == row.article_id if row.uri is None else ArticleRow.uri == row.uri
    query = select(ArticleRow.id, ArticleRow.version, ArticleRow.dated_at, ArticleRow.stored_at).where(whose)
    known = Kill(row.version, row.dated_at, row.by_person)
    found = in_order([Version(*each) for each in session.execute(query)])
    return tuple(each.id for each in found if covers(known, each))
