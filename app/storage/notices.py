"""What listeners are told when versions of articles come in force, go out of it, or are withdrawn.

To whoever listens, a claim is there as long as listings show it: `EventKind.CLAIM_ADDED` and `EventKind.CLAIM_REMOVED`
tell of claims that come and go with their article, too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.event import EventKind, Happening
from app.domain.kept import kept
from app.domain.record import ClaimRecord
from app.domain.version import Standing
from app.storage.changes import States, claim_happenings, stored_claims
from app.storage.events import record_all
from app.storage.records import claim_records, claim_rows
from app.storage.tables import ArticleRow, ClaimRow

# Ids of claims that the event of an article names; the events of the claims name all.
MOST_IDS = 200


@dataclass(frozen=True, slots=True)
class Move:
    """An article that stood elsewhere before; ``current`` is the version that is in force now, if one is."""

    article_id: str
    was: Standing
    now: Standing
    current: str | None = None

    @property
    def changes_claims(self) -> bool:
        """Whether its claims came into the listings or went out of them."""
        return Standing.IN_FORCE in (self.was, self.now)

    @property
    def kind(self) -> EventKind | None:
        """What is told of the article itself. That a first version is in force is not news, nor that one waits."""
        if self.now is Standing.WITHDRAWN:
            return EventKind.ARTICLE_WITHDRAWN
        if self.now is Standing.SUPERSEDED and self.was is Standing.IN_FORCE:
            return EventKind.ARTICLE_SUPERSEDED
        if self.was in (Standing.WITHDRAWN, Standing.SUPERSEDED):
            return EventKind.ARTICLE_RESTORED
        return None


def tell(session: Session, moves: Sequence[Move]) -> None:
    """Note the events of these moves, after they were written: what goes first, then what comes in its place."""
    moves = [move for move in moves if move.kind is not None or move.changes_claims]
    if not moves:
        return
    claims = stored_claims(session, [move.article_id for move in moves])
    same = _kept(session, moves)
    query = select(ArticleRow.id, ArticleRow.uri, ArticleRow.version).where(
        ArticleRow.id.in_([move.article_id for move in moves])
    )
    sent = {article_id: (uri, version) for article_id, uri, version in session.execute(query)}
    happenings: list[Happening] = []
    for move in sorted(moves, key=lambda move: move.now is Standing.IN_FORCE):
        own = {claim_id: state for claim_id, state in claims.items() if state["article"][0] == move.article_id}
        if move.kind is not None:
            happenings.append(_of_article(move.kind, move, own, *sent[move.article_id]))
        if move.changes_claims:
            happenings += _of_claims(move, own, same)
    record_all(session, happenings)


def _of_article(kind: EventKind, move: Move, claims: States, uri: str | None, version: str) -> Happening:
    data: dict[str, object] = {
        "uri": uri,
        "version": version or None,
        "standing": move.now.value,
        "claims": len(claims),
        "claim_ids": list(claims)[:MOST_IDS],
    }
    if kind is EventKind.ARTICLE_SUPERSEDED:
        data["by"] = move.current
    return Happening(kind, move.article_id, data=data)


def _of_claims(move: Move, claims: States, same: Mapping[str, str]) -> list[Happening]:
    if move.now is Standing.IN_FORCE:
        why = {"because": "restored"} if move.kind is EventKind.ARTICLE_RESTORED else {}
        return claim_happenings(EventKind.CLAIM_ADDED, claims, dict.fromkeys(claims, why))
    more = {
        claim_id: {"because": move.now.value, **({"kept_as": same[claim_id]} if claim_id in same else {})}
        for claim_id in claims
    }
    # What is withdrawn may hurt somebody: its words are not told once more.
    words = move.now is not Standing.WITHDRAWN
    return claim_happenings(EventKind.CLAIM_REMOVED, claims, more, words=words)


def _kept(session: Session, moves: Collection[Move]) -> dict[str, str]:
    """For claims of versions that another one takes the place of: the claim there that says the same."""
    found: dict[str, str] = {}
    for move in moves:
        if move.kind is EventKind.ARTICLE_SUPERSEDED and move.current is not None:
            found |= kept(_claims(session, move.article_id), _claims(session, move.current))
    return found


def _claims(session: Session, article_id: str) -> list[ClaimRecord]:
    return claim_records(session, claim_rows().where(ClaimRow.article_id == article_id).order_by(ClaimRow.position))
