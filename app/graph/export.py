"""Graphs in the formats other tools read: GraphML, GEXF, node-link JSON and Cytoscape JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import networkx as nx

from app.errors import UnknownFormat
from app.graph.xmltext import printable

_SURROGATE = re.compile("[\ud800-\udfff]")
_DATED = re.compile(rb' lastmodifieddate="[^"]*"')


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its media type, the ending of a file name, and what writes it."""

    media_type: str
    suffix: str
    write: Callable[[nx.MultiDiGraph], bytes]


def export(graph: nx.MultiDiGraph, name: str) -> bytes:
    """The graph in the format of that name (a key of ``FORMATS``), UTF-8; raises ``UnknownFormat`` for another name.

    The same graph always gives the same bytes. Nodes keep their ids and attributes, edges theirs; characters that a
    format cannot hold (control characters in XML, lone surrogates in UTF-8) become U+FFFD.
    """
    if name not in FORMATS:
        raise UnknownFormat(f"no graph format {name!r}; there are {', '.join(FORMATS)}")
    return FORMATS[name].write(graph)


def to_graphml(graph: nx.MultiDiGraph) -> bytes:
    """GraphML. Edges are numbered (``e0`` …), since an id must occur once in the file; ``kind`` says the rest."""
    out = BytesIO()
    nx.write_graphml_xml(_numbered(graph), out)
    return out.getvalue()


def to_gexf(graph: nx.MultiDiGraph) -> bytes:
    """GEXF 1.2, as Gephi reads it, without the date of writing."""
    out = BytesIO()
    nx.write_gexf(_numbered(graph), out)
    return _DATED.sub(b"", out.getvalue(), count=1)


def to_node_link(graph: nx.MultiDiGraph) -> bytes:
    """Node-link JSON as ``networkx.node_link_graph(data, edges="edges")`` and D3 read it."""
    nodes = [{**attributes, "id": node} for node, attributes in graph.nodes(data=True)]
    edges = [
        {**attributes, "source": source, "target": target, "key": key}
        for source, target, key, attributes in graph.edges(keys=True, data=True)
    ]
    return _json({"directed": True, "multigraph": True, "graph": graph.graph, "nodes": nodes, "edges": edges})


def to_cytoscape(graph: nx.MultiDiGraph) -> bytes:
    """Cytoscape JSON: ``elements.nodes`` and ``elements.edges``, each with ``data``; every edge has an ``id``."""
    numbered = graph.copy()
    for number, (_, _, attributes) in enumerate(numbered.edges(data=True)):
        attributes["id"] = f"e{number}"
    return _json(nx.cytoscape_data(numbered, name="label"))


FORMATS: dict[str, Format] = {
    "graphml": Format("application/graphml+xml", "graphml", to_graphml),
    "gexf": Format("application/gexf+xml", "gexf", to_gexf),
    "node-link": Format("application/json", "json", to_node_link),
    "cytoscape": Format("application/json", "cyjs", to_cytoscape),
}


def _numbered(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """A copy fit for XML: text without what XML forbids, edges keyed ``e0``, ``e1`` …"""
    copy = nx.MultiDiGraph(**graph.graph)
    for node, attributes in graph.nodes(data=True):
        copy.add_node(printable(node), **_printable(attributes))
    for number, (source, target, attributes) in enumerate(graph.edges(data=True)):
        copy.add_edge(printable(source), printable(target), key=f"e{number}", **_printable(attributes))
    return copy


def _printable(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: printable(value) if isinstance(value, str) else value for name, value in attributes.items()}


def _json(data: Any) -> bytes:
    return _SURROGATE.sub("\ufffd", json.dumps(data, ensure_ascii=False, separators=(",", ":"))).encode("utf-8")
