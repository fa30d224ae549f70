"""Attribution without a verb: "enligt X" wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.clauses import sentence_end
from app.extraction.draft import Cue, Draft
from app.extraction.preposed import trimmed
from app.extraction.source_bounds import around, right_bound
from app.resolution.phrases import NOMINAL, noun_phrase

if TYPE_CHECKING:
    from app.extraction.draft import Reading
    from app.parsing.tree import Node

_WHAT, _WHOSE = "vad", "vars"
_TO = frozenset({"för", "till"})
_SHORT = 5
"""Words of a source between "vad" and its verb."""


def source_phrase_draft(reading: Reading, cue: Cue) -> Draft | None:
    """The draft of "enligt X": the clause around the phrase, without it."""
    told = _what_is_told(reading, cue)
    if told is not None:
        return told
    head = _object_of(reading, cue.head)
    if head is None:
        return None
    phrase = noun_phrase(reading.tree, reading.grammar, head, coordination=True)
    phrase = [node for node in phrase if node.i > cue.head.i]
    if not phrase:
        return None
    if head.lower in reading.grammar.relative_pronouns:
        return _relative_source(reading, cue, head)
    owner = head.child("nmod:poss")
    if owner is not None and owner.lower == _WHOSE:
        # "Lars Nyqvist, enligt *vars* uppfattning …"
        return _relative_source(reading, cue, owner, head)
    words = [node.lower for node in phrase]
    if any(reading.lexicon.is_no_source(word) for word in words):
        return None
    content, rule = around(reading, cue, head, phrase)
    if not content:
        return None
    draft = Draft(cue, content, cue.head.paragraph, {"content": rule}, frame="source")
    hearsay = any(reading.lexicon.is_impersonal(word) for word in words) and not _told_apart(reading, head)
    owner = _owner_of(head) if hearsay else None
    draft.anonymous = hearsay and owner is None
    if not draft.anonymous:
        draft.speaker_head = owner or head
    draft.evidence["speaker"] = "source-phrase" if not draft.anonymous else "hearsay-phrase"
    draft.content_head = _clause_head(reading, content)
    return draft


def _relative_source(reading: Reading, cue: Cue, pronoun: Node, last: Node | None = None) -> Draft | None:
    """ "… av talespersonen Selam Worku, *enligt vilken* armén inte …": the clause behind is the antecedent's."""
    nodes = reading.tree.nodes
    source = reading.tree.left(cue.head)
    in_parenthesis = False
    while source is not None and (in_parenthesis or source.upos not in NOMINAL):
        in_parenthesis = source.text == ")" or (in_parenthesis and source.text != "(")
        source = reading.tree.left(source)
    if source is None:
        return None
    first = (last or pronoun).i + 1
    stop = right_bound(reading, first, sentence_end(reading, cue.head))
    if stop <= first:
        return None
    content = trimmed(reading.text, nodes[first].start, nodes[stop - 1].end)
    if content is None:
        return None
    evidence = {"content": "relative-source", "speaker": "relative-antecedent"}
    draft = Draft(cue, [content], cue.head.paragraph, evidence, frame="source")
    draft.speaker_head = source.head if source.rel == "flat" else source
    draft.speaker_nodes = [pronoun]
    draft.content_head = _clause_head(reading, [content])
    return draft


def _what_is_told(reading: Reading, cue: Cue) -> Draft | None:
    """ "*Enligt vad TT erfar* skjuts bygget upp": the source is the subject of the clause behind "vad"."""
    what = reading.tree.right(cue.head)
    if what is None or what.lower != _WHAT:
        return None
    behind = reading.tree.nodes[what.i + 1 : sentence_end(reading, cue.head)]
    verb = next((node for node in behind if node.lower in reading.lexicon.verb_forms or node.upos == "VERB"), None)
    sources = [node for node in behind if verb is not None and node.i < verb.i and node.upos in NOMINAL]
    if verb is None or not sources or len(sources) > _SHORT or sources[0].lower in reading.grammar.relative_pronouns:
        return None
    last = verb
    after = reading.tree.right(verb)
    if after is not None and after.lower in _TO and after.head is not None and after.head.upos in NOMINAL:
        # "enligt vad polisen uppger *för TT*"
        last = noun_phrase(reading.tree, reading.grammar, after.head)[-1]
    content, rule = around(reading, cue, sources[-1], reading.tree.nodes[what.i : last.i + 1])
    if not content:
        return None
    draft = Draft(cue, content, cue.head.paragraph, {"content": rule, "speaker": "source-clause"}, frame="source")
    head = next((node for node in sources if node.rel == "nsubj"), sources[-1])
    draft.speaker_head, draft.speaker_nodes = head, sources
    draft.content_head = _clause_head(reading, content)
    return draft


def _told_apart(reading: Reading, head: Node) -> bool:
    """Whether sources without names are said to be some: "källor nära förhandlingarna", "två källor i Bryssel"."""
    people = reading.grammar.is_agentive(head.lemma) or head.lemma in reading.grammar.unnamed_sources
    return people and any(child.rel == "nmod" and child.i > head.i for child in head.children)


def _owner_of(head: Node) -> Node | None:
    """ "enligt uppgifter till TT" has no source, "enligt polisens uppgifter" and "uppgifter från polisen" have."""
    for child in head.children:
        if child.deprel == "nmod:poss" or (child.rel == "nmod" and any(c.lower == "från" for c in child.children)):
            return child
    return None


def _object_of(reading: Reading, preposition: Node) -> Node | None:
    head = preposition.head
    if head is not None and head.i > preposition.i and head.upos in NOMINAL:
        return _name_of(head)
    node = reading.tree.right(preposition)
    while node is not None and node.upos in {"DET", "ADJ", "NUM", "ADV"}:
        node = reading.tree.right(node)
    return node if node is not None and node.upos in NOMINAL else None


def _name_of(title: Node) -> Node:
    """The name behind a title that carries the preposition: "enligt åklagare Sofia Brandt"."""
    head = title
    while head.rel in {"nmod", "appos"} and head.head is not None and head.head.upos in {"PROPN", "NOUN"}:
        between = head.head.i - head.i
        if between != 1 or head.feat("Case") == "Gen":
            break
        head = head.head
    return head


def _clause_head(reading: Reading, content: list[tuple[int, int]]) -> Node | None:
    inside = [node for part in content for node in reading.tree.between(*part)]
    for node in inside:
        outside = node.head is None or node.head not in inside
        if outside and node.upos in {"VERB", "ADJ", "NOUN", "AUX"}:
            return node
    return None
