"""What corrections make of an extraction: one function, for an article that is read anew and for one that is edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.actor import Actor, Mention
from app.domain.claim import Claim, Confidence, Extraction, Target
from app.domain.correction import CHECK, PERSON, Attribution, Correction, CorrectionKind, Field, Party, attribution_of
from app.domain.span import Span
from app.domain.threads import Thread, bind, threads_of

# The probability of a field that a person decided.
_SURE = 1.0


@dataclass(frozen=True, slots=True)
class Corrected:
    """An extraction with its corrections applied.

    ``actor_ids`` gives the stored id of every actor ``ref``, those of actors that only a correction names too.
    ``applied`` says of each correction in force, by its id, whether it fits a claim; ``read`` is what the system read
    of each corrected claim it found, by the claim's id.
    """

    extraction: Extraction
    actor_ids: dict[str, str]
    applied: dict[int, bool]
    read: dict[str, Attribution]


def apply(extraction: Extraction, actor_ids: Mapping[str, str], corrections: Iterable[Correction]) -> Corrected:
    """The extraction as people have put it right.

    ``extraction`` is what the system read and nothing else; ``corrections`` are all of its article. A claim that was
    ever corrected keeps the id it had then, wherever rules find its words now. A rejected claim is left out, with what
    pointed to it; an added or confirmed one is there whether it was found or not. The order of the corrections given
    does not matter: their ids say which came later.
    """
    extraction = _without_doubles(extraction)
    threads = threads_of(corrections)
    bound = bind(threads, extraction)
    ids = dict(actor_ids)
    read = {claim_id: attribution_of(claim, extraction, ids) for claim_id, claim in bound.items()}
    cast = _Cast(extraction.actors, ids)
    changed: dict[str, Claim] = {}
    written: list[Claim] = []
    gone: dict[str, str | None] = {}
    applied: dict[int, bool] = {}
    for number, thread in enumerate(threads, start=1):
        claim, was = bound.get(thread.claim_id), read.get(thread.claim_id)
        outcome = thread.outcome(was)
        for correction in thread.in_force:
            applied[correction.id] = outcome is not None or correction.kind is CorrectionKind.REJECT
        if outcome is None:
            if claim is not None and thread.is_rejected:
                gone[claim.ref] = claim.parent
            continue
        if claim is None:
            blank = Claim(f"w{number}", None, (), None, outcome.content, outcome.act, outcome.mode)
            written.append(_rewritten(blank, thread, outcome, None, cast))
        else:
            changed[claim.ref] = _rewritten(claim, thread, outcome, was, cast)
    kept = [changed.get(claim.ref, claim) for claim in extraction.claims if claim.ref not in gone]
    claims = tuple(_pointing_right(claim, gone) for claim in _in_text_order(kept, written))
    return Corrected(Extraction(extraction.article_id, claims, tuple(cast.actors)), cast.ids, applied, read)


def _without_doubles(extraction: Extraction) -> Extraction:
    """The extraction without claims that have the id of an earlier one: saving would make one of them.

    What is corrected is then the only one; a rejected claim does not come back as its own double.
    """
    first: dict[str, str] = {}
    same = {claim.ref: first.setdefault(claim.id_in(extraction.article_id), claim.ref) for claim in extraction.claims}
    if len(first) == len(same):
        return extraction
    claims = tuple(
        replace(
            claim,
            parent=same[claim.parent] if claim.parent else None,
            relations=tuple(replace(each, claim=same[each.claim]) for each in claim.relations),
        )
        for claim in extraction.claims
        if same[claim.ref] == claim.ref
    )
    return replace(extraction, claims=claims)


def _rewritten(claim: Claim, thread: Thread, now: Attribution, was: Attribution | None, cast: _Cast) -> Claim:
    """The claim with what people say of it, its evidence telling which steps they decided."""
    fields = now.differs(was) if was is not None else tuple(Field)
    steps = [*(field.value for field in fields), *([CHECK] if thread.is_checked else [])]
    evidence = [(step, rule) for step, rule in claim.evidence if step not in steps]
    lone = now.speaker if len(now.speakers) == 1 else None
    return replace(
        claim,
        known_as=thread.claim_id,
        speaker=now.speaker,
        speakers=tuple(cast.ref(party, lone) for party in now.speakers),
        cue=now.cue,
        content=now.content,
        act=now.act,
        mode=now.mode,
        targets=tuple(Target(aim.role, cast.ref(aim.party, aim.mention), aim.mention) for aim in now.targets),
        evidence=(*evidence, *((step, PERSON) for step in steps)),
        confidence=_confidence(claim.confidence, fields, checked=thread.is_checked),
    )


def _confidence(known: Confidence | None, fields: Sequence[Field], *, checked: bool) -> Confidence | None:
    """What a person decided is sure; the whole is at least as sure as its least sure part."""
    if checked:
        return Confidence(_SURE, _SURE, _SURE, _SURE, _SURE)
    if known is None:
        return None
    speaker = _SURE if Field.SPEAKER in fields else known.speaker
    content = _SURE if Field.CONTENT in fields else known.content
    target = _SURE if Field.TARGET in fields else known.target
    act = _SURE if Field.ACT in fields else known.act
    overall = max(known.overall, min(speaker, content, target, act)) if fields else known.overall
    return Confidence(overall, speaker, content, target, act)


def _in_text_order(read: Sequence[Claim], written: Iterable[Claim]) -> list[Claim]:
    """The claims that were read, in their order, and those that people wrote before the first that begins later."""
    claims = list(read)
    for claim in sorted(written, key=lambda each: each.content[0].start):
        start = claim.content[0].start
        place = next((n for n, other in enumerate(claims) if other.content[0].start > start), len(claims))
        claims.insert(place, claim)
    return claims


def _pointing_right(claim: Claim, gone: Mapping[str, str | None]) -> Claim:
    """The claim without relations to claims that are gone; what stood in one of those stands in what was around it."""
    parent = claim.parent
    while parent is not None and parent in gone:
        parent = gone[parent]
    relations = tuple(relation for relation in claim.relations if relation.claim not in gone)
    return replace(claim, parent=parent, relations=relations)


class _Cast:
    """The actors of the article, and those that only corrections name."""

    def __init__(self, actors: Iterable[Actor], ids: Mapping[str, str]) -> None:
        self.actors = list(actors)
        self.ids = dict(ids)
        self._refs = {self.ids[actor.ref]: actor.ref for actor in reversed(self.actors)}

    def ref(self, party: Party, mention: Span | None) -> str:
        """The ref of the party; one that the article does not name comes in, with the words that name it."""
        known = self._refs.get(party.id)
        if known is not None:
            return known
        ref = f"w{len(self.actors) + 1}"
        mentions = (Mention(mention, PERSON),) if mention else ()
        self.actors.append(Actor(ref, party.name, party.kind, mentions))
        self.ids[ref] = self._refs[party.id] = party.id
        return ref
