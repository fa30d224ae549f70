"""Who speaks: the subject of the cue, its agent, the antecedent of a relative pronoun, or the phrase beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.animacy import can_speak, takes_up_body
from app.extraction.clauses import phrase_behind
from app.extraction.draft import CueKind
from app.extraction.relatives import antecedent_of
from app.lexicon.schema import ObjectRole, Voice
from app.resolution.phrases import NOMINAL, is_temporal, noun_phrase

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Draft, Reading
    from app.parsing.tree import Node

_NOMINATIVE = frozenset({"han", "hon", "hen", "de", "jag", "vi", "man"})
_SOMEBODY = frozenset({ObjectRole.ACCUSED, ObjectRole.EVALUATED, ObjectRole.ADDRESSEE})
_EXPLETIVES = frozenset({"det", "där"})


def subject_of(reading: Reading, cue: Cue) -> tuple[Node | None, str]:
    """The head of the phrase that names the source of an active verbal cue, and the rule that found it."""
    head = cue.head
    if cue.postposed:
        found = _after(reading, cue)
        if found is not None:
            return found, "inverted-subject"
    verb = head.head if head.rel == "aux" and head.head is not None else head
    subject = _nominative_after(reading, head) or _subject_child(verb)
    if subject is None and head.lower.endswith("s"):
        # "Det ryktas att": a deponent's "det" may be parsed apart from the subjects.
        subject = verb.child("expl")
    if subject is None and (thinkers := _behind_fronted(reading, cue)) is not None:
        return thinkers, "subject-after-fronted-det"
    if subject is not None and subject.lower in _EXPLETIVES and subject.i > head.i and head.lower.endswith("s"):
        return None, "expletive"
    if subject is not None and _judges_somebody(cue) and takes_up_body(reading, subject):
        # "Det anklagar Matrike för att utnyttja sin storlek"
        return subject, "nsubj"
    if subject is not None and subject.lower in _EXPLETIVES and subject.i < head.i:
        inverted = _after(reading, cue)
        return (inverted, "subject-after-fronted-det") if inverted is not None else (None, "expletive")
    if subject is not None and subject.lower in reading.grammar.relative_pronouns:
        return antecedent_of(reading, head), "relative-antecedent"
    if subject is not None and subject.upos in NOMINAL:
        return subject, "nsubj"
    return _shared(reading, cue)


def _judges_somebody(cue: Cue) -> bool:
    """Whether the cue has an object that is judged or asked, and a complement that says what for."""
    judged = cue.entry is not None and cue.entry.object in _SOMEBODY and cue.head.child("obj") is not None
    return judged and any(child.rel in {"advcl", "xcomp", "ccomp", "obl"} for child in cue.head.children)


def agent_of(reading: Reading, cue: Cue) -> tuple[Node | None, str]:
    """The head of the agent phrase ("av X") of a passive cue, and the rule; ``None`` when nobody is named."""
    agent = cue.head.child("obl:agent")
    if agent is not None and agent.upos in NOMINAL:
        return agent, "agent"
    for child in cue.head.children:
        case = child.child("case")
        entities = reading.entities
        source = child.upos == "PROPN" or entities.document(child.text) or entities.body_noun(child.text)
        fronted = child.rel == "obl" and child.i < cue.head.i and case is not None and case.lower == "av"
        if fronted and (source or entities.title(child.text)):
            # "*Av protokollet* framgår att …"
            return child, "agent"
    stop = reading.tree.sentences[cue.head.sentence].stop
    for node in reading.tree.nodes[cue.head.i + 1 : stop]:
        if node.lower == "av" and node.head is not None and node.head.i > node.i and node.head.upos in NOMINAL:
            if cue.head in node.head.ancestors():
                return node.head, "agent"
            return None, "no-agent"
        if node.upos in {"VERB", "SCONJ"} or node.text in {",", ";", ":"}:
            break
    return None, "no-agent"


def name_phrase(reading: Reading, draft: Draft) -> None:
    """Set the printed phrase of the source from its head, where it is not known yet; expletives leave none."""
    head = draft.speaker_head
    if head is None or draft.speaker_nodes:
        return
    nodes = noun_phrase(reading.tree, reading.grammar, head, coordination=True)
    cue = draft.cue
    if cue is not None:
        # A phrase never runs over its own cue, whatever the parse says.
        if nodes[0].i < cue.head.i < nodes[-1].i:
            nodes = (
                [n for n in nodes if n.i < cue.nodes[0].i]
                if head.i < cue.head.i
                else [n for n in nodes if n.i > cue.head.i]
            )
        nodes = [n for n in nodes if n not in cue.nodes] or [head]
    if draft.cue is not None and draft.cue.voice is Voice.PASSIVE:
        # "anklagas av Vänsterpartiet *för lögner*": what is said is no part of who says it.
        said = (n.i for n in nodes if n.i > head.i and n.upos == "ADP" and draft.covers(n.start, n.end))
        stop = next(said, nodes[-1].i + 1)
        nodes = [n for n in nodes if n.i < stop]
    while len(nodes) > 1 and (not nodes[0].is_word or nodes[0].lower in reading.grammar.focus_adverbs):
        nodes = nodes[1:]
    while len(nodes) > 1 and (not nodes[-1].is_word or nodes[-1].upos in {"ADP", "CCONJ", "SCONJ"}):
        nodes = nodes[:-1]
    draft.speaker_nodes = nodes


def _subject_child(head: Node) -> Node | None:
    """The subject; of two that stand side by side, which are a title and its name, the latter."""
    subjects = [child for child in head.children if child.rel == "nsubj"]
    if not subjects:
        return None
    chosen = subjects[0]
    for other in subjects[1:]:
        if other.i == chosen.i + 1 and chosen.upos in {"NOUN", "PROPN"} and other.upos in {"NOUN", "PROPN"}:
            chosen = other
    return chosen


def _after(reading: Reading, cue: Cue) -> Node | None:
    """The nominal that follows the cue directly, adverbs and time aside."""
    head = cue.head
    subjects = [child for child in head.children if child.rel == "nsubj" and child.i > head.i]
    if subjects and subjects[0].lower not in _EXPLETIVES:
        between = reading.tree.nodes[subjects[0].i : subjects[-1].i]
        return subjects[-1] if all(node.upos in {"NOUN", "PROPN", "ADJ"} for node in between) else subjects[0]
    node = reading.tree.right(cue.nodes[-1] if cue.nodes[-1].i > head.i else head)
    while node is not None and (node.upos in {"ADV", "PART"} or node.lower in reading.grammar.temporal_adverbs):
        node = reading.tree.right(node)
    if node is None or node.upos in {"ADP", "PUNCT", "VERB", "AUX", "SCONJ", "CCONJ"}:
        return None
    top = node
    while (
        top.head is not None
        and top.head.i > head.i
        and top.head.upos in NOMINAL
        and top.rel not in {"conj", "acl", "appos"}
    ):
        top = top.head
    return top if top.upos in NOMINAL and not is_temporal(reading.grammar, top) else None


def _behind_fronted(reading: Reading, cue: Cue) -> Node | None:
    """ "Det anser *flera barnmorskor*": "det" is what they think, whatever the parse makes of either."""
    fronted = cue.head.child("obj", "expl")
    if fronted is None or fronted.lower not in _EXPLETIVES or fronted.i + 1 != cue.nodes[0].i:
        return None
    found = _after(reading, cue)
    return found if found is not None and found.upos != "PRON" and can_speak(reading, found) else None


def _nominative_after(reading: Reading, head: Node) -> Node | None:
    """A subject pronoun right behind the verb; what stands before is then its object ("Bolaget berömmer hon")."""
    node = reading.tree.right(head)
    subject = node is not None and node.lower in _NOMINATIVE and node.upos == "PRON" and node.rel != "det"
    return node if subject and node is not None and node.head is head else None


def _across_dash(reading: Reading, cue: Cue) -> Node | None:
    """The subject before the dash of a headline: "*34-åring* häktas för mordbrand – nekar till brott"."""
    start = reading.tree.sentences[cue.head.sentence].start
    before = reading.tree.nodes[start - 1] if start else None
    if (
        cue.nodes[0].i != start
        or before is None
        or before.text not in {"–", "—"}
        or before.paragraph != cue.head.paragraph
    ):
        return None
    subjects = [n for n in reading.tree.sentence_of(before) if n.rel == "nsubj" and n.upos in NOMINAL]
    return subjects[0] if subjects else None


def _shared(reading: Reading, cue: Cue) -> tuple[Node | None, str]:
    """The subject that a cue without one of its own shares with what it is coordinated with or governed by."""
    head = cue.head
    headline = _across_dash(reading, cue)
    if headline is not None:
        return headline, "subject-before-dash"
    own = None if cue.postposed else phrase_behind(reading, cue)
    if own is not None:
        return own, "phrase-before-cue"
    inner = _within_content(reading, cue)
    if inner is not None:
        return inner, "subject-within-content"
    for draft in reversed([] if cue.quoted else reading.drafts):
        other = draft.cue
        if other is None or other.kind is not CueKind.VERB or other.head.sentence != head.sentence:
            continue
        if (
            other.head.i < head.i
            and draft.speaker_head is not None
            and not draft.covers(head.start, head.end)
            and not other.quoted
        ):
            if other.voice is Voice.PASSIVE:
                break
            return draft.speaker_head, "shared-subject"
    node: Node | None = head
    while node is not None and node.rel in {"conj", "xcomp", "ccomp", "advcl", "acl", "parataxis"}:
        if node.rel in {"advcl", "ccomp", "parataxis"} and node is not head and node.child("nsubj") is None:
            break
        relative = node.rel == "acl"
        node = node.head
        if node is None:
            break
        if relative and node.upos in NOMINAL:
            return node, "relative-antecedent"
        subject = node.child("nsubj")
        if subject is not None and subject.lower in reading.grammar.relative_pronouns:
            return antecedent_of(reading, node), "relative-antecedent"
        if subject is not None and subject.lower not in _EXPLETIVES and subject.upos in NOMINAL:
            return subject, "governing-subject"
    return _before(reading, cue)


def _within_content(reading: Reading, cue: Cue) -> Node | None:
    """The subject of the reported clause in which the cue stands ("sade att regeringen är … och *uppmanar*")."""
    head = cue.head
    for draft in reading.drafts:
        if not draft.covers(head.start, head.end) or draft.cue is None or draft.cue.head.sentence != head.sentence:
            continue
        found = None
        for node in reading.tree.nodes[draft.cue.head.i + 1 : head.i]:
            in_relative = node.head is not None and any(
                a.rel == "acl" for a in (node.head, *node.head.ancestors()) if a.i > draft.cue.head.i
            )
            if node.rel == "nsubj" and node.upos in NOMINAL and draft.covers(node.start, node.end) and not in_relative:
                found = node
        if found is not None:
            return found
    return None


def _before(reading: Reading, cue: Cue) -> tuple[Node | None, str]:
    """The nominal right before the cue, where the parse gives no subject at all."""
    node = reading.tree.left(cue.nodes[0])
    while node is not None and (node.upos in {"ADV", "PART"} or node.lower in reading.grammar.negations):
        node = reading.tree.left(node)
    if node is None or node.upos not in {"PROPN", "NOUN", "PRON"} or is_temporal(reading.grammar, node):
        return None, "none"
    if node.lower in reading.grammar.relative_pronouns:
        return antecedent_of(reading, cue.head), "relative-antecedent"
    top = node
    while (
        top.head is not None
        and top.head.i < cue.head.i
        and top.head.upos in NOMINAL
        and top.rel in {"flat", "nmod", "appos"}
    ):
        top = top.head
    return top, "phrase-before-cue"
