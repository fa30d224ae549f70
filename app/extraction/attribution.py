"""Cues and quotations into drafts: who said which words, before anybody knows who the speakers are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.animacy import can_speak, takes_up_body
from app.extraction.as_told import as_told_drafts
from app.extraction.contents import verbal_draft
from app.extraction.draft import CueKind, Draft
from app.extraction.hearsay import hearsay_drafts
from app.extraction.labels import colon_drafts, label_drafts
from app.extraction.preposed import trimmed
from app.extraction.quotations import QuotationKind
from app.extraction.replies import names_a_claim
from app.extraction.source_idioms import idiom_drafts
from app.extraction.sources import source_phrase_draft
from app.extraction.speakers import name_phrase
from app.extraction.speech_nouns import speech_noun_drafts
from app.extraction.structure import ParagraphKind
from app.extraction.words_before import words_before_drafts
from app.lexicon.schema import Need, Voice
from app.resolution.phrases import NOMINAL

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.extraction.quotations import Quotation
    from app.parsing.tree import Node

_QUOTE_PARAGRAPH_SLACK = 3
_WEAK = 0.35
"""Lighter cues are mostly policy or naming ("stöder", "kallar"): only a clause or a quotation shows a report."""
_NOBODY = frozenset({"det", "detta", "vad", "inget", "ingenting", "allt", "något", "vilket"})
_ANYBODY = frozenset({"den", "någon", "alla", "ingen", "envar"})
_READS, _NOT = "lyda", "inte"


def find_drafts(reading: Reading) -> None:
    """Fill ``reading.drafts`` with every claim, in text order of their cues, sources named by their phrases."""
    for cue in reading.cues:
        draft = source_phrase_draft(reading, cue) if cue.kind is CueKind.PREPOSITION else verbal_draft(reading, cue)
        if draft is None or not _admissible(reading, draft):
            continue
        name_phrase(reading, draft)
        reading.drafts.append(draft)
    for draft in (*speech_noun_drafts(reading), *words_before_drafts(reading), *idiom_drafts(reading)):
        if not any(_same_words(draft, other) and other.cue is not None for other in reading.drafts):
            name_phrase(reading, draft)
            reading.drafts.append(draft)
    for draft in hearsay_drafts(reading):
        # "Föraren ska ha *sagt* att …": the report inside it is another claim.
        if not any(_same_words(draft, other) and not _is_reported_in(draft, other) for other in reading.drafts):
            reading.drafts.append(draft)
    for draft in (*label_drafts(reading), *colon_drafts(reading)):
        if not any(_same_words(draft, other) for other in reading.drafts):
            name_phrase(reading, draft)
            reading.drafts.append(draft)
    _drop_repeated(reading)
    told = as_told_drafts(reading)
    for draft in told:
        name_phrase(reading, draft)
    # Who says so comes before what is said of it.
    reading.drafts = [*told, *reading.drafts]
    _run_on_quotations(reading)
    reading.drafts.sort(key=lambda draft: (draft.start, draft.content))


def _admissible(reading: Reading, draft: Draft) -> bool:
    """Whether the source can speak: no thing where a human is needed, no first person inside its own quotation."""
    head, cue = draft.speaker_head, draft.cue
    if not any(c.isalpha() for start, end in draft.content for c in reading.text[start:end]):
        return False
    if head is not None and head.upos not in NOMINAL:
        return False
    said = [node for part in draft.content for node in reading.tree.between(*part) if node.is_word]
    asked = reading.grammar.interrogatives - reading.grammar.relative_pronouns
    if len(said) == 1 and said[0].lower in asked and draft.frame != "quote":
        # "sagt *vem* de anser ligger bakom"
        return False
    if cue is None or cue.kind is not CueKind.VERB or cue.entry is None:
        return True
    takes = draft.content_head.lemma if draft.content_head is not None and draft.frame == "obj" else ""
    if takes in reading.grammar.costs and cue.entry.acts[:1] == (Act.DEMAND,):
        # "Olyckan krävde tre *liv*"
        return False
    if head is not None and head.lower.strip("?") in reading.grammar.self_pronouns and head.child("det") is None:
        return False
    if cue.quoted:
        quotation = reading.quotation_at(cue.head.start)
        if head is None or head.upos == "DET" or quotation is not reading.quotation_at(head.start):
            return False
        if reading.entities.document(head.text) is not None:
            # "Det framgår av filmerna, säger åklagaren": her words, not the films'.
            return False
        if head.lower in reading.grammar.demonstratives - {"de"} or draft.frame not in {"att", "quote", "wh", "för"}:
            return False
    if head is not None and head.lower in _NOBODY and not takes_up_body(reading, head):
        return False
    if head is not None and _says_nobody(reading, cue, head):
        return False
    if head is not None and head.lower in _ANYBODY and head.i < cue.head.i and cue.head.rel in {"acl", "acl:relcl"}:
        # "*Den* som säger att vården är gratis har fel"
        return False
    if head is not None and cue.entry.verb == _READS and _has_owner(reading, head):
        # "Beslutet är fattat, lyder *beskedet från kommunen*": the noun tells whose words they are.
        return False
    if names_a_claim(reading, draft):
        return True
    headline = reading.kinds[draft.paragraph] is ParagraphKind.HEADLINE
    weak = not headline and cue.entry.weight < _WEAK and draft.frame not in {"att", "quote", "wh"}
    if weak or Need.HUMAN not in cue.entry.needs or head is None:
        return not weak
    # "hyllades av lagkamraterna": the agent of a passive does what people do.
    agents = cue.voice is Voice.PASSIVE and head.feat("Number") == "Plur" and head.feat("Gender") == "Com"
    return agents or can_speak(reading, head)


def _says_nobody(reading: Reading, cue: Cue, head: Node) -> bool:
    """Whether the source is nobody ("ingen källa"); "*inte heller* FN kan bekräfta" says what FN cannot."""
    negations = [n for n in (head, *head.children) if n.lower in reading.grammar.negations and n.upos != "PROPN"]
    either = cue.negated and all(node.lower == _NOT for node in negations)
    return bool(negations) and not either


def _has_owner(reading: Reading, noun: Node) -> bool:
    after = reading.tree.right(noun)
    owned = any(child.deprel == "nmod:poss" for child in noun.children)
    return owned or (after is not None and after.lower == "från")


def _is_reported_in(outer: Draft, inner: Draft) -> bool:
    """Whether the cue of ``inner`` is the verb of the hearsay ``outer``."""
    return inner.cue is not None and outer.content_head is inner.cue.head


def _same_words(draft: Draft, other: Draft) -> bool:
    return any(a[0] < b[1] and b[0] < a[1] for a in draft.content for b in other.content)


def _drop_repeated(reading: Reading) -> None:
    """Keep one draft where two cues claim the same words: the one with a source, then the first."""
    kept: list[Draft] = []
    for draft in reading.drafts:
        twin = next((other for other in kept if other.content == draft.content), None)
        if twin is None:
            kept.append(draft)
        elif twin.speaker_head is None and draft.speaker_head is not None:
            kept[kept.index(twin)] = draft
    reading.drafts = kept


def _run_on_quotations(reading: Reading) -> None:
    """Quotations without a cue: a line of speech, or a paragraph that is nothing but quoted words."""
    for quotation in reading.quotations:
        if not _stands_alone(reading, quotation) or _taken(reading, quotation):
            continue
        content = trimmed(reading.text, quotation.start, quotation.end)
        if content is None or not any(c.isalpha() for c in reading.text[content[0] : content[1]]):
            continue
        draft = Draft(
            None, [content], quotation.paragraph, {"content": "quotation-runs-on"}, quotation=quotation, frame="quote"
        )
        reading.drafts.append(draft)


def _stands_alone(reading: Reading, quotation: Quotation) -> bool:
    kind = reading.kinds[quotation.paragraph]
    if quotation.kind is QuotationKind.DASH:
        return True
    if kind is not ParagraphKind.BODY or quotation.kind is QuotationKind.UNOPENED:
        return False
    paragraph = reading.tree.parsed.paragraphs[quotation.paragraph]
    around = (quotation.outer_start - paragraph.start) + (paragraph.end - quotation.outer_end)
    return around <= _QUOTE_PARAGRAPH_SLACK


def _taken(reading: Reading, quotation: Quotation) -> bool:
    return any(
        not (draft.cue is not None and draft.cue.quoted)
        and any(start < quotation.end and quotation.start < end for start, end in draft.content)
        for draft in reading.drafts
    )
