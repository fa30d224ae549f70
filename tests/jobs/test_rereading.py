"""Articles read anew through the queue: by other rules, after a kill, beside new articles."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.domain.article import Article
from app.domain.claim import Act, Extraction
from app.domain.correction import Field
from app.domain.event import EventKind
from app.domain.rereading import Rereading, Selection
from app.errors import NotFound
from app.ingest import Ingest
from app.jobs.queue import ArticleQueue
from app.jobs.worker import work_until
from app.storage.articles import Status, counts, get_article, save_article
from app.storage.claims import list_claims
from app.storage.corrections import edit_claim
from app.storage.engine import reading, transaction
from app.storage.events import waiting
from app.storage.rereading import begin, feed, get_rereading, list_rereadings, open_rereadings, stop
from app.storage.wishes import Change, Naming
from tests.ingest.fake import FakeExtractor, actor_ids
from tests.storage.samples import lines


class OtherRules(FakeExtractor):
    """Finds the first claim no more, and that the second is a denial."""

    def extract_many(self, articles: Sequence[Article]) -> list[Extraction]:
        """As the fake, by these rules."""
        return [
            replace(found, claims=(replace(found.claims[1], act=Act.DENIAL), *found.claims[2:]))
            for found in super().extract_many(articles)
        ]


class Refusing(FakeExtractor):
    """Reads no article of three lines."""

    def extract_many(self, articles: Sequence[Article]) -> list[Extraction]:
        """As the fake, or not at all."""
        if any(article.text.count("sade") == 3 for article in articles):
            raise ValueError("too long")
        return super().extract_many(articles)


@pytest.fixture
def queue(engine: Engine) -> Iterator[ArticleQueue]:
    queue = ArticleQueue(engine)
    yield queue
    queue.close()


def store(engine: Engine, *articles: Article, edition: str = "1") -> list[str]:
    """Stored and read by the fake."""
    with transaction(engine) as session:
        ids = [save_article(session, article)[0] for article in articles]
    Ingest(engine, FakeExtractor(), actor_ids, edition).process_articles(ids)
    return ids


def ask(engine: Engine, selection: Selection | None = None) -> Rereading:
    with transaction(engine) as session:
        return begin(session, selection or Selection(), author="ada")


def state(engine: Engine, asked: Rereading) -> Rereading:
    with reading(engine) as session:
        return get_rereading(session, asked.id)


def work(engine: Engine, asked: Rereading, extractor: FakeExtractor, edition: str = "2") -> Rereading:
    process = Ingest(engine, extractor, actor_ids, edition).process_articles
    work_until(engine, process, lambda: not state(engine, asked).is_open, batch_size=4)
    return state(engine, asked)


def test_other_rules_change_the_claims_and_the_rereading_counts_them(engine: Engine) -> None:
    ids = store(engine, *(lines(number) for number in range(5)))
    with transaction(engine) as session:
        last = list_claims(session, limit=50).items[-1]
        change = Change(frozenset({Field.SPEAKER}), actors=(Naming(name="Ny Källa"),))
        edit_claim(session, last.id, change, author="ada")
    with reading(engine) as session:
        before = len(waiting(session, 500))
    asked = ask(engine)
    assert (asked.total, asked.waiting, asked.done, asked.author) == (5, 5, 0, "ada")
    ended = work(engine, asked, OtherRules())
    assert (ended.waiting, ended.done, ended.failed) == (0, 5, 0)
    assert (ended.added, ended.removed, ended.changed) == (0, 5, 5)
    with reading(engine) as session:
        assert counts(session)["done"] == 5
        claims = list_claims(session, limit=50).items
        told = [what.kind for _, what in waiting(session, 500)][before:]
    assert [claim.act for claim in claims].count(Act.DENIAL) == 5
    assert [ref.name for claim in claims if claim.id == last.id for ref in claim.speakers] == ["Ny Källa"]
    assert {kind: told.count(kind) for kind in set(told)} == {
        EventKind.ARTICLE_DONE: 5,
        EventKind.CLAIM_REMOVED: 5,
        EventKind.CLAIM_CHANGED: 5,
    }
    again = work(engine, ask(engine), OtherRules())
    assert (again.done, again.added, again.removed, again.changed) == (5, 0, 0, 0)
    assert len(ids) == 5


def test_a_selection_takes_what_it_names_and_nothing_else(engine: Engine) -> None:
    early, late = lines(0), lines(30)
    store(engine, early, edition="1")
    store(engine, late, edition="2")

    def chosen(selection: Selection) -> int:
        return ask(engine, selection).total

    assert chosen(Selection()) == 2
    assert chosen(Selection(outdated="2")) == 1
    assert chosen(Selection(outdated="3")) == 2
    assert chosen(Selection(named=(early.id,))) == 1
    assert early.uri is None or chosen(Selection(named=(early.uri,))) == 1
    with reading(engine) as session:
        record = get_article(session, late.id)
    dated = record.published_at or record.stored_at
    assert chosen(Selection(since=dated)) >= 1
    assert chosen(Selection(since=dated, named=(late.id,), until=dated)) == 0
    with pytest.raises(NotFound, match="art_none"):
        chosen(Selection(named=(early.id, "art_none")))
    with reading(engine) as session:
        assert all(each.total for each in open_rereadings(session))


def test_what_cannot_be_read_anew_keeps_its_claims_and_is_counted(engine: Engine) -> None:
    store(engine, lines(0), lines(1, per_article=2))
    ended = work(engine, ask(engine), Refusing())
    assert (ended.done, ended.failed, ended.waiting) == (1, 1, 0)
    with reading(engine) as session:
        assert counts(session)["failed"] == 1
        assert len(list_claims(session).items) == 5


def test_only_a_few_wait_on_the_queue_at_a_time_so_that_new_articles_go_first(engine: Engine) -> None:
    store(engine, *(lines(number) for number in range(6)))
    ask(engine)
    with transaction(engine) as session:
        first = feed(session, 4)
    with transaction(engine) as session:
        assert (len(first), feed(session, 4)) == (4, [])
        assert counts(session)[Status.QUEUED] == 0


def test_a_stopped_rereading_ends_with_what_was_begun(engine: Engine, queue: ArticleQueue) -> None:
    store(engine, *(lines(number) for number in range(6)))
    asked = ask(engine)
    with transaction(engine) as session:
        queue.put_again(session, feed(session, 2))
    with transaction(engine) as session:
        stopped = stop(session, asked.id)
        assert stop(session, asked.id) == stopped
    assert (stopped.total, stopped.waiting) == (2, 2)
    assert stopped.stopped_at is not None
    assert work(engine, asked, FakeExtractor()).done == 2
    with transaction(engine) as session, pytest.raises(NotFound):
        stop(session, "rrd_none")


def test_rereadings_are_listed_newest_first(engine: Engine) -> None:
    store(engine, lines(0))
    asked = [ask(engine).id for _ in range(3)]
    with reading(engine) as session:
        page = list_rereadings(session, limit=2)
        rest = list_rereadings(session, page.next_cursor, limit=2)
    assert [each.id for each in (*page.items, *rest.items)] == asked[::-1]
    # One reading answers all three.
    for each in list_ids(engine):
        assert work(engine, each, FakeExtractor()).done == 1


def list_ids(engine: Engine) -> tuple[Rereading, ...]:
    with reading(engine) as session:
        return list_rereadings(session).items


def test_a_killed_worker_leaves_nothing_unread(engine: Engine, database_url: str) -> None:
    store(engine, *(lines(number) for number in range(40)))
    asked = ask(engine)
    worker = subprocess.Popen([sys.executable, "-m", "tests.jobs.process", database_url, "0.05"])
    try:
        until(lambda: 0 < state(engine, asked).done < 40)
    finally:
        worker.kill()
        worker.wait()
    left = state(engine, asked)
    assert 0 < left.waiting < 40
    ended = work(engine, asked, FakeExtractor())
    assert (ended.done, ended.failed, ended.waiting) == (40, 0, 0)
    with reading(engine) as session:
        assert counts(session)["done"] == 40


def until(reached: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.05)
