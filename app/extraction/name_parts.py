"""Names of several words that a parse takes apart: "kräver *Malmö universitet* att", "*Djurgårdens IF* säger"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from app.extraction.attachment import attach, join_name
from app.lexicon.territories import TerritoryRole
from app.resolution.proper_names import NAME_PARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.lexicon.entities import EntityLexicon
    from app.lexicon.grammar import Grammar
    from app.parsing.tree import Node, Tree

_ARGUMENTS = frozenset({"nsubj", "obj", "iobj", "obl", "root", "appos", "conj"})
_PAIR = 2
_DEFINITE_OWNER = ("ens", "ets", "nas")
_NO_NAME = frozenset({"VERB", "AUX", "PRON", "ADV", "ADP", "DET"})
_CASELESS = frozenset({"nsubj", "obj", "iobj"})


def join_parts(tree: Tree, grammar: Grammar, entities: EntityLexicon, nodes: list[Node]) -> None:
    """Make one phrase of the parts of each name in a sentence, in place."""
    words = [node for node in nodes if node.is_word]
    if len(words) > 1:
        _opening_person(entities, words[0], words[1])
    _people(tree, nodes)
    _organisations(tree, nodes)
    _announced_owners(entities, grammar, nodes)
    for first, second in pairwise(nodes):
        _given_in_s(entities, first, second)
        _owned(grammar, entities, first, second)
        _beside(grammar, entities, first, second)
        _owning(entities, first, second)
        _seat(entities, first, second)
        if second.rel == "flat" and (case := second.child("case")) is not None and second.head is not None:
            # "Enligt Region *Stockholm*": the preposition governs the whole name.
            attach(case, second.head, "case")


def _opening_person(entities: EntityLexicon, first: Node, second: Node) -> None:
    """ "*Bo* Ek svarar": a first name before a capital opens the sentence, whatever else the word may mean."""
    capital = second.text[:1].isupper() and second.upos in {"NOUN", "PROPN"}
    if first.upos == "PROPN" or not capital or entities.gender_of_name(first.text) is None:
        return
    others = [child for child in first.children if child is not second]
    verb = first.head or next((c for c in others if c.i > second.i and c.feat("VerbForm") == "Fin"), None)
    if second.head is first and verb is not None:
        if first.head is None:
            attach(verb, None, "root")
        attach(first, verb, "nsubj")
        for child in others:
            attach(child, verb, child.word.deprel)
    attach(second, first, "flat:name")
    for node in (first, second):
        node.word = replace(node.word, upos="PROPN", feats={"Case": "Nom"})


def _given_in_s(entities: EntityLexicon, first: Node, second: Node) -> None:
    """ "*Dennis* Ström håller inte med": a first name that ends as an owner does, before a surname, owns nothing."""
    owner = first.head is second and first.deprel == "nmod:poss" and first.text[:1].isupper()
    surname = second.upos == "PROPN" and second.text[:1].isupper() and second.text.isalpha()
    if owner and surname and first.lower.endswith("s") and entities.gender_of_name(first.text) is not None:
        genitive = second.feat("Case") == "Gen"
        join_name([first, second])
        if genitive:
            first.word = replace(first.word, feats={"Case": "Gen"})


def _tagged(tree: Tree, nodes: list[Node], kind: str) -> Iterator[list[Node]]:
    """The words of each entity of a kind that the entity tagger found in a sentence."""
    for entity in tree.parsed.sentences[nodes[0].sentence].entities if nodes else ():
        inside = [node for node in nodes if entity.start <= node.start and node.end <= entity.end]
        if entity.type == kind and inside:
            yield inside


def _people(tree: Tree, nodes: list[Node]) -> None:
    """ "hävdar *von der Leyen* att", "hävdar *Strömmer* att": words of somebody's name that were taken for others."""
    for inside in _tagged(tree, nodes, "PER"):
        if inside[0].i == nodes[0].i or not inside[-1].text[:1].isupper():
            continue
        whole = all(n.text[:1].isupper() or n.lower in NAME_PARTICLES for n in inside)
        taken = [node for node in inside if node.upos in _NO_NAME]
        if not whole or not taken or any(node.feat("Case") == "Gen" for node in inside[:-1]):
            continue
        tops = [node for node in inside if node.head not in inside]
        head = inside[0]
        top = next((node for node in tops if node.rel in _CASELESS), tops[0])
        if top.head is None or any(child not in inside for node in taken for child in node.children):
            continue
        attach(head, top.head, top.word.deprel)
        for node in inside:
            node.word = replace(node.word, upos="PROPN", feats={"Case": node.feat("Case") or "Nom"})
            if node is not head:
                attach(node, head, "flat:name")


def _organisations(tree: Tree, nodes: list[Node]) -> None:
    """What the entity tagger has for one body and the parser for two arguments of a verb."""
    for inside in _tagged(tree, nodes, "ORG"):
        if len(inside) < _PAIR or not inside[0].text[:1].isupper():
            continue
        tops = [node for node in inside if node.head not in inside]
        verbs = {node.head for node in tops}
        if len(tops) == 1 and inside[0].i == nodes[0].i and _is_bare(tops[0]):
            # "*Malmö stad* kritiserar universitetet"
            tops[0].word = replace(tops[0].word, deprel="nsubj")
        if len(tops) < 2 or len(verbs) > 1 or any(node.rel not in _CASELESS for node in tops):
            continue
        last = inside[-1]
        head = last if last.upos == "NOUN" and last.text.islower() else inside[0]
        verb = next(iter(verbs))
        relation = next((n.word.deprel for n in tops if n.rel == "nsubj"), tops[0].word.deprel)
        before = _object_in_front(verb, tops) if verb is not None and relation == "nsubj" else None
        if before is not None:
            # "*Malmö universitet* kritiserar Malmö stad": who stands in front acts.
            before.word = replace(before.word, deprel="nsubj")
            relation = "obj"
        for node in tops:
            if node is not head:
                attach(node, head, "flat:name" if head is inside[0] else "nmod")
        attach(head, verb, relation)


