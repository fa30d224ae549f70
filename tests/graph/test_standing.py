from __future__ import annotations

import networkx as nx
import pytest

from app.domain.claim import TargetRole
from app.domain.record import Subgraph
from app.graph.build import build_graph
from app.graph.standing import centrality, communities, pagerank, timeline, who_whom_digraph
from tests.graph.rows import actor, claim, rows_of

ABOUT = TargetRole.ABOUT


def test_pagerank_of_a_chain_is_what_the_formula_gives() -> None:
    chain = nx.DiGraph()
    chain.add_edge("a", "b", weight=3)
    # b passes its share to both alike: x_a = (1 - d) / 2 + d * x_b / 2 with x_b = 1 - x_a, so x_a * (1 + d / 2) = 1 / 2
    ranks = pagerank(chain)
    assert ranks["a"] == pytest.approx(0.5 / 1.425, abs=1e-9)
    assert sum(ranks.values()) == pytest.approx(1)


def test_pagerank_follows_weights_and_takes_an_empty_graph() -> None:
    graph = nx.DiGraph()
    graph.add_edge("a", "b", weight=9)
    graph.add_edge("a", "c", weight=1)
    ranks = pagerank(graph)
    assert ranks["b"] > ranks["c"] > 0
    assert pagerank(nx.DiGraph()) == {}


def test_centrality_of_the_seed_article(graph: nx.MultiDiGraph) -> None:
    standings = centrality(graph, fold=True)
    top = standings[0]
    assert (top.name, top.claims, top.targets, top.targeted_by) == ("Azerbajdzjan", 10, 3, 10)
    assert sum(standing.attention for standing in standings) == pytest.approx(1)
    assert len(centrality(graph)) == 29


def test_silent_actors_stay_in_the_digraph() -> None:
    graph = build_graph(rows_of(actor("Silent"), claim("c", "A", targets=((ABOUT, "B"),))))
    digraph = who_whom_digraph(graph)
    assert set(digraph) == {"act_Silent", "act_A", "act_B"}
    assert digraph["act_A"]["act_B"]["weight"] == 1


def test_communities_are_arenas() -> None:
    graph = build_graph(
        rows_of(
            claim("1", "A", targets=((ABOUT, "B"),)),
            claim("2", "B", targets=((ABOUT, "A"),), at=2),
            claim("3", "C", targets=((ABOUT, "D"),), at=4),
            claim("4", "E", at=6),
        )
    )
    assert communities(graph) == [("act_A", "act_B"), ("act_C", "act_D"), ("act_E",)]
    assert communities(build_graph(Subgraph((), (), ()))) == []


def test_timeline_is_in_order_of_time_and_place_with_the_undated_last() -> None:
    graph = build_graph(
        rows_of(
            actor("Spokesman", "State"),
            claim("undated", "State", day=None),
            claim("late", "State", day=3),
            claim("second", "State Spokesman", day=1, at=30),
            claim("first", "Spokesman", day=1, at=10),
        )
    )
    own = timeline(graph, "act_State")
    assert [moment.text for moment in own] == ["second", "late", "undated"]
    party = timeline(graph, "act_State", fold=True)
    assert [(moment.text, moment.via) for moment in party] == [
        ("first", ("act_Spokesman", "Spokesman")),
        ("second", None),
        ("late", None),
        ("undated", None),
    ]
    assert party[0].published_at == "2024-05-01T00:00:00+00:00"


def test_timeline_of_a_stranger_says_so() -> None:
    with pytest.raises(KeyError, match="act_nobody"):
        timeline(build_graph(rows_of()), "act_nobody")
