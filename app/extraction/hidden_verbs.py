"""Reporting verbs that a small parser takes for nouns: "Många *klagar* över paneler", "men *ber* att få det"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from app.extraction.attachment import attach
from app.lexicon.schema import Tense, Voice

if TYPE_CHECKING:
    from app.lexicon.cues import CueLexicon
    from app.parsing.tree import Node

_PAIR = 2
_PHRASE = 6
"""Words of a sentence among which the first phrase ends and the verb of the main clause stands."""
_TOWARDS = frozenset({"för", "till", "mot", "om"})
_BUT = "utan"
_FINITE_ENDINGS = ("ar", "er", "ade")
_YESTERDAY = "går"  # easily taken for "to go"
_PREDICATES = frozenset({"NOUN", "ADJ", "VERB"})
_COMPLEMENTIZERS = frozenset({"att"})


def restore_verbs(nodes: list[Node], lexicon: CueLexicon) -> None:
    """Make verbs again of the nouns in a sentence that only a finite verb can be where they stand, in place."""
    _second_place(nodes, lexicon)
    _only_verb(nodes, lexicon)
    _verb_after_name(nodes)
    _preposition(nodes, lexicon)
    _passive_verb(nodes, lexicon)
    _verb_of_some(nodes, lexicon)
    _verb_behind_relative(nodes, lexicon)
    _coordinated_verb(nodes, lexicon)
    _but(nodes, lexicon)
    _main_verb(nodes, lexicon)
    _relative_verb(nodes, lexicon)


def _second_place(nodes: list[Node], lexicon: CueLexicon) -> None:
    """ "I ett uttalande *upplyste* facket att …": behind the first phrase stands the finite verb, no attribute."""
    words = [node for node in nodes if node.is_word]
    root = _root(nodes)
    if root is None or len(words) <= _PHRASE or words[0].upos != "ADP":
        return
    trap = words[1] if words[1].lower == _YESTERDAY else None
    verb = next((n for n in words[2:_PHRASE] if _is_finite_form(lexicon, n)), None)
    if verb is None or verb.upos not in {"ADJ", "NOUN"} or words[words.index(verb) + 1].lower in _COMPLEMENTIZERS:
        return
    subordinate = {"acl", "advcl", "ccomp", "csubj"}
    finite = (node for node in nodes if node.feat("VerbForm") == "Fin" and node is not trap)
    if any(node.rel not in subordinate and node.head in {None, root} for node in finite):
        return
    opener = words[words.index(verb) - 1]
    subject = root if root.i > verb.i else next((c for c in root.children if c.rel == "nsubj" and c.i > verb.i), None)
    if subject is None or opener.upos not in {"NOUN", "VERB", "ADJ"}:
        return
    attach(verb, None, "root")
    tops = {*root.children, *subject.children} if root is not subject else {*root.children}
    behind = sorted((c for c in tops if c.i > subject.i and c.rel in subordinate), key=lambda child: child.i)
    attach(subject, verb, "nsubj")
    attach(opener, verb, "obl")
    for child in (*words[: words.index(opener)], *(c for c in subject.children if c.i < verb.i)):
        attach(child, opener, "case" if child.upos == "ADP" else child.word.deprel)
    for child in behind:
        attach(child, verb, "ccomp" if child.child("mark") is not None else child.word.deprel)
    opener.word = replace(opener.word, upos="NOUN")
    verb.word = replace(verb.word, upos="VERB", feats={"VerbForm": "Fin", "Voice": "Act"})


def _preposition(nodes: list[Node], lexicon: CueLexicon) -> None:
    """ "Facket *framför* kritik", "Facket *för* fram krav": the only verb of a sentence, taken for a preposition."""
    root = _root(nodes)
    if root is None or root.upos not in {"NOUN", "PROPN"} or any(node.feat("VerbForm") == "Fin" for node in nodes):
        return
    for node, after in pairwise(nodes):
        thing = node.head
        if node.upos != "ADP" or node.i < root.i or thing is None or thing.i < node.i or thing.head is not root:
            continue
        entries = [form.entry for form in lexicon.verb_forms.get(node.lower, ()) if form.tense is Tense.PRESENT]
        if not any(entry.particle == (after.lower,) or not entry.particle for entry in entries):
            continue
        attach(node, None, "root")
        attach(root, node, "nsubj")
        attach(thing, node, "obj")
        if after.head is root:
            attach(after, node, "compound:prt")
        _make_present(node)
        return


def _is_finite_form(lexicon: CueLexicon, node: Node) -> bool:
    forms = lexicon.verb_forms.get(node.lower, ())
    return node.text.islower() and any(
        form.voice is Voice.ACTIVE and form.tense in {Tense.PRESENT, Tense.PRETERITE} for form in forms
    )


def _only_verb(nodes: list[Node], lexicon: CueLexicon) -> None:
    """ "Många *klagar* över paneler": the root of a sentence without a verb is one, where its form is a report's."""
    root = _root(nodes)
    if root is None or root.upos != "NOUN" or not root.text.islower() or root.child("cop") is not None:
        return
    finite = {Tense.PRESENT, Tense.PRETERITE}
    if not any(form.tense in finite for form in lexicon.verb_forms.get(root.lower, ())):
        return
    subordinate = {"acl", "advcl", "ccomp"}
    for node in nodes:
        if node.feat("VerbForm") == "Fin" and not any(n.rel in subordinate for n in (node, *node.ancestors())):
            return
    before = [child for child in root.children if child.i < root.i and child.rel in {"amod", "det", "nmod", "nsubj"}]
    if not before:
        return
    attach(before[-1], root, "nsubj")
    for child in root.children:
        if child.i > root.i and child.rel == "nmod":
            child.word = replace(child.word, deprel="obl")
    root.word = replace(root.word, upos="VERB", feats={"VerbForm": "Fin", "Voice": "Act"})


