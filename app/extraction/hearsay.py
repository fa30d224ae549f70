"""Hearsay told by an auxiliary: "Mannen ska ha flytt till Spanien", "Paret lär ha lämnat landet"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.clauses import clause_end, sentence_end
from app.extraction.draft import Cue, CueKind, Draft
from app.extraction.objects import phrase_range
from app.extraction.preposed import trimmed
from app.extraction.structure import ParagraphKind
from app.resolution.phrases import NOMINAL

if TYPE_CHECKING:
    from app.extraction.draft import Reading
    from app.parsing.tree import Node

_PERFECT = "ha"
_YEAR = 4


def hearsay_drafts(reading: Reading) -> list[Draft]:
    """Claims without a source, where an auxiliary over a perfect infinitive says that somebody has said it.

    Not inside quotations or reports, whose source is known, and not of what is to be done by a certain time
    ("Bron ska ha öppnat senast i maj").
    """
    found = []
    for node in reading.tree.nodes:
        if node.lower in reading.lexicon.hearsay and node.upos in {"AUX", "VERB"}:
            draft = _draft(reading, node)
            if draft is not None:
                found.append(draft)
    return found


def _draft(reading: Reading, auxiliary: Node) -> Draft | None:
    body = reading.kinds[auxiliary.paragraph] in {ParagraphKind.BODY, ParagraphKind.HEADLINE}
    if not body or reading.quotation_at(auxiliary.start) is not None:
        return None
    if any(draft.covers(auxiliary.start, auxiliary.end) for draft in reading.drafts):
        return None
    perfect = _perfect(reading, auxiliary)
    subject = _subject(reading, auxiliary, perfect) if perfect is not None else None
    if perfect is None or subject is None:
        return None
    cue = Cue(CueKind.VERB, auxiliary, [auxiliary])
    first = perfect if subject.i < auxiliary.i else subject
    end = _main_clause(reading, perfect.i, clause_end(reading, cue, perfect.i))
    rest = reading.tree.nodes[first.i : end]
    if _is_planned(reading, auxiliary, rest):
        return None
    told = trimmed(reading.text, perfect.start, rest[-1].end)
    who = phrase_range(reading, cue, subject)
    if told is None or who[0] >= told[0]:
        return None
    draft = Draft(cue, [who, told], auxiliary.paragraph, {"content": "hearsay-auxiliary"}, frame="inf", anonymous=True)
    draft.evidence["speaker"] = "hearsay"
    draft.object_head, draft.content_head = subject, perfect.head
    return draft


def _is_planned(reading: Reading, auxiliary: Node, rest: list[Node]) -> bool:
    """Whether it is what has to be done, not what is said to have been: by a time, at least so much, as an aim."""
    sentence = reading.tree.sentence_of(auxiliary)
    aims = any(node.lemma in reading.grammar.plan_nouns for node in sentence if node.i < auxiliary.i)
    year = any(node.text.isdigit() and len(node.text) == _YEAR for node in rest)
    told = auxiliary.lower not in reading.grammar.future_auxiliaries
    dated = told and any(reading.grammar.is_temporal(node.lower) for node in rest)
    return aims or year or dated or any(node.lower in reading.grammar.future_openers for node in rest)


def _main_clause(reading: Reading, start: int, stop: int) -> int:
    """Where ", men …" goes on with what the narrator knows."""
    nodes = reading.tree.nodes
    for i in range(start + 1, stop - 1):
        if nodes[i].text == "," and nodes[i + 1].lower in reading.grammar.report_coordinators:
            return i
    return stop


def _perfect(reading: Reading, auxiliary: Node) -> Node | None:
    """The first word of the infinitive that the auxiliary governs in its clause: "ha", behind "lär" also "vara".

    "Filmen lär locka många" is the narrator's guess.
    """
    told = auxiliary.lower not in reading.grammar.future_auxiliaries
    for node in reading.tree.nodes[auxiliary.i + 1 : sentence_end(reading, auxiliary)]:
        if node.lower == _PERFECT:
            supine = node.head
            return node if supine is not None and supine.feat("VerbForm") == "Sup" and supine.i > node.i else None
        if told and node.lower in reading.grammar.stative_infinitives:
            return node
        if node.upos in {"VERB", "SCONJ", "CCONJ"} or node.text in {",", ";", ":"}:
            return None
    return None


def _subject(reading: Reading, auxiliary: Node, perfect: Node) -> Node | None:
    verb = perfect.head if perfect.rel in {"aux", "cop"} else perfect
    subject = verb.child("nsubj") if verb is not None else None
    if subject is None or subject.upos not in NOMINAL or subject.i > perfect.i:
        return None
    between = reading.tree.nodes[min(subject.i, auxiliary.i) : max(subject.i, auxiliary.i)]
    if any(node.upos == "SCONJ" or node.lower in reading.grammar.complementizers for node in between):
        return None
    counted = subject.child("nummod") is not None  # "två civila"
    if subject.lower in {"den", "de"} or (subject.upos == "ADJ" and not counted):
        # "Den sökande ska ha arbetat minst tre år": anybody.
        return None
    return None if subject.lower in reading.grammar.relative_pronouns | {"vi", "du", "ni", "jag", "det"} else subject
