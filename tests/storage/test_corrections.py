"""Corrections of claims: made, taken back, kept when the article is read anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.domain.article import Article
from app.domain.claim import Act, Claim, Extraction, Mode, TargetRole
from app.domain.correction import CHECK, PERSON, CorrectionKind, Field, Verdict
from app.domain.record import ClaimFilter, ClaimRecord
from app.domain.span import Span
from app.errors import BadCorrection, Conflict, NotFound
from app.storage.actors import find_actors, get_actor, search_actors
from app.storage.articles import Status, save_article, set_status
from app.storage.claims import get_claim, list_claims, save_extraction
from app.storage.corrections import (
    add_claim,
    confirm_claim,
    edit_claim,
    reject_claim,
    undo_correction,
    verdict_on,
)
from app.storage.engine import Session, reading, transaction
from app.storage.history import history, list_corrections, standing
from app.storage.judgements import merge, undo
from app.storage.wishes import Aiming, Change, Naming, Place
from tests.storage.samples import TEXT, actor_ids, article, cut, extraction
from tests.storage.tables import contents

OWN_TABLES = frozenset({"corrections", "readings", "actors", "name_words", "events"})
ARTICLE = article().id


def claim_id(ref: str) -> str:
    return next(claim for claim in extraction().claims if claim.ref == ref).id_in(ARTICLE)


C1, C2, C3, C4 = map(claim_id, ("c1", "c2", "c3", "c4"))


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database with the sample article and its four claims."""
    with transaction(engine) as session:
        save_article(session, article())
        save(session, extraction())
    return engine


def save(session: Session, found: Extraction) -> None:
    save_extraction(session, found, actor_ids(found))
    set_status(session, [found.article_id], Status.DONE)


def place(words: str, *, said: str | None = None) -> Place:
    found = cut(words)
    return Place(found.start, found.end, words if said is None else said)


def spoken_by(*names: str, words: str | None = None) -> Change:
    actors = tuple(Naming(name=name) for name in names)
    return Change(frozenset({Field.SPEAKER}), actors=actors, speaker=place(words) if words else None)


def of_act(act: Act) -> Change:
    return Change(frozenset({Field.ACT}), act=act)


def claims(session: Session) -> dict[str, ClaimRecord]:
    return {claim.id: claim for claim in list_claims(session, ClaimFilter(article=ARTICLE), limit=100).items}


def names(claim: ClaimRecord) -> list[str]:
    return [speaker.name for speaker in claim.speakers]


def test_a_speaker_is_put_right_wherever_claims_are_read(filled: Engine) -> None:
    with transaction(filled) as session:
        made = edit_claim(
            session, C3, spoken_by("Nikol Pasjinjan", words="Nikol Pasjinjan"), author="ada", reason="fel"
        )
    assert (made.kind, made.fields, made.author, made.reason) == (CorrectionKind.EDIT, (Field.SPEAKER,), "ada", "fel")
    assert made.before is not None
    assert made.after is not None
    assert [party.name for party in made.before.speakers] == ["Hikmet Hajiyev"]
    assert [party.name for party in made.after.speakers] == ["Nikol Pasjinjan"]
    with reading(filled) as session:
        claim = get_claim(session, C3)
        assert names(claim) == ["Nikol Pasjinjan"]
        assert claim.speaker == cut("Nikol Pasjinjan")
        assert dict(claim.evidence) == {"speaker": PERSON}
        assert C3 in {each.id for each in list_claims(session, ClaimFilter(speaker="Nikol Pasjinjan")).items}
        assert C3 not in {each.id for each in list_claims(session, ClaimFilter(speaker="Hikmet Hajiyev")).items}
        found = standing(session, C3)
        assert found.revision == 1
        assert found.read is not None
        assert [party.name for party in found.read.speakers] == ["Hikmet Hajiyev"]


