"""The measures over outcomes: precision, recall and F1 of claims, targets and relations, and shares of right fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.evaluation.score import Outcome


@dataclass(slots=True)
class Hits:
    """Precision and recall over counts."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float | None:
        """``None`` where nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """``None`` where there is nothing to find."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float:
        """Harmonic mean of the two, 0 where one is missing or zero."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p and r else 0.0

    def as_dict(self) -> dict[str, float | int | None]:
        """The six numbers by name."""
        return {
            "p": self.precision, "r": self.recall, "f1": self.f1, "tp": self.tp, "fp": self.fp, "fn": self.fn,
        }  # fmt: skip


@dataclass(slots=True)
class Share:
    """How many of all."""

    ok: float = 0
    all: int = 0

    @property
    def value(self) -> float | None:
        """The share, ``None`` of nothing."""
        return self.ok / self.all if self.all else None

    def add(self, ok: float) -> None:
        """One more, right or wrong (or partly right)."""
        self.ok += ok
        self.all += 1


@dataclass(slots=True)
class Scores:
    """All measures over a set of outcomes."""

    detection: Hits = field(default_factory=Hits)
    attribution: Hits = field(default_factory=Hits)
    exact: Hits = field(default_factory=Hits)
    target: Hits = field(default_factory=Hits)
    relation: Hits = field(default_factory=Hits)
    content_token_f1: Share = field(default_factory=Share)
    speaker_accuracy: Share = field(default_factory=Share)
    entity_recall: Share = field(default_factory=Share)
    act_accuracy: Share = field(default_factory=Share)
    mode_accuracy: Share = field(default_factory=Share)
    role_accuracy: Share = field(default_factory=Share)
    nesting_accuracy: Share = field(default_factory=Share)

    def hits(self) -> dict[str, Hits]:
        """The measures with precision and recall."""
        return {name: value for name in self.__slots__ if isinstance(value := getattr(self, name), Hits)}

    def shares(self) -> dict[str, Share]:
        """The measures that are a share of something."""
        return {name: value for name in self.__slots__ if isinstance(value := getattr(self, name), Share)}

    def as_dict(self) -> dict[str, dict[str, float | int | None] | float | None]:
        """Every number by name, as JSON takes it."""
        return {
            **{name: hits.as_dict() for name, hits in self.hits().items()},
            **{name: share.value for name, share in self.shares().items()},
        }


def scored(outcomes: Iterable[Outcome]) -> Scores:
    """The measures over these outcomes."""
    scores = Scores()
    for outcome in outcomes:
        if outcome.optional:
            continue
        claim_level = (scores.detection, scores.attribution, scores.exact)
        if outcome.gold is None:
            for hits in claim_level:
                hits.fp += 1
            continue
        if outcome.entity_ok is not None:
            scores.entity_recall.add(outcome.entity_ok)
        _count_targets(scores, outcome)
        if outcome.system is None:
            for hits in claim_level:
                hits.fn += 1
            continue
        for hits, right in zip(claim_level, (True, outcome.attributed, outcome.exact), strict=True):
            hits.tp += right
            hits.fp += not right
            hits.fn += not right
        scores.content_token_f1.add(outcome.content_f1)
        scores.speaker_accuracy.add(outcome.speaker_ok)
        scores.act_accuracy.add(outcome.act_ok)
        scores.mode_accuracy.add(outcome.mode_ok)
        if outcome.nesting_ok is not None:
            scores.nesting_accuracy.add(outcome.nesting_ok)
    return scores


def _count_targets(scores: Scores, outcome: Outcome) -> None:
    for target in outcome.targets:
        hits = scores.relation if target.is_relation else scores.target
        hits.tp += target.gold is not None and target.system is not None
        hits.fn += target.system is None
        hits.fp += target.gold is None
        if target.gold is not None and target.system is not None and not target.is_relation:
            scores.role_accuracy.add(target.gold.role == target.system.role)
