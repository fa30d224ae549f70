"""Repairs of what a preposition ties to a verb: whose agent, reason, particle or predicate it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.extraction.attachment import attach
from app.lexicon.schema import ObjectRole
from app.resolution.phrases import is_temporal

if TYPE_CHECKING:
    from app.lexicon.cues import CueLexicon
    from app.lexicon.grammar import Grammar
    from app.parsing.tree import Node, Tree

_FOR = "för"
_AGAINST = frozenset({"mot", "emot"})
_SEIZES = ("passa", "på")
_TO = "att"
_TURN = "tur"
_AS_WELL, _AS = frozenset({"såväl"}), "som"
_REACH = 8
"""Words between "såväl" and its "som"."""


def repair_obliques(tree: Tree, grammar: Grammar, lexicon: CueLexicon, node: Node) -> None:
    """Hang ``node``, or what a preposition ties to it, where it belongs, in place."""
    if node.rel in {"obl:agent", "obl", "nmod"}:
        _reason(lexicon, node)
    if node.upos == "AUX" and node.rel == "cop":
        _of_opinion(lexicon, node)
    if node.lower == _TURN:
        _in_turn(tree, node)
    if node.lower in grammar.source_prepositions and node.rel == "case":
        _source(tree, node)
    if node.lower in _AS_WELL:
        _as_well(tree, node)
    if node.upos == "VERB":
        _why(lexicon, node)
        _asked(lexicon, node)
        _own_preposition(lexicon, node)
        _agent(node)
        _infinitive(tree, grammar, node)


def _as_well(tree: Tree, opening: Node) -> None:
    """ "anklagar *såväl* Sudans armé *som* RSF-milisen för krigsbrott": "som" coordinates."""
    first = opening.head
    behind = (n for n in tree.sentence_of(opening) if opening.i < n.i <= opening.i + _REACH)
    as_ = next((node for node in behind if node.lower == _AS), None)
    if first is None or as_ is None or first.upos not in {"NOUN", "PROPN"} or first.i > as_.i:
        return
    second = as_.head if as_.head is not None and as_.head.i > as_.i else tree.right(as_)
    if second is None or second.upos not in {"NOUN", "PROPN"}:
        return
    for child in [child for child in second.children if child.i > second.i and child.child("case") is not None]:
        attach(child, first.head, "obl")
    attach(second, first, "conj")
    attach(as_, second, "cc")
    as_.word = replace(as_.word, upos="CCONJ")


def _source(tree: Tree, preposition: Node) -> None:
    """ "Enligt *fackförbundet Kommunals* skyddsombud Yasmin Öberg": the preposition governs the whole phrase."""
    head = first = preposition.head
    while head is not None and head.rel in {"nmod", "nmod:poss"} and head.head is not None and head.head.i > head.i:
        if head.head.upos not in {"NOUN", "PROPN"} or not all(n.is_word for n in tree.nodes[head.i : head.head.i]):
            break
        head = head.head
    if head is None or first is None or head is first or head.child("case") is not None:
        return
    attach(preposition, head, "case")
    if head.rel in {"obj", "nsubj"}:
        attach(head, head.head, "obl")


def _asked(lexicon: CueLexicon, verb: Node) -> None:
    """ "ber *alla som sett något* att höra av sig": the infinitive is what they are asked, not what they saw."""
    asks = any(form.entry.object is ObjectRole.ADDRESSEE for form in lexicon.verb_forms.get(verb.lower, ()))
    people = verb.child("obj")
    relative = people.child("acl") if people is not None and asks else None
    if people is None or relative is None or people.i < verb.i:
        return
    for child in [c for c in relative.children if c.rel in {"xcomp", "advcl", "ccomp"} and c.i > relative.i]:
        mark = child.child("mark")
        if mark is not None and mark.lower == "att" and child.feat("VerbForm") == "Inf":
            attach(child, verb, "xcomp")


def _of_opinion(lexicon: CueLexicon, is_: Node) -> None:
    """ "Facket *är* av uppfattningen att …": the verb of a light verb construction, no copula."""
    noun = is_.head
    case = noun.child("case") if noun is not None else None
    if noun is None or case is None or noun.upos != "NOUN":
        return
    entries = [form.entry for form in lexicon.verb_forms.get(is_.lower, ())]
    if not any(entry.particle == (case.lower,) and noun.lemma in entry.nouns for entry in entries):
        return
    attach(is_, noun.head, noun.word.deprel)
    attach(noun, is_, "obl")
    for child in [child for child in noun.children if child.rel in {"nsubj", "acl", "advmod"}]:
        attach(child, is_, "ccomp" if child.rel == "acl" else child.word.deprel)
    is_.word = replace(is_.word, upos="VERB")


def _in_turn(tree: Tree, turn: Node) -> None:
    """ "anklagar *i sin tur* Israel": an adverb of the verb, whose object follows."""
    preposition, name = tree.left(turn, 2), turn.head
    verb = name.head if name is not None else None
    if preposition is None or preposition.lower != "i" or name is None or verb is None or verb.upos != "VERB":
        return
    if name.i > turn.i and preposition.head is name:
        attach(turn, verb, "obl")
        attach(preposition, turn, "case")
        attach(name, verb, "obj")


def _agent(verb: Node) -> None:
    """ "Nu kritiseras banken Almgård *av facket*": who acts in a passive belongs to the verb, not to a name."""
    subject = verb.child("nsubj") if verb.feat("Voice") == "Pass" else None
    if subject is None or subject.i < verb.i or subject.upos != "PROPN":
        return
    for child in [child for child in subject.children if child.rel == "nmod" and child.i > subject.i]:
        case = child.child("case")
        if case is not None and case.lower == "av":
            attach(child, verb, "obl:agent")


def _infinitive(tree: Tree, grammar: Grammar, verb: Node) -> None:
    """ "skyndade sig *på kvällen* att dementera", "passade *på* att dementera": the infinitive belongs to the verb."""
    mark, governor = verb.child("mark"), verb.head
    if verb.feat("VerbForm") != "Inf" or mark is None or governor is None or governor.i > verb.i:
        return
    if verb.rel == "acl" and is_temporal(grammar, governor) and governor.head is not None:
        if governor.rel == "obl" and governor.head.upos == "VERB":
            attach(verb, governor.head, "xcomp")
    elif verb.rel == "advcl" and governor.upos == "VERB":
        marks = [child.lower for child in verb.children if child.rel == "mark"]
        adverbials = [child.subtree() for child in governor.children if child.rel == "obl" and child.i < mark.i]
        bare = marks == [_TO] and any(tree.left(mark) in phrase for phrase in adverbials)
        if bare or (marks[0] == _SEIZES[1] and governor.lemma == _SEIZES[0]):
            attach(verb, governor, "xcomp")


def _own_preposition(lexicon: CueLexicon, verb: Node) -> None:
    """ "Facket klagar *över* höjda priser": a preposition of the verb's, no particle."""
    particle, thing = verb.child("compound"), verb.child("obj")
    if particle is None or thing is None or particle.upos != "ADP" or not verb.i < particle.i < thing.i:
        return
    entries = [form.entry for form in lexicon.verb_forms.get(verb.lower, ()) if not form.entry.particle]
    beside = min(node.i for node in thing.subtree()) == particle.i + 1
    if beside and any(particle.lower in entry.content_prepositions for entry in entries):
        attach(particle, thing, "case")
        attach(thing, verb, "obl")


