"""The close picture: the claims of a small neighbourhood, who made them, and how they bear on one another."""

from __future__ import annotations

import networkx as nx

from app.domain.claim import Act
from app.graph import wording
from app.graph.measures import speakers_of
from app.graph.picture import Link, Links, Picture, actor_box, claim_box, plain_link, representation_links
from app.graph.vocabulary import EdgeKind, NodeType
from app.graph.wording import Language

_TIE_STYLES = {
    EdgeKind.DENIES.value: Act.DENIAL.value,
    EdgeKind.CONFIRMS.value: Act.CONFIRMATION.value,
    EdgeKind.SUPPORTS.value: Act.SUPPORT.value,
    EdgeKind.UNVERIFIED_BY.value: Act.UNVERIFIED.value,
    EdgeKind.REPEATS.value: EdgeKind.REPEATS.value,
    EdgeKind.ANSWERS.value: EdgeKind.ANSWERS.value,
    EdgeKind.PART_OF.value: EdgeKind.PART_OF.value,
}
"""Edge kinds between claims, and the style each is drawn in."""
_STRUCTURE = frozenset({EdgeKind.SAID.value, EdgeKind.SPEAKS_FOR.value})
"""Styles that the description leaves to the boxes: it tells what is said, not who is who."""


def claim_picture(
    graph: nx.MultiDiGraph, *, language: Language = "en", links: Links | None = None, most: int = 30
) -> Picture:
    """Claims as small boxes between those who made them and those they are directed at, with denials and the like.

    Meant for a small neighbourhood: ``most`` is how many claims are drawn, those with most ties to other claims first,
    then in graph order. Articles are not drawn; the claims of one article would all hang on one box.
    """
    claims = [node for node, kind in graph.nodes(data="type") if kind == NodeType.CLAIM.value]
    tied = dict.fromkeys(claims, 0)
    for source, target, kind in graph.edges(data="kind"):
        if kind in _TIE_STYLES:
            tied[source] += 1
            tied[target] += 1
    chosen = set(sorted(claims, key=lambda claim: -tied[claim])[:most])
    kept = [claim for claim in claims if claim in chosen]

    said = [(speaker, claim) for claim in kept for speaker in speakers_of(graph, claim)]
    aimed = [(claim, target) for claim in kept for target in _targets(graph, claim)]
    actors = dict.fromkeys([speaker for speaker, _ in said] + [target for _, target in aimed])
    place = {node: number for number, node in enumerate((*actors, *kept))}
    boxes = [actor_box(graph, actor, 1, graph.nodes[actor]["label"], links) for actor in actors]
    boxes += [claim_box(graph, claim, language, links) for claim in kept]

    drawn = [plain_link(graph, place, EdgeKind.SAID.value, speaker, claim, language) for speaker, claim in said]
    drawn += [plain_link(graph, place, _act(graph, claim), claim, target, language) for claim, target in aimed]
    drawn += _ties(graph, place, language)
    drawn += representation_links(graph, place, language)

    counts = f"{wording.claims(language, len(claims))}, {wording.actors(language, len(actors))}."
    if len(kept) < len(claims):
        counts += " " + wording.phrase(language, "shown", shown=len(kept), all=wording.claims(language, len(claims)))
    if not boxes:
        counts = wording.phrase(language, "empty")
    said_of = "; ".join(link.note for link in drawn if link.style not in _STRUCTURE)
    title = wording.phrase(language, "claim_title")
    return Picture(tuple(boxes), tuple(drawn), title, counts, f"{counts} {said_of}".strip(), language)


def _targets(graph: nx.MultiDiGraph, claim: str) -> list[str]:
    """The actors a claim is directed at, each once."""
    return list(
        dict.fromkeys(
            target for _, target, kind in graph.out_edges(claim, data="kind") if kind == EdgeKind.TARGETS.value
        )
    )


def _act(graph: nx.MultiDiGraph, claim: str) -> str:
    act: str = graph.nodes[claim]["act"]
    return act


def _ties(graph: nx.MultiDiGraph, place: dict[str, int], language: Language) -> list[Link]:
    """Links between claims. One that could not be verified is pointed at, so that all read from the later claim."""
    ties = []
    for source, target, kind in graph.edges(data="kind"):
        if kind in _TIE_STYLES and source in place and target in place:
            first, second = (target, source) if kind == EdgeKind.UNVERIFIED_BY.value else (source, target)
            ties.append(plain_link(graph, place, _TIE_STYLES[kind], first, second, language))
    return ties
