"""Which version of an article is in force: worked out when a version or a kill comes or goes (`app.domain.version`).

What a version takes over or gives up changes which report of a claim leads, takes corrections by people along, and is
told to who listens, all in the same transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.event import EventKind
from app.domain.version import Kill, Standing, Version, in_order, standings
from app.storage.carrying import carry
from app.storage.folding import fold_standing
from app.storage.notices import Move, tell
from app.storage.standings import StandingRow
from app.storage.tables import ID, ArticleRow, Base
from app.storage.upsert import insert_one, insert_or_replace, serialize


class WithdrawalRow(Base):
    """A kill: of a ``uri``, or of the one article ``article_id`` that has none; in force while ``undone_at`` is empty.

    ``version`` and ``dated_at`` say up to which version a sender withdraws; a person (``by_person``) withdraws all.
    """

    __tablename__ = "withdrawals"
    __table_args__ = (Index(None, "uri"), Index(None, "article_id"))

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    uri: Mapped[str | None] = mapped_column(Text)
    article_id: Mapped[str | None] = mapped_column(ID, ForeignKey("articles.id", ondelete="CASCADE"))
    version: Mapped[str] = mapped_column(Text)
    dated_at: Mapped[datetime]
    by_person: Mapped[bool]
    author: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(Text)


def lock(session: Session, keys: Collection[str]) -> None:
    """Let one transaction at a time change how the versions of each of these articles stand (`key`).

    Where that changes which claims are in force, the caller has the lock of those who save claims already (`hold`).
    """
    serialize(session, *(f"versions {each}" for each in keys))


def hold(session: Session, keys: Collection[str]) -> None:
    """Let one transaction at a time change which versions of these articles are in force, and with them the claims.

    First the `lock` of those who save claims, then that of the articles in one order: everybody takes them so. Whoever
    stores and withdraws several articles in one transaction calls this with the `key` of all of them before the first:
    taken one by one in between, two such transactions would wait for each other.
    """
    serialize(session, "judgements")
    lock(session, keys)


def key(uri: str | None, article_id: str) -> str:
    """What names all versions of an article: its uri, or the id of one that has none."""
    return article_id if uri is None else f"uri {uri}"


def enter(session: Session, article_id: str, uri: str) -> None:
    """Take a new version of ``uri`` among the others. The caller holds the `lock`."""
    row = {"article_id": article_id, "standing": Standing.PENDING.value, "was_read": False}
    insert_one(session, StandingRow, row)
    settle(session, [uri], entered=article_id)


def mark_read(session: Session, article_ids: Collection[str]) -> None:
    """Note that the claims of those articles were found, and let the newer versions among them take over."""
    query = select(ArticleRow.uri).where(ArticleRow.id.in_(article_ids), ArticleRow.uri.is_not(None)).distinct()
    uris = [uri for uri in session.scalars(query) if uri is not None]
    if not uris:
        return
    lock(session, [key(uri, "") for uri in uris])
    settle(session, uris, frozenset(article_ids))


def settle(
    session: Session, uris: Collection[str], read: frozenset[str] = frozenset(), entered: str | None = None
) -> None:
    """Write down the standing of every version of those uris, and tell who listens what changed.

    ``read`` were read just now, ``entered`` came just now. Call under the `lock`.
    """
    versions, before = _versions(session, ArticleRow.uri.in_(uris), read)
    kills = _kills(session, WithdrawalRow.uri.in_(uris))
    _write(session, versions, kills, before, entered)


def settle_alone(session: Session, article_id: str) -> None:
    """As `settle`, for an article without a uri."""
    versions, before = _versions(session, ArticleRow.id == article_id, frozenset())
    _write(session, versions, _kills(session, WithdrawalRow.article_id == article_id), before)


def ordered(session: Session, uri: str) -> list[tuple[Version, Standing]]:
    """Every version of ``uri`` with its standing, oldest first."""
    versions, before = _versions(session, ArticleRow.uri == uri, frozenset())
    return [(each, Standing(before[each.id][0])) for each in in_order(versions[uri])]


def replaces(session: Session, article_id: str) -> str | None:
    """Id of the version whose place the article has taken, or takes once it was read; ``None`` where there is none."""
    uri = session.scalar(select(ArticleRow.uri).where(ArticleRow.id == article_id))
    earlier: str | None = None
    current: str | None = None
    for version, standing in ordered(session, uri) if uri is not None else ():
        if version.id == article_id:
            return {Standing.PENDING: current, Standing.IN_FORCE: earlier}.get(standing)
        if standing is not Standing.WITHDRAWN:
            earlier = version.id
        if standing is Standing.IN_FORCE:
            current = version.id
    return None


def _versions(
    session: Session, condition: ColumnElement[bool], read: frozenset[str]
) -> tuple[dict[str, list[Version]], dict[str, tuple[str, bool]]]:
    """The versions by uri (or id), and for each its row as it is."""
    query = (
        select(
            ArticleRow.id,
            ArticleRow.uri,
            ArticleRow.version,
            ArticleRow.dated_at,
            ArticleRow.stored_at,
            StandingRow.standing,
            StandingRow.was_read,
        )
        .outerjoin(StandingRow, StandingRow.article_id == ArticleRow.id)
        .where(condition)
    )
    versions: defaultdict[str, list[Version]] = defaultdict(list)
    before = {}
    for row_id, uri, version, dated_at, stored_at, standing, was_read in session.execute(query):
        before[row_id] = (standing or Standing.IN_FORCE.value, bool(was_read))
        known = Version(row_id, version, dated_at, stored_at, bool(was_read) or row_id in read)
        versions[uri or row_id].append(known)
    return versions, before


def _kills(session: Session, condition: ColumnElement[bool]) -> defaultdict[str, list[Kill]]:
    query = select(
        WithdrawalRow.uri,
        WithdrawalRow.article_id,
        WithdrawalRow.version,
        WithdrawalRow.dated_at,
        WithdrawalRow.by_person,
    ).where(condition, WithdrawalRow.undone_at.is_(None))
    found: defaultdict[str, list[Kill]] = defaultdict(list)
    for uri, article_id, version, dated_at, by_person in session.execute(query):
        found[uri or article_id or ""].append(Kill(version, dated_at, by_person))
    return found


def _write(
    session: Session,
    versions: dict[str, list[Version]],
    kills: defaultdict[str, list[Kill]],
    before: dict[str, tuple[str, bool]],
    entered: str | None = None,
) -> None:
    rows: list[dict[str, str | bool]] = []
    moves: list[Move] = []
    for subject, each in versions.items():
        stands = standings(each, kills[subject])
        rows += [
            {"article_id": one.id, "standing": stands[one.id].value, "was_read": one.was_read}
            for one in each
            if before[one.id] != (stands[one.id].value, one.was_read)
        ]
        current = next((one.id for one in each if stands[one.id] is Standing.IN_FORCE), None)
        # What came just now has no claims, and nobody could know of it yet.
        moves += [
            Move(one.id, was, stands[one.id], current)
            for one in in_order(each)
            if one.id != entered and (was := Standing(before[one.id][0])) is not stands[one.id]
        ]
    # Before it is in force, so that listeners are told of the claims as people have put them right.
    for move in moves:
        if move.kind is EventKind.ARTICLE_SUPERSEDED and move.current is not None:
            carry(session, move.article_id, move.current)
    insert_or_replace(session, StandingRow, sorted(rows, key=lambda row: str(row["article_id"])), key="article_id")
    fold_standing(session, {move.article_id for move in moves if move.changes_claims})
    tell(session, moves)
