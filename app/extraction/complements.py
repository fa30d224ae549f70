"""Content that follows its cue: clauses, infinitives, prepositional phrases, objects, quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.clauses import clause_end
from app.extraction.complementizers import behind, complementizer
from app.extraction.objects import phrase_range
from app.extraction.preposed import trimmed
from app.resolution.phrases import NOMINAL, is_temporal, noun_phrase

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.parsing.tree import Node

Range = tuple[int, int]
_AS = "som"
_BE_OR_HAVE = frozenset({"vara", "ha"})
_CONDITION = 8
"""Words in which the verb of a condition comes: "om stödet till M23 inte upphör"."""


def complement_clause(reading: Reading, cue: Cue, *, finite: bool) -> tuple[Range, Node] | None:
    """The clause with a complementizer behind the cue: finite ("att A hade …") or infinitival ("att ingripa")."""
    following = reading.tree.right(cue.nodes[-1])
    if not finite and following is not None and following.lower in reading.grammar.temporal_adverbs:
        # "säger sig *nu* vara på väg att ge upp"
        following = reading.tree.right(following)
    if not finite and following is not None and following.lower in _BE_OR_HAVE:
        # "säger sig *vara* berett att …"
        return _clause_range(reading, cue, following)
    mark = complementizer(reading, cue)
    if mark is None:
        return _bare_clause(reading, cue) if finite else _bare_infinitive(reading, cue)
    if _is_infinitival(reading, mark) is finite:
        return None
    return _clause_range(reading, cue, _coordinated_object(reading, cue, mark) or mark)


def _coordinated_object(reading: Reading, cue: Cue, mark: Node) -> Node | None:
    """The first word of an object that the clause is coordinated with: "kräver *mer pengar* och att hon går"."""
    coordinator = reading.tree.left(mark)
    thing = cue.head.child("obj")
    between = coordinator is not None and thing is not None and cue.head.i < thing.i < coordinator.i
    if not between or thing is None or coordinator is None or coordinator.lower not in reading.grammar.coordinators:
        return None
    return noun_phrase(reading.tree, reading.grammar, thing)[0]


def interrogative_clause(reading: Reading, cue: Cue) -> tuple[Range, Node] | None:
    """The clause that a question word opens behind the cue: "frågade vem som …", "undrar hur …"."""
    for node in behind(reading, cue):
        if node.text in {";", ":"} or (
            node.upos in {"VERB", "SCONJ"} and node.lower not in reading.grammar.interrogatives
        ):
            return None
        if node.lower in reading.grammar.interrogatives and node.upos != "ADP" and _opens_clause(reading, node):
            # "*från vilken sida* elden öppnades"
            before = reading.tree.left(node)
            governed = before is not None and before.upos == "ADP" and before.i > cue.nodes[-1].i
            return _clause_range(reading, cue, before if before is not None and governed else node)
    return None


def prepositional(reading: Reading, cue: Cue, preposition: str) -> tuple[Range, Node] | None:
    """The prepositional content: "om hjälp", "för att ha beskjutit byar", "till höga elpriser"."""
    for node in behind(reading, cue):
        if node.text in {";", ":"} or node.lower in reading.grammar.complementizers:
            # "yrkade att bygget skulle läggas *på is*": a clause came first.
            return None
        other = reading.cue_at(node)
        report = other is not None and other is not cue and not other.quoted and node.i > cue.head.i
        if report and node.lower not in reading.grammar.source_prepositions:
            return None
        if node.lower != preposition or node.upos not in {"ADP", "SCONJ", "ADV", "PART"}:
            continue
        following = reading.tree.right(node)
        if following is None:
            return None
        if following.lower in reading.grammar.complementizers | reading.grammar.interrogatives:
            # "för att patienter fick vänta", "för hur patienter bemöts"
            return _clause_range(reading, cue, node)
        if _inside_name(reading, node):
            continue
        noun = node.head
        # "pekar ut Ryssland *som ansvarigt*"
        predicate = preposition == _AS and noun is not None and noun.upos in {"ADJ", "ADV"}
        if noun is None or noun.i < node.i or is_temporal(reading.grammar, noun):
            continue
        if noun.upos not in NOMINAL and not predicate:
            continue
        owner = noun.child("nmod:poss")
        if owner is not None and owner.feat("Definite") == "Def" and is_temporal(reading.grammar, owner):
            # "yrkade på *måndagens* möte att …": when it was said.
            continue
        found = phrase_range(reading, cue, noun, start=node.i)
        inside = reading.tree.between(found[0], found[1])
        if _again(reading, noun, found[1], preposition):
            # "för olydnad *och för att ha skrämt bort volontärer*"
            whole = _clause_range(reading, cue, node)
            found = whole[0] if whole is not None and whole[0][1] > found[1] else found
        condition = next((n for n in inside if _opens_condition(reading, n)), None)
        if condition is not None:
            # "hotar med sanktioner *om stödet inte upphör*": the preposition is a conjunction.
            whole = _clause_range(reading, cue, node)
            found = whole[0] if whole is not None else found
        return found, noun
    return None


def _again(reading: Reading, noun: Node, end: int, preposition: str) -> bool:
    """Whether "och" and the preposition with a clause follow the phrase."""
    last = next((node for node in reversed(reading.tree.between(noun.start, end)) if node.is_word), noun)
    coordinator, again, mark = (reading.tree.right(last, k) for k in (1, 2, 3))
    goes_on = coordinator is not None and coordinator.lower in reading.grammar.coordinators
    clause = mark is not None and mark.lower in reading.grammar.complementizers
    return goes_on and again is not None and again.lower == preposition and clause


def _inside_name(reading: Reading, preposition: Node) -> bool:
    """ "kritiseras av Myndigheten *för* psykologiskt försvar": the name of a body goes on."""
    before = reading.tree.left(preposition)
    if before is None or reading.tree.left(before) is None or not before.text[:1].isupper():
        return False
    body = reading.entities.body_noun(before.text)
    return body is not None and not body.prefix


def _opens_condition(reading: Reading, node: Node) -> bool:
    """Whether "om" stands before a clause, not a noun: a finite verb follows before any comma."""
    if node.lower != "om":
        return False
    stop = reading.tree.sentences[node.sentence].stop
    for other in reading.tree.nodes[node.i + 1 : min(stop, node.i + _CONDITION)]:
        if other.upos == "PUNCT" or other.lower in reading.grammar.relative_pronouns | reading.grammar.complementizers:
            return False
        if other.feat("VerbForm") == "Fin":
            return True
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
    if end <= opener.i or (end == opener.i + 1 and opener.upos != "VERB"):
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
            first = next((n for n in child.subtree() if n.i > cue.nodes[-1].i and n.is_word), None)
            if _is_cut_off(reading, cue):
                # "Erik erkänner, Anna förnekar": another's clause.
                return None
            if first is not None and first.i <= cue.nodes[-1].i + 4 and child.rel == "ccomp":
                return _clause_range(reading, cue, first)
    return None


def _is_cut_off(reading: Reading, cue: Cue) -> bool:
    following = reading.tree.right(cue.nodes[-1])
    return following is not None and following.text == ","


def _bare_infinitive(reading: Reading, cue: Cue) -> tuple[Range, Node] | None:
    governed = cue.head.head
    if (
        cue.head.rel == "aux"
        and governed is not None
        and governed.i > cue.head.i
        and governed.feat("VerbForm") == "Inf"
    ):
        # "oppositionen vill folkomrösta": parsed as an auxiliary of what is wanted.
        return _clause_range(reading, cue, _infinitive_start(reading, cue, governed))
    for child in cue.head.children:
        if child.rel in {"xcomp", "ccomp", "advcl"} and child.i > cue.head.i and _is_bare_infinitive(child):
            first = next((n for n in child.subtree() if n.i > cue.nodes[-1].i), child)
            while first is not child and first.upos == "ADV" and first.lower not in reading.grammar.negations:
                first = reading.tree.nodes[first.i + 1]
            # "säger sig *inte* känna till felet": parsed as a negation of the saying
            denied = reading.tree.left(first)
            within = denied is not None and denied.i > cue.nodes[-1].i and denied.lower in reading.grammar.negations
            return _clause_range(reading, cue, denied if denied is not None and within else first)
    return None


def _infinitive_start(reading: Reading, cue: Cue, verb: Node) -> Node:
    """The first word of the infinitive phrase behind cue and subject: a negation before the verb, or the verb."""
    before = reading.tree.left(verb)
    return (
        before if before is not None and before.lower in reading.grammar.negations and before.i > cue.head.i else verb
    )


def _is_bare_infinitive(node: Node) -> bool:
    """Whether the clause is an infinitive without marker or subject: "vara nöjd", "ha sett honom"."""
    if node.child("mark", "cc", "nsubj"):
        return False
    helpers = [child for child in node.children if child.rel in {"aux", "cop"}]
    return node.feat("VerbForm") == "Inf" or (bool(helpers) and helpers[0].feat("VerbForm") == "Inf")


def _opens_clause(reading: Reading, node: Node) -> bool:
    return any(n.feat("VerbForm") == "Fin" for n in reading.tree.nodes[node.i + 1 : node.i + 12]) or node.rel == "mark"
