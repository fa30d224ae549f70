"""How well two actors agree, feature by feature, each with its reason.

Weights are points of a hundred. They were set by hand and then held against the pairs in
``tests/resolution/test_score_pairs.py``, which is where a new weight has to prove itself. Their order follows the rule
that people of the same name are kept apart unless role or party agree: a name alone never reaches `SAME_FROM`, and a
name with either does, except where the surname is common or the agreement weak.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.resolution.score_features import Feature, organisation_features, person_features

if TYPE_CHECKING:
    from app.domain.profile import ActorProfile

SAME_FROM = 75
"""Points from which two actors are one without anybody being asked."""

UNSURE_FROM = 45
"""Points from which a person should look; below, two actors are taken for two."""

RULED_OUT = -100


class Verdict(StrEnum):
    """Whether two actors are one."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Score:
    """What was found when two actors were compared."""

    features: tuple[Feature, ...]

    @property
    def points(self) -> int:
        """The sum of the weights, within -100 and 100."""
        return max(-100, min(100, sum(feature.weight for feature in self.features)))

    @property
    def value(self) -> float:
        """The points as a share of one, for showing; ordinal, no probability."""
        return self.points / 100

    @property
    def verdict(self) -> Verdict:
        """What follows from the points alone."""
        if self.points >= SAME_FROM:
            return Verdict.SAME
        return Verdict.UNSURE if self.points >= UNSURE_FROM else Verdict.DIFFERENT

    @property
    def explanation(self) -> str:
        """The score in words: ``0.85: same full name (+0.55); both speak for Armenien (+0.30)``."""
        reasons = "; ".join(f"{feature.reason} ({feature.weight / 100:+.2f})" for feature in self.features)
        return f"{self.value:.2f}: {reasons}"


def score(one: ActorProfile, other: ActorProfile, language: str = "sv") -> Score:
    """How well two actors agree; the same whichever comes first. Raises ``UnsupportedLanguage``."""
    left, right = sorted((one, other), key=lambda profile: profile.id)
    people = [profile.kind is ActorKind.PERSON for profile in (left, right)]
    if people[0] != people[1]:
        return Score((Feature("kind", RULED_OUT, "only one of them is a person"),))
    features = person_features if people[0] else organisation_features
    return Score(features(left, right, language))
