"""Relations: the earlier claim that a denial, a confirmation or a "could not verify" is about."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.domain.claim import Act, Mode, RelationKind, TargetRole
from app.domain.span import Span
from app.extraction.allegiance import directed_at, owner_of, parties_of, same_party
from app.extraction.draft import DraftRelation
from app.extraction.same_words import closest, said_in, same_words
from app.extraction.sides import either_side, names_sides, one_claim_each
from app.extraction.speech_nouns import calls_wrong
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
"""Paragraphs a claim is looked for back, unless its words are taken up: farther guesses were wrong in development."""
_NEAR = 2
_WHO = frozenset({"vem", "vilka", "vilken"})
_SHORT_REPLY = 4
"""Words. A longer answer that does not begin with "det" says something of its own ("Nej, vi har en misstänkt")."""
_SUCH_REACH = 4
_FAR = 2
"""Words that a claim farther back must share."""
_CRITICAL = frozenset({Act.CRITICISM, Act.ACCUSATION})
_OPEN_ACTS = frozenset({Act.STATEMENT, Act.ACCUSATION, Act.CRITICISM, Act.OPINION, Act.ANNOUNCEMENT, Act.CONFIRMATION})


def set_relations(reading: Reading, linker: Linker) -> None:
    """Link every denial, confirmation, support and unverified claim to what it is about, where the text tells."""
    for position, draft in enumerate(reading.drafts):
        kind = RelationKind.REPEATS if _upholds(reading, draft) else _KINDS.get(draft.act) or _doubts(reading, draft)
        if kind is None:
            continue
        for meant, rule, mention in _meant(reading, linker, draft, reading.drafts[:position]):
            other = _as_reported(linker, draft, meant)
            draft.relations.append(DraftRelation(kind, other, rule, mention))
            draft.evidence["relation"] = rule


def _as_reported(linker: Linker, draft: Draft, meant: Draft) -> Draft:
    """The claim as the article has it: who denies what a newspaper says a lawyer said denies the newspaper's claim."""
    mine = parties_of(linker, draft)
    accused = any(t.role is TargetRole.ACCUSED and t.actor in mine for t in meant.targets)
    outer = meant.parent if draft.act is Act.DENIAL and not accused else None
    while outer is not None and outer is not draft.parent and outer.act in _OPEN_ACTS:
        if not _eligible(linker, draft, outer):
            break
        meant, outer = outer, outer.parent
    return meant


def _doubts(reading: Reading, draft: Draft) -> RelationKind | None:
    """Denial by a verb that may only criticise: "*Siffran* ifrågasätts av ministern"."""
    cue, head = draft.cue, draft.content_head
    if cue is None or cue.entry is None or Act.DENIAL not in cue.entry.acts or draft.frame != "obj" or head is None:
        return None
    hit = reading.lexicon.noun_by_head(head.lower)
    claim = head.lemma in reading.replies.quantities or (hit is not None and bool(hit.entry.refers_to))
    return RelationKind.DENIES if claim and head.feat("Definite") == "Def" else None


