"""Repairs of phrases that belong together: a title and a name, an acronym, people at a body, a body at a place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.extraction.attachment import attach

if TYPE_CHECKING:
    from app.lexicon.entities import EntityLexicon
    from app.lexicon.grammar import Grammar
    from app.parsing.tree import Node, Tree

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "X"})
_WORKPLACE = frozenset({"vid", "inom", "hos"})  # "forskare *vid* institutet"
_ARTICLES = frozenset({"den", "det", "de"})
_IN = "i"
_OPENERS = frozenset('"”“»')
_ACRONYM = 5
"""Letters of the longest name between commas that is taken for an acronym."""


def repair_phrase(tree: Tree, grammar: Grammar, entities: EntityLexicon, words: tuple[Node, Node, Node]) -> None:
    """Join what three words in a row show to be one phrase, in place."""
    first, middle, last = words
    if first.text == "(" and last.text == ")" and middle.head is not None:
        # "Petra Wall (S), *som kallar* …"
        for child in [child for child in middle.children if child.rel == "acl" and child.i > last.i]:
            attach(child, middle.head, child.word.deprel)
    if first.upos == "DET" and middle.head is last and last.feat("Definite") == "Def":
        _document(entities, first, middle, last)
    if first.lower in _ARTICLES and middle.lower in grammar.former | grammar.latter:
        _one_of_two(first, middle, last)
    if middle.text in _OPENERS and first.rel == "obj" and last.rel == "parataxis" and last.upos == "ADJ":
        # "som kallar situationen ”ovärdig”"
        attach(last, first.head, "xcomp")
    if first.text == ",":
        _told_twice(tree, entities, first)
        _title_behind(tree, entities, first, middle)
    if first.text == "," and middle.upos == "PROPN":
        _part_apposition(tree, middle)
        _listed(grammar, tree, middle)
    if first.upos == "ADP" and first.head is last and middle.upos == "NOUN" and _announces(entities, middle, last):
        # "vid elbolaget Litgrid": the noun announces the name.
        attach(middle, last, "nmod")
    if middle.lower == _IN and middle.head is not None and last.text[:1].isupper():
        _seat(grammar, entities, first, middle.head)
    governing = middle.child("case")
    if governing is not None and governing.i < middle.i and middle.head is last and middle.rel == "nmod":
        # "enligt Västermo tingsrätt", "enligt FN:s flyktingorgan UNHCR": it governs the whole name.
        attach(governing, last, "case")
    if first.upos == "ADP" and first.head is middle and last.rel == "obl" and last.child("case") is None:
        _governed(first, middle, last)
    if middle.lower == "i" and last.upos == "PROPN":
        _seated(entities, first, middle, last)
    somebody = first.upos == "ADJ" and first.rel == "nsubj" and entities.person_noun(first.text) is not None
    if (first.upos == "NOUN" or somebody) and _tells_which(grammar, entities, first, middle, last):
        _employed(grammar, entities, first, middle)


def _announces(entities: EntityLexicon, noun: Node, name: Node) -> bool:
    body = entities.body_noun(noun.text)
    definite = body is not None and body.form.definite and not body.form.plural and name.text[:1].isupper()
    return noun.head is name.head or (definite and noun not in name.ancestors() and noun.child("case") is None)


def _tells_which(grammar: Grammar, entities: EntityLexicon, first: Node, middle: Node, last: Node) -> bool:
    """Whether the preposition ties somebody to a body or place: "diplomater *i* Nairobi"."""
    if middle.lower in _WORKPLACE or (middle.lower == "med" and last.lemma in grammar.knowing):
        return True
    if middle.lower == "på" and entities.body_noun(last.text) is not None:
        # "en säljare på bolaget"
        return True
    title = entities.title(first.text) if middle.lower == "för" else None
    if title is not None and title.entry.speaks_for:
        # "hävdar en talesperson för polisen"
        return True
    return middle.lower == "i" and last.upos == "PROPN" and first.feat("Number") == "Plur"


def _listed(grammar: Grammar, tree: Tree, name: Node) -> None:
    """ "Greta Thunberg, *Luisa Neubauer* och en rad aktivister": a list of people, nobody told of twice."""
    first = name.head
    if first is None or first.upos != "PROPN" or first.i > name.i or name.rel not in {"appos", "nmod", "conj"}:
        return
    if "PER" not in first.word.ner or "PER" not in name.word.ner:
        return
    last = max([name, *(child for child in name.children if child.rel == "flat")], key=lambda node: node.i)
    after = tree.right(last)
    if after is None or after.lower not in grammar.coordinators:
        return
    attach(name, first, "conj")
    for child in [child for child in name.children if child.child("cc") is not None]:
        attach(child, first, "conj")


def _part_apposition(tree: Tree, node: Node) -> None:
    """No further member of a list is a name between commas that no "och" follows.

    An acronym ("Inspektionen för vård och omsorg, Ivo,"), a full name ("En fiskare från Palawan, Jomar Reyes, sade").
    """
    if node.head is None or node.rel not in {"conj", "appos"} or node.child("cc"):
        return
    name = [node, *(child for child in node.children if child.rel == "flat")]
    if len(name) == 1 and node.head.child("flat") is not None:
        # The parse gave the surname to what stands before the comma.
        name += [child for child in node.head.children if child.rel == "flat" and child.i == node.i + 1]
    after = tree.right(name[-1])
    if after is None or after.text != ",":
        return
    acronym = len(name) == 1 and len(node.text) <= _ACRONYM and node.rel == "conj"
    verb = tree.right(after)
    told_apart = node.rel == "appos" or (verb is not None and verb.feat("VerbForm") == "Fin")
    person = len(name) > 1 and told_apart and "LOC" not in node.word.ner and "ORG" not in node.word.ner
    if not (acronym or person):
        return
    for part in name[1:]:
        attach(part, node, "flat:name")
    attach(node, _top(node.head), "appos")


def _one_of_two(article: Node, which: Node, following: Node) -> None:
    """ "skriver *den senare* att": no later thing, but the second of two."""
    if following.upos in {"NOUN", "PROPN", "ADJ"} or following.lower == "som":
        return
    apart = which.head is not None and which.head.upos in {"VERB", "AUX"} and article.rel != "det"
    if apart:
        attach(which, article.head, article.word.deprel)
    elif which.rel == "advmod":
        attach(which, which.head, "nsubj")
    attach(article, which, "det")
    which.word = replace(which.word, upos="ADJ", feats={"Case": "Nom", "Definite": "Def"})


def _seat(grammar: Grammar, entities: EntityLexicon, body: Node, place: Node) -> None:
    """ "Nu kräver *Länsstyrelsen i Dalarna* besked": behind a verb the place still tells which of many bodies it is."""
    verb = place.head
    if verb is None or verb is not body.head or place.rel != "obl" or not verb.i < body.i < place.i:
        return
    hit, known = entities.body_noun(body.text), entities.organisation(body.text)
    sort = known.organisation.sort if known is not None else None
    many = hit is not None and hit.form.definite and {hit.form.lemma, hit.prefix + hit.form.lemma} & _many(grammar)
    if (many or sort in grammar.associations) and place.text[:1].isupper() and entities.kind_of(place.text) is None:
        attach(place, body, "nmod")


def _many(grammar: Grammar) -> frozenset[str]:
    return grammar.seated | grammar.associations


def _title_behind(tree: Tree, entities: EntityLexicon, comma: Node, title: Node) -> None:
    """ "Kritik riktas mot Per Lund, *talesperson* för polisen": a bare title behind a name is no second subject."""
    name, verb = tree.left(comma), title.head
    if name is None or name.upos != "PROPN" or title.upos != "NOUN" or title.feat("Definite") == "Def":
        return
    if verb is None or verb.upos != "VERB" or verb.i > comma.i or title.child("det", "amod", "case") is not None:
        return
    if title.rel in {"nsubj", "nsubj:pass", "obj", "obl"} and entities.title(title.text) is not None:
        attach(title, _top(name), "appos")


def _told_twice(tree: Tree, entities: EntityLexicon, comma: Node) -> None:
    """ "säger missionens chef, *den finländska generalmajoren Riitta Salmela*": one person, title and name."""
    before = tree.left(comma)
    if before is None or before.upos != "NOUN":
        return
    if entities.title(before.text) is None and entities.person_noun(before.text) is None:
        return
    node = tree.right(comma)
    while node is not None and node.upos in {"DET", "ADJ"} and entities.title(node.text) is None:
        node = tree.right(node)
    name = tree.right(node) if node is not None else None
    if node is None or name is None or name.upos != "PROPN" or entities.title(node.text) is None:
        return
    if name in before.subtree() or before in name.subtree() or name.rel == "flat" or name.head is None:
        return
    attach(name, before, "appos")
    attach(node, name, "nmod")
    node.word = replace(node.word, upos="NOUN", feats={"Case": "Nom", **node.word.feats})


def _document(entities: EntityLexicon, article: Node, document: Node, thing: Node) -> None:
    """ "tar enligt *ett brev* händelsen på allvar": a definite noun behind an indefinite one is another's."""
    case = thing.child("case")
    if article.feat("Definite") != "Ind" or case is None or case.i >= article.i or document.text[:1].isupper():
        return
    if entities.document(document.text) is None or document.rel not in {"amod", "nmod", "compound"}:
        return
    attach(document, thing.head, thing.word.deprel)
    attach(thing, document.head, "obj")
    attach(case, document, "case")
    attach(article, document, "det")
    document.word = replace(document.word, upos="NOUN", feats={"Definite": "Ind", "Case": "Nom"})


