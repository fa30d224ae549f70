"""Passive cues: "anklagas av X för", "uppmanas att", "befaras ha", with or without a named agent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.animacy import is_person
from app.extraction.complements import complement_clause, prepositional
from app.extraction.draft import Draft
from app.extraction.objects import phrase_range
from app.extraction.preposed import trimmed
from app.extraction.relatives import antecedent_of
from app.extraction.speakers import agent_of
from app.lexicon.schema import Content, ObjectRole, Passive
from app.resolution.noun_reading import read_noun
from app.resolution.phrases import NOMINAL

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.lexicon.schema import VerbEntry
    from app.parsing.tree import Node

_FOR = "för"


def passive_draft(reading: Reading, cue: Cue, entry: VerbEntry) -> Draft | None:
    """The draft of a passive cue, with or without an agent; ``None`` when the frame of ``entry`` is not filled."""
    agent, rule = agent_of(reading, cue)
    clause = complement_clause(reading, cue, finite=True) if entry.allows(Content.ATT) else None
    if agent is None and Passive.AGENT in entry.passive and clause is not None:
        # "I uttalandet krävs att …"
        agent, rule = _document_in_front(reading, cue)
    subject = cue.head.child("nsubj:pass") or cue.head.child("nsubj") or cue.head.child("obj")
    expletive = subject is None or subject.lower in {"det"}
    told_of = entry.object in {ObjectRole.CLAIM, ObjectRole.ACCUSED} and bool(entry.passive)
    if agent is None and not (told_of or entry.passive & {Passive.IMPERSONAL, Passive.RAISING}):
        return None
    if agent is not None and Passive.AGENT not in entry.passive:
        return None
    draft: Draft | None = None
    if clause is not None and (expletive or agent is not None):
        draft = Draft.framed(cue, clause[0], "att", "passive-clause")
        draft.content_head = clause[1]
    own = subject is not None and subject.i < cue.head.i and subject.head is cue.head
    if draft is None and agent is not None and not own:
        draft = _clausal_subject(reading, cue)
    if draft is None and agent is None:
        draft = _raised(reading, cue, entry, subject) or _asked(reading, cue, entry, subject)
        draft = draft or _named_claim(reading, cue, entry, subject) or _accused(reading, cue, entry, subject)
    elif draft is None:
        draft = _asked(reading, cue, entry, subject) or _judged(reading, cue, entry, subject)
        draft = draft or _passive_with_agent(reading, cue, entry, subject)
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
    if sentence[0].upos == "CCONJ":
        # "*Men* att ledningen har varit passiv tillbakavisas"
        sentence = sentence[1:]
    if not sentence or sentence[0].lower not in reading.grammar.complementizers:
        return None
    found = trimmed(reading.text, sentence[0].start, cue.nodes[0].start)
    if found is None:
        return None
    draft = Draft.framed(cue, found, "att", "clausal-subject")
    draft.content_head = sentence[0].head
    return draft


def _asked(reading: Reading, cue: Cue, entry: VerbEntry, subject: Node | None) -> Draft | None:
    """ "Boende uppmanas att stänga fönstren": somebody is asked, by a named agent or nobody says by whom."""
    if entry.object is not ObjectRole.ADDRESSEE or subject is None:
        return None
    found = complement_clause(reading, cue, finite=False)
    if found is None:
        return None
    draft = Draft.framed(cue, found[0], "inf", "passive-demand")
    draft.content_head, draft.object_head = found[1], subject
    return draft


def _accused(reading: Reading, cue: Cue, entry: VerbEntry, subject: Node | None) -> Draft | None:
    """ "Mannen anklagas för att ha …": somebody is accused, nobody says by whom."""
    if entry.object is not ObjectRole.ACCUSED or Passive.RAISING in entry.passive or subject is None:
        # "misstänks för", "utpekas som" are states of an inquiry more often than words.
        return None
    for preposition in entry.content_prepositions:
        found = prepositional(reading, cue, preposition)
        if found is not None:
            draft = Draft.framed(cue, found[0], preposition, "anonymous-accusation")
            draft.content_head, draft.object_head = found[1], subject
            return draft
    return None


def _named_claim(reading: Reading, cue: Cue, entry: VerbEntry, subject: Node | None) -> Draft | None:
    """ "Påståendet om sömnen tillbakavisas": a claim is denied or confirmed, nobody says by whom."""
    if entry.object is not ObjectRole.CLAIM or subject is None or not entry.allows(Content.OBJ):
        return None
    whole = subject
    if subject.lower in reading.grammar.negations:
        # "Ingen av *uppgifterna* har kunnat bekräftas"
        subject = subject.child("nmod") or subject
    hit = reading.lexicon.noun_by_head(subject.lower)
    if hit is None or not hit.form.definite or not hit.entry.refers_to:
        return None
    draft = Draft.framed(cue, phrase_range(reading, cue, whole), "obj", "passive-claim")
    draft.content_head = draft.object_head = subject
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


def _judged(reading: Reading, cue: Cue, entry: VerbEntry, subject: Node | None) -> Draft | None:
    """ "Beslutet kallas ett svek av facket", "beskrivs av facket som ett svek": the subject and what it is called."""
    naming = entry.verb == "kalla"
    if not (naming or Content.SOM in entry.content) or subject is None or subject.i > cue.head.i:
        return None
    if subject.upos not in NOMINAL or subject.lower in reading.grammar.relative_pronouns:
        return None
    for verdict in cue.head.children:
        mark = verdict.child("mark", "case")
        bare = naming and mark is None and verdict.rel == "xcomp"
        compared = mark is not None and mark.lower == (_FOR if naming else Content.SOM)
        if verdict.i < cue.head.i or not (bare or compared) or verdict.upos == "VERB":
            continue
        start = mark.i + naming if mark is not None else None
        content = [phrase_range(reading, cue, subject), phrase_range(reading, cue, verdict, start=start)]
        if bare and reading.text[content[1][0]].isupper():
            # "kallas *Bergets vänner* av medlemmarna": a name.
            continue
        evidence = {"content": "passive-verdict"}
        draft = Draft(cue, content, cue.head.paragraph, evidence, frame="obj", content_head=subject)
        draft.object_head = subject
        return draft
    return None


def _passive_with_agent(reading: Reading, cue: Cue, entry: VerbEntry, subject: Node | None) -> Draft | None:
    for preposition in entry.content_prepositions:
        found = prepositional(reading, cue, preposition)
        if found is not None:
            draft = Draft.framed(cue, found[0], preposition, f"passive-{preposition}")
            draft.content_head, draft.object_head = found[1], subject
            return draft
    if subject is None or not entry.allows(Content.OBJ):
        return None
    if entry.object is ObjectRole.CLAIM and is_person(reading, subject):
        return None
    if subject.lower == "som":
        # "…, något som bekräftas av verket": the relative stands for its antecedent.
        antecedent = antecedent_of(reading, cue.head)
        if antecedent is None or antecedent.i >= cue.head.i:
            return None
        subject = antecedent
    pronoun = subject.upos == "PRON"
    content = (subject.start, subject.end) if pronoun else phrase_range(reading, cue, subject)
    draft = Draft.framed(cue, content, "obj", "passive-subject")
    draft.content_head = draft.object_head = subject
    return draft
