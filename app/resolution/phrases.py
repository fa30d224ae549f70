"""Noun phrases as the annotation guidelines cut them: pre-modifiers and name, no apposition, no relative clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.lexicon.grammar import Grammar
    from app.parsing.tree import Node, Tree

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})
_PREMODIFIERS = frozenset(
    {"det", "amod", "nummod", "nmod", "nmod:poss", "flat", "flat:name", "advmod", "compound", "appos"}
)

APART = "obj:apart"
"""The relation of an object that a repair has told from the subject beside it: no name goes on into it."""
NAMED = "flat:purpose"
"""The relation of small words that a repair has found to be part of a body's name: "Myndigheten *för vård*"."""


def noun_phrase(tree: Tree, grammar: Grammar, head: Node, *, coordination: bool = False) -> list[Node]:
    """The nodes of the noun phrase around ``head``, contiguous and in text order.

    In: determiners, adjectives, possessors, titles, the name, and for a common noun its prepositional attributes
    ("en företrädare för brandförsvaret"). Out: apposition after a comma, relative clauses, parentheses. With
    ``coordination`` the conjoined phrases come along ("EU, Frankrike och Tyskland").
    """
    first = _with_owner(tree, grammar, _with_sibling(tree, grammar, _left_edge(tree, grammar, head), head))
    last = _right_edge(tree, grammar, head)
    if coordination:
        for conjunct in conjuncts(head):
            last = max(last, _right_edge(tree, grammar, conjunct), key=lambda node: node.i)
    while first is not head and first.lower in grammar.focus_adverbs:
        first = tree.nodes[first.i + 1]
    return tree.nodes[first.i : last.i + 1]


def conjuncts(head: Node) -> list[Node]:
    """The nominal heads coordinated with ``head``, itself left out; a list needs its "och"."""
    found = [n for n in head.children if n.rel == "conj" and n.upos in NOMINAL and not n.child("nsubj", "cop")]
    if any(node.child("cc") for node in found):
        return found
    if head.head is None or head.rel != "nsubj":
        return []
    # Parsed as two subjects of one verb: "Centerpartiet och Liberalerna kräver".
    verb = head.head
    coordinators = [c.i for c in verb.children if c.rel == "cc" and head.i < c.i]
    others = [n for n in verb.children if n.rel == "nsubj" and n.i > head.i and n.upos in NOMINAL]
    return [n for n in others if n.child("cc") or any(head.i < i < n.i for i in coordinators)]


def is_genitive(node: Node, following: Node) -> bool:
    """Whether the word owns what follows: tagged so, or a name in -s that was taken for a subject beside another."""
    if node.upos not in {"PROPN", "NOUN"}:
        return False
    untagged = node.upos == "PROPN" and node.lower.endswith("s") and following.upos in {"ADJ", "NOUN"}
    return node.feat("Case") == "Gen" or (untagged and node.rel == "nsubj" and following.text[:1].islower())


def is_name(node: Node) -> bool:
    """Whether the word looks like (part of) a proper name: tagged so, or a capital where no sentence begins."""
    return node.upos == "PROPN" or (
        node.text[:1].isupper() and node.word.index > 0 and node.upos in {"NOUN", "X", "ADJ"}
    )


def is_temporal(grammar: Grammar, node: Node) -> bool:
    """Whether the noun names a time ("på tisdagen"), so that its phrase says when, not what."""
    return grammar.is_temporal(node.lower) or grammar.is_temporal(node.lemma)


def _left_edge(tree: Tree, grammar: Grammar, head: Node) -> Node:
    edge = head
    for child in sorted(head.children, key=lambda node: -node.i):
        if (
            child.i < edge.i
            and child.deprel in _PREMODIFIERS
            and not _has_case(child)
            and not is_temporal(grammar, child)
            and child.lower not in grammar.venue_nouns
        ):
            start = _left_edge(tree, grammar, child)
            if _unbroken(tree, start, edge):
                edge = start
    return edge


def _with_owner(tree: Tree, grammar: Grammar, edge: Node) -> Node:
    """The left edge, moved over a genitive that the parse hung elsewhere: 'Bakus "fullskaliga aggression"'."""
    left = tree.left(edge)
    if left is not None and left.text in '"”“»':
        left = tree.left(left)
    if left is None or not is_genitive(left, edge) or left is edge.head:
        return edge
    return _left_edge(tree, grammar, left)


def _with_sibling(tree: Tree, grammar: Grammar, edge: Node, head: Node) -> Node:
    """The left edge, moved over a title parsed as a second subject: "Arbetsgivarorganisationen Stålindustrin"."""
    left = tree.left(edge)
    if left is None or left.upos not in {"NOUN", "PROPN"} or left.head is not head.head or head.head is None:
        return edge
    if not edge.text[:1].isupper():
        # "frågar *paret* vem som tar ansvar", "fick *oppositionen* rapporten": a title announces a name.
        return edge
    if is_temporal(grammar, left) or left.lower in grammar.venue_nouns or edge.upos == "ADV":
        return edge
    same_side = (left.i < head.head.i) == (head.i < head.head.i)
    return _left_edge(tree, grammar, left) if same_side and left.rel == head.rel and not _has_case(head) else edge


