from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UnknownFormat
from app.graph.build import build_graph
from app.graph.export import FORMATS, export
from app.graph.xmltext import printable
from tests.graph.rows import actor, claim, rows_of


def read(data: bytes, name: str) -> nx.MultiDiGraph:
    """What networkx's own reader makes of an export."""
    readers: dict[str, Callable[[bytes], Any]] = {
        "graphml": lambda data: nx.read_graphml(BytesIO(data), force_multigraph=True),
        "gexf": lambda data: nx.read_gexf(BytesIO(data)),
        "node-link": lambda data: nx.node_link_graph(json.loads(data)),
        "cytoscape": lambda data: nx.cytoscape_graph(json.loads(data), name="label"),
    }
    graph: nx.MultiDiGraph = readers[name](data)
    return graph


def plain_nodes(graph: nx.MultiDiGraph) -> dict[str, dict[str, Any]]:
    """Nodes with their attributes, less what a format adds for its own use."""
    extra = {"id", "value", "name"}
    return {node: {k: v for k, v in data.items() if k not in extra} for node, data in graph.nodes(data=True)}


def plain_edges(graph: nx.MultiDiGraph) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    extra = {"id", "source", "target", "key", "networkx_key"}
    return sorted(
        (a, b, sorted((k, v) for k, v in data.items() if k not in extra)) for a, b, data in graph.edges(data=True)
    )


@pytest.mark.parametrize("name", FORMATS)
def test_the_seed_graph_comes_back_as_it_went(graph: nx.MultiDiGraph, name: str) -> None:
    back = read(export(graph, name), name)
    assert isinstance(back, nx.DiGraph)
    assert plain_nodes(back) == plain_nodes(graph)
    assert plain_edges(back) == plain_edges(graph)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_graph_gives_the_same_bytes(graph: nx.MultiDiGraph, name: str) -> None:
    assert export(graph, name) == export(graph, name)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_graph_is_a_valid_file(name: str) -> None:
    assert len(read(export(build_graph(rows_of()), name), name)) == 0


@pytest.mark.parametrize("name", FORMATS)
@given(text=st.text(st.characters(), max_size=30))
def test_any_text_can_be_exported_and_read(name: str, text: str) -> None:
    graph = build_graph(rows_of(replace(claim("c", "A"), text=text), actor("A", "B")))
    back = read(export(graph, name), name)
    expected = {"clm_c", "act_A", "act_B", "art_1"}
    assert set(back) == expected


def test_control_characters_become_replacement_characters_in_xml() -> None:
    graph = build_graph(rows_of(replace(claim("c", "A"), text="a\x00b\x1bc\ufffed<&>\"'")))
    for name in ("graphml", "gexf"):
        assert read(export(graph, name), name).nodes["clm_c"]["label"] == "a\ufffdb\ufffdc\ufffdd<&>\"'"


def test_control_characters_survive_json() -> None:
    graph = build_graph(rows_of(replace(claim("c", "A"), text="a\x00b")))
    for name in ("node-link", "cytoscape"):
        assert read(export(graph, name), name).nodes["clm_c"]["label"] == "a\x00b"


def test_a_lone_surrogate_becomes_a_replacement_character_everywhere() -> None:
    graph = build_graph(rows_of(replace(claim("c", "A"), text="a\ud800b")))
    for name in FORMATS:
        assert read(export(graph, name), name).nodes["clm_c"]["label"] == "a\ufffdb"


def test_cytoscape_edges_have_ids_of_their_own(graph: nx.MultiDiGraph) -> None:
    edges = json.loads(export(graph, "cytoscape"))["elements"]["edges"]
    assert len({edge["data"]["id"] for edge in edges}) == graph.number_of_edges()
    assert "id" not in next(iter(graph.edges(data=True)))[2]


def test_an_unknown_format_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownFormat, match=r"'dot'.*graphml, gexf, node-link, cytoscape"):
        export(build_graph(rows_of()), "dot")


@given(st.text())
def test_printable_keeps_length_and_is_stable(text: str) -> None:
    assert len(printable(text)) == len(text)
    assert printable(printable(text)) == printable(text)
