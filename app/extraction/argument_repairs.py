"""Repairs of what belongs to a verb: a small parser mistakes objects, times and words before a comma for subjects."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.attachment import attach
from app.extraction.inversion import REFLEXIVES
from app.extraction.object_repairs import is_party, repair_objects
from app.extraction.side_by_side import part_neighbours
from app.lexicon.schema import Content, ObjectRole, Voice
from app.resolution.phrases import APART, is_temporal

if TYPE_CHECKING:
    from app.lexicon.cues import CueLexicon
    from app.lexicon.entities import EntityLexicon
    from app.lexicon.grammar import Grammar
    from app.parsing.tree import Node, Tree

_NOMINATIVE = frozenset({"han", "hon", "hen", "de", "jag", "vi", "man", "du", "ni"})
_MISTAGGED = frozenset({"NUM", "ADV", "ADJ", "ADP", "X", "INTJ"})
"""What the tagger takes acronyms for."""
_FOR = "för"
_NEITHER = "varken"
_PAIR = 2


def repair_arguments(tree: Tree, grammar: Grammar, lexicon: CueLexicon, entities: EntityLexicon, node: Node) -> None:
    """Give the verb ``node`` its own subject and object, in place."""
    if node.upos in _MISTAGGED and node.text.isupper() and node.text.isalpha():
        _acronym(entities, node)
    _no_auxiliary(node)
    if node.upos != "VERB":
        return
    _fronted_object(node)
    _behind_auxiliary(grammar, node)
    _neither(node)
    _raised_subject(lexicon, node)
    _behind_speech(tree, lexicon, node)
    if node.feat("VerbForm") == "Sup":
        _second_subject(tree, lexicon, entities, node)
    if node.feat("VerbForm") == "Fin" and not node.text[:1].isupper():
        part_neighbours(tree, lexicon, entities, node)
        _behind_fronted(grammar, entities, node)
        _body_and_name(lexicon, node)
        _of_age(tree, node)
        _behind_relative(tree, grammar, lexicon, node)
        _time_in_front(grammar, node)
        _behind_comma(tree, lexicon, entities, node)
        _second_subject(tree, lexicon, entities, node)
    repair_objects(lexicon, entities, node)


def _acronym(entities: EntityLexicon, node: Node) -> None:
    """ "*EU* fördömer dödandet": capitals that name a body are no number, and beside a verb its subject."""
    if entities.kind_of(node.text) is None or node.head is None:
        return
    verb = node.head
    subject = verb.child("nsubj")
    if verb.upos == "VERB" and node.i == verb.i + 1 and node.upos == "ADP" and subject is None:
        # "Nu kräver *EU* att": no particle.
        attach(node, verb, "nsubj")
    if verb.upos == "VERB" and node.i < verb.i and node.rel in {"nummod", "advmod"}:
        if subject is not None and subject.i > verb.i and verb.child("obj") is None:
            # "*EU* manar valkommissionen att lämna ut protokollen"
            attach(subject, verb, "obj")
            subject = None
        if subject is None:
            attach(node, verb, "nsubj")
    node.word = replace(node.word, upos="PROPN", feats={"Case": "Nom"})


def _fronted_object(verb: Node) -> None:
    """ "*Uppgiften* har Reuters inte bekräftat": the subject of a main clause stands right behind its auxiliary."""
    subjects = [child for child in verb.children if child.rel == "nsubj" and child.i < verb.i]
    auxiliaries = [child for child in verb.children if child.rel == "aux" and child.feat("VerbForm") == "Fin"]
    if len(subjects) == 2 and auxiliaries and subjects[0].i < auxiliaries[0].i < subjects[1].i:
        attach(subjects[0], verb, "obj")


def _no_auxiliary(node: Node) -> None:
    """ "att *Ek* stängs av", "– I går *ljög* hon, säger Moe": a name or a verb with a subject is no auxiliary."""
    if node.rel != "aux" or node.head is None:
        return
    if node.upos in {"PROPN", "NOUN"} and node.head.child("nsubj") is None:
        attach(node, node.head, "nsubj")
    elif node.upos == "VERB" and node.child("nsubj") is not None and node.head.child("nsubj") is not None:
        attach(node, node.head, "ccomp")


def _behind_auxiliary(grammar: Grammar, verb: Node) -> None:
    """ "Enligt facket har *Karin Ek* brutit mot reglerna": what stands between auxiliary and verb is the subject."""
    auxiliary = next((child for child in verb.children if child.rel == "aux" and child.feat("VerbForm") == "Fin"), None)
    between = auxiliary.children if auxiliary is not None and auxiliary.i < verb.i else []
    inside = [child for child in between if child.rel in {"obj", "nsubj"} and not is_temporal(grammar, child)]
    inside = [child for child in inside if auxiliary is not None and child.i > auxiliary.i]
    subjects = [child for child in verb.children if child.rel == "nsubj"]
    if len(inside) != 1 or inside[0].i > verb.i or any(subject.child("case") is None for subject in subjects):
        return
    for subject in subjects:
        attach(subject, verb, "obl")
    attach(inside[0], verb, "nsubj")


def _neither(verb: Node) -> None:
    """ "kan varken *bekräfta* eller dementera uppgiften": what follows the second verb is the object of both."""
    other = next((child for child in verb.children if child.rel == "conj" and child.child("cc") is not None), None)
    if other is None or not any(child.lower == _NEITHER for child in verb.children):
        return
    if verb.child("obj", "ccomp") is None:
        # "uppgifterna *om Portugal*" with all that belongs to them
        for child in [c for c in other.children if c.rel in {"obj", "ccomp", "obl"} and c.i > other.i]:
            attach(child, verb, child.word.deprel)


def _raised_subject(lexicon: CueLexicon, verb: Node) -> None:
    """ "41-åringen *uppges* ha träffat en av dem": of whom something is said stands at the verb that says so."""
    told = verb.child("xcomp")
    subject = told.child("nsubj") if told is not None and verb.child("nsubj") is None else None
    forms = lexicon.verb_forms.get(verb.lower, ())
    if subject is not None and subject.i < verb.i and any(form.voice is Voice.PASSIVE for form in forms):
        attach(subject, verb, "nsubj")


def _second_subject(tree: Tree, lexicon: CueLexicon, entities: EntityLexicon, verb: Node) -> None:
    """A verb has one subject: in "ministern uppmanar verket och bolaget" the last is asked as well, not asking."""
    for name in [child for child in verb.children if child.upos == "PROPN" and child.i > verb.i]:
        for noun in [n for n in name.children if n.rel == "flat" and n.upos == "NOUN" and n.text.islower()]:
            if noun.feat("Definite") == "Def":
                # "På tisdagen dementerade ministern Eva Holm *uppgifterna*"
                attach(noun, verb, "obj")
    subjects = [child for child in verb.children if child.rel == "nsubj"]
    if verb.lower in lexicon.verb_forms and len(subjects) == 2 and verb.child("obj") is None:
        first, last = subjects
        if first.i > verb.i and last.upos == "NOUN" and last.text.islower() and is_party(entities, first):
            # "På tisdagen bekräftade facket *uppgifterna*"
            attach(last, verb, "obj")
            return
        title = tree.left(subjects[1])
        beside = title is not None and title.head is subjects[1] and tree.left(title) in subjects[0].subtree()
        if subjects[0].i > verb.i and beside and all(subject.upos == "PROPN" for subject in subjects):
            # "I Etiopien kritiserar oppositionsledaren B. Assefa *premiärminister T. Lemma*"
            attach(subjects[1], verb, "obj")
            return
    if verb.feat("VerbForm") != "Fin" or len(subjects) < 2 or not subjects[0].i < verb.i < subjects[-1].i:
        return
    before, opening = tree.left(verb), tree.sentence_of(verb)[0]
    if before is not None and not before.is_word and not opening.is_word:
        # "– Stanna hemma om du kan, säger direktören": the first is a word of what is said.
        return
    first, last = subjects[0], subjects[-1]
    owner = last.upos == "PROPN" and last.lower.endswith("s")
    if owner or not is_party(entities, first) or last.lower in _NOMINATIVE:
        return
    thing = verb.child("obj")
    coordinated = thing is not None and verb.i < thing.i < last.i and last.child("cc") is not None
    attach(last, thing if coordinated else verb, "conj" if coordinated else "obj")


def _behind_fronted(grammar: Grammar, entities: EntityLexicon, verb: Node) -> None:
    """ "Enligt dottern *upplyste* en sjuksköterska familjen om det": behind source and verb stands the subject."""
    if verb.rel != "root" or verb.feat("Voice") == "Pass" or verb.child("nsubj", "csubj", "expl") is not None:
        return
    first = next(iter(verb.children), None)
    things = [child for child in verb.children if child.rel == "obj"]
    reflexive = bool(things) and things[0].lower in REFLEXIVES
    thing = things[reflexive] if len(things) > reflexive else None
    if first is None or thing is None or first.i > verb.i or first.rel not in {"obl", "advmod"}:
        return
    # "Nu förväntar *sig* facket att …"
    beside = min(node.i for node in thing.subtree()) == verb.i + 1 + reflexive
    other = next((child for child in verb.children if child.i > thing.i and child.upos in {"NOUN", "PROPN"}), None)
    known = is_party(entities, thing) or entities.person_noun(thing.text) or grammar.is_agentive(thing.lemma)
    if not beside or not known:
        return
    attach(thing, verb, "nsubj")
    if other is not None and other.feat("Definite") == "Def" and thing.feat("Definite") != "Def":
        attach(other, verb, "obj")


def _body_and_name(lexicon: CueLexicon, verb: Node) -> None:
    """ "I ett inlägg *beskyller* ambassaden Säpo för att …": who accuses and who is accused, no one name."""
    name, first = verb.child("nsubj"), next(iter(verb.children), None)
    if name is None or first is None or name.upos != "PROPN" or verb.child("obj") is not None:
        return
    body = next((child for child in name.children if child.rel == "nmod" and child.upos == "NOUN"), None)
    if body is None or body.i != verb.i + 1 or name.i != body.i + 1 or first.i > verb.i or first.rel != "obl":
        return
    entries = [form.entry for form in lexicon.verb_forms.get(verb.lower, ())]
    judged = any(entry.object is ObjectRole.ACCUSED and _FOR in entry.content for entry in entries)
    if judged and any((mark := child.child("mark")) is not None and mark.lower == _FOR for child in verb.children):
        attach(body, verb, "nsubj")
        attach(name, verb, APART)


def _time_in_front(grammar: Grammar, verb: Node) -> None:
    """ "Några *timmar* senare tillkännagav Ankara tullar": of two subjects the time is none."""
    subjects = [child for child in verb.children if child.rel == "nsubj"]
    if len(subjects) == 2 and subjects[0].i < verb.i < subjects[1].i and is_temporal(grammar, subjects[0]):
        attach(subjects[0], verb, "obl")


def _behind_comma(tree: Tree, lexicon: CueLexicon, entities: EntityLexicon, verb: Node) -> None:
    """ "De saknade ackreditering, *hävdar* en talesperson": behind the one comma stands who says what is before it."""
    said, speaker, comma = verb.child("nsubj"), verb.child("obj"), tree.left(verb)
    if said is None or speaker is None or comma is None or comma.text != "," or not said.i < comma.i < speaker.i:
        return
    forms = lexicon.verb_forms.get(verb.lower, ())
    speaks = any(Act.STATEMENT in form.entry.acts and form.entry.allows(Content.QUOTE) for form in forms)
    before = [node for node in tree.sentence_of(verb) if node.i < comma.i]
    if not speaks or any(not node.is_word for node in before):
        return
    # "påstod en anonym *anställd*": a participle with an article is somebody.
    somebody = entities.person_noun(speaker.text) or (speaker.upos == "ADJ" and speaker.child("det") is not None)
    if somebody or is_party(entities, speaker):
        attach(said, verb, "ccomp")
        attach(speaker, verb, "nsubj")


def _behind_speech(tree: Tree, lexicon: CueLexicon, verb: Node) -> None:
    """ "– Har någon åkt norrut? *frågar* Stig": what stands before the mark is no part of the verb's clause."""
    mark = tree.left(verb)
    if mark is None or mark.text not in {"?", "!"} or verb.lower not in lexicon.verb_forms:
        return
    asked = [child for child in verb.children if child.i < mark.i and child.upos != "PUNCT"]
    subject = next((child for child in asked if child.rel == "nsubj"), None)
    if subject is None:
        return
    for child in asked:
        attach(child, subject, child.word.deprel)
    attach(subject, verb, "ccomp")


