"""Several savers at once, as threads and as processes, on both databases."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import pairwise, repeat

import pytest
from sqlalchemy import Engine

from app.domain.correction import Field
from app.errors import Conflict
from app.storage.actors import find_actors
from app.storage.articles import Status, counts, save_article, set_status
from app.storage.claims import get_claim, list_claims, save_extractions
from app.storage.corrections import edit_claim
from app.storage.engine import migrate, open_engine, reading, transaction
from app.storage.history import history
from app.storage.judgements import judgements, merge
from app.storage.namesakes import lock
from app.storage.wishes import Change, Naming
from tests.ingest.fake import FakeExtractor, actor_ids
from tests.storage.samples import lines
from tests.storage.tables import contents

# The row numbers of claims and events, the number of an article's sketch and the moment of storing depend on who came
# first. That each claim is added once and changes for nobody after that does not.
BY_CHANCE = frozenset({"seq", "number", "stored_at", "at"})
ARTICLES = 24
# Names that all savers write at once, in an order of their own.
SPEAKERS = ("Ada Ek", "Bo Al", "Cia Lind", "Dag Ås", "Eva By")


def save(engine: Engine, seed: int) -> None:
    """Store all articles and their claims, six at a time, in an order that depends on ``seed``."""
    numbers = sorted(range(ARTICLES), key=lambda number: (number * 7919 + seed * 104729) % 1009)
    for first in range(0, ARTICLES, 6):
        articles = [lines(number, SPEAKERS) for number in numbers[first : first + 6]]
        found = FakeExtractor().extract_many(articles)
        with transaction(engine) as session:
            for article in articles:
                save_article(session, article)
        with transaction(engine) as session:
            save_extractions(
                session, [(one, actor_ids(one, source)) for one, source in zip(found, articles, strict=True)]
            )


def save_in_process(url: str, seed: int) -> None:
    engine = open_engine(url)
    save(engine, seed)
    engine.dispose()


@pytest.fixture
def alone(sqlite_url: str) -> dict[str, list[str]]:
    """What one saver alone leaves."""
    engine = open_engine(sqlite_url.replace("test.db", "alone.db"))
    migrate(engine)
    save(engine, 0)
    left = contents(engine, without=BY_CHANCE)
    engine.dispose()
    return left


def test_threads(engine: Engine, alone: dict[str, list[str]]) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(save, repeat(engine), range(6)))
    assert contents(engine, without=BY_CHANCE) == alone


def test_processes(engine: Engine, database_url: str, alone: dict[str, list[str]]) -> None:
    with ProcessPoolExecutor(3, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(save_in_process, repeat(database_url), range(3)))
    assert contents(engine, without=BY_CHANCE) == alone


def test_one_article_from_many_senders(engine: Engine) -> None:
    def send(_: int) -> bool:
        with transaction(engine) as session:
            return save_article(session, lines(1))[1]

    with ThreadPoolExecutor(8) as pool:
        created = list(pool.map(send, range(8)))
    assert sum(created) == 1
    with reading(engine) as session:
        assert counts(session)["queued"] == 1


def test_readers_see_an_article_before_or_after_never_between(engine: Engine) -> None:
    article = lines(1, per_article=20)
    [found] = FakeExtractor().extract_many([article])
    fewer = type(found)(found.article_id, found.claims[:7], found.actors)
    with transaction(engine) as session:
        save_article(session, article)
        save_extractions(session, [(found, actor_ids(found, article))])

    def rewrite() -> None:
        for number in range(10):
            with transaction(engine) as session:
                save_extractions(session, [((found, fewer)[number % 2], actor_ids(found, article))])

    seen = set()
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(rewrite)
        while not writing.done():
            with reading(engine) as session:
                seen.add(len(list_claims(session, limit=50).items))
        writing.result()
    assert seen <= {7, 20}


def test_a_chain_of_merges_made_at_once_is_one_cluster(engine: Engine) -> None:
    names = [f"Person {letter}" for letter in "abcdefgh"]
    source = lines(0, names, per_article=len(names))
    [found] = FakeExtractor().extract_many([source])
    with transaction(engine) as session:
        save_article(session, source)
        save_extractions(session, [(found, actor_ids(found, source))])
    ids = [actor_ids(found, source)[actor.ref] for actor in found.actors]

    def join(pair: tuple[str, str]) -> None:
        with transaction(engine) as session:
            merge(session, *pair, author="ada")

    with ThreadPoolExecutor(7) as pool:
        list(pool.map(join, pairwise(ids)))
    with reading(engine) as session:
        assert len({ref.id for name in names for ref in find_actors(session, name)}) == 1
        assert len(judgements(session, ids[0])) == len(ids) - 1


def test_of_those_who_correct_what_they_saw_at_once_one_comes_through(engine: Engine) -> None:
    source = lines(0, SPEAKERS)
    (found,) = FakeExtractor().extract_many([source])
    with transaction(engine) as session:
        save_article(session, source)
        save_extractions(session, [(found, actor_ids(found, source))])
        set_status(session, [source.id], Status.DONE)
        claim_id = list_claims(session).items[0].id

    def correct(number: int) -> str:
        change = Change(frozenset({Field.SPEAKER}), actors=(Naming(name=f"Ny {number}"),))
        try:
            with transaction(engine) as session:
                edit_claim(session, claim_id, change, author=str(number), revision=0)
        except Conflict:
            return "conflict"
        return str(number)

    def read_anew(_: int) -> str:
        with transaction(engine) as session:
            lock(session)
            save_extractions(session, [(found, actor_ids(found, source))])
        return "read"

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda number: (correct if number % 2 else read_anew)(number), range(8)))
    (winner,) = set(told) - {"conflict", "read"}
    assert told.count("conflict") == 3
    with reading(engine) as session:
        assert [each.name for each in get_claim(session, claim_id).speakers] == [f"Ny {winner}"]
        assert [each.author for each in history(session, claim_id)] == [winner]
