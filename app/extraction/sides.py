"""The two parties of a dispute: "parternas redogörelser", "påståendena från någon av sidorna"."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from typing import TYPE_CHECKING

from app.domain.claim import Act, Mode, RelationKind
from app.extraction.structure import ParagraphKind

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading
    from app.parsing.tree import Node
    from app.resolution.linking import Linker

_SIDES = 2
_APART = 2
"""Paragraphs at most between what two sides say of one matter."""
_HOSTILE = frozenset({Act.ACCUSATION, Act.CRITICISM, Act.DENIAL, Act.DEMAND})
_OWN_WORDS = frozenset({"quote", "source", "att"})
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
    if met := _confronted(reading, linker, candidates, first=first):
        return met
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


def _confronted(reading: Reading, linker: Linker, candidates: list[Draft], *, first: bool) -> list[Draft]:
    """What two parties that oppose each other hold of one matter: the last place where both tell of it side by side.

    Reporters set one account beside the other, mostly in their own words; quotations are what the sides add to it.
    """
    against = _disputes(linker, candidates)
    told = [(_party(linker, d), d) for d in candidates if _is_account(reading, d)]
    last = max((d.paragraph for _, d in told), default=0)
    for end in sorted({d.paragraph for _, d in told}, reverse=True):
        for apart in range(_APART + 1):
            near = [(party, d) for party, d in told if end - apart <= d.paragraph <= end]
            parties = list(dict.fromkeys(party for party, _ in reversed(near)))
            pairs = [(a, b) for a, b in combinations(parties, _SIDES) if {(a, b), (b, a)} & set(against)]
            # In one paragraph two accounts are of one matter, whether or not the two speak of each other.
            beside = end == last and not apart and len(parties) == _SIDES and not any(d.relations for _, d in near)
            pair = pairs[0] if pairs else tuple(parties) if beside else ()
            if pair:
                around = [(party, d) for party, d in told if end - _APART <= d.paragraph <= end]
                return sorted((_account(around, party, first=first) for party in pair), key=lambda d: d.start)
    return []


def _account(near: list[tuple[str, Draft]], party: str, *, first: bool) -> Draft:
    own = [d for other, d in near if other == party]
    own = [d for d in own if d.act is not Act.DENIAL] or own
    told = [d for d in own if d.mode is not Mode.DIRECT] or own
    return told[0 if first else -1]


def _is_account(reading: Reading, draft: Draft) -> bool:
    """Whether the claim tells what happened, or denies it in words of its own."""
    if not draft.actors or draft.parent is not None or reading.kinds[draft.paragraph] is ParagraphKind.HEADLINE:
        return False
    return draft.act in {Act.STATEMENT, Act.ACCUSATION} or (draft.act is Act.DENIAL and draft.frame in _OWN_WORDS)


def _party(linker: Linker, draft: Draft) -> str:
    return linker.set.with_ref(draft.actors[0]).party().ref


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
