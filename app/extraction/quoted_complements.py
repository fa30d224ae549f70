"""Words in marks or behind a colon that a cue announces: "hon sa: ”Vi väntar”", "talar om ”svek”"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.preposed import trimmed
from app.extraction.quotations import Quotation, QuotationKind
from app.lexicon.schema import ObjectRole

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.parsing.tree import Node

Range = tuple[int, int]
_FEW_WORDS = 3


def quoted_complement(reading: Reading, cue: Cue, *, bare: bool) -> tuple[Range, Quotation | None] | None:
    """The quotation or clause that the cue announces: after a colon, or (``bare``) right behind it in marks."""
    nodes = reading.tree.nodes
    stop = reading.tree.sentences[cue.head.sentence].stop
    wanted = cue.head.child("obj")
    for node in nodes[cue.nodes[-1].i + 1 : stop]:
        if node.lower in reading.grammar.complementizers or node.text == ";":
            return None
        if wanted is not None and cue.head.i < wanted.i < node.i and node.lower in reading.grammar.relative_pronouns:
            # "efterlyser en förklaring av Bring, *som* enligt Fridh ”köper sig tid”"
            return None
        quotation = _opening_at(reading, node)
        if quotation is not None and not node.is_word and _is_attributed(reading, node):
            return None
        if quotation is not None:
            direct = reading.text[: quotation.outer_start].rstrip().endswith(":")
            if not direct and not (bare and _is_speech(reading, quotation)):
                return None
            found = trimmed(reading.text, quotation.start, quotation.end)
            return (found, quotation) if found else None
        if node.text == ":":
            said = _after_colon(reading, node)
            # "menar allvar: två butiker …": a verb with an object of its own announces no words without marks.
            addressed = cue.entry is not None and cue.entry.object is ObjectRole.ADDRESSEE
            own = wanted is not None and wanted.i < node.i and not addressed
            return None if own and said is not None and said[1] is None else said
        if node.upos == "VERB" and node.feat("VerbForm") == "Fin" and node.rel not in {"acl", "acl:relcl"}:
            return None
    last = nodes[stop - 1]
    return _after_colon(reading, last) if last.text == ":" else None


def _is_attributed(reading: Reading, mark: Node) -> bool:
    """ "talar om *ett* ”fegt och planerat överfall”": an article before the mark makes a noun phrase of the words."""
    article = reading.tree.left(mark)
    if article is None or article.upos != "DET" or article.head is None:
        return False
    inside = (q for q in reading.quotations if q.outer_start <= mark.start < q.outer_end)
    return any(q.start <= article.head.start < q.end for q in inside)


def _after_colon(reading: Reading, colon: Node) -> tuple[Range, Quotation | None] | None:
    text, paragraph = reading.text, reading.tree.parsed.paragraphs[colon.paragraph]
    rest = text[colon.end : paragraph.end]
    if rest.strip():
        quotation = next((q for q in reading.quotations if colon.end <= q.outer_start < colon.end + 3), None)
        if quotation is not None:
            found = trimmed(text, quotation.start, quotation.end)
            return (found, quotation) if found else None
        following = next((n for n in reading.tree.nodes[colon.i + 1 : colon.i + 2]), None)
        if following is None:
            return None
        # After a dash in mid-paragraph the speech runs to the paragraph's end, a plain clause to its sentence's end.
        end = paragraph.end if following.text in {"–", "—", "-"} else reading.tree.sentence_of(following)[-1].end
        found = trimmed(text, colon.end, end)
        return (found, None) if found else None
    for quotation in reading.quotations:
        whole = (
            quotation.paragraph == colon.paragraph + 1
            and not text[reading.tree.parsed.paragraphs[quotation.paragraph].start : quotation.outer_start].strip()
        )
        if whole:
            found = trimmed(text, quotation.start, quotation.end)
            return (found, quotation) if found else None
    return None


def _opening_at(reading: Reading, node: Node) -> Quotation | None:
    for quotation in reading.quotations:
        if quotation.kind is not QuotationKind.DASH and node.start <= quotation.outer_start < node.end:
            return quotation
        if quotation.kind is not QuotationKind.DASH and quotation.start == node.start:
            return quotation
    return None


def _is_speech(reading: Reading, quotation: Quotation) -> bool:
    """Whether the quotation holds an utterance, not a term or a title: a finite verb or several words."""
    inside = reading.tree.between(quotation.start, quotation.end)
    words = [node for node in inside if node.is_word]
    return (
        any(node.feat("VerbForm") in {"Fin"} or node.feat("Mood") == "Imp" for node in inside)
        or len(words) > _FEW_WORDS
    )
