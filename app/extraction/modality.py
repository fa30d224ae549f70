"""Whether a report is made at all: not denied, supposed, asked about, wished, ordered or only possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.stranded import stranded
from app.extraction.tense import tense_of
from app.lexicon.schema import Tense, Voice

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.parsing.tree import Node

NEITHER = "varken"
_WITHOUT = "utan"
_ABLE = frozenset({"kan", "kunde", "kunnat"})
_OF_ONESELF = frozenset({"säga", "anse", "tro", "mena", "påstå", "uppge", "förklara"})
_RUMOUR = frozenset({"lär"})
_HEARSAY = frozenset({"ska", "skall"}) | _RUMOUR


def is_made(reading: Reading, cue: Cue) -> bool:
    """Whether the report is made at all: not denied, supposed, asked about, wished, ordered or only possible."""
    head, entry = cue.head, cue.entry
    assert entry is not None
    auxiliaries = [node for node in head.children if node.rel == "aux" and node.i < head.i]
    auxiliaries += [node for node in cue.nodes if node.i < head.i and node not in auxiliaries]
    if cue.tense == Tense.SUPINE and not auxiliaries and head.child("obj", "ccomp") is None:
        # "misstänkt för mord": without "har" and an object it is the participle.
        participle = any(form.tense is Tense.PARTICIPLE for form in reading.lexicon.verb_forms.get(head.lower, ()))
        if participle:
            return False
    cue.negated = _is_negated(reading, cue)
    if cue.negated and not entry.negated:
        return False
    if cue.negated and cue.tense == Tense.SUPINE and entry.acts[:1] == (Act.DENIAL,):
        # "har inte förnekat": who has not denied has not confirmed either.
        return False
    before = reading.tree.left(head)
    neither = before is not None and before.lower == NEITHER
    if neither and auxiliaries and not any(node.lower in _ABLE for node in auxiliaries):
        # "vill varken bekräfta eller dementera" is no comment.
        return False
    if not cue.negated and not entry.acts:
        return False
    # "ska ha sagt": hearsay of a report that was made.
    heard = any(node.lower == "ha" for node in auxiliaries) and any(node.lower in _HEARSAY for node in auxiliaries)
    rumoured = any(node.lower in _RUMOUR for node in auxiliaries)
    heard = heard and (rumoured or entry.acts[:1] == (Act.STATEMENT,)) and not _is_due(reading, head)
    if (
        not heard
        and not all(reading.lexicon.reports_under(node.lower, entry.verb) for node in auxiliaries)
        and not (cue.negated and entry.negated)
    ):
        return False
    # "Att så skett *förnekas* av ledningen": without "att" and auxiliary the s-form of a main clause is finite.
    finite = cue.voice is Voice.PASSIVE and head.head is None and head.child("mark") is None
    if tense_of(head) == "Inf" and not finite and not any(node.lower != "att" for node in auxiliaries):
        return _licensed_infinitive(reading, cue) and not is_supposed(reading, head)
    return not (is_supposed(reading, head) or is_asked(reading, cue))


def _is_due(reading: Reading, head: Node) -> bool:
    """Whether the report is still to be made: "Alla kommuner ska ha svarat senast i juni"."""
    subject = head.child("nsubj")
    anybody = subject is not None and subject.feat("Number") == "Plur" and subject.feat("Definite") != "Def"
    return anybody or any(node.lower in reading.grammar.future_openers for node in reading.tree.sentence_of(head))


def _is_negated(reading: Reading, cue: Cue) -> bool:
    grammar, head = reading.grammar, cue.head
    limit = head.i
    if cue.entry is not None and cue.entry.reflexive and cue.entry.verb in _OF_ONESELF:
        # "säger sig inte veta": what is denied is the knowing, not the saying.
        return any(node.lower in grammar.negations for node in head.children if node.i < head.i)
    governed = head.head if head.rel == "aux" else None
    if governed is not None and governed.i > head.i:
        # "vill hon *inte* gå med på": parsed as an auxiliary of what is not wanted.
        between = [node for node in governed.children if head.i < node.i < governed.i]
        if any(node.lower in grammar.negations and node.upos != "PROPN" for node in between):
            return True
    halves = stranded(reading, cue, cue.entry) if cue.entry is not None else None
    if halves is not None:
        # "Det håller vd Anna Ek *inte* med om"
        return any(node.lower in grammar.negations and node.upos != "PROPN" for node in halves.behind)
    following = reading.tree.right(head)
    subject = next((child for child in head.children if child.rel == "nsubj" and child.i > head.i), None)
    inverted = subject.subtree() if subject is not None else []
    ends = max((node.i for node in inverted), default=0) + 1
    while (
        following is not None
        # "säger *åklagaren* inte"
        and (following.upos in {"ADV", "PART", "PRON"} or following in inverted or _is_mark(following, ends))
        and following.lower not in grammar.complementizers
    ):
        limit = following.i
        following = reading.tree.right(following)
    thing = head.child("obj")
    if thing is not None and thing.i > head.i and any(n.lower in grammar.negations for n in thing.children):
        # "lovar *inga* nya lagar"
        return True
    if head.rel == "conj" and head.head is not None and any(n.lower == NEITHER for n in head.head.children):
        return True
    for node in head.children:
        # "*Inga* Fahlén vädjar": a first name
        small = node.lower in grammar.negations and node.upos != "PROPN"
        if small and node.i <= limit and node.rel in {"advmod", "det", "nsubj", "cc", "obj"}:
            return True
        denied = (child for child in node.children if child.i < node.i and child.upos != "PROPN")
        if node.rel == "nsubj" and any(child.lower in grammar.negations for child in denied):
            # "*Inga* källor har bekräftat", "*Inte heller* FN kan bekräfta"
            return True
    before = reading.tree.left(cue.nodes[0])
    if before is not None and before.lower in grammar.infinitive_markers:
        without = reading.tree.left(before)
        if without is not None and without.lower == _WITHOUT:
            # "*utan att* kunna bekräfta uppgifterna"
            return True
    # "säger sig *inte* kunna bekräfta"
    unable = before is not None and before.lower in grammar.negations and cue.nodes[0].feat("VerbForm") == "Inf"
    return unable or any(node.lower in grammar.negations for node in cue.nodes)


def _is_mark(node: Node, ends: int) -> bool:
    """Whether the comma belongs to an apposition: "Den bilden delar Lena Frisk, *ordförande*, inte"."""
    return node.i <= ends and node.text == ","


def is_supposed(reading: Reading, head: Node) -> bool:
    """Whether the clause of the verb is only supposed: "om hon säger ja", "Hade hon sagt nej"."""
    node: Node | None = head
    while node is not None:
        mark = [child for child in node.children if child.rel == "mark" and child.i < node.i]
        # "även om" grants, it does not suppose.
        if any(reading.tree.nodes[child.i - 1].lower == "även" for child in mark if child.i):
            return False
        # A clause that opens the sentence so is supposed even where the parse takes it for the main one.
        supposed = [child for child in mark if _supposes(reading, child)]
        if supposed and (node.rel != "root" or supposed[0] is _first_word(reading, head)):
            return True
        if node.rel not in {"conj", "xcomp", "ccomp", "aux", "acl"}:
            break
        node = node.head
    first = _first_word(reading, head)
    if first.lower in reading.grammar.conditional_openers and first.text[:1].isupper():
        between = reading.tree.nodes[first.i : head.i]
        return not any(n.text in {",", ":"} for n in between)
    # A verb-first clause before the main clause is a condition: "Hade hon sagt nej, …".
    return (
        first.upos in {"AUX", "VERB"}
        and first.text[:1].isupper()
        and (first is head or first.head is head)
        and head.rel == "advcl"
    )


def _supposes(reading: Reading, mark: Node) -> bool:
    """Whether the subordinator opens a supposition; in "påminner *om att*" it is a preposition."""
    following = reading.tree.right(mark)
    clause = following is not None and following.lower in reading.grammar.complementizers
    return mark.lower in reading.grammar.hypothetical_subordinators and not clause


def _first_word(reading: Reading, node: Node) -> Node:
    sentence = reading.tree.sentence_of(node)
    return next((other for other in sentence if other.is_word), sentence[0])


def is_asked(reading: Reading, cue: Cue) -> bool:
    """Whether the sentence of the cue asks, outside any quotation."""
    sentence = reading.tree.sentence_of(cue.head)
    asks = any(node.text == "?" for node in sentence[-2:])
    if not asks or cue.quoted:
        # "Vem *tror* han att han är?": asked in a quotation as well.
        first = next((node for node in sentence if node.is_word), sentence[0])
        return asks and first.lower in reading.grammar.interrogatives
    quotation = reading.quotation_at(sentence[-1].start) or reading.quotation_at(
        sentence[-2].start if len(sentence) > 1 else 0
    )
    return quotation is None or quotation.outer_start <= sentence[0].start


def _licensed_infinitive(reading: Reading, cue: Cue) -> bool:
    """Whether a bare infinitive still reports: under a verb that lets it ("fortsätter att hävda"), not a purpose."""
    head, entry = cue.head, cue.entry
    assert entry is not None
    previous = reading.tree.left(cue.nodes[0])
    if previous is not None and previous.lower in reading.grammar.infinitive_markers:
        previous = reading.tree.left(previous)
    if previous is not None and previous.lower in reading.lexicon.infinitive_blockers:
        return False
    governor = head.head
    while governor is not None and head.rel == "conj" and tense_of(governor) == "Inf":
        head, governor = governor, governor.head
    if governor is None or head.rel not in {"xcomp", "ccomp", "conj"} or governor.upos not in {"VERB", "AUX"}:
        return False
    return reading.lexicon.reports_under(governor.lower, entry.verb)
