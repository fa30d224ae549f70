"""Answers to plain questions: the claims, how the question was understood, and a sentence about them.

The HTML pages and the REST interface both call `answer`, so that they can never disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.asking.exonyms import other_names
from app.asking.parts import without_genitive
from app.asking.question import Asks, Question, parse_question
from app.asking.sentences import Wording, load_wording
from app.domain.claim import Act, RelationKind
from app.domain.record import ActorRef, ClaimFilter, ClaimRecord, Page
from app.errors import BadQuestion
from app.storage.actors import find_actors, find_by_territory, search_actors, suggest
from app.storage.claims import claims_by_ids, list_claims
from app.storage.engine import Session

# What a claim of this act does to the claim it is about.
_BEARING = {
    Act.DENIAL: RelationKind.DENIES,
    Act.CONFIRMATION: RelationKind.CONFIRMS,
    Act.SUPPORT: RelationKind.SUPPORTS,
    Act.UNVERIFIED: RelationKind.UNVERIFIED,
}
# Claims looked through for answers to them: a question is about a few claims, and each has few answers.
_LOOKED_THROUGH = 100


@dataclass(frozen=True, slots=True)
class Party:
    """A party of the question: its name as asked, and the actors it was found to be, none where nobody is called so."""

    name: str
    actors: tuple[ActorRef, ...]


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How a question was understood. ``filter`` is what was looked up, with names as articles print them.

    ``notes`` say in the question's language what a reader should know: a slip put right, which of two readings was
    taken. ``offered`` are clear questions for the readings not taken.
    """

    asks: Asks
    speaker: Party | None
    target: Party | None
    topic: Party | None
    filter: ClaimFilter
    notes: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """``question`` is the reading that was answered, ``parties`` whom it asked for, ``responses`` who answered what."""

    question: Question
    interpretation: Interpretation
    page: Page[ClaimRecord]
    sentence: str
    parties: tuple[ActorRef, ...] = ()


def answer(
    session: Session,
    question: Question,
    *,
    scope: str | None = None,
    article: str | None = None,
    limit: int = 20,
    cursor: str | None = None,
) -> Answer:
    """Answer a parsed question from stored claims, ``limit`` a page.

    ``scope`` (``party`` or ``own``) overrides what the question says; ``article`` is the id of the one article to
    answer from. A speaker or target nobody is called gives an empty page with near names as suggestions. Raises
    `BadCursor` for a cursor of another question.
    """
    wording = load_wording()[question.language]
    asked = replace(question, scope=scope) if scope else question
    understood = _understood(session, asked, article)
    if understood.unknown:
        return _unknown(session, understood, understood.unknown, wording)
    wanted = understood.filter
    page = list_claims(session, wanted, cursor, limit)
    if cursor is None and not page.items:
        page = _answers_to_matching(session, understood) or page
    parties = _parties(page.items, understood.question.asks)
    sentence = _sentence(understood, page, parties, wording, cursor is not None)
    if asked.follow_up and (kind := _BEARING.get(asked.follow_up.act or Act.STATEMENT)):
        responses = [each for claim in page.items for each in claim.responses if each.kind is kind]
        responding = _distinct(ref for each in responses for ref in each.speakers)
        sentence = f"{sentence} {wording.responded(kind, responding)}"
    return Answer(understood.question, _interpretation(understood, wording), page, sentence, parties)


def understand(session: Session, text: str) -> Question:
    """The question in ``text``; the bare name of a known actor asks what that actor said.

    Raises `BadQuestion` as `parse_question` does.
    """
    try:
        return parse_question(text)
    except BadQuestion:
        if find_actors(session, text):
            return Question(text=text, language="sv", asks=Asks.CONTENT, speaker=text.strip())
        raise


def interpret(session: Session, question: Question) -> Interpretation:
    """How a parsed question is understood with the names that are known now, without answering it.

    A name that is still unknown stays in the filter as it was asked, and no claim passes.
    """
    return _interpretation(_understood(session, question, None), load_wording()[question.language])


@dataclass(frozen=True, slots=True)
class _LookedUp:
    """A reading with its names looked up; ``unknown`` is the first of them that nobody is called."""

    question: Question
    filter: ClaimFilter
    speaker: Party | None
    target: Party | None
    topic: Party | None
    unknown: Party | None


def _understood(session: Session, asked: Question, article: str | None) -> _LookedUp:
    readings = [asked, *(replace(each, scope=asked.scope) for each in asked.otherwise)]
    looked_up = [_look_up(session, reading, article) for reading in readings]
    # The first reading whose names are all known; a reading that names nobody has nothing to be wrong about.
    return next((each for each in looked_up if not each.unknown), looked_up[0])


def _look_up(session: Session, question: Question, article: str | None) -> _LookedUp:
    speaker, speaker_key = _party(session, question.speaker, question.language)
    target, target_key = _party(session, question.target, question.language)
    topic, _ = _party(session, question.topic, question.language)
    unknown = next((party for party in (speaker, target) if party and not party.actors), None)
    wanted = ClaimFilter(
        speaker=speaker_key,
        target=target_key,
        act=question.act,
        mode=question.mode,
        q=question.q,
        since=question.since,
        until=question.until,
        article=article,
        scope=question.scope,
        about=_about(question),
    )
    return _LookedUp(question, wanted, speaker, target, topic, unknown)


