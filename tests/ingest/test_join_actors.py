"""The same actor in many articles, namesakes apart, what people judged kept: over a real database."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import count, permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.domain.actor import ActorKind
from app.domain.article import Article
from app.domain.claim import Extraction
from app.errors import BadCursor
from app.ingest import Ingest
from app.joining import join_actors, join_stored_actors
from app.resolution.keys import actor_ids
from app.storage.actors import find_actors, get_actor
from app.storage.articles import save_article
from app.storage.claims import list_claims, save_extractions
from app.storage.engine import open_engine, reading, transaction
from app.storage.judgements import RESOLVER, Judgement, judge, judgements, merge, undo
from app.storage.namesakes import Held, lock, review
from tests.ingest.fake import FakeExtractor
from tests.resolution.articles import Named, state, told
from tests.storage.tables import contents

Told = tuple[Article, Extraction]

ORGANISATION = ActorKind.ORGANISATION
ARMENIA, RUSSIA = state("Armenien", "AM"), state("Ryssland", "RU")
MINISTRY = Named("Armeniens utrikesministerium", ActorKind.GOVERNMENT, territory="AM", speaks_for=("Armenien",))

PASJINJAN = told(Named("Nikol Pasjinjan", role="premiärminister", speaks_for=("Armenien",)), ARMENIA, uri="urn:test:1")
PASHINYAN = told(
    Named("Nikol Pashinyan", speaks_for=("Armeniens utrikesministerium",)), MINISTRY, ARMENIA, uri="urn:test:2"
)
BARE = told(Named("Nikol Pasjinjan"), ARMENIA, uri="urn:test:3")
STRANGER = told(Named("Nikol Pasjinjan"), uri="urn:test:4")


def save(engine: Engine, *articles: Told) -> list[Held]:
    """Save each article as ingest does, one transaction each, and give what was decided."""
    decisions = []
    for article, extraction in articles:
        ids = actor_ids(extraction, article)
        with transaction(engine) as session:
            lock(session)
            save_article(session, article)
            save_extractions(session, [(extraction, ids)])
            decisions += join_actors(session, [(extraction, ids)], article.language)
    return decisions


def first_id(told_: Told) -> str:
    """The stored id of the first actor of an article."""
    article, extraction = told_
    return actor_ids(extraction, article)["a1"]


def one_by_one(engine: Engine, articles: Sequence[Told]) -> list[str]:
    """The canonical id of the first actor of each article."""
    with reading(engine) as session:
        return [get_actor(session, first_id(each)).id for each in articles]


def test_one_actor_in_many_articles_in_any_spelling(engine: Engine) -> None:
    decisions = save(engine, PASJINJAN, PASHINYAN, BARE)
    assert [decision.judgement.value for decision in decisions] == ["same", "same"]
    assert len(set(one_by_one(engine, [PASJINJAN, PASHINYAN, BARE]))) == 1
    with reading(engine) as session:
        record = get_actor(session, first_id(BARE))
        assert set(record.aliases) == {"Nikol Pasjinjan", "Nikol Pashinyan"}
        assert {party.actor.name for party in record.speaks_for} == {"Armenien", "Armeniens utrikesministerium"}
        made = judgements(session, record.id)
        assert {each.author for each in made} == {RESOLVER}
        assert all("same full name" in (each.reason or "") for each in made)
        assert review(session).items == ()


def test_a_name_alone_stays_unsure_and_is_listed(engine: Engine) -> None:
    save(engine, PASJINJAN, STRANGER)
    known, stranger = one_by_one(engine, [PASJINJAN, STRANGER])
    assert known != stranger
    with reading(engine) as session:
        [listed] = review(session).items
        assert {listed.left.id, listed.right.id} == {known, stranger}
        assert listed.judgement.judgement is Judgement.UNSURE
        assert listed.judgement.reason == "0.55: same full name (+0.55)"
        assert len(find_actors(session, "Nikol Pasjinjan")) == 2


def test_namesakes_of_other_parties_stay_apart(engine: Engine) -> None:
    parties = [Named(name, ORGANISATION) for name in ("Nordbruk", "Sydbruk")]
    articles = [
        told(Named("Maja Utsi", speaks_for=(party.name,)), party, uri=f"urn:test:{party.name}") for party in parties
    ]
    assert save(engine, *articles) == []
    assert len(set(one_by_one(engine, articles))) == 2
    with reading(engine) as session:
        assert review(session).items == ()


def test_the_role_alone_joins(engine: Engine) -> None:
    articles = [
        told(Named("Maja Utsi", role=role), uri=f"urn:test:{role}")
        for role in ("glaciolog", "glaciologen", "författare")
    ]
    save(engine, *articles)
    first, second, other = one_by_one(engine, articles)
    assert first == second != other


def test_saving_again_changes_nothing(engine: Engine) -> None:
    save(engine, PASJINJAN, PASHINYAN, STRANGER)
    before = contents(engine)
    assert save(engine, STRANGER, PASJINJAN, PASHINYAN) == []
    assert contents(engine) == before
    assert join_stored_actors(engine) == 0
    # A canonical actor is found under the names of those merged into it, too.
    assert contents(engine) | {"actor_blocks": []} == before | {"actor_blocks": []}


def test_the_order_of_articles_does_not_matter(sqlite_url: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    articles = [PASJINJAN, PASHINYAN, BARE, STRANGER]
    outcomes = set()
    empty = sqlite_url.removeprefix("sqlite:///")
    for number, order in enumerate(permutations(articles)):
        path = tmp_path_factory.mktemp("order") / f"{number}.db"
        shutil.copy(empty, path)
        engine = open_engine(f"sqlite:///{path}")
        save(engine, *order)
        outcomes.add(tuple(one_by_one(engine, articles)))
        engine.dispose()
    assert len(outcomes) == 1
    [(known, ministry, bare, stranger)] = outcomes
    assert known == ministry == bare != stranger


def test_a_merge_that_somebody_took_back_is_not_made_again(engine: Engine) -> None:
    save(engine, PASJINJAN, PASHINYAN)
    with transaction(engine) as session:
        [made] = judgements(session, first_id(PASJINJAN))
        undo(session, made.id, author="ada")
    save(engine, PASJINJAN, PASHINYAN)
    assert join_stored_actors(engine) == 0
    assert len(set(one_by_one(engine, [PASJINJAN, PASHINYAN]))) == 2
    # Nor through a third, who agrees with both.
    save(engine, BARE)
    assert len(set(one_by_one(engine, [PASJINJAN, PASHINYAN]))) == 2


def test_a_person_judges_against_the_resolver(engine: Engine) -> None:
    save(engine, PASJINJAN, PASHINYAN)
    with transaction(engine) as session:
        judge(session, first_id(PASJINJAN), first_id(PASHINYAN), Judgement.DIFFERENT, author="ada")
    assert len(set(one_by_one(engine, [PASJINJAN, PASHINYAN]))) == 2
    with reading(engine) as session:
        undone, made = judgements(session, first_id(PASJINJAN))
        assert (undone.author, undone.undone_by) == (RESOLVER, "ada")
        assert (made.author, made.judgement, made.undone_at) == ("ada", Judgement.DIFFERENT, None)
    join_stored_actors(engine)
    assert len(set(one_by_one(engine, [PASJINJAN, PASHINYAN]))) == 2


def test_a_person_settles_what_was_unsure(engine: Engine) -> None:
    save(engine, PASJINJAN, STRANGER)
    with transaction(engine) as session:
        merge(session, first_id(PASJINJAN), first_id(STRANGER), author="ada")
    with reading(engine) as session:
        assert review(session).items == ()
    assert len(set(one_by_one(engine, [PASJINJAN, STRANGER]))) == 1
    save(engine, STRANGER)
    assert len(set(one_by_one(engine, [PASJINJAN, STRANGER]))) == 1


def test_what_is_judged_different_is_listed_no_more(engine: Engine) -> None:
    save(engine, PASJINJAN, STRANGER)
    with transaction(engine) as session:
        judge(session, first_id(PASJINJAN), first_id(STRANGER), Judgement.DIFFERENT, author="ada")
    join_stored_actors(engine)
    with reading(engine) as session:
        assert review(session).items == ()


def test_the_list_comes_in_pages(engine: Engine) -> None:
    names = ("Maja Utsi", "Bertil Strand", "Rami Haddad")
    save(engine, *(told(Named(name), uri=f"urn:test:{name}:{number}") for name in names for number in range(2)))
    with reading(engine) as session:
        first = review(session, limit=2)
        assert first.next_cursor is not None
        rest = review(session, first.next_cursor, limit=2)
        assert [len(first.items), len(rest.items), rest.next_cursor] == [2, 1, None]
        assert {each.left.name for each in (*first.items, *rest.items)} == set(names)
        with pytest.raises(BadCursor):
            review(session, "damaged")


def test_bodies_are_joined_by_name_and_asked_about_by_abbreviation(engine: Engine) -> None:
    articles = [
        told(Named("Riksföreningen Nya Hem", ORGANISATION, also=("RNH",)), uri="urn:test:1"),
        told(Named("RNH", ORGANISATION), uri="urn:test:2"),
    ]
    save(engine, *articles)
    assert len(set(one_by_one(engine, articles))) == 2
    with reading(engine) as session:
        [listed] = review(session).items
        assert "both are called RNH for short" in (listed.judgement.reason or "")


def test_a_database_filled_under_other_rules_is_gone_through(engine: Engine) -> None:
    articles = [PASJINJAN, PASHINYAN, BARE, STRANGER]
    for article, extraction in articles:
        with transaction(engine) as session:
            save_article(session, article)
            save_extractions(session, [(extraction, actor_ids(extraction, article))])
    assert len(set(one_by_one(engine, articles))) == 4
    assert join_stored_actors(engine) == 2
    known, ministry, bare, stranger = one_by_one(engine, articles)
    assert known == ministry == bare != stranger


class Prepared:
    """An extractor that knows what it will find."""

    def __init__(self, articles: Sequence[Told]) -> None:
        self._found = {article.id: extraction for article, extraction in articles}

    def extract_many(self, articles: Sequence[Article]) -> list[Extraction]:
        return [self._found[article.id] for article in articles]


def test_ingest_joins_the_actors_of_articles_taken_together(engine: Engine) -> None:
    articles = [PASJINJAN, PASHINYAN, BARE, STRANGER]
    with transaction(engine) as session:
        ids = [save_article(session, article)[0] for article, _ in articles]
    Ingest(engine, Prepared(articles), actor_ids).process_articles(ids)
    known, ministry, bare, stranger = one_by_one(engine, articles)
    assert known == ministry == bare != stranger
    with reading(engine) as session:
        assert len(review(session).items) == 1


RUNS = count()
NAMES = ("Maja Utsi", "Nikol Pasjinjan", "Nikol Pashinyan", "Anna Andersson")
PARTIES = (ARMENIA, RUSSIA, Named("Nordbruk", ORGANISATION))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None)
@given(
    people=st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.sampled_from([None, "minister", "glaciolog"]),
            st.sampled_from([None, *PARTIES]),
        ),
        min_size=2,
        max_size=6,
    ),
)
def test_no_two_names_are_ever_one(engine: Engine, people: list[tuple[str, str | None, Named | None]]) -> None:
    # The database is the same for all examples: each has articles of its own.
    run = next(RUNS)
    articles = [
        told(
            Named(name, role=role, speaks_for=(party.name,) if party else ()),
            *([party] if party else []),
            uri=f"urn:{run}:{number}",
        )
        for number, (name, role, party) in enumerate(people)
    ]
    save(engine, *articles)
    canonical = one_by_one(engine, articles)
    spelled = {"Nikol Pashinyan": "Nikol Pasjinjan"}
    names = {
        actor_id: {
            spelled.get(name, name) for (name, _, _), other in zip(people, canonical, strict=True) if other == actor_id
        }
        for actor_id in canonical
    }
    assert all(len(each) == 1 for each in names.values())
    before = contents(engine)
    assert save(engine, *articles) == []
    assert contents(engine) == before


def test_a_body_goes_by_its_proper_name(engine: Engine) -> None:
    names = ("azerbajdzjanska försvarsministeriet", "Azerbajdzjans försvarsministerium")
    articles = [
        told(Named(name, ActorKind.GOVERNMENT, territory="AZ"), uri=f"urn:test:{number}")
        for number, name in enumerate(names)
    ]
    save(engine, *articles)
    assert len({first_id(each) for each in articles}) == 1
    with reading(engine) as session:
        assert get_actor(session, first_id(articles[0])).name == names[1]


WIRE = "\n".join(
    [
        "Polisen letar efter två män som försvann från en båt utanför Möja natten till lördagen, och havet är kallt.",
        "Vi har helikoptrar i luften och letar så länge det är ljust, sade polisen.",
        "Båten hittades drivande av en fiskare som larmade strax efter klockan fem på morgonen.",
    ]
)


def wire(number: int, text: str = WIRE) -> Told:
    article = Article(text=text, uri=f"urn:paper:{number}")
    return article, FakeExtractor().extract_many([article])[0]


def speakers(engine: Engine, *papers: Told) -> list[str]:
    """The canonical id of who speaks in each."""
    with reading(engine) as session:
        return [get_actor(session, first_id(paper)).id for paper in papers]


def test_who_says_the_same_in_copies_of_one_text_is_one(engine: Engine) -> None:
    papers = [wire(number, f"{WIRE}\n{number}") for number in range(3)]
    own = wire(3, "Helt andra ord om saken.\n" + WIRE.split("\n")[1] + "\nOch så var det med det, den natten på havet.")
    assert len({first_id(paper) for paper in papers}) == 3
    decided = save(engine, *papers, own)
    assert [(held.judgement, held.reason) for held in decided] == [
        (Judgement.SAME, "same name and same words in copies of one text")
    ] * 2
    ids = speakers(engine, *papers, own)
    assert len(set(ids[:3])) == 1
    assert ids[3] != ids[0]
    with reading(engine) as session:
        assert [claim.reports for claim in list_claims(session).items] == [3, 1]
    assert save(engine, *papers) == []


def test_people_hold_apart_who_says_the_same_in_copies(engine: Engine) -> None:
    one, other, third = (wire(number, f"{WIRE}\n{number}") for number in range(3))
    save(engine, one, other)
    with transaction(engine) as session:
        [held] = judgements(session, first_id(one))
        undo(session, held.id, author="Eva")
    assert len(set(speakers(engine, one, other))) == 2
    assert save(engine, one, other) == []
    save(engine, third)
    assert len(set(speakers(engine, one, other))) == 2
    with reading(engine) as session:
        assert sorted(claim.reports for claim in list_claims(session).items) == [1, 2]
