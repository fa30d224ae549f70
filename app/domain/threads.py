"""All corrections of one claim together, and the claim of a fresh extraction that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.claim import Claim, Extraction
from app.domain.correction import Attribution, Correction, CorrectionKind
from app.domain.span import Span

# The share of common characters from which two contents are one claim, and what a common cue adds where several claims
# compete: the measures by which the evaluation matches claims (tests/evaluation/score.py), there in words.
SAME_CONTENT = 0.5
SAME_CUE_BONUS = 0.25

_WHOLE = (CorrectionKind.ADD, CorrectionKind.CONFIRM)


@dataclass(frozen=True, slots=True)
class Thread:
    """The corrections of one claim, oldest first, those that were undone too: they keep its id where it was."""

    claim_id: str
    corrections: tuple[Correction, ...]

    @property
    def in_force(self) -> tuple[Correction, ...]:
        """Those that nobody has taken back."""
        return tuple(correction for correction in self.corrections if correction.in_force)

    @property
    def is_rejected(self) -> bool:
        """Whether a person says that this is no claim."""
        return any(correction.kind is CorrectionKind.REJECT for correction in self.in_force)

    @property
    def is_checked(self) -> bool:
        """Whether a person found the whole claim right, or wrote it."""
        return any(correction.kind in _WHOLE for correction in self.in_force)

    def outcome(self, read: Attribution | None) -> Attribution | None:
        """What the corrections in force make of what was ``read``; later ones win, field by field.

        ``None`` where there is no claim: rejected, or nothing was read and nobody has written or confirmed a whole one.
        """
        if self.is_rejected:
            return None
        now = read
        for correction in self.in_force:
            if correction.after is None:
                continue
            if correction.kind in _WHOLE:
                now = correction.after
            elif now is not None:
                now = now.setting(correction.fields, correction.after)
        return now

    def likeness(self, claim: Claim) -> float:
        """How like the claim is to what was corrected; below `SAME_CONTENT` it is another claim."""
        places = {correction.anchor for correction in self.corrections}
        places |= {correction.after for correction in self.in_force if correction.after is not None}
        return max(_likeness(place, claim) for place in places)


def threads_of(corrections: Iterable[Correction]) -> list[Thread]:
    """The corrections of one article by claim, in the order in which the claims were first corrected."""
    found: dict[str, list[Correction]] = {}
    for correction in sorted(corrections, key=lambda each: each.id):
        found.setdefault(correction.claim_id, []).append(correction)
    return [Thread(claim_id, tuple(own)) for claim_id, own in found.items()]


def bind(threads: Sequence[Thread], extraction: Extraction) -> dict[str, Claim]:
    """The claim of the extraction that each thread is about, by the thread's claim id.

    First by id; then, among what is left, the pairs whose contents are most alike, those with corrections in force
    before those without. A thread that fits nothing is left out.
    """
    claims = {claim.id_in(extraction.article_id): claim for claim in reversed(extraction.claims)}
    bound = {thread.claim_id: claims[thread.claim_id] for thread in threads if thread.claim_id in claims}
    free = [claim for claim_id, claim in claims.items() if claim_id not in bound]
    candidates = [
        (not thread.in_force, -likeness, place, _start(claim), thread, claim)
        for place, thread in enumerate(threads)
        if thread.claim_id not in bound
        for claim in free
        if (likeness := thread.likeness(claim)) >= SAME_CONTENT
    ]
    taken = set()
    for _, _, _, _, thread, claim in sorted(candidates, key=lambda each: each[:4]):
        if thread.claim_id not in bound and claim.ref not in taken:
            bound[thread.claim_id] = claim
            taken.add(claim.ref)
    return bound


def _likeness(place: Attribution, claim: Claim) -> float:
    shared = _shared(place.content, claim.content)
    sizes = _size(place.content) + _size(claim.content)
    alike = 2 * shared / sizes
    same_cue = place.cue is not None and claim.cue is not None and place.cue.overlaps(claim.cue)
    return alike + SAME_CUE_BONUS if alike >= SAME_CONTENT and same_cue else alike


def _shared(one: Sequence[Span], other: Sequence[Span]) -> int:
    return sum(
        max(0, min(here.end, there.end) - max(here.start, there.start))
        for here in _disjoint(one)
        for there in _disjoint(other)
    )


def _size(parts: Sequence[Span]) -> int:
    return sum(part.end - part.start for part in _disjoint(parts))


def _disjoint(parts: Sequence[Span]) -> list[Span]:
    """Parts without those that another covers or overlaps: no character counts twice."""
    kept: list[Span] = []
    for part in parts:
        if not any(part.overlaps(other) for other in kept):
            kept.append(part)
    return kept


def _start(claim: Claim) -> int:
    return claim.content[0].start
