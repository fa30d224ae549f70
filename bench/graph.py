"""How long building, measuring, exporting and drawing a graph takes: ``python bench/graph.py [CLAIMS]``.

The rows are made up in the proportions of news: few actors speak often and many once (Zipf), one claim in three has a
target, one in fifteen bears on an earlier claim, one actor in five speaks for another. Prints seconds.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.domain.actor import ActorKind
from app.domain.claim import Act, Mode, RelationKind, TargetRole
from app.domain.record import (
    ActorRecord,
    ActorRef,
    ClaimRecord,
    RelationRecord,
    RepresentationRecord,
    Subgraph,
    TargetRecord,
)
from app.domain.span import Span
from app.graph.actor_picture import actor_picture
from app.graph.build import build_graph
from app.graph.export import FORMATS, export
from app.graph.measures import contradiction_matrix, disputes, who_against_whom
from app.graph.standing import centrality, communities, timeline
from app.graph.svg import draw

R = TypeVar("R")


def made_up_rows(claims: int, seed: int = 1) -> Subgraph:
    """Rows for that many claims in the proportions the module describes; the same seed gives the same rows."""
    choice = random.Random(seed)
    count = max(claims // 6, 2)
    refs = [ActorRef(f"act_{number:06}", f"Aktör {number}", choice.choice(list(ActorKind))) for number in range(count)]
    weights = [1 / (number + 1) for number in range(count)]
    speakers = choice.choices(refs, weights, k=claims)
    targets = choice.choices(refs, weights, k=claims)
    records: list[ClaimRecord] = []
    for number in range(claims):
        relations: tuple[RelationRecord, ...] = ()
        if records and choice.random() < 1 / 15:
            other = records[choice.randrange(max(0, number - 20), number)]
            kind = choice.choice(list(RelationKind))
            relations = (RelationRecord(kind, other.id, other.speakers, other.text, "made-up", None),)
        words = f"att påstående nummer {number} är vad som sades den dagen om det som hände"
        at = 300 * (number % 15)
        target = TargetRecord(choice.choice(list(TargetRole)), targets[number], None)
        records.append(
            ClaimRecord(
                id=f"clm_{number:08}",
                article_id=f"art_{number // 15:06}",
                article_title=f"Artikel {number // 15}",
                published_at=datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=number // 15),
                speaker=None,
                speakers=(speakers[number],),
                cue=None,
                content=(Span(at, at + len(words), words),),
                text=words,
                act=choice.choice(list(Act)),
                mode=choice.choice(list(Mode)),
                targets=(target,) if choice.random() < 1 / 3 else (),
                relations=relations,
            )
        )
    actors = []
    for number, ref in enumerate(refs):
        party = refs[choice.randrange(number)] if number and choice.random() < 1 / 5 else None
        speaks_for = (RepresentationRecord(party, "made-up", "art_000000"),) if party else ()
        actors.append(ActorRecord(ref.id, ref.name, ref.kind, None, None, (ref.name,), 1, speaks_for))
    return Subgraph(tuple(records), tuple(actors), ())


def timed(name: str, work: Callable[[], R]) -> R:
    """Do the work, print how long it took, and give its result."""
    start = time.perf_counter()
    result = work()
    print(f"{name:32}{time.perf_counter() - start:8.2f} s", flush=True)
    return result


def main(claims: int) -> None:
    """Run everything once over that many claims."""
    rows = made_up_rows(claims)
    graph = timed("build_graph", lambda: build_graph(rows))
    print(f"  {len(graph)} nodes, {len(graph.edges)} edges")
    for fold in (False, True):
        how = "by party" if fold else "by actor"
        timed(f"who_against_whom, {how}", lambda fold=fold: who_against_whom(graph, fold=fold))  # type: ignore[misc]
        timed(f"centrality, {how}", lambda fold=fold: centrality(graph, fold=fold))  # type: ignore[misc]
    timed("disputes", lambda: disputes(graph))
    timed("contradiction_matrix", lambda: contradiction_matrix(graph))
    timed("communities", lambda: communities(graph))
    timed("timeline of the most active", lambda: timeline(graph, "act_000000", fold=True))
    for name in FORMATS:
        size = len(timed(f"export {name}", lambda name=name: export(graph, name)))  # type: ignore[misc]
        print(f"  {size / 1e6:.1f} MB")
    timed("picture of 40 actors", lambda: draw(actor_picture(graph, fold=True)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
