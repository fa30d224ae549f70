"""Reading every claim: what is held meanwhile, and what comes when others write at the same time."""

from __future__ import annotations

from itertools import islice

import pytest
from sqlalchemy import Engine

from app.domain.record import ClaimFilter
from app.errors import InputError
from app.storage.articles import save_article
from app.storage.claims import list_claims, save_extractions
from app.storage.engine import reading, transaction
from app.storage.export import every_claim
from tests.ingest.fake import FakeExtractor, actor_ids
from tests.storage.samples import lines


def store(engine: Engine, *numbers: int) -> None:
    """Store those articles, of three claims each, a minute apart by their numbers."""
    articles = [lines(number) for number in numbers]
    found = FakeExtractor().extract_many(articles)
    with transaction(engine) as session:
        for article in articles:
            save_article(session, article)
        save_extractions(session, [(one, actor_ids(one, source)) for one, source in zip(found, articles, strict=True)])


def ids(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [claim.id for claim in list_claims(session, limit=1000).items]


def test_everything_comes_once_in_the_order_of_the_listing(engine: Engine) -> None:
    assert list(every_claim(engine)) == []
    store(engine, *range(8))
    listed = ids(engine)
    assert len(listed) == 24
    # Pages that end within an article, with it, and with the last claim.
    for size in (1, 5, 6, 24, 100):
        assert [claim.id for claim in every_claim(engine, page_size=size)] == listed


def test_nothing_is_held_between_pages_and_nothing_when_the_reader_leaves(engine: Engine) -> None:
    store(engine, *range(4))
    claims = every_claim(engine, page_size=2)
    for _ in islice(claims, 5):
        assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        # A writer never waits for a reader that is in no hurry.
        store(engine, 50)
    del claims
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_what_is_stored_meanwhile_comes_where_its_place_is_still_ahead(engine: Engine) -> None:
    store(engine, 1, 2, 3, 5)
    before = ids(engine)
    claims = every_claim(engine, page_size=4)
    seen = [next(claims).id for _ in range(4)]
    store(engine, 0, 4)
    seen += [claim.id for claim in claims]
    now = ids(engine)
    assert len(now) == 18
    # What was there comes; of the new articles the later one, and nothing twice.
    assert [each for each in seen if each in before] == before
    assert seen == now[3:]


def test_what_is_wrong_with_the_filter_is_said_before_anything_is_read(engine: Engine) -> None:
    with pytest.raises(InputError, match="holds no words"):
        every_claim(engine, ClaimFilter(q="–!"))
    store(engine, 1)
    with pytest.raises(InputError, match="scope 'all' is unknown"):
        every_claim(engine, ClaimFilter(speaker="Ada Ek", scope="all"))
