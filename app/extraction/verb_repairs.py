"""Repairs of what a small parser takes for verbs or not: supines, auxiliaries, adverbs, titles, names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.extraction.argument_repairs import repair_arguments
from app.extraction.attachment import attach
from app.extraction.claim_clauses import repair_claim_clause
from app.extraction.free_relatives import repair_free_relative
from app.extraction.hidden_verbs import restore_verbs
from app.extraction.oblique_repairs import repair_obliques
from app.lexicon.schema import Tense
from app.lexicon.territories import TerritoryRole

if TYPE_CHECKING:
    from app.lexicon.cues import CueLexicon
    from app.lexicon.entities import EntityLexicon
    from app.lexicon.grammar import Grammar
    from app.parsing.tree import Node, Tree

_HAVE = "ha"
_BE, _ITSELF = "vare", "sig"
_MANAGE = frozenset({"lyckas", "lyckades", "lyckats"})
_REACH = 6
"""Words up to the supine of "har": "har i ett nytt yttrande *bedömt*"."""


def repair_verbs(tree: Tree, grammar: Grammar, lexicon: CueLexicon, entities: EntityLexicon) -> None:
    """Make verbs of what only a verb can be and other words of what is none, each with its own arguments, in place."""
    for sentence in tree.sentences:
        _whether(tree.slice(sentence))
        restore_verbs(tree.slice(sentence), lexicon)
        for node in tree.slice(sentence):
            if node.upos == "VERB":
                _title(tree, entities, node)
                _owned_word(tree, lexicon, node)
                _managed(node)
            if node.upos == "ADJ":
                _somebody(entities, node)
            repair_obliques(tree, grammar, lexicon, node)
            repair_arguments(tree, grammar, lexicon, entities, node)
            if node.upos == "VERB" and node.text[:1].isupper():
                _name(tree, lexicon, entities, node)
            elif node.upos == "ADP" and node.text[:1].isupper():
                _first_name(tree, entities, node)
            elif node.lemma == _HAVE and node.upos in {"AUX", "VERB"}:
                _perfect(tree, lexicon, node)
                _perfect_infinitive(tree, node)
            elif node.upos == "VERB" and node.feat("VerbForm") == "Sup":
                _adverb(tree, lexicon, node)
            elif node.upos == "VERB" and node.feat("VerbForm") == "Inf":
                _adjective(tree, entities, node)
        repair_free_relative(tree.slice(sentence), lexicon, entities)
        repair_claim_clause(tree.slice(sentence), grammar, lexicon, entities)


def _whether(nodes: list[Node]) -> None:
    """ "inte bekräfta *vare sig* programmets eller bolagets version": two words of one conjunction."""
    for first, second, third in zip(nodes, nodes[1:], nodes[2:], strict=False):
        if first.lower == _BE and second.lower == _ITSELF:
            for node in (first, second):
                attach(node, third, "cc:preconj")
                node.word = replace(node.word, upos="CCONJ", feats={})


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
    for child in list(node.children):
        attach(child, verb, child.word.deprel)
    attach(node, name, "nmod")
    node.word = replace(node.word, upos="NOUN", feats={"Case": "Nom", "Number": "Sing"})


def _somebody(entities: EntityLexicon, node: Node) -> None:
    """ "Nu tog *facket* ställning", "önskade sig *ordföranden* att": a definite noun for somebody is no adjective."""
    known = entities.title(node.text) or entities.body_noun(node.text)
    if known is None or not known.form.definite or known.form.plural or not node.text.islower():
        return
    thing = node.head if node.rel == "amod" else None
    verb = thing.head if thing is not None and thing.rel in {"nsubj", "obj"} else node.head
    if verb is None or verb.upos != "VERB" or node.i < verb.i or node.rel not in {"amod", "xcomp", "obj"}:
        return
    if any(child.rel == "nsubj" and child is not thing for child in verb.children):
        return
    node.word = replace(node.word, upos="NOUN", feats={"Case": "Nom", "Definite": "Def", "Number": "Sing"})
    attach(node, verb, "nsubj")
    if thing is not None and thing.rel == "nsubj":
        attach(thing, verb, "obj")


def _owned_word(tree: Tree, lexicon: CueLexicon, node: Node) -> None:
    """ "Lehtos *slutsats* välkomnas av talespersonen": behind a genitive stands the noun, no verb."""
    owner, verb = tree.left(node), node.head
    if owner is None or verb is None or owner.head is not node or not owner.lower.endswith("s"):
        return
    if node.lower in lexicon.verb_forms or lexicon.noun_by_head(node.lower) is None or node.rel != "aux":
        return
    attach(node, verb, "nsubj")
    attach(owner, node, "nmod:poss")
    node.word = replace(node.word, upos="NOUN", feats={"Case": "Nom"})


def _managed(verb: Node) -> None:
    """ "har inte *lyckats* verifiera": an auxiliary of what was managed or not, which is active: a subject acts."""
    done = verb.child("xcomp")
    if verb.lower not in _MANAGE or done is None or done.feat("VerbForm") != "Inf" or done.i < verb.i:
        return
    attach(done, verb.head, verb.word.deprel)
    for child in [child for child in verb.children if child is not done]:
        attach(child, done, "nsubj" if child.rel == "nsubj" else child.word.deprel)
    attach(verb, done, "aux")


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
    done = next((n for n in have.children if n.rel in {"xcomp", "obj"} and n.feat("VerbForm") == "Sup"), None)
    if done is not None and done.upos == "VERB" and done.i > have.i:
        # "Enligt facket har flygbolaget Celtax *mutat* domare", "har i ett brev *vidhållit* att …"
        _take_over(have, done)
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
    if node is not None and node.head is have and node.feat("VerbForm") == "Sup" and have.feat("VerbForm") == "Inf":
        # "Mannen ska *ha flytt*"
        _take_over(have, node)
        return
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
    before, verb = tree.left(node), tree.right(node)
    if before is not None and node.head is before and node.rel == "xcomp" and before.feat("VerbForm") == "Fin":
        # "säger *bestämt* nej till förslaget"
        if before.upos == "VERB" and before.lemma != _HAVE and node.child("aux") is None:
            for child in list(node.children):
                attach(child, before, child.word.deprel)
            node.word = replace(node.word, upos="ADV", deprel="advmod", feats={})
        return
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
