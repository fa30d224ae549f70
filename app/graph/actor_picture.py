"""The main picture: who speaks about, to and against whom."""

from __future__ import annotations

from collections import Counter

import networkx as nx

from app.domain.claim import Act
from app.graph import wording
from app.graph.measures import WhoWhom, who_against_whom
from app.graph.parties import actors_of, parties
from app.graph.picture import Link, Links, Picture, actor_box, representation_links
from app.graph.vocabulary import EdgeKind
from app.graph.wording import Language

STRENGTH = (
    Act.ACCUSATION,
    Act.DENIAL,
    Act.CRITICISM,
    Act.DEMAND,
    Act.UNVERIFIED,
    Act.SUPPORT,
    Act.CONFIRMATION,
    Act.QUESTION,
    Act.ANNOUNCEMENT,
    Act.OPINION,
    Act.STATEMENT,
)
"""Acts from the one that says most about two parties to the one that says least; a link shows its strongest."""

_MOST_LINKS = 120
"""More links than this between the actors drawn cannot be followed by eye; those with most claims stay."""
_QUOTED_CLAIMS, _QUOTED_CHARACTERS = 3, 140
"""How many claims a link's note quotes, and how much of each."""


def actor_picture(
    graph: nx.MultiDiGraph,
    *,
    fold: bool = False,
    language: Language = "en",
    links: Links | None = None,
    most: int = 40,
) -> Picture:
    """Actors, with a link from each to those it speaks about, to or against, and dotted to whom it speaks for.

    ``fold`` draws one box a party. ``most`` is how many actors are drawn: those with most claims by and at them. Where
    there are more, those come first that speak of one another.
    ``links`` makes boxes and links lead to pages. Actors that neither claim anything nor are a target or a party of
    someone drawn are left out. The summary says when ``most``, or a limit on links, leaves something out.
    """
    party = parties(graph) if fold else {actor: actor for actor in actors_of(graph)}
    pairs = who_against_whom(graph, fold=fold)
    made: dict[str, set[str]] = {actor: set() for actor in party.values()}
    aimed: dict[str, set[str]] = {actor: set() for actor in party.values()}
    for actor, claim, kind in graph.edges(data="kind"):
        if kind == EdgeKind.SAID.value:
            made[party[actor]].add(claim)
    for pair in pairs:
        aimed[pair.target].update(pair.claims)
    ranked = _ranked(graph, made, aimed, fold=fold)
    place = {actor: number for number, actor in enumerate(_drawn(ranked, pairs, most))}

    boxes = []
    for actor in place:
        note = _actor_note(graph, actor, len(made[actor]), len(aimed[actor]), language)
        boxes.append(actor_box(graph, actor, len(made[actor]), note, links))
    between = [pair for pair in pairs if pair.speaker in place and pair.target in place]
    between.sort(key=lambda pair: (-len(pair.claims), _strongest(pair)))
    drawn = [_pair_link(graph, pair, place, language, links) for pair in between[:_MOST_LINKS]]
    said = "; ".join(link.note.split("\n")[0] for link in drawn)
    if not fold:
        drawn += representation_links(graph, place, language)

    claims = {claim for found in made.values() for claim in found}
    counts = f"{wording.actors(language, len(ranked))}, {wording.claims(language, len(claims))}."
    if len(place) < len(ranked):
        counts += " " + wording.phrase(language, "shown", shown=len(place), all=wording.actors(language, len(ranked)))
    if len(between) > _MOST_LINKS:
        number = wording.links(language, len(between))
        counts += " " + wording.phrase(language, "shown", shown=_MOST_LINKS, all=number)
    if not boxes:
        counts = wording.phrase(language, "empty")
    title = wording.phrase(language, "actor_title")
    return Picture(tuple(boxes), tuple(drawn), title, counts, f"{counts} {said}".strip(), language)


def _ranked(graph: nx.MultiDiGraph, made: dict[str, set[str]], aimed: dict[str, set[str]], *, fold: bool) -> list[str]:
    """The actors that take part, those with most claims by and at them first."""
    part = {actor for actor in made if made[actor] or aimed[actor]}
    if not fold:
        part |= {
            party
            for speaker, party, kind in graph.edges(data="kind")
            if kind == EdgeKind.SPEAKS_FOR.value and speaker in part
        }
    return sorted(part, key=lambda actor: (-len(made[actor]) - len(aimed[actor]), graph.nodes[actor]["label"], actor))


def _drawn(ranked: list[str], pairs: list[WhoWhom], most: int) -> list[str]:
    """The ``most`` actors to draw, in the order of ``ranked``: a box that nothing leads to tells little."""
    if len(ranked) <= most:
        return ranked
    beside: dict[str, list[str]] = {}
    between: Counter[str] = Counter()
    for pair in pairs:
        for actor, other in ((pair.speaker, pair.target), (pair.target, pair.speaker)):
            beside.setdefault(actor, []).append(other)
            between[actor] += len(pair.claims)
    chosen: dict[str, None] = {}
    for actor in sorted(between, key=lambda actor: -between[actor]):
        known = any(other in chosen for other in beside[actor])
        together = [actor] if known else [actor, beside[actor][0]]
        if len(chosen) + len(together) <= most:
            chosen |= dict.fromkeys(together)
    for actor in ranked:
        if len(chosen) < most:
            chosen[actor] = None
    return [actor for actor in ranked if actor in chosen]


def _actor_note(graph: nx.MultiDiGraph, actor: str, made: int, aimed: int, language: Language) -> str:
    attributes = graph.nodes[actor]
    kind = wording.KINDS[language][attributes.get("actor_kind", "unknown")]
    note = f"{attributes['label']} ({kind}): {wording.claims(language, made)}"
    return f"{note}; {wording.targeted(language, aimed)}" if aimed else note


def _strongest(pair: WhoWhom) -> int:
    """Place in ``STRENGTH`` of the strongest act of a pair."""
    return next(place for place, act in enumerate(STRENGTH) if act.value in pair.acts)


def _pair_link(
    graph: nx.MultiDiGraph, pair: WhoWhom, place: dict[str, int], language: Language, links: Links | None
) -> Link:
    style = STRENGTH[_strongest(pair)].value
    verbs = ", ".join(f"{wording.STYLES[language][act]} {count}" for act, count in pair.acts.items())
    count = wording.claims(language, len(pair.claims))
    note = [f"{pair.speaker_name} → {pair.target_name}: {count} ({verbs})"]
    for claim in pair.claims[:_QUOTED_CLAIMS]:
        text = graph.nodes[claim]["label"]
        note.append(f"• {text if len(text) <= _QUOTED_CHARACTERS else text[:_QUOTED_CHARACTERS].rstrip() + '…'}")
    if len(pair.claims) > _QUOTED_CLAIMS:
        note.append("• …")
    href = links.to_pair(pair.speaker, pair.target) if links else None
    return Link(place[pair.speaker], place[pair.target], style, len(pair.claims), "\n".join(note), href)
