from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from app.domain.claim import Act, RelationKind, TargetRole
from app.domain.record import RepresentationRecord, Subgraph
from app.graph.build import build_graph
from app.graph.vocabulary import RELATION_EDGES, EdgeKind
from tests.graph.gold import gold_rows
from tests.graph.rows import actor, claim, ref, relation, rows_of


def edges(graph: nx.MultiDiGraph, kind: EdgeKind) -> set[tuple[str, str]]:
    return {(a, b) for a, b, found in graph.edges(data="kind") if found == kind.value}


def test_the_seed_article_has_every_kind_of_fact(rows: Subgraph, graph: nx.MultiDiGraph) -> None:
    kinds = Counter(kind for _, _, kind in graph.edges(data="kind"))
    assert kinds == {
        "said": sum(len(row.speakers) for row in rows.claims),
        "targets": sum(len(row.targets) for row in rows.claims),
        "reported_in": len(rows.claims),
        "speaks_for": sum(len(row.speaks_for) for row in rows.actors),
        "denies": 2,
        "unverified_by": 2,
        "part_of": 2,
    }
    types = Counter(kind for _, kind in graph.nodes(data="type"))
    assert types == {"claim": len(rows.claims), "actor": len(rows.actors), "article": 1}
    assert not any(partial for _, partial in graph.nodes(data="partial"))


def test_edges_read_as_sentences() -> None:
    graph = build_graph(
        rows_of(
            claim("accusation", "A", act=Act.ACCUSATION, targets=((TargetRole.ACCUSED, "B"),)),
            claim("denial", "B", act=Act.DENIAL, relations=(relation(RelationKind.DENIES, "accusation", "A"),), at=20),
            claim("doubt", "R", act=Act.UNVERIFIED, at=40, parent="denial",
                  relations=(relation(RelationKind.UNVERIFIED, "accusation", "A"),)),
            actor("B", "C"),
        )
    )  # fmt: skip
    assert edges(graph, EdgeKind.SAID) == {("act_A", "clm_accusation"), ("act_B", "clm_denial"), ("act_R", "clm_doubt")}
    assert edges(graph, EdgeKind.TARGETS) == {("clm_accusation", "act_B")}
    assert graph.edges["clm_accusation", "act_B", "targets:accused"]["role"] == "accused"
    assert edges(graph, EdgeKind.DENIES) == {("clm_denial", "clm_accusation")}
    assert edges(graph, EdgeKind.UNVERIFIED_BY) == {("clm_accusation", "clm_doubt")}
    assert edges(graph, EdgeKind.PART_OF) == {("clm_doubt", "clm_denial")}
    assert edges(graph, EdgeKind.SPEAKS_FOR) == {("act_B", "act_C")}
    assert edges(graph, EdgeKind.REPORTED_IN) == {
        (f"clm_{name}", "art_1") for name in ("accusation", "denial", "doubt")
    }


def test_every_relation_kind_has_an_edge_kind() -> None:
    assert set(RELATION_EDGES) == set(RelationKind)


def test_a_relation_told_from_both_ends_is_one_edge() -> None:
    graph = build_graph(
        rows_of(
            claim("first", "A", responses=(relation(RelationKind.CONFIRMS, "second", "B"),)),
            claim("second", "B", relations=(relation(RelationKind.CONFIRMS, "first", "A"),), at=9),
        )
    )
    assert graph.number_of_edges("clm_second", "clm_first") == 1


def test_what_is_only_mentioned_becomes_a_partial_node() -> None:
    graph = build_graph(rows_of(claim("denial", "A", relations=(relation(RelationKind.DENIES, "elsewhere", "B"),))))
    assert graph.nodes["clm_elsewhere"] == {"type": "claim", "label": "text of elsewhere", "partial": True}
    assert graph.nodes["act_B"]["partial"] is True
    assert edges(graph, EdgeKind.SAID) >= {("act_B", "clm_elsewhere")}


def test_the_party_of_an_actor_is_drawn_in_but_not_all_who_speak_for_it() -> None:
    spoken_for = replace(actor("State"), spoken_for_by=(RepresentationRecord(ref("Minister"), "r", "art_1"),))
    assert "act_Minister" not in build_graph(rows_of(spoken_for))
    both = build_graph(rows_of(spoken_for, actor("Minister")))
    assert edges(both, EdgeKind.SPEAKS_FOR) == {("act_Minister", "act_State")}
    assert "act_Party" in build_graph(rows_of(actor("Person", "Party")))


def test_two_articles_that_attest_a_representation_are_one_edge_that_counts_them() -> None:
    records = tuple(RepresentationRecord(ref("P"), "r", article) for article in ("art_2", "art_1", "art_2"))
    graph = build_graph(rows_of(replace(actor("A"), speaks_for=records)))
    assert graph.edges["act_A", "act_P", "speaks_for"] == {
        "kind": "speaks_for",
        "rule": "r",
        "article_id": "art_1",
        "articles": 2,
    }


def test_an_actor_accused_and_addressed_by_one_claim_has_two_edges() -> None:
    targets = ((TargetRole.ACCUSED, "B"), (TargetRole.ADDRESSEE, "B"), (TargetRole.ADDRESSEE, "B"))
    graph = build_graph(rows_of(claim("c", "A", targets=targets)))
    assert set(graph["clm_c"]["act_B"]) == {"targets:accused", "targets:addressee"}


def test_attributes_are_scalars_and_unknown_ones_are_left_out(graph: nx.MultiDiGraph) -> None:
    seen = [value for _, attributes in graph.nodes(data=True) for value in attributes.values()]
    seen += [value for _, _, attributes in graph.edges(data=True) for value in attributes.values()]
    assert {type(value) for value in seen} <= {str, int, float, bool}


def test_truncation_is_carried_over() -> None:
    assert build_graph(Subgraph((), (), (), truncated=True)).graph == {"truncated": True}


@given(st.integers(0, 2**32))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    rows = gold_rows()
    shuffle = random.Random(seed)
    mixed = Subgraph(
        tuple(shuffle.sample(rows.claims, len(rows.claims))),
        tuple(shuffle.sample(rows.actors, len(rows.actors))),
        rows.articles,
    )
    one, other = build_graph(rows), build_graph(mixed)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
