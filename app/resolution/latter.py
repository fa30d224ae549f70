"""One of two: "den förre", "den senare" of those who were named just before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.resolution.salience import recent_first

if TYPE_CHECKING:
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker
    from app.resolution.mentions import MentionWords

_REACH = 3
"""Sentences."""
_PAIR = 2


def one_of_two(linker: Linker, mention: MentionWords) -> Cluster | None:
    """Whom "den senare" or "den förre" means: of the last two people, or bodies, the second or the first."""
    word = mention.head.lower
    if word not in linker.grammar.former | linker.grammar.latter or mention.nouns or mention.name:
        return None
    near = []
    for cluster in recent_first(linker, mention.head):
        place = cluster.before(mention.head.i)
        if place < 0 or mention.head.sentence - linker.tree.nodes[place].sentence > _REACH:
            break
        near.append(cluster)
    people = [c for c in near if c.is_person and not c.plural]
    bodies = [c for c in near if c.named and not c.is_person and not c.plural]
    two = next((found[:_PAIR] for found in (people, bodies) if len(found) >= _PAIR), None)
    if two is None:
        return None
    return two[0] if word in linker.grammar.latter else two[1]
