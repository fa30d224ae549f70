"""The proper name inside a noun phrase: where it begins behind title and sort of body, and how far it runs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.territories import TerritoryRole
from app.resolution.phrases import APART, NAMED

if TYPE_CHECKING:
    from app.lexicon.entity_lexicon import EntityLexicon
    from app.lexicon.grammar import Grammar
    from app.parsing.tree import Node, Tree

_PREPOSITIONS = frozenset({"utan", "för", "i", "mot", "till", "av", "på", "med"})
"""With a capital they go on with a name: "Läkare Utan Gränser" is no doctor of that name."""
_OPENERS = frozenset({":", "”", "“", "»", '"'})
"""Marks behind which a capital proves no name."""
_ORGANS = frozenset({ActorKind.GOVERNMENT, ActorKind.ARMED_FORCE, ActorKind.AUTHORITY})
_PAIR = 2
_DEFINITE = ("en", "et", "rn", "an")
"""Endings of definite nouns for people that no list knows: "resenären", "managern", "biträdet", "sömmerskan"."""
_SORTS = frozenset({"jätte", "bolag", "företag", "koncern", "operatör", "tillverkare", "kedja", "klubb"})
""""IT-jätten" is any of them, while "EU-kommissionen" is a name."""
NAME_PARTICLES = frozenset(
    {"von", "van", "de", "der", "af", "av", "al", "el", "bin", "ibn", "di", "da", "du", "la", "le"}
)
NAME_ROLES = (
    TerritoryRole.NAME, TerritoryRole.GENITIVE, TerritoryRole.CAPITAL, TerritoryRole.CAPITAL_GENITIVE,
    TerritoryRole.METONYM, TerritoryRole.METONYM_GENITIVE,
)  # fmt: skip


class ProperNames:
    """Finds proper names in the phrases of one text."""

    def __init__(self, tree: Tree, grammar: Grammar, entities: EntityLexicon) -> None:
        self._tree = tree
        self._entities = entities
        self._adjectives, self._branches, self._seated = grammar.name_adjectives, grammar.branches, grammar.seated
        self._sentences = tree.parsed.sentences
        self._opening = {self._first_word(sentence) for sentence in tree.sentences}
        # "Oppositionen: ”*Rösterna* är stulna”": what is quoted begins with a capital as well.
        self._opening |= {b.i for a, b in pairwise(tree.nodes) if a.text in _OPENERS and b.is_word}
        self._surnames = {
            node.text
            for node in tree.nodes
            if node.rel == "flat" and node.head is not None and entities.gender_of_name(node.head.text) is not None
        }
        self._small = {node.text for node in tree.nodes if node.upos == "NOUN" and node.text.islower()}
        self._capitalised = {
            node.text
            for node in tree.nodes
            if node.text[:1].isupper() and node.i not in self._opening and node.upos != "ADP"
        }

    def part(self, core: list[Node]) -> list[Node]:
        """The nodes of ``core``, a phrase without owner and attributes, that make up its proper name."""
        proper: list[Node] = []
        if self._is_organ_of_state(core):
            return []
        held = next((k for k in range(len(core) - 1, -1, -1) if not _goes_on(core[k])), 0)
        if held < len(core) - 1 and core[held].text[:1].isupper():
            # "Myndigheten för digital förvaltning", held together by a repair
            return core[held:]
        suspended = next(
            (k for k, node in enumerate(core) if node.text.endswith("-") and node.text[:1].isupper()), None
        )
        if suspended is not None and core[-1].feat("Definite") == "Def":
            # "Tandvårds- och läkemedelsförmånsverket"
            return core[suspended:]
        for node in reversed(core):
            if self._continues(node, proper, core):
                proper.insert(0, node)
            else:
                break
        while proper and proper[0].lower in NAME_PARTICLES and not proper[0].text[:1].isupper():
            proper.pop(0)
        adjective = bool(core) and core[0].upos == "ADJ" and core[0].text[:1].isupper()
        if not proper and adjective and len(core) > 1:
            before = self._tree.left(core[0])
            if before is not None and before.is_word and not self._known(" ".join(node.text for node in core)):
                # "Nationella enhetspartiet": inside a sentence an adjective has a capital only in a name.
                proper = core
        proper = self._without_title(core, self._as_tagged(core, proper))
        return proper[1:] if proper and self._is_trade(proper[0], proper[1:]) else proper

    def _is_organ_of_state(self, core: list[Node]) -> bool:
        """ "*Ryska försvarsdepartementet* uppger": a capital that only opens the sentence, whatever it was tagged."""
        if len(core) < _PAIR or not core[-1].text.islower() or self._known(" ".join(node.text for node in core)):
            return False
        body, title = self._entities.body_noun(core[-1].text), self._entities.title(core[-1].text)
        organ = body is not None and body.form.definite and body.entry.kind in _ORGANS
        office = title is not None and title.form.definite
        return (organ or office) and self._entities.territories.first(core[0].text, TerritoryRole.ADJECTIVE) is not None

    def _first_word(self, sentence: range) -> int:
        for node in self._tree.slice(sentence):
            if node.is_word:
                return node.i
        return sentence.start

    def _continues(self, node: Node, proper: list[Node], core: list[Node]) -> bool:
        if not proper and len(core) == 1 and self._is_office(node):
            return False
        capital = node.text[:1].isupper() or (node.text[:1].isdigit() and bool(proper))
        if not capital:
            inside = node.lower in NAME_PARTICLES or (node.upos == "PROPN" and node.rel == "flat")
            return bool(proper) and inside and len(core) > len(proper) + 1
        if node.i not in self._opening:
            return node.upos == "PROPN" or self._entities.title(node.text) is None
        joined = " ".join(n.text for n in [node, *proper])
        if self._known(joined) or self._known(node.text) or self._entities.gender_of_name(node.text) is not None:
            return True
        if proper:
            called = node.upos == "PROPN" or node.text in self._capitalised or node.lower in self._adjectives
            return called and self._entities.title(node.text) is None
        if self._is_seat(node):
            return True
        if self._is_common(node) or (node.upos == "NOUN" and node.lower in self._small):
            return False
        # A capital proves nothing at a sentence's start: there must be another sign.
        indefinite = node.upos == "PROPN" or (node.word.ner == "S-PER" and node.feat("Definite") != "Def")
        tagged = node.word.ner != "O" and indefinite and not node.lower.endswith(("arna", "erna", "orna"))
        return node.text in self._capitalised or tagged or (node.upos == "PROPN" and node.text.isupper())

    def _is_office(self, node: Node) -> bool:
        """ "*Säpochefen* svarar", "*IT-jätten*": a definite title or sort is no name, whatever it was tagged."""
        title = self._entities.title(node.text)
        if title is not None and title.prefix and title.form.definite and not title.form.plural:
            return True
        body = self._entities.body_noun(node.text) if "-" in node.text else None
        return body is not None and body.form.definite and body.form.lemma in _SORTS

    def _is_trade(self, node: Node, proper: list[Node]) -> bool:
        """ "*Managern* Filip Dahl": a definite word that opens the sentence before first name and surname."""
        given = len(proper) >= _PAIR and self._entities.gender_of_name(proper[0].text) is not None
        return (
            given and node.i in self._opening and node.lower.endswith(_DEFINITE) and node.text not in self._capitalised
        )

    def _is_seat(self, node: Node) -> bool:
        """ "*Länsstyrelsen i Jämtland*": bodies of which there are many, each called by its place."""
        body, after = self._entities.body_noun(node.text), self._tree.right(node)
        place = self._tree.right(after) if after is not None and after.lower == "i" else None
        many = body is not None and body.form.definite and (body.prefix + body.form.lemma).lower() in self._seated
        return many and place is not None and place.text[:1].isupper()

    def _is_common(self, node: Node) -> bool:
        """Whether a list has the word itself, not a compound of it, as a noun for people, bodies or documents."""
        lists = (self._entities.body_noun, self._entities.group, self._entities.title, self._entities.document)
        return any((hit := find(node.text)) is not None and not hit.prefix for find in lists)

    def _known(self, text: str) -> bool:
        if text.isupper() and self._entities.party(text) is not None:
            return True
        hit = self._entities.organisation(text)
        if hit is not None and not hit.organisation.shared:
            return True
        return self._entities.territories.first(text, *NAME_ROLES) is not None

    def _as_tagged(self, core: list[Node], proper: list[Node]) -> list[Node]:
        """The name as long as the entity tagger has it, unless that takes in somebody's body ("Thailands armé")."""
        anchor = proper[0] if proper else core[-1] if core else None
        if anchor is None:
            return proper
        for entity in self._sentences[anchor.sentence].entities:
            if not entity.start <= anchor.start < entity.end or entity.type == "MISC":
                continue
            tagged = [n for n in self._tree.sentence_of(anchor) if entity.start <= n.start and n.end <= entity.end]
            if entity.type == "PER":
                # A person's name holds no common noun: "Värmsjös ordförande Kjell Mård".
                common = max((k for k, n in enumerate(tagged) if n.upos == "NOUN" and n.text.islower()), default=-1)
                tagged = tagged[common + 1 :]
                # "chefen för *Säpo Klara Stjern*", tagged as one
                beside = next(
                    (n.i for n in tagged[1:] if n.deprel == "appos" and self._entities.gender_of_name(n.text)), None
                )
                if beside is not None:
                    tagged = [n for n in tagged if (n.i < beside) == (anchor.i < beside)]
                # "Jonas Wall *överklagar*", "Nils Wall *kritiserar* Nordmalms vd"
                small = [k for k, n in enumerate(tagged) if n.text.islower() and n.upos not in {"PROPN", "X"}]
                inside = [k for k in small if k and tagged[k].lower not in NAME_PARTICLES]
                tagged = tagged[: min(inside, default=len(tagged))]
            while tagged and tagged[-1].text.islower() and tagged[-1].upos in {"VERB", "AUX"}:
                # "Från *Moskva* heter det": a verb ends no name, whatever was tagged one.
                tagged = tagged[:-1]
            apart = next((n.i for n in tagged if n.deprel == APART), None)
            if apart is not None:
                # "anklagade Eva Holm *Region Skåne*": tagged as one, told apart by a repair.
                tagged = [n for n in tagged if (n.i < apart) == (anchor.i < apart)]
            if not tagged or tagged[-1].i < anchor.i or not self._may_extend(tagged, proper):
                continue
            if anchor.deprel == "nmod:poss" and anchor.head in tagged and anchor.head not in core:
                # "*Havets* röst": the owner is not what it owns.
                continue
            # "Bild am Sonntag": a name that the tree holds together is not cut to its last word.
            linked = len(proper) > 1 and any(n.upos == "PROPN" and n.text.islower() for n in proper)
            cut = (entity.type == "PER" and not linked) or not proper
            first = tagged[0].i if cut else min(tagged[0].i, proper[0].i)
            last = max(tagged[-1].i, proper[-1].i if proper else tagged[-1].i)
            return self._tree.nodes[first : last + 1]
        return proper

    def _may_extend(self, tagged: list[Node], proper: list[Node]) -> bool:
        last = tagged[-1].text
        # "Thailands armé", "EU-kommissionens talesperson": somebody's body or officer has no name of its own.
        common = self._entities.body_noun(last) is not None or self._entities.title(last) is not None
        if common and last.islower() and len(tagged) > 1 and tagged[0].feat("Case") == "Gen":
            return False
        if proper:
            return True
        return len(tagged) > 1 and tagged[0].text[:1].isupper() and tagged[0].upos in {"ADJ", "PROPN"}

    def _role_before_name(self, node: Node, following: Node) -> bool:
        """Whether a capital begins an unknown role before a name: "Sudankännaren Hanna Wikström", "Veteranen Lind"."""
        known = self._entities.gender_of_name(following.text) is not None or following.text in self._surnames
        return (
            known
            and self._entities.gender_of_name(node.text) is None
            and len(node.text) > 4
            and node.lower.endswith(("en", "an", "in"))
        )

    def _without_title(self, core: list[Node], proper: list[Node]) -> list[Node]:
        """The name without a title, form of address or sort of body before it, which capitals may hide."""
        for k, node in enumerate(core[:-1]):
            following = core[k + 1]
            if (
                not following.text[:1].isupper()
                or following.upos in {"ADP", "CCONJ"}
                or following.lower in _PREPOSITIONS
            ):
                continue
            if self._is_branch(node, following):
                return core[k:]
            body = self._entities.body_noun(node.text) or self._entities.media_head(node.text)
            sort = body is not None and body.form.definite and "-" in node.text
            common = node.upos != "PROPN" or node.i in self._opening or sort
            # "Region Gotland" is called so; "Nyhetsbyrån AFP" is not.
            bare = body is not None and not body.form.definite and following.upos == "PROPN"
            if body is not None and common and not bare and (following not in proper or proper[0].i <= node.i):
                return core[k + 1 :]
            if node in proper and self._role_before_name(node, following):
                return core[k + 1 :]
            # "Karl" is a man's name before it is a man.
            given = node.upos == "PROPN" and self._entities.gender_of_name(node.text) is not None
            if node in proper and not given and self._is_address(node.text):
                return core[k + 1 :]
        return proper

    def _is_address(self, word: str) -> bool:
        """Whether a word before a name tells who is called so: "Fru", "Statsminister", "Mannen", but not "Human"."""
        if self._entities.honorific(word) is not None or self._entities.title(word) is not None:
            return True
        person = self._entities.person_noun(word)
        return person is not None and (not person.prefix or person.form.definite)

    def _is_branch(self, node: Node, following: Node) -> bool:
        """ "*Polisen Syd*", "*Länsstyrelsen Skåne*": one of many bodies of that name, told by where it is."""
        body = self._entities.body_noun(node.text)
        many = body is not None and body.form.definite and body.entry.kind is ActorKind.AUTHORITY
        if not many and self._entities.organisation(node.text) is None:
            return False
        region = self._entities.territories.first(following.text, TerritoryRole.NAME, TerritoryRole.CAPITAL) is not None
        return following.lower in self._branches or "LOC" in following.word.ner or region


def _goes_on(node: Node) -> bool:
    return node.upos == "PROPN" and node.deprel == NAMED
