"""Corrections of one version of an article taken over to the next: where their words are found in its text again.

What was corrected is found by a quotation, as people find it: the stretch of text from the first to the last character
of the claim's content and cue has to stand in both texts once, word for word. Where it stands several times, what is
around it decides, or nothing does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from app.domain.correction import Aim, Attribution, Correction, Party
from app.domain.span import Span

# Characters of context on either side by which a stretch that stands several times is told from the others: none, a few
# words, a few sentences.
_CONTEXTS = (0, 40, 200)

Meant = Callable[[Party], Party | None]
"""Whom the new version has for a party of the old one; ``None`` where it names it no longer."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of two versions, the earlier first."""

    old: str
    new: str

    def moved(self, correction: Correction, meant: Meant) -> Correction | None:
        """The correction as one of the new text, its ids as they were; ``None`` where its evidence is not found there,
        or whom it names.
        """
        shift = self._shift(correction.anchor)
        if shift is None:
            return None
        try:
            anchor = self._attribution(correction.anchor, shift, meant)
            after = self._attribution(correction.after, shift, meant) if correction.after else None
        except _Lost:
            return None
        try:
            before = self._attribution(correction.before, shift, meant) if correction.before else None
        except _Lost:
            # Only told of, as the state that was changed: what was read is nearest to it.
            before = anchor
        return replace(correction, anchor=anchor, before=before, after=after)

    def _shift(self, evidence: Attribution) -> int | None:
        """By how many characters the evidence stands further back in the new text."""
        spans = (*evidence.content, *([evidence.cue] if evidence.cue else []))
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        for context in _CONTEXTS:
            first = max(0, start - context)
            stretch = self.old[first : end + context]
            here, there = _places(stretch, self.old), _places(stretch, self.new)
            if not there:
                return None
            if len(here) == len(there) == 1:
                return there[0] - first
        return None

    def _attribution(self, told: Attribution, shift: int, meant: Meant) -> Attribution:
        return replace(
            told,
            speaker=self._maybe(told.speaker, shift),
            speakers=tuple(_party(party, meant) for party in told.speakers),
            cue=self._maybe(told.cue, shift),
            content=tuple(self._span(span, shift) for span in told.content),
            targets=tuple(
                Aim(aim.role, _party(aim.party, meant), self._maybe(aim.mention, shift)) for aim in told.targets
            ),
        )

    def _maybe(self, span: Span | None, shift: int) -> Span | None:
        return None if span is None else self._span(span, shift)

    def _span(self, span: Span, shift: int) -> Span:
        """The same words as far from the evidence as they were, else the only place where they stand."""
        start = span.start + shift
        if start >= 0 and self.new[start : start + len(span.text)] == span.text:
            return Span(start, start + len(span.text), span.text)
        here, there = _places(span.text, self.old), _places(span.text, self.new)
        if len(here) == len(there) == 1:
            return Span(there[0], there[0] + len(span.text), span.text)
        raise _Lost


class _Lost(Exception):
    """Something that a correction names is not in the new version, or not in one place."""


def _party(party: Party, meant: Meant) -> Party:
    found = meant(party)
    if found is None:
        raise _Lost
    return found


def _places(words: str, text: str) -> list[int]:
    """Where the words stand in the text, as whole words; two places are enough to know."""
    found: list[int] = []
    start = text.find(words)
    while start >= 0 and len(found) < 2:
        if not (_joined(text, start, words[0]) or _joined(text, start + len(words), words[-1])):
            found.append(start)
        start = text.find(words, start + 1)
    return found


def _joined(text: str, place: int, edge: str) -> bool:
    """Whether a word goes on across that place."""
    return edge.isalnum() and 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def same_speakers(told: Iterable[Party], read: Iterable[Party]) -> bool:
    """Whether two readings of one claim name the same."""
    return {party.id for party in told} == {party.id for party in read}