def test_everything_but_the_correction_is_as_before_when_it_is_undone(filled: Engine) -> None:
    # A claim that was away and came back has a new row number.
    before = contents(filled, without=frozenset({"seq"}))
    changes = (
        lambda session: edit_claim(session, C1, spoken_by("Ny Person"), author="ada"),
        lambda session: reject_claim(session, C2, author="ada"),
        lambda session: confirm_claim(session, C3, author="ada"),
        lambda session: verdict_on(session, C4, Verdict("Falskt", "Granskarna"), author="ada"),
        lambda session: add_claim(
            session, ARTICLE, Change(frozenset(Field), content=(place("Bakus regering förnekade"),)), author="ada"
        ),
    )
    with transaction(filled) as session:
        made = [change(session) for change in changes]
    with transaction(filled) as session:
        for correction in made:
            undone = undo_correction(session, correction.id, author="bo")
            assert undone.undone_by == "bo"
            assert undo_correction(session, correction.id, author="cia") == undone
    after = contents(filled, without=frozenset({"seq"}))
    assert [name for name in before if before[name] != after[name] and name not in OWN_TABLES] == []
    with reading(filled) as session:
        # The person who was named by mistake is nobody's answer any more.
        assert find_actors(session, "Ny Person") == ()


def test_the_later_correction_wins_and_undoing_it_brings_the_earlier_one_back(filled: Engine) -> None:
    with transaction(filled) as session:
        first = edit_claim(session, C1, of_act(Act.CRITICISM), author="ada")
        second = edit_claim(session, C1, of_act(Act.OPINION), author="bo")
        edit_claim(session, C1, spoken_by("Armenien"), author="cia")
        assert get_claim(session, C1).act is Act.OPINION
        undo_correction(session, second.id, author="bo")
        assert get_claim(session, C1).act is Act.CRITICISM
        undo_correction(session, first.id, author="bo")
        assert get_claim(session, C1).act is Act.ACCUSATION
        assert names(get_claim(session, C1)) == ["Armenien"]
        assert [each.in_force for each in history(session, C1)] == [False, False, True]


def test_targets_words_and_mode_can_be_set(filled: Engine) -> None:
    change = Change(
        frozenset({Field.TARGET, Field.CONTENT, Field.CUE, Field.MODE}),
        cue=place("uppmanade båda sidor till"),
        content=(place("båda sidor till återhållsamhet"),),
        mode=Mode.MIXED,
        targets=(Aiming(TargetRole.ACCUSED, Naming(name="bakus regering"), place("Bakus regering")),),
    )
    with transaction(filled) as session:
        edit_claim(session, C4, change, author="ada")
    with reading(filled) as session:
        claim = get_claim(session, C4)
        assert (claim.text, claim.mode) == ("båda sidor till återhållsamhet", Mode.MIXED)
        assert [(each.role, each.actor.name) for each in claim.targets] == [(TargetRole.ACCUSED, "Bakus regering")]
        assert [each.id for each in list_claims(session, ClaimFilter(q='"båda sidor"')).items] == [C4]


def test_a_rejected_claim_takes_what_points_to_it_along_and_comes_back(filled: Engine) -> None:
    with transaction(filled) as session:
        made = reject_claim(session, C1, author="ada", reason="berättaren")
        assert C1 not in claims(session)
        assert get_claim(session, C2).relations == ()
        assert [each.kind for each in history(session, C1)] == [CorrectionKind.REJECT]
        with pytest.raises(Conflict, match=f"rejected by correction {made.id}"):
            edit_claim(session, C1, of_act(Act.DENIAL), author="bo")
        undo_correction(session, made.id, author="bo")
        assert [each.claim_id for each in get_claim(session, C2).relations] == [C1]


