"""The subjects of what is reported: whom a claim is about."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.resolution.phrases import NOMINAL

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading
    from app.parsing.tree import Node


def main_subjects(reading: Reading, draft: Draft) -> list[Node]:
    """The subjects of the main clauses of the content, in order."""
    behind = _behind_clause(reading, draft)
    if behind is not None:
        return [behind]
    if draft.content_head is not None and draft.frame != "source":
        subject = subject_in(reading, draft, draft.content_head)
        return [subject] if subject is not None else []
    found = []
    sentences: list[int] = []
    for start, end in draft.content:
        for node in reading.tree.between(start, end):
            if node.sentence in sentences:
                continue
            is_subject = node.rel == "nsubj" or (node.rel == "expl" and _clefted(reading, node) is not node)
            if is_subject and node.head is not None and _is_main(reading, draft, node.head):
                sentences.append(node.sentence)
                found.append(_clefted(reading, node))
    return found or _relative_subject(reading, draft)


def _behind_clause(reading: Reading, draft: Draft) -> Node | None:
    """ "att om bron stängs kommer *regionen* att protestera": behind a clause the verb comes before its subject."""
    words = [node for node in reading.tree.between(*draft.content[0]) if node.is_word]
    words = words[1:] if words and words[0].lower in reading.grammar.complementizers else words
    if not words or words[0].lower not in reading.grammar.fronted_subordinators:
        return None
    finite = [node for node in words if node.feat("VerbForm") == "Fin" and node.sentence == words[0].sentence]
    for first, verb in pairwise(finite):
        subject = reading.tree.right(verb)
        while subject is not None and subject.upos in {"DET", "ADJ", "ADV", "NUM"}:
            subject = reading.tree.right(subject)
        between = reading.tree.nodes[first.i + 1 : verb.i]
        if subject is None or subject.upos not in NOMINAL or any(n.upos in {"SCONJ", "CCONJ"} for n in between):
            continue
        if any(node.lower in reading.grammar.relative_pronouns for node in between):
            continue
        while subject.head is not None and subject.head.i > subject.i and subject.rel in {"nmod", "nmod:poss", "amod"}:
            subject = subject.head
        return subject
    return None


def _relative_subject(reading: Reading, draft: Draft) -> list[Node]:
    """ "*attachén*, som enligt Belgrad har värvat spioner": whom the relative clause tells of."""
    cue = draft.cue
    before = reading.tree.left(cue.nodes[0]) if cue is not None and draft.frame == "source" else None
    comma = reading.tree.left(before) if before is not None else None
    if before is None or before.lower not in reading.grammar.relative_pronouns or comma is None or comma.text != ",":
        return []
    named = reading.tree.left(comma)
    while named is not None and named.rel in {"flat", "nmod"} and named.head is not None and named.head.i < named.i:
        named = named.head
    return [named] if named is not None and named.upos in {"PROPN", "NOUN"} else []


def _cleft_opening(reading: Reading, draft: Draft) -> Node | None:
    """The party that a cleft at the beginning of the content brings forward, however its rest was parsed."""
    for node in reading.tree.between(*draft.content[0])[:3]:
        if node.lower == "det" and node.rel in {"expl", "nsubj"}:
            found = _clefted(reading, node)
            return found if found is not node else None
    return None


def _clefted(reading: Reading, subject: Node) -> Node:
    """ "Det är *RSF* som ligger bakom": what the cleft brings forward stands for the subject."""
    head = subject.head
    if subject.lower != "det" or head is None or head.upos not in NOMINAL or head.child("cop") is None:
        return subject
    last = max((child.i for child in head.children if child.rel == "flat"), default=head.i)
    after = reading.tree.nodes[last + 1] if last + 1 < len(reading.tree.nodes) else head
    told = head.child("acl") is not None or after.lower in reading.grammar.relative_pronouns
    return head if told or head.upos == "PROPN" else subject


def _is_main(reading: Reading, draft: Draft, verb: Node) -> bool:
    """Whether the verb heads a main clause of the content: no clause inside the content is above it."""
    node = verb
    while node.head is not None and draft.covers(node.head.start, node.head.end):
        if node.rel in {"advcl", "acl", "ccomp", "csubj", "xcomp"}:
            return False
        node = node.head
    return node.rel in {"root", "ccomp", "parataxis", "conj", "obj", "obl", "advcl", "nsubj", "acl", "dep"}


def subject_in(reading: Reading, draft: Draft, verb: Node) -> Node | None:
    """The subject of the clause that ``verb`` heads inside the content, or what a cleft puts in its place."""
    cleft = _cleft_opening(reading, draft)
    if cleft is not None:
        return cleft
    subject = verb.child("nsubj", "expl")
    if subject is not None and draft.covers(subject.start, subject.end):
        return _clefted(reading, subject)
    for start, end in draft.content[:1]:
        for node in reading.tree.between(start, end):
            relative = node.lower in reading.grammar.relative_pronouns
            if node.rel == "nsubj" and node.upos in NOMINAL and not relative and node.head is not None:
                return _clefted(reading, node) if _is_main(reading, draft, node.head) else None
    return None
