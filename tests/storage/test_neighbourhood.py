from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from app.domain.record import Subgraph
from app.errors import NotFound
from app.storage.actors import find_actors
from app.storage.articles import save_article
from app.storage.claims import save_extraction, save_extractions
from app.storage.engine import reading, transaction
from app.storage.neighbourhood import Among, graph_rows
from tests.ingest.fake import FakeExtractor
from tests.ingest.fake import actor_ids as fake_ids
from tests.storage.samples import actor_ids, article, extraction, lines


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database with the sample article and five others that have nothing to do with it."""
    with transaction(engine) as session:
        save_article(session, article())
        save_extraction(session, extraction(), actor_ids(extraction()))
        others = [lines(number) for number in range(1, 6)]
        for other in others:
            save_article(session, other)
        found = FakeExtractor().extract_many(others)
        save_extractions(session, [(one, fake_ids(one, source)) for one, source in zip(found, others, strict=True)])
    return engine


def around(engine: Engine, name: str, hops: int = 1, limit: int = 500) -> Subgraph:
    with reading(engine) as session:
        [ref] = find_actors(session, name)
        return graph_rows(session, [ref.id], hops=hops, limit=limit)


def texts(found: Subgraph) -> list[str]:
    return [claim.text for claim in found.claims]


def test_an_article(filled: Engine) -> None:
    with reading(filled) as session:
        found = graph_rows(session, article_id=article().id)
    assert len(found.claims) == 4
    assert {actor.name for actor in found.actors} == {
        "Nikol Pasjinjan",
        "Armenien",
        "Azerbajdzjan",
        "Bakus regering",
        "Hikmet Hajiyev",
        "Ryssland",
    }
    assert [record.id for record in found.articles] == [article().id]
    assert not found.truncated


def test_one_hop_is_what_an_actor_says_and_hears_and_what_bears_on_it(filled: Engine) -> None:
    assert texts(around(filled, "Pasjinjan")) == ["för att ha beskjutit byar", "anklagelsen"]
    assert texts(around(filled, "Armenien")) == ["till återhållsamhet"]
    assert {actor.name for actor in around(filled, "Armenien").actors} == {"Armenien", "Azerbajdzjan", "Ryssland"}


def test_further_hops_go_on_from_whom_they_reach(filled: Engine) -> None:
    assert texts(around(filled, "Armenien", hops=0)) == []
    assert texts(around(filled, "Armenien", hops=2)) == [
        "för att ha beskjutit byar",
        "anklagelsen",
        "till återhållsamhet",
    ]
    assert texts(around(filled, "Armenien", hops=9)) == texts(around(filled, "Armenien", hops=2))


def test_the_limit_keeps_the_newest_and_says_that_there_is_more(filled: Engine) -> None:
    whole = around(filled, "Ada Ek")
    assert (len(whole.claims), whole.truncated) == (5, False)
    assert not around(filled, "Ada Ek", limit=5).truncated
    part = around(filled, "Ada Ek", limit=2)
    assert (texts(part), part.truncated) == (texts(whole)[-2:], True)
    assert len(around(filled, "Ada Ek", hops=3, limit=4).claims) == 4


def test_everything_is_bounded_too(filled: Engine) -> None:
    with reading(filled) as session:
        everything = graph_rows(session)
        newest = graph_rows(session, limit=6)
    assert (len(everything.claims), everything.truncated) == (19, False)
    assert (texts(newest), newest.truncated) == (texts(everything)[-6:], True)
    assert {record.id for record in newest.articles} == {claim.article_id for claim in newest.claims}


def test_an_actor_within_an_article(filled: Engine) -> None:
    with reading(filled) as session:
        [ada] = find_actors(session, "Ada Ek")
        found = graph_rows(session, [ada.id], article_id=lines(3).id)
        assert {claim.article_id for claim in found.claims} == {lines(3).id}
        assert len(found.claims) == 1
        [nobody] = find_actors(session, "Moskva")
        empty = graph_rows(session, [nobody.id], article_id=lines(3).id)
    assert (empty.claims, [actor.name for actor in empty.actors]) == ((), ["Ryssland"])


def test_unknown_places_to_start(filled: Engine) -> None:
    with reading(filled) as session:
        with pytest.raises(NotFound, match="act_none"):
            graph_rows(session, ["act_none"])
        with pytest.raises(NotFound, match="art_none"):
            graph_rows(session, article_id="art_none")
        assert graph_rows(session, []) == Subgraph((), (), ())


def test_only_claims_of_some_time(filled: Engine) -> None:
    published = article().published_at
    assert published is not None
    day = timedelta(days=1)
    with reading(filled) as session:
        [ref] = find_actors(session, "Pasjinjan")
        for among, count in (
            (Among(since=published), 2),
            (Among(since=published, until=published + day), 2),
            (Among(until=published), 0),
            (Among(since=published + day, until=datetime(9000, 1, 1, tzinfo=UTC)), 0),
        ):
            assert len(graph_rows(session, [ref.id], among=among).claims) == count, among
        of_then = graph_rows(session, article_id=article().id, among=Among(since=published))
        everything = graph_rows(session, among=Among(until=published + timedelta(seconds=1)))
    assert len(of_then.claims) == 4
    assert {claim.article_id for claim in everything.claims} == {article().id}