def _right_edge(tree: Tree, grammar: Grammar, head: Node) -> Node:
    edge = _name_end(tree, head)
    name_ended = is_name(edge) and (edge is not head or head.upos == "PROPN")
    if any(child.deprel == "nmod:poss" for child in head.children) and not name_ended:
        # "Ystads tingsrätt på fredagen": the owner tells which one is meant, what follows hangs on the verb.
        after, place = tree.right(edge), tree.right(edge, 2)
        seated = head.lemma in grammar.missions and after is not None and after.lower == "i"
        return place if seated and place is not None and place.upos == "PROPN" else edge
    for child in sorted(head.children, key=lambda node: node.i):
        if child.i <= edge.i:
            continue
        if (
            child.rel in {"nmod", "obl"}
            and child.i > head.i
            and _has_case(child)
            and not (name_ended and _is_person(head))
        ):
            start = min(child.subtree(), key=lambda node: node.i)
            if (
                start.i == edge.i + 1
                and not is_temporal(grammar, child)
                and (start.lower in grammar.prepositions_of_belonging or child.lemma in grammar.knowing)
                and child.lower not in grammar.adverbial_nouns
                and not (start.lower in {"i", "på", "vid"} and child.lower in grammar.venue_nouns)
                # "en källa med insyn *för TT*"
                and not (
                    start.lower in {"för", "till"} and child.upos == "PROPN" and head.lemma in grammar.unnamed_sources
                )
            ):
                edge = _right_edge(tree, grammar, child)
                for conjunct in conjuncts(child):
                    edge = max(edge, _right_edge(tree, grammar, conjunct), key=lambda node: node.i)
    return edge


def _name_end(tree: Tree, head: Node) -> Node:
    edge = head
    for child in sorted(head.children, key=lambda node: node.i):
        adjacent = child.i > edge.i and all(
            (node.is_word and node.upos != "SCONJ" and node.feat("PronType") != "Rel") or node.text in "-’'."
            for node in tree.nodes[edge.i + 1 : child.i]
        )
        if adjacent and _is_person(head) and any(node.rel == "case" for node in tree.nodes[edge.i + 1 : child.i]):
            # "säger Jorge Mendes *till radiokanalen Cope*"
            continue
        if (
            adjacent
            and child.rel in {"flat", "appos", "compound", "nmod"}
            # "av Antidoping Sverige": what the parse hangs on the last word governs the whole name.
            and not any(node.rel == "case" and node.i > head.i for node in child.children)
            and child.feat("Case") != "Gen"
            and not (_is_person(head) and _trails(tree, child))
        ):
            edge = _name_end(tree, child)
    following = tree.right(edge)
    announced = (
        edge.feat("Definite") == "Def" and edge.upos == "NOUN" and following is not None and following.upos == "PROPN"
    )
    if announced and following is not None and _is_sibling(following, head):
        # "strömningstjänsten Nordvy": a definite noun announces the name, whatever the parse makes of it.
        owner = following.head
        return _name_end(
            tree,
            owner if following.feat("Case") == "Gen" and owner is not None and owner.i > following.i else following,
        )
    while (
        following is not None
        and is_name(edge)
        and following.upos == "PROPN"
        and following.deprel != APART
        and following.rel in {"flat", "nmod", "appos", "compound", "obl", "dep", "obj", "nsubj", "conj"}
        and not following.child("case")
        and not following.child("cc")
        and following.head is not None
        and following.head.i <= edge.i
    ):
        edge = following
        following = tree.right(edge)
    return edge


def _trails(tree: Tree, child: Node) -> bool:
    """Whether a small word behind a person's name is no part of it: "säger Lena Sund *syrligt*"."""
    following = tree.right(child)
    goes_on = following is not None and (following.text[:1].isupper() or following.rel == "flat")
    return child.rel == "flat" and child.text.islower() and not goes_on


def _is_sibling(node: Node, head: Node) -> bool:
    """Whether the next word hangs on the phrase, or on what the phrase hangs on, as one more argument."""
    if node.child("case"):
        return False
    if node.deprel == APART:
        # "beskyller *ambassaden* Säpo för att ha …": who does it and to whom.
        return False
    if node.rel == "nmod":
        # "en tjänsteman vid elbolaget *Litgrid*"
        return head.rel == "nmod" and node.head is head.head and node.feat("Case") != "Gen"
    if node.feat("Case") == "Gen":
        return node.head is not None and node.head.upos == "PROPN" and node.head.head in {head, head.head}
    return node.head is head or (
        node.head is head.head and node.rel in {"nsubj", "obj", "obl", "xcomp", "appos", "dep"}
    )


def _is_person(head: Node) -> bool:
    return "PER" in head.word.ner or any("PER" in child.word.ner for child in head.children if child.rel == "flat")


def _has_case(node: Node) -> bool:
    return any(child.rel == "case" for child in node.children)


def _unbroken(tree: Tree, first: Node, last: Node) -> bool:
    return all(node.text not in {",", "(", ")", ";", ":", "–", "—"} for node in tree.nodes[first.i : last.i])


def whole_of(head: Node) -> Node | None:
    """What the phrase is a part of: "en av *rånarna*", "flera av *dem*"; ``None`` where it is a thing of its own."""
    if head.upos not in {"PRON", "DET", "NUM", "ADJ"}:
        return None
    parts = (child for child in head.children if child.rel == "nmod" and child.i > head.i)
    return next((part for part in parts if (case := part.child("case")) is not None and case.lower == "av"), None)


def abbreviates(short: str, nodes: list[Node]) -> bool:
    """Whether the letters of ``short`` are initials in order, "Ivo", or stand in a compound taken apart, "TLV"."""
    compound = short.isupper() and any(node.text.endswith("-") for node in nodes)
    initials = iter("".join(node.lower if compound else node.lower[0] for node in nodes))
    named = short[:1].isupper() and len(nodes) > 1 and nodes[0].lower[0] == short[0].lower()
    return named and all(letter in initials for letter in short.lower())