def test_a_missed_claim_is_added_in_text_order(filled: Engine) -> None:
    change = Change(
        frozenset(Field),
        actors=(Naming(name="Rådgivare Ek"),),
        speaker=place("Hikmet Hajiyev"),
        content=(place("Vi försvarar vår egen"),),
        cue=place("förnekade"),
        act=Act.DENIAL,
        mode=Mode.DIRECT,
    )
    with transaction(filled) as session:
        made = add_claim(session, ARTICLE, change, author="ada")
    with reading(filled) as session:
        assert made.claim_id in claims(session)
        claim = get_claim(session, made.claim_id)
        assert (claim.act, names(claim)) == (Act.DENIAL, ["Rådgivare Ek"])
        assert dict(claim.evidence)[CHECK] == PERSON
        assert [actor.name for actor in search_actors(session, "Rådgivare").items] == ["Rådgivare Ek"]
    with transaction(filled) as session, pytest.raises(Conflict, match="already"):
        add_claim(session, ARTICLE, change, author="bo")


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        (Change(frozenset({Field.CUE}), cue=Place(5, 9_999)), "cue", "runs past the text"),
        (Change(frozenset({Field.CUE}), cue=Place(9, 9)), "cue", "is empty"),
        (Change(frozenset({Field.CUE}), cue=place("sade", said="sagt")), "cue", "stands “sade”, not “sagt”"),
        (Change(frozenset({Field.CONTENT})), "content", "at least one"),
        (Change(frozenset({Field.CONTENT}), content=(Place(9, 20), Place(15, 30))), "content.1", "overlap"),
        (Change(frozenset({Field.CUE}), cue=Place(TEXT.index(". – ") + 1, TEXT.index(". – ") + 4)), "cue", "no words"),
        (Change(frozenset({Field.SPEAKER}), actors=(Naming(id="act_0"),)), "speaker.actors.0", "no actor act_0"),
        (Change(frozenset({Field.SPEAKER}), actors=(Naming(),)), "speaker.actors.0", "one of the two"),
        (Change(frozenset({Field.SPEAKER}), actors=(Naming(name=" – "),)), "speaker.actors.0", "there is no name"),
        (
            Change(frozenset({Field.TARGET}), targets=(Aiming(TargetRole.ABOUT, Naming(id="act_0")),)),
            "targets.0.actor",
            "no actor",
        ),
        (of_act(Act.ACCUSATION), "fields", "says all this already"),
    ],
)
def test_what_does_not_fit_is_refused_and_named(filled: Engine, change: Change, field: str, reason: str) -> None:
    before = contents(filled)
    with pytest.raises(BadCorrection, match=reason) as caught, transaction(filled) as session:
        edit_claim(session, C1, change, author="ada")
    assert caught.value.field == field
    assert contents(filled) == before


def test_somebody_elses_change_in_between_is_a_conflict(filled: Engine) -> None:
    with transaction(filled) as session:
        made = edit_claim(session, C1, of_act(Act.OPINION), author="ada", revision=0)
        with pytest.raises(Conflict, match="at revision 1, not 0"):
            edit_claim(session, C1, of_act(Act.DENIAL), author="bo", revision=0)
        undo_correction(session, made.id, author="ada")
        with pytest.raises(Conflict, match="at revision 2, not 1"):
            reject_claim(session, C1, author="bo", revision=1)
        assert get_claim(session, C1).act is Act.ACCUSATION


def test_claims_of_an_article_that_is_not_read_cannot_be_corrected(filled: Engine) -> None:
    with transaction(filled) as session:
        set_status(session, [ARTICLE], Status.QUEUED)
        with pytest.raises(Conflict, match="queued"):
            reject_claim(session, C1, author="ada")
        for unknown in (reject_claim, confirm_claim):
            with pytest.raises(NotFound):
                unknown(session, "clm_0", author="ada")
        with pytest.raises(NotFound):
            add_claim(session, "art_0", Change(frozenset()), author="ada")
        with pytest.raises(NotFound):
            undo_correction(session, 99, author="ada")
        with pytest.raises(NotFound):
            history(session, "clm_0")


def test_a_name_that_several_have_is_left_to_the_person(filled: Engine) -> None:
    other = Article("Nikol Pasjinjan talade.", uri="urn:b")
    with transaction(filled) as session:
        save_article(session, other)
        found = extraction(other)
        person = replace(found.actor("a2"), mentions=(), represents=())
        save_extraction(session, Extraction(other.id, (), (person,)), {"a2": "act_another"})
        set_status(session, [other.id], Status.DONE)
        change = Change(frozenset(Field), actors=(Naming(name="Nikol Pasjinjan"),), content=(Place(0, 5),))
        # In its own article the name means the one who stands there, elsewhere it may mean either.
        mine = add_claim(session, other.id, change, author="ada")
        assert mine.after is not None
        assert [party.id for party in mine.after.speakers] == ["act_another"]
        third = Article("Ett tredje ställe.", uri="urn:c")
        save_article(session, third)
        save_extraction(session, Extraction(third.id, (), ()), {})
        set_status(session, [third.id], Status.DONE)
        with pytest.raises(BadCorrection, match="several actors are called") as caught:
            add_claim(session, third.id, change, author="ada")
        assert "act_another" in str(caught.value)


