from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine

from app.domain.article import Article
from app.domain.claim import Extraction
from app.domain.event import EventKind
from app.errors import ModelError, NotFound
from app.ingest import MAX_ATTEMPTS, Ingest
from app.storage.articles import Status, attempts, begin_attempt, get_article, queue_again, save_article, statuses
from app.storage.claims import list_claims
from app.storage.engine import reading, transaction
from app.storage.events import number_waiting, waiting
from tests.ingest.fake import FakeExtractor, actor_ids
from tests.storage.samples import lines


class Fragile(FakeExtractor):
    """Raises ``fault`` when one of the articles holds "trasig"; notes the sizes of what it is asked for."""

    def __init__(self, fault: Exception, breaks_on: str = "trasig") -> None:
        self.fault = fault
        self.breaks_on = breaks_on
        self.asked: list[int] = []

    def extract_many(self, articles: Sequence[Article]) -> list[Extraction]:
        self.asked.append(len(articles))
        if any(self.breaks_on in article.text for article in articles):
            raise self.fault
        return super().extract_many(articles)


def stored(engine: Engine, *articles: Article) -> list[str]:
    with transaction(engine) as session:
        return [save_article(session, article)[0] for article in articles]


def standing(engine: Engine, ids: Sequence[str]) -> list[str]:
    with reading(engine) as session:
        found = statuses(session, ids)
    return [found[article_id].value for article_id in ids]


def test_an_article_comes_to_its_claims(engine: Engine) -> None:
    [article_id] = stored(engine, lines(1))
    Ingest(engine, FakeExtractor(), actor_ids).process_article(article_id)
    with reading(engine) as session:
        record = get_article(session, article_id)
        assert (record.status, record.error, record.claim_count) == ("done", None, 3)
        assert [claim.text for claim in list_claims(session).items] == [f"Ting 1-{line} hände" for line in range(3)]


def test_a_batch_is_extracted_together_and_once(engine: Engine) -> None:
    ids = stored(engine, *(lines(number) for number in range(5)))
    extractor = Fragile(ValueError())
    ingest = Ingest(engine, extractor, actor_ids)
    ingest.process_articles(ids)
    ingest.process_articles(ids)
    assert standing(engine, ids) == ["done"] * 5
    assert extractor.asked == [5]


def test_unknown_article(engine: Engine) -> None:
    ingest = Ingest(engine, FakeExtractor(), actor_ids)
    with pytest.raises(NotFound, match="art_none"):
        ingest.process_article("art_none")
    ingest.process_articles(["art_none"])


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (ModelError("the parsing process died twice"), "the parsing process died twice"),
        (IndexError("list index out of range"), "IndexError: list index out of range"),
        (RecursionError("too deep"), "RecursionError: too deep"),
    ],
)
def test_one_bad_article_costs_the_others_nothing(engine: Engine, fault: Exception, reason: str) -> None:
    ids = stored(engine, lines(1), Article("Något trasigt, sade Ada Ek."), lines(2))
    extractor = Fragile(fault)
    Ingest(engine, extractor, actor_ids).process_articles(ids)
    assert standing(engine, ids) == ["done", "failed", "done"]
    with reading(engine) as session:
        assert get_article(session, ids[1]).error == reason
        assert {claim.article_id for claim in list_claims(session).items} == {ids[0], ids[2]}
    # All together, then each alone, and the plainest text after the one that failed.
    assert sorted(extractor.asked) == [1, 1, 1, 1, 3]


def test_an_extractor_that_takes_nothing_is_not_the_articles_fault(engine: Engine) -> None:
    ids = stored(engine, lines(1), lines(2))
    with pytest.raises(ModelError, match="no models"):
        Ingest(engine, Fragile(ModelError("no models"), breaks_on=""), actor_ids).process_articles(ids)
    assert standing(engine, ids) == ["queued", "processing"]
    Ingest(engine, FakeExtractor(), actor_ids).process_articles(ids)
    assert standing(engine, ids) == ["done", "done"]


