"""From stored actors to judgements: which are one, which are two, and which a person should look at.

A pure function of what is known and of what people have settled. The order of the actors does not matter, and the best
agreement is settled first, so that an actor who could be either of two people who are not each other becomes neither.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.resolution.candidates import pairs
from app.resolution.score import Score, Verdict, score
from app.resolution.score_features import Feature

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from app.domain.profile import ActorProfile

NARROW = 10
"""Points by which another may agree less and still be as likely meant: the weight of one minor feature."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is held of two actors, by the ids of their profiles with the smaller first, and the score that says why."""

    left: str
    right: str
    verdict: Verdict
    score: Score

    @property
    def reason(self) -> str:
        """The explanation to keep with the judgement."""
        return self.score.explanation


def decide(
    profiles: Iterable[ActorProfile],
    settled: Mapping[frozenset[str], Verdict] | None = None,
    language: str = "sv",
    newcomers: Collection[str] | None = None,
) -> list[Decision]:
    """A decision for every pair worth comparing that neither people nor a chain of other decisions have settled.

    With ``newcomers`` (ids), only for pairs of which one is among them: the others were compared when they came.

    ``settled`` holds what people said of two ids: it is kept whatever the scores, and never decided again. A pair that
    scores as the same and would join two actors who cannot be one, or of whom people said so, is unsure. ``SAME``
    decisions come best first, then the others, equals in the order of ids; of actors that are joined, only the best
    ``UNSURE`` one. Raises ``UnsupportedLanguage``.
    """
    clusters = _Clusters({profile.id: profile for profile in profiles}, settled or {}, language)
    compared = [
        (clusters.score(one.id, other.id), one.id, other.id)
        for one, other in pairs(clusters.profiles.values(), language, newcomers)
    ]
    compared.sort(key=lambda found: (-found[0].points, found[1], found[2]))
    partners: defaultdict[str, list[str]] = defaultdict(list)
    for found, left, right in compared:
        if found.verdict is Verdict.SAME:
            partners[left].append(right)
            partners[right].append(left)
    decisions: list[Decision] = []
    for found, left, right in compared:
        if found.verdict is not Verdict.SAME or clusters.joined(left, right):
            continue
        against = clusters.against(left, right) or clusters.rival(left, right, partners)
        if against is None:
            clusters.join(left, right)
            decisions.append(Decision(left, right, Verdict.SAME, found))
    for found, left, right in compared:
        if clusters.joined(left, right) or clusters.held_apart(left, right):
            continue
        against = clusters.against(left, right) or clusters.rival(left, right, partners)
        reasons = found
        if found.verdict is Verdict.SAME and against is not None:
            reasons = Score((*found.features, against))
        verdict = found.verdict if found.verdict is Verdict.DIFFERENT else Verdict.UNSURE
        if verdict is Verdict.UNSURE and not clusters.first_between(left, right):
            continue
        decisions.append(Decision(left, right, verdict, reasons))
    return decisions


def worth_asking(decisions: Iterable[Decision], newcomers: Collection[str]) -> list[Decision]:
    """The unsure decisions to show to people: for each newcomer (id) the one with the best score."""
    asked: set[str] = set()
    chosen = []
    for decision in decisions:
        pair = {decision.left, decision.right} & set(newcomers)
        if decision.verdict is Verdict.UNSURE and not pair <= asked:
            asked |= pair
            chosen.append(decision)
    return chosen


class _Clusters:
    """The actors found to be one so far."""

    def __init__(
        self, profiles: dict[str, ActorProfile], settled: Mapping[frozenset[str], Verdict], language: str
    ) -> None:
        self.profiles = profiles
        self._language = language
        self._scores: dict[tuple[str, str], Score] = {}
        self._members = {actor_id: {actor_id} for actor_id in profiles}
        self._asked: set[frozenset[str]] = set()
        self._apart = {pair for pair, verdict in settled.items() if verdict is Verdict.DIFFERENT}
        for pair, verdict in sorted(settled.items(), key=lambda item: sorted(item[0])):
            if verdict is Verdict.SAME and pair <= profiles.keys() and len(pair) == 2:
                left, right = sorted(pair)
                self.join(left, right)

    def score(self, left: str, right: str) -> Score:
        """The score of two actors, computed once."""
        key = (min(left, right), max(left, right))
        if key not in self._scores:
            self._scores[key] = score(self.profiles[left], self.profiles[right], self._language)
        return self._scores[key]

    def joined(self, left: str, right: str) -> bool:
        """Whether the two are one already."""
        return right in self._members[left]

    def join(self, left: str, right: str) -> None:
        """Make the two, and everybody joined to either, one."""
        together = self._members[left] | self._members[right]
        for actor_id in together:
            self._members[actor_id] = together

    def first_between(self, left: str, right: str) -> bool:
        """Whether this is asked for the first time of the two and everybody joined to either."""
        pair = frozenset((min(self._members[left]), min(self._members[right])))
        asked = pair in self._asked
        self._asked.add(pair)
        return not asked

    def held_apart(self, left: str, right: str) -> bool:
        """Whether people said of the two, or of any two joined to them, that they differ."""
        return any(
            frozenset((one, other)) in self._apart for one in self._members[left] for other in self._members[right]
        )

    def against(self, left: str, right: str) -> Feature | None:
        """What keeps the two from becoming one although they may agree: others joined to them who do not."""
        for one in sorted(self._members[left]):
            for other in sorted(self._members[right]):
                names = f"{self.profiles[one].name} and {self.profiles[other].name}"
                if frozenset((one, other)) in self._apart:
                    return Feature("settled", 0, f"{names} were judged different")
                if (one, other) != (left, right) and self.score(one, other).verdict is Verdict.DIFFERENT:
                    conflict = min(self.score(one, other).features, key=lambda feature: feature.weight)
                    return Feature("chain", 0, f"but {names}, joined to them, differ: {conflict.reason}")
        return None

    def rival(self, left: str, right: str, partners: Mapping[str, list[str]]) -> Feature | None:
        """What makes one of the two as likely somebody else: another who agrees as well and is not the second.

        ``partners`` are those whom each actor scores the same with.
        """
        least = self.score(left, right).points - NARROW
        for one, other in ((left, right), (right, left)):
            for third in sorted(partners.get(one, ())):
                if third == other or self.score(one, third).points < least:
                    continue
                if self.held_apart(third, other) or self.score(third, other).verdict is Verdict.DIFFERENT:
                    name = self.profiles[third].name
                    return Feature("rival", 0, f"but another {name}, who is not the same, agrees as well")
        return None
