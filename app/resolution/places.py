"""Places in phrases: the capital where a body sits, and unknown names that are no person's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.territories import TerritoryRole
from app.resolution.noun_reading import read_noun

if TYPE_CHECKING:
    from app.lexicon.entities import EntityLexicon
    from app.lexicon.grammar import Grammar
    from app.lexicon.territories import TerritoryHit
    from app.parsing.tree import Node, Tree
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker
    from app.resolution.mentions import MentionWords

_TELLING = 5


def seat_of(entities: EntityLexicon, node: Node) -> TerritoryHit | None:
    """The state whose capital the phrase "i Belgrad" names."""
    case = node.child("case")
    if node.rel not in {"nmod", "obl"} or case is None or case.lower != "i":
        return None
    name = " ".join([node.text, *(child.text for child in node.children if child.rel == "flat")])
    return entities.territories.first(name, TerritoryRole.CAPITAL)


def body_at_seat(linker: Linker, hit: TerritoryHit, name: str) -> Cluster | None:
    """ "*Bryssels* beslut" in a text that names the EU and not Belgium: the body that sits there."""
    if hit.role not in {TerritoryRole.CAPITAL, TerritoryRole.CAPITAL_GENITIVE}:
        return None
    words = {node.text for node in linker.tree.nodes}
    state = {*hit.territory.names, *hit.territory.genitives}
    body = next((body for body in linker.anaphora.body_seats.get(name, ()) if body in words), None)
    if body is None or words & state:
        return None
    known = linker.set.organisation_called(body)
    if known is None:
        known = linker.set.new(ActorKind.ORGANISATION)
        known.names.append(body)
        linker.set.alias(known, body)
    return known


def is_place(tree: Tree, grammar: Grammar, entities: EntityLexicon, mention: MentionWords, proper: list[Node]) -> bool:
    """Whether an unknown name is a place's or thing's, whatever it was tagged: "i Mytilini", "lägret Kanyira"."""
    before = tree.left(proper[0])
    if before is None:
        return False
    tagged = all(node.word.ner.endswith("PER") for node in proper)
    if tagged and len(proper) > 1:
        return False
    case = mention.head.child("case")
    if before is case and before.lower in grammar.place_prepositions:
        return True
    noun = read_noun(entities, before) if before in mention.nodes and before.feat("Definite") == "Def" else None
    if noun is None or noun.person or noun.title is not None or noun.kind is not None:
        return False
    # Short endings are found on people too ("målvakt").
    things = tuple(ending for ending in grammar.inanimate_suffixes if not tagged or len(ending) >= _TELLING)
    return before.feat("Gender") == "Neut" or noun.lemma.endswith(things)
