"""The two parties of a dispute: "parternas redogörelser", "påståendena från någon av sidorna"."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

from app.domain.claim import Act, RelationKind
from app.extraction.structure import ParagraphKind

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading
    from app.parsing.tree import Node
    from app.resolution.linking import Linker

_SIDES = 2
_HOSTILE = frozenset({Act.ACCUSATION, Act.CRITICISM, Act.DENIAL, Act.DEMAND})
_EITHER = frozenset({"någondera", "någotdera", "endera", "ingendera", "bådas"})
_SIDE_NOUNS = frozenset({"sidornas", "parternas", "sidorna", "parterna", "sidans"})


def names_sides(linker: Linker, nodes: list[Node]) -> bool:
    """Whether the words name the parties of a dispute."""
    words = [node.lower for node in nodes]
    if any(word in _SIDE_NOUNS or word in _EITHER for word in words):
        return True
    return any(
        linker.entities.group_phrase(" ".join(words[k : k + n])) for n in (2, 3) for k in range(len(words) - n + 1)
    )


def one_claim_each(reading: Reading, linker: Linker, candidates: list[Draft], *, first: bool) -> list[Draft]:
    """The latest claim of each of the two parties that spoke last, or their ``first`` ones: what they hold at all.

    Where those two do not answer one another, the two that do are meant.
    """
    told = [
        (linker.set.with_ref(draft.actors[0]).party().ref, draft)
        for draft in reversed(candidates)
        if draft.actors
        and draft.parent is None
        and draft.act not in {Act.DENIAL, Act.DEMAND}
        and reading.kinds[draft.paragraph] is not ParagraphKind.HEADLINE
    ]
    latest = list(dict.fromkeys(party for party, _ in told))[:_SIDES]
    against = _disputes(linker, candidates)
    mutual = {pair: against[pair] for pair in against if (pair[1], pair[0]) in against}
    if mutual and tuple(latest) not in mutual:
        latest = [*max(mutual, key=lambda pair: mutual[pair])]
    found: dict[str, Draft] = {}
    for party, draft in told:
        if party in latest and (first or party not in found):
            found[party] = draft
    return sorted(found.values(), key=lambda d: d.start)


def either_side(reading: Reading, linker: Linker, candidates: list[Draft]) -> list[Draft]:
    """The latest claim of each of two parties that turn against each other; empty where none do."""
    against = _disputes(linker, candidates)
    mutual = any((pair[1], pair[0]) in against for pair in against)
    if not mutual and not _is_answered(linker, candidates, against):
        return []
    return one_claim_each(reading, linker, candidates, first=False)


def _is_answered(linker: Linker, candidates: list[Draft], against: Counter[tuple[str, str]]) -> bool:
    """ "A anklagar B. B hävdar att *A sköt först*": whether the accused speak of who accuses them."""
    for draft in candidates:
        told = [target.actor for target in draft.targets if target.actor and draft.act is Act.STATEMENT]
        for source, other in product(draft.actors, told):
            pair = tuple(linker.set.with_ref(ref).party().ref for ref in (source, other))
            if (pair[1], pair[0]) in against:
                return True
    return False


def _disputes(linker: Linker, candidates: list[Draft]) -> Counter[tuple[str, str]]:
    """How often each party turns against each other one."""
    against: Counter[tuple[str, str]] = Counter()
    for draft in candidates:
        others = [target.actor for target in draft.targets if target.actor and draft.act in _HOSTILE]
        others += [ref for r in draft.relations if r.kind is RelationKind.DENIES for ref in r.draft.actors]
        for source, other in product(draft.actors, others):
            pair = tuple(linker.set.with_ref(ref).party().ref for ref in (source, other))
            if pair[0] != pair[1]:
                against[pair[0], pair[1]] += 1
    return against
