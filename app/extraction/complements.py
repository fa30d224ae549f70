"""Content that follows its cue: clauses, infinitives, prepositional phrases, objects, quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.clauses import clause_end, sentence_end
from app.extraction.preposed import trimmed
from app.extraction.quotations import Quotation, QuotationKind
from app.lexicon.schema import Content, ObjectRole, Voice
from app.resolution.phrases import NOMINAL, is_temporal, noun_phrase

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.parsing.tree import Node

Range = tuple[int, int]
_FEW_WORDS = 3


def complement_clause(reading: Reading, cue: Cue, *, finite: bool) -> tuple[Range, Node] | None:
    """The clause with a complementizer behind the cue: finite ("att A hade …") or infinitival ("att ingripa")."""
    mark = _complementizer(reading, cue)
    if mark is None:
        return _bare_clause(reading, cue) if finite else _bare_infinitive(reading, cue)
    if _is_infinitival(reading, mark) is finite:
        return None
    return _clause_range(reading, cue, mark)


def interrogative_clause(reading: Reading, cue: Cue) -> tuple[Range, Node] | None:
    """The clause that a question word opens behind the cue: "frågade vem som …", "undrar hur …"."""
    for node in _behind(reading, cue):
        if node.text in {";", ":"} or (
            node.upos in {"VERB", "SCONJ"} and node.lower not in reading.grammar.interrogatives
        ):
            return None
        if node.lower in reading.grammar.interrogatives and node.upos != "ADP" and _opens_clause(reading, node):
            return _clause_range(reading, cue, node)
    return None


def prepositional(reading: Reading, cue: Cue, preposition: str) -> tuple[Range, Node] | None:
    """The prepositional content: "om hjälp", "för att ha beskjutit byar", "till höga elpriser"."""
    for node in _behind(reading, cue):
        if node.text in {";", ":"}:
            return None
        other = reading.cue_at(node)
        if other is not None and other is not cue and not other.quoted and node.i > cue.head.i:
            return None
        if node.lower != preposition or node.upos not in {"ADP", "SCONJ", "ADV", "PART"}:
            continue
        following = reading.tree.right(node)
        if following is None:
            return None
        if following.lower in reading.grammar.complementizers:
            return _clause_range(reading, cue, node)
        noun = node.head
        if noun is None or noun.i < node.i or noun.upos not in NOMINAL or is_temporal(reading.grammar, noun):
            continue
        return phrase_range(reading, cue, noun, start=node.i), noun
    return None


def object_phrase(reading: Reading, cue: Cue, subject: Node | None) -> Node | None:
    """The head of the direct object, in front of the verb or behind it."""
    head = cue.head
    addressee = _before_infinitive(reading, cue)
    if addressee is not None and addressee is not subject:
        return addressee
    for child in head.children:
        if (
            child.rel in {"obj", "iobj"}
            and child.upos in NOMINAL
            and child is not subject
            and child.lower not in {"sig"}
        ):
            return child
    before = head.child("nsubj")
    if before is not None and before is not subject and before.i < head.i and before.upos in NOMINAL:
        return before
    for child in head.children:
        bare = child.upos in {"NOUN", "PROPN", "PRON"} and not child.child("case", "mark")
        if bare and child.i > head.i and child is not subject and child.rel in {"xcomp", "ccomp", "obl", "dislocated"}:
            if not is_temporal(reading.grammar, child) and not child.child("mark"):
                return child
    following = reading.tree.right(cue.nodes[-1])
    if (
        following is not None
        and following.upos in {"NOUN", "PROPN"}
        and following is not subject
        and following.rel != "nsubj"
    ):
        return following
    return None


def _before_infinitive(reading: Reading, cue: Cue) -> Node | None:
    """Who is asked: the phrase right before the infinitive ("uppmanade …, tjänsteman i X, *Armenien* att erkänna")."""
    if cue.entry is None or cue.entry.object is not ObjectRole.ADDRESSEE:
        return None
    mark = _complementizer(reading, cue)
    node = reading.tree.left(mark) if mark is not None else None
    if node is None or node.i <= cue.nodes[-1].i or node.upos not in {"NOUN", "PROPN", "PRON"}:
        return None
    while (
        node.rel in {"nmod", "flat"}
        and node.head is not None
        and cue.head.i < node.head.i < node.i
        and node.head.upos in NOMINAL
    ):
        node = node.head
    return None if node.child("case") else node


def phrase_range(reading: Reading, cue: Cue, noun: Node, *, start: int | None = None) -> Range:
    """The printed range of a noun phrase as content: with its attributes and relative clauses, without time and medium."""
    nodes, grammar = reading.tree.nodes, reading.grammar
    phrase = noun_phrase(reading.tree, grammar, noun, coordination=True)
    agent = next((k for k, node in enumerate(phrase) if k and node.i > noun.i and _opens_agent(cue, node)), None)
    phrase = phrase[:agent]
    first = phrase[0].i if start is None else min(start, phrase[0].i)
    members = {node.i for node in noun.subtree()}
    bound = clause_end(reading, cue, first) if first > cue.head.i else cue.nodes[0].i
    roles = {*cue.entry.oblique, *cue.entry.content_prepositions} if cue.entry is not None else set()
    roles.discard(nodes[first].lower)
    last, i = phrase[-1].i, phrase[-1].i + 1
    while i < bound:
        node = nodes[i]
        attached = i in members
        if node.upos == "ADP" and node.head is not None and node.head.i > i:
            target = node.head
            venue = node.lower in grammar.venue_prepositions and target.lower in grammar.venue_nouns
            own_role = node.lower in roles and not (attached and target.head is not cue.head)
            if is_temporal(grammar, target) or venue or own_role or target.deprel == "obl:agent":
                break
            if not (attached or target.head is cue.head or target.head is noun):
                break
            last = max(i, *(n.i for n in target.subtree() if n.i < bound))
            i = last + 1
            continue
        if not attached and node.upos in {"ADV", "VERB", "AUX", "SCONJ", "PRON"}:
            break
        if node.text == "," and not any(k in members for k in range(i + 1, min(i + 3, bound))):
            break
        if attached or node.text in '"”“»«':
            last = i
        elif node.upos not in {"PUNCT"}:
            break
        i += 1
    found = trimmed(reading.text, nodes[first].start, nodes[last].end)
    opening = reading.text[nodes[first].start - 1 : nodes[first].start] if nodes[first].start else ""
    if found is None:
        return nodes[first].start, nodes[last].end
    return (found[0] - (opening in '"”“»' and opening != "" and first > cue.head.i), found[1])


def _opens_agent(cue: Cue, node: Node) -> bool:
    """Whether the agent phrase of a passive cue begins at ``node``, whatever the parse attaches it to."""
    return cue.voice is Voice.PASSIVE and node.lower == "av" and node.i > cue.head.i


def quoted_complement(reading: Reading, cue: Cue, *, bare: bool) -> tuple[Range, Quotation | None] | None:
    """The quotation or clause that the cue announces: after a colon, or (``bare``) right behind it in quotation marks."""
    nodes = reading.tree.nodes
    stop = reading.tree.sentences[cue.head.sentence].stop
    for node in nodes[cue.nodes[-1].i + 1 : stop]:
        if node.lower in reading.grammar.complementizers or node.text == ";":
            return None
        quotation = _opening_at(reading, node)
        if quotation is not None:
            direct = reading.text[: quotation.outer_start].rstrip().endswith(":")
            if not direct and not (bare and _is_speech(reading, quotation)):
                return None
            found = trimmed(reading.text, quotation.start, quotation.end)
            return (found, quotation) if found else None
        if node.text == ":":
            return _after_colon(reading, node)
        if node.upos == "VERB" and node.feat("VerbForm") == "Fin" and node.rel not in {"acl", "acl:relcl"}:
            return None
    last = nodes[stop - 1]
    return _after_colon(reading, last) if last.text == ":" else None


def _after_colon(reading: Reading, colon: Node) -> tuple[Range, Quotation | None] | None:
    text, paragraph = reading.text, reading.tree.parsed.paragraphs[colon.paragraph]
    rest = text[colon.end : paragraph.end]
    if rest.strip():
        quotation = next((q for q in reading.quotations if colon.end <= q.outer_start < colon.end + 3), None)
        if quotation is not None:
            found = trimmed(text, quotation.start, quotation.end)
            return (found, quotation) if found else None
        following = next((n for n in reading.tree.nodes[colon.i + 1 : colon.i + 2]), None)
        if following is None:
            return None
        # After a dash in mid-paragraph the speech runs to the paragraph's end, a plain clause to its sentence's end.
        end = paragraph.end if following.text in {"–", "—", "-"} else reading.tree.sentence_of(following)[-1].end
        found = trimmed(text, colon.end, end)
        return (found, None) if found else None
    for quotation in reading.quotations:
        whole = (
            quotation.paragraph == colon.paragraph + 1
            and not text[reading.tree.parsed.paragraphs[quotation.paragraph].start : quotation.outer_start].strip()
        )
        if whole:
            found = trimmed(text, quotation.start, quotation.end)
            return (found, quotation) if found else None
    return None


def _opening_at(reading: Reading, node: Node) -> Quotation | None:
    for quotation in reading.quotations:
        if quotation.kind is not QuotationKind.DASH and node.start <= quotation.outer_start < node.end:
            return quotation
        if quotation.kind is not QuotationKind.DASH and quotation.start == node.start:
            return quotation
    return None


def _is_speech(reading: Reading, quotation: Quotation) -> bool:
    """Whether the quotation holds an utterance, not a term or a title: a finite verb or several words."""
    inside = reading.tree.between(quotation.start, quotation.end)
    words = [node for node in inside if node.is_word]
    return (
        any(node.feat("VerbForm") in {"Fin"} or node.feat("Mood") == "Imp" for node in inside)
        or len(words) > _FEW_WORDS
    )


def _behind(reading: Reading, cue: Cue) -> list[Node]:
    return reading.tree.nodes[cue.nodes[-1].i + 1 : sentence_end(reading, cue.head)]


def _complementizer(reading: Reading, cue: Cue) -> Node | None:
    """The complementizer that opens the reported clause, or ``None`` when another clause comes first."""
    for node in _behind(reading, cue):
        other = reading.cue_at(node)
        if node.text in {";", ":"} or (
            other is not None and other is not cue and not other.quoted and node.upos == "VERB"
        ):
            return None
        if node.lower in reading.grammar.complementizers:
            previous = reading.tree.left(node)
            after_preposition = (
                previous is not None and previous is not cue.nodes[-1] and previous.upos in {"ADP", "SCONJ"}
            )
            if after_preposition or _modifies_object(cue, node):
                return None
            return node
        if node.upos == "VERB" and node.feat("VerbForm") == "Fin" and not _in_relative(node, cue.head):
            return None
    return None


def _modifies_object(cue: Cue, mark: Node) -> bool:
    """Whether the clause belongs to the verb's object noun ("kritiserade beslutet att lägga ned skolan")."""
    entry, verb = cue.entry, mark.head
    if entry is None or verb is None or verb.head is None or entry.object in {ObjectRole.ADDRESSEE, None}:
        return False
    noun = verb.head
    return verb.rel == "acl" and noun.upos == "NOUN" and noun.head is cue.head and entry.allows(Content.OBJ)


