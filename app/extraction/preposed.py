"""Content that stands before its cue ("…, sade han"), and what of it goes on behind the attribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.clauses import CLOSERS, sentence_end
from app.extraction.draft import Draft
from app.extraction.quotations import Quotation, QuotationKind
from app.extraction.speakers import subject_of
from app.resolution.phrases import noun_phrase

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.parsing.tree import Node

_TRAILING = ' \t\u00a0.,;:!?…"”“»«–—-'
_LEADING = " \t\u00a0,;:.–—"
_BETWEEN = frozenset(' \t\u00a0,.!?…"”“»«–—-')


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The range without final punctuation, closing marks and surrounding space; ``None`` when nothing is left."""
    while end > start and (text[end - 1] in _TRAILING or text[end - 1].isspace()):
        end -= 1
    while start < end and (text[start] in _LEADING or text[start].isspace()):
        start += 1
    # A bracket that closes one opened inside belongs to the content, a stray one does not.
    while end > start and text[end - 1] in ")]" and text[start:end].count("(") < text[start:end].count(")"):
        end -= 1
    return (start, end) if end > start else None


def preposed_draft(reading: Reading, cue: Cue) -> Draft | None:
    """The draft of an inverted attribution: quotation before it, line of speech around it, or unmarked clause."""
    head, rule = subject_of(reading, cue)
    quotation = _quotation_before(reading, cue)
    if quotation is not None and quotation.kind is QuotationKind.DASH:
        draft = _line_of_speech(reading, cue, quotation, head)
    elif quotation is not None:
        draft = _marked(reading, cue, quotation, head)
    else:
        draft = _unmarked(reading, cue, head)
    if draft is not None:
        draft.speaker_head = head
        draft.evidence["speaker"] = rule
    return draft


def attribution_end(reading: Reading, cue: Cue, subject: Node | None) -> tuple[int, bool]:
    """The node index where the attribution clause ends, and whether the content goes on from there.

    Behind "säger X" may follow a medium ("till TT"), an apposition or a relative clause, which belong to the
    attribution; after a comma also the rest of the content.
    """
    nodes, grammar = reading.tree.nodes, reading.grammar
    stop = sentence_end(reading, cue.head)
    i = cue.nodes[-1].i + 1
    if subject is not None and subject.i > cue.head.i:
        i = max(i, noun_phrase(reading.tree, grammar, subject, coordination=True)[-1].i + 1)
    while i < stop:
        node = nodes[i]
        if node.text == "(":
            while i < stop and nodes[i].text != ")":
                i += 1
        elif (
            node.text == ":"
            or (node.text in CLOSERS and node.text not in {".", ")", '"', "”", "“", "»", "«"})
            or (node.lower in grammar.report_coordinators and _opens_report(reading, i, stop))
        ):
            return i, False
        elif node.text in {",", "–", "—"}:
            verdict = _after_comma(reading, i + 1, stop, subject)
            if verdict == "content":
                return i, True
            if verdict == "report":
                return i, False
        i += 1
    return stop, False


def _opens_report(reading: Reading, i: int, stop: int) -> bool:
    """Whether a coordinated cue follows within a few words ("… och tillade att")."""
    for node in reading.tree.nodes[i + 1 : min(stop, i + 5)]:
        if reading.cue_at(node) is not None:
            return True
        if node.upos in {"NOUN", "PROPN"} or node.text == ",":
            return False
    return False


