"""Corrections and kills: what is in force, what is seen of it, and that the order of arrival does not matter."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, event, text

from app.domain.article import Article
from app.domain.record import ClaimFilter
from app.domain.version import Kill, Standing, Version, in_order, standings
from app.errors import Conflict, NotFound, NotText, Withdrawn
from app.ingest import Ingest
from app.storage.actors import find_actors, get_actor, search_actors, suggest
from app.storage.articles import (
    Status,
    articles_by_ids,
    count_in_force,
    get_article,
    list_articles,
    save_article,
    set_status,
)
from app.storage.claims import claims_by_ids, get_claim, list_claims
from app.storage.engine import MIGRATIONS, Session, migrate, open_engine, reading, transaction
from app.storage.lineage import history
from app.storage.neighbourhood import graph_rows
from app.storage.versions import replaces
from app.storage.withdrawals import ids_named, kill, undo_withdrawal, withdraw, withdrawal_of, withdrawals
from tests.ingest.fake import FakeExtractor, actor_ids

URI = "urn:test:strid"
DAY = datetime(2024, 5, 1, tzinfo=UTC)


def version(number: str | None, said: str, *, uri: str | None = URI, day: int | None = None) -> Article:
    """A version that says that: "Ting, sade NAMN." a line."""
    published = DAY + timedelta(days=day) if day is not None else None
    return Article(said, uri=uri, version=number, published_at=published)


FIRST = version("1", "Det regnar, sade Ada Ek.\nDet snöar, sade Bo Al.", day=1)
SECOND = version("2", "Det regnar, sade Ada Ek.\nDet blåser, sade Cia Lind.", day=2)
THIRD = version("3", "Det klarnar, sade Ada Ek.", day=3)


def store(engine: Engine, article: Article) -> str:
    with transaction(engine) as session:
        return save_article(session, article)[0]


def read(engine: Engine, *articles: Article) -> None:
    """Store and process, each in its turn."""
    for article in articles:
        article_id = store(engine, article)
        Ingest(engine, FakeExtractor(), actor_ids).process_articles([article_id])


def said(session: Session) -> list[str]:
    return [claim.text for claim in list_claims(session).items]


def standing(session: Session, article: Article) -> Standing:
    return articles_by_ids(session, [article.id])[0].standing


def stands(engine: Engine, articles: Sequence[Article]) -> list[Standing]:
    with reading(engine) as session:
        return [standing(session, article) for article in articles]


def test_a_correction_takes_over_when_it_was_read_and_not_before(engine: Engine) -> None:
    read(engine, FIRST)
    store(engine, SECOND)
    with reading(engine) as session:
        assert said(session) == ["Det regnar", "Det snöar"]
        assert standing(session, SECOND) is Standing.PENDING
        assert replaces(session, SECOND.id) == FIRST.id
        assert [record.id for record in list_articles(session).items] == [SECOND.id, FIRST.id]
    read(engine, SECOND)
    with reading(engine) as session:
        assert said(session) == ["Det regnar", "Det blåser"]
        assert [standing(session, each) for each in (FIRST, SECOND)] == [Standing.SUPERSEDED, Standing.IN_FORCE]
        assert [record.id for record in list_articles(session).items] == [SECOND.id]
        assert count_in_force(session) == 1


def test_only_the_version_in_force_is_found_counted_and_drawn(engine: Engine) -> None:
    read(engine, FIRST, SECOND)
    with reading(engine) as session:
        (ada,) = find_actors(session, "Ada Ek")
        assert get_actor(session, ada.id).claim_count == 1
        assert find_actors(session, "Bo Al") == ()
        assert find_actors(session, "Al") == ()
        assert suggest(session, "Bo All") == ()
        assert [actor.name for actor in search_actors(session).items] == ["Ada Ek", "Cia Lind"]
        for wanted in (ClaimFilter(q="snöar"), ClaimFilter(about=("snöar",)), ClaimFilter(speaker="Bo Al")):
            assert list_claims(session, wanted).items == ()
        assert {claim.article_id for claim in graph_rows(session).claims} == {SECOND.id}
        assert {claim.article_id for claim in graph_rows(session, [ada.id], hops=2).claims} == {SECOND.id}


def test_an_earlier_version_and_its_claims_are_read_by_their_own_address(engine: Engine) -> None:
    read(engine, FIRST, SECOND)
    with reading(engine) as session:
        assert get_article(session, FIRST.id).text == FIRST.text
        old = list_claims(session, ClaimFilter(article=FIRST.id)).items
        assert [claim.text for claim in old] == ["Det regnar", "Det snöar"]
        assert get_claim(session, old[1].id).text == "Det snöar"
        assert {claim.article_id for claim in graph_rows(session, article_id=FIRST.id).claims} == {FIRST.id}


def test_a_version_that_comes_late_is_history(engine: Engine) -> None:
    read(engine, SECOND, FIRST)
    with reading(engine) as session:
        assert said(session) == ["Det regnar", "Det blåser"]
        assert standing(session, FIRST) is Standing.SUPERSEDED
        assert replaces(session, FIRST.id) is None


def test_a_version_that_fails_never_takes_over(engine: Engine) -> None:
    read(engine, FIRST)
    store(engine, SECOND)
    with transaction(engine) as session:
        set_status(session, [SECOND.id], Status.FAILED, "broken")
    with reading(engine) as session:
        assert said(session) == ["Det regnar", "Det snöar"]
        newest, _ = history(session, FIRST.id)
        told = newest.article
        assert (told.standing, told.status, told.error) == (Standing.PENDING, "failed", "broken")
    read(engine, THIRD)
    with reading(engine) as session:
        assert said(session) == ["Det klarnar"]
        assert standing(session, SECOND) is Standing.SUPERSEDED


def test_an_earlier_version_read_first_is_shown_until_the_newer_one_is_read(engine: Engine) -> None:
    store(engine, SECOND)
    read(engine, FIRST)
    assert stands(engine, (FIRST, SECOND)) == [Standing.IN_FORCE, Standing.PENDING]
    Ingest(engine, FakeExtractor(), actor_ids).process_articles([SECOND.id])
    assert stands(engine, (FIRST, SECOND)) == [Standing.SUPERSEDED, Standing.IN_FORCE]


def test_an_article_that_is_read_again_stays_in_force_meanwhile(engine: Engine) -> None:
    read(engine, FIRST, SECOND)
    with transaction(engine) as session:
        set_status(session, [SECOND.id], Status.FAILED, "read again, and broken")
        save_article(session, version("0", "Det var, sade Ada Ek."))
    assert stands(engine, (FIRST, SECOND)) == [Standing.SUPERSEDED, Standing.IN_FORCE]


def test_the_history_says_what_changed(engine: Engine) -> None:
    read(engine, FIRST, SECOND)
    with reading(engine) as session:
        newest, oldest = history(session, FIRST.id)
        assert history(session, SECOND.id) == (newest, oldest)
    assert (oldest.article.id, oldest.change) == (FIRST.id, None)
    change = newest.change
    assert change is not None
    assert change.against == FIRST.id
    told = [[claim.text for claim in claims] for claims in (change.added, change.gone, change.kept)]
    assert told == [["Det blåser"], ["Det snöar"], ["Det regnar"]]
    assert {claim.article_id for claim in change.kept} == {SECOND.id}


def test_claims_that_read_alike_are_compared_one_by_one(engine: Engine) -> None:
    twice = version("1", "Ja, sade Ada Ek.\nJa, sade Ada Ek.\nJa, sade Bo Al.", day=1)
    once = version("2", "Ja, sade Bo Al.\nJa, sade Ada Ek.", day=2)
    read(engine, twice, once)
    with reading(engine) as session:
        change = history(session, once.id)[0].change
    assert change is not None
    assert (len(change.added), len(change.gone), len(change.kept)) == (0, 1, 2)


def test_the_same_version_with_another_text_is_a_conflict(engine: Engine) -> None:
    read(engine, FIRST, version(None, "Utan, sade Ada Ek."))
    for number in ("1", None):
        with pytest.raises(Conflict, match="new version"):
            store(engine, version(number, "Annat, sade Ada Ek."))


def assert_gone(session: Session, *articles: Article) -> None:
    """Nothing of the articles is seen anywhere."""
    ids = {article.id for article in articles}
    shown = list_claims(session).items + graph_rows(session).claims
    assert not ids & {claim.article_id for claim in shown}
    assert not ids & {record.id for record in list_articles(session).items}
    for article_id in ids:
        assert list_claims(session, ClaimFilter(article=article_id)).items == ()
        with pytest.raises(Withdrawn, match=r"was withdrawn by .* on \d{4}-\d\d-\d\d at"):
            get_article(session, article_id)
        with pytest.raises(Withdrawn):
            graph_rows(session, article_id=article_id)


def test_a_kill_hides_every_version_and_everybody_named_in_them_alone(engine: Engine) -> None:
    read(engine, FIRST, SECOND, version("1", "Annat, sade Ada Ek.", uri="urn:test:annan"))
    with reading(engine) as session:
        claims = [claim.id for claim in list_claims(session, ClaimFilter(article=SECOND.id)).items]
        (cia,) = find_actors(session, "Cia Lind")
    with transaction(engine) as session:
        told = kill(session, URI, "2", author="wire")
    assert (told.articles, told.author, told.by_person) == ((FIRST.id, SECOND.id), "wire", False)
    with reading(engine) as session:
        assert_gone(session, FIRST, SECOND)
        assert said(session) == ["Annat"]
        assert find_actors(session, "Cia Lind") == find_actors(session, cia.id) == ()
        assert get_actor(session, find_actors(session, "Ada Ek")[0].id).claim_count == 1
        assert claims_by_ids(session, claims) == []
        with pytest.raises(Withdrawn):
            get_actor(session, cia.id)
        with pytest.raises(Withdrawn):
            get_claim(session, claims[0])
        assert [each.change for each in history(session, FIRST.id)] == [None, None]
        assert count_in_force(session) == 1


def test_a_newer_version_after_a_kill_is_used_and_the_killed_ones_stay_withdrawn(engine: Engine) -> None:
    read(engine, FIRST)
    with transaction(engine) as session:
        kill(session, URI, "2", author="wire")
    read(engine, SECOND, THIRD)
    assert stands(engine, (FIRST, SECOND, THIRD)) == [Standing.WITHDRAWN, Standing.WITHDRAWN, Standing.IN_FORCE]
    with reading(engine) as session:
        assert said(session) == ["Det klarnar"]
        assert history(session, THIRD.id)[0].change is None


def test_a_kill_is_remembered_for_an_article_that_comes_later(engine: Engine) -> None:
    with transaction(engine) as session:
        assert kill(session, URI, "2", author="wire").articles == ()
    read(engine, FIRST)
    with reading(engine) as session:
        assert_gone(session, FIRST)
        assert withdrawals(session, FIRST.id)[0].articles == (FIRST.id,)


@pytest.mark.parametrize("begun", [False, True])
def test_a_kill_wins_over_processing(begun: bool, engine: Engine) -> None:
    store(engine, FIRST)

    class Killing(FakeExtractor):
        def extract_many(self, articles: Sequence[Article]) -> list[object]:  # type: ignore[override]
            if begun:
                with transaction(engine) as session:
                    kill(session, URI, "1", author="wire")
            return super().extract_many(articles)  # type: ignore[return-value]

    if not begun:
        with transaction(engine) as session:
            kill(session, URI, "1", author="wire")
    Ingest(engine, Killing(), actor_ids).process_articles([FIRST.id])  # type: ignore[arg-type]
    with reading(engine) as session:
        assert_gone(session, FIRST)
    with transaction(engine) as session:
        undo_withdrawal(session, FIRST.id, author="desk")
    with reading(engine) as session:
        assert said(session) == ["Det regnar", "Det snöar"]


def test_a_kill_without_a_version_covers_what_was_published_before_it(engine: Engine) -> None:
    read(engine, FIRST, SECOND, THIRD)
    with transaction(engine) as session:
        kill(session, URI, None, SECOND.published_at, author="wire")
    assert stands(engine, (FIRST, SECOND, THIRD)) == [Standing.WITHDRAWN, Standing.WITHDRAWN, Standing.IN_FORCE]


def test_what_a_person_withdraws_stays_so_whatever_comes(engine: Engine) -> None:
    read(engine, FIRST)
    with transaction(engine) as session:
        record, is_new = withdraw(session, FIRST.id, author="desk", reason="fel person")
        again, is_new_again = withdraw(session, FIRST.id, author="other", reason="samma")
    assert (is_new, is_new_again, again) == (True, False, record)
    read(engine, SECOND)
    with reading(engine) as session:
        assert_gone(session, FIRST, SECOND)
        found = withdrawal_of(session, SECOND.id)
        assert found is not None
        assert (found.author, found.reason, found.articles) == ("desk", "fel person", (FIRST.id, SECOND.id))


def test_taking_a_withdrawal_back_restores_everything_and_the_same_kill_stays_undone(engine: Engine) -> None:
    read(engine, FIRST, SECOND)
    with reading(engine) as session:
        before = (list_claims(session), graph_rows(session), search_actors(session), list_articles(session))
    with transaction(engine) as session:
        kill(session, URI, "2", author="wire")
        withdraw(session, SECOND.id, author="desk", reason="fel")
    with transaction(engine) as session:
        undone = undo_withdrawal(session, FIRST.id, author="chief")
        assert {(each.undone_by, each.undone_at is not None) for each in undone} == {("chief", True)}
        assert len(undone) == 2
        assert kill(session, URI, "2", author="wire").undone_by == "chief"
    with reading(engine) as session:
        assert before == (list_claims(session), graph_rows(session), search_actors(session), list_articles(session))
    with pytest.raises(NotFound, match="is not withdrawn"), transaction(engine) as session:
        undo_withdrawal(session, FIRST.id, author="chief")


def test_an_article_without_a_uri_is_withdrawn_alone(engine: Engine) -> None:
    alone, other = version(None, "Ja, sade Ada Ek.", uri=None), version(None, "Nej, sade Bo Al.", uri=None)
    read(engine, alone, other)
    with transaction(engine) as session:
        assert withdraw(session, alone.id, author="desk", reason="fel")[0].articles == (alone.id,)
    with reading(engine) as session:
        assert_gone(session, alone)
        assert said(session) == ["Nej"]
        assert len(history(session, alone.id)) == 1
    with transaction(engine) as session:
        undo_withdrawal(session, alone.id, author="desk")
    with reading(engine) as session:
        assert sorted(said(session)) == ["Ja", "Nej"]


def test_what_is_not_there_is_said_so(engine: Engine) -> None:
    with transaction(engine) as session:
        for act in (
            lambda: withdraw(session, "art_x", author="desk", reason="fel"),
            lambda: undo_withdrawal(session, "art_x", author="desk"),
            lambda: withdrawals(session, "art_x"),
            lambda: history(session, "art_x"),
        ):
            with pytest.raises(NotFound, match="no article art_x"):
                act()
    read(engine, FIRST)
    with pytest.raises(NotText), transaction(engine) as session:
        withdraw(session, FIRST.id, author="desk", reason="fel\0")
    with reading(engine) as session:
        assert ids_named(session, URI) == ids_named(session, FIRST.id) == [FIRST.id]


def test_versions_stored_at_once_leave_exactly_one_in_force(engine: Engine) -> None:
    articles = [version(str(number), f"Ting {number}, sade Ada Ek.", day=number) for number in range(8)]
    ingest = Ingest(engine, FakeExtractor(), actor_ids)

    def take(article: Article) -> None:
        ingest.process_articles([store(engine, article)])

    def take_back() -> None:
        with transaction(engine) as session:
            kill(session, URI, "3", author="wire")

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(take, article) for article in articles]
        waiting.append(pool.submit(take_back))
        for each in waiting:
            each.result()
    wanted = [*[Standing.WITHDRAWN] * 4, *[Standing.SUPERSEDED] * 3, Standing.IN_FORCE]
    assert stands(engine, articles) == wanted


def test_a_listing_looks_up_one_small_row_for_each_claim(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'plan.db'}")
    migrate(engine)
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: statements.append(statement))
    read(engine, FIRST)
    statements.clear()
    with reading(engine) as session:
        list_claims(session)
        search_actors(session)
        graph_rows(session)
    asked = [each for each in statements if "standings" in each]
    assert len(asked) >= 5
    raw = create_engine(f"sqlite:///{tmp_path / 'plan.db'}")
    with raw.connect() as connection:
        for statement in asked:
            count = statement.count("?")
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ("1",) * count).all()
            steps = [row[3] for row in rows if "standings" in row[3]]
            assert steps
            assert all("SEARCH standings USING" in step and "article_id=?" in step for step in steps), steps
        listing = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[0]}", ("1",) * asked[0].count("?")).all()
        assert not any("TEMP B-TREE" in row[3] for row in listing), listing
    raw.dispose()
    engine.dispose()


def test_what_was_stored_before_gets_its_standing(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'old.db'}")
    migrate(engine)
    read(engine, version("9", "Nio, sade Ada Ek."), version("10", "Tio, sade Ada Ek."))
    store(engine, version("11", "Elva, sade Ada Ek."))
    read(engine, version(None, "Ja, sade Ada Ek.", uri=None))
    with transaction(engine) as session:
        wanted = session.execute(text("SELECT * FROM standings ORDER BY article_id")).all()
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = session.connection()
        command.downgrade(config, "0002")
    migrate(engine)
    with reading(engine) as session:
        assert session.execute(text("SELECT * FROM standings ORDER BY article_id")).all() == wanted
        assert said(session) == ["Tio", "Ja"]
    engine.dispose()


# The rules alone.


def known(name: str, number: str, day: int, *, was_read: bool = True) -> Version:
    return Version(name, number, DAY + timedelta(days=day), DAY, was_read)


@pytest.mark.parametrize(
    ("versions", "order"),
    [
        ([known("b", "10", 1), known("a", "9", 2)], "ab"),
        ([known("b", "1.10", 1), known("a", "1.9", 2)], "ab"),
        ([known("b", "x", 2), known("a", "10", 1)], "ab"),
        ([known("b", "1", 2), known("a", "", 1), known("c", "0", 3)], "abc"),
        ([known("b", "1", 2), known("a", "01", 1)], "ab"),
        ([known("b", "2024-05-03T10:00:00Z", 1), known("a", "2024-05-03T11:00:00+02:00", 1)], "ab"),
        ([known("b", "2024-05-09", 1), known("a", "", 2), known("c", "9999-12-31T23:59:59-09:00", 3)], "acb"),
    ],
)
def test_numbers_decide_where_all_versions_have_one_and_dates_otherwise(versions: list[Version], order: str) -> None:
    assert "".join(each.id for each in in_order(versions)) == order


VERSIONS = st.lists(
    st.builds(
        known,
        st.uuids().map(str),
        st.sampled_from(["", "1", "2", "10", "2.1", "x"]),
        st.integers(0, 5),
        was_read=st.booleans(),
    ),
    min_size=1,
    max_size=6,
)
KILLS = st.lists(
    st.builds(
        Kill,
        st.sampled_from(["", "1", "2", "x"]),
        st.integers(0, 5).map(lambda day: DAY + timedelta(days=day)),
        st.booleans(),
    ),
    max_size=2,
)


@given(VERSIONS, KILLS, st.randoms())
def test_the_outcome_follows_from_what_is_known(versions: list[Version], kills: list[Kill], chance: object) -> None:
    found = standings(versions, kills)
    chance.shuffle(versions)  # type: ignore[attr-defined]
    chance.shuffle(kills)  # type: ignore[attr-defined]
    assert standings(versions, kills) == found
    usable = [each for each in versions if found[each.id] is not Standing.WITHDRAWN]
    in_force = [each for each in usable if found[each.id] is Standing.IN_FORCE]
    assert len(in_force) == bool(usable)
    if any(each.was_read for each in usable):
        assert in_force[0].was_read
        assert not any(each.was_read for each in usable if found[each.id] is Standing.PENDING)
    if any(kill.by_person for kill in kills):
        assert usable == []


ARRIVALS = [*(("article", number) for number in range(4)), ("kill", 1), ("kill", 2)]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(ARRIVALS), killed=st.sets(st.sampled_from([1, 2])), at_once=st.booleans())
def test_any_order_of_arrival_leaves_the_same(
    order: list[tuple[str, int]], killed: set[int], at_once: bool, sqlite_url: str
) -> None:
    engine = open_engine(sqlite_url)
    with transaction(engine) as session:
        for table in ("withdrawals", "standings", "claims", "aliases", "mentions", "articles"):
            session.execute(text(f"DELETE FROM {table}"))
    articles = [version(str(number), f"Ting {number}, sade Ada Ek.", day=number) for number in range(4)]
    for kind, number in order:
        if kind == "kill" and number in killed:
            with transaction(engine) as session:
                kill(session, URI, str(number), DAY + timedelta(days=number), author="wire")
        elif kind == "article" and at_once:
            read(engine, articles[number])
        elif kind == "article":
            store(engine, articles[number])
    Ingest(engine, FakeExtractor(), actor_ids).process_articles([article.id for article in articles])
    last = max(killed, default=-1)
    wanted = [Standing.WITHDRAWN if number <= last else Standing.SUPERSEDED for number in range(3)]
    assert stands(engine, articles) == [*wanted, Standing.IN_FORCE]
    with reading(engine) as session:
        assert said(session) == ["Ting 3"]
    engine.dispose()
