"""Labels that attribute: "Facket: Det är ett svek", and "… – facket: ”Ett svek”" in a headline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.extraction.draft import Draft
from app.extraction.preposed import trimmed
from app.extraction.quotations import QuotationKind
from app.extraction.structure import ParagraphKind

if TYPE_CHECKING:
    from app.extraction.draft import Reading
    from app.extraction.quotations import Quotation
    from app.parsing.tree import Node

_LABEL = re.compile(r"^(?P<label>(?:[^:–—]|:(?=\S)){1,60}):\s+(?P<said>\S.*)$")
_HEADLINE_LABEL = re.compile(r"\s[–—-]\s(?P<label>(?:[^:–—]|:(?=\S)){1,40}):\s+(?P<said>\S.*)$")
_LABEL_WORDS = 4
_NAME = 2
_COLON = 2
"""Code points in front of a quotation where its colon stands, with a space or without."""
_PERSONAL = frozenset({"han", "hon", "hen"})
_TO = "till"
_TOPIC = frozenset({"om", "efter", "inför", "till"})
"""Prepositions that go on in a headline's label to what the words are about."""


def label_drafts(reading: Reading) -> list[Draft]:
    """Claims that a label marks: "Facket: Det är ett svek", and "… – facket: ”Ett svek”" in a headline."""
    found: list[Draft] = []
    for number, paragraph in enumerate(reading.tree.parsed.paragraphs):
        kind = reading.kinds[number]
        line = reading.text[paragraph.start : paragraph.end]
        if kind in {ParagraphKind.BOILERPLATE, ParagraphKind.SPEECH}:
            continue
        if kind is ParagraphKind.HEADLINE:
            match = _HEADLINE_LABEL.search(line) or _LABEL.match(line)
        else:
            match = _LABEL.match(line)
        if match is None:
            continue
        draft = _label_draft(reading, paragraph.start, number, match, kind)
        if draft is not None:
            found.append(draft)
    return found


def colon_drafts(reading: Reading) -> list[Draft]:
    """Quotations behind a colon after a sentence on somebody: "Hennes företrädare Raúl Gil är hårdare: ”Nej”"."""
    found: list[Draft] = []
    for quotation in reading.quotations:
        before = reading.tree.between(quotation.outer_start - _COLON, quotation.outer_start)
        colon = next((node for node in before if node.text == ":"), None)
        if quotation.kind is not QuotationKind.MARKS or colon is None:
            continue
        if reading.kinds[colon.paragraph] is not ParagraphKind.BODY:
            continue
        words = [node for node in reading.tree.sentence_of(colon) if node.i < colon.i]
        subjects = [node for node in words if node.rel == "nsubj"]
        subjects = [node for node in subjects if node.head is None or node.head.rel in {"root", "conj"}] or subjects
        if len(subjects) == _NAME and subjects[1].i == subjects[0].i + 1 and subjects[0].upos == "PROPN":
            # "Anna Ek": a surname parsed as another subject.
            subjects = subjects[:1]
        if len(subjects) != 1 or any(_has_said(reading, node) or node.text in {",", ";"} for node in words):
            continue
        content = trimmed(reading.text, quotation.start, quotation.end)
        if content is None or not _is_somebody(reading, subjects[0]):
            continue
        evidence = {"content": "quotation-behind-colon", "speaker": "subject-before-colon"}
        draft = Draft(None, [content], colon.paragraph, evidence, quotation=quotation, frame="quote")
        draft.speaker_head = subjects[0]
        found.append(draft)
    return found


def _is_somebody(reading: Reading, node: Node) -> bool:
    """Whether the subject is a person by name, title or pronoun: a thing may be told of before a colon as well."""
    entities = reading.entities
    body = entities.body_noun(node.text) if node.feat("Definite") == "Def" else None
    known = entities.title(node.text) or entities.person_noun(node.text) or body or node.lower in _PERSONAL
    return node.word.ner.endswith(("PER", "ORG")) or bool(known)


def _has_said(reading: Reading, node: Node) -> bool:
    """Whether the word is the cue of a claim: "Pappan *känner inte igen* sig: ”…”" has none of its own."""
    cue = reading.cue_at(node)
    return cue is not None and any(draft.cue is cue for draft in reading.drafts)