def test_a_merged_actor_is_taken_under_the_row_that_the_article_has(filled: Engine) -> None:
    with transaction(filled) as session:
        (hajiyev,) = find_actors(session, "Hikmet Hajiyev")
        (pasjinjan,) = find_actors(session, "Nikol Pasjinjan")
        judged = merge(session, hajiyev.id, pasjinjan.id, author="ada")
        whole = get_actor(session, hajiyev.id).id
        made = edit_claim(session, C4, Change(frozenset({Field.SPEAKER}), actors=(Naming(id=whole),)), author="ada")
        assert made.after is not None
        undo(session, judged.id, author="ada")
        assert [speaker.id for speaker in get_claim(session, C4).speakers] == [made.after.speakers[0].id]


# Read anew, by other rules.


def moved(found: Extraction, shifts: Mapping[str, tuple[int, int]]) -> Extraction:
    """The extraction with the content of some claims beginning and ending elsewhere."""

    def content(claim: Claim) -> tuple[Span, ...]:
        begin, end = shifts.get(claim.ref, (0, 0))
        (part,) = claim.content
        return (Span.cut(TEXT, part.start + begin, part.end + end),)

    return replace(found, claims=tuple(replace(claim, content=content(claim)) for claim in found.claims))


def test_corrections_find_their_claim_again_when_rules_cut_it_otherwise(filled: Engine) -> None:
    with transaction(filled) as session:
        edit_claim(session, C1, spoken_by("Armenien"), author="ada")
        confirm_claim(session, C3, author="ada")
        rejected = reject_claim(session, C4, author="ada")
        save(session, moved(extraction(), {"c1": (4, 0), "c3": (3, 0), "c4": (5, 0)}))
        now = claims(session)
        assert set(now) == {C1, C2, C3}
        assert (names(now[C1]), now[C1].text) == (["Armenien"], "att ha beskjutit byar")
        # What a person found right stays right to the letter.
        assert now[C3].text == "Vi försvarar vår egen mark"
        assert [each.claim_id for each in now[C2].relations] == [C1]
        undo_correction(session, rejected.id, author="bo")
        assert claims(session)[C4].text == "återhållsamhet"
        assert list_corrections(session, applied=False).items == ()


def test_a_correction_that_fits_nothing_any_more_is_kept_and_listed(filled: Engine) -> None:
    with transaction(filled) as session:
        edited = edit_claim(session, C1, of_act(Act.OPINION), author="ada")
        confirm_claim(session, C3, author="ada")
        reject_claim(session, C4, author="ada")
        found = extraction()
        save(session, replace(found, claims=(replace(found.claims[1], relations=()),)))
        assert set(claims(session)) == {C2, C3}
        assert [each.id for each in list_corrections(session, applied=False).items] == [edited.id]
        assert [each.applied for each in history(session, C1)] == [False]
        save(session, found)
        assert get_claim(session, C1).act is Act.OPINION
        assert list_corrections(session, applied=False).items == ()
        assert len(list_corrections(session, applied=True).items) == 3


def test_an_added_claim_stays_and_takes_the_place_of_the_one_that_rules_find_later(filled: Engine) -> None:
    found = extraction()
    without = replace(found, claims=tuple(claim for claim in found.claims if claim.ref != "c3"))
    with transaction(filled) as session:
        save(session, without)
        change = Change(
            frozenset(Field), actors=(Naming(name="Hikmet Hajiyev"),), content=(place("försvarar vår egen mark"),)
        )
        made = add_claim(session, ARTICLE, change, author="ada")
        save(session, without)
        assert get_claim(session, made.claim_id).text == "försvarar vår egen mark"
        save(session, found)
        assert set(claims(session)) == {C1, C2, C4, made.claim_id}
        undo_correction(session, made.id, author="ada")
        # Its id is kept for links that people have made.
        assert get_claim(session, made.claim_id).text == "Vi försvarar vår egen mark"


def test_a_rejected_claim_does_not_come_back_as_its_double(filled: Engine) -> None:
    found = extraction()
    denial = replace(found.claims[1], relations=(replace(found.claims[1].relations[0], claim="c9"),))
    double = replace(found.claims[0], ref="c9")
    doubled = replace(found, claims=(found.claims[0], denial, *found.claims[2:], double))
    with transaction(filled) as session:
        save(session, doubled)
        made = reject_claim(session, C1, author="ada")
        save(session, doubled)
        assert set(claims(session)) == {C2, C3, C4}
        undo_correction(session, made.id, author="ada")
        assert set(claims(session)) == {C1, C2, C3, C4}
        assert [each.claim_id for each in get_claim(session, C2).relations] == [C1]