def _meant(
    reading: Reading, linker: Linker, draft: Draft, earlier: list[Draft]
) -> list[tuple[Draft, str, Span | None]]:
    nodes = [node for part in draft.content for node in reading.tree.between(*part)]
    if not nodes:
        return []
    if _upholds(reading, draft):
        return _upheld(reading, linker, draft, nodes, earlier)
    others = [d for d in earlier if _eligible(linker, draft, d)]
    told = [d for d in others if reading.kinds[d.paragraph] is not ParagraphKind.HEADLINE]
    others = told or others
    candidates = [d for d in others if draft.paragraph - d.paragraph <= _REACH]
    opening = [node.lower for node in nodes[:_SUCH_REACH]]
    such = any(pair[0] in reading.grammar.some and pair[1] in reading.grammar.such for pair in pairwise(opening))
    if draft.act is Act.DENIAL and such:
        # "förnekar att något sådant har förekommit", "Någon sådan order finns inte"
        if earlier and earlier[-1].relations and earlier[-1].actors == draft.actors:
            # "Vång dementerar uppgiften. Något sådant samtal har aldrig ägt rum": said once is enough.
            return []
        return [(d, "such-a-thing", None) for d in _latest([d for d in candidates if d.parent is None])]
    about_noun = draft.evidence.get("act") == "calls-claims-false"
    if draft.frame in {"obj", "som"} or about_noun or draft.evidence.get("act") == "calls-a-claim-names":
        far = [d for d in others if d not in candidates and d.actors != draft.actors]
        found = _by_noun(reading, linker, draft, nodes, candidates, far) or _far(reading, draft, nodes, others)
        # "att man inte känner igen den bilden"
        return found or [
            (d, "last-claim", None) for d in _latest([d for d in candidates if about_noun and d.parent is None])
        ]
    if draft.frame in {"quote", "source"}:
        # "Nonsens. Hade vi vetat det hade vi aldrig köpt tomten."
        opening = [node.lower for node in nodes if node.is_word and node.sentence == nodes[0].sentence]
        short = len(opening) <= _SHORT_REPLY and (opening != ["nej"] or len(nodes) <= _SHORT_REPLY)
        if draft.act is Act.DENIAL and (short or nodes[0].lower in {"det", "detta"} or calls_wrong(reading, draft)):
            if (hit := reading.lexicon.noun_by_head(nodes[0].lower)) is not None and hit.entry.refers_to:
                # "Anklagelsen är gripen ur luften": the one just made.
                near = [d for d in candidates if draft.paragraph - d.paragraph <= _NEAR]
                found = _by_noun(reading, linker, draft, nodes[:1], near, [])
                return found or [(d, "quoted-denial", None) for d in _latest(candidates)]
            span = Span.cut(reading.text, nodes[0].start, nodes[0].end)
            return [(d, "quoted-denial", span) for d in _latest(candidates)]
        if draft.evidence.get("act") == "calls-a-claim-unverified":
            noun = next((node for node in nodes if node.upos == "NOUN"), nodes[0])
            return _by_noun(reading, linker, draft, [noun], candidates, [])
        if draft.act is Act.CONFIRMATION and (hit := reading.lexicon.noun_by_head(nodes[0].lower)) is not None:
            # "Kritiken är befogad, medger Staaf."
            return _by_noun(reading, linker, draft, nodes[:1], candidates, []) if hit.entry.refers_to else []
        if draft.act is Act.DENIAL and draft.cue is not None and draft.evidence.get("act", "").startswith("cue-"):
            # "Nygård dementerar: ”Jag sitter kvar”": what was said of her.
            return [(d, "denied-content", None) for d in _by_content(linker, draft, nodes, candidates)]
        return []
    asked = nodes[0].lower in reading.grammar.interrogatives
    if draft.act is Act.UNVERIFIED and (draft.frame == "wh" or asked):
        # "kunde inte fastställa vem som sköt": what either side holds; "var bilderna är tagna": who just told of them.
        beside = [d for d in candidates if d.paragraph == draft.paragraph]
        found = [] if nodes[0].lower in _WHO else [(d, "same-words", None) for d in closest(reading, nodes, beside)]
        return found or [(d, "both-sides", None) for d in either_side(reading, linker, candidates)]
    if draft.act is Act.DENIAL:
        same = closest(reading, nodes, candidates, least=_FAR)
        found = same or _by_content(linker, draft, nodes, candidates)
        if not found:
            # However far back: what one is accused of in the words that one denies.
            accusing = [d for d in directed_at(parties_of(linker, draft), others) if d.act is Act.ACCUSATION]
            found = closest(reading, nodes, accusing)
        return [(d, "denied-content", None) for d in found]
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
    own = [d for d in earlier if same_party(linker, draft, d) and d.act in {*_OPEN_ACTS, Act.DEMAND}]
    mention = Span.cut(reading.text, draft.content[0][0], draft.content[-1][1])
    rest = [node for node in nodes if node is not noun]
    return [(d, "own-claim", mention) for d in closest(reading, rest, own) or _latest(own)]


def _eligible(linker: Linker, draft: Draft, other: Draft) -> bool:
    """An earlier claim of another party, not the one in which the denial itself is reported."""
    if other is draft.parent:
        return False
    if other.act is Act.UNVERIFIED or (other.act in {Act.DENIAL, Act.CONFIRMATION} and other.frame == "obj"):
        return False
    # Whoever accuses me is no friend, whatever state we both are of.
    return any(t.actor in draft.actors for t in other.targets) or not same_party(linker, draft, other)


def _latest(candidates: list[Draft]) -> list[Draft]:
    return [candidates[-1]] if candidates else []


