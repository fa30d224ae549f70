"""Repairs of what a small parser takes for verbs or makes of their arguments: supines, adverbs, names, subjects."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.extraction.hidden_verbs import restore_verbs
from app.extraction.repairs import attach
from app.lexicon.schema import Tense
from app.lexicon.territories import TerritoryRole
from app.resolution.phrases import is_temporal

if TYPE_CHECKING:
    from app.lexicon.cues import CueLexicon
    from app.lexicon.entities import EntityLexicon
    from app.lexicon.grammar import Grammar
    from app.parsing.tree import Node, Tree

_NOMINATIVE = frozenset({"han", "hon", "hen", "de", "jag", "vi", "man", "du", "ni"})
_HAVE = "ha"
_FOR = "för"
_MANAGE = frozenset({"lyckas", "lyckades", "lyckats"})
_REACH = 6
"""Words up to the supine of "har": "har i ett nytt yttrande *bedömt*"."""


def repair_verbs(tree: Tree, grammar: Grammar, lexicon: CueLexicon, entities: EntityLexicon) -> None:
    """Give supines of reporting verbs their "har", finite verbs their adverbs, nouns their adjectives, in place."""
    for sentence in tree.sentences:
        restore_verbs(tree.slice(sentence), lexicon)
        for node in tree.slice(sentence):
            if node.upos == "VERB":
                _fronted_object(node)
                _title(tree, entities, node)
                _managed(node)
                _behind_speech(tree, lexicon, node)
            if node.rel in {"obl:agent", "obl", "nmod"}:
                _reason(lexicon, node)
            if node.upos == "VERB" and node.text[:1].isupper():
                _name(tree, lexicon, entities, node)
            elif node.upos == "ADP" and node.text[:1].isupper():
                _first_name(tree, entities, node)
            elif node.lemma == _HAVE and node.upos in {"AUX", "VERB"}:
                _perfect(tree, lexicon, node)
                _perfect_infinitive(tree, node)
            elif node.upos == "VERB" and node.feat("VerbForm") == "Fin":
                _of_age(tree, node)
                _time_in_front(grammar, node)
                _second_subject(tree, lexicon, entities, node)
                _fronted_claim(lexicon, entities, node)
            elif node.upos == "VERB" and node.feat("VerbForm") == "Sup":
                _adverb(tree, lexicon, node)
            elif node.upos == "VERB" and node.feat("VerbForm") == "Inf":
                _adjective(tree, entities, node)


def _first_name(tree: Tree, entities: EntityLexicon, node: Node) -> None:
    """ "invänder *Per* Hallgren": a preposition that is a first name, before a name, is one."""
    after = tree.right(node)
    if after is None or after.upos != "PROPN" or node.head is not after or entities.gender_of_name(node.text) is None:
        return
    free = after.rel == "obl" and after.head is not None and after.head.child("nsubj") is None
    attach(node, after.head, "nsubj" if free else after.word.deprel)
    for child in [child for child in after.children if child is not node]:
        attach(child, node, child.word.deprel)
    attach(after, node, "flat:name")
    node.word = replace(node.word, upos="PROPN", feats={"Case": "Nom"})


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


def _title(tree: Tree, entities: EntityLexicon, node: Node) -> None:
    """ "säger arméns talesperson, *överste* Tekle Habte": a title before a name is no verb."""
    name, comma = tree.right(node), tree.left(node)
    if name is None or name.upos != "PROPN" or comma is None or comma.text != "," or entities.title(node.text) is None:
        return
    other = tree.left(comma)
    if name.head is not node or other is None or other.upos not in {"NOUN", "PROPN"}:
        return
    verb = next((n for n in other.ancestors() if n.upos == "VERB"), None)
    attach(name, other, "appos")
    for child in node.children:
        attach(child, verb, child.word.deprel)
    attach(node, name, "nmod")
    node.word = replace(node.word, upos="NOUN", feats={"Case": "Nom", "Number": "Sing"})


def _managed(verb: Node) -> None:
    """ "har inte *lyckats* verifiera": an auxiliary of what was managed or not."""
    done = verb.child("xcomp")
    if verb.lower not in _MANAGE or done is None or done.feat("VerbForm") != "Inf" or done.i < verb.i:
        return
    attach(done, verb.head, verb.word.deprel)
    for child in [child for child in verb.children if child is not done]:
        attach(child, done, "nsubj" if child.rel == "nsubj" else child.word.deprel)
    attach(verb, done, "aux")


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


def _fronted_object(verb: Node) -> None:
    """ "*Uppgiften* har Reuters inte bekräftat": the subject of a main clause stands right behind its auxiliary."""
    subjects = [child for child in verb.children if child.rel == "nsubj" and child.i < verb.i]
    auxiliaries = [child for child in verb.children if child.rel == "aux" and child.feat("VerbForm") == "Fin"]
    if len(subjects) == 2 and auxiliaries and subjects[0].i < auxiliaries[0].i < subjects[1].i:
        attach(subjects[0], verb, "obj")


def _fronted_claim(lexicon: CueLexicon, entities: EntityLexicon, verb: Node) -> None:
    """ "Den förklaringen avfärdar tingsrätten": what was said does not deny, the court does."""
    said, speaker = verb.child("nsubj"), verb.child("obj")
    if said is None or speaker is None or not said.i < verb.i < speaker.i or verb.lower not in lexicon.verb_forms:
        return
    hit = lexicon.noun_by_head(said.lower)
    if hit is None or not hit.form.definite or not hit.entry.refers_to or said.upos != "NOUN":
        return
    if speaker.upos == "PROPN" or entities.title(speaker.text) or entities.body_noun(speaker.text):
        attach(said, verb, "obj")
        attach(speaker, verb, "nsubj")


def _time_in_front(grammar: Grammar, verb: Node) -> None:
    """ "Några *timmar* senare tillkännagav Ankara tullar": of two subjects the time is none."""
    subjects = [child for child in verb.children if child.rel == "nsubj"]
    if len(subjects) == 2 and subjects[0].i < verb.i < subjects[1].i and is_temporal(grammar, subjects[0]):
        attach(subjects[0], verb, "obl")


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


def _second_subject(tree: Tree, lexicon: CueLexicon, entities: EntityLexicon, verb: Node) -> None:
    """A verb has one subject: in "ministern uppmanar verket och bolaget" the last is asked as well, not asking."""
    subjects = [child for child in verb.children if child.rel == "nsubj"]
    if verb.lower in lexicon.verb_forms and len(subjects) == 2 and verb.child("obj") is None:
        title = tree.left(subjects[1])
        beside = title is not None and title.head is subjects[1] and tree.left(title) in subjects[0].subtree()
        if subjects[0].i > verb.i and beside and all(subject.upos == "PROPN" for subject in subjects):
            # "I Etiopien kritiserar oppositionsledaren B. Assefa *premiärminister T. Lemma*"
            attach(subjects[1], verb, "obj")
            return
    if verb.lower not in lexicon.verb_forms or len(subjects) < 2 or not subjects[0].i < verb.i < subjects[-1].i:
        return
    before, opening = tree.left(verb), tree.slice(tree.sentences[verb.sentence])[0]
    if before is not None and not before.is_word and not opening.is_word:
        # "– Stanna hemma om du kan, säger direktören": the first is a word of what is said.
        return
    first, last = subjects[0], subjects[-1]
    named = first.upos == "PROPN" or entities.title(first.text) or entities.body_noun(first.text)
    owner = last.upos == "PROPN" and last.lower.endswith("s")
    if not named or owner or last.lower in _NOMINATIVE:
        return
    thing = verb.child("obj")
    coordinated = thing is not None and verb.i < thing.i < last.i and last.child("cc") is not None
    attach(last, thing if coordinated else verb, "conj" if coordinated else "obj")


def _name(tree: Tree, lexicon: CueLexicon, entities: EntityLexicon, node: Node) -> None:
    """ "Belarus utrikesminister *Viktar* Karatkevitj avvisar": a capital behind a noun, before a name, is no verb's.

    Nor is a first name that opens the sentence: "*Bo* Ståhl bekräftar".
    """
    before, after = tree.left(node), tree.right(node)
    if after is None or after.upos != "PROPN":
        return
    opens = before is None and entities.gender_of_name(node.text) is not None
    if not opens and (before is None or before.upos not in {"NOUN", "PROPN"}):
        return
    verbs = [child for child in node.children if child.i > after.i and child.lower in lexicon.verb_forms]
    if not verbs or (not opens and any(n.text in {",", ":", ";"} for n in tree.nodes[after.i : verbs[0].i])):
        return
    verb = verbs[0]
    attach(verb, node.head, node.word.deprel)
    for child in [child for child in node.children if child is not verb]:
        if child is before:
            attach(child, node, "nmod")
        elif child is after:
            attach(child, node, "flat:name")
        else:
            attach(child, verb, child.word.deprel)
    attach(node, verb, "nsubj")
    node.word = replace(node.word, upos="PROPN", feats={"Case": "Nom"})


def _perfect(tree: Tree, lexicon: CueLexicon, have: Node) -> None:
    """ "har länge *krävt* att": no adjective, "har hela tiden *avvisat* talet": no attribute of what follows."""
    if have.rel == "aux" and have.head is not None and have.head.feat("VerbForm") == "Sup":
        return
    for node in tree.nodes[have.i + 1 : min(have.i + 1 + _REACH, tree.sentences[have.sentence].stop)]:
        if node.upos in {"PUNCT", "SCONJ", "CCONJ"} or node.feat("VerbForm") in {"Fin", "Inf"}:
            return
        supine = any(form.tense is Tense.SUPINE for form in lexicon.verb_forms.get(node.lower, ()))
        misread = node.upos == "ADJ" or (node.upos == "VERB" and node.rel == "amod")
        if supine and misread and have not in node.ancestors() and node.head is not have:
            return
        if supine and misread:
            _take_over(have, node)
            return


def _perfect_infinitive(tree: Tree, have: Node) -> None:
    """ "uppges ha *förstärkt* gränsen": what follows the infinitive "ha" is its supine, no adjective."""
    node = tree.right(have)
    participle = node is not None and node.upos == "ADJ" and node.feat("VerbForm") == "Part"
    if node is None or not participle or not node.lower.endswith("t") or have.feat("VerbForm") != "Inf":
        return
    if have not in node.ancestors() and node.child("obj", "obl", "nsubj") is not None:
        attach(have, node, "aux")
        node.word = replace(node.word, upos="VERB", feats={"VerbForm": "Sup", "Voice": "Act"})


def _take_over(have: Node, supine: Node) -> None:
    """Make the supine the verb of the clause and "har" its auxiliary."""
    noun = supine.head if supine.rel == "amod" else None
    attach(supine, have.head, have.word.deprel)
    for child in [child for child in have.children if child is not supine]:
        attach(child, supine, "obj" if child is noun else "obl" if child.rel == "obj" else child.word.deprel)
    attach(have, supine, "aux")
    supine.word = replace(supine.word, upos="VERB", feats={"VerbForm": "Sup", "Voice": "Act"})


def _adverb(tree: Tree, lexicon: CueLexicon, node: Node) -> None:
    """ "som Addis Abeba *bestämt* avvisar": a supine without "har" before a finite verb is an adverb."""
    verb = tree.right(node)
    if verb is None or verb.head is not node or verb.feat("VerbForm") != "Fin" or node.child("aux") is not None:
        return
    if verb.upos != "VERB" or verb.lower not in lexicon.verb_forms:
        return
    attach(verb, node.head, node.word.deprel)
    for child in [child for child in node.children if child is not verb]:
        attach(child, verb, child.word.deprel)
    attach(node, verb, "advmod")
    node.word = replace(node.word, upos="ADV", feats={})


def _adjective(tree: Tree, entities: EntityLexicon, node: Node) -> None:
    """ "att *kinesiska* båtar förföljde honom": no infinitive, but the adjective of a state."""
    noun = tree.right(node)
    if noun is None or noun.upos != "NOUN" or entities.territories.first(node.text, TerritoryRole.ADJECTIVE) is None:
        return
    verb = next((child for child in node.children if child.i > noun.i and child.feat("VerbForm") == "Fin"), None)
    if noun in node.ancestors():
        node.word = replace(node.word, upos="ADJ", deprel="amod", feats={})
        return
    top = verb or noun
    attach(top, node.head, node.word.deprel)
    for child in [child for child in node.children if child is not top]:
        attach(child, top, child.word.deprel)
    if verb is not None:
        attach(noun, verb, "nsubj")
    attach(node, noun, "amod")
    node.word = replace(node.word, upos="ADJ", feats={})
