"""Answers: what "Anklagelsen är gripen ur luften", "Det stämmer", "Nonsens" are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.domain.span import Span
from app.extraction.allegiance import directed_at, parties_of, same_party
from app.extraction.antecedents import Meant, by_noun
from app.extraction.candidates import contradicted, latest, open_to_answers
from app.extraction.replies import calls_wrong
from app.extraction.same_words import closest

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading
    from app.parsing.tree import Node
    from app.resolution.linking import Linker

PLAIN = frozenset(
    {"opens-as-denial", "calls-a-claim-wrong", "opens-as-confirmation", "calls-a-claim-true", "speaks-of-confirming"}
)
"""How an act was found where the words say no more than that something is so or not."""
UNCONFIRMED = "calls-a-claim-unverified"
POINTING = frozenset({"den", "det", "denna", "detta", "de", "dessa"})
_SHORT_REPLY = 4
"""Words. A longer answer that does not begin with "det" says something of its own ("Nej, vi har en misstänkt")."""
_NEAR = 2
"""Paragraphs."""
_COMING = frozenset({"bli", "komma"})
_NO, _TO = "nej", "på"
_THAT = frozenset({"det", "detta"})
_SUBJECT = 2
"""Words at the start of an answer among which the noun stands that it is about."""


def by_reply(reading: Reading, linker: Linker, draft: Draft, nodes: list[Node], candidates: list[Draft]) -> Meant:
    """What an answer in the source's own words is about: "Anklagelsen är gripen ur luften", "Det stämmer"."""
    rule = draft.evidence["act"]
    opening = [node for node in nodes if node.is_word and node.sentence == nodes[0].sentence]
    # "svarar *att* kritiken är fel", "kontrar *med att* kritiken är fel"
    opening = opening[{"att": 1, "med": 2}.get(draft.frame, 0) :]
    if not opening:
        return []
    # "Nonsens. Hade vi vetat det hade vi aldrig köpt tomten." But "Nej, vi har en misstänkt" says something of its own.
    no = opening[0].lower == _NO
    short = len(opening) <= _SHORT_REPLY and (not no or len(opening) > 1 or len(nodes) <= _SHORT_REPLY)
    pointing = opening[0].lower in _THAT
    denied = draft.act is Act.DENIAL and (short or pointing or calls_wrong(reading, draft))
    plain = denied or (rule in PLAIN and not no)
    if rule == UNCONFIRMED:
        noun = next((node for node in nodes if node.upos == "NOUN"), nodes[0])
        if noun.lower in _THAT:
            span = Span.cut(reading.text, nodes[0].start, nodes[0].end)
            return [(d, "quoted-reply", span) for d in latest(candidates)]
        return by_noun(reading, linker, draft, [noun], candidates, [])
    if plain:
        answered = _answered(reading, draft)
        if answered is not None and (found := by_noun(reading, linker, draft, [answered], candidates, [])):
            return found
        if rule == "calls-a-claim-wrong" and (found := _of_act(reading, opening, candidates)):
            return found
        counted = [n for n in opening[:_SUBJECT] if n.lemma in reading.replies.quantities and n.upos == "NOUN"]
        if counted and opening[0].lower not in POINTING and (given := closest(reading, counted, candidates)):
            # "*Siffran* stämmer inte": the latest claim that gives one.
            return [(d, "named-thing", None) for d in given]
        named = [n for n in opening[:_SUBJECT] if _is_claim(reading, n)][:1]
        near = [d for d in candidates if draft.paragraph - d.paragraph <= _NEAR]
        far = directed_at(parties_of(linker, draft), candidates)
        this = opening[0].lower in POINTING
        if draft.act is Act.DENIAL and far and far[-1] not in near and not this:
            # "Uppgifterna saknar grund, säger regionen": what was said of the region, farther back.
            near = far
        if named and (found := by_noun(reading, linker, draft, named, near or far, [])):
            return found
        span = Span.cut(reading.text, nodes[0].start, nodes[0].end)
        return [(d, "quoted-reply", span) for d in _replied_to(linker, draft, candidates, refused=_refuses(opening))]
    if draft.act is Act.CONFIRMATION and _is_claim(reading, nodes[0]):
        # "Kritiken är befogad, medger Staaf."
        return by_noun(reading, linker, draft, nodes[:1], candidates, [])
    if draft.act is Act.DENIAL and draft.cue is not None and rule.startswith("cue-"):
        # "Nygård dementerar: ”Jag sitter kvar”": what was said of her.
        return [(d, "denied-content", None) for d in contradicted(linker, draft, candidates)]
    return []


def _replied_to(linker: Linker, draft: Draft, candidates: list[Draft], *, refused: bool) -> list[Draft]:
    """What "Det är lögn" answers: the last claim, or the last one on the source where somebody else came between."""
    # "Nonsens" is said of words, "nej" also to a demand.
    said = open_to_answers(candidates) if draft.evidence["act"] == "opens-as-denial" and not refused else candidates
    last = latest(said or candidates)
    mine = parties_of(linker, draft)
    if not last or draft.act is not Act.DENIAL or last[0].paragraph == draft.paragraph or directed_at(mine, last):
        return last
    near = [d for d in candidates if draft.paragraph - d.paragraph <= _NEAR and not same_party(linker, d, last[0])]
    return latest(directed_at(mine, near)) or last


def _refuses(opening: list[Node]) -> bool:
    """ "Nej", "Det blir inte aktuellt": not of words alone."""
    return opening[0].lower == _NO or any(node.lemma in _COMING for node in opening)


def _of_act(reading: Reading, opening: list[Node], candidates: list[Draft]) -> Meant:
    """ "Det är en grundlös *beskyllning*": the latest of the claims that are what the words call them."""
    noun = next((n for n in opening if n.upos == "NOUN"), None)
    hit = reading.lexicon.noun_by_head(noun.lower) if noun is not None else None
    if hit is None or hit.form.definite or not hit.entry.refers_to:
        return []
    return [(d, "quoted-reply", None) for d in latest([d for d in candidates if d.act is hit.entry.refers_to[0]])]


def _answered(reading: Reading, draft: Draft) -> Node | None:
    """What the cue says is answered: "svarade talespersonen *på anklagelserna*"."""
    if draft.cue is None:
        return None
    near = (n for child in draft.cue.head.children for n in (child, *child.children) if n.i > draft.cue.head.i)
    for node in near:
        case = node.child("case")
        if case is not None and case.lower == _TO and _is_claim(reading, node):
            return node
    return None


def _is_claim(reading: Reading, node: Node) -> bool:
    hit = reading.lexicon.noun_by_head(node.lower)
    return hit is not None and bool(hit.entry.refers_to)
