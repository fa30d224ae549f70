"""Names that are no person's: of bodies, things and places, and the capital where a body sits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.territories import TerritoryRole
from app.resolution.noun_reading import read_noun
from app.resolution.phrases import is_name

if TYPE_CHECKING:
    from app.lexicon.entities import EntityLexicon
    from app.lexicon.grammar import Grammar
    from app.lexicon.territories import TerritoryHit
    from app.parsing.tree import Node, Tree
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker
    from app.resolution.mentions import MentionWords

_SAYING = frozenset({"säga", "berätta", "förklara", "uppge", "kommentera"})
_TO = frozenset({"till", "för"})
_TELLING = 5
_PLACE = 2


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
    seated = linker.anaphora.body_seats.get(name, ())
    if not seated:
        return None
    words = {node.text for node in linker.tree.nodes}
    body = next((body for body in seated if body in words), None)
    if body is None or words & {*hit.territory.names, *hit.territory.genitives}:
        return None
    return linker.set.organisation_called(body) or linker.set.unmentioned(ActorKind.ORGANISATION, body)


def is_told(mention: MentionWords) -> bool:
    """Whether somebody's words are given to the body: "säger hon till *Dagens Vård*" is said to a medium."""
    verb, case = mention.head.head, mention.head.child("case")
    said = verb is not None and verb.upos == "VERB" and verb.lemma in _SAYING
    return said and case is not None and case.lower in _TO and mention.head.rel == "obl"


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
        held = tree.left(before)
        # "aktierna *i Biolyx*": what one owns a part of is no place.
        return held is None or not any(word in held.lower for word in grammar.holdings)
    noun = read_noun(entities, before) if before in mention.nodes and before.feat("Definite") == "Def" else None
    if noun is None or noun.person or noun.title is not None or noun.kind is not None:
        return False
    # Short endings are found on people too ("målvakt").
    things = tuple(ending for ending in grammar.inanimate_suffixes if not tagged or len(ending) >= _TELLING)
    return before.feat("Gender") == "Neut" or noun.lemma.endswith(things)


def is_seated(grammar: Grammar, entities: EntityLexicon, mention: MentionWords, proper: list[Node]) -> bool:
    """Whether the name of a body goes on with its place: "Länsstyrelsen *i Jämtland*", "Moderaterna *i Kalmar*"."""
    body, known = entities.body_noun(proper[-1].text), entities.organisation(proper[-1].text)
    after = [node for node in mention.nodes if node.i > proper[-1].i]
    sort = known.organisation.sort if known is not None else None
    one = body is not None and body.form.definite and (not body.prefix or body.form.lemma in grammar.associations)
    if len(after) < _PLACE or not (one or sort in grammar.associations):
        return False
    return after[0].lower == "i" and (is_name(after[1]) or after[1].text[:1].isupper())


def names_body(grammar: Grammar, entities: EntityLexicon, proper: list[Node], tags: set[str]) -> bool:
    """Whether a name tells that it is a body's, whatever stands before it: "Region Gotland", "Vikingfonden"."""
    if len(proper) > 1 and any(node.lower.removesuffix(":s") in grammar.body_forms for node in proper):
        return True
    first, last = (entities.body_noun(node.text) for node in (proper[0], proper[-1]))
    ends = last is not None and bool(
        last.prefix or (len(proper) > 1 and ("PER" not in tags or proper[-1].text.islower()))
    )
    return (len(proper) > 1 and first is not None) or ends


def names_thing(entities: EntityLexicon, proper: list[Node], before: Node | None) -> bool:
    """Whether no person is called so: "Antidoping Sverige", "stallet Velora"."""
    if len(proper) > 1 and entities.territories.first(proper[-1].text, TerritoryRole.NAME) is not None:
        return True
    known = before is not None and before.upos == "NOUN" and before.feat("Definite") == "Def"
    return known and before is not None and before.feat("Gender") == "Neut"
