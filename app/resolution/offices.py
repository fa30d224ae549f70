"""Titles that stand alone: whom "vd:n", "kommunalrådet", "förbundskaptenen" or "klimatministern" speaks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.persons import Holder
from app.resolution.representation import BODIES
from app.resolution.salience import marks_of

if TYPE_CHECKING:
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker
    from app.resolution.mentions import MentionWords
    from app.resolution.noun_reading import NounReading

_NEAR_SENTENCES = 3
"""How far back the body of a bare title may stand; farther ones were as often wrong as right."""


def represent_by_office(linker: Linker, cluster: Cluster, mention: MentionWords, noun: NounReading) -> None:
    """Find the party of a title without an owner: by what the title is made of, by its sort, by what stands near."""
    title = noun.title
    assert title is not None
    if title.of is Holder.CLIENT and noun.lemma in linker.anaphora.injured_counsel:
        return
    if title.of is Holder.CLIENT:
        _client(linker, cluster, mention)
        return
    if noun.lemma.endswith(linker.anaphora.cabinet) and title.speaks_for:
        cluster.represent(_cabinet(linker), "cabinet-title", mention.head)
        return
    named = _body_in_title(linker, cluster, noun)
    if named is not None:
        cluster.represent(named, "body-in-title", mention.head)
        return
    if not title.speaks_for or title.of is Holder.STATE or noun.lemma.endswith(linker.anaphora.independent):
        return
    near = _near(linker, cluster, mention, noun)
    if near is not None:
        cluster.represent(near, "office-in-context", mention.head)


def _client(linker: Linker, cluster: Cluster, mention: MentionWords) -> None:
    """A lawyer without a client named speaks for the unnamed person the article is most about."""
    accused = [c for c in linker.set.clusters if c.is_person and not c.names and any(n.person for n in c.nouns)]
    if accused:
        cluster.represent(max(accused, key=lambda c: len(c.mentions)), "client-in-context", mention.head)


def _cabinet(linker: Linker) -> Cluster:
    for cluster in linker.set.clusters:
        if cluster.kind is ActorKind.GOVERNMENT and cluster.owner is None:
            return cluster
    return linker.set.unmentioned(ActorKind.GOVERNMENT, "regeringen")


def _body_in_title(linker: Linker, cluster: Cluster, noun: NounReading) -> Cluster | None:
    """The body whose name or noun begins the title: "kommunalråd" ← Hedvalla kommun."""
    head = next(
        (head for head in linker.anaphora.office_heads if noun.lemma.endswith(head) and noun.lemma != head), None
    )
    if head is None:
        return None
    stem = noun.lemma.removesuffix(head).rstrip("-").removesuffix("s").removesuffix("al")
    if len(stem) < _SHORTEST_STEM:
        return None
    found = [
        c for c in linker.set.clusters if c is not cluster and not c.is_person and not c.plural and _made_of(c, stem)
    ]
    return max(found, key=lambda c: (c.named, len(c.mentions))) if found else None


_SHORTEST_STEM = 4


def _made_of(cluster: Cluster, stem: str) -> bool:
    words = {noun.base for noun in cluster.nouns} | {w.casefold() for name in cluster.names for w in name.split()}
    return any(
        word == stem or stem + "en" == word or stem + "et" == word or word.endswith((stem, stem + "et"))
        for word in words
    )


def _near(linker: Linker, cluster: Cluster, mention: MentionWords, noun: NounReading) -> Cluster | None:
    """The body of the right sort that was mentioned last before the title."""
    sorts = [words for words in linker.anaphora.marks.values() if words & {noun.base, noun.lemma}]
    wanted = frozenset().union(*sorts)
    others = frozenset().union(*linker.anaphora.marks.values()) - wanted
    ranked: list[tuple[bool, int, Cluster]] = []
    for other in linker.set.clusters:
        if other is cluster or other.kind not in BODIES - {ActorKind.MEDIA} or other.plural:
            continue
        places = [m.head for m, _ in other.mentions if m.head.i < mention.head.i]
        marks = marks_of(linker, other)
        marked = bool(marks & wanted)
        if not places or (wanted and not marked and marks & others):
            continue
        place = max(places, key=lambda node: node.i)
        if marked or mention.head.sentence - place.sentence <= _NEAR_SENTENCES:
            ranked.append((marked, place.i, other))
    return max(ranked, key=lambda entry: entry[:2])[2] if ranked else None
