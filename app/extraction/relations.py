"""Relations: the earlier claim that a denial, a confirmation or a "could not verify" is about."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.domain.claim import Act, RelationKind, TargetRole
from app.domain.span import Span
from app.extraction.allegiance import directed_at, owner_of, parties_of, same_party
from app.extraction.answers import PLAIN, POINTING, UNCONFIRMED, by_reply
from app.extraction.antecedents import Meant, by_clause, by_noun
from app.extraction.as_told import AS_TOLD
from app.extraction.candidates import OPEN_ACTS, contradicted, latest
from app.extraction.contradictions import CONTRADICTS, held_against
from app.extraction.draft import DraftRelation
from app.extraction.false_clauses import FALSE_CLAUSE, TRUE_CLAUSE, false_clause, true_clause
from app.extraction.same_words import closest, said_in, same_words
from app.extraction.sides import either_side
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
_NAMING = frozenset({"obj", "mot", "emot", "till", "inför", "i", "på"})
"""Frames in which the claim meant is named: "nekar *till anklagelserna*"."""
_REACH = 5
"""Paragraphs a claim is looked for back, unless its words are taken up: farther guesses were wrong in development."""
_NEAR = 2
_TELLING = 5
"""Letters of the shortest verb that tells which deed is meant: not "ha", "göra", "säga"."""
_WHICH = frozenset({"vilket", "något", "det", "detta"})
_VERDICTS = frozenset({Act.DENIAL, Act.CONFIRMATION, Act.UNVERIFIED})
_HELD_AGAINST = frozenset({Act.ACCUSATION, Act.CRITICISM})
_WANTED = frozenset({Act.DEMAND, Act.ANNOUNCEMENT})
_WHO = frozenset({"vem", "vilka", "vilken"})
_CLAUSE = 8
"""Words among which a denial says "någon sådan": "att hon har gett *något sådant löfte*"."""
_RESPONSIBILITY = "ansvar"
_JUDGING = {FALSE_CLAUSE: false_clause, TRUE_CLAUSE: true_clause}
"""What is judged, by the rule that found so."""
_FAR = 2
"""Words that a claim farther back must share."""


def set_relations(reading: Reading, linker: Linker) -> None:
    """Link every denial, confirmation, support and unverified claim to what it is about, where the text tells."""
    for position, draft in enumerate(reading.drafts):
        earlier = reading.drafts[:position]
        kind = _kind(reading, draft, earlier)
        if kind is None:
            continue
        for meant, rule, mention in _meant(reading, linker, draft, earlier):
            other = _as_reported(linker, draft, meant)
            draft.relations.append(DraftRelation(kind, other, rule, mention))
            draft.evidence["relation"] = rule


def _kind(reading: Reading, draft: Draft, earlier: list[Draft]) -> RelationKind | None:
    if _upholds(reading, draft):
        return RelationKind.REPEATS
    if draft.evidence["act"] == CONTRADICTS:
        # "Vi har aldrig mutat någon" does not name the claim that it is against.
        return RelationKind.ANSWERS
    return _KINDS.get(draft.act) or _doubts(reading, draft, earlier)


def _as_reported(linker: Linker, draft: Draft, meant: Draft) -> Draft:
    """The claim as the article has it: who denies what a newspaper says a lawyer said denies the newspaper's claim."""
    mine = parties_of(linker, draft)
    accused = any(t.role is TargetRole.ACCUSED and t.actor in mine for t in meant.targets)
    outer = meant.parent if draft.act is Act.DENIAL and not accused else None
    while outer is not None and outer is not draft.parent and outer.act in OPEN_ACTS:
        if not _eligible(linker, draft, outer):
            break
        meant, outer = outer, outer.parent
    return meant


def _doubts(reading: Reading, draft: Draft, earlier: list[Draft]) -> RelationKind | None:
    """Denial by a verb that may only criticise: "*Siffran* ifrågasätts av ministern"."""
    cue, head = draft.cue, draft.content_head
    entry = cue.entry if cue is not None else None
    denies = entry is not None and Act.DENIAL in (entry.negated if cue and cue.negated else entry.acts)
    if not denies or draft.frame not in _NAMING or head is None:
        return None
    if head.lower in _WHICH:
        # "att han agerade i nödvärn, *vilket* åklagaren ifrågasätter", "något som hon motsätter sig"
        return RelationKind.DENIES
    wanted = [d for d in earlier if d.act in _WANTED and draft.paragraph - d.paragraph <= 1]
    if any(same_words([head], said_in(reading, d)) for d in wanted):
        # "begär att målet *flyttas*. Åklagaren motsätter sig *en flytt*."
        return RelationKind.DENIES
    hit = reading.lexicon.noun_by_head(head.lower)
    claim = head.lemma in reading.replies.quantities or (hit is not None and bool(hit.entry.refers_to))
    return RelationKind.DENIES if claim and head.feat("Definite") == "Def" else None


