"""With the gold claims stored, every development question gets exactly its gold answer, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.asking.answer import answer
from app.asking.question import Asks, parse_question
from app.storage.claims import Scope
from tests.asking.conftest import on_both_databases
from tests.gold_extraction import gold_article, gold_claim_ids, gold_queries


@pytest.mark.parametrize("query", gold_queries(), ids=lambda query: query["ask"])
def test_the_question_is_read_right(query: dict[str, str | None]) -> None:
    question = parse_question(str(query["ask"]))
    assert question.speaker == query["speaker"]
    assert question.target == query.get("target")
    assert question.act == query.get("act")
    assert question.asks is (Asks.CONTENT if query["speaker"] else Asks.SPEAKER)
    assert question.q is None
    assert question.topic is None


@on_both_databases
def test_every_question_is_answered_exactly(session: Session) -> None:
    for query in gold_queries():
        doc_id = query["doc_id"]
        known, sure = gold_claim_ids(doc_id), set(gold_claim_ids(doc_id, optional=False).values())
        for scope, expected in ((Scope.PARTY, query["expect"]), (Scope.OWN, query["direct"])):
            found = answer(
                session, parse_question(query["ask"]), scope=scope, article=gold_article(doc_id).id, limit=100
            )
            claims = [known[claim.id] for claim in found.page.items]
            # What reasonable annotators differ on is neither right nor wrong.
            assert [ref for ref in claims if ref in sure] == [ref for ref in expected if ref in sure], query["ask"]
            assert found.page.next_cursor is None
