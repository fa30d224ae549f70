from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree

import networkx as nx
import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import SEED, on_both_databases
from tests.gold_extraction import gold_article, gold_claim_ids

KNOWN = gold_claim_ids(SEED)
ARTICLE = gold_article(SEED).id


@on_both_databases
def test_the_graph_of_an_article_reads_as_node_link(stored: TestClient) -> None:
    response = stored.get("/v1/graph", params={"article": ARTICLE})
    graph = nx.node_link_graph(response.json(), edges="edges")
    assert isinstance(graph, nx.MultiDiGraph)
    assert set(KNOWN) <= set(graph)
    kinds = {kind for _, _, kind in graph.edges(data="kind")}
    assert {"said", "targets", "denies", "unverified_by", "speaks_for", "reported_in", "part_of"} <= kinds


def test_every_format_is_one(stored: TestClient) -> None:
    def get(form: str) -> bytes:
        response = stored.get("/v1/graph", params={"actor": "Baku", "format": form})
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith(media_types[form])
        return response.content

    media_types = {
        "graphml": "application/graphml+xml",
        "gexf": "application/gexf+xml",
        "cytoscape": "application/json",
        "svg": "image/svg+xml",
    }
    assert len(nx.read_graphml(io.BytesIO(get("graphml")))) > 10
    assert len(nx.read_gexf(io.BytesIO(get("gexf")))) > 10
    assert b'"elements"' in get("cytoscape")
    assert ElementTree.fromstring(get("svg")).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_limit_is_told_of(stored: TestClient) -> None:
    assert stored.get("/v1/graph", params={"limit": 3}).json()["graph"]["truncated"] is True
    assert stored.get("/v1/graph/disputes", params={"limit": 3}).json()["truncated"] is True


def test_who_speaks_against_whom(stored: TestClient) -> None:
    def pairs(**params: object) -> dict[tuple[str, str], list[str]]:
        items = stored.get("/v1/graph/against", params={"article": ARTICLE, **params}).json()["items"]
        return {
            (item["speaker"]["name"], item["target"]["name"]): [KNOWN[claim] for claim in item["claims"]]
            for item in items
        }

    assert pairs(act="accusation")["Armenien", "Ryssland"] == ["c32"]
    # Folded, the government's denial is Azerbajdzjan's, and Pasjinjan's accusation Armenia's.
    assert pairs()["Azerbajdzjan", "Armenien"] == ["c21"]
    assert pairs(fold=False)["Azerbajdzjans regering", "Nikol Pasjinjan"] == ["c21"]


@on_both_databases
def test_disputes(stored: TestClient) -> None:
    items = stored.get("/v1/graph/disputes", params={"article": ARTICLE}).json()["items"]
    disputed = {KNOWN[item["claim"]]: item for item in items}
    assert [each["speakers"][0]["name"] for each in disputed["c20"]["denied_by"]] == ["Azerbajdzjans regering"]
    assert [each["speakers"][0]["name"] for each in disputed["c9"]["unverified_by"]] == ["Reuters"]


def test_standing(stored: TestClient) -> None:
    items = stored.get("/v1/graph/centrality", params={"article": ARTICLE}).json()["items"]
    assert sum(item["attention"] for item in items) == pytest.approx(1, abs=1e-3)
    assert items[0]["actor"]["name"] in {"Azerbajdzjan", "Armenien"}


@pytest.mark.parametrize("path", ["", "/against", "/disputes", "/centrality"])
def test_an_empty_store_gives_an_empty_graph(client: TestClient, path: str) -> None:
    body = client.get(f"/v1/graph{path}").json()
    assert body["items" if path else "nodes"] == []


def test_what_cannot_be_drawn_is_refused(stored: TestClient) -> None:
    unknown = stored.get("/v1/graph", params={"actor": "Azerbadjan"})
    assert unknown.status_code == 404
    assert "Azerbajdzjan" in unknown.json()["detail"]
    assert stored.get("/v1/graph/against", params={"article": "art_0"}).status_code == 404
    for params in ({"format": "png"}, {"hops": 5}, {"hops": 0}, {"limit": 0}, {"lang": "de"}, {"depth": 2}):
        assert stored.get("/v1/graph", params=params).status_code == 422
