"""Whom an actor speaks for: by title and owner, by apposition, by workplace, by office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.persons import Holder
from app.resolution.mentions import MentionKind

if TYPE_CHECKING:
    from app.parsing.tree import Node
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker
    from app.resolution.mentions import MentionWords
    from app.resolution.noun_reading import NounReading

_WORKPLACE = frozenset({"på", "vid", "från", "hos", "i", "för", "inom"})
BODIES = frozenset(
    {ActorKind.ORGANISATION, ActorKind.AUTHORITY, ActorKind.GOVERNMENT, ActorKind.ARMED_FORCE, ActorKind.MEDIA}
)


def note_representation(linker: Linker, cluster: Cluster, mention: MentionWords) -> None:
    """Add what this mention tells about whom the actor speaks for."""
    if cluster.body is not None and cluster.owner is not None:
        cluster.represent(cluster.owner, "body-of-state", mention.possessor)
        return
    if mention.organisation is not None and mention.organisation.organisation.organ:
        code = mention.organisation.organisation.territory
        state = linker.set.known_state(code) if code is not None else None
        if state is not None:
            cluster.represent(state, "organ-of-state", mention.head)
    if cluster.owner is not None and cluster.owner.kind in BODIES and mention.noun is not None:
        staff = mention.noun.title is not None or mention.noun.person or mention.noun.kind is ActorKind.GROUP
        staff = staff or linker.grammar.is_agentive(mention.noun.lemma)
        if staff:
            cluster.represent(cluster.owner, "staff-of-owner", mention.possessor)
    if not cluster.is_person:
        if mention.adjective is not None and mention.noun is not None and mention.noun.organ:
            cluster.represent(linker.set.state(mention.adjective), "organ-adjective", mention.head)
        return
    title = next((noun for noun in reversed(mention.nouns) if noun.title is not None), None)
    if title is not None:
        _by_title(linker, cluster, mention, title)
    elif mention.possessor is not None and mention.noun is not None and mention.noun.title is None and mention.name:
        owner = linker.cluster_of(mention.possessor)
        if owner is not None and owner.kind in BODIES:
            cluster.represent(owner, "owner", mention.possessor)
    _by_apposition(linker, cluster, mention)
    _by_workplace(linker, cluster, mention)
    if title is not None and not cluster.represents:
        linker.offices.append((cluster, mention, title))


def _by_title(linker: Linker, cluster: Cluster, mention: MentionWords, noun: NounReading) -> None:
    title = noun.title
    assert title is not None
    if mention.possessor is not None:
        owner = linker.cluster_of(mention.possessor)
        if owner is not None and owner is not cluster and (title.speaks_for or owner.kind in BODIES):
            party = owner.party() if title.of is Holder.STATE and owner.territory is not None else owner
            cluster.represent(party, "title-with-owner", mention.possessor)
        return
    if mention.adjective is not None and title.speaks_for:
        cluster.represent(linker.set.state(mention.adjective), "title-with-adjective", mention.head)
        return
    if title.speaks_for or title.of is not Holder.NONE:
        attribute = _attribute(mention.head)
        if attribute is not None and attribute.i < mention.head.i:
            owner = linker.cluster_of(attribute)
            if owner is not None and owner is not cluster:
                cluster.represent(
                    owner.party() if title.of is Holder.STATE else owner, "title-with-attribute", attribute
                )


def _attribute(head: Node) -> Node | None:
    """The noun in "talesperson för X", "rådgivare till X", "chef på X"."""
    for child in head.children:
        case = child.child("case")
        if (
            child.rel in {"nmod", "obl"}
            and child.i > head.i
            and case is not None
            and case.lower in _WORKPLACE | {"till"}
        ):
            return child
    return None


def _by_apposition(linker: Linker, cluster: Cluster, mention: MentionWords) -> None:
    """ "Hikmet Hajiyev, utrikespolitisk rådgivare till Azerbajdzjans president": title and party behind the comma."""
    after = linker.tree.right(mention.nodes[-1])
    while after is not None and after.text == "(":
        closing = linker.tree.right(after, 2)
        after = linker.tree.right(closing) if closing is not None else None
    if after is None or after.text != ",":
        return
    stop = linker.tree.sentences[after.sentence].stop
    for node in linker.tree.nodes[after.i + 1 : min(stop, after.i + 6)]:
        if (
            node.text in {",", "."}
            or node.upos in {"VERB", "AUX", "SCONJ", "CCONJ"}
            or node.lower in linker.grammar.relative_pronouns
        ):
            return
        if node.upos != "NOUN":
            continue
        other = linker.reader.read(node)
        noun = other.noun if other is not None else None
        if other is None or noun is None or noun.title is None or noun.plural:
            continue
        cluster.nouns.extend(other.nouns)
        owner_node = other.possessor or _attribute(node) or _attribute_behind(linker, node)
        owner = linker.cluster_of(owner_node) if owner_node is not None else None
        if owner is not None and owner is not cluster and (noun.title.speaks_for or owner.kind in BODIES):
            cluster.represent(owner.party() if owner.represents else owner, "apposition", owner_node)
        elif other.adjective is not None and noun.title.speaks_for:
            cluster.represent(linker.set.state(other.adjective), "apposition-adjective", node)
        return


def _attribute_behind(linker: Linker, node: Node) -> Node | None:
    """The same as ``_attribute`` by place, where the parse hangs the phrase elsewhere."""
    preposition = linker.tree.right(node)
    if preposition is None or preposition.lower not in _WORKPLACE | {"till"} or preposition.head is None:
        return None
    return (
        preposition.head if preposition.head.i > preposition.i and preposition.head.upos in {"NOUN", "PROPN"} else None
    )


def _by_workplace(linker: Linker, cluster: Cluster, mention: MentionWords) -> None:
    """ "Analytikern Mona Sjödin på Fjordbanken", "Kalam Khan från den lokala polisen"."""
    if mention.kind is not MentionKind.PERSON:
        return
    preposition = linker.tree.right(mention.nodes[-1])
    if preposition is None or preposition.lower not in _WORKPLACE or preposition.upos != "ADP":
        return
    place = preposition.head
    if place is None or place.i < preposition.i or place.upos not in {"NOUN", "PROPN"}:
        return
    other = linker.reader.read(place)
    if other is None or other.kind in {MentionKind.TERRITORY, MentionKind.PERSON}:
        return
    body = (
        other.organisation is not None
        or (other.noun is not None and other.noun.kind in BODIES)
        or (bool(other.name) and "ORG" in place.word.ner)
    )
    if not body and not (
        other.name and preposition.lower in {"på", "vid", "från", "hos"} and other.kind is MentionKind.NAME
    ):
        return
    employer = linker.cluster_of(place)
    if employer is not None and employer.kind in BODIES:
        cluster.represent(employer, "workplace", place)
