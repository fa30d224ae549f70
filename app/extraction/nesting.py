"""Nested attribution: the claim in whose content another one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.draft import CueKind
from app.extraction.tense import tense_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.extraction.draft import Draft, Reading

_DEEDS = frozenset({Act.ANNOUNCEMENT, Act.DEMAND})
_WISHED = frozenset({"att", "inf"})


def set_parents(reading: Reading) -> None:
    """Give every draft the closest draft that reports it: the one with the shortest content around its cue."""
    for draft in reading.drafts:
        if draft.cue is None:
            continue
        start, end = draft.cue.nodes[0].start, draft.cue.nodes[-1].end
        around = [other for other in reading.drafts if other is not draft and other.covers(start, end)]
        around = [other for other in around if not _within(other, draft)]
        if around:
            draft.parent = min(around, key=_length)
            draft.evidence["parent"] = "cue-inside-content"


def _within(inner: Draft, outer: Draft) -> bool:
    """Whether ``inner`` itself stands in the content of ``outer``: two claims cannot hold one another."""
    return inner.cue is not None and outer.covers(inner.cue.nodes[0].start, inner.cue.nodes[-1].end)


def _length(draft: Draft) -> int:
    return sum(end - start for start, end in draft.content)


def drop_unmade(reading: Reading) -> None:
    """Leave out what nobody said: reports only demanded ("kräver att hon *redovisar*"), attitudes told of by others."""
    for draft in reading.drafts:
        _say_only_that(reading, draft)
    unmade = {id(d) for d in reading.drafts if _is_unmade(reading, d)}
    reading.drafts = [d for d in reading.drafts if not unmade & {id(d), *(id(outer) for outer in _outer(d))}]


def _is_unmade(reading: Reading, draft: Draft) -> bool:
    return _is_demanded(draft) or _is_attitude(reading, draft) or _is_charge(draft) or _is_same_doubt(draft)


def drop_own_deeds(reading: Reading) -> None:
    """Leave out what a source tells of itself: "Kenya bekräftar att landet har *erbjudit sig* att medla"."""
    inner = {id(draft.parent) for draft in reading.drafts}
    reading.drafts = [d for d in reading.drafts if id(d) in inner or not _is_own_deed(d)]


def take_over_own_doubts(reading: Reading) -> None:
    """ "WHO säger att organisationen inte har kunnat *verifiera* siffran": one claim, that it could not be verified."""
    for draft in list(reading.drafts):
        outer = draft.parent
        if outer is None or draft.act is not Act.UNVERIFIED or outer.act not in {Act.STATEMENT, Act.UNVERIFIED}:
            continue
        if outer.frame == "att" and draft.actors and draft.actors == outer.actors:
            outer.act, outer.evidence["act"] = Act.UNVERIFIED, "own-doubt"
            outer.relations = draft.relations
            reading.drafts.remove(draft)


def _is_own_deed(draft: Draft) -> bool:
    outer, entry = draft.parent, draft.cue.entry if draft.cue is not None else None
    if outer is None or draft.actors != outer.actors:
        return False
    # "svarar att hon inte *känner igen sig* i beskrivningen": what reports only when negated is here what she says.
    if outer.act is Act.ANNOUNCEMENT and draft.cue is not None and tense_of(draft.cue.head) == "Inf":
        # "lovar att *hålla fast* vid sina åtaganden", "lovar att *kräva* ersättning": not said yet.
        return True
    return (draft.frame == "inf" and draft.act in _DEEDS) or (entry is not None and not entry.acts)


def _outer(draft: Draft) -> Iterator[Draft]:
    """The reports around a report: what stands in one that nobody made, nobody has said."""
    while draft.parent is not None:
        draft = draft.parent
        yield draft


def _is_demanded(draft: Draft) -> bool:
    outer, cue = draft.parent, draft.cue
    if outer is None or cue is None or cue.kind is not CueKind.VERB or outer.act is not Act.DEMAND:
        return False
    return cue.head is outer.content_head and tense_of(cue.head) in {"Pres", "Inf"} and outer.frame in _WISHED


def _is_same_doubt(draft: Draft) -> bool:
    """ "*Uppgifterna kan inte bekräftas*, enligt Reuters": the words say once that nobody could."""
    outer = draft.parent
    return draft.anonymous and outer is not None and draft.act is outer.act is Act.UNVERIFIED


def _is_charge(draft: Draft) -> bool:
    """ "anklagar regionen för att *ha sagt nej* till pengar": a deed of the accused, and nobody's report."""
    cue, outer = draft.cue, draft.parent
    if cue is None or outer is None or outer.act not in {Act.ACCUSATION, Act.CRITICISM}:
        return False
    infinitive = tense_of(cue.head) in {"Inf", "Sup"} and cue.head.child("nsubj") is None
    return infinitive and cue.head is outer.content_head


def _is_attitude(reading: Reading, draft: Draft) -> bool:
    """ "Kroaterna har aldrig *accepterat* ett starkt Serbien, menade han": the attitude is what he says of them."""
    cue = draft.cue
    if draft.parent is None or cue is None or cue.entry is None:
        return False
    if cue.entry.verb in reading.lexicon.predicatives:
        return True
    if not cue.negated:
        return False
    return draft.frame == "obj" and draft.act in {Act.CRITICISM, Act.SUPPORT, Act.OPINION}


def _say_only_that(reading: Reading, draft: Draft) -> None:
    """ "Bolaget säger sig inte kunna bekräfta mejlet": one claim, that it could not be verified."""
    outer = draft.parent
    if outer is None or draft.act is not Act.UNVERIFIED or outer.cue is None or outer.cue.entry is None:
        return
    if outer.cue.entry.reflexive and outer.cue.head.sentence == (draft.cue or outer.cue).head.sentence:
        draft.parent = outer.parent
        reading.drafts = [other for other in reading.drafts if other is not outer]
