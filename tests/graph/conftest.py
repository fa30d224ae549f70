"""The seed article's gold annotation as rows and as a graph."""

from __future__ import annotations

import networkx as nx
import pytest

from app.domain.record import Subgraph
from app.graph.build import build_graph
from tests.graph.gold import gold_rows


@pytest.fixture(scope="session")
def rows() -> Subgraph:
    """Stored rows of the seed article."""
    return gold_rows()


@pytest.fixture
def graph(rows: Subgraph) -> nx.MultiDiGraph:
    """The graph of the seed article."""
    return build_graph(rows)
