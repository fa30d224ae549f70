"""Who can speak: whether a phrase names people or bodies, or a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lexicon.persons import DocumentFamily
from app.resolution.noun_reading import read_noun
from app.resolution.phrases import is_name

if TYPE_CHECKING:
    from app.extraction.draft import Reading
    from app.parsing.tree import Node

_THINGS = frozenset({"den", "det", "detta", "denna"})
_ENDINGS = {"den": "n", "det": "t"}
"""How the nouns end in the definite that each pronoun takes up."""
_PARTICIPLES = ("PC", "JJ")
_PEOPLE = frozenset({"alla", "flera", "många", "han", "honom", "hon", "henne", "hen", "dem"})


def can_speak(reading: Reading, head: Node) -> bool:
    """Whether the phrase can name a speaker: a name, a personal pronoun, or a noun for people or bodies."""
    if head.upos == "PRON":
        pronoun = reading.entities.pronouns.get(head.lower)
        return pronoun is None or head.lower not in _THINGS or takes_up_body(reading, head)
    if head.upos in {"PROPN", "NUM"} or is_name(head):
        return True
    if reading.grammar.is_amount(head.lower) and (whole := head.child("nmod")) is not None:
        # "En del *av de boende*"
        return can_speak(reading, whole)
    if head.upos == "NOUN" and head.word.xpos.startswith(_PARTICIPLES) and head.child("det") is not None:
        # "*de åtalade*"
        return head.feat("Number") == "Plur"
    noun = read_noun(reading.entities, head)
    if noun is None or any(
        child.rel == "appos" and child.upos == "PROPN" and child.i > head.i for child in head.children
    ):
        # "Callcentret, *Sunvoice Nordic*, hävdar"
        return True
    document = reading.entities.document(head.text)
    if document is not None and document.entry.family is DocumentFamily.LAW:
        return False
    if noun.title or noun.person or noun.kind or noun.document or reading.entities.title(head.text) is not None:
        return True
    entities = reading.entities
    if head.word.ner != "O" or entities.takes_up(head.text) or entities.group_phrase(head.text):
        return True
    thing = noun.lemma.endswith(tuple(reading.grammar.inanimate_suffixes)) or head.feat("Gender") == "Neut"
    owner = head.child("nmod:poss")
    owned = owner is not None
    if owner is not None and entities.organisation(reading.text[owner.start : head.end]) is not None:
        # "Statens servicecenter"
        return True
    if not thing and not noun.plural and (head.feat("Definite") == "Def" or owned):
        return True
    if noun.plural and not thing and head.feat("Definite") == "Def" and head.lower.endswith("arna"):
        # "småspararna", "länsborna": unknown nouns for people are mostly of this class.
        return True
    hit = reading.entities.lookup(head.text)
    return bool(hit) or reading.grammar.is_agentive(noun.lemma)


def takes_up_body(reading: Reading, pronoun: Node) -> bool:
    """Whether "Den" or "Det" opens a sentence after one whose subject is a body: "Myndigheten … *Den* begär"."""
    sentence = reading.tree.sentence_of(pronoun)
    ending = _ENDINGS.get(pronoun.lower)
    before = reading.tree.nodes[pronoun.i - 1] if pronoun.i else pronoun
    if ending is None or sentence[0] is not pronoun or before is pronoun or before.paragraph != pronoun.paragraph:
        return False
    subject = next((n for n in reversed(reading.tree.sentence_of(before)) if n.rel == "nsubj" and _is_top(n)), None)
    if subject is None:
        return False
    last = max([subject, *(child for child in subject.children if child.rel == "flat")], key=lambda node: node.i)
    return reading.entities.body_noun(last.text) is not None and last.lower.endswith(ending)


def _is_top(subject: Node) -> bool:
    return subject.head is not None and subject.head.rel == "root"


def is_person(reading: Reading, head: Node) -> bool:
    """Whether the phrase surely names people: "alla avvisades av polisen" denies no claim."""
    if head.upos not in {"NOUN", "PROPN"}:
        return head.lower in _PEOPLE
    noun = read_noun(reading.entities, head)
    return noun is not None and bool(noun.title or noun.person) and not noun.document
