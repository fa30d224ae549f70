"""What listeners are told when articles are superseded, withdrawn and restored."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.article import Article
from app.domain.event import EventKind, Happening
from app.domain.record import ClaimFilter
from app.storage import notices
from app.storage.claims import list_claims
from app.storage.engine import reading, transaction
from app.storage.events import waiting
from app.storage.withdrawals import kill, undo_withdrawal, withdraw
from tests.storage.test_versions import FIRST, SECOND, THIRD, URI, read, store, version

SUPERSEDED, WITHDRAWN = EventKind.ARTICLE_SUPERSEDED, EventKind.ARTICLE_WITHDRAWN
RESTORED, DONE = EventKind.ARTICLE_RESTORED, EventKind.ARTICLE_DONE
ADDED, REMOVED = EventKind.CLAIM_ADDED, EventKind.CLAIM_REMOVED


class Log:
    """What was noted since the last look."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._seen = 0

    def since(self) -> list[Happening]:
        with reading(self._engine) as session:
            found = [what for _, what in waiting(session, 500)]
        new, self._seen = found[self._seen :], len(found)
        return new


def ids(engine: Engine, article: Article) -> list[str]:
    with reading(engine) as session:
        return [claim.id for claim in list_claims(session, ClaimFilter(article=article.id)).items]


def told(what: list[Happening]) -> list[tuple[EventKind, Any]]:
    return [(each.kind, each.claim_id or each.article_id) for each in what]


def test_a_new_version_tells_what_went_with_the_old_one_and_what_says_the_same_now(engine: Engine) -> None:
    log = Log(engine)
    read(engine, FIRST)
    rain, snow = ids(engine, FIRST)
    assert told(log.since()) == [(ADDED, rain), (ADDED, snow), (DONE, FIRST.id)]
    store(engine, SECOND)
    assert log.since() == []
    read(engine, SECOND)
    still, wind = ids(engine, SECOND)
    found = log.since()
    assert told(found) == [
        (SUPERSEDED, FIRST.id),
        (REMOVED, rain),
        (REMOVED, snow),
        (ADDED, still),
        (ADDED, wind),
        (DONE, SECOND.id),
    ]
    assert found[0].data == {
        "uri": URI,
        "version": "1",
        "standing": "superseded",
        "claims": 2,
        "claim_ids": [rain, snow],
        "by": SECOND.id,
    }
    assert {name: found[1].data[name] for name in ("because", "kept_as", "text")} == {
        "because": "superseded",
        "kept_as": still,
        "text": "Det regnar",
    }
    assert "kept_as" not in found[2].data
    assert found[3].data.get("because") is None


def test_a_kill_tells_of_every_claim_without_repeating_a_word(engine: Engine) -> None:
    log = Log(engine)
    read(engine, FIRST)
    log.since()
    with transaction(engine) as session:
        kill(session, URI, author="TT")
    article, *claims = log.since()
    assert (article.kind, article.article_id) == (WITHDRAWN, FIRST.id)
    assert article.data["claims"] == 2
    assert [claim.kind for claim in claims] == [REMOVED, REMOVED]
    assert [claim.claim_id for claim in claims] == article.data["claim_ids"]
    assert all(claim.data == {"because": "withdrawn"} for claim in claims)
    with transaction(engine) as session:
        kill(session, URI, author="TT")
    assert log.since() == []


def test_taking_a_withdrawal_back_tells_of_the_claims_as_if_they_were_new(engine: Engine) -> None:
    log = Log(engine)
    alone = version(None, FIRST.text, uri=None)
    for article in (FIRST, alone):
        read(engine, article)
        with transaction(engine) as session:
            withdraw(session, article.id, author="ada", reason="fel person")
        log.since()
        with transaction(engine) as session:
            undo_withdrawal(session, article.id, author="ada")
        restored, *claims = log.since()
        assert (restored.kind, restored.data["standing"], restored.data["uri"]) == (RESTORED, "in_force", article.uri)
        assert told(claims) == [(ADDED, claim_id) for claim_id in ids(engine, article)]
        assert [claim.data["because"] for claim in claims] == ["restored", "restored"]
        assert [claim.data["text"] for claim in claims] == ["Det regnar", "Det snöar"]


def test_superseded_versions_that_are_withdrawn_with_the_article_are_told_of_too(engine: Engine) -> None:
    log = Log(engine)
    read(engine, FIRST, SECOND)
    log.since()
    with transaction(engine) as session:
        withdraw(session, SECOND.id, author="ada", reason="fel person")
    found = log.since()
    assert [each.article_id for each in found if each.kind is WITHDRAWN] == [FIRST.id, SECOND.id]
    # The claims of the first version went when the second took its place.
    assert {each.article_id for each in found if each.kind is REMOVED} == {SECOND.id}
    with transaction(engine) as session:
        undo_withdrawal(session, SECOND.id, author="ada")
    found = log.since()
    assert [(each.article_id, each.data["standing"]) for each in found if each.kind is RESTORED] == [
        (FIRST.id, "superseded"),
        (SECOND.id, "in_force"),
    ]
    assert {each.article_id for each in found if each.kind is ADDED} == {SECOND.id}


def test_what_is_read_without_being_in_force_brings_no_claims(engine: Engine) -> None:
    read(engine, SECOND)
    log = Log(engine)
    log.since()
    read(engine, FIRST)
    assert told(log.since()) == [(DONE, FIRST.id)]
    with transaction(engine) as session:
        kill(session, URI, "9", author="TT")
    log.since()
    read(engine, THIRD)
    assert told(log.since()) == [(DONE, THIRD.id)]


def test_an_event_of_an_article_names_a_bounded_number_of_claims(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "MOST_IDS", 1)
    read(engine, FIRST)
    log = Log(engine)
    log.since()
    with transaction(engine) as session:
        kill(session, URI, author="TT")
    article, *claims = log.since()
    assert (article.data["claims"], len(article.data["claim_ids"])) == (2, 1)
    assert len(claims) == 2


def test_what_is_rolled_back_is_not_told(engine: Engine) -> None:
    read(engine, FIRST)
    log = Log(engine)
    log.since()

    def fail() -> None:
        with transaction(engine) as session:
            kill(session, URI, author="TT")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert log.since() == []