def _by_noun(
    reading: Reading, linker: Linker, draft: Draft, nodes: list[Node], candidates: list[Draft], far: list[Draft]
) -> list[tuple[Draft, str, Span | None]]:
    head = draft.content_head or nodes[0]
    if draft.evidence.get("content") == "relative-antecedent":
        said = [d for d in candidates if any(node.sentence == head.sentence for node in said_in(reading, d))]
        return [(d, "sentence-so-far", None) for d in _latest(said or candidates)]
    if head.lower in _ANAPHORIC and draft.frame == "obj":
        meant = _latest(candidates)
        if draft.act is Act.DENIAL and meant:
            # "A anklagar B. Enligt A visste B länge. *Det* förnekar B": both.
            before = [d for d in candidates if d.paragraph == meant[0].paragraph and d.act is Act.ACCUSATION]
            before = [d for d in directed_at(parties_of(linker, draft), before) if d.actors == meant[0].actors]
            meant = [*(d for d in before if d is not meant[0]), *meant]
        return [(d, "pronoun", Span.cut(reading.text, head.start, head.end)) for d in meant]
    sides = names_sides(linker, nodes)
    noun_node, hit = next(
        ((node, hit) for node in nodes if (hit := reading.lexicon.noun_by_head(node.lower)) is not None), (None, None)
    )
    if sides and noun_node is None and len(nodes) == 1:
        # "inte har kunnat bekräfta *någotdera*"
        return [(d, "both-sides", None) for d in one_claim_each(reading, linker, candidates, first=False)]
    if noun_node is None or hit is None or not hit.entry.refers_to:
        return [(d, "named-thing", None) for d in _by_thing(reading, linker, draft, nodes, candidates)]
    mention = Span.cut(reading.text, draft.content[0][0], draft.content[-1][1])
    acts = set(hit.entry.refers_to)
    owner = owner_of(linker, noun_node)
    definite = hit.form.definite or owner is not None or sides or any(n.lower in _ANAPHORIC for n in nodes)
    if not definite:
        return []
    if sides:
        earliest = hit.entry.noun in reading.replies.accounts
        return [(d, "both-sides", mention) for d in one_claim_each(reading, linker, candidates, first=earliest)]
    first = [d for d in candidates if d.act is hit.entry.refers_to[0]]
    fitting = [d for d in candidates if d.act in acts]
    elsewhere = bool(first) and first[-1].paragraph != draft.paragraph == fitting[-1].paragraph
    if first and not (elsewhere and hit.entry.refers_to[0] is Act.STATEMENT):
        # "påståendet" is first of all a statement, but what was said just before it whatever it was.
        fitting = first
    if hit.entry.refers_to[0] is Act.STATEMENT and not any(d.paragraph == draft.paragraph for d in fitting):
        # "Det rör sig om kosttillskott, *menar* Ferri. Den förklaringen …"
        fitting = [d for d in candidates if d.paragraph == draft.paragraph and d.act in _OPEN_ACTS] or fitting
    if hit.entry.refers_to[0] is Act.ACCUSATION and hit.form.plural and not first and owner is None:
        # "Anklagelserna", where no words were called one: all that was held against the source just before.
        held = [d for d in candidates if d.act in _OPEN_ACTS]
        side = parties_of(linker, held[-1]) if held else set()
        block = [d for d in held if d.paragraph == held[-1].paragraph and side & parties_of(linker, d)]
        return [(d, "noun", mention) for d in block]
    if hit.entry.refers_to[0] is Act.STATEMENT and (named := [d for d in fitting if d.cue is not None]):
        # "Påståendet" is what somebody said, rather than the exclamation that follows it.
        fitting = named
    if hit.entry.refers_to[0] in _CRITICAL:
        # Who rejects an accusation rejects the one against itself, however mildly it was put.
        mine = parties_of(linker, draft)
        near = [d for d in first if draft.paragraph - d.paragraph <= 1]
        here = [d for d in fitting if d.paragraph == draft.paragraph]
        fitting = near or directed_at(mine, first) or first or here or directed_at(mine, candidates) or fitting
    if not fitting and hit.entry.refers_to[0] is not Act.DEMAND:
        # "uppgifterna" may be anything said; "kraven" are demands.
        fitting = [d for d in candidates if d.act in _OPEN_ACTS]
    rest = [node for node in nodes if node is not noun_node]
    if owner is not None:
        demanded = hit.entry.refers_to[0] is Act.DEMAND
        direct = [d for d in candidates if d.mode is Mode.DIRECT and d.act in _OPEN_ACTS and d not in fitting]
        direct = [] if demanded and first else direct
        said = sorted(fitting + direct, key=lambda d: d.start)
        owned = [d for d in said if owner in parties_of(linker, d)] or [d for d in far if owner in d.actors]
        owned = [d for d in owned if d.parent is None and d.cue is not None]
        if not hit.form.plural and hit.entry.acts[0] is Act.STATEMENT:
            # "hennes uppgift" is one, "hennes kritik" all of it.
            owned = closest(reading, rest, owned) or _latest(owned)
        return [(d, "noun-with-owner", mention) for d in owned]
    chosen = closest(reading, rest, fitting) or closest(reading, rest, far) or _latest(fitting)
    if draft.act is Act.UNVERIFIED and hit.form.plural and chosen and not rest[1:]:
        # "AFP har inte kunnat verifiera uppgifterna": all that the source said there.
        last = chosen[-1]
        block = [d for d in candidates if d.paragraph == last.paragraph and d.actors == last.actors and not d.parent]
        return [(d, "noun", mention) for d in block or chosen]
    if draft.act is Act.DENIAL and hit.form.plural and chosen and not rest[1:]:
        # "A tillbakavisar *uppgifterna*": all that the source held against A there.
        against = directed_at(parties_of(linker, draft), candidates)
        near = (d for d in against if abs(d.paragraph - chosen[-1].paragraph) <= 1 and d.act in _OPEN_ACTS)
        block = [d for d in near if not d.parent and same_party(linker, d, chosen[-1])]
        chosen = sorted({*block, *chosen}, key=lambda d: d.start)
    return [(d, "noun", mention) for d in _with_neighbours(linker, chosen, candidates, hit.entry.acts[0])]


