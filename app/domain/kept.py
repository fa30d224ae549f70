"""Which claims of a version say the same as claims of an earlier one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.domain.record import ClaimRecord

# Who says it, what is done by it, and its words with runs of blanks as one: what makes two claims one to a reader.
_Said = tuple[tuple[str, ...], str, str]


def kept(before: Sequence[ClaimRecord], after: Sequence[ClaimRecord]) -> dict[str, str]:
    """For each claim of ``before`` that is kept in ``after``, by its id, the id of the claim there.

    Both in text order. Of claims that read alike, the first goes with the first.
    """
    left: defaultdict[_Said, list[str]] = defaultdict(list)
    for claim in reversed(before):
        left[_said(claim)].append(claim.id)
    return {left[said].pop(): claim.id for claim in after if left[said := _said(claim)]}


def _said(claim: ClaimRecord) -> _Said:
    printed = " ".join(claim.speaker.text.split()) if claim.speaker else ""
    speakers = tuple(sorted(speaker.name for speaker in claim.speakers)) or (printed,)
    return speakers, claim.act.value, " ".join(claim.text.split())
