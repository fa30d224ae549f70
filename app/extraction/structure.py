"""What each paragraph is: running text, headline, crosshead, a dash quotation, or boilerplate that is never read."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.lexicon.boilerplate import Boilerplate
    from app.parsing.tree import Tree

DASH_OPENING = re.compile(r"\s*[-–—−‒―]\s*\??\s*(?=\S)")
"""A dash that opens a line of speech. Some archives lose the space after it or print a '?' for it."""

_FINAL = re.compile(r"""[.!?…:;]["”“»«’')\]]*$|["”“»«]\.?$""")
_WHOLLY_QUOTED = re.compile(r"""^["”“»«][^"”“»«]*["”“»«]$""")
_CROSSHEAD_WORDS = 10
_HEADLINE_WORDS = 22


class ParagraphKind(StrEnum):
    """The sorts of paragraph that extraction treats differently."""

    BODY = "body"
    SPEECH = "speech"
    HEADLINE = "headline"
    CROSSHEAD = "crosshead"
    BOILERPLATE = "boilerplate"


def classify_paragraphs(tree: Tree, boilerplate: Boilerplate) -> list[ParagraphKind]:
    """The kind of each paragraph of the text, in order.

    A text of one paragraph has no headline: it is a passage. A headline is an opening line without a full stop; a
    crosshead is a short later one, or one that is wholly inside quotation marks and ends without a stop of its own.
    """
    lines = [tree.text[p.start : p.end].strip() for p in tree.parsed.paragraphs]
    kinds: list[ParagraphKind] = []
    furniture = boilerplate.edges(lines) if len(lines) > 1 else [False] * len(lines)
    heading = len(lines) > 1
    for line, skipped in zip(lines, furniture, strict=True):
        words = len(line.split())
        if skipped:
            kinds.append(ParagraphKind.BOILERPLATE)
            continue
        if DASH_OPENING.match(line) and words > 1:
            kinds.append(ParagraphKind.SPEECH)
            heading = False
            continue
        open_ended = not _FINAL.search(line) or (_quoted_phrase(line) and words <= _CROSSHEAD_WORDS)
        if (
            len(lines) > 1
            and heading
            and (not _FINAL.search(line) or _ends_in_quote(line))
            and words <= _HEADLINE_WORDS
        ):
            kinds.append(ParagraphKind.HEADLINE)
            continue
        heading = False
        if len(lines) > 1 and open_ended and words <= _CROSSHEAD_WORDS:
            kinds.append(ParagraphKind.CROSSHEAD)
        else:
            kinds.append(ParagraphKind.BODY)
    return kinds


def _quoted_phrase(line: str) -> bool:
    return bool(_WHOLLY_QUOTED.match(line)) and line[-2] not in ".!?…"


def _ends_in_quote(line: str) -> bool:
    return line[-1] in '"”“»«' and len(line) > 1 and line[-2] not in ".!?…"
