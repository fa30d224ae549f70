"""Inverted attribution: "…, sade han", "Campingen ska, uppger ägaren, hålla öppet"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.quotations import CLOSING
from app.lexicon.schema import Content, ObjectRole

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.parsing.tree import Node

REFLEXIVES = frozenset({"sig", "mig", "oss", "dig", "er"})
"""Pronouns that belong to a reflexive cue ("säger *sig*")."""
_MARKS = frozenset(",?!…") | frozenset(CLOSING)
_PARENTHESIS = 6
"""Words: the longest attribution set between commas inside a clause."""


def is_postposed(reading: Reading, node: Node) -> bool:
    """Whether the verb stands as in "…, sade han": after content and its mark, before its subject."""
    tree = reading.tree
    previous = tree.nodes[node.i - 1] if node.i else None
    if previous is None or previous.paragraph != node.paragraph:
        return False
    following = tree.right(node)
    while following is not None and following.lower in REFLEXIVES | reading.grammar.temporal_adverbs | {
        "också",
        "även",
        "dock",
    }:
        following = tree.right(following)
    if following is None or following.lower in reading.grammar.complementizers:
        return False
    while previous.lower in reading.grammar.cue_auxiliaries and previous.i > 0:
        previous = tree.nodes[previous.i - 1]
    sentence_initial = previous.sentence != node.sentence
    marked = previous.text in _MARKS or previous.text in {"–", "—"}
    if not marked or (sentence_initial and not node.text[:1].islower()):
        return False
    if previous.text == "," and _is_parenthesis(reading, node, following):
        return True
    subjects = [child for child in node.children if child.rel == "nsubj"]
    back = tree.left(node, 2)
    after_quotation = previous.text in CLOSING or (previous.text == "," and back is not None and back.text in CLOSING)
    if subjects and not after_quotation:
        # "Fråga min fru, svarar han": a subject pronoun behind the verb outdoes what was parsed as subject before it.
        nominative = following.upos == "PRON" and following.feat("Case") != "Acc"
        titled = following.upos == "NOUN" and reading.entities.title(following.text) is not None
        before = (
            subjects[0].i < node.i
            and not (subjects[-1].i > node.i and _introduces_words(reading, node))
            and not nominative
            and not (_introduces_words(reading, node) and (following.upos == "PROPN" or titled))
        )
        return not before and subjects[-1].i > node.i
    return following.upos in {"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"} and following.lower not in REFLEXIVES


def goes_on_reporting(reading: Reading, cue: Cue) -> bool:
    """ "– …, säger hon och *lovar* en extra ambulans": the narrator has the word since "säger"."""
    coordinator = reading.tree.left(cue.nodes[0])
    subject = reading.tree.left(coordinator) if coordinator is not None else None
    if coordinator is None or subject is None or coordinator.lower not in reading.grammar.report_coordinators:
        return False
    top = subject.head if subject.rel == "flat" else subject
    verb = top.head if top is not None and top.rel == "nsubj" else None
    mark = reading.tree.left(verb) if verb is not None else None
    reports = verb is not None and verb.i < subject.i and verb.lower in reading.lexicon.verb_forms
    return reports and mark is not None and mark.text in {",", "?", "!"}


def _is_parenthesis(reading: Reading, verb: Node, following: Node) -> bool:
    """Whether verb and subject stand between commas inside a clause: "Campingen ska, *uppger ägaren*, hålla öppet"."""
    node: Node | None = following
    while node is not None and node.upos in {"DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON"}:
        last, node = node, reading.tree.right(node)
    if node is None or node.text != "," or node.i - verb.i > _PARENTHESIS or node is following:
        return False
    if last.upos not in {"NOUN", "PROPN", "PRON"} or not _introduces_words(reading, verb):
        return False
    before = [n for n in reading.tree.sentence_of(verb) if n.i < verb.i - 1]
    behind = reading.tree.right(node)
    relatives = reading.grammar.relative_pronouns | {"där"}
    goes_on = behind is not None and behind.upos not in {"CCONJ", "SCONJ"} and behind.lower not in relatives
    interrupted = any(n.feat("VerbForm") == "Fin" for n in before)
    # "Sverige, säger hon, kommer inte att …": the verb of the clause may be what comes next.
    return goes_on and (interrupted or (behind is not None and behind.feat("VerbForm") == "Fin"))


def _introduces_words(reading: Reading, node: Node) -> bool:
    """Whether the verb reports words before anything else ("säger"), not a thing judged ("fördömer")."""
    entries = [form.entry for form in reading.lexicon.verb_forms.get(node.lower, ())]
    plain = [entry for entry in entries if not (entry.particle or entry.reflexive or entry.nouns)]
    return any(entry.object in {None, ObjectRole.CONTENT} and entry.allows(Content.QUOTE) for entry in plain)
