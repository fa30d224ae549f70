"""Mentions: every noun phrase that could refer to an actor, with what its words say about whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from app.lexicon.persons import Gender
from app.lexicon.territories import TerritoryRole
from app.resolution.genitives import is_plain_surname, without_genitive
from app.resolution.noun_reading import NounReading, read_noun
from app.resolution.phrases import is_genitive, is_name, noun_phrase
from app.resolution.places import is_place, is_seated, names_body, names_thing, seat_of
from app.resolution.proper_names import NAME_PARTICLES, NAME_ROLES, ProperNames

if TYPE_CHECKING:
    from app.lexicon.bodies import OrganisationHit
    from app.lexicon.entities import EntityLexicon
    from app.lexicon.grammar import Grammar
    from app.lexicon.territories import TerritoryHit
    from app.parsing.tree import Node, Tree

_LONGEST_NAME = 5
_SURE = frozenset({"hen", "hens", "henom"})
"""Pronouns younger than the treebanks, whatever they are tagged."""
_SINCE_THEN = frozenset({"sedan", "till", "innan", "inom"})
"""Before "dess" they tell a time: "sedan dess"."""


_NOT_OWNED = frozenset({"VERB", "AUX", "ADP", "SCONJ"})
"""What follows no genitive: "Svea *Finans höjer* räntan"."""


class MentionKind(StrEnum):
    """What a mention is by its words."""

    PERSON = "person"
    TERRITORY = "territory"
    BODY = "body"
    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


@dataclass(eq=False, slots=True)
class MentionWords:
    """One phrase that may refer. ``name`` is its proper part without genitive ending; ``nouns`` its common nouns."""

    head: Node
    nodes: list[Node]
    kind: MentionKind
    name: str = ""
    nouns: list[NounReading] = field(default_factory=list)
    possessor: Node | None = None
    territory: TerritoryHit | None = None
    adjective: TerritoryHit | None = None
    organisation: OrganisationHit | None = None
    seat: TerritoryHit | None = None
    definite: bool = False
    place: bool = False
    plural: bool = False
    gender: Gender = Gender.NONE

    @property
    def noun(self) -> NounReading | None:
        """The noun that heads the description, the last one before a name."""
        return self.nouns[-1] if self.nouns else None


class MentionReader:
    """Reads phrases of one text with the language's data."""

    def __init__(self, tree: Tree, grammar: Grammar, entities: EntityLexicon) -> None:
        self._tree = tree
        self._grammar = grammar
        self._entities = entities
        self._names = ProperNames(tree, grammar, entities)
        self._cache: dict[int, MentionWords | None] = {}

    def read(self, head: Node) -> MentionWords | None:
        """The mention headed by ``head``, or ``None`` when the word cannot head one."""
        if head.i not in self._cache:
            self._cache[head.i] = self._read(head)
        return self._cache[head.i]

    def _read(self, head: Node) -> MentionWords | None:
        if self._grammar.is_temporal(head.lower) and not head.text[:1].isupper():
            return None
        before = self._tree.left(head)
        if head.lower == "dess" and before is not None and before.lower in _SINCE_THEN:
            return None
        pronoun = self._entities.pronouns.get(head.lower)
        if (
            pronoun is not None
            and head.child("det") is None
            and (head.upos in {"PRON", "DET"} or head.deprel == "nmod:poss" or head.lower in _SURE)
        ):
            return MentionWords(head, [head], MentionKind.PRONOUN, gender=pronoun.gender, plural=pronoun.number == "pl")
        if head.upos not in {"NOUN", "PROPN", "ADJ", "NUM", "X", "PRON", "DET", "VERB"}:
            return None
        nodes = noun_phrase(self._tree, self._grammar, head)
        mention = MentionWords(head, nodes, MentionKind.DESCRIPTION)
        owners = [
            child
            for node in nodes
            for child in node.children
            # What is owned inside an attribute ("talespersonen för Kinas ministerium") does not own the head.
            if child.deprel == "nmod:poss" and child in nodes and not _in_attribute(child, head)
        ]
        # "*Tysklands regerings* agerande"
        mention.possessor = next((child for child in owners if child.head is head), next(iter(owners), None))
        if (
            mention.possessor is None
            and len(nodes) > 1
            and nodes[0] is not head
            and is_genitive(nodes[0], next((n for n in nodes[1:] if n.is_word), head))
        ):
            mention.possessor = nodes[0]
        if mention.possessor is not None and self._is_sort_of_body(nodes, mention.possessor):
            mention.possessor = None
        core = [node for node in nodes if mention.possessor is None or node.i > mention.possessor.i]
        core = self._without_attributes(core, head)
        proper = self._names.part(core)
        common = [node for node in core if node not in proper]
        mention.nouns = [reading for node in common if (reading := self._noun(node)) is not None]
        mention.adjective = self._adjective(common)
        mention.definite = self._is_definite(mention, common)
        # "USA:s ambassadör", "ordföranden" is one, whatever it is tagged.
        one = mention.noun is not None and mention.noun.title is not None and mention.definite
        mention.plural = bool(mention.noun and mention.noun.plural) or (head.feat("Number") == "Plur" and not one)
        if proper:
            self._read_name(mention, proper)
        else:
            self._read_description(mention)
        return mention

    def _is_sort_of_body(self, nodes: list[Node], possessor: Node) -> bool:
        """Whether the genitive begins a name that a noun announces: "Branschorganisationen Sveriges Bryggerier"."""
        before = [node for node in nodes if node.i < possessor.i]
        after = [node for node in nodes if node.i > possessor.i]
        announced = (
            bool(before)
            and before[-1].feat("Case") != "Gen"
            and (
                self._entities.body_noun(before[-1].text) is not None
                or (before[-1].upos == "NOUN" and before[-1].feat("Definite") == "Def")
            )
        )
        named = bool(after) and after[0].text[:1].isupper() and after[-1].text[:1].isupper()
        return announced and possessor.text[:1].isupper() and named

    def _without_attributes(self, core: list[Node], head: Node) -> list[Node]:
        """The phrase up to its first preposition behind the head: attributes refer to others."""
        for k, node in enumerate(core):
            if (
                k
                and node.upos == "ADP"
                and node.i > head.i
                and not (node.lower in NAME_PARTICLES and is_name(core[k - 1]))
            ):
                return core[:k]
        return core

    def _read_name(self, mention: MentionWords, proper: list[Node]) -> None:
        printed = self._tree.text[proper[0].start : proper[-1].end]
        if printed.endswith(".") and len(proper[-1].text) > 2 and proper[-1].text.count(".") == 1:
            # A short surname before the full stop is easily taken for an abbreviation.
            printed = printed[:-1]
        after = self._tree.right(proper[-1])
        owns = after is not None and after.upos not in _NOT_OWNED
        genitive = (proper[-1].feat("Case") == "Gen" and owns) or mention.head.deprel == "nmod:poss"
        plain = any(node.text == proper[-1].text and is_plain_surname(self._tree, node) for node in self._tree.nodes)
        predicate = mention.head.child("cop") is not None and printed.endswith("s")
        # "Orden är *Anders Blixts*": his, where he is called Blixt elsewhere.
        whose = genitive or predicate
        mention.name = without_genitive(printed, self._tree.text, plain=plain or not genitive) if whose else printed
        mention.organisation = self._entities.organisations.find(printed) or self._entities.organisations.find(
            mention.name
        )
        mention.name = self._with_shared_surname(mention.head, mention.name)
        if is_seated(self._grammar, self._entities, mention, proper):
            # "Länsstyrelsen i Jämtland"
            mention.name = self._tree.text[proper[0].start : mention.nodes[-1].end]
        letters = self._entities.party(printed) if printed.isupper() and len(proper) == 1 else None
        if mention.organisation is None and letters is not None:
            mention.organisation = self._entities.organisation(letters.name)
        if mention.organisation is None and mention.possessor is not None:
            whole = self._tree.text[mention.nodes[0].start : proper[-1].end]
            mention.organisation = self._entities.organisations.find(whole)
            if mention.organisation is not None and not mention.organisation.organisation.organ:
                # "*Sveriges* Lärare" is called so.
                mention.name = whole.removesuffix("s") if mention.organisation.genitive else whole
                mention.possessor = None
        before = self._tree.left(proper[0])
        family = before is not None and before in mention.nodes and before.lower in self._grammar.family_nouns
        if before is not None and family and mention.head.child("conj") is None:
            mention.name = f"{before.text} {mention.name}"
            mention.kind, mention.definite, mention.plural = MentionKind.NAME, True, True
            return
        mention.territory = self._territory(proper, printed, mention.name)
        tags = {node.word.ner.rpartition("-")[2] for node in proper}
        mention.place = "LOC" in mention.head.word.ner or is_place(
            self._tree, self._grammar, self._entities, mention, proper
        )
        first = proper[0].text
        head_noun = mention.noun
        honorific = any(node.lower in self._entities.honorifics for node in mention.nodes if node.i < proper[0].i)
        person_noun = honorific or bool(head_noun and (head_noun.title or head_noun.person))
        given = self._entities.gender_of_name(first)
        if (
            (head_noun is not None and head_noun.kind is not None and not person_noun)
            or (
                mention.organisation is not None
                and not person_noun
                and not (mention.organisation.organisation.shared and "PER" in tags)
            )
            or (given is None and names_body(self._grammar, self._entities, proper, tags))
            or (given is None and not person_noun and names_thing(self._entities, proper, before))
        ):
            mention.kind = MentionKind.NAME
        elif mention.territory is not None and not person_noun and len(proper) <= _LONGEST_NAME:
            mention.kind = MentionKind.TERRITORY
        elif len(proper) == 1 and not person_noun and proper[0].lower.endswith(("arna", "erna", "orna")):
            mention.kind = MentionKind.NAME
        elif person_noun or given is not None or ("PER" in tags and not mention.place):
            mention.kind = MentionKind.PERSON
        else:
            mention.kind = MentionKind.NAME
        if mention.kind is MentionKind.PERSON:
            mention.gender = given or Gender.NONE
            if head_noun is not None and mention.gender is Gender.NONE:
                mention.gender = head_noun.gender
            if mention.gender is Gender.NONE:
                titled = [
                    self._entities.honorifics[n.lower] for n in mention.nodes if n.lower in self._entities.honorifics
                ]
                mention.gender = titled[0] if titled else Gender.NONE
        mention.definite = True

    def _with_shared_surname(self, head: Node, name: str) -> str:
        """ "*Gunilla* och Bo Ahlström": two first names before one surname share it."""
        last = next((child for child in head.children if child.rel == "conj" and child.child("cc") is not None), None)
        given = self._entities.gender_of_name
        if last is None or " " in name or given(name) is None or given(last.text) is None or last.upos != "PROPN":
            return name
        surname = [child.text for child in last.children if child.rel == "flat"]
        return " ".join([name, *surname])

    def _read_description(self, mention: MentionWords) -> None:
        noun = mention.noun
        whole = " ".join(node.text for node in mention.nodes)
        hit = self._entities.organisations.find(whole) or self._entities.organisations.find(
            whole[:1].upper() + whole[1:]
        )
        if noun is not None and noun.organ and noun.base not in self._grammar.missions:
            children = mention.head.children
            mention.seat = next((at for node in children if (at := seat_of(self._entities, node)) is not None), None)
        if mention.seat is not None:
            mention.kind = MentionKind.BODY
        elif hit is not None and (mention.possessor is not None or not hit.organisation.shared):
            mention.organisation = hit
            mention.kind, mention.name = MentionKind.NAME, hit.organisation.name if hit.genitive else whole
        elif noun is not None and noun.organ and (mention.adjective or mention.possessor):
            mention.kind = MentionKind.BODY
        if noun is not None:
            mention.gender = noun.gender

    def _territory(self, proper: list[Node], printed: str, name: str) -> TerritoryHit | None:
        for text in (printed, name):
            hit = self._entities.territories.first(text, *NAME_ROLES)
            if hit is not None:
                return hit
        return None

    def _noun(self, node: Node) -> NounReading | None:
        if node.upos not in {"NOUN", "ADJ", "VERB", "PROPN", "NUM"}:
            return None
        return read_noun(self._entities, node)

    def _adjective(self, common: list[Node]) -> TerritoryHit | None:
        for node in common:
            hit = self._entities.territories.first(node.text, TerritoryRole.ADJECTIVE)
            if hit is not None and node.upos in {"ADJ", "PROPN", "NOUN"}:
                return hit
        return None

    def _is_definite(self, mention: MentionWords, common: list[Node]) -> bool:
        noun = mention.noun
        determiner = any(node.lower in {"den", "det", "de", "denna", "dessa", "detta", "samma"} for node in common)
        return mention.possessor is not None or determiner or bool(noun and noun.definite)


def _in_attribute(owner: Node, head: Node) -> bool:
    """Whether the genitive stands in a prepositional attribute behind the head."""
    owned = owner.head
    return owner.i > head.i and owned is not None and owned is not head and owned.child("case") is not None
