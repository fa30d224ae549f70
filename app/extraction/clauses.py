"""Where a reported clause ends: the printed words, not the subtree, since long coordinations are parsed unsurely."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.animacy import can_speak, is_person
from app.extraction.coordination import ends_report
from app.extraction.tense import tense_of

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.parsing.tree import Node

CLOSERS = frozenset({".", "!", "?", "…", '"', "”", "“", "»", "«", ")", ":", ";"})
_ATT = "att"
_LOOK_AHEAD = 7
_LONGEST_SOURCE = 18
_LONGEST_LABEL = 6
_MAIN_CLAUSE_ADVERBS = frozenset({"dock", "däremot", "därför"})  # before the verb of a reported clause


def sentence_end(reading: Reading, node: Node) -> int:
    """The index one past the last word of the sentence, its final punctuation and closing marks left out."""
    indices = reading.tree.sentences[node.sentence]
    stop = indices.stop
    while stop > indices.start and reading.tree.nodes[stop - 1].text in CLOSERS:
        stop -= 1
    return stop


def clause_end(reading: Reading, cue: Cue, start: int, *, quoted_end: int | None = None) -> int:
    """The index one past the last word of the reported clause that begins at node index ``start``.

    The clause runs to the end of its sentence unless before that the narrator takes over: a coordinated report with the
    same source ("… och har uppmanat"), an inverted attribution, "enligt X", a concessive clause that holds a report of
    its own, a coordinated main clause that hangs on the cue, a lone dash, a semicolon. ``quoted_end``: code point
    before which no boundary is looked for, because quotation marks hold the words together.
    """
    nodes = reading.tree.nodes
    stop = sentence_end(reading, cue.head)
    in_relative = _in_relative_clause(reading, cue)
    depth = 0
    infinitive = _is_infinitive(nodes, start, stop)
    for i in range(start + 1, stop):
        node = nodes[i]
        if infinitive and node.lower in reading.grammar.report_coordinators and _is_finite_at(nodes, i + 1, stop):
            # "uppges tillhöra ligan och *var* bortrest": a finite verb does not go on with an infinitive.
            return i
        if quoted_end is not None and node.start < quoted_end:
            continue
        if node.text == "(":
            depth += 1
        elif node.text == ")":
            if depth == 0:
                return i
            depth -= 1
        elif depth:
            continue
        elif (
            node.text == ","
            and i + 1 < stop
            and (_narrator_resumes(reading, cue, i + 1, stop) or ends_report(reading, start, i, stop))
        ):
            return i
        elif node.text == "," and in_relative and i + 1 < stop and tense_of(nodes[i + 1]) in {"Pres", "Past"}:
            # "Lind, som uppger att hon såg branden, *ringde* polisen": the main clause goes on behind the relative one.
            return i
        elif node.lower in reading.grammar.source_prepositions and nodes[i - 1].text != "(" and i > start + 1:
            # "… att A enligt B": the inner source takes the clause over only when a comma sets it off, which the branch
            # above sees; without one it belongs to the clause.
            continue
        elif (
            (node.lower in reading.grammar.report_coordinators and _sibling_report(reading, cue, i, comma=False))
            or (node.text in {"–", "—"} and not any(other.text in {"–", "—"} for other in nodes[i + 1 : stop]))
            or (node.text == ";" and quoted_end is None)
        ):
            return i
    return stop


def _is_infinitive(nodes: list[Node], start: int, stop: int) -> bool:
    """Whether the clause begins with an infinitive: "vara", "att köra", "från att ge sig ut"."""
    first = nodes[start]
    mark = next((i for i in (start, start + 1) if i + 1 < stop and nodes[i].lower == _ATT), None)
    if mark is not None and (mark == start or first.upos == "ADP" or first.rel == "mark"):
        first = nodes[mark + 1]
    return tense_of(first) == "Inf"


def _is_finite_at(nodes: list[Node], i: int, stop: int) -> bool:
    verb = i < stop and nodes[i].upos in {"VERB", "AUX"}
    # No infinitive ends in -r, whatever "ber" was tagged.
    return verb and (tense_of(nodes[i]) in {"Pres", "Past"} or nodes[i].lower.endswith("r"))


def _in_relative_clause(reading: Reading, cue: Cue) -> bool:
    """Whether the cue's clause is a relative one between commas: ", som uppger att …,"."""
    subject = cue.head.child("nsubj")
    if subject is None or subject.lower not in reading.grammar.relative_pronouns or subject.i == 0:
        return False
    return reading.tree.nodes[subject.i - 1].text == ","


