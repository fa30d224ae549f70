"""The log of events: written with the change, numbered in the order of commits, never skipped by a reader."""

from __future__ import annotations

import dataclasses
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, update

from app.domain.claim import Act, Extraction
from app.domain.event import Event, EventKind, Happening
from app.storage.articles import save_article
from app.storage.claims import save_extraction
from app.storage.engine import open_engine, reading, transaction
from app.storage.event_tables import EventRow
from app.storage.events import (
    add_numbered,
    list_events,
    newest_number,
    number_waiting,
    prune_events,
    record,
    waiting,
)
from tests.storage.samples import actor_ids, article, extraction


def published(engine: Engine) -> list[Event]:
    """Number whatever waits, and give it."""
    with transaction(engine) as session:
        return number_waiting(session, [key for key, _ in waiting(session, 1000)])


def save(engine: Engine, found: Extraction) -> list[Happening]:
    """Save an extraction of the sample article; gives what happened."""
    with transaction(engine) as session:
        save_article(session, article())
        save_extraction(session, found, actor_ids(found))
    return [event.what for event in published(engine)]


def changed(found: Extraction, ref: str, **values: object) -> Extraction:
    claims = tuple(
        dataclasses.replace(claim, **values) if claim.ref == ref else claim  # type: ignore[arg-type]
        for claim in found.claims
    )
    return dataclasses.replace(found, claims=claims)


def test_claims_that_are_found_first_are_added_in_text_order(engine: Engine) -> None:
    happened = save(engine, extraction())
    assert [what.kind for what in happened] == [EventKind.CLAIM_ADDED] * 4
    assert [what.claim_id for what in happened] == [claim.id_in(article().id) for claim in extraction().claims]
    assert {what.article_id for what in happened} == {article().id}
    assert happened[1].data == {
        "act": "denial",
        "mode": "indirect",
        "speaker": "Bakus regering",
        "text": "anklagelsen",
    }


def test_saving_the_same_again_tells_nothing(engine: Engine) -> None:
    save(engine, extraction())
    assert save(engine, extraction()) == []


@pytest.mark.parametrize(
    ("ref", "values", "fields"),
    [
        ("c3", {"act": Act.DENIAL}, ["act"]),
        ("c4", {"targets": ()}, ["targets"]),
        ("c2", {"relations": ()}, ["relations"]),
        ("c3", {"speakers": ("a2",)}, ["speakers"]),
        ("c3", {"speaker": None, "parent": "c1"}, ["speaker", "parent"]),
    ],
)
def test_a_claim_that_says_something_else_is_changed(
    engine: Engine, ref: str, values: dict[str, object], fields: list[str]
) -> None:
    save(engine, extraction())
    (what,) = save(engine, changed(extraction(), ref, **values))
    assert what.kind is EventKind.CLAIM_CHANGED
    assert what.data["changed"] == fields


def test_other_rules_and_another_confidence_are_no_news(engine: Engine) -> None:
    save(engine, extraction())
    assert save(engine, changed(extraction(), "c1", evidence=(("speaker", "new-rule"),), confidence=None)) == []


def test_a_claim_that_is_not_found_any_more_is_removed_and_the_others_stay_as_they_are(engine: Engine) -> None:
    found = extraction()
    save(engine, found)
    fewer = dataclasses.replace(found, claims=(*found.claims[:2], found.claims[3]))
    (what,) = save(engine, fewer)
    assert (what.kind, what.claim_id) == (EventKind.CLAIM_REMOVED, found.claims[2].id_in(article().id))
    assert what.data["text"] == "Vi försvarar vår egen mark"
    (back,) = save(engine, found)
    assert (back.kind, back.claim_id) == (EventKind.CLAIM_ADDED, what.claim_id)


