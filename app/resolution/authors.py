"""Documents as sources: whose words they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.persons import DocumentFamily

if TYPE_CHECKING:
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker
    from app.resolution.mentions import MentionWords

_SOURCE_PREPOSITIONS = frozenset({"från", "av", "hos", "i"})
_BODIES = frozenset({ActorKind.ORGANISATION, ActorKind.AUTHORITY, ActorKind.GOVERNMENT})


def author_of(linker: Linker, mention: MentionWords) -> Cluster | None:
    """Whose document it is: "siffror från branschorganet Metallfakta", "Rädda Barnens årsrapport"."""
    if mention.possessor is not None:
        other = linker.reader.read(mention.possessor)
        owner = linker.cluster_of(mention.possessor)
        body = owner is not None and not owner.is_person and (owner.named or owner.kind in _BODIES)
        named = other is not None and (bool(other.name) or body)
        return owner if named else None
    for child in mention.head.children:
        if child.rel == "nmod" and child.i > mention.head.i:
            case = child.child("case")
            other = linker.reader.read(child)
            named = other is not None and (bool(other.name) or (other.noun is not None and other.noun.kind is not None))
            if case is not None and case.lower in _SOURCE_PREPOSITIONS and named:
                return linker.cluster_of(child)
    return _told_of(linker, mention) or _who_has_just_spoken(linker, mention)


def _told_of(linker: Linker, mention: MentionWords) -> Cluster | None:
    """ "Förbundet tar enligt *ett pressmeddelande* händelsen på allvar": its own message."""
    verb, case = mention.head.head, mention.head.child("case")
    subject = verb.child("nsubj") if verb is not None else None
    if subject is None or case is None or case.lower not in linker.grammar.source_prepositions or mention.definite:
        return None
    body = linker.cluster_of(subject) if _is_message(linker, mention) else None
    return body if body is not None and body.named and body.kind in _BODIES else None


def _is_message(linker: Linker, mention: MentionWords) -> bool:
    document = linker.entities.document(mention.head.text)
    return document is not None and document.entry.family is DocumentFamily.MESSAGE


def _who_has_just_spoken(linker: Linker, mention: MentionWords) -> Cluster | None:
    """The body behind a message that nobody is named for: "Det förnekar bolaget. …, heter det i *ett mejl*"."""
    spoken = [c for c in linker.set.clusters if 0 <= c.spoke < mention.head.i]
    last = max(spoken, key=lambda c: c.spoke, default=None)
    if not _is_message(linker, mention) or mention.definite or mention.head.i not in linker.speaking or last is None:
        return None
    near = mention.head.sentence - linker.tree.nodes[last.spoke].sentence <= 1
    body = last.party() if last.is_person else last
    return body if near and body.kind in _BODIES else None