def test_corrections_are_listed_in_pages(filled: Engine) -> None:
    with transaction(filled) as session:
        made = [edit_claim(session, C1, of_act(act), author="ada").id for act in (Act.OPINION, Act.DENIAL, Act.DEMAND)]
        first = list_corrections(session, limit=2, article_id=ARTICLE)
        assert [each.id for each in first.items] == [made[2], made[1]]
        second = list_corrections(session, first.next_cursor, limit=2, article_id=ARTICLE)
        assert [each.id for each in second.items] == [made[0]]
        assert second.next_cursor is None


# Whatever is done and undone, in whatever order.

EDITS = st.sampled_from(
    [
        (C1, spoken_by("Armenien")),
        (C1, spoken_by("Ny Person", words="Moskva")),
        (C1, of_act(Act.OPINION)),
        (C2, of_act(Act.STATEMENT)),
        (C2, Change(frozenset({Field.TARGET}), targets=(Aiming(TargetRole.ABOUT, Naming(name="Armenien")),))),
        (C3, Change(frozenset({Field.CONTENT}), content=(place("Vi försvarar"),))),
        (C4, None),
        (C2, None),
    ]
)
SHIFTS = st.dictionaries(
    st.sampled_from(["c1", "c3", "c4"]), st.tuples(st.integers(0, 5), st.integers(-2, 0)), max_size=3
)


def shown(session: Session) -> list[tuple[object, ...]]:
    return [
        (each.id, each.speaker, names(each), each.cue, each.content, each.act, each.mode, each.targets, each.evidence)
        for each in claims(session).values()
    ]


class _Back(Exception):
    """Ends a transaction without a trace."""


@contextmanager
def tried(engine: Engine) -> Iterator[Session]:
    """A transaction of which nothing stays."""
    with suppress(_Back), transaction(engine) as session:
        yield session
        raise _Back


@given(edits=st.lists(EDITS, min_size=1, max_size=5), undone=st.data(), shifts=SHIFTS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_only_what_is_in_force_counts(
    filled: Engine, edits: list[tuple[str, Change | None]], undone: st.DataObject, shifts: dict[str, tuple[int, int]]
) -> None:
    with tried(filled) as session:
        made = []
        for claim, change in edits:
            try:
                made.append(
                    reject_claim(session, claim, author="ada")
                    if change is None
                    else edit_claim(session, claim, change, author="ada")
                )
            except (Conflict, BadCorrection):
                continue
        back = undone.draw(st.lists(st.sampled_from(made), unique_by=lambda each: each.id)) if made else []
        early = undone.draw(st.booleans())
        if early:
            save(session, moved(extraction(), shifts))
        for correction in back:
            undo_correction(session, correction.id, author="bo")
        if not early:
            save(session, moved(extraction(), shifts))
        once = shown(session)
        for correction in sorted(back, key=lambda each: each.id, reverse=True):
            undo_correction(session, correction.id, author="bo")
        save(session, moved(extraction(), shifts))
        assert shown(session) == once
        in_force = [each for each in made if each.id not in {one.id for one in back}]
        now = claims(session)
        for correction in in_force:
            later = [each for each in in_force if each.claim_id == correction.claim_id and each.id > correction.id]
            if any(each.kind is CorrectionKind.REJECT for each in (correction, *later)):
                assert correction.claim_id not in now
            elif Field.ACT in correction.fields and not any(Field.ACT in each.fields for each in later):
                assert correction.after is not None
                assert now[correction.claim_id].act is correction.after.act
            elif Field.SPEAKER in correction.fields and not any(Field.SPEAKER in each.fields for each in later):
                assert correction.after is not None
                assert [each.id for each in now[correction.claim_id].speakers] == [
                    party.id for party in correction.after.speakers
                ]
        for correction in in_force:
            undo_correction(session, correction.id, author="bo")
        plain = {claim.content for claim in moved(extraction(), shifts).claims}
        assert {claim.content for claim in claims(session).values()} == plain
