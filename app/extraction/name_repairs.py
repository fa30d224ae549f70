"""Names and what belongs to them are one phrase, whatever the parse hung them on: titles, lists, purposes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.extraction.attachment import attach, join_name
from app.lexicon.territories import TerritoryRole
from app.lexicon.transliteration import genitive_base

if TYPE_CHECKING:
    from app.lexicon.entities import EntityLexicon
    from app.lexicon.grammar import Grammar
    from app.parsing.tree import Node, Tree

_ARGUMENTS = frozenset({"nsubj", "obj", "iobj"})
_IN_NAME = frozenset({"flat", "appos", "nmod"})
_AGAINST = "mot"
_PURPOSE = frozenset({"för", _AGAINST})
_ATTRIBUTES = frozenset({"i", "för", "vid", "på", "hos", "inom", "till"})
_AND = "och"
_PLACES = (TerritoryRole.NAME, TerritoryRole.CAPITAL, TerritoryRole.METONYM)
_PAIR, _LONGEST = 2, 6
"""Words of the attribute between a title and a name, at least and at most."""
_FINITE = ("ar", "er", "år", "ade", "te", "de")
_NOT_OWNED = frozenset({"VERB", "AUX", "ADP", "PUNCT", "CCONJ", "SCONJ", "PRON", "ADV", "PART"})
_EPITHET = ("ska", "ala", "ella", "iva", "iska")


def names_purpose(grammar: Grammar, entities: EntityLexicon, nodes: list[Node], k: int) -> int:
    """How many words from the ``k``-th on are a body's name that tells what it is for; 1 where it is none.

    "*Myndigheten för digital förvaltning*", "*Kommittén mot tortyr*": a capital, the preposition and an indefinite
    noun, behind the nouns of such names. In "anklagar Kommissionen för mutbrott" the preposition is the verb's.
    """
    if not nodes[k].text[:1].isupper():
        return 1
    if _is_epithet(entities, nodes, k):
        return 2
    body = entities.body_noun(nodes[k].text)
    if body is None or not body.form.definite or body.form.plural or k + 2 >= len(nodes):
        return 1
    if body.prefix and nodes[k + 1].lower != _AGAINST:
        # "*Riksenheten mot korruption*", but "Polismyndigheten för"
        return 1
    if nodes[k + 1].lower not in _PURPOSE or body.form.lemma not in grammar.purposeful:
        return 1
    end, noun = k + 2, False
    for node in nodes[k + 2 :]:
        # "Nu kräver Myndigheten för psykologiskt försvar *besked*": two bare nouns are no one name.
        part = node.upos in {"NOUN", "ADJ"} and not noun
        if part and node.text.islower() and node.feat("Definite") != "Def":
            noun = node.upos == "NOUN"
        elif noun and (node.upos == "CCONJ" or node.text == ","):
            noun = False
        else:
            break
        end += 1
    while end > k and nodes[end - 1].upos != "NOUN":
        end -= 1
    return end - k if end > k + 2 else 1


def names_in_s(tree: Tree) -> frozenset[str]:
    """Names in -s that the text has where nothing follows to be owned: "*Vidablås* meddelar"."""
    found = set()
    for node in tree.nodes:
        after = tree.right(node)
        alone = node.lower.endswith("s") and after is not None and after.upos in _NOT_OWNED
        if alone and node.text[:1].isupper() and node.upos in {"PROPN", "NOUN"} and node.deprel != "nmod:poss":
            found.add(node.text)
    return frozenset(found)


def is_no_owner(entities: EntityLexicon, names: frozenset[str], nodes: list[Node], k: int) -> bool:
    """Whether "*Vidablås* Energi", parsed as the Energi of Vidablå, is one name."""
    node, after = nodes[k], nodes[k + 1] if k + 1 < len(nodes) else nodes[k]
    owner = node.feat("Case") == "Gen" and node.head is after and after.upos == "PROPN" and after is not node
    known = entities.territories.first(node.text, TerritoryRole.NAME) is not None
    return owner and node.text in names and after.text[:1].isupper() and not known


def _is_epithet(entities: EntityLexicon, nodes: list[Node], k: int) -> bool:
    """Inside a sentence a capital on an adjective begins a name: "*Karolinska universitetssjukhuset*"."""
    if not k or k + 1 >= len(nodes) or not nodes[k - 1].text.islower() or not nodes[k].lower.endswith(_EPITHET):
        return False
    body = entities.body_noun(nodes[k + 1].text) if nodes[k + 1].text.islower() else None
    known = entities.gender_of_name(nodes[k].text) is not None or nodes[k].feat("Case") == "Gen"
    return body is not None and body.form.definite and not body.form.plural and not known


def join_title(entities: EntityLexicon, owner: Node, title: Node, name: Node) -> None:
    """Make ``title`` an attribute of the ``name`` of a person behind it, and ``owner``, if it is one, the title's.

    "ett möte med *landshövdingen Åsa Björk*", "ett brev från *Nordmalms vd Mikael Strand*": three words in a row.
    """
    if title.upos not in {"NOUN", "PROPN"} or not title.text.islower() or name.upos != "PROPN":
        return
    person = entities.title(title.text) is not None and entities.gender_of_name(name.text) is not None
    if not person and not _tells_sort(entities, title, name):
        return
    title.word = replace(title.word, upos="NOUN")
    if owner.upos == "PROPN" and title.rel == "flat" and title.head is owner and genitive_base(owner.text):
        # The parse took "Nordmalms vd Mikael Strand" for one long name.
        _put(name, owner)
        attach(owner, title, "nmod:poss")
        attach(title, name, "nmod")
        return
    apart = title.head is not name and name.head is not title and name.head is not None and title.head is not None
    # "mellan Teater Norr och *gruvbolaget Nordmalm*": the parse gave the second name to the first.
    given = name.rel == "flat" and title.rel == "conj" and name.head is title.head
    if not apart or (name.rel in _IN_NAME and not given):
        return
    if name.child("case") is None and (title.rel in _ARGUMENTS or title.child("case", "cc") is not None):
        _put(name, title)
    attach(title, name, "nmod")


def join_attributed(tree: Tree, entities: EntityLexicon, title: Node) -> None:
    """ "*Professorn i kriminologi Håkan Dellgren*": the name behind a title and its attribute is set beside it."""
    known = entities.title(title.text)
    if known is None or not known.form.definite or known.form.plural:
        return
    attribute, name = _attribute(tree, entities, title)
    surname = tree.right(name) if name is not None else None
    if name is None or surname is None or (name.head is title and name.rel == "appos"):
        return
    name.word = replace(name.word, upos="PROPN")
    phrase = {title, name, surname, *attribute}
    top = next((node for node in (title, name, *attribute) if node.head not in phrase), title)
    attach(title, top.head, top.word.deprel)
    for node in [child for child in name.children if child.rel in {"case", "cc"} and child.i < title.i]:
        attach(node, title, node.word.deprel)
    attach(name, title, "appos")
    attach(surname, name, "flat:name")
    for k, node in enumerate(attribute):
        if node.head in {name, surname} or node.head not in phrase:
            noun = next((n for n in attribute[k + 1 :] if n.upos in {"NOUN", "PROPN"}), None)
            of_noun = node.upos == "ADP" and noun is not None
            attach(node, noun if of_noun else title, "case" if of_noun else "nmod")


def _attribute(tree: Tree, entities: EntityLexicon, title: Node) -> tuple[list[Node], Node | None]:
    """The words between a title and the name behind its attribute, and that name."""
    node = tree.right(title)
    attribute: list[Node] = []
    if node is None or node.lower not in _ATTRIBUTES:
        return [], None
    while node is not None and len(attribute) <= _LONGEST and not _begins_name(tree, entities, node):
        if node.upos not in {"NOUN", "PROPN", "ADJ"} and node.lower not in _ATTRIBUTES:
            return [], None
        attribute.append(node)
        node = tree.right(node)
    return (attribute, node) if len(attribute) in range(_PAIR, _LONGEST + 1) else ([], None)


def _begins_name(tree: Tree, entities: EntityLexicon, node: Node) -> bool:
    after = tree.right(node)
    known = node.text[:1].isupper() and entities.gender_of_name(node.text) is not None and node.feat("Case") != "Gen"
    # "*Per* Lund" is easily taken for a preposition.
    return known and node.upos in {"PROPN", "ADP"} and after is not None and after.upos == "PROPN"


def part_verb(entities: EntityLexicon, coordinator: Node, verb: Node) -> None:
    """ "säger Lotta *och skrattar*": what stands bare beside a name and is nobody is what she does."""
    name = verb.head
    listed = coordinator.upos == "CCONJ" and coordinator.head is verb and verb.rel == "conj" and verb.upos == "NOUN"
    if not listed or name is None or name.upos != "PROPN" or name.head is None or len(verb.children) > 1:
        return
    finite = verb.text.islower() and verb.lower.endswith(_FINITE) and name.head.upos == "VERB"
    lists = (entities.title, entities.person_noun, entities.group, entities.body_noun)
    if finite and name.rel == "nsubj" and not any(find(verb.text) for find in lists):
        verb.word = replace(verb.word, upos="VERB", feats={"VerbForm": "Fin"})
        attach(verb, name.head, "conj")


def _tells_sort(entities: EntityLexicon, noun: Node, name: Node) -> bool:
    """ "möttes Lotta Frid och *flygbolaget Norwegian*": a definite noun for a body announces the name of one."""
    body = entities.body_noun(noun.text)
    listed = noun.rel == "conj" or noun.child("cc") is not None
    if body is None or not body.form.definite or body.form.plural or not listed:
        return False
    named = entities.gender_of_name(name.text) is None and name.feat("Case") != "Gen" and name.child("case") is None
    return named and entities.territories.first(name.text, TerritoryRole.NAME) is None


def join_listed(tree: Tree, entities: EntityLexicon, words: tuple[Node, Node, Node]) -> None:
    """ "Fackförbundet *Handel och Service* kräver": behind the noun for one body, two capitals that are nobody's names.

    Not where the text has the first of them alone: "gruvbolaget Nordmalm och Havslinjen … Nordmalm".
    """
    first, coordinator, last = words
    sort = tree.left(first)
    body = entities.body_noun(sort.text) if sort is not None else None
    if coordinator.lower != _AND or body is None or not body.form.definite or body.form.plural:
        return
    for node in (first, last):
        known = entities.organisation(node.text) or entities.gender_of_name(node.text) or node.text.isupper()
        if not node.text[:1].isupper() or known or entities.territories.first(node.text, *_PLACES) is not None:
            return
    after = tree.right(last)
    if after is not None and after.text[:1].isupper() and after.upos == "PROPN":
        return
    alone = (n for n in tree.nodes if n.text == first.text and n is not first)
    if any((beside := tree.right(n)) is None or beside.lower != _AND for n in alone):
        return
    join_name([first, coordinator, last])


def _put(name: Node, former: Node) -> None:
    """Hang the name where ``former`` hung, with its prepositions and conjunctions."""
    attach(name, former.head, former.word.deprel)
    for child in [child for child in former.children if child.rel in {"case", "cc"}]:
        attach(child, name, child.word.deprel)


def part_title(entities: EntityLexicon, comma: Node, title: Node) -> None:
    """ "Per Lund, *talesperson för polisen*": a title that no "och" follows is no second person."""
    name = title.head
    if comma.text != "," or title.rel != "conj" or not title.text.islower() or name is None or name.upos != "PROPN":
        return
    name = name.head if name.rel == "flat" and name.head is not None else name
    parts = [name, *(child for child in name.children if child.i < comma.i)]
    siblings = [child for node in parts for child in node.children if child.rel == "conj"]
    if any(node.child("cc") for node in siblings) or not any(entities.gender_of_name(n.text) for n in parts):
        return
    if entities.title(title.text) is not None and title.feat("Definite") != "Def":
        title.word = replace(title.word, upos="NOUN")
        attach(title, name, "appos")


def list_name(coordinator: Node, name: Node) -> None:
    """ "generaldirektör Maria Kant *och Lotta Frid* möttes": a name behind "och" is the next of a list."""
    first = name.head
    listed = coordinator.upos == "CCONJ" and coordinator.head is name and name.rel == "nmod"
    if listed and name.upos == "PROPN" and first is not None and first.i < coordinator.i and not name.child("case"):
        attach(name, first, "conj")