def _is_bare(top: Node) -> bool:
    """Whether a phrase without a preposition stands before a verb that has no subject."""
    verb = top.head
    bare = top.rel == "obl" and top.child("case") is None and verb is not None and verb.upos == "VERB"
    return bare and verb is not None and verb.child("nsubj") is None and top.i < verb.i


def _object_in_front(verb: Node, tops: list[Node]) -> Node | None:
    """The name before the verb that the parse has for its object, where it has subject and object in one name."""
    torn = {node.rel for node in tops} == {"nsubj", "obj"} and all(node.i > verb.i for node in tops)
    fronted = (c for c in verb.children if c.rel == "obj" and c.i < verb.i and c.upos in {"NOUN", "PROPN"})
    return next(fronted, None) if torn else None


def _owned(grammar: Grammar, entities: EntityLexicon, first: Node, second: Node) -> None:
    """ "*Djurgårdens IF*", "*Vidablås Energi*", "*Göteborg Film*": one name, whose first word owns nothing."""
    hangs = first.head is second and first.rel in {"nmod", "amod", "compound"} and first.child("case") is None
    capitals = first.text[:1].isupper() and second.text[:1].isupper()
    if not hangs or not capitals or grammar.is_temporal(first.lower):
        # "*Dagens* Industri" stays an owner's.
        return
    bare = first.upos == "PROPN" and first.feat("Case") != "Gen" and not first.lower.endswith(("s", "x", "z"))
    if second.lower not in grammar.body_forms and (not bare or entities.gender_of_name(second.text) is not None):
        return
    join_name([first, second])


def _owning(entities: EntityLexicon, first: Node, second: Node) -> None:
    """ "*Region Hallands* svar är att": the sort that a name begins with owns what the name does."""
    owned = second.head if second.deprel == "nmod:poss" else None
    sort = entities.body_noun(first.text) if first.text[:1].isupper() and first.head is not second else None
    if owned is None or sort is None or sort.form.definite or sort.form.plural or sort.prefix:
        return
    if second.upos != "PROPN" or first.feat("Case") == "Gen":
        return
    attach(first, owned, "nmod:poss")
    attach(second, first, "flat:name")
    first.word = replace(first.word, upos="PROPN")


def _seat(entities: EntityLexicon, first: Node, second: Node) -> None:
    """ "*Solna* tingsrätt har": what does not end as an owner does owns nothing, but begins the name."""
    body = entities.body_noun(second.text) if second.text.islower() else None
    owner = first.deprel == "nmod:poss" and first.head is second and first.upos == "PROPN"
    if owner and body is not None and not body.form.definite and not first.lower.endswith(("s", "x", "z")):
        first.word = replace(first.word, deprel="nmod")


def _announced_owners(entities: EntityLexicon, grammar: Grammar, nodes: list[Node]) -> None:
    """ "organisationen *Djurens vänner*": behind its noun a civil body that is called so owns nothing."""
    for sort, owner, owned in zip(nodes, nodes[1:], nodes[2:], strict=False):
        if not owner.text[:1].isupper() or not owner.lower.endswith(_DEFINITE_OWNER) or not owned.text.islower():
            continue
        body = entities.body_noun(sort.text) if sort.text.islower() or sort is nodes[0] else None
        if body is None or not body.form.definite or body.form.plural or owned.upos != "NOUN":
            continue
        civil = any(body.form.lemma.endswith(noun) for noun in grammar.purposeful)
        bare = owned.feat("Definite") == "Ind" and entities.title(owned.text) is None
        if civil and bare and entities.gender_of_name(owner.text) is None and owned.i == owner.i + 1 == sort.i + 2:
            join_name([owner, owned])


def _beside(grammar: Grammar, entities: EntityLexicon, first: Node, second: Node) -> None:
    """ "Enligt *Grön Framtid*", "kräver *LRF Skåne* att": two words with capitals that a clause has side by side."""
    capital = second.upos == "PROPN" or (second.upos == "NOUN" and second.text[:1].isupper())
    if first.upos != "PROPN" or not capital or first.head is not second.head or first.feat("Case") == "Gen":
        return
    case = second.child("case")
    if second.child("cc", "det") is not None or (case is not None and case.i > first.i):
        return
    roles = (TerritoryRole.NAME, TerritoryRole.CAPITAL)
    state = [entities.territories.first(node.text, *roles) is not None for node in (first, second)]
    same = first.rel == second.rel and first.rel in _ARGUMENTS and second.upos == "PROPN"
    torn = {first.rel, second.rel} == {"nsubj", "obj"}
    place = state[1] or second.lower in grammar.branches
    branch = place and entities.organisation(first.text) is not None
    if all(state) or not (same or (torn and (branch or second.lower in grammar.body_forms))):
        return
    if torn:
        first.word = replace(first.word, deprel="nsubj")
    if case is not None:
        attach(case, first, "case")
    attach(second, first, "flat:name")
