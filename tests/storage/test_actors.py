from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from app.domain.actor import Actor, ActorKind, Mention
from app.domain.claim import Extraction
from app.domain.record import Page
from app.domain.span import Span
from app.errors import BadCursor, NotFound
from app.storage.actors import actors_by_ids, find_actors, find_by_territory, get_actor, search_actors, suggest
from app.storage.articles import save_article
from app.storage.claims import save_extraction
from app.storage.engine import Session, reading, transaction
from app.storage.names import fold, genitives, sound, words
from tests.storage.samples import PUBLISHED, actor_ids, article, extraction


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database with the sample article and its claims."""
    with transaction(engine) as session:
        save_article(session, article())
        save_extraction(session, extraction(), actor_ids(extraction()))
    return engine


def named(session: Session, *people: str) -> None:
    """Store an article that mentions these people, each in the forms between its bars."""
    text = ". ".join(people)
    source = article(text)
    actors = []
    for number, forms in enumerate(people):
        spans = []
        for form in forms.split("|"):
            start = text.index(forms) + forms.index(form)
            spans.append(Span.cut(text, start, start + len(form)))
        mentions = tuple(Mention(span, "name") for span in spans)
        printed = tuple(span.text for span in spans)
        actors.append(Actor(f"a{number}", printed[0], ActorKind.PERSON, mentions, printed))
    found = Extraction(source.id, (), tuple(actors))
    save_article(session, source)
    save_extraction(session, found, actor_ids(found))


def names_of(session: Session, asked: str) -> list[str]:
    return [ref.name for ref in find_actors(session, asked)]


def test_an_actor_with_all_that_is_known(filled: Engine) -> None:
    with reading(filled) as session:
        [found] = find_actors(session, "Hikmet Hajiyev")
        hajiyev = get_actor(session, found.id)
        [government] = find_actors(session, "Bakus regering")
        regime = get_actor(session, government.id)
    assert (hajiyev.name, hajiyev.kind, hajiyev.role, hajiyev.territory) == (
        "Hikmet Hajiyev",
        ActorKind.PERSON,
        "rådgivare",
        None,
    )
    assert (hajiyev.aliases, hajiyev.claim_count, hajiyev.spoken_for_by) == (("Hikmet Hajiyev",), 1, ())
    [shown] = hajiyev.speaks_for
    assert (shown.actor.name, shown.rule, shown.article_id) == ("Bakus regering", "adviser", article().id)
    assert shown.evidence is not None
    assert shown.evidence.text == "rådgivare åt Azerbajdzjans president"
    assert (regime.territory, regime.kind) == ("AZ", ActorKind.GOVERNMENT)
    assert [shown.actor.name for shown in regime.speaks_for] == ["Azerbajdzjan"]
    assert [shown.actor.name for shown in regime.spoken_for_by] == ["Hikmet Hajiyev"]


def test_unknown_actor(engine: Engine) -> None:
    with reading(engine) as session:
        with pytest.raises(NotFound, match="act_none"):
            get_actor(session, "act_none")
        assert actors_by_ids(session, ["act_none"]) == []


def test_names_find_actors(engine: Engine) -> None:
    with transaction(engine) as session:
        named(session, "Åsa Öberg|Öberg", "Ola Öberg|Öberg", "Asa Oberg", "Karl Ek", "Karl XVI Gustaf|Kungen")
        assert names_of(session, "åsa öberg") == ["Åsa Öberg"]
        assert names_of(session, "A\u030asa O\u0308berg") == ["Åsa Öberg"]
        assert names_of(session, "Asa Oberg") == ["Asa Oberg"]
        # Two are called so: both, for unsure stays unsure.
        assert names_of(session, "ÖBERG") == ["Ola Öberg", "Åsa Öberg"]
        assert names_of(session, "Öbergs") == ["Ola Öberg", "Åsa Öberg"]
        # A surname that nobody printed alone; a first name is none.
        assert names_of(session, "Ek") == ["Karl Ek"]
        assert names_of(session, "Karl") == []
        assert names_of(session, "kungen") == ["Karl XVI Gustaf"]
        assert names_of(session, "") == []
        assert names_of(session, "Nobody") == []


def test_a_territory_has_its_state_and_government(filled: Engine) -> None:
    with reading(filled) as session:
        assert [ref.name for ref in find_by_territory(session, "AZ")] == ["Azerbajdzjan", "Bakus regering"]
        assert find_by_territory(session, "SE") == ()


def test_who_is_no_longer_named_is_no_longer_found(filled: Engine) -> None:
    found = extraction()
    with transaction(filled) as session:
        save_extraction(session, Extraction(found.article_id, (), found.actors[:1]), actor_ids(found))
        for name in ("Hikmet Hajiyev", "Hajiyev", "Moskva"):
            assert find_actors(session, name) == ()
        assert suggest(session, "Hajiyef") == ()
        assert search_actors(session, "Haj") == Page(())
        assert [actor.name for actor in search_actors(session).items] == ["Armenien"]


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("Pashinyan", "Nikol Pasjinjan"),
        ("Pasjinian", "Nikol Pasjinjan"),
        ("Pashinjan", "Nikol Pasjinjan"),
        ("Zelenskyj", "Volodymyr Zelenskyj"),
        ("Selenskij", "Volodymyr Zelenskyj"),
        ("Zelensky", "Volodymyr Zelenskyj"),
        ("Magdalna Andersson", "Magdalena Andersson"),
        ("andersen", "Magdalena Andersson"),
        ("Aleksej Navalnyj", "Aleksej Navalnyj"),
        ("Navalny", "Aleksej Navalnyj"),
        ("Chrustjov", "Nikita Chrusjtjov"),
    ],
)
def test_near_names(engine: Engine, asked: str, near: str) -> None:
    with transaction(engine) as session:
        named(
            session,
            "Nikol Pasjinjan",
            "Volodymyr Zelenskyj",
            "Magdalena Andersson",
            "Aleksej Navalnyj",
            "Nikita Chrusjtjov",
            "Anna Berg",
        )
        assert next(ref.name for ref in suggest(session, asked)) == near


def test_nothing_near(engine: Engine) -> None:
    with transaction(engine) as session:
        named(session, "Anna Berg")
        for asked in ("Xqzw", "", "!", "\0", "a"):
            assert suggest(session, asked) == ()


def test_search_finds_by_the_beginnings_of_words(engine: Engine) -> None:
    with transaction(engine) as session:
        named(session, "Anna Berg|Bergs", "Anna Bergman", "Bert Ann", "Örjan Berg")
        found = {
            asked: [actor.name for actor in search_actors(session, asked).items]
            for asked in ("berg", "ann b", "BERGM", "ör", "or", "?", "")
        }
    assert found == {
        "berg": ["Anna Berg", "Anna Bergman", "Örjan Berg"],
        "ann b": ["Anna Berg", "Anna Bergman", "Bert Ann"],
        "BERGM": ["Anna Bergman"],
        "ör": ["Örjan Berg"],
        "or": [],
        "?": [],
        "": [],
    }


def test_a_search_that_finds_nobody_suggests(engine: Engine) -> None:
    with transaction(engine) as session:
        named(session, "Nikol Pasjinjan")
        page = search_actors(session, "Pashinyan")
    assert (page.items, [ref.name for ref in page.suggestions]) == ((), ["Nikol Pasjinjan"])


def test_the_list_of_actors_page_by_page(engine: Engine) -> None:
    people = [f"Person {letter}" for letter in "dcbae"]
    with transaction(engine) as session:
        named(session, *people)
        seen = []
        page = search_actors(session, limit=2)
        while True:
            seen += [actor.name for actor in page.items]
            if page.next_cursor is None:
                break
            cursor = page.next_cursor
            page = search_actors(session, cursor=cursor, limit=2)
        assert seen == sorted(people)
        with pytest.raises(BadCursor):
            search_actors(session, "person", cursor=cursor)


def test_aliases_come_most_frequent_first(engine: Engine) -> None:
    with transaction(engine) as session:
        named(session, "Nikol Pasjinjan|Pasjinjan")
        second = article("Pasjinjan sade. Pasjinjan log.")
        spans = [Span.cut(second.text, start, start + 9) for start in (0, 16)]
        mentions = tuple(Mention(span, "name") for span in spans)
        pasjinjan = Actor("a1", "Nikol Pasjinjan", ActorKind.PERSON, mentions, ("Pasjinjan", "Pashinyan"))
        found = Extraction(second.id, (), (pasjinjan,))
        save_article(session, second)
        save_extraction(session, found, actor_ids(found))
        [ref] = find_actors(session, "Pashinyan")
        assert get_actor(session, ref.id).aliases == ("Pasjinjan", "Nikol Pasjinjan", "Pashinyan")


@pytest.mark.parametrize("newest_first", [True, False])
def test_the_newest_role_and_the_fullest_name_stay(engine: Engine, newest_first: bool) -> None:
    stories = []
    for day, role, kind in ((0, "utrikesminister", ActorKind.UNKNOWN), (9, "statsminister", ActorKind.PERSON)):
        source = article(f"Dag {day}: Ada Ek.", published_at=PUBLISHED + timedelta(days=day))
        found = Extraction(source.id, (), (Actor("a1", "Ada Ek" + "!" * day, kind, role=role),))
        stories.append((source, found))
    with transaction(engine) as session:
        for source, found in reversed(stories) if newest_first else stories:
            save_article(session, source)
            save_extraction(session, found, {"a1": "act_1"})
        ada = get_actor(session, "act_1")
    assert (ada.role, ada.name, ada.kind) == ("statsminister", "Ada Ek!!!!!!!!!", ActorKind.PERSON)


def test_two_refs_may_be_one_actor(engine: Engine) -> None:
    found = extraction()
    ids = actor_ids(found) | {"a4": "act_az", "a3": "act_az"}
    with transaction(engine) as session:
        save_article(session, article())
        save_extraction(session, found, ids)
        record = get_actor(session, "act_az")
    assert set(record.aliases) == {"Bakus", "Azerbajdzjan", "Bakus regering"}
    # Whoever is the party does not speak for itself.
    assert record.speaks_for == ()
    assert record.kind in (ActorKind.STATE, ActorKind.GOVERNMENT)
    assert dataclasses.replace(record, claim_count=1) == record


def test_forms_of_names() -> None:
    assert fold("  E\u0301va\u00a0 ÅKESSON\n\0") == "éva åkesson"
    assert words("o'brien, anna-lena (m) s:t 24:e") == ["o'brien", "anna-lena", "m", "s:t", "24:e"]
    assert genitives("baku") == ("bakus", "baku:s")
    assert "baku" in genitives("bakus")
    assert "usa" in genitives("usa:s")
    assert genitives("s") == ()
    assert sound("pasjinjan") == sound("pashinyan")
    assert sound("zelenskyj") == sound("selenskij")
    assert sound("") == ""
