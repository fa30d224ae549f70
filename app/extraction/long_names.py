"""Names that go on in small letters: "Mammor för klimatet", "nätverket Bevara älven", "Fria ord"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lexicon.territories import TerritoryRole

if TYPE_CHECKING:
    from app.lexicon.entities import EntityLexicon
    from app.lexicon.grammar import Grammar
    from app.parsing.tree import Node, Tree

_HOLDING = frozenset({"för", "mot", "utan"})
"""Prepositions that hold a name together; others ("i", "på") more often tell where somebody says something."""
_ATTRIBUTES = frozenset({"ADJ", "DET"})
_SPEECH_ENDS = frozenset({".", ",", "!", "?", "”", '"', ":"})
_VENUES = frozenset({"i", "till", "på"})
_ACCORDING = "enligt"
_LONGEST = 6
"""Words of a name behind its first."""


def find_long_names(tree: Tree, grammar: Grammar, entities: EntityLexicon) -> frozenset[tuple[str, ...]]:
    """The names of the text that begin with a capital and go on in small letters, each as its words.

    One is told where nothing but a name can stand: between a verb and "att", between "enligt" and the verb, behind the
    verb of a postposed report, between the noun that announces it and the verb. It then means itself all over the text.
    """
    found = set()
    for sentence in tree.sentences:
        nodes = tree.slice(sentence)
        for k in range(1, len(nodes)):
            if _may_begin(entities, nodes, k):
                stop = _tail(grammar, entities, nodes, k)
                if stop > k + 1 and _is_told(grammar, entities, nodes, k, stop):
                    found.add(tuple(node.text for node in nodes[k:stop]))
    return frozenset(found)


def long_name_at(names: frozenset[tuple[str, ...]], nodes: list[Node], k: int) -> int:
    """How many words from the ``k``-th on are one of ``names``, the longest that fits; 0 where none does."""
    lengths = (len(name) for name in names if tuple(node.text for node in nodes[k : k + len(name)]) == name)
    return max(lengths, default=0)


def _may_begin(entities: EntityLexicon, nodes: list[Node], k: int) -> bool:
    """Whether a capital inside a sentence may begin such a name: no person, state or body that is called so."""
    node, before = nodes[k], nodes[k - 1]
    if not node.text[:1].isupper() or node.text.isupper() or not before.is_word or not before.text.isalpha():
        return False
    if entities.gender_of_name(node.text) is not None or ("PER" in node.word.ner and not _is_common(entities, node)):
        return False
    roles = (TerritoryRole.NAME, TerritoryRole.CAPITAL, TerritoryRole.GENITIVE, TerritoryRole.ADJECTIVE)
    known = entities.organisation(node.text) is not None or entities.territories.first(node.text, *roles) is not None
    return not known and not (before.text[:1].isupper() and before.upos == "PROPN")


def _tail(grammar: Grammar, entities: EntityLexicon, nodes: list[Node], k: int) -> int:
    """Where the words that may belong to the name end: "för levande historia", "för Sveriges framtid", "och natur"."""
    first, stop = nodes[k], k + 1
    noun, held, joined = first.upos == "NOUN", False, False
    for i in range(k + 1, min(len(nodes), k + 1 + _LONGEST)):
        node = nodes[i]
        if grammar.is_temporal(node.lower) or not (node.text.islower() or held):
            break
        if node.upos in {"NOUN", "PROPN"}:
            beside = i > k + 1 and nodes[i - 1].upos == "NOUN" and nodes[i - 1].feat("Case") != "Gen"
            if beside or (joined and _is_common(entities, node)):
                # "Nätverket mot våld *och polisen*": another body.
                break
            suspended = node.text.endswith("-")
            stop, noun, joined = stop if suspended else i + 1, True, False
        elif node.lower in _HOLDING:
            held = True
        elif node.lower in grammar.coordinators and noun and (held or first.feat("Definite") != "Def"):
            joined = True
        elif node.upos not in _ATTRIBUTES:
            break
        elif held and node.upos == "ADJ":
            # "för *hörselskadade*", and nouns that were tagged so
            stop = i + 1
    return stop


def _is_told(grammar: Grammar, entities: EntityLexicon, nodes: list[Node], k: int, stop: int) -> bool:
    """Whether the place of the words shows that they are one name."""
    announced = _announces(entities, nodes[k - 1], opening=k == 1)
    before = nodes[k - 2] if announced and k > 1 else nodes[k - 1] if not announced else None
    after = nodes[stop] if stop < len(nodes) else None
    bare = nodes[k + 1].lower not in _HOLDING and nodes[k + 1].lower not in grammar.coordinators
    if bare and nodes[k].lower.endswith(("s", "x", "z")) and (not announced or _is_common(entities, nodes[stop - 1])):
        # "säger *Ekmoras* kommunalråd": an owner; but "nätverket *Havets röst*"
        return False
    ends = after is None or after.text in _SPEECH_ENDS
    verb = after is not None and after.feat("VerbForm") == "Fin" and after.text.islower()
    if before is None:
        return verb
    if before.lower == _ACCORDING:
        return verb or ends
    if before.feat("VerbForm") != "Fin":
        return False
    if after is not None and after.lower in grammar.complementizers:
        return True
    place = before.i - nodes[0].i
    postposed = place > 0 and not nodes[place - 1].is_word
    return postposed and (ends or (after is not None and after.lower in _VENUES))


def _announces(entities: EntityLexicon, node: Node, *, opening: bool) -> bool:
    """Whether a noun says that the name of a body follows: "nätverket", "kampanjen"."""
    sort = node.upos == "NOUN" and (opening or node.text.islower()) and node.feat("Definite") == "Def"
    person = entities.title(node.text) is not None or entities.person_noun(node.text) is not None
    return sort and not person and node.feat("Case") != "Gen"


def _is_common(entities: EntityLexicon, node: Node) -> bool:
    """Whether a word that was tagged as somebody's name is a noun for bodies or people: "Byrån", "Ingenjörer"."""
    lists = (entities.body_noun, entities.title, entities.person_noun, entities.group)
    return any(find(node.text) is not None for find in lists)
