"""Publishing: saved searches match what the listing shows, once; webhooks get what they want."""

from __future__ import annotations

import dataclasses
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, update

from app.domain.claim import Act, Extraction
from app.domain.event import Event, EventKind
from app.domain.record import ClaimFilter
from app.domain.search import SavedSearch
from app.errors import BadQuestion
from app.events.matching import check_question, filter_of
from app.events.publishing import prune, publish
from app.storage.articles import save_article
from app.storage.claims import list_claims, save_extraction
from app.storage.deliveries import take_due
from app.storage.engine import reading, transaction
from app.storage.event_tables import SearchRow
from app.storage.events import list_events, record
from app.storage.searches import delete_search, save_search
from app.storage.webhooks import change_webhook, save_webhook
from app.storage.withdrawals import undo_withdrawal, withdraw
from tests.storage.samples import actor_ids, article, extraction
from tests.storage.test_folding import paper
from tests.storage.test_folding import save as save_papers

FILTERS = [
    ClaimFilter(speaker="Baku"),
    ClaimFilter(speaker="Baku", scope="own"),
    ClaimFilter(speaker="Azerbajdzjan", act=Act.DENIAL),
    ClaimFilter(target="Armenien"),
    ClaimFilter(q="mark"),
    ClaimFilter(act=Act.ACCUSATION),
    ClaimFilter(speaker="Nobody At All"),
]
QUESTIONS = ["vad förnekade Azerbajdzjan", "what did Russia demand", "vem anklagade Azerbajdzjan", "Nikol Pasjinjan"]


def save(engine: Engine, found: Extraction) -> None:
    with transaction(engine) as session:
        save_article(session, article())
        save_extraction(session, found, actor_ids(found))


def add(engine: Engine, wanted: ClaimFilter | str, name: str = "en sökning") -> SavedSearch:
    with transaction(engine) as session:
        if isinstance(wanted, str):
            return save_search(session, name, wanted, ClaimFilter(), "ada")
        return save_search(session, name, None, wanted, "ada")


def events(engine: Engine, *kinds: EventKind) -> list[Event]:
    with reading(engine) as session:
        return list_events(session, limit=500, kinds=kinds)


def matched(engine: Engine, search: SavedSearch) -> list[str | None]:
    publish(engine)
    with reading(engine) as session:
        found = list_events(session, limit=500, search_id=search.id, kinds=[EventKind.SEARCH_MATCHED])
        return [event.what.claim_id for event in found]


def test_a_search_matches_exactly_what_the_listing_shows(engine: Engine) -> None:
    searches = [add(engine, wanted) for wanted in (*FILTERS, *QUESTIONS)]
    save(engine, extraction())
    found = 0
    for search in searches:
        with reading(engine) as session:
            listed = [claim.id for claim in list_claims(session, filter_of(session, search)).items]
        assert matched(engine, search) == listed, search
        found += len(listed)
    assert found > 8


def test_a_match_tells_what_matters(engine: Engine) -> None:
    search = add(engine, "vad förnekade Azerbajdzjan", "Baku förnekar")
    save(engine, extraction())
    publish(engine)
    (event,) = events(engine, EventKind.SEARCH_MATCHED)
    assert event.number == 5
    assert event.what.search_id == search.id
    assert event.what.article_id == article().id
    assert event.what.data == {
        "name": "Baku förnekar",
        "act": "denial",
        "mode": "indirect",
        "speaker": "Bakus regering",
        "speakers": ["Bakus regering"],
        "text": "anklagelsen",
    }


def test_a_claim_matches_once_also_when_it_is_changed(engine: Engine) -> None:
    search = add(engine, ClaimFilter(speaker="Hikmet Hajiyev"))
    found = extraction()
    save(engine, found)
    assert len(matched(engine, search)) == 1
    other = dataclasses.replace(found.claims[2], act=Act.DENIAL)
    save(engine, dataclasses.replace(found, claims=(*found.claims[:2], other, found.claims[3])))
    assert len(matched(engine, search)) == 1
    assert len(events(engine, EventKind.CLAIM_CHANGED)) == 1