def _meant(reading: Reading, linker: Linker, draft: Draft, earlier: list[Draft]) -> Meant:
    nodes = [node for part in draft.content for node in reading.tree.between(*part)]
    if not nodes:
        return []
    if _upholds(reading, draft):
        return _upheld(reading, linker, draft, nodes, earlier)
    others = [d for d in earlier if _eligible(linker, draft, d)]
    if told_here := [d for d in others if d.evidence["content"] == AS_TOLD and d.content[0] == draft.content[0]]:
        # "Att ledningen ljög, som facket påstår, förnekar bolaget"
        return [(d, "same-clause", None) for d in told_here]
    told = [d for d in others if reading.kinds[d.paragraph] is not ParagraphKind.HEADLINE]
    others = told or others
    candidates = [d for d in others if draft.paragraph - d.paragraph <= _REACH]
    opening = [node.lower for node in nodes[:_CLAUSE]]
    such = any(pair[0] in reading.grammar.some and pair[1] in reading.grammar.such for pair in pairwise(opening))
    rule = draft.evidence.get("act")
    such = such or rule == "denies-such-a-thing"
    answered = bool(earlier) and bool(earlier[-1].relations) and earlier[-1].actors == draft.actors
    if answered and (rule == CONTRADICTS or (draft.act is Act.DENIAL and such)):
        # "Vång dementerar uppgiften. Något sådant samtal har aldrig ägt rum": said once is enough.
        return []
    if draft.act is Act.DENIAL and such:
        # "förnekar att något sådant har förekommit", "Någon sådan order finns inte"
        return [(d, "such-a-thing", None) for d in _such(reading, draft, nodes, candidates)]
    about_noun = rule == "calls-claims-false"
    if rule == CONTRADICTS:
        return [(d, "denied-content", None) for d in latest(held_against(reading, linker, draft, earlier))]
    if draft.frame in {"som", *_NAMING} or about_noun or rule == "calls-a-claim-names":
        far = [d for d in others if d not in candidates and d.actors != draft.actors]
        found = by_noun(reading, linker, draft, nodes, candidates, far) or _far(reading, draft, nodes, others)
        # "att man inte känner igen den bilden"
        found = found or [
            (d, "last-claim", None) for d in latest([d for d in candidates if about_noun and d.parent is None])
        ]
        # "nekar *till att ha sett något*" says in a clause of its own what is denied.
        owned = draft.content_head is not None and owner_of(linker, draft.content_head) is not None
        if not found and draft.act is Act.DENIAL and draft.frame == "obj" and not (owned or _is_plea(reading, nodes)):
            # "avvisar *planerna*": no noun for words, but what was said against the source, or last.
            near = [d for d in candidates if draft.paragraph - d.paragraph <= 1 and d.parent is None]
            wanted = [d for d in near[-1:] if d.act is Act.DEMAND and d.paragraph == draft.paragraph]
            found = [(d, "denied-thing", None) for d in wanted or contradicted(linker, draft, near) or latest(near)]
        if found or draft.frame in {"obj", "som"} or about_noun:
            return found
    if rule in _JUDGING:
        # "Att någon skulle ha *tvingats* är påhitt": what was told in these words, of the source, or right before.
        near = [d for d in candidates if draft.paragraph - d.paragraph <= _NEAR]
        beside = [d for d in near if d.paragraph == draft.paragraph and d.parent is None]
        same = closest(reading, _JUDGING[rule](reading, draft), candidates)
        return [(d, "denied-content", None) for d in same or contradicted(linker, draft, near) or latest(beside)]
    if draft.frame in {"quote", "source"} or rule in PLAIN or rule == UNCONFIRMED:
        return by_reply(reading, linker, draft, nodes, candidates)
    if draft.act in _VERDICTS and (found := by_clause(reading, linker, draft, nodes, candidates)):
        return found
    asked = nodes[0].lower in reading.grammar.interrogatives
    if draft.act is Act.UNVERIFIED and (draft.frame == "wh" or asked):
        # "kunde inte fastställa vem som sköt": what either side holds; "var bilderna är tagna": who just told of them.
        beside = [d for d in candidates if d.paragraph == draft.paragraph]
        found = [(d, "same-words", None) for d in closest(reading, nodes, beside) or latest(beside)]
        found = [] if nodes[0].lower in _WHO else found
        return found or [(d, "both-sides", None) for d in either_side(reading, linker, candidates)]
    if draft.act is Act.CONFIRMATION and draft.evidence["content"] == "clausal-subject":
        # "*Att båten har gått på grund* bekräftas av rederiet": what stands in front is known.
        near = [d for d in candidates if draft.paragraph - d.paragraph <= 1 and d.parent is None]
        return [(d, "same-words", None) for d in closest(reading, nodes, near) or latest(near)]
    if draft.act is Act.UNVERIFIED:
        # "kan inte bekräfta *att stormen har krävt liv*": what has just been told in these words.
        beside = [d for d in candidates if draft.paragraph - d.paragraph <= 1]
        same = closest(reading, nodes, beside) or closest(reading, nodes, candidates, least=_FAR)
        return [(d, "same-words", None) for d in same]
    if draft.act is Act.DENIAL:
        same = closest(reading, nodes, candidates, least=_FAR)
        denied = same or _of_deed(reading, draft, candidates) or contradicted(linker, draft, candidates)
        if not denied:
            # However far back: what one is accused of in the words that one denies.
            held = directed_at(parties_of(linker, draft), others)
            denied = closest(reading, nodes, [d for d in held if d.act is Act.ACCUSATION]) or latest(
                [d for d in held if d.act in _HELD_AGAINST] if draft.frame == "att" else []
            )
        if not denied and draft.frame == "att":
            denied = _just_denied(reading, draft, nodes, [d for d in candidates if d.parent is None])
        return [(d, "denied-content", None) for d in denied]
    entry = draft.cue.entry if draft.cue is not None else None
    if draft.act is Act.CONFIRMATION and draft.frame == "att" and entry and entry.verb not in reading.replies.admitting:
        return [(d, "same-words", None) for d in closest(reading, nodes, candidates, least=_FAR)]
    return []


