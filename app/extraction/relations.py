"""Relations: the earlier claim that a denial, a confirmation or a "could not verify" is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Act, Mode, RelationKind
from app.domain.span import Span
from app.extraction.draft import DraftRelation
from app.extraction.structure import ParagraphKind

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading
    from app.parsing.tree import Node
    from app.resolution.linking import Linker

_KINDS = {
    Act.DENIAL: RelationKind.DENIES,
    Act.CONFIRMATION: RelationKind.CONFIRMS,
    Act.UNVERIFIED: RelationKind.UNVERIFIED,
    Act.SUPPORT: RelationKind.SUPPORTS,
}
_ANAPHORIC = frozenset({"det", "detta", "denna", "dessa", "den", "de", "vilket", "något", "någonting"})
_REACH = 5
"""Paragraphs a claim is looked for back; farther links were all wrong on the development articles."""
_SHORT_REPLY = 4
"""Words. A longer answer that does not begin with "det" says something of its own ("Nej, vi har en misstänkt")."""
_SIDES = 2
_STEM = 4
"""Letters that make a word long enough to be told in a compound."""
_OPEN_ACTS = frozenset({Act.STATEMENT, Act.ACCUSATION, Act.CRITICISM, Act.OPINION, Act.ANNOUNCEMENT, Act.CONFIRMATION})


def set_relations(reading: Reading, linker: Linker) -> None:
    """Link every denial, confirmation, support and unverified claim to what it is about, where the text tells."""
    for position, draft in enumerate(reading.drafts):
        kind = RelationKind.REPEATS if _upholds(reading, draft) else _KINDS.get(draft.act)
        if kind is None:
            continue
        for other, rule, mention in _meant(reading, linker, draft, reading.drafts[:position]):
            draft.relations.append(DraftRelation(kind, other, rule, mention))
            draft.evidence["relation"] = rule


def _meant(
    reading: Reading, linker: Linker, draft: Draft, earlier: list[Draft]
) -> list[tuple[Draft, str, Span | None]]:
    nodes = [node for part in draft.content for node in reading.tree.between(*part)]
    if not nodes:
        return []
    if _upholds(reading, draft):
        return _upheld(reading, linker, draft, nodes, earlier)
    candidates = [d for d in earlier if _eligible(linker, draft, d)]
    about_noun = draft.evidence.get("act") == "calls-claims-false"
    if draft.frame in {"obj", "som"} or about_noun:
        return _by_noun(reading, linker, draft, nodes, candidates)
    if draft.frame in {"quote", "source"}:
        short = len([node for node in nodes if node.is_word]) <= _SHORT_REPLY
        if draft.act is Act.DENIAL and (short or nodes[0].lower in {"det", "detta"}):
            span = Span.cut(reading.text, nodes[0].start, nodes[0].end)
            return [(d, "quoted-denial", span) for d in _latest(candidates)]
        return []
    if draft.act is Act.DENIAL:
        return [(d, "denied-content", None) for d in _by_content(linker, draft, nodes, candidates)]
    return []


def _upholds(reading: Reading, draft: Draft) -> bool:
    """Whether a source stands by an earlier claim of its own, named by a noun."""
    cue = draft.cue
    return (
        cue is not None
        and cue.entry is not None
        and cue.entry.verb in reading.replies.upholding
        and draft.frame in {"obj", "vid"}
    )


def _upheld(
    reading: Reading, linker: Linker, draft: Draft, nodes: list[Node], earlier: list[Draft]
) -> list[tuple[Draft, str, Span | None]]:
    """What the source itself said before: "tidningen vidhåller *uppgifterna*"."""
    noun = next((n for n in nodes if reading.lexicon.noun_by_head(n.lower) is not None), None)
    if noun is None:
        return []
    own = [d for d in earlier if _same_party(linker, draft, d) and d.act in {*_OPEN_ACTS, Act.DEMAND}]
    mention = Span.cut(reading.text, draft.content[0][0], draft.content[-1][1])
    return [(d, "own-claim", mention) for d in _closest(reading, nodes, noun, own) or _latest(own)]


def _eligible(linker: Linker, draft: Draft, other: Draft) -> bool:
    """An earlier claim of another party, not the one in which the denial itself is reported."""
    if other is draft.parent or draft.paragraph - other.paragraph > _REACH:
        return False
    if other.act is Act.UNVERIFIED or (other.act in {Act.DENIAL, Act.CONFIRMATION} and other.frame == "obj"):
        return False
    return not _same_party(linker, draft, other)


def _same_party(linker: Linker, draft: Draft, other: Draft) -> bool:
    mine = {linker.set.with_ref(ref).party().ref for ref in draft.actors}
    return bool(mine & {linker.set.with_ref(ref).party().ref for ref in other.actors})


def _latest(candidates: list[Draft]) -> list[Draft]:
    return [candidates[-1]] if candidates else []


def _by_noun(
    reading: Reading, linker: Linker, draft: Draft, nodes: list[Node], candidates: list[Draft]
) -> list[tuple[Draft, str, Span | None]]:
    head = draft.content_head or nodes[0]
    if head.lower in _ANAPHORIC and draft.frame == "obj":
        return [(d, "pronoun", Span.cut(reading.text, head.start, head.end)) for d in _latest(candidates)]
    sides = _sides(reading, linker, nodes)
    noun_node, hit = next(
        ((node, hit) for node in nodes if (hit := reading.lexicon.noun_by_head(node.lower)) is not None), (None, None)
    )
    if noun_node is None or hit is None or not hit.entry.refers_to:
        found = _by_content(linker, draft, nodes, candidates) if draft.act is Act.DENIAL else []
        return [(d, "denied-thing", None) for d in found]
    mention = Span.cut(reading.text, draft.content[0][0], draft.content[-1][1])
    acts = set(hit.entry.refers_to)
    owner = _owner(linker, noun_node)
    definite = hit.form.definite or owner is not None or sides or any(n.lower in _ANAPHORIC for n in nodes)
    if not definite:
        return []
    if sides:
        earliest = hit.entry.noun in reading.replies.accounts
        return [(d, "both-sides", mention) for d in _one_each(reading, linker, candidates, first=earliest)]
    first = [d for d in candidates if d.act is hit.entry.refers_to[0]]
    fitting = first or [d for d in candidates if d.act in acts] or [d for d in candidates if d.act in _OPEN_ACTS]
    if owner is not None:
        direct = [d for d in candidates if d.mode is Mode.DIRECT and d.act in _OPEN_ACTS and d not in fitting]
        owned = [d for d in sorted(fitting + direct, key=lambda d: d.start) if owner in _parties(linker, d)]
        owned = [d for d in owned if d.parent is None and d.cue is not None]
        return [(d, "noun-with-owner", mention) for d in owned]
    chosen = _closest(reading, nodes, noun_node, fitting) or _latest(fitting)
    return [(d, "noun", mention) for d in _with_neighbours(chosen, candidates, hit.entry.acts[0])]


def _with_neighbours(chosen: list[Draft], candidates: list[Draft], act: Act) -> list[Draft]:
    """What the same source went on to say right before: "kritiken" means all of it."""
    if not chosen or act is not Act.CRITICISM:
        return chosen
    last = chosen[0]
    block = [d for d in candidates if d.actors == last.actors and last.paragraph - d.paragraph <= 1]
    return block or chosen


def _parties(linker: Linker, draft: Draft) -> set[str]:
    found = set()
    for ref in draft.actors:
        cluster = linker.set.with_ref(ref)
        found |= {ref, cluster.party().ref, *(party.ref for party, _, _ in cluster.represents)}
    return found


def _owner(linker: Linker, noun: Node) -> str | None:
    """Whose claim the noun means: "fackets kritik", "uppgifterna från Phnom Penh"."""
    for child in noun.children:
        case = child.child("case")
        if child.deprel == "nmod:poss" or (child.rel == "nmod" and case is not None and case.lower == "från"):
            cluster = linker.cluster_of(child)
            if cluster is not None and (cluster.named or cluster.mentions):
                return cluster.ref
    return None


def _sides(reading: Reading, linker: Linker, nodes: list[Node]) -> bool:
    words = [node.lower for node in nodes]
    if any(word in {"sidornas", "parternas", "sidorna", "parterna", "sidans"} for word in words):
        return True
    return any(
        linker.entities.group_phrase(" ".join(words[k : k + n])) for n in (2, 3) for k in range(len(words) - n + 1)
    )


def _one_each(reading: Reading, linker: Linker, candidates: list[Draft], *, first: bool) -> list[Draft]:
    """The latest claim of each of the two parties that spoke last, or their ``first`` ones: what they hold at all."""
    found: dict[str, Draft] = {}
    for draft in reversed(candidates):
        headline = reading.kinds[draft.paragraph] is ParagraphKind.HEADLINE
        if not draft.actors or draft.parent is not None or draft.act in {Act.DENIAL, Act.DEMAND} or headline:
            continue
        party = linker.set.with_ref(draft.actors[0]).party().ref
        if party in found:
            found[party] = draft if first else found[party]
        elif len(found) < _SIDES:
            found[party] = draft
    return sorted(found.values(), key=lambda d: d.start)


def _by_content(linker: Linker, draft: Draft, nodes: list[Node], candidates: list[Draft]) -> list[Draft]:
    """The claim that a denial with a clause of its own contradicts: made about the source, in words it takes up."""
    mine = _parties(linker, draft)
    against = [d for d in candidates if any(t.actor in mine for t in d.targets)]
    accusing = [d for d in against if d.act is Act.ACCUSATION]
    return _latest(accusing) or _latest(against)


def _closest(reading: Reading, nodes: list[Node], noun: Node, candidates: list[Draft]) -> list[Draft]:
    """The claim that shares most words with what is denied of it ("påståendet om *regnen*"), the latest of equals."""
    mine = _content_words(nodes) - {noun.lemma}
    shared = [(len(_overlap(mine, _said(reading, other))), other.start, other) for other in candidates]
    best = max(shared, key=lambda entry: entry[:2], default=None)
    return [best[2]] if best is not None and best[0] else []


def _said(reading: Reading, draft: Draft) -> set[str]:
    return _content_words([node for part in draft.content for node in reading.tree.between(*part)])


def _content_words(nodes: list[Node]) -> set[str]:
    return {node.lemma for node in nodes if node.upos in {"NOUN", "PROPN", "VERB", "NUM"}}


def _overlap(mine: set[str], theirs: set[str]) -> set[str]:
    """The words of ``mine`` that stand in ``theirs`` or begin a compound there: "regn" in "regnperiod"."""
    return {word for word in mine if word in theirs or (len(word) >= _STEM and any(w.startswith(word) for w in theirs))}
