"""Quotations by their marks: pairs of any style, lines of speech that open with a dash, marks without a partner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.extraction.structure import DASH_OPENING, ParagraphKind

if TYPE_CHECKING:
    from app.parsing.tree import Tree

OPENING = '“”"»«„‟″'
CLOSING = '“”"»«″'
_CLOSERS = {'"': '"', "”": "”", "“": "”“", "„": "”“", "‟": "”", "»": "»«", "«": "»", "″": "″"}
OPENING_FOLLOWERS = "([…–—-¿¡#@&$€£'’" + OPENING
_BEFORE_OPENING = "([{–—-/:\u00a0"
_AFTER_CLOSING = ".,;:!?)]}…–—-/\u00a0"


class QuotationKind(StrEnum):
    """How a quotation is marked."""

    MARKS = "marks"
    DASH = "dash"
    UNCLOSED = "unclosed"
    UNOPENED = "unopened"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words ``[start, end)`` without their marks, in code points; ``outer_*`` with the marks.

    For a line of speech the quotation is all that stands after the dash; the attribution in it is cut out later.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    paragraph: int
    kind: QuotationKind

    def holds(self, offset: int) -> bool:
        """Whether the code point lies between the marks."""
        return self.start <= offset < self.end


def find_quotations(tree: Tree, kinds: list[ParagraphKind]) -> list[Quotation]:
    """All quotations in text order, outermost only, boilerplate left out."""
    found: list[Quotation] = []
    for number, paragraph in enumerate(tree.parsed.paragraphs):
        if kinds[number] is ParagraphKind.BOILERPLATE:
            continue
        if kinds[number] is ParagraphKind.SPEECH:
            line = tree.text[paragraph.start : paragraph.end]
            dash = DASH_OPENING.match(line)
            start = paragraph.start + (dash.end() if dash else 0)
            end = paragraph.start + len(line.rstrip())
            found.append(Quotation(start, end, paragraph.start, end, number, QuotationKind.DASH))
            continue
        found.extend(_marked(tree.text, paragraph.start, paragraph.end, number))
    return found


def _marked(text: str, start: int, end: int, paragraph: int) -> list[Quotation]:
    marks = [i for i in range(start, end) if text[i] in OPENING]
    found: list[Quotation] = []
    position = 0
    while position < len(marks):
        opening = marks[position]
        closing = _closing(text, marks, position, end)
        if closing is not None:
            if closing > opening + 1:
                found.append(
                    _trimmed(text, opening + 1, closing, (opening, closing + 1), paragraph, QuotationKind.MARKS)
                )
            position = marks.index(closing) + 1
        elif _may_open(text, opening, start):
            found.append(_trimmed(text, opening + 1, end, (opening, end), paragraph, QuotationKind.UNCLOSED))
            position = len(marks)
        elif not found and len(marks) == 1 and opening > start:
            found.append(_trimmed(text, start, opening, (start, opening + 1), paragraph, QuotationKind.UNOPENED))
            position += 1
        else:
            position += 1
    return [quotation for quotation in found if quotation.end > quotation.start]


def _closing(text: str, marks: list[int], position: int, end: int) -> int | None:
    opening = marks[position]
    if not _may_open(text, opening, marks[0] if position == 0 else 0):
        return None
    closers = _CLOSERS[text[opening]]
    nested = 0
    for mark in marks[position + 1 :]:
        if text[mark] in closers and _may_close(text, mark, end):
            if nested == 0:
                return mark
            nested -= 1
        elif (
            text[mark] != text[opening]
            and _may_open(text, mark, 0)
            and text[mark] in "„‟«»“"
            and text[mark] not in closers
        ):
            nested += 1
    # A pair whose closing mark stands oddly, as in '” säger hon', is still a pair.
    rest = [mark for mark in marks[position + 1 :] if text[mark] in closers]
    return rest[0] if len(rest) == 1 else None


def _may_open(text: str, mark: int, start: int) -> bool:
    before = text[mark - 1] if mark > start and mark > 0 else " "
    after = text[mark + 1] if mark + 1 < len(text) else " "
    return (before.isspace() or before in _BEFORE_OPENING) and (after.isalnum() or after in OPENING_FOLLOWERS)


def _may_close(text: str, mark: int, end: int) -> bool:
    after = text[mark + 1] if mark + 1 < end else " "
    before = text[mark - 1]
    return (after.isspace() or after in _AFTER_CLOSING or after in CLOSING or after.isalpha()) and not before.isspace()


def _trimmed(text: str, start: int, end: int, outer: tuple[int, int], paragraph: int, kind: QuotationKind) -> Quotation:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quotation(start, end, outer[0], outer[1], paragraph, kind)
