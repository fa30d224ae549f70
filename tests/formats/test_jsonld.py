from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from app.domain.actor import ActorKind
from app.domain.claim import Act, Mode, RelationKind
from app.formats.jsonld import CONTEXT, NAMESPACE, actor_type, claim_jsonld, claim_node, jsonld_parts
from tests.graph.gold import gold_rows

ROWS = gold_rows()
BASE = "https://example.org/v1/"
DENIAL = next(claim for claim in ROWS.claims if claim.act is Act.DENIAL and claim.text == "denna anklagelse")
DENIED = next(claim for claim in ROWS.claims if claim.id == DENIAL.relations[0].claim_id)


def terms(value: Any) -> set[str]:
    """All keys that stand anywhere in a JSON value."""
    if isinstance(value, dict):
        return set(value) | {term for inner in value.values() for term in terms(inner)}
    if isinstance(value, list):
        return {term for inner in value for term in terms(inner)}
    return set()


def test_a_denial_points_to_the_claim_denied_and_back() -> None:
    address = "https://example.org/v1/claims/"
    assert claim_node(DENIAL, BASE)["sagesman:denies"] == [f"{address}{DENIED.id}"]
    assert claim_node(DENIED, BASE)["sagesman:deniedBy"] == [f"{address}{DENIAL.id}"]


def test_quoted_words_are_a_quotation_and_reported_ones_are_not() -> None:
    types = {claim.mode: claim_node(claim, BASE)["@type"] for claim in ROWS.claims}
    assert types == {Mode.DIRECT: ["Claim", "Quotation"], Mode.INDIRECT: "Claim", Mode.MIXED: "Claim"}


def test_the_speaker_is_the_creator_and_the_target_what_it_is_about() -> None:
    accusation = next(claim for claim in ROWS.claims if claim.act is Act.ACCUSATION)
    node = claim_node(accusation, BASE)
    (speaker,), (target,) = node["creator"], node["about"]
    assert (speaker["@type"], speaker["name"], speaker["sagesman:actorKind"]) == (
        "GovernmentOrganization",
        "Armenien",
        "state",
    )
    (aimed,) = node["sagesman:target"]
    assert (aimed["sagesman:role"], aimed["sagesman:actor"]) == ("accused", {"@id": target["@id"]})
    assert aimed["sagesman:mention"]["text"] == accusation.targets[0].mention.text
    assert node["text"] == accusation.text


def test_actors_are_the_same_as_others_know_them() -> None:
    claim = next(claim for claim in ROWS.claims if claim.speakers and claim.targets and claim.responses)
    node = claim_node(claim, BASE, same_as=lambda actor: f"urn:other:{actor.id}")
    actors = [*node["creator"], *node["about"], *node["sagesman:response"][0]["sagesman:speaker"]]
    assert {actor["sameAs"].removeprefix("urn:other:") for actor in actors} == {
        actor["@id"].rpartition("/")[2] for actor in actors
    }
    assert CONTEXT["sameAs"]["@type"] == "@id"


def test_the_article_says_what_is_known_of_it() -> None:
    bare = claim_node(DENIAL, BASE)["isPartOf"]
    assert set(bare) == {"@id", "@type", "headline"}
    article = replace(ROWS.articles[0], agency="TT", uri="urn:newsml:1", version="2")
    full = claim_node(DENIAL, BASE, article)["isPartOf"]
    assert full["publisher"] == {"@type": "NewsMediaOrganization", "name": "TT"}
    assert (full["inLanguage"], full["identifier"], full["version"]) == ("sv", "urn:newsml:1", "2")
    assert full["datePublished"] == "2023-09-21T00:00:00+00:00"


def test_nothing_empty_is_written() -> None:
    values = [value for claim in ROWS.claims for value in claim_node(claim, BASE).values()]
    assert not [value for value in values if value is None or value == []]


def test_the_context_is_whole_and_our_terms_are_ours() -> None:
    document = claim_jsonld(DENIAL, BASE, ROWS.articles[0])
    assert document["@context"] is CONTEXT
    assert CONTEXT["sagesman"] == NAMESPACE
    assert {term.split(":")[0] for term in terms(claim_node(DENIAL, BASE)) if ":" in term} == {"sagesman"}


def test_every_kind_of_actor_and_relation_has_a_term() -> None:
    assert all(actor_type(kind) for kind in ActorKind)
    for kind in RelationKind:
        relation = replace(DENIAL.relations[0], kind=kind)
        forth = claim_node(replace(DENIAL, relations=(relation,)), BASE)
        back = claim_node(replace(DENIED, responses=(relation,)), BASE)
        (term,) = set(forth) - set(claim_node(replace(DENIAL, relations=()), BASE)) - {"sagesman:relation"}
        (inverse,) = set(back) - set(claim_node(replace(DENIED, responses=()), BASE)) - {"sagesman:response"}
        assert CONTEXT[term] == CONTEXT[inverse] == {"@type": "@id"}
        assert term != inverse


def test_many_claims_are_one_document() -> None:
    document = json.loads("".join(jsonld_parts(ROWS.claims, BASE, ROWS.articles)))
    assert [node["@id"].rsplit("/", 1)[1] for node in document["@graph"]] == [claim.id for claim in ROWS.claims]
    assert json.loads("".join(jsonld_parts([], BASE)))["@graph"] == []
    assert document["@graph"][0] == claim_node(ROWS.claims[0], BASE, ROWS.articles[0])


def test_lone_surrogates_can_be_sent() -> None:
    text = "".join(jsonld_parts([replace(DENIAL, text="a\ud800b")], BASE))
    assert json.loads(text.encode("utf-8"))["@graph"][0]["text"] == "a\ud800b"
