"""Corrections that go along to the next version of an article, and those that stay behind."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.article import Article
from app.domain.carrying import Texts
from app.domain.claim import Act, Extraction, Mode
from app.domain.correction import Attribution, Correction, CorrectionKind, Field, Verdict
from app.domain.event import EventKind
from app.domain.identity import content_id
from app.domain.record import ClaimFilter, ClaimRecord
from app.domain.span import Span
from app.ingest import Ingest
from app.storage.carried import not_carried
from app.storage.claims import list_claims
from app.storage.corrections import add_claim, confirm_claim, edit_claim, reject_claim, undo_correction, verdict_on
from app.storage.engine import reading, transaction
from app.storage.events import waiting
from app.storage.history import history, list_corrections, verdict_in_force
from app.storage.wishes import Change, Naming, Place
from app.storage.withdrawals import kill, undo_withdrawal
from tests.ingest.fake import FakeExtractor
from tests.storage.test_versions import URI, read, version

LINES = "Det regnar, sade Ada Ek.\nDet snöar, sade Bo Al.\nVädret vänder i natt."
OLD = version("1", LINES, day=1)
NEW = version("2", f"Ny inledning om vädret.\n{LINES}\nOch ett slut.", day=2)
LAST = version("3", f"Allt om vädret.\n{LINES}", day=3)


def claims(engine: Engine, article: Article) -> dict[str, ClaimRecord]:
    """The claims of a version by their words."""
    with reading(engine) as session:
        return {claim.text: claim for claim in list_claims(session, ClaimFilter(article=article.id)).items}


def left_behind(engine: Engine, article: Article) -> list[CorrectionKind]:
    with reading(engine) as session:
        return [each.kind for each in not_carried(session, article.id)]


def said_by(name: str) -> Change:
    return Change(frozenset({Field.SPEAKER}), actors=(Naming(name=name),))


def speakers(claim: ClaimRecord) -> list[str]:
    return [speaker.name for speaker in claim.speakers]


def edit(engine: Engine, article: Article, words: str, change: Change, author: str = "ada") -> Correction:
    with transaction(engine) as session:
        return edit_claim(session, claims(engine, article)[words].id, change, author=author, reason="Hörde fel.")


def place(article: Article, words: str) -> Place:
    start = article.text.index(words)
    return Place(start, start + len(words), words)


def test_an_edited_claim_is_right_in_the_next_version_and_says_where_from(engine: Engine) -> None:
    read(engine, OLD)
    made = edit(engine, OLD, "Det regnar", said_by("Cia Lind"))
    read(engine, NEW)
    claim = claims(engine, NEW)["Det regnar"]
    assert speakers(claim) == ["Cia Lind"]
    assert ("speaker", "person") in claim.evidence
    with reading(engine) as session:
        (carried,) = history(session, claim.id)
    assert (carried.author, carried.at, carried.reason) == ("ada", made.at, "Hörde fel.")
    assert carried.origin is not None
    assert (carried.origin.id, carried.origin.claim_id, carried.origin.article_id) == (made.id, made.claim_id, OLD.id)
    assert left_behind(engine, NEW) == []


def test_listeners_hear_of_the_claim_as_it_was_put_right(engine: Engine) -> None:
    read(engine, OLD)
    old = claims(engine, OLD)["Det regnar"].id
    edit(engine, OLD, "Det regnar", Change(frozenset({Field.ACT}), act=Act.DENIAL))
    read(engine, NEW)
    new = claims(engine, NEW)["Det regnar"].id
    with reading(engine) as session:
        told = [what for _, what in waiting(session, 100) if what.claim_id in (old, new)]
    assert [(what.kind, what.data["act"]) for what in told[-2:]] == [
        (EventKind.CLAIM_REMOVED, "denial"),
        (EventKind.CLAIM_ADDED, "denial"),
    ]
    assert told[-2].data["kept_as"] == new


def test_taking_a_carried_correction_back_leaves_what_was_read_and_the_original(engine: Engine) -> None:
    read(engine, OLD)
    edit(engine, OLD, "Det regnar", said_by("Cia Lind"))
    read(engine, NEW)
    with transaction(engine) as session:
        (carried,) = history(session, claims(engine, NEW)["Det regnar"].id)
        undone = undo_correction(session, carried.id, author="bo")
    assert (undone.undone_by, undone.origin) == ("bo", carried.origin)
    assert speakers(claims(engine, NEW)["Det regnar"]) == ["Ada Ek"]
    assert speakers(claims(engine, OLD)["Det regnar"]) == ["Cia Lind"]
    # What somebody took back does not come again, neither with the same version nor with the next.
    with transaction(engine) as session:
        kill(session, URI, "2", author="TT")
    with transaction(engine) as session:
        undo_withdrawal(session, NEW.id, author="ada")
    assert speakers(claims(engine, NEW)["Det regnar"]) == ["Ada Ek"]
    read(engine, LAST)
    assert speakers(claims(engine, LAST)["Det regnar"]) == ["Ada Ek"]


def test_rejections_verdicts_confirmed_and_added_claims_go_along(engine: Engine) -> None:
    read(engine, OLD)
    found = claims(engine, OLD)
    added = Change(
        frozenset(Field),
        actors=(Naming(name="Bo Al"),),
        content=(place(OLD, "Vädret vänder i natt"),),
        act=Act.STATEMENT,
    )
    with transaction(engine) as session:
        reject_claim(session, found["Det snöar"].id, author="ada")
        confirm_claim(session, found["Det regnar"].id, author="bo")
        verdict_on(session, found["Det regnar"].id, Verdict("Sant", "Faktagranskaren"), author="cia")
        add_claim(session, OLD.id, added, author="dag")
    for article in (NEW, LAST):
        read(engine, article)
        now = claims(engine, article)
        assert set(now) == {"Det regnar", "Vädret vänder i natt"}
        assert speakers(now["Vädret vänder i natt"]) == ["Bo Al"]
        with reading(engine) as session:
            assert verdict_in_force(session, now["Det regnar"].id).author == "cia"
            page = list_corrections(session, article_id=article.id)
        assert [each.author for each in page.items] == ["dag", "cia", "bo", "ada"]
        assert all(each.applied and each.origin for each in page.items)
        assert left_behind(engine, article) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Det regnar mycket, sade Ada Ek.", id="other words"),
        pytest.param("Det regnar, sade Bo Al.", id="another speaker"),
        pytest.param("Det snöar, sade Bo Al.", id="gone"),
        pytest.param("Det regnar, sade Ada Ek.\nDet regnar, sade Ada Ek.", id="twice"),
    ],
)
def test_what_does_not_stand_there_once_stays_with_the_old_version(engine: Engine, text: str) -> None:
    read(engine, OLD)
    made = edit(engine, OLD, "Det regnar", Change(frozenset({Field.ACT}), act=Act.DENIAL))
    other = version("2", text, day=2)
    read(engine, other)
    assert {claim.act for claim in claims(engine, other).values()} == {Act.STATEMENT}
    assert claims(engine, OLD)["Det regnar"].act is Act.DENIAL
    with reading(engine) as session:
        assert [each.id for each in not_carried(session, other.id)] == [made.id]
        assert list_corrections(session, article_id=other.id).items == ()
    with transaction(engine) as session:
        undo_correction(session, made.id, author="ada")
    assert left_behind(engine, other) == []


def test_what_could_not_be_carried_is_tried_again_with_the_next_version(engine: Engine) -> None:
    read(engine, OLD)
    edit(engine, OLD, "Det regnar", said_by("Cia Lind"))
    read(engine, version("2", "Det snöar, sade Bo Al.", day=2), LAST)
    assert speakers(claims(engine, LAST)["Det regnar"]) == ["Cia Lind"]
    assert left_behind(engine, LAST) == []


def test_of_one_claim_all_corrections_go_or_none(engine: Engine) -> None:
    read(engine, OLD)
    edit(engine, OLD, "Det regnar", Change(frozenset({Field.ACT}), act=Act.DENIAL))
    words = place(OLD, "i natt")
    change = Change(frozenset({Field.SPEAKER}), actors=(Naming(name="Cia Lind"),), speaker=words)
    edit(engine, OLD, "Det regnar", change, "bo")
    read(engine, version("2", "Det regnar, sade Ada Ek.\nVädret vänder snart.", day=2))
    second = version("2", "Det regnar, sade Ada Ek.\nVädret vänder snart.", day=2)
    assert claims(engine, second)["Det regnar"].act is Act.STATEMENT
    assert left_behind(engine, second) == [CorrectionKind.EDIT, CorrectionKind.EDIT]


def test_a_correction_that_is_made_later_in_the_old_version_goes_along_when_the_new_one_comes_back(
    engine: Engine,
) -> None:
    read(engine, OLD, NEW)
    with transaction(engine) as session:
        kill(session, URI, "2", author="TT")
    with transaction(engine) as session:
        # The kill covers the first version as well; both are taken back, and the second one is in force again.
        undo_withdrawal(session, OLD.id, author="ada")
    edit(engine, OLD, "Det snöar", said_by("Cia Lind"))
    read(engine, LAST)
    # Made in a version that was not in force: it stays there.
    assert speakers(claims(engine, LAST)["Det snöar"]) == ["Bo Al"]


def test_actors_of_each_version_are_matched_by_name(engine: Engine) -> None:
    def apart(extraction: Extraction, article: Article) -> dict[str, str]:
        return {actor.ref: content_id("act", article.id, actor.name) for actor in extraction.actors}

    for article in (OLD, NEW):
        read_as(engine, article, apart)
        if article is OLD:
            edit(engine, OLD, "Det regnar", said_by("Bo Al"))
    claim = claims(engine, NEW)["Det regnar"]
    assert speakers(claim) == ["Bo Al"]
    assert {ref.id for ref in claim.speakers} == {ref.id for ref in claims(engine, NEW)["Det snöar"].speakers}


def read_as(engine: Engine, article: Article, actor_ids: Any) -> None:
    from tests.storage.test_versions import store

    store(engine, article)
    Ingest(engine, FakeExtractor(), actor_ids).process_articles([article.id])


def quoted(text: str, words: str, cue: str) -> Correction:
    def span(part: str) -> Span:
        start = text.index(part)
        return Span(start, start + len(part), part)

    told = Attribution(None, (), span(cue), (span(words),), Act.STATEMENT, Mode.INDIRECT)
    from tests.storage.test_versions import DAY

    return Correction(1, "art", "clm", CorrectionKind.CONFIRM, (), told, told, told, "ada", DAY)


@pytest.mark.parametrize(
    ("old", "new", "start"),
    [
        ("Nej, sade hon.", "I går. Nej, sade hon.", 7),
        ("Nej, sade hon.", "Nej,  sade hon.", None),
        ("Nej, sade hon.", "Anej, sade hon.", None),
        ("Nej, sade hon. Nej, sade han.", "Först. Nej, sade hon. Nej, sade han.", 7),
        ("Nej, sade hon. Nej, sade han.", "Nej, sade han. Nej, sade hon.", None),
        ("Nej, sade hon.", "Nej, sade hon. Nej, sade han.", 0),
    ],
)
def test_the_words_are_found_where_they_stand_once(old: str, new: str, start: int | None) -> None:
    found = Texts(old, new).moved(quoted(old, "Nej", "sade"), lambda party: party)
    assert (found.anchor.content[0].start if found else None) == start
    if found is not None:
        for span in (*found.anchor.content, found.anchor.cue):
            assert span is not None
            assert new[span.start : span.end] == span.text