def _after_comma(reading: Reading, i: int, stop: int, subject: Node | None) -> str:
    nodes, grammar = reading.tree.nodes, reading.grammar
    if i >= stop:
        return "attribution"
    first = nodes[i]
    if first.lower in grammar.relative_pronouns or first.lower in {"där", "vars"}:
        return "attribution"
    other = reading.cue_at(first)
    if other is not None and other.postposed:
        # "…, säger en källa, rapporterar Reuters": the next attribution.
        return "report"
    if first.lower in grammar.report_coordinators and _opens_report(reading, i, stop):
        return "report"
    part = []
    for node in nodes[i:stop]:
        if node.text == ",":
            break
        part.append(node)
    # "ska, uppger ägaren, *hålla* öppet": the clause goes on with the verb that its auxiliary waits for.
    verb = next((node for node in part if node.upos in {"VERB", "ADP", "SCONJ", "PART"} and node.lower != "inte"), None)
    awaited = verb is not None and verb.feat("VerbForm") in {"Inf", "Sup"}
    finite = awaited or any(node.feat("VerbForm") == "Fin" for node in part)
    if first.upos in {"CCONJ", "SCONJ"} or first.lower in grammar.coordinators:
        return "content"
    pronoun = subject is not None and subject.upos == "PRON"
    # "Pengarna är, menar Riksrevisionen, *slut*."
    last = not any(node.text == "," for node in nodes[i:stop])
    waits = last and subject is not None and subject.head is not None and _waits(reading, subject.head)
    if finite or pronoun or waits:
        return "content"
    return "attribution"


def _waits(reading: Reading, cue: Node) -> bool:
    """Whether the words right before the attribution's comma want to be gone on with: a copula or an auxiliary."""
    comma = reading.tree.left(cue)
    before = reading.tree.left(comma) if comma is not None and comma.text == "," else None
    return before is not None and before.upos == "AUX" and before.feat("VerbForm") == "Fin"


def _quotation_before(reading: Reading, cue: Cue) -> Quotation | None:
    """The quotation whose end the cue follows, or the line of speech or open quotation that the cue stands in."""
    place = cue.nodes[0].start
    best: Quotation | None = None
    for quotation in reading.quotations:
        if quotation.paragraph != cue.head.paragraph:
            continue
        inside = quotation.start < place < quotation.end
        if inside and quotation.kind in {QuotationKind.DASH, QuotationKind.UNCLOSED}:
            return quotation
        if quotation.outer_end <= place and all(c in _BETWEEN for c in reading.text[quotation.end : place]):
            best = quotation
    return best


def _line_of_speech(reading: Reading, cue: Cue, quotation: Quotation, subject: Node | None) -> Draft | None:
    start = quotation.start
    for earlier in reading.drafts:
        if earlier.quotation is quotation and earlier.cue is not None and earlier.cue.head.i < cue.head.i:
            start = _sentence_start(reading, cue)
            # What the earlier attribution had taken as its continuation belongs to this one from here on.
            earlier.content = [part for part in earlier.content if part[1] <= start] or [earlier.content[0]]
            earlier.content = _cut(reading.text, earlier.content, start) or earlier.content
    ranges = [trimmed(reading.text, start, cue.nodes[0].start)]
    end, goes_on = attribution_end(reading, cue, subject)
    sentence_stop = reading.tree.sentences[cue.head.sentence].stop
    after = reading.tree.nodes[end].start if goes_on else _next_start(reading, sentence_stop, quotation.end)
    if after < quotation.end:
        ranges.append(trimmed(reading.text, after, _speech_stop(reading, sentence_stop, quotation)))
    content = [part for part in ranges if part is not None]
    if not content:
        return None
    return Draft(cue, content, quotation.paragraph, {"content": "line-of-speech"}, quotation=quotation, frame="quote")


def _cut(text: str, content: list[tuple[int, int]], limit: int) -> list[tuple[int, int]]:
    parts = [trimmed(text, start, min(end, limit)) for start, end in content if start < limit]
    return [part for part in parts if part is not None]


def _next_start(reading: Reading, index: int, default: int) -> int:
    nodes = reading.tree.nodes
    return nodes[index].start if index < len(nodes) else default


def _speech_stop(reading: Reading, index: int, quotation: Quotation) -> int:
    """Where a line of speech ends: its paragraph's end, or the sentence in which the narrator speaks of the source."""
    nodes = reading.tree.nodes
    i = index
    while i < len(nodes) and nodes[i].start < quotation.end:
        sentence = reading.tree.sentences[nodes[i].sentence]
        first = nodes[sentence.start]
        if first.lower in {"han", "hon", "hen"} and any(
            reading.cue_at(node) is not None for node in nodes[sentence.start : min(sentence.stop, sentence.start + 4)]
        ):
            return first.start
        i = sentence.stop
    return quotation.end


