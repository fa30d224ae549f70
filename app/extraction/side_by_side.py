"""Two phrases side by side behind a verb: "På söndagen anklagade *ministern Eva Holm Region Skåne* för …"."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from app.extraction.attachment import attach
from app.lexicon.schema import ObjectRole, Voice
from app.lexicon.territories import TerritoryRole
from app.resolution.phrases import APART, NAMED

if TYPE_CHECKING:
    from app.lexicon.cues import CueLexicon
    from app.lexicon.entities import EntityLexicon
    from app.parsing.tree import Node, Tree

_SOMEBODY = frozenset({ObjectRole.ACCUSED, ObjectRole.EVALUATED, ObjectRole.ADDRESSEE})
_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN"})
_PERSON = 2
"""Words of a name of somebody: first name and surname."""
_LONGEST = 4


def part_neighbours(tree: Tree, lexicon: CueLexicon, entities: EntityLexicon, verb: Node) -> None:
    """Make the first phrase behind an inverted verb that needs an object its subject, the second its object, in place.

    Only where both are somebody by their words: the parse takes them for one name, or cuts it at the wrong place.
    """
    forms = lexicon.verb_forms.get(verb.lower, ())
    entries = [form.entry for form in forms if form.voice is Voice.ACTIVE and form.entry.object in _SOMEBODY]
    if not entries:
        return
    before = tree.left(verb)
    behind_words = before is not None and not before.is_word
    # "”Visa upp kalendern”, uppmanar *Lotta Frid ordföranden*"
    fronted = behind_words or any(child.i < verb.i and child.rel in {"obl", "advmod"} for child in verb.children)
    if not fronted or any(child.i < verb.i and child.rel == "nsubj" for child in verb.children):
        return
    sentence = tree.sentence_of(verb)
    words = list(takewhile(lambda node: node.upos in _NOMINAL, (node for node in sentence if node.i > verb.i)))
    if not words or _is_somebody(entities, words):
        return
    after = tree.right(words[-1])
    pointed = after is not None and any(after.lower in entry.content_prepositions for entry in entries)
    told = after is not None and after.upos in {"SCONJ", "PART"} and all(node.head is words[0] for node in words[1:])
    if not pointed and (told or _is_one_body(tree, words)):
        # "Nu kräver *LRF Skåne* att": one name to the parser, and the verb has what it asks for.
        return
    for k in range(min(len(words) - 1, _LONGEST), 0, -1):
        if words[k].deprel == NAMED:
            continue
        if _is_proper(words[k]) and _is_full_name(entities, words[k - 1 : k + 1]):
            continue
        if not pointed and any(len(part) == 1 and not _is_known(entities, part[0]) for part in (words[:k], words[k:])):
            # "Nu kräver *Malmö universitet* att", "Human Rights Watch": one name, and the verb wants no object.
            continue
        if words[k - 1].lower.endswith("s") and words[k].upos == "NOUN":
            # "EU:s utrikeschef"
            continue
        if _is_somebody(entities, words[:k]) and _is_somebody(entities, words[k:]):
            _join(words[:k], verb, "nsubj")
            _join(words[k:], verb, APART)
            return


def _is_somebody(entities: EntityLexicon, words: list[Node]) -> bool:
    """Whether the words are one phrase for a person or body: a name, a title or sort with a name, an owner's body."""
    names = [node for node in words if _is_proper(node)]
    first, rest = words[0], words[1:]
    person = entities.title(first.text) or entities.person_noun(first.text)
    if first.upos == "NOUN" and first.text.islower() and (person or entities.body_noun(first.text)):
        # "ministern", "ministern Eva Holm", "bolaget Nordmalm"; "facket Eva Holm", "facket Belgrad" are two.
        body = bool(names) and not person
        two = body and (_is_full_name(entities, names) or _is_territory(entities, names))
        named = _is_name(entities, names) and not two if body else len(names) <= _PERSON
        return not rest or (rest == names and named)
    if rest and first.feat("Case") == "Gen":
        # "Kinas ambassad", "polisens talesperson Erik Dahl"
        return _is_somebody(entities, rest)
    return words == names and _is_name(entities, names)


def _is_one_body(tree: Tree, words: list[Node]) -> bool:
    """Whether the entity tagger has the words for one body: "Nu kräver *Fastighetsägarna Stockholm* att"."""
    found = (entity for entity in tree.parsed.sentences[words[0].sentence].entities if entity.type == "ORG")
    return any(entity.start <= words[0].start and words[-1].end <= entity.end for entity in found)


def _is_known(entities: EntityLexicon, word: Node) -> bool:
    """Whether one word is somebody by the lists: a state, a body by name or sort, a title."""
    if word.text.islower():
        return entities.title(word.text) is not None or entities.body_noun(word.text) is not None
    return entities.organisation(word.text) is not None or _is_territory(entities, [word])


def _is_proper(node: Node) -> bool:
    """ "EU-kommissionen" may be tagged as a noun."""
    return node.upos == "PROPN" or (node.upos == "NOUN" and node.text[:1].isupper())


def _is_name(entities: EntityLexicon, names: list[Node]) -> bool:
    """One name: a single word, first name and surname, or what a list or the sort of body in it tells."""
    if len(names) == 1:
        return True
    whole = " ".join(node.text for node in names)
    body = entities.body_noun(names[0].text) is not None or entities.kind_of(whole) is not None
    return _is_full_name(entities, names) or (body and len(names) == _PERSON)


def _is_territory(entities: EntityLexicon, names: list[Node]) -> bool:
    whole = " ".join(node.text for node in names)
    return entities.territories.first(whole, TerritoryRole.NAME, TerritoryRole.CAPITAL) is not None


def _is_full_name(entities: EntityLexicon, names: list[Node]) -> bool:
    """Whether the words are a first name that is known and a surname."""
    return len(names) == _PERSON and entities.gender_of_name(names[0].text) is not None


def _join(words: list[Node], verb: Node, relation: str) -> None:
    names = [node for node in words if _is_proper(node) and node.feat("Case") != "Gen"]
    head = names[0] if names else words[-1]
    attach(head, verb, relation)
    for node in words:
        if node is head:
            continue
        owner = node.feat("Case") == "Gen"
        attach(node, head, "flat:name" if node in names else "nmod:poss" if owner else "nmod")
