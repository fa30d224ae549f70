"""Claims that a reply names by the thing they told of: "bekräftar *budet*", "*Mejlets* äkthet kan inte styrkas"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.allegiance import owner_of
from app.extraction.candidates import OPEN_ACTS, contradicted, latest, open_to_answers
from app.extraction.same_words import closest, said_in, same_words

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading
    from app.lexicon.nouns import NounHit
    from app.lexicon.persons import Document
    from app.parsing.tree import Node
    from app.resolution.linking import Linker


def by_thing(reading: Reading, linker: Linker, draft: Draft, nodes: list[Node], candidates: list[Draft]) -> list[Draft]:
    """The claim that told of the thing confirmed or denied: "bekräftar *budet*", "förnekar *all inblandning*"."""
    head = draft.content_head or nodes[0]
    if head.upos not in {"NOUN", "PROPN"} or draft.act is Act.SUPPORT or head.lower in reading.replies.pleas:
        return []
    owner = owner_of(linker, head)
    if draft.act is Act.UNVERIFIED and (written := written_in(reading, [head, *head.children], candidates)):
        return written
    if owner is not None and (own := [d for d in candidates if owner in d.actors]):
        own = [d for d in own if d.act in OPEN_ACTS] or own
        # "Hans alibi bekräftas": what he said.
        return closest(reading, [head], own) or latest(own)
    asked = [d for d in candidates[-1:] if d.act is Act.DEMAND and d.paragraph == draft.paragraph]
    if draft.act is Act.DENIAL and asked:
        # "kräver extra pengar. Ministern säger nej till *ett påslag*"
        return asked
    accusing = contradicted(linker, draft, candidates) if draft.act is Act.DENIAL else []
    named = accusing or _named_in(reading, head, nodes, candidates)
    admitted = (
        draft.cue is not None and draft.cue.entry is not None and draft.cue.entry.verb in reading.replies.admitting
    )
    return named or ([] if admitted else _just_told(draft, head, candidates))


def written_in(reading: Reading, nodes: list[Node], candidates: list[Draft]) -> list[Draft]:
    """ "*Mejlets* äkthet har inte kunnat styrkas": the claim whose sentence tells of the document."""
    told = next((hit for n in nodes if (hit := reading.entities.document(n.text)) is not None), None)
    if told is None:
        return []
    written = {told.form.lemma}
    return latest([d for d in candidates if written & {hit.form.lemma for hit in _documents(reading, d)}])


def _documents(reading: Reading, draft: Draft) -> list[NounHit[Document]]:
    words = reading.tree.sentence_of(draft.cue.head) if draft.cue is not None else []
    return [hit for word in words if (hit := reading.entities.document(word.text)) is not None]


def _just_told(draft: Draft, head: Node, candidates: list[Draft]) -> list[Draft]:
    """ "bekräftar *läckan*", "avfärdar *siffran*": a thing taken up at once without its words is what was just told."""
    definite = head.feat("Definite") == "Def" and head.upos == "NOUN"
    near = [d for d in open_to_answers(candidates) if draft.paragraph - d.paragraph <= 1]
    return latest(near) if definite else []


def _named_in(reading: Reading, head: Node, nodes: list[Node], candidates: list[Draft]) -> list[Draft]:
    return [d for d in closest(reading, nodes, candidates) if same_words([head], said_in(reading, d))]