def _why(lexicon: CueLexicon, verb: Node) -> None:
    """ "tackar bolaget *för stödet*", "riktar kritik mot bolaget *för dröjsmålet*": why, not which company."""
    entries = [form.entry for form in lexicon.verb_forms.get(verb.lower, ()) if _FOR in form.entry.content]
    judged = any(entry.object in {ObjectRole.EVALUATED, ObjectRole.ACCUSED} for entry in entries)
    for somebody in [child for child in verb.children if child.i > verb.i and child.rel in {"obj", "obl"}]:
        case = somebody.child("case")
        noun = case is not None and case.lower in _AGAINST and any(entry.nouns for entry in entries)
        if not (noun or (judged and case is None and somebody.rel == "obj")):
            continue
        if somebody.text[:1].isupper() and somebody.upos == "NOUN":
            # "Myndigheten *för psykologiskt försvar*"
            continue
        for child in [child for child in somebody.children if child.rel == "nmod" and child.i > somebody.i]:
            preposition = child.child("case")
            if preposition is not None and preposition.lower == _FOR:
                attach(child, verb, "obl")


def _reason(lexicon: CueLexicon, agent: Node) -> None:
    """ "kritiseras av facket *för brister*", "får kritik av facket *för brister*": why, not which union."""
    case, governor = agent.child("case"), agent.head
    if case is None or case.lower != "av" or governor is None:
        return
    noun = lexicon.noun_by_head(governor.lower) if governor.upos == "NOUN" else None
    forms = lexicon.verb_forms.get(governor.lower, ()) if governor.upos == "VERB" else ()
    if not any(_FOR in form.entry.content for form in forms) and (noun is None or _FOR not in noun.entry.content):
        return
    if agent.text[:1].isupper() and agent.upos == "NOUN":
        # "Myndigheten *för psykologiskt försvar*"
        return
    for child in [child for child in agent.children if child.rel == "nmod" and child.i > agent.i]:
        preposition = child.child("case")
        if preposition is not None and preposition.lower == _FOR:
            attach(child, governor, "obl" if forms else "nmod")