def test_an_extraction_that_cannot_be_saved_fails_alone(engine: Engine) -> None:
    class Careless(FakeExtractor):
        def extract_many(self, articles: Sequence[Article]) -> list[Extraction]:
            found = super().extract_many(articles)
            return [
                Extraction(one.article_id, one.claims, ()) if "Ting 2" in source.text else one
                for one, source in zip(found, articles, strict=True)
            ]

    ids = stored(engine, lines(1), lines(2))
    Ingest(engine, Careless(), actor_ids).process_articles(ids)
    assert standing(engine, ids) == ["done", "failed"]
    with reading(engine) as session:
        assert "names actor a1, which the extraction does not hold" in str(get_article(session, ids[1]).error)
        assert get_article(session, ids[1]).claim_count == 0


def test_what_was_begun_and_never_ended_goes_alone_and_not_for_ever(engine: Engine) -> None:
    ids = stored(engine, *(lines(number) for number in range(4)))
    with transaction(engine) as session:
        begin_attempt(session, ids[:2])
        for _ in range(MAX_ATTEMPTS - 1):
            begin_attempt(session, ids[:1])
    extractor = Fragile(ValueError())
    Ingest(engine, extractor, actor_ids).process_articles(ids)
    assert standing(engine, ids) == ["failed", "done", "done", "done"]
    assert extractor.asked == [2, 1]
    with reading(engine) as session:
        assert get_article(session, ids[0]).error == "gave up: processing it ended the worker 3 times"


def test_memory_running_out_is_for_the_next_worker(engine: Engine) -> None:
    class Greedy(FakeExtractor):
        def extract_many(self, articles: Sequence[Article]) -> list[Extraction]:
            raise MemoryError

    ids = stored(engine, lines(1), lines(2))
    with pytest.raises(MemoryError):
        Ingest(engine, Greedy(), actor_ids).process_articles(ids)
    with reading(engine) as session:
        assert attempts(session, ids) == dict.fromkeys(ids, 1)


def test_a_failed_article_may_be_tried_again(engine: Engine) -> None:
    ids = stored(engine, Article("Något trasigt, sade Ada Ek."))
    Ingest(engine, Fragile(ValueError("nej")), actor_ids).process_articles(ids)
    with transaction(engine) as session:
        queue_again(session, ids)
    Ingest(engine, FakeExtractor(), actor_ids).process_articles(ids)
    with reading(engine) as session:
        record = get_article(session, ids[0])
    assert (Status(record.status), record.error, record.claim_count) == (Status.DONE, None, 1)


def test_what_became_of_an_article_is_told_after_its_claims(engine: Engine) -> None:
    ids = stored(engine, lines(1), Article("Det är trasigt, sade Anna Berg."))
    Ingest(engine, Fragile(ValueError("sönder")), actor_ids).process_articles(ids)
    with reading(engine) as session:
        happened = [what for _, what in waiting(session, 100)]
    assert [what.kind.value for what in happened if what.article_id == ids[0]] == ["claim.added"] * 3 + ["article.done"]
    assert [what.data for what in happened if what.kind is EventKind.ARTICLE_DONE] == [{"claims": 3}]
    (failed,) = [what for what in happened if what.article_id == ids[1]]
    assert (failed.kind, failed.data) == (EventKind.ARTICLE_FAILED, {"reason": "ValueError: sönder"})


def test_reading_an_article_anew_with_the_same_outcome_tells_of_the_article_alone(engine: Engine) -> None:
    [article_id] = stored(engine, lines(1))
    ingest = Ingest(engine, FakeExtractor(), actor_ids)
    ingest.process_article(article_id)
    with transaction(engine) as session:
        number_waiting(session, [key for key, _ in waiting(session, 100)])
        queue_again(session, [article_id])
    ingest.process_article(article_id)
    with reading(engine) as session:
        assert [what.kind for _, what in waiting(session, 100)] == [EventKind.ARTICLE_DONE]