def test_a_claim_that_comes_to_match_by_a_change_is_told_of(engine: Engine) -> None:
    search = add(engine, ClaimFilter(speaker="Hikmet Hajiyev", act=Act.DENIAL))
    found = extraction()
    save(engine, found)
    assert matched(engine, search) == []
    other = dataclasses.replace(found.claims[2], act=Act.DENIAL)
    save(engine, dataclasses.replace(found, claims=(*found.claims[:2], other, found.claims[3])))
    assert matched(engine, search) == [other.id_in(article().id)]


def test_a_claim_that_went_and_came_back_is_news(engine: Engine) -> None:
    search = add(engine, ClaimFilter(act=Act.DEMAND))
    found = extraction()
    for one in (found, dataclasses.replace(found, claims=found.claims[:3]), found):
        save(engine, one)
        publish(engine)
    assert len(matched(engine, search)) == 2
    (lost,) = events(engine, EventKind.SEARCH_UNMATCHED)
    assert (lost.what.search_id, lost.what.claim_id) == (search.id, found.claims[3].id_in(article().id))
    assert lost.what.data == {"name": "en sökning"}


def test_whoever_was_told_of_a_claim_is_told_that_its_article_was_withdrawn_and_restored(engine: Engine) -> None:
    search, other = add(engine, ClaimFilter(act=Act.DEMAND)), add(engine, ClaimFilter(act=Act.DENIAL))
    with transaction(engine) as session:
        save_webhook(session, "https://cms.example/", name=None, kinds=(), searches=[search.id], author="ada")
    save(engine, extraction())
    publish(engine)
    with transaction(engine) as session:
        withdraw(session, article().id, author="ada", reason="fel person")
    publish(engine)
    with transaction(engine) as session:
        undo_withdrawal(session, article().id, author="ada")
    publish(engine)
    own = [event for event in events(engine) if event.what.search_id == search.id]
    matched, lost, found = EventKind.SEARCH_MATCHED, EventKind.SEARCH_UNMATCHED, EventKind.SEARCH_MATCHED
    assert [event.what.kind for event in own] == [matched, lost, found]
    assert own[1].what.data == {"name": "en sökning", "because": "withdrawn"}
    assert len({event.what.claim_id for event in own}) == 1
    assert [told["type"] for told in queued(engine) if told["data"].get("search")] == [
        "search.matched",
        "search.unmatched",
        "search.matched",
    ]
    assert {told["data"]["search"] for told in queued(engine) if told["data"].get("search")} == {search.id}
    assert len([event for event in events(engine) if event.what.search_id == other.id]) == 3


def test_a_claim_that_goes_and_comes_back_between_two_publications_is_told_of_in_that_order(engine: Engine) -> None:
    search = add(engine, ClaimFilter(act=Act.DEMAND))
    save(engine, extraction())
    publish(engine)
    with transaction(engine) as session:
        withdraw(session, article().id, author="ada", reason="fel person")
    with transaction(engine) as session:
        undo_withdrawal(session, article().id, author="ada")
    publish(engine)
    kinds = [event.what.kind for event in events(engine) if event.what.search_id == search.id]
    assert kinds == [EventKind.SEARCH_MATCHED, EventKind.SEARCH_UNMATCHED, EventKind.SEARCH_MATCHED]


def test_what_was_there_before_the_search_is_not_told_of(engine: Engine) -> None:
    save(engine, extraction())
    publish(engine)
    search = add(engine, ClaimFilter(act=Act.DEMAND))
    save(engine, extraction())
    assert matched(engine, search) == []


def test_a_search_that_is_gone_matches_nothing(engine: Engine) -> None:
    search = add(engine, ClaimFilter(act=Act.DEMAND))
    with transaction(engine) as session:
        delete_search(session, search.id)
    save(engine, extraction())
    assert matched(engine, search) == []


