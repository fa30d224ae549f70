"""What is claimed: for each cue the complement its frame asks for, for each quotation without a cue its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.animacy import can_speak, is_person
from app.extraction.complements import complement_clause, interrogative_clause, prepositional
from app.extraction.draft import CueKind, Draft
from app.extraction.fronted import SUCH, fronted_clause, fronted_reference, gapped_clause
from app.extraction.light_verbs import object_noun
from app.extraction.objects import object_phrase, phrase_range, verdict_on
from app.extraction.passives import passive_draft
from app.extraction.preposed import preposed_draft
from app.extraction.quoted_complements import quoted_complement
from app.extraction.relatives import antecedent_of
from app.extraction.speakers import agent_of, subject_of
from app.extraction.stranded import stranded, stranded_draft
from app.extraction.venues import venue_draft
from app.lexicon.schema import Content, Need, ObjectRole, ObliqueRole, Speaker, Voice
from app.resolution.phrases import noun_phrase

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.lexicon.schema import VerbEntry
    from app.parsing.tree import Node

_NAMING = 0.4
"""Lighter verbs name ("kallar uppgifterna *för lögner*"): what is named belongs to what it is called."""


def verbal_draft(reading: Reading, cue: Cue) -> Draft | None:
    """The draft of a verbal cue with content and source, or ``None`` when its frame is not filled."""
    entry = cue.entry
    if cue.kind is not CueKind.VERB or entry is None:
        return None
    if entry.speaker is Speaker.VENUE:
        return venue_draft(reading, cue, lambda: _framed(reading, cue, entry, None))
    if (
        cue.voice is Voice.ACTIVE
        and cue.postposed
        and entry.allows(Content.QUOTE)
        and not _fronted_adverbial(reading, cue)
    ):
        draft = preposed_draft(reading, cue)
        if draft is not None and entry.speaker is Speaker.OBLIQUE:
            # "…, framgår det av ett brev": not "det" says so.
            draft.speaker_head, draft.evidence["speaker"] = agent_of(reading, cue)
        return draft
    if cue.voice is Voice.PASSIVE:
        return passive_draft(reading, cue, entry)
    if entry.speaker is Speaker.SUBJECT and (halves := stranded(reading, cue, entry)) is not None:
        return stranded_draft(reading, cue, halves)
    subject, rule = subject_of(reading, cue)
    if entry.speaker is Speaker.OBLIQUE:
        subject, rule = agent_of(reading, cue)
    if rule == "expletive":
        # "Det ryktas att …": a deponent without a source is hearsay.
        return _hearsay(reading, cue, entry) if cue.head.lower.endswith("s") else None
    if entry.speaker is Speaker.OBLIQUE and entry.acts[:1] == (Act.SUPPORT,) and entry.allows(Content.OBJ):
        return _backed(reading, cue, subject)
    fronted = fronted_clause(reading, cue, entry)
    if fronted is not None:
        return fronted
    draft = fronted_reference(reading, cue, entry, subject) or gapped_clause(reading, cue, entry, subject)
    draft = draft or _framed(reading, cue, entry, subject)
    if draft is None:
        return None
    if subject is None:
        return None
    draft.speaker_head = subject
    draft.evidence["speaker"] = rule
    if _is_hearsay(reading, subject):
        draft.speaker_head, draft.anonymous, draft.evidence["speaker"] = None, True, "hearsay"
    return draft


def _promised(reading: Reading, cue: Cue, entry: VerbEntry, somebody: Node, end: int) -> int | None:
    """Where the thing begins that somebody is promised: "lovar mittfältaren *en flytt*"; ``None`` for a thing alone."""
    receives = somebody.upos == "PROPN" or is_person(reading, somebody)
    if entry.acts[:1] != (Act.ANNOUNCEMENT,) or not receives:
        return None
    behind = (n for n in reading.tree.nodes[somebody.i + 1 :] if n.end <= end)
    thing = next((n for n in behind if n.upos == "DET" and n.feat("Definite") == "Ind"), None)
    return thing.start if thing is not None and thing.head is not None and thing.head.rel == "obj" else None


def _before_addressee(reading: Reading, entry: VerbEntry, thing: Node, end: int) -> int:
    """Where the thing ends that is demanded of somebody: "kräver *två miljoner i skadestånd* av festivalen"."""
    for node in reading.tree.between(thing.end, end):
        asked = node.head if node.upos == "ADP" and entry.oblique.get(node.lower) is ObliqueRole.ADDRESSEE else None
        if asked is not None and node.i < asked.i and asked.head is not thing and can_speak(reading, asked):
            return reading.tree.nodes[node.i - 1].end
    return end


def _is_hearsay(reading: Reading, subject: Node) -> bool:
    """Whether nobody is named: "*Uppgifter* gör gällande att …", not "Uppgifter från TT"."""
    source = subject.lemma in reading.grammar.unnamed_sources or reading.grammar.is_agentive(subject.lemma)
    bare = all(child.rel in {"amod", "det", "punct"} for child in subject.children)
    return subject.upos == "NOUN" and bare and not source and reading.lexicon.is_impersonal(subject.lower)


def _backed(reading: Reading, cue: Cue, backer: Node | None) -> Draft | None:
    """ "*Kravet* får stöd av regionstyret": what was said is backed."""
    said = cue.head.child("nsubj")
    hit = reading.lexicon.noun_by_head(said.lower) if said is not None else None
    if backer is None or said is None or hit is None or not hit.entry.refers_to:
        return None
    draft = Draft.framed(cue, phrase_range(reading, cue, said), "obj", "backed-subject")
    draft.content_head = draft.object_head = said
    draft.speaker_head, draft.evidence["speaker"] = backer, "agent"
    return draft


def _hearsay(reading: Reading, cue: Cue, entry: VerbEntry) -> Draft | None:
    draft = _framed(reading, cue, entry, None)
    if draft is not None:
        draft.anonymous = True
        draft.evidence["speaker"] = "hearsay"
    return draft


def _fronted_adverbial(reading: Reading, cue: Cue) -> bool:
    """Whether what stands before an inverted cue is no content: that follows ("I sitt tal, …, sade kungen att")."""
    if reading.quotation_at(cue.head.start) is not None:
        return False
    if complement_clause(reading, cue, finite=True) is not None:
        return True
    sentence = reading.tree.sentence_of(cue.head)
    if sentence[0].upos not in {"ADP", "SCONJ"} or cue.entry is None or cue.head.rel == "parataxis":
        return False
    if any(node.text in '"”“»' for node in sentence if node.i < cue.head.i):
        return False
    subject, _ = subject_of(reading, cue)
    return _framed(reading, cue, cue.entry, subject) is not None


def _framed(reading: Reading, cue: Cue, entry: VerbEntry, subject: Node | None) -> Draft | None:
    if entry.allows(Content.QUOTE):
        quoted = quoted_complement(reading, cue, bare=True)
        named = object_phrase(reading, cue, subject) if entry.weight < _NAMING or entry.allows(Content.SOM) else None
        between = reading.text[named.end : quoted[0][0]].split() if quoted is not None and named is not None else []
        judged = not any(map(str.isalpha, "".join(between))) or between[0] == Content.SOM
        if quoted is not None and named is not None and cue.head.i < named.i and named.end < quoted[0][0] and judged:
            # "kallar *beslutet* ”ett svek”": what is judged belongs to the judgement.
            quoted = None
        if quoted is not None:
            content, quotation = quoted
            announced = Draft.framed(cue, content, "quote", "quoted-complement")
            announced.quotation = quotation
            if quotation is not None:
                announced.paragraph = quotation.paragraph
            return announced
    if Need.QUOTE in entry.needs:
        return _quoted_words(reading, cue, entry)
    target = object_phrase(reading, cue, subject)
    if target is not None and target.rel == "nsubj" and complement_clause(reading, cue, finite=True) is not None:
        # "Lars Kroon, *som* förnekar att priset höjs"
        target = None
    if target is not None and target.lower in reading.grammar.relative_pronouns:
        relative = _relative_reference(reading, cue, entry, target)
        if relative is not None:
            return relative
    for frame in _in_order(reading, cue, entry):
        if frame in {Content.OBJ, Content.INF} and Need.CONTENT in entry.needs:
            continue
        draft = _one_frame(reading, cue, entry, frame, target)
        if draft is not None:
            if target is not None and draft.object_head is None:
                draft.object_head = target
            return draft
    if target is None and cue.head.rel == "acl":
        return _relative_reference(reading, cue, entry, cue.head)
    return None


def _quoted_words(reading: Reading, cue: Cue, entry: VerbEntry) -> Draft | None:
    """ "talar om *ett ”farligt prejudikat”*": what reports only what it quotes."""
    for preposition in entry.content_prepositions:
        found = prepositional(reading, cue, preposition)
        if found is not None and any(found[0][0] <= q.start and q.end <= found[0][1] + 1 for q in reading.quotations):
            draft = Draft.framed(cue, found[0], preposition, f"complement-{preposition}")
            draft.content_head = found[1]
            return draft
    return None


def _in_order(reading: Reading, cue: Cue, entry: VerbEntry) -> list[str]:
    """The frames as the entry prefers them; a clause right behind the cue comes first ("begär *att få in* loggar")."""
    following = reading.tree.right(cue.nodes[-1])
    clause = following is not None and following.lower in reading.grammar.complementizers
    return sorted(entry.content, key=lambda frame: not (clause and frame in {Content.ATT, Content.INF}))


def _relative_reference(reading: Reading, cue: Cue, entry: VerbEntry, target: Node) -> Draft | None:
    """ "…, något som hon bestrider": what the relative pronoun stands for is denied or confirmed."""
    if entry.object is not ObjectRole.CLAIM:
        return None
    which = cue.head.child("dislocated")
    target = which if which is not None and which.lower == "vilket" else target
    antecedent = target if target.lower == "vilket" else antecedent_of(reading, cue.head)
    if antecedent is None or antecedent.i >= cue.head.i:
        return None
    nodes = [antecedent] if antecedent.upos == "PRON" else noun_phrase(reading.tree, reading.grammar, antecedent)
    draft = Draft.framed(cue, (nodes[0].start, nodes[-1].end), "obj", "relative-antecedent")
    draft.content_head = draft.object_head = antecedent
    return draft


def _one_frame(reading: Reading, cue: Cue, entry: VerbEntry, frame: str, target: Node | None) -> Draft | None:
    if frame == Content.QUOTE:
        return None
    if frame == Content.OBJ:
        if (
            target is None
            or target.lower in reading.grammar.relative_pronouns
            or (target.upos == "PRON" and target.feat("Poss") == "Yes")
            # "rekommenderar *höjda avgifter*", but "uppmanar regeringen"
            or (entry.object is ObjectRole.ADDRESSEE and can_speak(reading, target))
            or (target.lower in {"sig", "det"} and entry.object is None)
            or (entry.object is ObjectRole.CLAIM and is_person(reading, target))
            or (entry.weight < _NAMING and entry.verb == "kalla" and verdict_on(cue, target) is None)
        ):
            return None
        # "ger Ekerot *sitt fulla stöd*"
        given = object_noun(reading, cue.head, entry) if entry.nouns else None
        if given is not None and given is not target and given.child("nmod:poss") is None:
            # "ger Ukraina militärt stöd" is a deed.
            return None
        said = given if given is not None and given.rel == "obj" else target
        after = reading.tree.right(said)
        # "förnekar *det* bestämt", but "beklagar det inträffade"
        noun = after is not None and after.upos in {"ADJ", "VERB", "NOUN"} and after.lower.endswith(("a", "e"))
        # "tillbakavisar *det facket påstår*"
        noun = noun or any(child.rel == "acl" and child.i > said.i for child in said.children)
        pronoun = said.upos == "PRON" and said.lower in SUCH and not noun
        pronoun = pronoun and (entry.weight >= _NAMING or verdict_on(cue, said) is None)
        printed = (said.start, said.end) if pronoun else phrase_range(reading, cue, said)
        promised = _promised(reading, cue, entry, said, printed[1])
        end = _before_addressee(reading, entry, said, printed[1])
        draft = Draft.framed(cue, (promised or printed[0], end), "obj", "object")
        draft.content_head, draft.object_head = said, target
        return draft
    if frame == Content.ATT:
        found = complement_clause(reading, cue, finite=True)
    elif frame == Content.INF:
        found = complement_clause(reading, cue, finite=False)
    elif frame == Content.WH:
        found = interrogative_clause(reading, cue)
    else:
        found = prepositional(reading, cue, frame)
    thing = object_noun(reading, cue.head, entry) if found is not None and entry.nouns else None
    if found is not None and thing is not None and thing.child("nmod:poss") is not None and cue.head.i < thing.i:
        # "uttrycker *sitt fulla förtroende för ledningen*": what is its own belongs to what it says.
        found = (noun_phrase(reading.tree, reading.grammar, thing)[0].start, found[0][1]), found[1]
    if frame == Content.SOM and target is not None and target.lower in SUCH and entry.object is ObjectRole.CLAIM:
        # "avvisar *det* som rena fantasier"
        draft = Draft.framed(cue, (target.start, target.end), "obj", "object")
        draft.content_head = draft.object_head = target
        return draft if found is not None else None
    named = entry.object is not ObjectRole.ACCUSED
    judged = frame == Content.SOM or (frame == "för" and entry.weight < _NAMING)
    if found is not None and judged and named and target is not None and cue.head.i < target.i:
        # "avfärdar *beskyllningarna* som ”hysteri”": the thing judged belongs to the judgement.
        first = noun_phrase(reading.tree, reading.grammar, target)[0]
        if first.start < found[0][0]:
            found = (first.start, found[0][1]), target
    if found is None:
        return None
    if thing is not None and frame == "mot" and cue.head.i < thing.i and thing.rel == "obj":
        # "riktar *skarp kritik mot museet*": of whom is all that is told.
        found = (noun_phrase(reading.tree, reading.grammar, thing)[0].start, found[0][1]), found[1]
    draft = Draft.framed(cue, found[0], frame, f"complement-{frame}")
    draft.content_head = found[1]
    if judged and named and target is not None and target.i < cue.nodes[0].i and target.upos in {"NOUN", "PROPN"}:
        # "*Kritiken* avfärdar hon *som valfläsk*"
        phrase = noun_phrase(reading.tree, reading.grammar, target)
        draft.content.insert(0, (phrase[0].start, phrase[-1].end))
        draft.content_head = target
    return draft
