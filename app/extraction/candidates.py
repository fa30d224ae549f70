"""The earlier claims that a reply may be about, narrowed by their acts and by whom they are directed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.allegiance import directed_at, parties_of, speaking_of, with_forces

if TYPE_CHECKING:
    from app.extraction.draft import Draft
    from app.resolution.linking import Linker

OPEN_ACTS = frozenset({Act.STATEMENT, Act.ACCUSATION, Act.CRITICISM, Act.OPINION, Act.ANNOUNCEMENT, Act.CONFIRMATION})
"""What may be denied, confirmed or doubted."""
CRITICAL = frozenset({Act.CRITICISM, Act.ACCUSATION})


def contradicted(linker: Linker, draft: Draft, candidates: list[Draft]) -> list[Draft]:
    """The claim that a denial with a clause of its own contradicts: made about the source, in words it takes up."""
    mine = parties_of(linker, draft)
    told = open_to_answers(candidates)
    against = directed_at(mine, told) or directed_at(with_forces(linker, mine), told)
    if not against:
        # "anklagade Radović för att styras från *Belgrad*"
        against = [d for d in speaking_of(linker, mine, told) if d.act in CRITICAL]
    accusing = [d for d in against if d.act is Act.ACCUSATION]
    return latest(accusing) or latest(against)


def open_to_answers(candidates: list[Draft]) -> list[Draft]:
    """The candidates that may be denied, confirmed or doubted, whatever noun takes them up."""
    return [d for d in candidates if d.act in OPEN_ACTS]


def latest(candidates: list[Draft]) -> list[Draft]:
    """The last of the candidates, or none."""
    return [candidates[-1]] if candidates else []
