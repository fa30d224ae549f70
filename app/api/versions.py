"""``/v1/articles/{article_id}/versions`` and ``…/withdrawal``: corrections and kills."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.articles import ArticleId
from app.api.caller import CallerOf
from app.api.dependencies import EngineOf, Reading
from app.api.schemas.base import NoQuery
from app.api.schemas.version import VersionOut, Versions, WithdrawalIn, WithdrawalOut, Withdrawals
from app.errors import NotFound
from app.storage.engine import transaction
from app.storage.lineage import history
from app.storage.withdrawals import undo_withdrawal, withdraw, withdrawal_of

router = APIRouter(prefix="/v1/articles/{article_id}", tags=["articles"])


@router.get("/versions", operation_id="list_article_versions", summary="Versions of an article")
def list_versions(article_id: ArticleId, session: Reading, query: Annotated[NoQuery, Query()]) -> Versions:
    """All versions under the `uri` of an article, newest first, and what each changed in the claims.

    Also for a withdrawn article: this says since when it is, and by whom.
    """
    return Versions(items=[VersionOut.of(record) for record in history(session, article_id)])


@router.get("/withdrawal", operation_id="get_withdrawal", summary="Why an article is withdrawn")
def get_one(article_id: ArticleId, session: Reading, query: Annotated[NoQuery, Query()]) -> WithdrawalOut:
    """The withdrawal that covers an article, with its reason. An article that is not withdrawn has none (404)."""
    found = withdrawal_of(session, article_id)
    if found is None:
        raise NotFound(f"article {article_id} is not withdrawn")
    return WithdrawalOut.of(found)


@router.post(
    "/withdrawal",
    operation_id="withdraw_article",
    summary="Withdraw an article",
    status_code=201,
    responses={200: {"model": WithdrawalOut, "description": "It was withdrawn by hand before; nothing changed."}},
)
def withdraw_one(
    article_id: ArticleId,
    sent: WithdrawalIn,
    query: Annotated[NoQuery, Query()],
    response: Response,
    engine: EngineOf,
    caller: CallerOf,
) -> WithdrawalOut:
    """Withdraw an article with all versions of it, those to come included, until somebody takes that back.

    Its claims are in no listing, count, answer or picture from now on, and it answers with 410. Nothing is deleted.
    """
    with transaction(engine) as session:
        record, is_new = withdraw(session, article_id, author=caller.name, reason=sent.reason)
    response.status_code = 201 if is_new else 200
    return WithdrawalOut.of(record)


@router.delete("/withdrawal", operation_id="undo_withdrawal", summary="Take a withdrawal back")
def undo(article_id: ArticleId, query: Annotated[NoQuery, Query()], engine: EngineOf, caller: CallerOf) -> Withdrawals:
    """Take back whatever withdraws an article or other versions of it, the sender's kill too; gives what was undone.

    The article and its claims are there again as they were. The same kill sent again stays taken back.
    """
    with transaction(engine) as session:
        undone = undo_withdrawal(session, article_id, author=caller.name)
    return Withdrawals(items=[WithdrawalOut.of(record) for record in undone])
