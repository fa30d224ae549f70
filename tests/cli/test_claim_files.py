"""``sagesman claims`` and ``sagesman export`` write files that other programs read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from app.cli import export
from app.errors import StorageError
from app.formats.claim_file import ClaimFile
from app.settings import Settings
from app.storage.articles import save_article
from app.storage.claims import list_claims, save_extraction
from app.storage.engine import migrate, open_engine, reading, transaction
from tests.cli.conftest import Sagesman
from tests.formats.reading_back import from_csv, from_jsonl, from_node
from tests.storage.samples import actor_ids, article, extraction


@pytest.fixture
def stored(folder: Path) -> list[object]:
    """The default database with one article; its claims."""
    engine = open_engine(Settings().database_url)
    migrate(engine)
    found = extraction()
    with transaction(engine) as session:
        save_article(session, article())
        save_extraction(session, found, actor_ids(found))
    with reading(engine) as session:
        claims = list(list_claims(session).items)
    engine.dispose()
    assert len(claims) == 4
    return list(claims)


def read(form: ClaimFile, text: str) -> list[object]:
    if form is ClaimFile.CSV:
        return list(from_csv(text))
    if form is ClaimFile.JSONL:
        return list(from_jsonl(text.splitlines(keepends=True)))
    return [from_node(node) for node in json.loads(text)["@graph"]]


@pytest.mark.parametrize("command", ["claims", "export"])
@pytest.mark.parametrize("form", ClaimFile)
def test_files_hold_every_field(command: str, form: ClaimFile, stored: list[object], sagesman: Sagesman) -> None:
    printed = sagesman(command, "--format", form.value)
    assert (printed.code, printed.err) == (0, "")
    assert read(form, printed.out) == stored
    written = sagesman(command, "--format", form.value, "-o", "claims.out")
    assert (written.code, written.out) == (0, "")
    assert Path("claims.out").read_bytes().decode() == printed.out
    assert [path.name for path in Path().glob("*.part")] == []


def test_an_export_is_everything_and_a_list_is_a_page(stored: list[object], sagesman: Sagesman) -> None:
    page = sagesman("claims", "--format", "csv", "--limit", "3")
    assert len(page.out.splitlines()) == 4
    assert "there are more: --cursor" in page.err
    rows = csv.DictReader(io.StringIO(sagesman("export", "-f", "csv", "--act", "denial").out, newline=""))
    assert [row["act"] for row in rows] == ["denial"]


def test_a_table_for_people(stored: list[object], sagesman: Sagesman) -> None:
    out = sagesman("claims", "--format", "table").out
    assert "Bakus regering" in out
    assert "2020-09-27" in out
    assert sagesman("claims", "--format", "table", "-o", "t.txt").code == 0
    assert Path("t.txt").read_text("utf-8") == out


def test_ids_are_built_on_the_address_given(stored: list[object], sagesman: Sagesman) -> None:
    for words, base in (((), "http://127.0.0.1:8000/v1"), (("--base", "https://a.example/v1"), "https://a.example/v1")):
        graph = json.loads(sagesman("export", "-f", "jsonld", *words).out)["@graph"]
        assert all(node["@id"].startswith(f"{base}/claims/clm_") for node in graph)


def test_an_export_that_fails_leaves_the_file_that_was_there(
    stored: list[object], sagesman: Sagesman, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("claims.jsonl").write_text("before")

    def failing(*_: object) -> object:
        yield "half of it"
        raise StorageError("the database has gone away")

    monkeypatch.setattr(export, "claim_file", failing)
    result = sagesman("export", "-o", "claims.jsonl")
    assert (result.code, result.err) == (1, "sagesman: the database has gone away\n")
    assert Path("claims.jsonl").read_text() == "before"
    assert sorted(path.name for path in Path().glob("claims*")) == ["claims.jsonl"]


def test_what_cannot_be_written_is_said(stored: list[object], sagesman: Sagesman) -> None:
    result = sagesman("export", "-o", "nowhere/claims.csv")
    assert (result.code, result.err) == (
        2,
        "sagesman: nowhere/claims.csv: cannot be written: No such file or directory\n",
    )
    assert sagesman("claims", "-o", "x").code == 2
    assert sagesman("export", "--since", "snart").code == 2