def _behind_relative(tree: Tree, grammar: Grammar, lexicon: CueLexicon, verb: Node) -> None:
    """ "Thelin, vars kontrakt löper ut, *anklagar* ordföranden": the name that opens the sentence is the subject."""
    comma, sentence = tree.left(verb), tree.sentence_of(verb)
    after = verb.child("nsubj")
    if comma is None or comma.text != "," or after is None or after.i < verb.i or verb.lower not in lexicon.verb_forms:
        return
    opening = [node for node in sentence if node.i < verb.i]
    commas = [node for node in opening if node.text == ","]
    relative = tree.right(commas[0]) if commas else None
    if len(commas) != _PAIR or relative is None or relative.lower not in grammar.relative_pronouns:
        return
    name = opening[0]
    if name.upos != "PROPN" or name.rel == "flat" or verb.child("obj") is not None:
        return
    attach(after, verb, "obj")
    attach(name, verb, "nsubj")


def _of_age(tree: Tree, verb: Node) -> None:
    """ "Espérance Mbuyi, 42, *flydde*": what follows name and age is what the person did."""
    name = verb.head
    comma, age, mark = (tree.left(verb, k) for k in (1, 2, 3))
    if name is None or name.upos != "PROPN" or verb.child("nsubj") is not None or comma is None or mark is None:
        return
    if age is None or age.upos != "NUM" or (comma.text, mark.text) != (",", ",") or name.i >= mark.i:
        return
    between = [node for node in tree.nodes[name.i + 1 : mark.i] if node.head is not name or node.rel != "flat"]
    if not between:
        attach(verb, name.head, name.word.deprel)
        attach(name, verb, "nsubj")