def _party(session: Session, name: str | None, language: str) -> tuple[Party | None, str | None]:
    """The party called ``name``, and the name or id that the stored claims know it by."""
    if name is None:
        return None, None
    other = other_names(name, language)
    for form in (name, *other.forms):
        if found := find_actors(session, form):
            return Party(name, found), form
    for form in (name, *other.forms):
        # "Armeniens premiärminister" begins the printed form of one actor only: then that is who is meant.
        if len(meant := search_actors(session, form, limit=2).items) == 1:
            return Party(name, (ActorRef(meant[0].id, meant[0].name, meant[0].kind),)), meant[0].id
    if other.territory and (found := find_by_territory(session, other.territory)):
        return Party(name, found[:1]), found[0].id
    return Party(name, ()), name


def _about(question: Question) -> tuple[str, ...]:
    if question.topic is None:
        return ()
    names = [question.topic, *_owners(question.topic)]
    others = [other_names(name, question.language) for name in names]
    return tuple(dict.fromkeys((question.topic, *(form for each in others for form in (*each.forms, *each.words)))))


def _owners(name: str) -> list[str]:
    """ "Baku" for "Baku's efforts": whoever asks about those asks about Baku."""
    first, _, rest = name.partition(" ")
    return [without_genitive(first)] if rest and not first.islower() and without_genitive(first) != first else []


def _unknown(session: Session, understood: _LookedUp, party: Party, wording: Wording) -> Answer:
    names = (party.name, *other_names(party.name, understood.question.language).forms)
    near = next((found for name in names if (found := suggest(session, name))), ())
    page: Page[ClaimRecord] = Page((), suggestions=near)
    sentence = wording.nobody_called(party.name, near)
    return Answer(understood.question, _interpretation(understood, wording), page, sentence)


def _answers_to_matching(session: Session, understood: _LookedUp) -> Page[ClaimRecord] | None:
    """ "Vem förnekar att det var etnisk rensning?": the denial says "this accusation", so its claim is searched for."""
    wanted, kind = understood.filter, _BEARING.get(understood.question.act or Act.STATEMENT)
    if kind is None or not (wanted.q or wanted.about) or understood.question.asks is not Asks.SPEAKER:
        return None
    meant = [replace(wanted, act=None)]
    if understood.topic and understood.topic.actors:
        meant.append(replace(wanted, act=None, about=(), speaker=understood.topic.actors[0].id))
    found = [claim for each in meant for claim in list_claims(session, each, limit=_LOOKED_THROUGH).items]
    ids = [each.claim_id for claim in found for each in claim.responses if each.kind is kind]
    return Page(tuple(claims_by_ids(session, ids))) if ids else None


def _distinct(refs: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    return tuple({ref.id: ref for ref in refs}.values())


def _parties(claims: Sequence[ClaimRecord], asks: Asks) -> tuple[ActorRef, ...]:
    if asks is Asks.SPEAKER:
        return _distinct(ref for claim in claims for ref in claim.speakers)
    if asks is Asks.TARGET:
        return _distinct(target.actor for claim in claims for target in claim.targets)
    return ()


def _sentence(
    understood: _LookedUp, page: Page[ClaimRecord], parties: Sequence[ActorRef], wording: Wording, further: bool
) -> str:
    count = len(page.items)
    template = wording.more if further else wording.first if page.next_cursor else wording.counted
    found = (template if count else wording.nothing).format(
        count=count, noun=wording.noun(understood.question.act, count)
    )
    if understood.speaker:
        through_others = any(claim.via for claim in page.items)
        found += (wording.by_party if through_others else wording.by).format(speaker=_called(understood.speaker))
    if understood.target:
        found += wording.at.format(target=_called(understood.target))
    if understood.topic:
        found += wording.about.format(topic=_called(understood.topic))
    if understood.filter.q:
        found += wording.matching.format(q=understood.filter.q)
    if not count:
        return wording.recorded.format(found=found)
    if parties:
        return wording.parties.format(found=found, parties=wording.listed([ref.name for ref in parties], wording.and_))
    return wording.answer.format(found=found)


def _called(party: Party) -> str:
    """The party's name as articles give it where one actor is meant, else as asked."""
    return party.actors[0].name if len(party.actors) == 1 else party.name


def _interpretation(understood: _LookedUp, wording: Wording) -> Interpretation:
    question = understood.question
    notes = [wording.slip.format(typed=typed, read=read) for typed, read in question.slips]
    offered: tuple[str, ...] = ()
    # Another reading is worth offering where its name is a party's: nobody asks whom "the decision" criticised.
    if question.offered and not understood.unknown:
        offered = (question.offered,)
        if question.asks is Asks.SPEAKER and understood.target:
            notes.append(wording.reading_target.format(target=_called(understood.target)))
        elif understood.speaker:
            notes.append(wording.first_of_several.format(speaker=_called(understood.speaker)))
    return Interpretation(
        asks=question.asks,
        speaker=understood.speaker,
        target=understood.target,
        topic=understood.topic,
        filter=understood.filter,
        notes=tuple(notes),
        offered=offered,
    )
