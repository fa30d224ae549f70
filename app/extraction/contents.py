"""What is claimed: for each cue the complement its frame asks for, for each quotation without a cue its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.complements import (
    complement_clause,
    interrogative_clause,
    prepositional,
    quoted_complement,
)
from app.extraction.draft import CueKind, Draft
from app.extraction.objects import object_phrase, phrase_range
from app.extraction.preposed import preposed_draft, trimmed
from app.extraction.speakers import agent_of, antecedent_of, subject_of
from app.lexicon.schema import Content, Need, ObjectRole, Passive, Speaker, Voice
from app.resolution.mentions import read_noun
from app.resolution.phrases import noun_phrase

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.lexicon.schema import VerbEntry
    from app.parsing.tree import Node


def verbal_draft(reading: Reading, cue: Cue) -> Draft | None:
    """The draft of a verbal cue with content and source, or ``None`` when its frame is not filled."""
    entry = cue.entry
    if cue.kind is not CueKind.VERB or entry is None:
        return None
    if (
        cue.voice is Voice.ACTIVE
        and cue.postposed
        and entry.allows(Content.QUOTE)
        and not _fronted_adverbial(reading, cue)
    ):
        return preposed_draft(reading, cue)
    if cue.voice is Voice.PASSIVE:
        return _passive_draft(reading, cue, entry)
    subject, rule = subject_of(reading, cue)
    if entry.speaker is Speaker.OBLIQUE:
        subject, rule = agent_of(reading, cue)
    if rule == "expletive":
        # "Det ryktas att …": a deponent without a source is hearsay.
        return _hearsay(reading, cue, entry) if cue.head.lower.endswith("s") else None
    draft = _fronted_reference(reading, cue, entry, subject) or _framed(reading, cue, entry, subject)
    if draft is None:
        return None
    if subject is None:
        return None
    draft.speaker_head = subject
    draft.evidence["speaker"] = rule
    return draft


def _hearsay(reading: Reading, cue: Cue, entry: VerbEntry) -> Draft | None:
    draft = _framed(reading, cue, entry, None)
    if draft is not None:
        draft.anonymous = True
        draft.evidence["speaker"] = "hearsay"
    return draft


def _fronted_adverbial(reading: Reading, cue: Cue) -> bool:
    """Whether what stands before an inverted cue is no content: that follows ("I sitt tal, …, sade kungen att")."""
    if reading.quotation_at(cue.head.start) is not None:
        return False
    if complement_clause(reading, cue, finite=True) is not None:
        return True
    sentence = reading.tree.sentence_of(cue.head)
    if sentence[0].upos not in {"ADP", "SCONJ"} or cue.entry is None or cue.head.rel == "parataxis":
        return False
    if any(node.text in '"”“»' for node in sentence if node.i < cue.head.i):
        return False
    subject, _ = subject_of(reading, cue)
    return _framed(reading, cue, cue.entry, subject) is not None


def _framed(reading: Reading, cue: Cue, entry: VerbEntry, subject: Node | None) -> Draft | None:
    if entry.allows(Content.QUOTE):
        quoted = quoted_complement(reading, cue, bare=True)
        if quoted is not None:
            content, quotation = quoted
            announced = _draft(cue, content, "quote", "quoted-complement")
            announced.quotation = quotation
            if quotation is not None:
                announced.paragraph = quotation.paragraph
            return announced
    if Need.QUOTE in entry.needs:
        return None
    target = object_phrase(reading, cue, subject)
    if target is not None and target.lower in reading.grammar.relative_pronouns:
        relative = _relative_reference(reading, cue, entry, target)
        if relative is not None:
            return relative
    for frame in entry.content:
        if frame in {Content.OBJ, Content.INF} and Need.CONTENT in entry.needs:
            continue
        draft = _one_frame(reading, cue, entry, frame, target)
        if draft is not None:
            if target is not None and draft.object_head is None:
                draft.object_head = target
            return draft
    if target is None and cue.head.rel == "acl":
        return _relative_reference(reading, cue, entry, cue.head)
    return None


def _relative_reference(reading: Reading, cue: Cue, entry: VerbEntry, target: Node) -> Draft | None:
    """ "…, något som hon bestrider": what the relative pronoun stands for is denied or confirmed."""
    if entry.object is not ObjectRole.CLAIM:
        return None
    antecedent = target if target.lower == "vilket" else antecedent_of(reading, cue.head)
    if antecedent is None or antecedent.i >= cue.head.i:
        return None
    nodes = [antecedent] if antecedent.upos == "PRON" else noun_phrase(reading.tree, reading.grammar, antecedent)
    draft = _draft(cue, (nodes[0].start, nodes[-1].end), "obj", "relative-antecedent")
    draft.content_head = draft.object_head = antecedent
    return draft


def _one_frame(reading: Reading, cue: Cue, entry: VerbEntry, frame: str, target: Node | None) -> Draft | None:
    if frame == Content.QUOTE:
        return None
    if frame == Content.OBJ:
        if (
            target is None
            or target.lower in reading.grammar.relative_pronouns
            or (target.upos == "PRON" and target.feat("Poss") == "Yes")
            or (entry.object is ObjectRole.ADDRESSEE)
            or (target.lower in {"sig", "det"} and entry.object is None)
        ):
            return None
        draft = _draft(cue, phrase_range(reading, cue, target), "obj", "object")
        draft.content_head, draft.object_head = target, target
        return draft
    if frame == Content.ATT:
        found = complement_clause(reading, cue, finite=True)
    elif frame == Content.INF:
        found = complement_clause(reading, cue, finite=False)
    elif frame == Content.WH:
        found = interrogative_clause(reading, cue)
    else:
        found = prepositional(reading, cue, frame)
    if found is None:
        return None
    draft = _draft(cue, found[0], frame, f"complement-{frame}")
    draft.content_head = found[1]
    return draft


def _fronted_reference(reading: Reading, cue: Cue, entry: VerbEntry, subject: Node | None) -> Draft | None:
    """ "Det skriver forskare …", "Det bestrider hon": the fronted pronoun stands for what was said just before."""
    first = reading.tree.sentence_of(cue.head)[0]
    if (
        first.lower not in {"det", "detta"}
        or first.i + 1 != cue.nodes[0].i
        or subject is None
        or subject.i < cue.head.i
    ):
        return None
    if complement_clause(reading, cue, finite=True) is not None:
        return None
    claimed = any(first.i - 40 < d.cue.head.i < first.i for d in reading.drafts if d.cue is not None)
    claimed = claimed or reading.quotation_at(reading.tree.nodes[first.i - 1].start if first.i else 0) is not None
    if not entry.allows(Content.QUOTE) or (entry.object is ObjectRole.CLAIM and claimed):
        draft = _draft(cue, (first.start, first.end), "obj", "fronted-pronoun")
        draft.content_head = draft.object_head = first
        return draft
    if quoted_complement(reading, cue, bare=True) is not None:
        return None
    previous = first.i - 1
    if previous < 0:
        return None
    last = reading.tree.nodes[previous]
    sentence = reading.tree.sentence_of(last)
    start = sentence[0].start
    quotation = None
    if last.paragraph != first.paragraph:
        quotation = next(
            (q for q in reading.quotations if q.paragraph == last.paragraph and q.outer_end >= last.end), None
        )
        if quotation is not None:
            start = quotation.start
    found = trimmed(reading.text, start, quotation.end if quotation else last.end)
    if found is None:
        return None
    draft = _draft(cue, found, "quote", "sentence-before")
    draft.quotation, draft.paragraph = quotation, last.paragraph
    return draft


def _passive_draft(reading: Reading, cue: Cue, entry: VerbEntry) -> Draft | None:
    agent, rule = agent_of(reading, cue)
    subject = cue.head.child("nsubj:pass") or cue.head.child("nsubj") or cue.head.child("obj")
    expletive = subject is None or subject.lower in {"det"}
    if agent is None and not entry.passive & {Passive.IMPERSONAL, Passive.RAISING}:
        return None
    if agent is not None and Passive.AGENT not in entry.passive:
        return None
    draft: Draft | None = None
    if entry.allows(Content.ATT) and (expletive or agent is not None):
        found = complement_clause(reading, cue, finite=True)
        if found is not None:
            draft = _draft(cue, found[0], "att", "passive-clause")
            draft.content_head = found[1]
    if draft is None and agent is not None and (subject is None or subject.i > cue.head.i):
        draft = _clausal_subject(reading, cue)
    if draft is None and agent is None:
        draft = _raised(reading, cue, entry, subject) or _asked(reading, cue, entry, subject)
    elif draft is None:
        draft = _passive_with_agent(reading, cue, entry, subject)
    if draft is None:
        return None
    if agent is None:
        agent, rule = _document_in_front(reading, cue)
    draft.speaker_head = agent
    draft.anonymous = agent is None
    draft.evidence["speaker"] = rule
    return draft


def _clausal_subject(reading: Reading, cue: Cue) -> Draft | None:
    """ "Att slussen byggs om krävs av rederierna": the clause in front of the passive is the content."""
    sentence = reading.tree.sentence_of(cue.head)
    if sentence[0].lower not in reading.grammar.complementizers:
        return None
    found = trimmed(reading.text, sentence[0].start, cue.nodes[0].start)
    if found is None:
        return None
    draft = _draft(cue, found, "att", "clausal-subject")
    draft.content_head = sentence[0].head
    return draft


def _asked(reading: Reading, cue: Cue, entry: VerbEntry, subject: Node | None) -> Draft | None:
    """ "Boende uppmanas att stänga fönstren": somebody is asked, nobody says by whom."""
    if entry.object is not ObjectRole.ADDRESSEE or Passive.IMPERSONAL not in entry.passive or subject is None:
        return None
    found = complement_clause(reading, cue, finite=False)
    if found is None:
        return None
    draft = _draft(cue, found[0], "inf", "anonymous-demand")
    draft.content_head, draft.object_head = found[1], subject
    return draft


def _document_in_front(reading: Reading, cue: Cue) -> tuple[Node | None, str]:
    """ "I ett pm från Telia anges att …": the document that the sentence opens with is the source."""
    for child in cue.head.children:
        case = child.child("case")
        if child.rel == "obl" and child.i < cue.head.i and case is not None and case.lower == "i":
            noun = read_noun(reading.entities, child)
            if noun is not None and noun.document:
                return child, "document-in-front"
    return None, "no-agent"


def _raised(reading: Reading, cue: Cue, entry: VerbEntry, subject: Node | None) -> Draft | None:
    """ "En person befaras ha omkommit": the subject and the infinitive are the content, nobody is named."""
    if Passive.RAISING not in entry.passive or subject is None or subject.upos not in {"NOUN", "PROPN", "PRON"}:
        return None
    if subject.lower in reading.grammar.relative_pronouns:
        return None
    found = complement_clause(reading, cue, finite=False)
    if found is None:
        return None
    subject_range = phrase_range(reading, cue, subject)
    content = sorted([subject_range, found[0]])
    if content[0][1] > content[1][0]:
        content = [(content[0][0], max(content[0][1], content[1][1]))]
    draft = Draft(cue, content, cue.head.paragraph, {"content": "raised-subject"}, frame="inf", content_head=found[1])
    draft.object_head = subject
    return draft


def _passive_with_agent(reading: Reading, cue: Cue, entry: VerbEntry, subject: Node | None) -> Draft | None:
    for preposition in entry.content_prepositions:
        found = prepositional(reading, cue, preposition)
        if found is not None:
            draft = _draft(cue, found[0], preposition, f"passive-{preposition}")
            draft.content_head, draft.object_head = found[1], subject
            return draft
    if subject is None or not entry.allows(Content.OBJ):
        return None
    draft = _draft(cue, phrase_range(reading, cue, subject), "obj", "passive-subject")
    draft.content_head = draft.object_head = subject
    return draft


def _draft(cue: Cue, content: tuple[int, int], frame: str, rule: str) -> Draft:
    return Draft(cue, [content], cue.head.paragraph, {"content": rule}, frame=frame)
