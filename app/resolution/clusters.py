"""Clusters of mentions: one for each actor of the article, built from left to right."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.persons import Gender
from app.lexicon.transliteration import genitive_base, same_name
from app.resolution.mentions import MentionKind

if TYPE_CHECKING:
    from app.lexicon.territories import Territory, TerritoryHit
    from app.parsing.tree import Node, Tree
    from app.resolution.mentions import MentionWords
    from app.resolution.noun_reading import NounReading

_CHANNELS = frozenset({"p1", "p2", "p3", "p4", "sr", "svt", "tv", "tv2", "tv3", "tv4", "radio", "visit", "destination"})
_SAME_PERSON = 0.3
"""Below it stand names that conflict; a first name alone, the weakest agreement, scores 0.4 in ``same_name``."""


@dataclass(eq=False, slots=True)
class Cluster:
    """One actor of the article while mentions are being gathered.

    ``names`` are proper names as printed, without genitive; ``nouns`` what it was described as; ``owner`` whose body,
    relative or holder it is; ``sort`` the noun for a body whose name tells none; ``represents`` whom it speaks for,
    with rule and the node that shows it. ``last`` and ``spoke`` are node indices of the latest mention and of the
    latest one as a source, ``places`` the sorted ones of all mentions, ``speakers`` who speaks for it.
    """

    number: int
    kind: ActorKind = ActorKind.UNKNOWN
    names: list[str] = field(default_factory=list)
    nouns: list[NounReading] = field(default_factory=list)
    gender: Gender = Gender.NONE
    plural: bool = False
    territory: Territory | None = None
    body: str | None = None
    sort: str | None = None
    owner: Cluster | None = None
    members: tuple[Cluster, ...] = ()
    mentions: list[tuple[MentionWords, str]] = field(default_factory=list)
    represents: list[tuple[Cluster, str, Node | None]] = field(default_factory=list)
    speakers: list[Cluster] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    last: int = -1
    last_subject: int = -1
    spoke: int = -1

    @property
    def ref(self) -> str:
        """The ref of the actor in the extraction."""
        return f"a{self.number}"

    @property
    def named(self) -> bool:
        """Whether it has a proper name."""
        return bool(self.names) or self.territory is not None

    @property
    def titles(self) -> set[str]:
        """The titles it was given, compounds whole."""
        return {noun.lemma for noun in self.nouns if noun.title is not None}

    @property
    def is_person(self) -> bool:
        """Whether it is one human being."""
        return self.kind is ActorKind.PERSON

    def party(self) -> Cluster:
        """The party behind it: whom it speaks for, and so on to the end; itself where it speaks for nobody."""
        seen, cluster = {self.number}, self
        while cluster.represents and cluster.represents[0][0].number not in seen:
            cluster = cluster.represents[0][0]
            seen.add(cluster.number)
        return cluster

    def represent(self, party: Cluster, rule: str, evidence: Node | None) -> None:
        """Note that it speaks for ``party``, once."""
        if party is not self and all(known is not party for known, _, _ in self.represents):
            self.represents.append((party, rule, evidence))
            party.speakers.append(self)

    def before(self, place: int) -> int:
        """The node index of its latest mention before ``place``; -1 where there is none."""
        index = bisect_left(self.places, place)
        return self.places[index - 1] if index else -1

    def withdraw(self, mention: MentionWords) -> None:
        """Take a mention back: it means somebody else."""
        kept = [(known, rule) for known, rule in self.mentions if known is not mention]
        if len(kept) < len(self.mentions):
            self.mentions = kept
            self.places.remove(mention.head.i)


class ClusterSet:
    """All clusters of one article, found by name, territory or body."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.clusters: list[Cluster] = []
        self._by_ref: dict[str, Cluster] = {}
        self._states: dict[str, Cluster] = {}
        self._bodies: dict[tuple[int, str], Cluster] = {}
        self._organisations: dict[str, Cluster] = {}

    def new(self, kind: ActorKind) -> Cluster:
        """A fresh cluster."""
        cluster = Cluster(len(self.clusters) + 1, kind)
        self.clusters.append(cluster)
        self._by_ref[cluster.ref] = cluster
        return cluster

    def with_ref(self, ref: str) -> Cluster:
        """The cluster whose actor has that ref; raises ``KeyError``."""
        return self._by_ref[ref]

    def add(self, cluster: Cluster, mention: MentionWords, rule: str) -> Cluster:
        """Put a mention into a cluster and learn from its words."""
        cluster.mentions.append((mention, rule))
        insort(cluster.places, mention.head.i)
        cluster.last = max(cluster.last, mention.head.i)
        if mention.head.rel == "nsubj":
            cluster.last_subject = max(cluster.last_subject, mention.head.i)
        if mention.kind is not MentionKind.PRONOUN:
            cluster.nouns.extend(mention.nouns)
        if cluster.gender is Gender.NONE and mention.gender in {Gender.MALE, Gender.FEMALE}:
            cluster.gender = mention.gender
        return cluster

    def state(self, hit: TerritoryHit) -> Cluster:
        """The cluster of a state."""
        territory = hit.territory
        if territory.code not in self._states:
            cluster = self.new(ActorKind.STATE)
            cluster.territory = territory
            self._states[territory.code] = cluster
        return self._states[territory.code]

    def known_state(self, code: str) -> Cluster | None:
        """The state with that code, where the article has mentioned it."""
        return self._states.get(code)

    def body(self, owner: Cluster, noun: NounReading, printed: str = "") -> Cluster:
        """The body of an owner under a noun: a ministry, an army, a government; plural ones as ``printed``."""
        key = (owner.number, printed or noun.lemma)
        if key not in self._bodies:
            cluster = self.new(noun.kind or ActorKind.ORGANISATION)
            cluster.owner, cluster.body = owner, noun.lemma
            cluster.territory = owner.territory
            cluster.plural = noun.plural
            self._bodies[key] = cluster
        return self._bodies[key]

    def organisation(self, mention: MentionWords, kind: ActorKind | None = None) -> Cluster:
        """The cluster of a named body, new or known under this name, a longer one, or its acronym."""
        hit = mention.organisation
        key = hit.organisation.name if hit is not None else _plain(mention.name)
        known = (
            self._organisations.get(key)
            or self._organisations.get(_plain(mention.name))
            or self._by_tokens(mention.name)
        )
        if known is None:
            told = hit.organisation.kind if hit is not None else (mention.noun.kind if mention.noun else None)
            known = self.new(told or kind or (ActorKind.UNKNOWN if mention.place else ActorKind.ORGANISATION))
        if known.kind is ActorKind.UNKNOWN and kind is not None:
            known.kind = kind
        if hit is not None and hit.organisation.sort is not None:
            known.sort = hit.organisation.sort
        self._organisations[key] = known
        self._organisations[_plain(mention.name)] = known
        self._remember(known, mention.name)
        return known

    def alias(self, cluster: Cluster, name: str) -> None:
        """Let a name or acronym mean the cluster from now on."""
        self._organisations[_plain(name)] = cluster

    def person(self, mention: MentionWords) -> Cluster:
        """The cluster of a named person: the same full name in any spelling, the surname, or the first name alone."""
        name = mention.name
        best: tuple[float, int, Cluster] | None = None
        for cluster in self.clusters:
            if not cluster.is_person or not cluster.names:
                continue
            if any(known.endswith(" " + name) for known in cluster.names):
                # "Selin" after "Erik Selin" is his surname, whoever else is called so.
                mention.gender = Gender.NONE
            if mention.gender in {Gender.MALE, Gender.FEMALE} and cluster.gender not in {Gender.NONE, mention.gender}:
                continue
            score = max(_match(name, known) for known in cluster.names)
            if score >= _SAME_PERSON and (best is None or (score, cluster.last) > best[:2]):
                best = (score, cluster.last, cluster)
        cluster = best[2] if best is not None else self.new(ActorKind.PERSON)
        self._remember(cluster, name)
        return cluster

    def unmentioned(self, kind: ActorKind, name: str) -> Cluster:
        """A new actor that the text implies by this name: the cabinet behind "statsministern"."""
        cluster = self.new(kind)
        cluster.names.append(name)
        self.alias(cluster, name)
        return cluster

    def organisation_called(self, name: str) -> Cluster | None:
        """The body already known by this name, or a longer one where nobody is called so, however it is tagged here."""
        known = self._organisations.get(_plain(name))
        if known is None and " " not in name and self.person_called(name) is None:
            # "Havrup BK … *Havrup*"
            bodies = (c for c in reversed(self.clusters) if c.territory is None and c.kind is not ActorKind.MEDIA)
            known = next((c for c in bodies if any(n.startswith(f"{name} ") for n in c.names)), None)
        return known if known is not None and not known.is_person else None

    def person_called(self, name: str) -> Cluster | None:
        """The person whose surname or first name is this word, if the article has named one."""
        for cluster in reversed(self.clusters):
            if cluster.is_person and any(_match(name, known) >= _SAME_PERSON for known in cluster.names):
                return cluster
        return None

    def _remember(self, cluster: Cluster, name: str) -> None:
        if name and name not in cluster.names:
            cluster.names.append(name)

    def _by_tokens(self, name: str) -> Cluster | None:
        """A body whose name begins or ends with this one, word by word: "Nordbruk" and "Nordbruk AB"."""
        words = _plain(name).split()
        for cluster in reversed(self.clusters):
            if cluster.is_person or cluster.territory is not None:
                continue
            for known in cluster.names:
                other = _plain(known).split()
                if words and other and len(words) != len(other) and (words[0] == other[0] or words[-1] == other[-1]):
                    shorter, longer = sorted((words, other), key=len)
                    if longer[0] != shorter[0] and longer[0] in _CHANNELS:
                        # "P4 Gotland" is not Gotland.
                        continue
                    if longer[: len(shorter)] == shorter or (
                        longer[-len(shorter) :] == shorter and len(shorter[0]) > 3
                    ):
                        return cluster
        return None


def _plain(name: str) -> str:
    return name.casefold().replace(":", "").strip()


# In a long text every new name is held against every name before it, again and again the same pairs.
@lru_cache(maxsize=1 << 16)
def _match(name: str, known: str) -> float:
    """How well a printed name fits a known one, in [0, 1]; a genitive that was not undone may still fit."""
    forms = (name, *genitive_base(name))[:3]
    if "-" in name or "-" in known:
        # "Abdel-Hadi" and "Mahmoud Abdel Hadi" are spelt apart and together.
        whole, parts = known.replace("-", " "), name.replace("-", " ")
        if whole == parts or whole.endswith(" " + parts):
            return 1.0
    return max(same_name(form, known) for form in forms)