def _governed(preposition: Node, noun: Node, name: Node) -> None:
    """ "340 anställda på rederiet *Havslinjen* tas ut": a name without a preposition of its own goes with the noun."""
    if noun.feat("Definite") != "Def" or name.upos != "PROPN" or name in noun.ancestors() or noun in name.ancestors():
        return
    attach(name, noun.head, noun.word.deprel)
    attach(noun, name, "nmod")
    attach(preposition, name, "case")


def _employed(grammar: Grammar, entities: EntityLexicon, noun: Node, preposition: Node) -> None:
    """ "Det skriver forskare *vid Kiruna klimatinstitut*": the phrase tells which researchers, not where they write."""
    place = preposition.head
    body = entities.body_noun(noun.text)
    people = (
        grammar.is_agentive(noun.lemma)
        or noun.lemma in grammar.unnamed_sources
        or entities.title(noun.text) is not None
        or entities.person_noun(noun.text) is not None
        or (body is not None and body.entry.kind is ActorKind.GROUP)
    )
    indefinite = noun.feat("Definite") != "Def" and people
    beside = place is not None and place.i > preposition.i and place.head is noun.head
    if place is not None and beside and indefinite and place.rel in {"obl", "obj"}:
        attach(place, noun, "nmod")


def _seated(entities: EntityLexicon, body: Node, preposition: Node, place: Node) -> None:
    """ "gav *Länsstyrelsen i Jämtland*": the place tells which one of many bodies."""
    known = entities.body_noun(body.text)
    if known is None or not known.form.definite or known.form.plural or preposition.head is not place:
        return
    # "*Internationella domstolen* i Haag"
    top = body.head if body.rel == "flat" and body.head is not None else body
    if place.head is top.head and place.rel == "obl" and top.rel in {"nsubj", "obj", "obl"}:
        attach(place, top, "nmod")


def _top(node: Node) -> Node:
    while node.rel in {"conj", "nmod"} and node.head is not None and node.head.upos in _NOMINAL:
        node = node.head
    return node
