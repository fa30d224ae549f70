"""What sources say of earlier claims: that they are wrong, that nobody could confirm them, that nothing like it is."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.animacy import is_person
from app.extraction.speech_nouns import LEAST_WEIGHT
from app.lexicon.schema import ObjectRole

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading
    from app.parsing.tree import Node

_OPENING = 3
_VERIFIED_WHOLE = 9
_VERIFIED = 4
"""Words at the end among which the verb stands: "inte kan *bekräftas* från oberoende håll"."""
_CLAUSE = 8
"""Words of the first clause of an answer, in which it says what it does."""
_CAN = frozenset({"kan", "kunde", "måste"})
_ONE = "man"
_KNOWS = frozenset({"känner", "kände", "känna"})
_THAT = frozenset({"det", "detta"})
_HOLD = "stämma"
_TOO = "för"
_LACK = "sakna"
_SHARE = frozenset({"delar", "delade"})
_IS = frozenset({"är", "var"})
_WORDS = frozenset({Act.STATEMENT, Act.ACCUSATION, Act.CRITICISM})


def names_a_claim(reading: Reading, draft: Draft) -> bool:
    """Whether the cue calls an earlier claim something: 'kallar uppgifterna "rena fabrikationer"'."""
    noun, cue = draft.object_head, draft.cue
    if _described_as_false(reading, draft):
        return True
    naming = draft.frame in {"obj", "för"}
    if cue is None or cue.entry is None or noun is None or cue.entry.weight >= LEAST_WEIGHT or not naming:
        return False
    if noun.lower in _THAT:
        # "Ambassaden kallar *det* ”fria fantasier”"
        return any(reading.replies.is_false(node.lower) for node in _said(reading, draft))
    if noun.lower in reading.replies.unrecognised and cue.negated:
        # "känner inte igen *beskrivningen*"
        return True
    hit = reading.lexicon.noun_by_head(noun.lower)
    known = hit is not None and (hit.form.definite or noun.child("nmod:poss") is not None)
    if hit is None or not known or not hit.entry.refers_to:
        return False
    told = hit.entry.acts[:1] == (Act.STATEMENT,) and hit.form.plural is False
    # "kallar avslöjandet upprörande" does not say that it is wrong.
    return not told or any(reading.replies.is_false(node.lower) for node in _said(reading, draft))


def _described_as_false(reading: Reading, draft: Draft) -> bool:
    """ "beskriver *uppgifterna som felaktiga*": words that are told of are denied."""
    noun, cue = draft.object_head, draft.cue
    if draft.frame != "som" or noun is None or cue is None or cue.entry is None:
        return False
    hit = reading.lexicon.noun_by_head(noun.lower)
    words = hit is not None and hit.form.definite and bool(_WORDS & set(hit.entry.refers_to[:1]))
    judges = cue.entry.object is ObjectRole.EVALUATED and not cue.negated
    return words and judges and any(reading.replies.is_false(n.lower) for n in _said(reading, draft) if n.i > noun.i)


def _said(reading: Reading, draft: Draft) -> list[Node]:
    return [node for part in draft.content for node in reading.tree.between(*part)]


def judges_a_deed(reading: Reading, draft: Draft) -> bool:
    """Whether what is called something is a deed, not words: "kallar *beslutet* obegripligt"."""
    noun = draft.object_head
    hit = reading.lexicon.noun_by_head(noun.lower) if noun is not None else None
    return hit is not None and not _WORDS & set(hit.entry.refers_to[:1])


def rejects_somebody(reading: Reading, draft: Draft) -> bool:
    """Whether people are rejected, not words: "avfärdade *bönderna* som gnälliga"."""
    head = draft.object_head
    return head is not None and (is_person(reading, head) or "PER" in head.word.ner)


def calls_false(reading: Reading, draft: Draft) -> bool:
    """Whether the words say of an earlier claim that it is false: "att uppgifterna är falska"."""
    head = draft.content_head
    subject = head.child("nsubj") if head is not None else None
    if _not_recognised(reading, draft):
        return True
    if head is None or subject is None or not reading.replies.is_false(head.lower) or _is_negated(reading, head):
        return False
    hit = reading.lexicon.noun_by_head(subject.lower)
    # "att beslutet är fel" judges a deed.
    words = hit is not None and bool(_WORDS & set(hit.entry.refers_to[:1]))
    return hit is not None and hit.form.definite and words


def _not_recognised(reading: Reading, draft: Draft) -> bool:
    """ "att man *inte känner igen den bilden*": told otherwise, not unknown."""
    words = [node.lower for part in draft.content for node in reading.tree.between(*part)]
    denied = any(word in reading.grammar.negations for word in words)
    if draft.frame == "inf" and draft.cue is not None:
        # "säger sig *inte* känna igen beskrivningen"
        denied = denied or _is_negated(reading, draft.cue.head)
        denied = denied or any(_is_negated(reading, n) for n in reading.tree.between(*draft.content[0]))
    known = "igen" in words and bool(_KNOWS & set(words)) and denied
    beside = words[-2:-1] and (words[-2] in {"igen", "i"} or words[-2] in reading.grammar.demonstratives)
    return known and bool(beside) and words[-1] in reading.replies.unrecognised


def calls_wrong(reading: Reading, draft: Draft) -> bool:
    """Whether the words say that something said is wrong: "*Jämförelsen* är missvisande"."""
    return _called_wrong(reading, draft) is not None


def calls_a_claim_wrong(reading: Reading, draft: Draft) -> bool:
    """Whether the words say that a claim is wrong: "*Anklagelsen* är grotesk"."""
    subject = _called_wrong(reading, draft)
    if _not_shared(reading, draft) or _are_false_words(reading, draft) or _is_wrong_figure(reading, draft):
        return True
    if subject is not None and subject.lower in reading.replies.unrecognised:
        # "Den *bilden* stämmer inte"
        return True
    if subject is not None and subject.lemma in reading.replies.quantities and subject.child("nmod:poss") is not None:
        # "Anderssons *siffror* stämmer inte"
        return True
    hit = reading.lexicon.noun_by_head(subject.lower) if subject is not None else None
    return hit is not None and bool(_WORDS & set(hit.entry.refers_to[:1]))


def calls_unverified(reading: Reading, draft: Draft) -> bool:
    """Whether the words say that nobody could confirm a claim: "*Uppgiften* har inte gått att bekräfta"."""
    nodes = [node for part in draft.content for node in reading.tree.between(*part) if node.is_word]
    said = nodes[1:] if nodes and nodes[0].lower in reading.grammar.complementizers else nodes
    verb = next((k for k, node in enumerate(said[:_CLAUSE]) if node.lower in reading.replies.verifying), 0)
    if verb and said[0].lower in _THAT and any(n.lower in reading.grammar.negations for n in said[:verb]):
        # "*Det har inte gått att* oberoende bekräfta uppgifterna"
        thing = next((n for n in said[verb + 1 : verb + 1 + _OPENING] if n.upos == "NOUN"), None)
        hit = reading.lexicon.noun_by_head(thing.lower) if thing is not None else None
        if hit is not None and hit.entry.refers_to:
            return True
    if nodes and nodes[0].lower in _THAT and len(nodes) <= _VERIFIED_WHOLE:
        # "*Det* har inte gått att bekräfta", "Det har inte kunnat styrkas"
        denied = any(node.lower in reading.grammar.negations for node in nodes)
        return denied and nodes[-1].lower in reading.replies.verifying
    told = next((node for node in nodes if node.upos == "NOUN"), None)
    hit = reading.lexicon.noun_by_head(told.lower) if told is not None else None
    if told is None or told.i - nodes[0].i > 1 or told.feat("Definite") != "Def":
        return False
    claim = hit is not None and bool(hit.entry.refers_to)
    if not claim and told.lemma not in reading.replies.quantities:
        return False
    if any(node.lower in reading.replies.unconfirmed for node in nodes):
        return True
    denied = any(node.lower in reading.grammar.negations for node in nodes)
    return denied and any(node.lower in reading.replies.verifying for node in nodes[-_VERIFIED:])


def calls_a_claim_true(reading: Reading, draft: Draft) -> bool:
    """Whether the words say that a claim is true: "*Uppgifterna* stämmer", "*Kritiken* är befogad"."""
    nodes = [node for node in reading.tree.between(*draft.content[0]) if node.is_word]
    verdict = next((n for n in nodes if n.lemma == _HOLD or reading.replies.is_true(n.lower)), None)
    subject = verdict.child("nsubj") if verdict is not None else None
    if verdict is None or subject is None or subject.i - nodes[0].i > 1 or subject.feat("Definite") != "Def":
        return False
    hit = reading.lexicon.noun_by_head(subject.lower)
    words = hit is not None and bool(_WORDS & set(hit.entry.refers_to[:1]))
    return words and not _is_negated(reading, verdict)


def judged_in_clause(reading: Reading, nodes: list[Node]) -> Node | None:
    """What a clause that is confirmed or denied says is so: "att *uppgifterna* stämmer", "att *löftet* fanns"."""
    words = [node for node in nodes if node.is_word][:_CLAUSE]
    if len(words) < _OPENING or words[0].lower not in reading.grammar.complementizers | reading.grammar.interrogatives:
        return None
    subject = next((node for node in words[1:] if node.upos in {"NOUN", "PRON"}), None)
    if subject is None or any(node.upos not in {"DET", "ADJ"} for node in words[1 : words.index(subject)]):
        return None
    told = words[words.index(subject) + 1 :]
    true = any(node.lemma == _HOLD or reading.replies.is_true(node.lower) for node in told)
    there = any(node.lemma in reading.grammar.happening for node in told[-1:])
    taken_up = subject.lower in _THAT or (subject.upos == "NOUN" and subject.feat("Definite") == "Def")
    return subject if taken_up and (true or there) else None


def verifies(reading: Reading, draft: Draft) -> Act | None:
    """What somebody who speaks of confirming does: "Det kan jag *bekräfta*", "Vi kan inte *bekräfta* det"."""
    nodes = [node for node in reading.tree.between(*draft.content[0]) if node.is_word]
    clause = nodes[:_CLAUSE]
    verb = next((node for node in clause if node.lower in reading.replies.verifying), None)
    own = any((known := reading.entities.pronouns.get(n.lower)) is not None and known.person == 1 for n in clause)
    # "FN säger att *man* inte kan bekräfta uppgifterna"
    own = own or any(node.lower == _ONE for node in (clause if draft.frame == "att" else clause[:1]))
    if verb is None or not own:
        return None
    before = {node.lower for node in clause if node.i < verb.i}
    if before & reading.grammar.negations:
        return Act.UNVERIFIED
    return Act.CONFIRMATION if before & _CAN else None


def says_no_such_thing(reading: Reading, draft: Draft) -> bool:
    """Whether the words begin by denying what was just said: "*Någon sådan order* finns inte"."""
    nodes = [node for node in reading.tree.between(*draft.content[0]) if node.is_word]
    opening = [node.lower for node in nodes[:_OPENING]]
    same = [node for node in nodes if node.sentence == nodes[0].sentence]
    if not any(node.lower in reading.grammar.negations for node in same):
        return False
    there = any(node.lemma in reading.grammar.happening for node in same)
    if opening[:1] and opening[0] in reading.grammar.some and any(word in reading.grammar.such for word in opening):
        # "Något sådant *löfte* har hon aldrig gett", "Något sådant *har* han inte sagt"
        verb = any(node.upos in {"AUX", "VERB"} for node in same[2 : _OPENING + 1])
        return there or verb or any(reading.lexicon.noun_by_head(word) is not None for word in opening)
    # "*Det samtalet* har aldrig ägt rum"
    that = len(same) > 1 and opening[0] in reading.grammar.demonstratives and same[1].upos == "NOUN"
    return that and there and same[1].feat("Definite") == "Def" and same[1].head is not same[0]


def _called_wrong(reading: Reading, draft: Draft) -> Node | None:
    nodes = [node for part in draft.content for node in reading.tree.between(*part)]
    verdict = next((n for n in nodes if _is_verdict(reading, n)), None)
    idiom = next((b for a, b in pairwise(nodes) if reading.replies.is_false_idiom((a.lower, b.lower))), None)
    if verdict is None and idiom is not None:
        verdict = idiom if idiom.child("nsubj") is not None else idiom.head
    if verdict is not None and reading.replies.is_false(verdict.lower) and _is_negated(reading, verdict):
        # "Uppgiften är inte felaktig"
        return None
    subject = verdict.child("nsubj") if verdict is not None else None
    owned = subject is not None and subject.child("nmod:poss") is not None
    definite = subject is not None and subject.upos == "NOUN" and (owned or subject.feat("Definite") == "Def")
    return subject if definite and subject in nodes else None


def _is_verdict(reading: Reading, node: Node) -> bool:
    """ "Påståendet är *falskt*", "*stämmer* inte", "är inte *korrekt*", "*saknar* grund"."""
    if reading.replies.is_false(node.lower):
        return True
    if node.lemma == _LACK:
        thing = node.child("obj")
        return thing is not None and thing.lemma in reading.replies.lacking
    return (node.lemma == _HOLD or reading.replies.is_true(node.lower)) and _is_negated(reading, node)


def _not_shared(reading: Reading, draft: Draft) -> bool:
    """ "Jag *delar* inte den bilden", "Den bilden *delar* vi inte"."""
    nodes = [node for node in reading.tree.between(*draft.content[0]) if node.is_word]
    verb = next((node for node in nodes if node.lower in _SHARE), None)
    known = any(node.lower in reading.replies.unrecognised for node in nodes)
    return verb is not None and known and verb.i - nodes[0].i <= _OPENING and _is_negated(reading, verb)


def _are_false_words(reading: Reading, draft: Draft) -> bool:
    """ "Det är *falska anklagelser*", "Det är ett *falskt påstående*"."""
    nodes = [node for node in reading.tree.between(*draft.content[0]) if node.is_word]
    if len(nodes) < _OPENING or nodes[0].lower not in reading.grammar.demonstratives or nodes[1].lower not in _IS:
        return False
    words = next((node for node in nodes if node.upos == "NOUN"), None)
    hit = reading.lexicon.noun_by_head(words.lower) if words is not None else None
    if words is None or hit is None or not _WORDS & set(hit.entry.refers_to[:1]) or _is_negated(reading, words):
        return False
    return any(child.rel == "amod" and reading.replies.is_false(child.lower) for child in words.children)


def _is_wrong_figure(reading: Reading, draft: Draft) -> bool:
    """ "*Den siffran* är alldeles för hög": a count is too much or too little; a price that is, is only criticised."""
    nodes = [node for node in reading.tree.between(*draft.content[0]) if node.is_word]
    figure = next((n for n in nodes[:_OPENING] if n.lemma in reading.replies.counts), None)
    if figure is None or figure.feat("Definite") != "Def" or len(nodes) < _OPENING:
        return False
    too, much = nodes[-2:]
    return too.lower == _TOO and much.upos in {"ADJ", "ADV"} and any(node.lower in _IS for node in nodes)


def _is_negated(reading: Reading, node: Node) -> bool:
    return any(child.lower in reading.grammar.negations for child in node.children)