def _narrator_resumes(reading: Reading, cue: Cue, i: int, stop: int) -> bool:
    nodes, grammar = reading.tree.nodes, reading.grammar
    node = nodes[i]
    if node.lower in grammar.source_prepositions:
        return True
    if node.lower in grammar.relative_pronouns and i + 1 < stop and nodes[i + 1].lower in grammar.source_prepositions:
        # "…, som enligt ett mejl har fått en vecka på sig": the sentence does not go on behind it.
        return not any(other.text == "," for other in nodes[i + 1 : stop])
    other = reading.cue_at(node)
    if other is not None and other.postposed:
        return True
    if other is not None and not other.quoted and tense_of(node) in {"Past", "Pres"} and i > cue.head.i + 2:
        # "har hävdat att A, lovade B och …": a list of reports.
        return tense_of(cue.head) in {"Past", "Pres", "Sup"}
    if _another_reports(reading, cue, i, stop):
        return True
    if node.lower in {"vilket", "något", "någonting"} and _is_comment(reading, cue, i, stop):
        return True
    if _is_afterthought(reading, cue, i, stop):
        return True
    if node.lower in grammar.concessive_openers and node.lower not in grammar.report_coordinators:
        return _holds_report(reading, cue, i, stop)
    if node.lower in grammar.report_coordinators:
        return _sibling_report(reading, cue, i, comma=True) or opens_silence(reading, i + 1, stop)
    return False


def opens_silence(reading: Reading, i: int, stop: int) -> bool:
    """Whether a main clause at ``i`` says that something was not said: "men *det vill Lind inte kommentera*"."""
    clause = list(takewhile(lambda node: node.text not in {",", ";", ":"}, reading.tree.nodes[i:stop]))
    finite = next(
        (node for node in clause if node.upos in {"VERB", "AUX"} and tense_of(node) in {"Pres", "Past"}), None
    )
    denied = next((node for node in clause if node.lower in reading.grammar.negations), None)
    if finite is None or denied is None or clause[0].lower in reading.grammar.complementizers:
        return False
    if denied.i < finite.i and denied is not clause[0]:
        # But "men *ingen* av dem har velat uttala sig".
        return False
    reports = (node for node in clause if node.i >= finite.i and node.lower in reading.lexicon.verb_forms)
    return any(Act.STATEMENT in form.entry.acts for node in reports for form in reading.lexicon.verb_forms[node.lower])


def _another_reports(reading: Reading, cue: Cue, i: int, stop: int) -> bool:
    """Whether a name and its cue follow at once: "hävdar att hyran är skälig, *Hyresgästföreningen anser*"."""
    nodes = reading.tree.nodes
    if nodes[i].upos not in {"PROPN", "NOUN"} or not can_speak(reading, nodes[i]):
        return False
    for node in nodes[i + 1 : min(stop, i + _LONGEST_LABEL)]:
        other = reading.cue_at(node)
        if other is not None:
            return not other.quoted and tense_of(node) == tense_of(cue.head) and tense_of(node) in {"Pres", "Past"}
        if node.upos not in {"PROPN", "NOUN"}:
            return False
    return False


def _is_comment(reading: Reading, cue: Cue, i: int, stop: int) -> bool:
    """A relative clause on the whole report: ", något som kostade …", ", vilket dementeras av …"."""
    nodes = reading.tree.nodes
    if nodes[i].lower == "vilket":
        return _holds_report(reading, cue, i, stop)
    # "…, något han i dag inte vill kännas vid"
    return i + 1 < stop and nodes[i + 1].lower in reading.grammar.relative_pronouns | {"han", "hon", "hen"}


def _is_afterthought(reading: Reading, cue: Cue, i: int, stop: int) -> bool:
    """A noun that sums up what was said, with a relative clause on it: ", *ett krav som* Kairo avvisar".

    Nouns for words that were said are the narrator's; those for deeds ("ett beslut som") only where another's report
    follows.
    """
    nodes, grammar = reading.tree.nodes, reading.grammar
    if nodes[i].lower not in {"en", "ett"}:
        return False
    noun = next((n for n in nodes[i + 1 : min(stop, i + _LONGEST_LABEL)] if n.upos == "NOUN"), None)
    if noun is None or any(n.upos not in {"ADJ", "ADV"} for n in nodes[i + 1 : noun.i]):
        return False
    if not any(n.lower in grammar.relative_pronouns for n in nodes[noun.i + 1 : min(stop, noun.i + 3)]):
        return False
    said = noun.lower in grammar.shell_nouns_of_words or reading.lexicon.noun_by_head(noun.lower) is not None
    return said or (noun.lower in grammar.shell_nouns_of_deeds and _holds_report(reading, cue, noun.i, stop))


def _holds_report(reading: Reading, cue: Cue, i: int, stop: int) -> bool:
    for node in reading.tree.nodes[i:stop]:
        other = reading.cue_at(node)
        if other is not None and other is not cue and not other.quoted:
            return True
    return False


