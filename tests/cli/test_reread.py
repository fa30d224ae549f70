"""``sagesman reread`` and ``sagesman rereadings`` as far as no model is needed."""

from __future__ import annotations

import json

from app.extraction.edition import edition
from app.ingest import Ingest
from app.storage.articles import save_article
from app.storage.engine import migrate, open_engine, transaction
from tests.cli.conftest import Sagesman
from tests.ingest.fake import FakeExtractor, actor_ids
from tests.storage.samples import lines


def fill(count: int, read_by: str) -> None:
    """Articles in the database of the folder that the test runs in."""
    engine = open_engine("sqlite:///sagesman.db")
    migrate(engine)
    with transaction(engine) as session:
        ids = [save_article(session, lines(number))[0] for number in range(count)]
    Ingest(engine, FakeExtractor(), actor_ids, read_by).process_articles(ids)
    engine.dispose()


def test_a_rereading_is_asked_for_listed_and_stopped(sagesman: Sagesman) -> None:
    fill(3, "old rules")
    (asked,) = json.loads(sagesman("reread", "--outdated", "--no-wait", "--format", "json").out)
    assert (asked["total"], asked["waiting"]) == (3, 3)
    listed = sagesman("rereadings", "list")
    assert f"{asked['id']}: 0 of 3 articles read anew, 0 failed, 3 left" in listed.out
    stopped = sagesman("rereadings", "stop", asked["id"])
    assert "0 left, stopped" in stopped.out
    assert sagesman("rereadings", "resume").out == "nothing is being read anew\n"


def test_what_is_up_to_date_is_left_alone_without_loading_a_model(sagesman: Sagesman) -> None:
    fill(2, edition())
    done = sagesman("reread", "--outdated")
    assert done.code == 0
    assert "0 of 0 articles read anew" in done.out
    assert "claims: 0 added, 0 removed, 0 changed" in done.out


def test_it_has_to_be_said_which(sagesman: Sagesman) -> None:
    fill(1, "old rules")
    for words in ((), ("--all", "--outdated"), ("art_none",), ("--since", "yesterday")):
        assert sagesman("reread", *words).code == 2
    assert sagesman("rereadings", "stop", "rrd_none").code == 2
    assert sagesman("rereadings", "list").out == "nothing is being read anew\n"


def test_what_ended_long_ago_is_forgotten_by_hand(sagesman: Sagesman) -> None:
    fill(2, "old rules")
    assert sagesman("db", "prune").out == "0 ended jobs and 0 events and deliveries forgotten\n"
    assert sagesman("db", "prune", "--queue-days", "-1").code == 2
