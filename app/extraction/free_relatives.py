"""Relative clauses behind "det", which a small parser takes for others: "*Det inspektören säger* är fel"."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from app.extraction.attachment import attach
from app.resolution.phrases import NOMINAL

if TYPE_CHECKING:
    from app.lexicon.cues import CueLexicon
    from app.lexicon.entities import EntityLexicon
    from app.parsing.tree import Node

_THAT, _WHICH = "det", "som"
_NOMINATIVE = frozenset({"han", "hon", "hen", "de", "jag", "vi", "man", "du", "ni"})
_LONGEST = 4
"""Words of the subject: "det *kommunens ordförande Anna Ek* säger"."""


def repair_free_relative(nodes: list[Node], lexicon: CueLexicon, entities: EntityLexicon) -> None:
    """Hang the verb of a relative clause without "som" on its "det", in place; ``nodes`` are those of one sentence."""
    words = [node for node in nodes if node.is_word or node.text == ","]
    for k, that in enumerate(words[:-2]):
        relative = words[k + 1]
        if that.lower == _THAT and relative.lower == _WHICH and relative.head is not None and relative.head.i > that.i:
            # "tillbakavisar *det som facket påstår*"
            if relative.head.rel == "advcl" and relative.head.feat("VerbForm") == "Fin":
                attach(relative.head, that, "acl:relcl")
            continue
        phrase = list(takewhile(lambda node: node.upos in {*NOMINAL, "ADJ"}, words[k + 1 : k + 2 + _LONGEST]))
        verb = words[k + 1 + len(phrase)] if k + 1 + len(phrase) < len(words) else None
        if that.lower != _THAT or not phrase or len(phrase) > _LONGEST or verb is None or verb.upos != "VERB":
            continue
        if verb.feat("VerbForm") != "Fin" or verb.lower not in lexicon.verb_forms or phrase[0].feat("Case") == "Gen":
            continue
        behind = list(takewhile(lambda node: node.text != ",", words[k + 2 + len(phrase) :]))
        opening = words[k - 1] if k else None
        own = _is_subject(entities, phrase)
        if opening is None or opening.upos == "CCONJ":
            if own:
                _in_front(that, phrase, verb, behind)
        elif own or (opening.feat("VerbForm") == "Fin" and entities.body_noun(phrase[0].text)):
            # "tillbakavisar *det facket påstår*": of two finite verbs the second has a clause of its own.
            _behind(that, phrase, verb)


def _is_subject(entities: EntityLexicon, phrase: list[Node]) -> bool:
    """Whether "det" does not belong to the noun: "det *JO*", "det *inspektören*", but "det bolaget"."""
    head = phrase[0]
    if head.lower in _NOMINATIVE or head.upos == "PROPN" or entities.organisations.find(head.text) is not None:
        return True
    return head.upos == "NOUN" and head.feat("Gender") == "Com" and head.feat("Definite") == "Def"


def _in_front(that: Node, phrase: list[Node], verb: Node, behind: list[Node]) -> None:
    """ "*Det inspektören säger* om städningen *är* fel": the next finite verb is that of the main clause."""
    main = next((node for node in behind if node.upos in {"VERB", "AUX"} and node.feat("VerbForm") == "Fin"), None)
    before = [] if main is None else behind[: behind.index(main)]
    if main is None or any(node.upos in {"SCONJ", "CCONJ"} and node.word.deprel != "mark" for node in before):
        return
    if any(node.lower == "att" for node in before):
        return
    if main.upos == "AUX" and main.head is not None and main.head.i > main.i:
        main = main.head
    attach(main, verb.head, verb.word.deprel)
    for node in before:
        if node.upos in NOMINAL and node.head not in before:
            attach(node, verb, "obl")
        elif node.upos in {"ADP", "SCONJ"}:
            thing = next((n for n in before if n.i > node.i and n.upos in NOMINAL), verb)
            attach(node, thing, "case")
            node.word = replace(node.word, upos="ADP")
    _join(that, phrase, verb, main, "obj" if main.child("nsubj") is not None else "nsubj")


def _behind(that: Node, phrase: list[Node], verb: Node) -> None:
    """ "känner inte igen sig i *det JO skriver*", "tillbakavisar *det facket påstår*"."""
    case = next(
        (c for node in (that, *phrase) for c in node.children if c.rel in {"case", "mark"} and c.i < that.i), None
    )
    governor = verb.head if verb.head is not None and verb.head.i < that.i else that.head
    if governor is None or governor.i > that.i:
        return
    _join(that, phrase, verb, governor, "obl" if case is not None else "obj")
    if case is not None:
        attach(case, that, "case")


def _join(that: Node, phrase: list[Node], verb: Node, governor: Node, relation: str) -> None:
    attach(that, governor, relation)
    attach(verb, that, "acl:relcl")
    head = next((node for node in phrase if node.upos == "PROPN"), phrase[0])
    attach(head, verb, "nsubj")
    for node in phrase:
        if node is not head and node.head not in phrase:
            attach(node, head, "flat:name" if node.i > head.i else "nmod")
    that.word = replace(that.word, upos="PRON")
