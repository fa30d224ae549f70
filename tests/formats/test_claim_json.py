from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.actor import ActorKind
from app.domain.claim import Act, Confidence
from app.domain.record import ActorRef, ClaimRecord
from app.errors import InputError
from app.formats.claim_json import claim_document, claim_record, jsonl, read_jsonl
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
    assert list(read_jsonl(jsonl(claims))) == claims


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
    assert list(read_jsonl([line])) == [claim]


def test_lines_are_written_as_claims_come() -> None:
    def endless() -> object:
        while True:
            yield FULL

    lines = jsonl(endless())  # type: ignore[arg-type]
    assert next(lines) == next(lines)


def test_blank_lines_count_for_nothing() -> None:
    assert list(read_jsonl(["\n", *jsonl([FULL]), "  \n"])) == [FULL]


def test_what_is_no_json_is_named_with_its_line() -> None:
    with pytest.raises(InputError, match=r"^claims.jsonl, line 2: not JSON: .* column 1$"):
        list(read_jsonl([*jsonl([FULL]), "nonsense\n"], "claims.jsonl"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"act": "shout"}, "not a claim: 'shout' is not a valid Act"),
        ({"content": []}, "not a claim: no content"),
        ({"content": [{"start": 5, "end": 4, "text": ""}]}, "not a claim: a span needs"),
        ({"speakers": None}, "not a claim"),
        ({"id": 7}, "not a claim: 7 stands where text is needed"),
        ({"article": {"id": "a", "title": None, "published_at": "yesterday"}}, "not a claim: .*yesterday"),
    ],
)
def test_what_is_no_claim_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        claim_record({**claim_document(FULL), **change})


def test_a_key_that_no_claim_has_is_not_read() -> None:
    assert claim_record({**claim_document(FULL), "colour": "red"}) == FULL


def test_a_missing_key_is_named() -> None:
    document = claim_document(FULL)
    del document["cue"]
    with pytest.raises(InputError, match="claim: 'cue' is missing"):
        claim_record(document)
    with pytest.raises(InputError, match="not a claim"):
        claim_record("text")


def test_the_document_is_json_and_says_where_it_stands() -> None:
    claim: ClaimRecord = CLAIMS[0]
    document = json.loads(json.dumps(claim_document(claim)))
    assert document["article"] == {
        "id": claim.article_id,
        "title": "Karabach",
        "published_at": "2023-09-21T00:00:00+00:00",
    }
    assert document["content"] == [{"start": 356, "end": 394, "text": "att omedelbart stoppa sina operationer"}]
