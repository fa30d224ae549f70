"""Repairs of what is done to whom: two objects, a pronoun or noun behind a name, a phrase under a preposition."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.attachment import attach
from app.lexicon.schema import Content, ObjectRole

if TYPE_CHECKING:
    from app.lexicon.cues import CueLexicon
    from app.lexicon.entities import EntityLexicon
    from app.parsing.tree import Node

_PAIR = 2
_THOSE = "de"
_SOMEBODY = frozenset({ObjectRole.ACCUSED, ObjectRole.EVALUATED, ObjectRole.ADDRESSEE})


def repair_objects(lexicon: CueLexicon, entities: EntityLexicon, verb: Node) -> None:
    """Give the verb the objects that stand behind it, in place."""
    _under_preposition(verb)
    _pronoun_behind(verb)
    _those_behind(lexicon, verb)
    _behind_coordinator(lexicon, verb)
    _part_from_name(lexicon, verb)
    _object_behind_name(verb)
    _receiver(entities, verb)


def is_party(entities: EntityLexicon, node: Node) -> bool:
    """Whether the word names or titles somebody who may speak."""
    return node.upos == "PROPN" or bool(entities.title(node.text) or entities.body_noun(node.text))


def _pronoun_behind(verb: Node) -> None:
    """ "På tisdagen anklagade Lars Moe *henne*": a pronoun is no part of the name before it."""
    for name in [child for child in verb.children if child.rel == "nsubj" and child.upos == "PROPN"]:
        for pronoun in [child for child in name.children if child.rel == "flat" and child.upos == "PRON"]:
            if verb.child("obj") is None:
                attach(pronoun, verb, "obj")


def _those_behind(lexicon: CueLexicon, verb: Node) -> None:
    """ "Kommunen kräver *de åtalade* på pengar": behind verb and subject, article and participle are the object."""
    subjects = [child for child in verb.children if child.rel == "nsubj"]
    somebody = any(form.entry.object in _SOMEBODY for form in lexicon.verb_forms.get(verb.lower, ()))
    if len(subjects) != _PAIR or not somebody or not subjects[0].i < verb.i < subjects[1].i:
        return
    article = subjects[1]
    those = next((child for child in verb.children if child.i == article.i + 1 and child.upos == "ADJ"), None)
    if article.lower != _THOSE or those is None:
        return
    attach(those, verb, "obj")
    attach(article, those, "det")
    those.word = replace(those.word, upos="NOUN", feats={"Case": "Nom", "Definite": "Def", "Number": "Plur"})


def _behind_coordinator(lexicon: CueLexicon, verb: Node) -> None:
    """ "hyllar rapporten och *uppmanar* minister Johan Tiberg att": behind "och" and the verb stands its object."""
    first, subject, coordinator = verb.head, verb.child("nsubj"), verb.child("cc")
    if verb.rel != "conj" or first is None or subject is None or coordinator is None or verb.child("obj") is not None:
        return
    shared = first.child("nsubj")
    somebody = any(form.entry.object in _SOMEBODY for form in lexicon.verb_forms.get(verb.lower, ()))
    beside = coordinator.i + 1 == verb.i and min(node.i for node in subject.subtree()) == verb.i + 1
    if somebody and beside and shared is not None and shared.i < first.i:
        attach(subject, verb, "obj")


def _under_preposition(verb: Node) -> None:
    """ "beskyller i ett *inlägg* bolaget": of two objects the one under a preposition is none."""
    things = [child for child in verb.children if child.rel == "obj"]
    if len(things) == _PAIR and things[0].child("case") is not None and things[1].child("case") is None:
        attach(things[0], verb, "obl")


def _part_from_name(lexicon: CueLexicon, verb: Node) -> None:
    """ "kallar Karin Ek *lögnare*", "lovar Karin Ek *mer pengar*": a bare noun behind a name is no part of it."""
    name = verb.child("obj")
    entries = [form.entry for form in lexicon.verb_forms.get(verb.lower, ())]
    somebody = name is not None and (name.upos == "PROPN" or name.feat("Definite") == "Def")
    if name is None or not somebody or name.i < verb.i:
        return
    thing = next((child for child in reversed(name.children) if child.i > name.i and child.upos == "NOUN"), None)
    if thing is None or thing.child("case", "cc") is not None or not thing.text.islower() or thing.rel == "appos":
        return
    called = any(entry.object is ObjectRole.EVALUATED and Content.OBJ in entry.content for entry in entries)
    given = any(entry.acts[:1] == (Act.ANNOUNCEMENT,) and entry.object is ObjectRole.CONTENT for entry in entries)
    if called or given:
        attach(thing, verb, "obj" if given else "xcomp")


def _object_behind_name(verb: Node) -> None:
    """ "I går visade talespersonen Nabil Osman *en film*": what has an article is no part of the name before it."""
    name = verb.child("nsubj")
    if name is None or name.upos != "PROPN" or name.i < verb.i or verb.child("obj", "ccomp", "xcomp") is not None:
        return
    last = max((n.i for n in name.children if n.rel == "flat"), default=name.i)
    for thing in [child for child in name.children if child.rel == "nmod" and child.upos == "NOUN"]:
        article = thing.child("det")
        if thing.child("case") is None and article is not None and article.i == last + 1:
            attach(thing, verb, "obj")


def _receiver(entities: EntityLexicon, verb: Node) -> None:
    """ "Moskva lovar *Serbien* mer pengar": of two objects the first is who gets the second."""
    things = [child for child in verb.children if child.rel in {"obj", "iobj"} and child.i > verb.i]
    if len(things) != _PAIR or not (is_party(entities, things[0]) or entities.person_noun(things[0].text)):
        return
    owner = things[1].child("nmod:poss")
    if owner is not None and owner.upos == "PROPN" and owner.i == things[0].i + 1 and _is_sort(entities, things[0]):
        _join_owner(things[0], owner, things[1])
        return
    if things[1].upos == "NOUN" and things[1].child("cc") is None:
        attach(things[0], verb, "iobj")


def _is_sort(entities: EntityLexicon, node: Node) -> bool:
    return entities.body_noun(node.text) is not None or (node.text.islower() and entities.title(node.text) is not None)


def _join_owner(sort: Node, owner: Node, owned: Node) -> None:
    """ "välkomnar *Region Skånes* beslut", "fördömer *bolaget Nordmalms* agerande": sort and name own it together."""
    if sort.text.islower():
        attach(sort, owner, "nmod")
        return
    attach(sort, owned, owner.word.deprel)
    attach(owner, sort, "flat:name")
