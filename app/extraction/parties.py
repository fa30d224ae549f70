"""Parties: which phrases name somebody that a claim can be directed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.resolution.mentions import MentionKind

if TYPE_CHECKING:
    from app.parsing.tree import Node
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker

_MAY = "få"
_QUANTIFIERS = frozenset({"flesta", "många", "vissa", "få", "fler", "färre", "vart", "var", "varje", "varannan"})
PARTIES = frozenset(
    {
        ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.AUTHORITY, ActorKind.ARMED_FORCE,
        ActorKind.ORGANISATION, ActorKind.MEDIA, ActorKind.PERSON,
    }
)  # fmt: skip


def is_party(linker: Linker, node: Node, cluster: Cluster) -> bool:
    """Whether the phrase names a person, organisation, state, armed force or named group, not just some people."""
    mention = linker.reader.read(node)
    indefinite = node.upos == "PRON" and node.feat("PronType") in {"Ind", "Tot", "Neg", "Int"}
    some = linker.grammar.some
    indefinite = indefinite or any(c.feat("PronType") == "Neg" or c.lower in some for c in node.children)
    if mention is None or indefinite or node.lower in {"det", "detta", "man"}:
        return False
    if mention.noun is not None and mention.noun.document and not mention.name and mention.possessor is None:
        # "rapporten" speaks for its author, but what befalls it does not befall the author.
        return False
    if cluster.named:
        # "allergimedicinen Alervin" is a thing of that name.
        return bool(cluster.territory) or cluster.kind is not ActorKind.UNKNOWN or not cluster.nouns
    if len(linker.members_of(node)) > 1:
        return True
    if cluster.kind is ActorKind.GROUP:
        most = any(child.lower in _QUANTIFIERS for child in node.children)
        collective = mention.noun is not None and mention.noun.base in linker.anaphora.staffs
        told = mention.definite and (mention.plural or collective) and not most
        told = told or (linker.entities.title(node.text) is not None and not most)
        # "att *libyska kustbevakare* försökte": a state's people act for it, whatever their trade.
        granted = node.head is not None and any(c.rel == "aux" and c.lemma == _MAY for c in node.head.children)
        told = told or (mention.adjective is not None and mention.plural and not most and not granted)
        return mention.kind is MentionKind.PRONOUN or told
    # "att *fler rederier* väljer en annan väg"
    many = mention.plural and any(c.lower in _QUANTIFIERS for c in node.children)
    # "*Havslinjen* har dolt haveriet. … Havslinjen förnekar det": whoever speaks in the text is somebody.
    speaks = cluster.kind is ActorKind.UNKNOWN and cluster.spoke >= 0 and mention.definite and not mention.plural
    return (cluster.kind in PARTIES and not many) or speaks