def _was_named(reading: Reading, node: Node) -> bool:
    """Whether the word ended somebody's name before: "försvararen Ulrika *Stenmark*"."""
    earlier = (other for other in reading.tree.nodes[: node.i] if other.text == node.text)
    return node.upos == "PROPN" and any(
        other.rel == "flat" or "PER" in other.word.ner for other in earlier if other.upos == "PROPN"
    )


def _may_speak(reading: Reading, node: Node) -> bool:
    """Whether the word before a topic is somebody: "PRO om beskedet", not "Oro efter branden"."""
    entities = reading.entities
    known = entities.title(node.text) or entities.person_noun(node.text) or entities.body_noun(node.text)
    return node.upos == "PROPN" or node.text.isupper() or known is not None or entities.group(node.text) is not None


def _headline_quotation(reading: Reading, paragraph: int, quotation: Quotation | None) -> Draft | None:
    """A quotation that a headline sets behind a colon without saying whose it is; the text tells later."""
    content = trimmed(reading.text, quotation.start, quotation.end) if quotation is not None else None
    if content is None:
        return None
    return Draft(None, [content], paragraph, {"content": "headline-quotation"}, quotation=quotation, frame="quote")


def _label_draft(
    reading: Reading, offset: int, paragraph: int, match: re.Match[str], kind: ParagraphKind
) -> Draft | None:
    label = reading.tree.between(offset + match.start("label"), offset + match.end("label"))
    comma = next((k for k, node in enumerate(label) if node.text == ","), len(label))
    words = [node for node in label[:comma] if node.is_word]
    topic = next((k for k, node in enumerate(words) if k and node.lower in _TOPIC), len(words))
    if kind is ParagraphKind.HEADLINE and topic < len(words) and _may_speak(reading, words[topic - 1]):
        # "PRO om regeringens besked: ”Ett dråpslag”"
        words = words[:topic]
    told = next((k for k, node in enumerate(words) if k and node.lower == _TO), len(words))
    if words[told + 1 :] and reading.entities.kind_of(words[told + 1].text) is ActorKind.MEDIA:
        # "Ministern till TT: ”Nej”"
        words = words[:told]
    if len(words) > 2 and words[-2].lower == "i" and words[-1].upos == "PROPN":
        # "Oppositionen i Georgien: Valet är stulet"
        words = words[:-2]
    start, end = offset + match.start("said"), offset + match.end("said")
    quotation = next((q for q in reading.quotations if abs(q.outer_start - start) <= 1), None)
    phrase = (
        words
        and len(words) <= _LABEL_WORDS
        and not any(n.feat("VerbForm") in {"Fin", "Sup"} or n.upos == "ADP" for n in words)
    )
    if not phrase:
        return _headline_quotation(reading, paragraph, quotation) if kind is ParagraphKind.HEADLINE else None
    if " ".join(node.lower for node in words) in reading.lexicon.no_labels:
        return None
    dash = re.match(r"[-–—]\s*", reading.text[start:end])
    name_like = words[-1].upos in {"PROPN", "NOUN"} and words[0].upos in {"PROPN", "NOUN", "ADJ", "DET"}
    if not name_like or (
        kind is not ParagraphKind.HEADLINE and words[-1].upos == "NOUN" and quotation is None and not dash
    ):
        return None
    # "Stenmark: Min klient trodde …": who was named before goes on.
    told = words[0].text.isupper() or (len(words) == 1 and _was_named(reading, words[0]))
    if quotation is None and kind is not ParagraphKind.HEADLINE and not dash and not told:
        return None
    content = trimmed(reading.text, quotation.start if quotation else start, quotation.end if quotation else end)
    if content is None:
        return None
    draft = Draft(
        None, [content], paragraph, {"content": "label", "speaker": "label"}, quotation=quotation, frame="quote"
    )
    draft.speaker_head = words[-1]
    while draft.speaker_head.rel == "flat" and draft.speaker_head.head in words:
        draft.speaker_head = draft.speaker_head.head
    return draft
