"""Nested attribution: the claim in whose content another one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading


def set_parents(reading: Reading) -> None:
    """Give every draft the closest draft that reports it: the one with the shortest content around its cue."""
    for draft in reading.drafts:
        if draft.cue is None:
            continue
        start, end = draft.cue.nodes[0].start, draft.cue.nodes[-1].end
        around = [other for other in reading.drafts if other is not draft and other.covers(start, end)]
        around = [other for other in around if not _within(other, draft)]
        if around:
            draft.parent = min(around, key=_length)
            draft.evidence["parent"] = "cue-inside-content"


def _within(inner: Draft, outer: Draft) -> bool:
    """Whether ``inner`` itself stands in the content of ``outer``: two claims cannot hold one another."""
    return inner.cue is not None and outer.covers(inner.cue.nodes[0].start, inner.cue.nodes[-1].end)


def _length(draft: Draft) -> int:
    return sum(end - start for start, end in draft.content)
