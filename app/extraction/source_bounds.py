"""What a source phrase is said of: the clause around "enligt X", without the phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.clauses import CLOSERS, opens_silence, sentence_end
from app.extraction.draft import CueKind
from app.extraction.preposed import trimmed
from app.resolution.noun_reading import read_noun
from app.resolution.phrases import NOMINAL, noun_phrase

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.parsing.tree import Node

_JUDGED = 12
"""Words: how far an apposition is looked through for the verb of those who report on it."""
_NAME = 6
"""Words: how far the name of a body runs that stands between commas."""
_SELF = frozenset({"själv", "själva"})


def around(reading: Reading, cue: Cue, head: Node, phrase: list[Node]) -> tuple[list[tuple[int, int]], str]:
    """The ranges of the clause around the source phrase, in code points, and the rule that found them.

    ``cue``: the preposition; ``phrase``: the words of the source behind it, ``head`` among them.
    """
    nodes, text = reading.tree.nodes, reading.text
    sentence = reading.tree.sentences[cue.head.sentence]
    stop = max(sentence_end(reading, cue.head), phrase[-1].i + 1)
    after = _apposition_end(reading, phrase[-1].i + 1, stop)
    after = _attribute_end(reading, cue, after, stop)
    start = _left_bound(reading, cue, sentence.start)
    right_stop = right_bound(reading, after, stop)
    if start > sentence.start and _opens_relative(reading, cue, start):
        right_stop = next((n.i for n in nodes[after:right_stop] if n.text == ","), right_stop)
        if nodes[start].i == cue.head.i - 1 and nodes[start].lower != "vilket":
            start = cue.head.i
    before_words = [node for node in nodes[start : cue.head.i] if node.is_word]
    after_words = [node for node in nodes[after:right_stop] if node.is_word]
    left = trimmed(text, nodes[start].start, cue.head.start) if before_words else None
    right = trimmed(text, nodes[after].start, nodes[right_stop - 1].end) if after_words else None
    if left is None or all(node.upos in {"CCONJ", "ADV"} for node in before_words):
        return ([right] if right else []), "source-first"
    if right is not None and nodes[start].lower in reading.grammar.source_prepositions:
        # "Enligt A blir det en roman, enligt B ingenting": what stands before is the other source's.
        return [right], "source-second"
    comma_before = nodes[cue.head.i - 1].text in {",", *CLOSERS}
    verb_before = any(_is_finite(node) for node in nodes[start : cue.head.i])
    if right is None or (comma_before and verb_before and not _continues(reading, after, right_stop)):
        return [left], "source-last"
    if not any(node.upos in {"VERB", "AUX", "ADJ"} for node in after_words) and verb_before and comma_before:
        return [left], "source-last"
    return [left, right], "source-inside"


def _attribute_end(reading: Reading, cue: Cue, i: int, stop: int) -> int:
    """ "*Enligt källor* till tidningen *väntas*": what opens a main clause reaches to its verb, which stands second."""
    nodes = reading.tree.nodes
    before = reading.tree.left(cue.head)
    opens = before is None or before.sentence != cue.head.sentence or not before.is_word
    if not opens and i + 1 < stop and nodes[i].lower == "till" and nodes[i + 1].text[:1].isupper():
        # "ska *enligt uppgifter* till Di vara på väg"
        told = reading.lexicon.is_impersonal(nodes[i - 1].lower)
        return noun_phrase(reading.tree, reading.grammar, nodes[i + 1])[-1].i + 1 if told else i
    if opens and i < stop and nodes[i].lower in reading.grammar.relative_pronouns:
        # "*Enligt en utredning* som EU har beställt *får* …": the second finite verb is the main clause's.
        finite = [n for n in nodes[i:stop] if n.feat("VerbForm") == "Fin"]
        return finite[1].i if len(finite) > 1 else i
    if not opens or i >= stop or nodes[i].upos != "ADP":
        return i
    verb = next((n for n in nodes[i:stop] if n.upos in {"VERB", "AUX"} or not n.is_word), None)
    return verb.i if verb is not None and verb.feat("VerbForm") == "Fin" else i


def _continues(reading: Reading, i: int, stop: int) -> bool:
    """Whether the clause that the source phrase interrupts goes on behind it."""
    nodes = reading.tree.nodes
    if i < stop and nodes[i].text == ",":
        following = nodes[i + 1] if i + 1 < stop else None
        return (
            following is not None
            and following.upos not in {"SCONJ"}
            and following.lower not in (reading.grammar.relative_pronouns | reading.grammar.concessive_openers)
        )
    return any(_is_finite(node) or node.feat("VerbForm") == "Inf" for node in nodes[i:stop])


def _apposition_end(reading: Reading, i: int, stop: int) -> int:
    """Step over "själv", "(FHM)" and ", som …," behind the source."""
    nodes = reading.tree.nodes
    if i < stop and nodes[i].lower in _SELF:
        i += 1
    if i < stop and nodes[i].text == "(":
        while i < stop and nodes[i].text != ")":
            i += 1
        i = min(i + 1, stop)
    if i + 1 < stop and nodes[i].text == "," and nodes[i + 1].lower in reading.grammar.relative_pronouns:
        k = i + 2
        while k < stop and nodes[k].text != ",":
            k += 1
        return min(k + 1, stop)
    named = _is_body_named(reading, i, stop)
    if named is not None:
        return named
    if i and i + 1 < stop and nodes[i].text == "," and nodes[i - 1].upos in NOMINAL and _names_a_role(reading, i + 1):
        k = next((k for k in range(i + 1, stop) if nodes[k].text == ","), stop)
        if not any(_is_finite(node) for node in nodes[i + 1 : k]):
            return min(k + 1, stop)
    return i


def _is_body_named(reading: Reading, i: int, stop: int) -> int | None:
    """Where the name of a body ends that stands between commas: "enligt hennes parti, *Folkets front*, har …"."""
    nodes = reading.tree.nodes
    if not i or i + 1 >= stop or nodes[i].text != "," or reading.entities.body_noun(nodes[i - 1].text) is None:
        return None
    end = next((k for k in range(i + 1, min(stop, i + _NAME)) if nodes[k].text == ","), None)
    if end is None or not nodes[i + 1].text[:1].isupper() or any(n.upos not in NOMINAL for n in nodes[i + 1 : end]):
        return None
    return end + 1


def _names_a_role(reading: Reading, i: int) -> bool:
    """Whether an apposition begins at ``i`` that says who somebody is: ", vakthavande befäl vid polisen"."""
    for node in reading.tree.nodes[i : i + 3]:
        if node.upos in {"NOUN", "PROPN"} and node.feat("Case") == "Gen":
            # ", arméns talesperson, …"
            continue
        if node.upos == "NOUN" or reading.entities.title(node.text) is not None:
            noun = read_noun(reading.entities, node)
            return noun is not None and bool(noun.title or noun.person or reading.grammar.is_agentive(noun.lemma))
        if node.upos not in {"ADJ", "DET"}:
            return False
    return False


def _left_bound(reading: Reading, cue: Cue, start: int) -> int:
    """Where the attributed clause begins: with the sentence, or the coordinated clause in which "enligt" stands."""
    nodes = reading.tree.nodes
    quotation = reading.quotation_at(cue.head.start) if cue.quoted else None
    for i in range(cue.head.i - 1, start, -1):
        if quotation is not None and nodes[i].start < quotation.start:
            return i + 1
        node = nodes[i]
        if node.text in {";", ":"}:
            return i + 1
        if node.lower == "vilket" and i == cue.head.i - 1 and nodes[i - 1].text == ",":
            return i
        if _opens_relative(reading, cue, i):
            return i
        beside = i == cue.head.i - 1 and node.lower in reading.grammar.report_coordinators and nodes[i - 1].text == ","
        if beside and any(_is_finite(n) for n in nodes[start:i]):
            # "Det medger han, *men enligt* henne var det stulet": a clause of its own.
            return i + 1
        opens_main = (
            node.lower in reading.grammar.report_coordinators
            and nodes[i - 1].text == ","
            and any(_is_finite(n) for n in nodes[i + 1 : cue.head.i])
            and any(_is_finite(n) for n in nodes[start:i])
        )
        # "…, och det kommer enligt X ta tid": set inside the clause without a comma it attributes this clause alone.
        inside = nodes[cue.head.i - 1].text != "," and not _clause_ends_behind(reading, cue)
        if opens_main and (inside or (reading.cue_at(nodes[start]) is None and _has_cue(reading, start, i))):
            return i + 1
    return start


def _opens_relative(reading: Reading, cue: Cue, i: int) -> bool:
    """Whether the source stands in a relative clause that opens at ``i``: ", som enligt FN får vapen,"."""
    nodes = reading.tree.nodes
    if nodes[i].lower not in reading.grammar.relative_pronouns or nodes[i - 1].text != ",":
        return False
    return not any(_is_finite(node) or node.text == "," for node in nodes[i + 1 : cue.head.i])


def _clause_ends_behind(reading: Reading, cue: Cue) -> bool:
    """Whether no verb follows the source phrase: it then closes the sentence, not interrupts a clause."""
    stop = sentence_end(reading, cue.head)
    return not any(n.upos in {"VERB", "AUX"} for n in reading.tree.nodes[cue.head.i + 1 : stop])


def _has_cue(reading: Reading, start: int, stop: int) -> bool:
    return any(
        other.kind is CueKind.VERB and start <= other.head.i < stop and not other.quoted for other in reading.cues
    )


def right_bound(reading: Reading, start: int, stop: int) -> int:
    """Where the clause that begins at word ``start`` ends, at ``stop`` at the latest."""
    nodes = reading.tree.nodes
    for i in range(start, stop):
        node = nodes[i]
        if node.text == ";" or (node.text == ":" and i + 1 < stop and nodes[i + 1].text in {"–", "—", '"', "”"}):
            return i
        if node.text == "," and i + 1 < stop:
            following = reading.cue_at(nodes[i + 1])
            if following is not None and following.postposed:
                return i
            if nodes[i + 1].lower in reading.grammar.source_prepositions:
                return i
            if nodes[i + 1].lower == "vilket" and _report_opens(reading, i + 2, stop):
                return i
            if nodes[i + 1].lower in reading.grammar.report_coordinators and (
                _report_opens(reading, i + 2, stop) or opens_silence(reading, i + 2, stop)
            ):
                return i
        if node.text == "," and _opens_judged(reading, i + 1, stop):
            return i
        if node.text in {"–", "—"} and not any(other.text in {"–", "—"} for other in nodes[i + 1 : stop]):
            return i
    return stop


def _opens_judged(reading: Reading, i: int, stop: int) -> bool:
    """Whether others report on an apposition that opens at ``i``: ", *en siffra som byrån inte kan bekräfta*"."""
    nodes = reading.tree.nodes[i : min(stop, i + _JUDGED)]
    som = next((k for k, node in enumerate(nodes) if node.lower in reading.grammar.relative_pronouns), None)
    if (
        som is None
        or not nodes[0].lower.startswith("e")
        or nodes[0].upos not in {"DET", "NUM"}
        or nodes[som - 1].upos != "NOUN"
    ):
        return False
    told = nodes[som - 1]
    of_words = told.lemma in reading.replies.quantities or reading.lexicon.noun_by_head(told.lower) is not None
    return of_words and any((cue := reading.cue_at(n)) is not None and not cue.quoted for n in nodes[som + 1 :])


def _report_opens(reading: Reading, i: int, stop: int) -> bool:
    """Whether the coordinated clause is another's report ("…, men den andre berättar att")."""
    for node in reading.tree.nodes[i:stop]:
        if node.text == ",":
            return False
        cue = reading.cue_at(node)
        if cue is not None and not cue.quoted and not cue.postposed:
            return True
    return False


def _is_finite(node: Node) -> bool:
    return node.feat("VerbForm") in {"Fin", "Sup"}