def _verb_after_name(nodes: list[Node]) -> None:
    """ "Visita *larmar*.": of a sentence without a verb, what was taken for the last word of its subject's name."""
    root = _root(nodes)
    if root is None or root.upos != "PROPN" or any(node.feat("VerbForm") for node in nodes):
        return
    verb = next((c for c in root.children if c.rel == "flat" and c.upos == "NOUN" and c.text.islower()), None)
    if (
        verb is None
        or not verb.lower.endswith(_FINITE_ENDINGS)
        or any(c.rel == "flat" and c.i > verb.i for c in root.children)
    ):
        return
    attach(verb, None, "root")
    attach(root, verb, "nsubj")
    for child in [child for child in root.children if child.i > verb.i]:
        attach(child, verb, "obl" if child.child("case") is not None else child.word.deprel)
    _make_present(verb)


def _passive_verb(nodes: list[Node], lexicon: CueLexicon) -> None:
    """ "Att ministern skulle vara anträffbar *bestrids* av Berg": before "av", behind a clause, stands a passive."""
    root = _root(nodes)
    if root is None or nodes[0].lower not in _COMPLEMENTIZERS:
        return
    for node, case in pairwise(nodes):
        passive = any(form.voice is Voice.PASSIVE for form in lexicon.verb_forms.get(node.lower, ()))
        agent = case.head
        if node.upos != "NOUN" or case.lower != "av" or not passive or agent is None or agent.i < case.i:
            continue
        before = [child for child in root.children if child.i < node.i and child is not node]
        said = root if root is not node else next((n for n in reversed(before) if n.upos in _PREDICATES), None)
        if said is None:
            return
        attach(node, None, "root")
        for child in before:
            attach(child, said, child.word.deprel)
        attach(said, node, "csubj")
        attach(agent, node, "obl:agent")
        node.word = replace(node.word, upos="VERB", feats={"VerbForm": "Fin", "Voice": "Pass"})
        return


def _verb_of_some(nodes: list[Node], lexicon: CueLexicon) -> None:
    """ "Flera av de anställda *vittnar* om hot": behind people, in a sentence without a verb, one stands."""
    root = _root(nodes)
    if root is None or root.upos != "PRON" or root.i > nodes[0].i + 1:
        return
    if any(node.feat("VerbForm") == "Fin" and node.rel not in {"acl", "acl:relcl", "advcl"} for node in nodes):
        return
    for before, node in pairwise(nodes):
        if node.upos != "NOUN" or node.head is not root or before.head is not node or not _is_present(lexicon, node):
            continue
        for child in [child for child in node.children if child.i < before.i]:
            attach(child, before, child.word.deprel)
        attach(before, root, "nmod")
        attach(node, None, "root")
        attach(root, node, "nsubj")
        for child in [child for child in node.children if child.i > node.i and child.rel == "nmod"]:
            attach(child, node, "obl")
        _make_present(node)
        return


