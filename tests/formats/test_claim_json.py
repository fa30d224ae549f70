from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.actor import ActorKind
from app.domain.claim import Act, Confidence
from app.domain.record import ActorRef, ClaimRecord
from app.formats.claim_json import claim_document, jsonl
from tests.formats.reading_back import from_jsonl
from tests.graph.gold import gold_rows

CLAIMS = gold_rows().claims
FULL = replace(
    next(claim for claim in CLAIMS if claim.act is Act.DENIAL),
    confidence=Confidence(0.9, 0.8, 0.7, 0.6, 0.5),
    via=ActorRef("act_1", "Talesperson", ActorKind.PERSON),
    published_at=None,
)


def test_claims_come_back_as_they_went() -> None:
    claims = [*CLAIMS, FULL]
    assert from_jsonl(jsonl(claims)) == claims


def test_a_line_is_one_claim_and_letters_stay_letters() -> None:
    lines = list(jsonl(CLAIMS))
    assert len(lines) == len(CLAIMS)
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)
    assert "förvärra" in "".join(lines)


@given(st.text(st.characters()))
def test_any_text_survives(text: str) -> None:
    claim = replace(FULL, text=text)
    (line,) = jsonl([claim])
    assert line.encode("utf-8")
    assert from_jsonl([line]) == [claim]


def test_lines_are_written_as_claims_come() -> None:
    def endless() -> object:
        while True:
            yield FULL

    lines = jsonl(endless())  # type: ignore[arg-type]
    assert next(lines) == next(lines)


def test_the_document_is_json_and_says_where_it_stands() -> None:
    claim: ClaimRecord = CLAIMS[0]
    document = json.loads(json.dumps(claim_document(claim)))
    assert document["article"] == {
        "id": claim.article_id,
        "title": "Karabach",
        "published_at": "2023-09-21T00:00:00+00:00",
    }
    assert document["content"] == [{"start": 356, "end": 394, "text": "att omedelbart stoppa sina operationer"}]