def _sentence_start(reading: Reading, cue: Cue) -> int:
    return reading.tree.sentence_of(cue.head)[0].start


def _marked(reading: Reading, cue: Cue, quotation: Quotation, subject: Node | None) -> Draft | None:
    text = reading.text
    start = quotation.start
    sentence_start = _sentence_start(reading, cue)
    rule = "quotation"
    lead_in = text[sentence_start : quotation.outer_start]
    if quotation.kind is QuotationKind.UNCLOSED:
        end = cue.nodes[0].start
    else:
        end = quotation.end
        if (
            sum(ch.isalpha() for ch in lead_in)
            and not lead_in.rstrip().endswith((":", "–", "—"))
            and sentence_start < quotation.start
        ):
            start, rule = sentence_start, "clause-with-quoted-end"
    first = trimmed(text, start, end)
    if first is None:
        return None
    content = [first]
    stop, _ = attribution_end(reading, cue, subject)
    follow = _quotation_after(reading, cue, stop)
    if follow is not None:
        rest = trimmed(text, follow.start, follow.end)
        if rest is not None:
            content.append(rest)
    return Draft(cue, content, quotation.paragraph, {"content": rule}, quotation=quotation, frame="quote")


def _quotation_after(reading: Reading, cue: Cue, stop: int) -> Quotation | None:
    """The quotation that the attribution breaks up: it goes on right behind it, in the same paragraph."""
    attribution = reading.tree.nodes[stop - 1].end
    for quotation in reading.quotations:
        if quotation.paragraph == cue.head.paragraph and quotation.outer_start >= cue.head.end:
            gap = reading.text[min(attribution, quotation.outer_start) : quotation.outer_start]
            claimed = any(other.postposed and _claims(reading, other, quotation) for other in reading.cues)
            return quotation if all(c in _BETWEEN for c in gap) and not claimed else None
    return None


def _claims(reading: Reading, cue: Cue, quotation: Quotation) -> bool:
    return quotation.outer_end <= cue.nodes[0].start and all(
        c in _BETWEEN for c in reading.text[quotation.end : cue.nodes[0].start]
    )


def _unmarked(reading: Reading, cue: Cue, subject: Node | None) -> Draft | None:
    sentence = reading.tree.sentence_of(cue.head)
    start, boundary = sentence[0], cue.nodes[0].start
    if sentence[0].i == cue.nodes[0].i:
        # The question or exclamation mark ended the sentence before the cue: "Vad händer nu? undrar hon."
        previous = reading.tree.nodes[sentence[0].i - 1] if sentence[0].i else None
        if previous is None or previous.paragraph != cue.head.paragraph:
            return None
        start = reading.tree.sentence_of(previous)[0]
    for node in sentence:
        if node.i >= cue.nodes[0].i:
            break
        following = reading.tree.right(node)
        if node.text == ":" and following is not None and following.i < cue.nodes[0].i:
            start = following
    first = trimmed(reading.text, start.start, boundary)
    end, goes_on = attribution_end(reading, cue, subject)
    if first is None or not (goes_on or _is_clause(reading, start.i, cue.nodes[0].i)):
        return None
    content = [first]
    if goes_on:
        rest = trimmed(
            reading.text, reading.tree.nodes[end].start, reading.tree.nodes[sentence_end(reading, cue.head) - 1].end
        )
        if rest is not None:
            content.append(rest)
    return Draft(cue, content, cue.head.paragraph, {"content": "preposed-clause"}, frame="quote")


def _is_clause(reading: Reading, start: int, stop: int) -> bool:
    """Whether there is more than an adverbial before the cue: a verb, or at least two words of content."""
    part = reading.tree.nodes[start:stop]
    if any(node.upos in {"VERB", "AUX"} for node in part):
        return True
    words = [node for node in part if node.is_word]
    if len(words) == 1 and start < stop and part[-1].text == ",":
        # "Rykten, säger Svahn."
        return words[0].upos in {"NOUN", "ADJ", "INTJ"} and words[0].feat("Definite") != "Def"
    return len(words) >= 2 and words[0].upos not in {"ADP", "SCONJ", "ADV"}