def test_a_question_that_cannot_be_read_any_more_stops_nobody(engine: Engine) -> None:
    broken, whole = add(engine, "vad förnekade Baku"), add(engine, ClaimFilter(act=Act.DEMAND))
    with transaction(engine) as session:
        session.execute(update(SearchRow).where(SearchRow.id == broken.id).values(question="?"))
    save(engine, extraction())
    assert len(matched(engine, whole)) == 1
    assert matched(engine, broken) == []


@pytest.mark.parametrize("question", ["vad sade Baku i går", "vad sade Baku och vem förnekade det", "??"])
def test_questions_that_look_back_or_ask_two_things_are_refused(engine: Engine, question: str) -> None:
    with reading(engine) as session, pytest.raises(BadQuestion):
        check_question(session, question)


def test_several_publishers_at_once_publish_everything_once(engine: Engine) -> None:
    search = add(engine, ClaimFilter(act=Act.DEMAND))
    with transaction(engine) as session:
        save_webhook(session, "https://cms.example/", name=None, kinds=(), searches=(), author="ada")
    save(engine, extraction())
    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(lambda _: publish(engine), range(6))) == 5
    assert [event.number for event in events(engine)] == [1, 2, 3, 4, 5]
    assert len(matched(engine, search)) == 1
    assert len(queued(engine)) == 5


def queued(engine: Engine) -> list[dict[str, object]]:
    """What is on its way to webhooks, by number."""
    with transaction(engine) as session:
        taken = take_due(session, 100, timedelta(seconds=0), most_each=100)
    return sorted((json.loads(each.body) for each in taken), key=lambda told: int(told["number"]))


def test_webhooks_get_the_kinds_and_searches_they_want(engine: Engine) -> None:
    one, other = add(engine, ClaimFilter(act=Act.DEMAND)), add(engine, ClaimFilter(act=Act.DENIAL))
    with transaction(engine) as session:
        kinds = (EventKind.ARTICLE_DONE, EventKind.SEARCH_MATCHED)
        save_webhook(session, "https://a.example/", name=None, kinds=kinds, searches=[one.id], author="ada")
        stopped, _ = save_webhook(session, "https://b.example/", name=None, kinds=(), searches=(), author="ada")
        change_webhook(session, stopped.id, url=stopped.url, name=None, kinds=(), searches=(), enabled=False)
    save(engine, extraction())
    with transaction(engine) as session:
        record(session, EventKind.ARTICLE_DONE, article_id=article().id, data={"claims": 4})
    assert len(matched(engine, other)) == 1
    assert [told["type"] for told in queued(engine)] == ["article.done", "search.matched"]


def test_what_is_old_is_forgotten_but_not_what_is_on_its_way(engine: Engine) -> None:
    with transaction(engine) as session:
        save_webhook(session, "https://cms.example/", name=None, kinds=(), searches=(), author="ada")
    save(engine, extraction())
    publish(engine)
    assert prune(engine, timedelta(days=1)) == 0
    assert prune(engine, timedelta(days=-1)) == 3
    assert len(queued(engine)) == 4


def test_a_claim_that_many_papers_print_is_told_of_once(engine: Engine) -> None:
    search = add(engine, "vad sade Anna Berg")
    late = add(engine, ClaimFilter(speaker="Anna Berg", act=Act.STATEMENT))
    save_papers(engine, paper(1), paper(2))
    with reading(engine) as session:
        led = {claim.id for claim in list_claims(session, ClaimFilter(speaker="Anna Berg")).items}
    assert len(led) == 2
    assert set(matched(engine, search)) == set(matched(engine, late)) == led
    # In a transaction of its own: the search was told already.
    save_papers(engine, paper(3))
    assert len(matched(engine, search)) == len(matched(engine, late)) == 2
    # Saved again, nothing has happened.
    before = events(engine)
    save_papers(engine, paper(3), paper(1))
    publish(engine)
    assert events(engine) == before
