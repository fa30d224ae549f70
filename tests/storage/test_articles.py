from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine

from app.domain.article import Article
from app.errors import BadCursor, Conflict, NotFound, NotText
from app.storage.articles import (
    Status,
    articles_by_ids,
    attempts,
    begin_attempt,
    counts,
    get_article,
    list_articles,
    queue_again,
    save_article,
    set_status,
    statuses,
    withdraw_attempt,
)
from app.storage.claims import save_extraction
from app.storage.engine import reading, transaction
from tests.storage.samples import PUBLISHED, TEXT, actor_ids, article, extraction, lines


def test_an_article_comes_back_as_it_was_submitted(engine: Engine) -> None:
    whole = Article(
        text="Rad ett.\r\n\r\n  Rad två: e\u0301 och 🦊.\n",
        title="Titel",
        language="sv",
        uri="urn:a",
        version="2",
        agency="TT",
        byline="Ada Ek",
        published_at=datetime(2024, 3, 1, 12, 0, tzinfo=timezone(timedelta(hours=2))),
    )
    with transaction(engine) as session:
        article_id, created = save_article(session, whole)
        assert created
        record = get_article(session, article_id)
        [submitted] = begin_attempt(session, [article_id])
    assert submitted == whole
    assert record.text == whole.text
    assert record.published_at == datetime(2024, 3, 1, 10, 0, tzinfo=UTC)
    assert record.status == "queued"
    assert record.claim_count == 0
    assert abs(record.stored_at - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_same_article_again_changes_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        first = save_article(session, article())
    with transaction(engine) as session:
        set_status(session, [first[0]], Status.DONE)
        second = save_article(session, article(title="En annan rubrik"))
    assert second == (first[0], False)
    with reading(engine) as session:
        record = get_article(session, first[0])
        assert counts(session) == {"queued": 0, "processing": 0, "done": 1, "failed": 0}
    assert (record.title, record.status) == ("Strider", "done")


@pytest.mark.parametrize("version", [None, "1"])
def test_another_text_under_the_same_uri_and_version(engine: Engine, version: str | None) -> None:
    with transaction(engine) as session:
        save_article(session, article(uri="urn:a", version=version))
        with pytest.raises(Conflict, match="urn:a"):
            save_article(session, article("En helt annan text.", uri="urn:a", version=version))
        _, created = save_article(session, article("En helt annan text.", uri="urn:a", version="2"))
        assert created
        _, created = save_article(session, article("En helt annan text."))
        assert created
    with reading(engine) as session:
        assert counts(session)["queued"] == 3


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (article("a\0b"), "the text holds a NUL character at code point 1"),
        (article("abc\ud800"), "the text holds half a surrogate pair at code point 3"),
        (article(title="\0"), "the title holds a NUL"),
    ],
)
def test_code_points_no_database_keeps(engine: Engine, broken: Article, says: str) -> None:
    with transaction(engine) as session, pytest.raises(NotText, match=says):
        save_article(session, broken)
    with reading(engine) as session:
        assert counts(session)["queued"] == 0


def test_unknown_article(engine: Engine) -> None:
    with reading(engine) as session, pytest.raises(NotFound, match="art_none"):
        get_article(session, "art_none")


def test_listing_goes_newest_first_page_by_page(engine: Engine) -> None:
    with transaction(engine) as session:
        ids = [save_article(session, lines(number))[0] for number in range(7)]
        undated, _ = save_article(session, Article(text="Odaterad."))
        set_status(session, ids[:2], Status.FAILED, "trasig")
        seen = []
        page = list_articles(session, limit=3)
        while True:
            seen += [record.id for record in page.items]
            if page.next_cursor is None:
                break
            page = list_articles(session, cursor=page.next_cursor, limit=3)
        failed = list_articles(session, status="failed")
        by_ids = articles_by_ids(session, [ids[3], "art_none", ids[1]])
    # What has no date of its own is as old as its storing, which is later than 2020.
    assert seen == [undated, *reversed(ids)]
    assert [(record.id, record.error) for record in failed.items] == [(ids[1], "trasig"), (ids[0], "trasig")]
    assert [record.id for record in by_ids] == [ids[1], ids[3]]


def test_a_cursor_belongs_to_its_listing(engine: Engine) -> None:
    with transaction(engine) as session:
        for number in range(3):
            save_article(session, lines(number))
        cursor = list_articles(session, limit=1).next_cursor
        assert cursor is not None
        assert len(list_articles(session, cursor=cursor, limit=5).items) == 2
        with pytest.raises(BadCursor):
            list_articles(session, cursor=cursor, status="done")


def test_claims_are_counted(engine: Engine) -> None:
    with transaction(engine) as session:
        article_id, _ = save_article(session, article())
        save_extraction(session, extraction(), actor_ids(extraction()))
        assert get_article(session, article_id).claim_count == 4
        assert list_articles(session).items[0].claim_count == 4


def test_attempts_are_counted_until_the_article_is_done(engine: Engine) -> None:
    with transaction(engine) as session:
        first, second = (save_article(session, lines(number))[0] for number in range(2))
        begin_attempt(session, [first, second])
        begin_attempt(session, [first])
        assert attempts(session, [first, second, "art_none"]) == {first: 2, second: 1}
        withdraw_attempt(session, [first])
        assert attempts(session, [first]) == {first: 1}
        assert statuses(session, [first, second]) == {first: Status.QUEUED, second: Status.PROCESSING}
        set_status(session, [first], Status.FAILED, "trasig")
        assert attempts(session, [first, second]) == {second: 1}
        assert queue_again(session, [first, second]) == {first: 1}
        assert attempts(session, [first]) == {first: 0}
        assert get_article(session, first).error is None


def test_a_naive_date_is_taken_as_utc(engine: Engine) -> None:
    with transaction(engine) as session:
        article_id, _ = save_article(session, Article(text=TEXT, published_at=PUBLISHED.replace(tzinfo=None)))
        assert get_article(session, article_id).published_at == PUBLISHED