def _by_thing(
    reading: Reading, linker: Linker, draft: Draft, nodes: list[Node], candidates: list[Draft]
) -> list[Draft]:
    """The claim that told of the thing confirmed or denied: "bekräftar *budet*", "förnekar *all inblandning*"."""
    head = draft.content_head or nodes[0]
    if head.upos not in {"NOUN", "PROPN"} or draft.act is Act.SUPPORT or head.lower in reading.replies.pleas:
        return []
    owner = owner_of(linker, head)
    if owner is not None and (own := [d for d in candidates if owner in d.actors]):
        # "Hans alibi bekräftas": what he said.
        return closest(reading, [head], own) or _latest(own)
    accusing = _by_content(linker, draft, nodes, candidates) if draft.act is Act.DENIAL else []
    named = accusing or _named_in(reading, head, nodes, candidates)
    admitted = (
        draft.cue is not None and draft.cue.entry is not None and draft.cue.entry.verb in reading.replies.admitting
    )
    return named or ([] if admitted else _just_told(draft, head, candidates))


def _just_told(draft: Draft, head: Node, candidates: list[Draft]) -> list[Draft]:
    """ "bekräftar *läckan*", "avfärdar *siffran*": a thing taken up at once without its words is what was just told."""
    definite = head.feat("Definite") == "Def" and head.upos == "NOUN"
    near = [d for d in candidates if draft.paragraph - d.paragraph <= 1 and d.act in _OPEN_ACTS]
    return _latest(near) if definite else []


def _named_in(reading: Reading, head: Node, nodes: list[Node], candidates: list[Draft]) -> list[Draft]:
    return [d for d in closest(reading, nodes, candidates) if same_words([head], said_in(reading, d))]


def _far(
    reading: Reading, draft: Draft, nodes: list[Node], candidates: list[Draft]
) -> list[tuple[Draft, str, Span | None]]:
    """A claim from farther back that says the same words: "uppgifterna om *antalet döda*"."""
    mention = Span.cut(reading.text, draft.content[0][0], draft.content[-1][1])
    chosen = closest(reading, nodes, candidates, least=_FAR)
    return [(d, "same-words-far-back", mention) for d in chosen]


def _with_neighbours(linker: Linker, chosen: list[Draft], candidates: list[Draft], act: Act) -> list[Draft]:
    """What the same source went on to say right before: "kritiken" means all of it."""
    if not chosen or act is not Act.CRITICISM:
        return chosen
    last = chosen[0]
    mine = parties_of(linker, last)
    near = [d for d in candidates if last.paragraph - d.paragraph <= 1]
    # Others of its party where they criticise as well, or go on in its own paragraph or the next.
    near = [d for d in near if d.act is not Act.DEMAND]
    block = [d for d in near if d.actors == last.actors or (d.act in _CRITICAL and mine & parties_of(linker, d))]
    after = [d for d in candidates if d.start > last.start and d.act in _OPEN_ACTS and mine & parties_of(linker, d)]
    block += [d for d in after if d not in block]
    return block or chosen


def _by_content(linker: Linker, draft: Draft, nodes: list[Node], candidates: list[Draft]) -> list[Draft]:
    """The claim that a denial with a clause of its own contradicts: made about the source, in words it takes up."""
    mine = parties_of(linker, draft)
    against = directed_at(mine, candidates)
    accusing = [d for d in against if d.act is Act.ACCUSATION]
    return _latest(accusing) or _latest(against)
