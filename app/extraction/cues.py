"""Cues: the verbs and prepositions that attribute words to a source, and what rules a match out."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from app.extraction.animacy import can_speak
from app.extraction.draft import Cue, CueKind
from app.extraction.inversion import REFLEXIVES, goes_on_reporting, is_postposed
from app.extraction.light_verbs import object_noun
from app.extraction.modality import NEITHER, is_asked, is_made, is_supposed
from app.extraction.predicatives import predicative_cue
from app.extraction.quotations import QuotationKind
from app.extraction.rare_verbs import rare_cue
from app.extraction.structure import ParagraphKind
from app.lexicon.schema import Need, ObjectRole, Speaker, Tense, Voice

if TYPE_CHECKING:
    from app.extraction.draft import Reading
    from app.lexicon.schema import VerbEntry, VerbForm
    from app.parsing.tree import Node

_PARTICLE_REACH = 5
_BEHIND_SUBJECT = 3
_AFTER, _WHAT = "efter", "vad"
""""Bygget skjuts upp, *efter vad* TT erfar": the only source that "efter" governs."""


def find_cues(reading: Reading) -> list[Cue]:
    """Verbal and prepositional cues in text order, with negated, hypothetical and unmade reports left out."""
    found: list[Cue] = []
    for node in reading.tree.nodes:
        if reading.kinds[node.paragraph] is ParagraphKind.BOILERPLATE:
            continue
        cue = _source_preposition(reading, node) or _verbal_cue(reading, node) or _opinion(reading, node)
        cue = cue or rare_cue(reading, node)
        if cue is not None:
            found.append(cue)
    return found


def _source_preposition(reading: Reading, node: Node) -> Cue | None:
    following = reading.tree.right(node)
    heard = node.lower == _AFTER and following is not None and following.lower == _WHAT
    if node.lower not in reading.grammar.source_prepositions and not heard:
        return None
    quoted = reading.quotation_at(node.start)
    inside = quoted is not None and quoted.kind is QuotationKind.MARKS
    return Cue(CueKind.PREPOSITION, node, [node], quoted=inside)


def _verbal_cue(reading: Reading, node: Node) -> Cue | None:
    forms = reading.lexicon.verb_forms.get(node.lower)
    if not forms:
        return None
    postposed = is_postposed(reading, node)
    if node.upos not in {"VERB", "AUX"} and not (
        postposed and node.upos in {"ADJ", "NOUN", "ADV"} and node.text.islower()
    ):
        return None
    form = _choose(reading, node, forms)
    if form is None:
        return None
    voice = form.voice
    if voice is Voice.PARTICIPLE:
        return None
    cue = Cue(
        CueKind.VERB, node, _cue_nodes(reading, node, form.entry), form.entry, voice, form.tense, postposed=postposed
    )
    cue.quoted = _inside_quotation(reading, cue)
    if postposed:
        # A verb that reports only when negated ("hyser inga tvivel") says nothing behind its content.
        return cue if form.entry.acts and not _denied_behind(reading, node) else None
    return cue if is_made(reading, cue) else None


def _opinion(reading: Reading, node: Node) -> Cue | None:
    cue = predicative_cue(reading, node)
    return cue if cue is not None and not is_supposed(reading, node) and not is_asked(reading, cue) else None


def _denied_behind(reading: Reading, verb: Node) -> bool:
    """Whether the inverted verb is negated behind its subject: "Vad motivet är säger åklagaren *inte*"."""
    negations = [node for node in verb.children if node.lower in reading.grammar.negations and node.i > verb.i]
    return any(other.text in ".," for node in negations if (other := reading.tree.right(node)) is not None)


def _choose(reading: Reading, node: Node, forms: tuple[VerbForm, ...]) -> VerbForm | None:
    """The most specific entry whose particle, reflexive and object noun are there; none when the verb has others."""
    best: tuple[int, VerbForm] | None = None
    stop = reading.tree.sentences[node.sentence].stop
    subject = next((child for child in node.children if child.rel in {"nsubj", "obj"} and child.i > node.i), None)
    # "Det slår *Inspektionen för vård och omsorg, Ivo,* fast": behind the subject.
    last = max((n.i for n in subject.subtree()), default=node.i) if subject is not None else node.i
    near = reading.tree.nodes[node.i + 1 : min(stop, max(node.i + 1 + _PARTICLE_REACH, last + _BEHIND_SUBJECT))]
    after = _words_before_verb(near, ())
    # "sade till oss" is not "säga sig".
    reflexive = any(word in REFLEXIVES for word in after[:2]) and (not near or near[0].upos != "ADP")
    for form in forms:
        entry = form.entry
        if form.tense is Tense.IMPERATIVE:
            continue
        words = _words_before_verb(near, entry.particle)
        if entry.particle and not _follows(words if entry.separable else words[: len(entry.particle)], entry.particle):
            continue
        if entry.reflexive and not reflexive:
            continue
        if entry.particle and Need.CONTENT in entry.needs and _governs_quotation(reading, near):
            # "talar *om* ”ett farligt prejudikat”": a preposition.
            continue
        if entry.particle and entry.object is ObjectRole.ADDRESSEE and not _asks_somebody(reading, node):
            continue
        thing = object_noun(reading, node, entry) if entry.nouns else None
        if entry.nouns and thing is None:
            continue
        # "Kravet får *stöd*": what stands behind the verb is its object before what stands in front.
        behind = thing is not None and thing.i > node.i
        rank = 8 * bool(entry.nouns) + 4 * behind + 2 * bool(entry.particle) + bool(entry.reflexive)
        if best is None or rank > best[0]:
            best = (rank, form)
    if best is None:
        return None
    other_particle = node.child("compound:prt")
    adverb = other_particle is not None and other_particle.lower in reading.grammar.sentence_adverbs
    if other_particle is None or adverb or best[1].entry.particle or other_particle.i < node.i:
        return best[1]
    # "nekar till att ha vetat", "har X sagt nej till": a preposition of its frame is easily taken for a particle.
    return best[1] if other_particle.lower in best[1].entry.content_prepositions else None


def _words_before_verb(near: list[Node], particle: tuple[str, ...]) -> list[str]:
    """The words behind a verb up to another, which is not one of its particles: "låter *meddela*".

    What stands behind another verb is that verb's: "säger sig aldrig ha tagit *emot* något larm".
    """
    own = takewhile(lambda n: (n.upos not in {"VERB", "AUX"} or n.lower in particle) and n.text != ":", near)
    return [node.lower for node in own]


def _governs_quotation(reading: Reading, near: list[Node]) -> bool:
    """Whether what follows the verb is a preposition with quoted words."""
    nodes = reading.tree.nodes
    opens = (k for k in near if k.upos == "ADP" and k.i + 2 < len(nodes))
    return any(n.text in '"”“»' for node in opens for n in nodes[node.i + 1 : node.i + 3])


def _asks_somebody(reading: Reading, verb: Node) -> bool:
    """Whether the object can be asked: "kräver *staten* på pengar", not "kräver två *vakter* på varje tåg"."""
    clauses = (child for child in verb.children if child.rel in {"ccomp", "advcl"} and child.i > verb.i)
    if any((mark := child.child("mark")) and mark.lower in reading.grammar.complementizers for child in clauses):
        # "Nu kräver Anna Holm *på Naturvårdsverket* att …"
        return False
    thing = verb.child("obj")
    by_when = (n for n in verb.children if n.rel == "obl" and n.i > verb.i and n.child("case") is not None)
    if any(reading.grammar.is_temporal(n.lower) for n in by_when):
        # "kräver svar *på fredag*"
        return False
    return thing is None or (thing.child("nummod") is None and can_speak(reading, thing))


def _follows(after: list[str], particle: tuple[str, ...]) -> bool:
    position = 0
    for word in after:
        if word == particle[position]:
            position += 1
            if position == len(particle):
                return True
    return False


def _cue_nodes(reading: Reading, node: Node, entry: VerbEntry) -> list[Node]:
    nodes, grammar = reading.tree.nodes, reading.grammar
    first = node.i
    sentence_start = reading.tree.sentences[node.sentence].start
    probe = node.i - 1
    while probe >= sentence_start and nodes[probe].lower in grammar.cue_auxiliaries | grammar.negations:
        if nodes[probe].lower in grammar.cue_auxiliaries:
            first = probe
        probe -= 1
    last = node.i
    words = [*(["sig"] if entry.reflexive else []), *(entry.particle or ())]
    for word in words:
        if last + 1 < len(nodes) and (
            nodes[last + 1].lower == word or (word == "sig" and nodes[last + 1].lower in REFLEXIVES)
        ):
            last += 1
    if node.i and nodes[node.i - 1].lower == NEITHER:
        # "kan varken bekräfta *eller dementera*"
        last = next((n.i for n in node.children if n.rel == "conj" and n.i == node.i + 2), last)
    beside = nodes[last + 1] if last + 1 < len(nodes) else None
    if entry.speaker is Speaker.OBLIQUE and beside is not None and object_noun(reading, node, entry) is beside:
        # "får *stöd* av": the verb alone says nothing.
        last += 1
    return nodes[first : last + 1]


def _inside_quotation(reading: Reading, cue: Cue) -> bool:
    quotation = reading.quotation_at(cue.head.start)
    if quotation is None or quotation.kind is QuotationKind.UNOPENED:
        return False
    if quotation.kind is QuotationKind.DASH:
        return not cue.postposed and not goes_on_reporting(reading, cue)
    return not (quotation.kind is QuotationKind.UNCLOSED and cue.postposed)
