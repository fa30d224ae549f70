"""What stands in front of an inverted cue: "*Det* skriver forskare", "*Att bron är osäker* förnekar verket"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.clauses import clause_end
from app.extraction.complements import complement_clause
from app.extraction.draft import Draft
from app.extraction.inversion import REFLEXIVES
from app.extraction.light_verbs import object_noun
from app.extraction.preposed import trimmed
from app.extraction.quoted_complements import quoted_complement
from app.lexicon.schema import Content, ObjectRole
from app.resolution.phrases import NOMINAL, noun_phrase

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.lexicon.schema import VerbEntry
    from app.parsing.tree import Node

_BEHIND = 3
"""Words behind the verb among which its subject stands, reflexive and adverb before it."""
_THUS = "så"
SUCH = frozenset({"den", "denna", "det", "detta"})


def fronted_reference(reading: Reading, cue: Cue, entry: VerbEntry, subject: Node | None) -> Draft | None:
    """ "Det skriver forskare …", "Det bestrider hon": the fronted pronoun stands for what was said just before."""
    sentence = reading.tree.sentence_of(cue.head)
    first = sentence[0]
    before = reading.tree.nodes[first.i - 1] if first.i else None
    # "*Den anklagelsen* riktar Graywater mot bolaget.", "*Det beskedet* gav länsstyrelsen."
    noun = object_noun(reading, cue.head, entry) if entry.nouns and first.lower in SUCH else None
    noun = noun if sentence[1:2] == [noun] else None
    # "”Vi har inget val.” *Så* skriver krögaren på Facebook."
    thus = first.lower == _THUS and entry.allows(Content.QUOTE)
    opens = first.lower in {"det", "detta"} or noun is not None or thus
    if not opens or (noun or first).i + 1 != cue.head.i or subject is None or subject.i < cue.head.i:
        return None
    said = reading.quotation_ending_with(before) if before is not None else None
    if thus and said is None:
        return None
    if complement_clause(reading, cue, finite=True) is not None:
        return None
    claimed = any(first.i - 40 < d.cue.head.i < first.i for d in reading.drafts if d.cue is not None)
    claimed = claimed or (before is not None and reading.quotation_at(before.start) is not None)
    if noun is not None and claimed:
        return None
    # "*Det* vidgår hans försvarare": of what was just said.
    admitted = entry.acts[:1] == (Act.CONFIRMATION,)
    if noun is None and (
        not entry.allows(Content.QUOTE) or ((entry.object is ObjectRole.CLAIM or admitted) and claimed)
    ):
        draft = Draft.framed(cue, (first.start, first.end), "obj", "fronted-pronoun")
        draft.content_head = draft.object_head = first
        return draft
    if before is None or quoted_complement(reading, cue, bare=True) is not None:
        return None
    quotation = said if thus or before.paragraph == first.paragraph else None
    if quotation is None and before.paragraph != first.paragraph:
        around = (q for q in reading.quotations if q.paragraph == before.paragraph and q.outer_end >= before.end)
        quotation = next(around, None)
    start = quotation.start if quotation is not None else reading.tree.sentence_of(before)[0].start
    found = trimmed(reading.text, start, quotation.end if quotation is not None else before.end)
    if found is None:
        return None
    draft = Draft.framed(cue, found, "quote", "sentence-before")
    draft.quotation, draft.paragraph = quotation, before.paragraph
    return draft


def gapped_clause(reading: Reading, cue: Cue, entry: VerbEntry, subject: Node | None) -> Draft | None:
    """ "klubbarna, som hon tycker *har blundat för problemet*": the clause behind lacks what "som" stands for."""
    if subject is None or subject.i > cue.head.i or not entry.allows(Content.ATT):
        return None
    phrase = noun_phrase(reading.tree, reading.grammar, subject)
    relative, verb = reading.tree.left(phrase[0]), reading.tree.right(cue.nodes[-1])
    if relative is None or relative.lower not in reading.grammar.relative_pronouns or verb is None:
        return None
    if verb.upos not in {"VERB", "AUX"} or verb.feat("VerbForm") in {"Inf", "Sup"}:
        return None
    last = clause_end(reading, cue, verb.i)
    content = trimmed(reading.text, verb.start, reading.tree.nodes[last - 1].end)
    if content is None:
        return None
    draft = Draft.framed(cue, content, "att", "gapped-clause")
    draft.content_head = verb
    return draft


def fronted_clause(reading: Reading, cue: Cue, entry: VerbEntry) -> Draft | None:
    """ "(Men) *att ledningen har varit passiv* förnekar Wik": who stands behind the verb speaks."""
    sentence = [node for node in reading.tree.sentence_of(cue.head) if node.is_word]
    sentence = sentence[1:] if sentence and sentence[0].upos == "CCONJ" else sentence
    # "Att det är farligt *vill* hon inte gå med på"
    finite = next((n for n in cue.head.children if n.rel == "aux" and n.feat("VerbForm") == "Fin"), cue.head)
    behind = reading.tree.nodes[finite.i + 1 : finite.i + 1 + _BEHIND]
    speaker = next((node for node in behind if node.upos in NOMINAL and node.lower not in REFLEXIVES), None)
    claimed = entry.allows(Content.ATT) or entry.object is ObjectRole.CLAIM
    if cue.head.rel == "aux" and cue.head.head is not None and cue.head.head.i > cue.head.i:
        return None
    if not sentence or speaker is None or not claimed or sentence[0].lower not in reading.grammar.complementizers:
        return None
    clause = [node for node in sentence if node.i < min(finite.i, cue.nodes[0].i)]
    verbs = [node for node in clause if node.upos in {"VERB", "AUX"}]
    comma = any(node.text in {",", ":"} for node in reading.tree.nodes[sentence[0].i : finite.i])
    content = trimmed(reading.text, sentence[0].start, min(finite.start, cue.nodes[0].start))
    if not verbs or comma or content is None or finite.feat("VerbForm") != "Fin":
        return None
    while speaker.head is not None and speaker.head.upos in NOMINAL and speaker.i < speaker.head.i <= speaker.i + 2:
        speaker = speaker.head
    draft = Draft.framed(cue, content, "att", "fronted-clause")
    following = reading.tree.right(noun_phrase(reading.tree, reading.grammar, speaker)[-1])
    if following is not None and following.sentence == speaker.sentence and following.feat("VerbForm") == "Fin":
        # "Att så många gick tyckte hon *var sorgligt*"
        rest = trimmed(reading.text, following.start, reading.tree.sentence_of(cue.head)[-1].end)
        draft.content += [rest] if rest is not None else []
    draft.content_head, draft.speaker_head = verbs[-1], speaker
    draft.evidence["speaker"] = "inverted-subject"
    return draft