def test_a_change_that_is_taken_back_never_happened(engine: Engine) -> None:
    def fail() -> None:
        with transaction(engine) as session:
            record(session, EventKind.ARTICLE_DONE, article_id="art_1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert published(engine) == []


def note(engine: Engine, name: str) -> None:
    with transaction(engine) as session:
        record(session, EventKind.ARTICLE_DONE, article_id=name)


def test_numbers_follow_one_another_without_gaps(engine: Engine) -> None:
    for name in ("a", "b"):
        note(engine, name)
    assert [event.number for event in published(engine)] == [1, 2]
    with transaction(engine) as session:
        assert number_waiting(session, [1, 2]) == []
        (third,) = add_numbered(session, [Happening(EventKind.SEARCH_MATCHED, search_id="sch_1")])
        assert third.number == 3
    with reading(engine) as session:
        assert [event.number for event in list_events(session, after=1)] == [2, 3]
        assert list_events(session, kinds=[EventKind.SEARCH_MATCHED]) == [third]
        assert list_events(session, search_id="sch_1") == [third]
        assert list_events(session, search_id="sch_2") == []
        assert len(list_events(session, limit=2)) == 2


def test_a_transaction_that_began_first_and_commits_last_is_not_skipped(postgresql_url: str) -> None:
    """The gap that ids of rows leave: the slow one has the lower id, and a reader has passed it already."""
    engine = open_engine(postgresql_url)
    with transaction(engine) as slow:
        record(slow, EventKind.ARTICLE_DONE, article_id="slow")
        note(engine, "fast")
        assert [event.what.article_id for event in published(engine)] == ["fast"]
        with reading(engine) as session:
            seen = newest_number(session)
    published(engine)
    with reading(engine) as session:
        assert [event.what.article_id for event in list_events(session, after=seen)] == ["slow"]
    engine.dispose()


def test_a_reader_beside_many_writers_and_publishers_sees_each_event_once(engine: Engine) -> None:
    writers, each = 4, 15
    done = threading.Event()
    seen: list[Event] = []

    def write(writer: int) -> None:
        for number in range(each):
            note(engine, f"{writer}-{number}")

    def publish_on() -> None:
        while not done.is_set():
            published(engine)

    def read_on() -> None:
        while len(seen) < writers * each:
            with reading(engine) as session:
                seen.extend(list_events(session, after=seen[-1].number if seen else 0, limit=7))

    with ThreadPoolExecutor(writers + 3) as pool:
        publishers = [pool.submit(publish_on) for _ in range(2)]
        reader = pool.submit(read_on)
        for writing in [pool.submit(write, writer) for writer in range(writers)]:
            writing.result()
        reader.result(60)
        done.set()
        for publisher in publishers:
            publisher.result()
    assert [event.number for event in seen] == list(range(1, writers * each + 1))
    names = [str(event.what.article_id) for event in seen]
    assert len(set(names)) == writers * each
    # What one writer did stays in its order.
    for writer in range(writers):
        own = [int(name.partition("-")[2]) for name in names if name.startswith(f"{writer}-")]
        assert own == sorted(own)


def test_pruning_keeps_what_waits_and_the_newest(engine: Engine) -> None:
    for name in ("a", "b"):
        note(engine, name)
    published(engine)
    note(engine, "c")
    with transaction(engine) as session:
        assert prune_events(session, datetime.now(UTC) - timedelta(days=1)) == 0
        assert prune_events(session, datetime.now(UTC) + timedelta(days=1)) == 1
    assert [event.number for event in published(engine)] == [3]


def test_events_of_a_newer_version_are_left_to_it(engine: Engine) -> None:
    for name in ("a", "b", "c"):
        note(engine, name)
    with transaction(engine) as session:
        session.execute(update(EventRow).where(EventRow.article_id == "a").values(kind="article.praised"))
    assert [event.what.article_id for event in published(engine)] == ["b", "c"]
    with transaction(engine) as session:
        session.execute(update(EventRow).where(EventRow.article_id == "b").values(kind="article.praised"))
    with reading(engine) as session:
        assert [event.number for event in list_events(session)] == [2]
