"""Repairs of a tree before anything is read off it: phrases that a parser trained on full words takes apart."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from app.extraction.attachment import attach, join_name
from app.extraction.long_names import find_long_names, long_name_at
from app.extraction.name_parts import join_parts
from app.extraction.name_repairs import (
    is_no_owner,
    join_attributed,
    join_listed,
    join_title,
    list_name,
    names_in_s,
    names_purpose,
    part_title,
    part_verb,
)
from app.extraction.phrase_repairs import repair_phrase
from app.lexicon.territories import TerritoryRole
from app.lexicon.transliteration import genitive_base
from app.resolution.phrases import NAMED

if TYPE_CHECKING:
    from app.lexicon.entities import EntityLexicon
    from app.lexicon.grammar import Grammar
    from app.parsing.tree import Node, Tree

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "X"})
_VERBAL = frozenset({"VERB", "AUX", "ADJ"})
_ONE = "man"
_FOREIGN = frozenset({"of", "for", "and", "the", "without", "against", "des", "del", "della", "und", "et", "am"})
"""Small words inside names from other languages."""
_LONGEST_NAME = 5


def repair(tree: Tree, grammar: Grammar, entities: EntityLexicon) -> None:
    """Join suspended compounds and names with a capitalised preposition, part acronyms from lists, in place."""
    names = {node.text for node in tree.nodes if node.word.index > 0 and _is_called_so(tree, node)}
    in_s, long = names_in_s(tree), find_long_names(tree, grammar, entities)
    for sentence in tree.sentences:
        nodes = tree.slice(sentence)
        join_parts(tree, grammar, entities, nodes)
        _opening_name(nodes, names, entities)
        for before, node in pairwise(nodes):
            _municipality(entities, before, node)
            if node.upos in _VERBAL and node.text in names and before.is_word and before.text.islower():
                # "Eva Åker … hävdar *Åker* att"
                node.word = replace(node.word, upos="PROPN", lemma=node.text, feats={"Case": "Nom"})
        for k in range(len(nodes) - 1):
            if is_no_owner(entities, in_s, nodes, k):
                join_name(nodes[k : k + 2])
        _known_names(tree, nodes, grammar, entities, long)
        for first, middle, last in zip(nodes, nodes[1:], nodes[2:], strict=False):
            if last.lower == _ONE and last.child("det") is not None:
                # "en äldre man": with an article it is no pronoun.
                feats = {"Case": "Nom", "Definite": "Ind", "Gender": "Com", "Number": "Sing"}
                last.word = replace(last.word, upos="NOUN", lemma=_ONE, feats=feats)
            listed = last.rel == "conj" and last.head in {middle, middle.head} and last.child("cc") is None
            argument = last.rel in {"nsubj", "obj", "appos"} and last.child("case", "cc", "det") is None
            given = middle.feat("Case") != "Gen" and entities.gender_of_name(middle.text) is not None
            surname = last.upos == "PROPN" or (given and last.upos == "NOUN" and last.text[:1].isupper())
            if middle.upos == "PROPN" and surname and (listed or (argument and given and last.head is not middle)):
                # "Gunilla och Bo *Ahlström*", "Karl *Ek*": without "och" a capital goes on with the name.
                attach(last, middle, "flat:name")
                last.word = replace(last.word, upos="PROPN")
            if first.rel == "nsubj" and first.upos == "NOUN" and first.feat("Definite") == "Def":
                _announced_subject(entities, first, middle)
            if middle.text == "&" and first.upos == last.upos == "PROPN":
                _joined(first, middle, last)
            if middle.lower in grammar.distributives and last.upos == "NOUN" and middle.upos == "VERB":
                # "inte har kunnat bekräfta *någondera* versionen"
                attach(last, middle.head, "obj")
                attach(middle, last, "det")
                middle.word = replace(middle.word, upos="DET", feats={"Number": "Sing", "PronType": "Ind"})
            _coordinated_name(entities, first, middle, last)
            join_listed(tree, entities, (first, middle, last))
            join_title(entities, first, middle, last)
            join_attributed(tree, entities, first)
            part_verb(entities, middle, last)
            list_name(middle, last)
            part_title(entities, first, middle)
            repair_phrase(tree, grammar, entities, (first, middle, last))
            if (
                first.feat("Definite") == "Def"
                and middle.upos == "ADJ"
                and middle.head is last
                and last.upos == "PROPN"
            ):
                _announced(middle, last)
            if first.upos not in _NOMINAL or last.upos not in _NOMINAL:
                continue
            capital = all(node.text[:1].isupper() for node in (first, middle, last)) and not first.text.isupper()
            suspended = first.text.endswith("-") and len(first.text) > 1 and first.deprel != NAMED
            if suspended and middle.lower in grammar.coordinators:
                _suspended(first, middle, last)
            elif (middle.upos == "ADP" and capital) or _is_foreign(first, middle, last):
                _named(first, middle, last)


def _opening_name(nodes: list[Node], names: set[str], entities: EntityLexicon) -> None:
    """ "*Palmgrens* advokat …": a word that opens a sentence and is a name elsewhere in the text is one here too.

    So is the subject that is a known body's name and an indefinite noun at most: "*Kommunal* kräver".
    """
    first = next((node for node in nodes if node.is_word), None)
    if first is None or first.upos not in {"NOUN", "VERB", "ADJ", "ADV"} or not first.text[:1].isupper():
        return
    owned = first.rel == "nmod" or first.feat("Case") == "Gen"
    known = next((base for base in (first.text, *genitive_base(first.text)) if base in names), None)
    alone = first.rel == "advmod" and first.head is not None and first.head.child("nsubj") is None
    bare = (first.rel == "nsubj" or alone) and not first.children and first.feat("Definite") != "Def"
    if known is None and bare and entities.organisations.find(first.text) is not None:
        known = first.text
    if known is None or (first.upos != "NOUN" and known != first.text):
        return
    if first.rel == "advmod" and first.head is not None and first.head.child("nsubj") is None:
        # "*Kvist* medger att …"
        first.word = replace(first.word, deprel="nsubj")
    genitive = known != first.text and owned
    if genitive and first.deprel == "nmod":
        first.word = replace(first.word, deprel="nmod:poss")
    first.word = replace(first.word, upos="PROPN", lemma=known, feats={"Case": "Gen" if genitive else "Nom"})


def _known_names(
    tree: Tree, nodes: list[Node], grammar: Grammar, entities: EntityLexicon, long: frozenset[tuple[str, ...]]
) -> None:
    """Keep names of several words that are known whole, whatever their words are: "Läkare utan gränser"."""
    k = 0
    while k < len(nodes):
        found = 1
        if nodes[k].text[:1].isupper():
            for length in range(min(_LONGEST_NAME, len(nodes) - k), 1, -1):
                words = nodes[k : k + length]
                if _is_known(grammar, entities, tree.text[words[0].start : words[-1].end], words):
                    join_name(words)
                    found = length
                    break
                if _is_owner(entities, tree.text[words[0].start : words[-1].end], words):
                    _own(words)
                    found = length
                    break
            if found == 1:
                found = long_name_at(long, nodes, k) or names_purpose(grammar, entities, nodes, k)
                if found > 1:
                    join_name(nodes[k : k + found], NAMED)
        k += found


def _is_known(grammar: Grammar, entities: EntityLexicon, name: str, words: list[Node]) -> bool:
    """Whether a list has the name; one with an owner ("FN:s flyktingorgan") only where "och" would tear it apart."""
    hit = entities.organisations.find(name)
    if hit is None or hit.genitive:
        return entities.territories.first(name, TerritoryRole.METONYM) is not None
    owned = any(node.feat("Case") == "Gen" for node in words[:-1])
    return not owned or any(node.lower in grammar.coordinators for node in words)


def _is_owner(entities: EntityLexicon, name: str, words: list[Node]) -> bool:
    """Whether a list has the name, and the parse has only its last word for an owner: "*Rädda Barnens* årsrapport"."""
    hit = entities.organisations.find(name)
    torn = words[-1].deprel == "nmod:poss" and words[-1].head not in words and words[0].head is not words[-1]
    return hit is not None and hit.genitive and torn and all(node.feat("Case") != "Gen" for node in words[:-1])


def _own(words: list[Node]) -> None:
    owned = words[-1].head
    join_name(words)
    attach(words[0], owned, "nmod:poss")
    if owned is not None and (case := words[0].child("case")) is not None:
        attach(case, owned, "case")
    words[0].word = replace(words[0].word, feats={"Case": "Gen"})


def _is_called_so(tree: Tree, node: Node) -> bool:
    """Whether a word inside a sentence is a name: tagged so, or a noun with a capital that no mark explains."""
    before = tree.left(node)
    capital = node.upos == "NOUN" and node.text[:1].isupper() and before is not None and before.is_word
    return node.upos == "PROPN" or (capital and before is not None and before.text[:1].islower())


def _coordinated_name(entities: EntityLexicon, first: Node, coordinator: Node, last: Node) -> None:
    """ "Patientföreningen *Sömn och hälsa*": behind one body, in small letters, "och" holds a name together."""
    title = next((child for child in first.children if child.rel == "nmod" and child.i == first.i - 1), None)
    body = entities.body_noun(title.text) if title is not None else None
    if (
        coordinator.upos != "CCONJ"
        or first.upos != "PROPN"
        or last.upos not in {"NOUN", "PROPN"}
        or last.head is not first
    ):
        return
    if body is None or body.form.plural or not body.form.definite or not last.text.islower() or len(last.children) > 1:
        return
    if entities.body_noun(last.text) is not None:
        # "mellan fackförbundet Seko och *gruvbolaget* Nordmalm": the next body.
        return
    for node in (coordinator, last):
        attach(node, first, "flat:name")
        node.word = replace(node.word, upos="PROPN", feats={"Case": "Nom"})


def _announced_subject(entities: EntityLexicon, noun: Node, following: Node) -> None:
    """ "*Branschorganisationen* Sveriges Bryggerier dömer ut": a verb has one subject, which the noun announces."""
    name = following.head if following.deprel == "nmod:poss" else following
    if name is None or name.rel != "nsubj" or name.head is not noun.head or name.upos != "PROPN" or name.i <= noun.i:
        return
    sort = entities.body_noun(noun.text) is not None or entities.media_head(noun.text) is not None
    # "*Fabriken* Plastverken släppte ut": whatever the noun, nobody else's name follows it.
    beside = name.i == noun.i + 1 and entities.gender_of_name(name.text) is None and not noun.children
    if sort or beside:
        attach(noun, name, "nmod")


def _municipality(entities: EntityLexicon, name: Node, noun: Node) -> None:
    """ "*Kiruna kommun* och Region Norrbotten begär": name and noun are one subject, which goes on behind the noun."""
    if name.upos != "PROPN" or noun.upos != "NOUN" or name.head is None or noun.head is None:
        return
    body = entities.body_noun(noun.text) is not None
    # "forskare vid *Kiruna klimatinstitut*": the preposition governs both, whatever the parse hangs the noun on.
    governed = body and name.rel == "nmod" and noun.rel == "obl" and name.head.head is noun.head
    if name.head is not noun.head and not (governed and name.child("case") and not noun.child("case", "det")):
        return
    same, apart = name.rel == noun.rel or governed, {name.rel, noun.rel} == {"nsubj", "obj"}
    # "kräver *Svea hovrätt* att"; of two bare subjects side by side the second is part of the name ("Ersta diakoni").
    bare = noun.text.islower() and not noun.children and noun.rel == "nsubj"
    claims = any(child.rel == "ccomp" and child.i > noun.i for child in name.head.children)
    if noun.feat("Definite") == "Def" or not (same or apart) or not (body or (same and bare and claims)):
        return
    for child in [child for child in name.children if child.i > noun.i or child.rel == "case"]:
        attach(child, noun, child.word.deprel)
    if apart:
        noun.word = replace(noun.word, deprel="nsubj")
    elif governed:
        attach(noun, name.head, "nmod")
    attach(name, noun, "nmod")


def _joined(first: Node, sign: Node, last: Node) -> None:
    """ "Hedin & Wiik" is one name."""
    top = first.head if first.rel == "flat" and first.head is not None else first
    if last in top.ancestors():
        attach(top, last.head, last.word.deprel)
    for node in (sign, last):
        for child in [child for child in node.children if child.rel != "flat"]:
            attach(child, top, child.word.deprel)
        attach(node, top, "flat:name")
        node.word = replace(node.word, upos="PROPN", feats={"Case": "Nom"})


def _announced(adjective: Node, name: Node) -> None:
    """ "Branschorganisationen *Svensk* Bilimport": a capital behind a definite noun begins the name."""
    if adjective.text[:1].isupper():
        attach(adjective, name.head, name.word.deprel)
        for child in [child for child in name.children if child is not adjective]:
            attach(child, adjective, child.word.deprel)
        attach(name, adjective, "flat:name")
        adjective.word = replace(adjective.word, upos="PROPN", feats={"Case": "Nom"})


def _suspended(first: Node, coordinator: Node, last: Node) -> None:
    """ "Patent- och marknadsdomstolen" is one noun, headed by its last part."""
    if first in last.ancestors():
        attach(last, first.head, first.word.deprel)
    for child in [child for child in first.children if child is not last]:
        attach(child, last, child.word.deprel)
    attach(first, last, "compound")
    attach(coordinator, first, "cc")


def _is_foreign(first: Node, middle: Node, last: Node) -> bool:
    """ "Fridays *for* Future", "House *of* Lords"."""
    return middle.lower in _FOREIGN and all(node.text[:1].isupper() for node in (first, last))


def _named(first: Node, preposition: Node, last: Node) -> None:
    """ "Läkare Utan Gränser": a preposition with a capital holds a name together."""
    if first in last.ancestors() or last.head is first.head:
        for node in (preposition, last):
            case = node.child("case")
            if case is not None and case.i < first.i:
                attach(case, first, "case")
            attach(node, first, "flat:name")
        for node in (first, preposition, last):
            node.word = replace(node.word, upos="PROPN")