def _sibling_report(reading: Reading, cue: Cue, i: int, *, comma: bool) -> bool:
    """Whether the coordinator at ``i`` opens a clause of the narrator's: a further report, or a further main clause."""
    nodes, grammar = reading.tree.nodes, reading.grammar
    if comma and _report_with_own_source(reading, cue, i):
        return True
    if _has_main_order(reading, i + 1) or _takes_up_auxiliary(reading, cue, i + 1):
        return True
    limit = min(len(nodes), i + 1 + _LOOK_AHEAD, reading.tree.sentences[cue.head.sentence].stop)
    subject_seen = False
    for j in range(i + 1, limit):
        node = nodes[j]
        if node.text in CLOSERS or (node.text == "," and j > i + 1):
            return False
        if node.lower in grammar.complementizers and not subject_seen:
            return False
        verbal = node.upos in {"VERB", "AUX"} and node.lower not in grammar.cue_auxiliaries
        if verbal:
            return _same_level(reading, cue, node, comma=comma, own_subject=subject_seen)
        if node.lower in grammar.coordinators and j > i + 1:
            # "… och Armenien och uppmanar": a list goes on here, the next coordinator is looked at by itself.
            return False
        subject = node.upos in {"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"}
        if subject and not grammar.is_temporal(node.lower) and node.rel != "amod":
            subject_seen = True
    return False


def _has_main_order(reading: Reading, i: int) -> bool:
    """Whether a finite verb stands at ``i`` with its negation behind it ("men *vill inte* säga")."""
    nodes = reading.tree.nodes
    if i + 1 >= len(nodes) or nodes[i].upos not in {"VERB", "AUX"} or tense_of(nodes[i]) not in {"Pres", "Past"}:
        return False
    return nodes[i + 1].lower in reading.grammar.negations | _MAIN_CLAUSE_ADVERBS


def _takes_up_auxiliary(reading: Reading, cue: Cue, i: int) -> bool:
    """Whether the cue's own auxiliary comes again with another cue: "*har* medgett att …, men *har* avvisat talet"."""
    nodes = reading.tree.nodes
    first = cue.nodes[0]
    if first is cue.head or i >= len(nodes) or nodes[i].lower != first.lower:
        return False
    return any(node.lower in reading.lexicon.verb_forms for node in nodes[i + 1 : i + _LONGEST_LABEL])


def _report_with_own_source(reading: Reading, cue: Cue, i: int) -> bool:
    """ ", och talespersonen för ministeriet, Lin Weidong, sade": however long its source, another's report."""
    stop = reading.tree.sentences[cue.head.sentence].stop
    for other in reading.cues:
        head = other.head
        if other.quoted or other.postposed or not i < head.i < min(stop, i + _LONGEST_SOURCE):
            continue
        subject = head.child("nsubj")
        between = reading.tree.nodes[i + 1 : other.nodes[0].i]
        inside = any(n.lower in reading.grammar.complementizers for n in between)
        own = subject is not None and i < subject.i < head.i and head.rel in {"conj", "root", "parataxis"}
        if (own and not inside) or phrase_behind(reading, other) is not None:
            return True
    return False


def phrase_behind(reading: Reading, cue: Cue) -> Node | None:
    """The head of the noun phrase between ", och" and the cue, with nothing else there: its source, however parsed."""
    nodes = reading.tree.nodes
    start = reading.tree.sentences[cue.head.sentence].start
    for i in range(cue.nodes[0].i - 1, max(start, cue.nodes[0].i - _LONGEST_SOURCE), -1):
        node = nodes[i]
        if node.upos in {"VERB", "AUX", "SCONJ"} or node.text in CLOSERS - {")"}:
            return None
        if node.lower in reading.grammar.report_coordinators and nodes[i - 1].text == ",":
            first = next((n for n in nodes[i + 1 : cue.nodes[0].i] if n.upos not in {"DET", "ADJ", "NUM"}), None)
            if first is None or first.upos not in {"NOUN", "PROPN"} or not can_speak(reading, first):
                return None
            titled = first.head is not None and first.head.upos == "PROPN" and first.rel == "nmod"
            return first.head if titled and first.head is not None and first.head.i < cue.head.i else first
    return None


def _same_level(reading: Reading, cue: Cue, verb: Node, *, comma: bool, own_subject: bool) -> bool:
    other = reading.cue_at(verb)
    hangs_on_cue = verb.head is cue.head and verb.rel in {"conj", "parataxis"}
    same_tense = tense_of(verb) == tense_of(cue.head)
    if other is None or other.quoted:
        return hangs_on_cue and same_tense and (comma or not own_subject)
    if own_subject:
        return comma or hangs_on_cue
    if same_tense or _thing_before(reading, cue, verb):
        return True
    perfect = tense_of(verb) == "Sup" and tense_of(cue.head) in {"Sup", "Past", "Pres"}
    return comma and (perfect or hangs_on_cue)


def _thing_before(reading: Reading, cue: Cue, verb: Node) -> bool:
    """Whether the subject of the clause so far is a thing: who goes on speaking is then the source of the cue."""
    subjects = [n for n in reading.tree.nodes[cue.head.i + 1 : verb.i] if n.rel == "nsubj" and n.upos == "NOUN"]
    if not subjects:
        return False
    clause = subjects[-1].head
    there_is = clause is not None and clause.child("expl") is not None and subjects[-1].i > clause.i
    done_to = subjects[-1].deprel == "nsubj:pass" and not is_person(reading, subjects[-1])
    return there_is or done_to or not can_speak(reading, subjects[-1])