def _verb_behind_relative(nodes: list[Node], lexicon: CueLexicon) -> None:
    """ "Thelin, vars kontrakt löper ut, *anklagar* ordföranden": behind the second comma the main clause goes on."""
    name = _root(nodes)
    commas = [k for k, node in enumerate(nodes) if node.text in {",", "–", "—"}]
    if name is None or name.upos not in {"PROPN", "NOUN"} or len(commas) < _PAIR or name.i >= nodes[commas[0]].i:
        return
    k = commas[1] + 1
    verb, opener = nodes[min(k, len(nodes) - 1)], nodes[commas[0] + 1]
    if verb.upos == "VERB" or verb.i <= nodes[commas[1]].i or opener.feat("PronType") != "Rel":
        return
    if not _is_finite_form(lexicon, verb):
        return
    if any(node.feat("VerbForm") == "Fin" and node.rel == "root" for node in nodes):
        return
    behind = [node for node in nodes[k + 1 :] if node.head is not None and node.head.i <= verb.i]
    thing = verb.head if verb.head is not None and verb.head.i > verb.i else None
    attach(verb, None, "root")
    attach(name, verb, "nsubj")
    for node in behind:
        attach(node, verb, node.word.deprel)
    if thing is not None:
        attach(thing, verb, "obj")
    _make_present(verb)


def _coordinated_verb(nodes: list[Node], lexicon: CueLexicon) -> None:
    """ "uppskattar löftet men *ber* att få det skriftligt", "och *varnar* för halka": before them stands a verb."""
    for before, node, after in zip(nodes, nodes[1:], nodes[2:], strict=False):
        between = before.upos == "CCONJ" and (after.upos in {"SCONJ", "PART"} or after.lower in _TOWARDS)
        if node.upos != "NOUN" or not between or not _is_present(lexicon, node):
            continue
        verb = next((n for n in (node.head, *node.ancestors()) if n is not None and n.feat("VerbForm") == "Fin"), None)
        if verb is None or verb.i > node.i:
            continue
        clause = after.head
        attach(node, verb, "conj")
        attach(before, node, "cc")
        if clause is not None and clause is not node and clause.i > after.i and node not in clause.ancestors():
            attach(clause, node, "xcomp")
        _make_present(node)


def _but(nodes: list[Node], lexicon: CueLexicon) -> None:
    """ "Kroon är inte nöjd utan *varnar* för att …": between "utan" and a clause stands a verb of the same subject."""
    root = _root(nodes)
    for before, node in pairwise(nodes):
        if root is None or before.lower != _BUT or node.head is not root or not _is_present(lexicon, node):
            continue
        behind = [child for child in root.children if child.i > node.i and child.rel in {"advcl", "ccomp", "acl"}]
        attach(node, root, "conj")
        attach(before, node, "cc")
        for child in behind:
            attach(child, node, "ccomp")
        _make_present(node)
        return


def _main_verb(nodes: list[Node], lexicon: CueLexicon) -> None:
    """ "Branschorganisationen Fjällturism i norr *varnar* för att …": before a clause, behind a name, stands a verb."""
    for k, node in enumerate(nodes[1:-2], start=1):
        after = nodes[k + 1] if nodes[k + 1].lower in _COMPLEMENTIZERS else nodes[k + 2]
        if after.lower not in _COMPLEMENTIZERS or node.upos != "NOUN" or not node.text.islower():
            continue
        if not _is_present(lexicon, node):
            continue
        clause, top = after.head, node.head
        subject = next((n for n in (top, *node.ancestors()) if n is not None and n.rel == "nsubj"), None)
        finite = any(n.feat("VerbForm") == "Fin" for n in nodes[:k])
        if subject is None or clause is None or subject.i > node.i or finite or subject.head is not clause:
            continue
        attach(node, clause.head, clause.word.deprel)
        attach(subject, node, "nsubj")
        attach(clause, node, "ccomp")
        _make_present(node)
        return


def _relative_verb(nodes: list[Node], lexicon: CueLexicon) -> None:
    """ "något som Getachew Alemu *avfärdar*": behind "som" and a name stands the verb of the relative clause."""
    for node in nodes:
        name = node.head if node.upos == "NOUN" and node.rel == "acl" else None
        if name is None or name.upos != "PROPN" or not node.text.islower() or not _is_present(lexicon, node):
            continue
        som, antecedent = name.child("case"), name.head
        if som is None or som.upos != "SCONJ" or antecedent is None:
            continue
        attach(node, antecedent, "acl:relcl")
        attach(name, node, "nsubj")
        attach(som, node, "obj")
        som.word = replace(som.word, upos="PRON", feats={"PronType": "Rel"})
        _make_present(node)


def _root(nodes: list[Node]) -> Node | None:
    return next((node for node in nodes if node.head is None), None)


def _is_present(lexicon: CueLexicon, node: Node) -> bool:
    """Whether the word, whatever it was tagged, may be the present of a verb that reports."""
    return any(form.tense is Tense.PRESENT for form in lexicon.verb_forms.get(node.lower, ()))


def _make_present(node: Node) -> None:
    node.word = replace(node.word, upos="VERB", feats={"VerbForm": "Fin", "Tense": "Pres", "Voice": "Act"})
