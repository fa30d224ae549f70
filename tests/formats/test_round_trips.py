"""What goes out comes back: every field of every claim, from each format that claims are written in."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld as processor

from app.domain.actor import ActorKind
from app.domain.claim import Confidence
from app.domain.record import ActorRef, ClaimRecord
from app.domain.span import Span
from app.formats.claim_file import ClaimFile, claim_file
from app.formats.csv_rows import joined
from app.formats.jsonld import NAMESPACE, claim_jsonld
from tests.formats.reading_back import from_csv, from_jsonl, from_node, parted
from tests.graph.gold import gold_rows

BASE = "https://example.org/v1"
GOLD = gold_rows().claims
# Everything that a gold claim need not have.
FULL = replace(
    GOLD[0],
    confidence=Confidence(1.0, 0.95, 0.9, 0.8, 0.0),
    via=ActorRef("act_via", "Bo | Ek \\ Al", ActorKind.PERSON),
    content=(Span(0, 3, "= a"), Span(9, 14, "b … c")),
    text="= a … b … c",
    evidence=(("content", "a | b"), ("speaker", "nsubj")),
    reports=30,
    sources=2,
    leading_id="clm_first",
    targets=tuple(
        replace(target, mention=mention)
        for target, mention in zip(GOLD[0].targets * 2, (None, Span(3, 5, "| ")), strict=False)
    ),
)
# Another claim that bears on this one would name its speakers.
ALONE = next(claim for claim in GOLD[1:] if not claim.relations and not claim.responses)
CLAIMS = [FULL, *(replace(claim, speakers=()) if claim is ALONE else claim for claim in GOLD[1:])]


def read(form: ClaimFile, text: str) -> list[ClaimRecord]:
    if form is ClaimFile.CSV:
        return from_csv(text)
    if form is ClaimFile.JSONL:
        return from_jsonl(text.splitlines(keepends=True))
    return [from_node(node) for node in json.loads(text)["@graph"]]


@pytest.mark.parametrize("form", ClaimFile)
def test_every_field_comes_back(form: ClaimFile) -> None:
    back = read(form, "".join(claim_file(form, CLAIMS, BASE)))
    for claim, found in zip(CLAIMS, back, strict=True):
        assert found == claim


def test_the_claims_hold_what_is_to_come_back() -> None:
    for name in ("via", "confidence", "parent_id", "relations", "responses", "speaker", "cue", "targets", "leading_id"):
        assert any(getattr(claim, name) for claim in CLAIMS), name
    assert any(relation.mention for claim in CLAIMS for relation in claim.relations)
    assert any(len(claim.speakers) > 1 for claim in CLAIMS)
    assert any(not claim.speakers for claim in CLAIMS)


@given(st.lists(st.text(alphabet="a |\\\n…"), min_size=1))
def test_values_in_one_cell_are_told_apart(values: list[str]) -> None:
    assert parted(joined(values), len(values)) == values


@pytest.mark.parametrize("form", ClaimFile)
def test_a_file_is_made_as_claims_come(form: ClaimFile) -> None:
    seen = 0

    def claims() -> object:
        nonlocal seen
        while True:
            seen += 1
            yield FULL

    pieces = claim_file(form, claims(), BASE)  # type: ignore[arg-type]
    assert len(next(pieces)) > 60_000
    assert 10 < seen < 200


def offline(address: str, options: object) -> None:
    raise AssertionError(f"{address} was asked for")


def test_json_ld_expands_without_the_network_and_loses_no_term() -> None:
    document = claim_jsonld(FULL, BASE)
    (node,) = processor.expand(document, {"documentLoader": offline})
    assert node["@id"] == f"{BASE}/claims/{FULL.id}"
    assert {name for name in node if not name.startswith(("@", NAMESPACE, "https://schema.org/"))} == set()
    compacted = processor.compact(node, document["@context"], {"documentLoader": offline})
    # Nothing is lost on the way: the terms come back, and with them what they say.
    assert {name for name in compacted if name != "@context"} == {name for name in document if name != "@context"}
    assert compacted["sagesman:confidence"] == 1.0
    parts = node[f"{NAMESPACE}part"][0]["@list"]
    assert [part[f"{NAMESPACE}start"][0]["@value"] for part in parts] == [0, 9]


def test_a_file_of_json_ld_is_the_same_facts_as_its_claims_alone() -> None:
    options = {"documentLoader": offline, "format": "application/n-quads"}
    whole = json.loads("".join(claim_file(ClaimFile.JSONLD, GOLD[:3], BASE)))
    facts = processor.to_rdf(whole, options).splitlines()
    alone = [line for claim in GOLD[:3] for line in processor.to_rdf(claim_jsonld(claim, BASE), options).splitlines()]
    assert {line for line in facts if "_:" not in line} == {line for line in alone if "_:" not in line}
    assert len(facts) > 50