def _of_deed(reading: Reading, draft: Draft, candidates: list[Draft]) -> list[Draft]:
    """ "nekar till att ha *förfalskat* något papper": the claim that told of the deed by its verb."""
    deed = draft.content_head
    if deed is None or deed.upos != "VERB" or len(deed.lemma) < _TELLING:
        return []
    told = [d for d in candidates if any(n.lemma == deed.lemma and n.upos == "VERB" for n in said_in(reading, d))]
    return latest([d for d in told if d.act in OPEN_ACTS])


def _such(reading: Reading, draft: Draft, nodes: list[Node], candidates: list[Draft]) -> list[Draft]:
    """What "någon sådan *begäran*" means: the latest claim that the noun calls so, else the latest of all."""
    hit = next((h for n in nodes[:_CLAUSE] if (h := reading.lexicon.noun_by_head(n.lower)) is not None), None)
    near = [d for d in candidates if draft.paragraph - d.paragraph <= _NEAR]
    called = [d for d in near if hit is not None and d.act in _WANTED and d.act in hit.entry.refers_to[:1]]
    return latest(called) or latest([d for d in candidates if d.parent is None])


def _just_denied(reading: Reading, draft: Draft, nodes: list[Node], candidates: list[Draft]) -> list[Draft]:
    """What a clause denies in other words: what was told nearby of the same thing, or right before in the paragraph."""
    told = [d for d in candidates if d.act in {*OPEN_ACTS, Act.DEMAND}]
    near = [d for d in told if draft.paragraph - d.paragraph <= _NEAR]
    return closest(reading, nodes, near) or latest([d for d in told if d.paragraph == draft.paragraph])


def _is_plea(reading: Reading, nodes: list[Node]) -> bool:
    """Whether what is denied needs nobody's claim: "förnekar *brott*", "frånsäger sig *allt ansvar*"."""
    return any(node.lower in reading.replies.pleas or node.lemma == _RESPONSIBILITY for node in nodes)


def _upholds(reading: Reading, draft: Draft) -> bool:
    """Whether a source stands by an earlier claim of its own, named by a noun."""
    entry = draft.cue.entry if draft.cue is not None else None
    return entry is not None and entry.verb in reading.replies.upholding and draft.frame in {"obj", "vid"}


def _upheld(reading: Reading, linker: Linker, draft: Draft, nodes: list[Node], earlier: list[Draft]) -> Meant:
    """What the source itself said before: "tidningen vidhåller *uppgifterna*"."""
    noun = next((n for n in nodes if n.lower in POINTING or reading.lexicon.noun_by_head(n.lower) is not None), None)
    if noun is None:
        return []
    own = [d for d in earlier if same_party(linker, draft, d) and d.act in {*OPEN_ACTS, Act.DEMAND}]
    mention = Span.cut(reading.text, draft.content[0][0], draft.content[-1][1])
    rest = [node for node in nodes if node is not noun]
    return [(d, "own-claim", mention) for d in closest(reading, rest, own) or latest(own)]


def _eligible(linker: Linker, draft: Draft, other: Draft) -> bool:
    """An earlier claim of another party, not the one in which the denial itself is reported."""
    if other is draft.parent:
        return False
    if other.act is Act.UNVERIFIED or (other.act in {Act.DENIAL, Act.CONFIRMATION} and other.frame == "obj"):
        return False
    if draft.act in {Act.UNVERIFIED, Act.CONFIRMATION} and draft.actors != other.actors:
        # "Kommunens miljöchef befarar … Det kan räddningsledaren inte bekräfta."
        return not (set(draft.actors) & parties_of(linker, other))
    # Whoever accuses me is no friend, whatever state we both are of.
    return any(t.actor in draft.actors for t in other.targets) or not same_party(linker, draft, other)


def _far(reading: Reading, draft: Draft, nodes: list[Node], candidates: list[Draft]) -> Meant:
    """A claim from farther back that says the same words: "uppgifterna om *antalet döda*"."""
    mention = Span.cut(reading.text, draft.content[0][0], draft.content[-1][1])
    chosen = closest(reading, nodes, candidates, least=_FAR)
    return [(d, "same-words-far-back", mention) for d in chosen]
