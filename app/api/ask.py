"""``/v1/ask``: plain questions in Swedish and English."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.dependencies import Reading, link_next
from app.api.schemas.ask import AnswerOut, AskQuery
from app.asking.answer import answer, understand
from app.storage.articles import get_article

router = APIRouter(prefix="/v1/ask", tags=["ask"])


@router.get("", operation_id="ask", summary="Ask a question")
def ask(request: Request, response: Response, session: Reading, query: Annotated[AskQuery, Query()]) -> AnswerOut:
    """The claims that answer a plain question, a sentence about them, and how the question was understood.

    For instance "what did Baku claim about Armenia", "vad förnekade Armenien", "vem anklagade Ryssland". Where a
    question can be read in two ways, one is answered, said in `notes`, and the other is in `offered`. The bare name of
    an actor asks what that actor said. A question that asks for nothing of the kind is refused (422) with examples.
    """
    question = understand(session, query.q)
    if query.article is not None:
        get_article(session, query.article)
    found = answer(session, question, scope=query.scope, article=query.article, limit=query.limit, cursor=query.cursor)
    link_next(request, response, found.page.next_cursor)
    return AnswerOut.of(found)
