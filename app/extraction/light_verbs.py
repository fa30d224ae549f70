"""Light verbs: the noun that says what "rikta", "få" or "ge" reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.extraction.draft import Reading
    from app.lexicon.schema import VerbEntry
    from app.parsing.tree import Node

_NOUN_REACH = 7
"""Words between verb and noun: "riktar *sent i går kväll mycket hård* kritik"."""


def object_noun(reading: Reading, verb: Node, entry: VerbEntry) -> Node | None:
    """The noun of a light verb construction ("rikta *kritik* mot") near its verb, or ``None``."""
    stop = reading.tree.sentences[verb.sentence].stop
    for node in reading.tree.nodes[verb.i + 1 : min(stop, verb.i + 1 + _NOUN_REACH)]:
        hit = reading.lexicon.noun_by_head(node.lower)
        listed = (hit is not None and hit.form.lemma in entry.nouns) or node.lemma in entry.nouns
        if node.upos == "NOUN" and (listed or node.lower.endswith(entry.nouns)):
            # "ställer sig bakom *kravet*" makes no demand, "kommer *med krav*" does.
            case = node.child("case")
            other = case is not None and verb.i < case.i < node.i and case.lower not in entry.particle
            return None if other else node
        if node.upos == "VERB" or node.text in {";", ":"}:
            break
    for node in verb.children:
        if node.i < verb.i and node.upos == "NOUN" and any(node.lemma.endswith(noun) for noun in entry.nouns):
            return node
    return None
