"""``sagesman withdraw``, and kills among the files of ``sagesman ingest``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.article import Article
from app.ingest import Ingest
from app.storage.articles import save_article
from app.storage.engine import Engine, migrate, open_engine, transaction
from tests.cli.conftest import Sagesman
from tests.ingest.fake import FakeExtractor, actor_ids

KILLED = Path(__file__).parents[1] / "formats" / "samples" / "ninjs" / "killed.json"
URI = "http://tt.example/media/text/260304-havsvind-inr"
ARTICLE = Article("Det blåser, sade Ada Ek.", uri=URI, version="3")


@pytest.fixture
def engine(folder: Path) -> Iterator[Engine]:
    """The database of the working directory, with one article in it."""
    engine = open_engine(f"sqlite:///{folder / 'sagesman.db'}")
    migrate(engine)
    with transaction(engine) as session:
        save_article(session, ARTICLE)
    Ingest(engine, FakeExtractor(), actor_ids).process_articles([ARTICLE.id])
    yield engine
    engine.dispose()


def claims(sagesman: Sagesman) -> list[str]:
    return [claim["text"] for claim in json.loads(sagesman("claims", "--format", "json").out)["claims"]]


@pytest.mark.parametrize("name", [ARTICLE.id, URI])
def test_an_article_is_withdrawn_and_brought_back(name: str, engine: Engine, sagesman: Sagesman) -> None:
    assert claims(sagesman) == ["Det blåser"]
    done = sagesman("withdraw", name, "--reason", "fel person", "--by", "A. Ek", "--format", "json")
    assert done.code == 0, done.err
    (record,) = json.loads(done.out)
    assert (record["by_person"], record["author"], record["reason"]) == (True, "A. Ek", "fel person")
    assert record["articles"] == [ARTICLE.id]
    assert claims(sagesman) == []
    gone = sagesman("graph", "--article", ARTICLE.id)
    assert (gone.code, "was withdrawn by the newsroom" in gone.err) == (2, True)
    back = sagesman("withdraw", name, "--undo")
    assert (back.code, back.out) == (0, f"{ARTICLE.id}\nin force again\n")
    assert claims(sagesman) == ["Det blåser"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("urn:unknown", "--reason", "x"), "no article with the id or uri urn:unknown"),
        ((ARTICLE.id,), "--reason is missing"),
        ((ARTICLE.id, "--reason", " "), "--reason is missing"),
        ((ARTICLE.id, "--undo", "--reason", "x"), "--undo takes no --reason"),
        ((ARTICLE.id, "--undo"), "is not withdrawn"),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[str, ...], told: str, engine: Engine, sagesman: Sagesman) -> None:
    result = sagesman("withdraw", *words)
    assert result.code == 2
    assert told in result.err
    assert claims(sagesman) == ["Det blåser"]


def test_a_kill_among_the_files_withdraws_what_is_stored(engine: Engine, sagesman: Sagesman) -> None:
    result = sagesman("ingest", str(KILLED), "--format", "json")
    assert result.code == 0, result.err
    (row,) = json.loads(result.out)
    assert (row["id"], row["uri"], row["version"], row["status"]) == (None, URI, "4", "done")
    assert (row["standing"], row["error"]) == ("withdrawn", None)
    assert claims(sagesman) == []
    assert "done, withdrawn" in sagesman("ingest", str(KILLED)).out
    assert sagesman("withdraw", URI, "--undo").code == 0
    assert claims(sagesman) == ["Det blåser"]
