"""Clauses that their source calls false or true: "*Att någon tvingades* är rent påhitt", "Det är riktigt *att …*"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading
    from app.parsing.tree import Node

FALSE_CLAUSE, TRUE_CLAUSE = "calls-a-clause-false", "calls-a-clause-true"
"""The rules, as the evidence of an act names them."""
_THAT = "det"
_VERDICT = frozenset({"är", "var", "vore", "stämmer", "stämde", "saknar"})
_JUDGING = frozenset({"fel", "felaktigt", "orimligt", "missvisande", "rätt"})
"""What may also be said of a deed: "Att priset höjs är *fel*", "Det är *fel* att höja priset"."""
_AS_OTHERS_SAY = frozenset({"skulle", "skall", "ska", "lär"})
_TURNS = frozenset({"dock", "däremot", "emellertid", "tyvärr", "visserligen", "förvisso", "ju", "visst"})
_SHORTEST = 3
"""Words of a clause with its complementizer at least: "att bolaget ljög"."""


def false_clause(reading: Reading, draft: Draft) -> list[Node]:
    """The words of the clause that the content of ``draft`` calls false, its complementizer first; empty if none is."""
    return next((c for c, verdict in _judged(reading, draft) if reading.replies.opens_denial(verdict)), [])


def true_clause(reading: Reading, draft: Draft) -> list[Node]:
    """The words of the clause that the content of ``draft`` calls true, its complementizer first; empty if none is."""
    return next((c for c, verdict in _judged(reading, draft) if reading.replies.opens_confirmation(verdict)), [])


def _judged(reading: Reading, draft: Draft) -> list[tuple[list[Node], str]]:
    """The clauses that the sentences of a content judge, each with "det" and the verdict on it."""
    found = []
    for words in _sentences(reading, draft):
        if len(words) <= _SHORTEST:
            continue
        if words[0].lower in reading.grammar.complementizers:
            turn = next((k for k in range(len(words) - 1, 0, -1) if words[k].lower in _VERDICT), 0)
            clause, verdict = words[:turn], words[turn:]
        elif words[0].lower == _THAT and words[1].lower in _VERDICT:
            turn = next((k for k, node in enumerate(words) if node.lower in reading.grammar.complementizers), 0)
            clause, verdict = words[turn:] if turn else [], words[1:turn]
        else:
            continue
        told = [node.lower for node in verdict if node.lower not in _TURNS]
        if len(clause) < _SHORTEST or not any(node.feat("VerbForm") == "Fin" for node in clause):
            continue
        if set(told) & _JUDGING and not _AS_OTHERS_SAY & {node.lower for node in clause}:
            continue
        found.append((clause, " ".join((_THAT, *told))))
    return found


def _sentences(reading: Reading, draft: Draft) -> list[list[Node]]:
    """The words of each sentence of the content, a coordinator or complementizer in front left out."""
    nodes = [node for part in draft.content for node in reading.tree.between(*part) if node.is_word]
    found: list[list[Node]] = []
    for node in nodes:
        if not found or node.sentence != found[-1][-1].sentence:
            found.append([])
        found[-1].append(node)
    if draft.frame == "att":
        found = [found[0][1:], *found[1:]]
    found = [words[1:] if words and words[0].upos == "CCONJ" else words for words in found]
    return [words for words in found if words]
