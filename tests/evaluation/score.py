"""Scores: the system's claims held against the annotated ones, as the annotation guidelines define right and wrong.

A system claim matches a gold claim when their contents share word tokens with an F1 of at least one half: one to one,
the best pairs first, an overlapping cue deciding between equals. Gold claims marked optional are no misses, and what
matches them is neither right nor wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.evaluation.annotations import Aim, Annotation, Document, Place

SAME_CONTENT = 0.5
"""Token F1 from which two contents count as the same claim."""
SAME_CUE_BONUS = 0.25
"""What an overlapping cue adds when pairs compete for a match."""

_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class TargetOutcome:
    """A gold target and the system target that hit it, or one of them alone: a miss, or one too many."""

    gold: Aim | None
    system: Aim | None

    @property
    def is_relation(self) -> bool:
        """Whether it is an earlier claim rather than a party."""
        aim = self.gold or self.system
        return aim is not None and aim.role == "claim"


@dataclass(slots=True)
class Outcome:
    """What became of one gold claim (``system`` is ``None`` where it was missed) or one spurious system claim.

    ``content_f1`` and the flags are about matched pairs; ``entity_ok`` and ``nesting_ok`` are ``None`` where the gold
    has no entity or parent to get right.
    """

    document: Document
    gold: Annotation | None
    system: Annotation | None
    content_f1: float = 0.0
    speaker_ok: bool = False
    cue_ok: bool = False
    exact: bool = False
    entity_ok: bool | None = None
    act_ok: bool = False
    mode_ok: bool = False
    nesting_ok: bool | None = None
    targets: list[TargetOutcome] = field(default_factory=list)

    @property
    def optional(self) -> bool:
        """Whether it counts for nothing."""
        return self.gold is not None and self.gold.optional

    @property
    def matched(self) -> bool:
        """Whether there are both a gold and a system claim."""
        return self.gold is not None and self.system is not None

    @property
    def attributed(self) -> bool:
        """Whether the claim was found with its speaker and cue."""
        return self.matched and self.speaker_ok and self.cue_ok


def judge(document: Document, claims: Sequence[Annotation]) -> list[Outcome]:
    """The outcome of every gold claim of ``document``, in order, and then of every spurious one of ``claims``."""
    pairs = _matches(document, claims)
    gold_of = {claims[there].id: document.claims[here].id for here, (there, _) in pairs.items()}
    outcomes = []
    for here, gold in enumerate(document.claims):
        if here not in pairs:
            missed = [TargetOutcome(aim, None) for aim in gold.targets]
            entity = None if gold.entities is None else False
            outcomes.append(Outcome(document, gold, None, entity_ok=entity, targets=missed))
            continue
        there, shared = pairs[here]
        outcomes.append(_compared(document, gold, claims[there], shared, gold_of))
    used = {there for there, _ in pairs.values()}
    outcomes += [Outcome(document, None, claim) for there, claim in enumerate(claims) if there not in used]
    return outcomes


def _matches(document: Document, claims: Sequence[Annotation]) -> dict[int, tuple[int, float]]:
    """Position of a gold claim → position of the system claim that matches it, and their content's F1."""
    candidates = []
    for here, gold in enumerate(document.claims):
        wanted = word_starts(document.text, gold.content)
        for there, claim in enumerate(claims):
            shared = _f1(wanted, word_starts(document.text, claim.content))
            if shared >= SAME_CONTENT:
                candidates.append((shared + SAME_CUE_BONUS * overlap(gold.cue, claim.cue), shared, here, there))
    pairs: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for _, shared, here, there in sorted(candidates, key=lambda c: (-c[0], c[2], c[3])):
        if here not in pairs and there not in used:
            pairs[here] = (there, shared)
            used.add(there)
    return pairs


def _compared(
    document: Document, gold: Annotation, claim: Annotation, shared: float, gold_of: dict[str, str]
) -> Outcome:
    text = document.text
    if gold.speaker is not None:
        speaker_ok = overlap(gold.speaker, claim.speaker)
    else:
        speaker_ok = claim.speaker is None or bool(gold.entities)
    cue_ok = overlap(gold.cue, claim.cue) if gold.cue is not None else True
    same_speaker = gold.speaker is None or (
        claim.speaker is not None and word_starts(text, [gold.speaker]) == word_starts(text, [claim.speaker])
    )
    same_content = word_starts(text, gold.content) == word_starts(text, claim.content)
    nested = claim.parent is not None and gold_of.get(claim.parent) == gold.parent
    return Outcome(
        document,
        gold,
        claim,
        content_f1=shared,
        speaker_ok=speaker_ok,
        cue_ok=cue_ok,
        exact=speaker_ok and cue_ok and same_content and same_speaker,
        entity_ok=_names(gold.entities) == _names(claim.entities) if gold.entities else None,
        act_ok=claim.acts[0] in gold.acts,
        mode_ok=claim.mode == gold.mode,
        nesting_ok=nested if gold.parent else None,
        targets=_compared_targets(gold, claim, gold_of),
    )


def _compared_targets(gold: Annotation, claim: Annotation, gold_of: dict[str, str]) -> list[TargetOutcome]:
    """Each gold target takes the first system target that hits it; what is left over is one too many."""
    left = list(claim.targets)
    outcomes = []
    for aim in gold.targets:
        hit = next((other for other in left if _same_target(aim, other, gold_of)), None)
        if hit is not None:
            left.remove(hit)
        outcomes.append(TargetOutcome(aim, hit))
    return outcomes + [TargetOutcome(None, other) for other in left]


def _same_target(gold: Aim, system: Aim, gold_of: dict[str, str]) -> bool:
    if gold.role == "claim":
        return system.role == "claim" and gold_of.get(system.claim or "") == gold.claim
    if system.role == "claim":
        return False
    same_name = bool(gold.entity) and normal_name(gold.entity) == normal_name(system.entity)
    return overlap(gold.mention, system.mention) or same_name


def word_starts(text: str, places: Iterable[Place]) -> frozenset[int]:
    """Where the word tokens in ``places`` begin; an "att" that opens a place does not count."""
    starts: list[int] = []
    for place in places:
        found = list(_WORD.finditer(text, place.start, place.end))
        if found and found[0].group().lower() == "att":
            found = found[1:]
        starts += [match.start() for match in found]
    return frozenset(starts)


def overlap(one: Place | None, other: Place | None) -> bool:
    """Whether both are there and share a code point."""
    return one is not None and other is not None and one.overlaps(other)


def normal_name(name: str | None) -> str:
    """The words of a name without case, accents and punctuation."""
    decomposed = unicodedata.normalize("NFKD", name or "")
    return " ".join(_WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c)).lower()))


def _names(entities: tuple[str, ...] | None) -> set[str]:
    return {normal_name(entity) for entity in entities or ()}


def _f1(one: frozenset[int], other: frozenset[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