def _in_relative(node: Node, cue_head: Node) -> bool:
    while node is not None and node is not cue_head:
        if node.rel == "acl":
            return True
        if node.head is None:
            return False
        node = node.head
    return False


def _is_infinitival(reading: Reading, mark: Node) -> bool:
    for node in reading.tree.nodes[mark.i + 1 : mark.i + 6]:
        form = node.feat("VerbForm")
        if node.upos in {"VERB", "AUX"}:
            return form == "Inf"
        if node.upos in {"NOUN", "PROPN", "PRON"} and node.lower not in {"sig"}:
            return False
    return mark.upos == "PART"


def _clause_range(reading: Reading, cue: Cue, opener: Node) -> tuple[Range, Node] | None:
    end = clause_end(reading, cue, opener.i)
    if end <= opener.i + 1:
        return None
    found = trimmed(reading.text, opener.start, reading.tree.nodes[end - 1].end)
    verb = opener.head if opener.head is not None else opener
    return (found, verb) if found else None


def _bare_clause(reading: Reading, cue: Cue) -> tuple[Range, Node] | None:
    for child in cue.head.children:
        if (
            child.rel in {"ccomp", "parataxis"}
            and child.i > cue.head.i
            and child.child("nsubj")
            and not child.child("mark")
        ):
            first = min((n for n in child.subtree() if n.i > cue.nodes[-1].i and n.is_word), key=lambda n: n.i)
            if first.i <= cue.nodes[-1].i + 4 and child.rel == "ccomp":
                return _clause_range(reading, cue, first)
    return None


def _bare_infinitive(reading: Reading, cue: Cue) -> tuple[Range, Node] | None:
    for child in cue.head.children:
        if child.rel in {"xcomp", "ccomp", "advcl"} and child.i > cue.head.i and _is_bare_infinitive(child):
            inside = [n for n in child.subtree() if n.i > cue.nodes[-1].i]
            first = min(inside, key=lambda n: n.i)
            while first is not child and first.upos == "ADV" and first.lower not in reading.grammar.negations:
                first = reading.tree.nodes[first.i + 1]
            return _clause_range(reading, cue, first)
    return None


def _is_bare_infinitive(node: Node) -> bool:
    """Whether the clause is an infinitive without marker or subject: "vara nöjd", "ha sett honom"."""
    if node.child("mark", "cc", "nsubj"):
        return False
    helpers = [child for child in node.children if child.rel in {"aux", "cop"}]
    return node.feat("VerbForm") == "Inf" or (bool(helpers) and helpers[0].feat("VerbForm") == "Inf")


def _opens_clause(reading: Reading, node: Node) -> bool:
    return any(n.feat("VerbForm") == "Fin" for n in reading.tree.nodes[node.i + 1 : node.i + 12]) or node.rel == "mark"
