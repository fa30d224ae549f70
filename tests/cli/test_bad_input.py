"""Wrong usage and bad input: one line on stderr that names what and where, exit code 2, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Sagesman


def prepare(folder: Path) -> None:
    (folder / "latin.txt").write_bytes("Rad ett.\nStatsministern på.".encode("latin-1"))
    (folder / "binary.txt").write_bytes(b"%PDF-1.7\x00\x01")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\n")
    (folder / "broken.json").write_text('[{"doc_id": "a",\n  "text" "b"}]')
    (folder / "object.json").write_text('{"doc_id": "a"}')
    (folder / "good.txt").write_text("Ministern sade att det regnar.")
    (folder / "beside.txt").write_text("Ministern sade att det regnar.")
    (folder / "beside.json").write_text('{"titel": "T"}')
    (folder / "sub").mkdir()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["extract", "missing.txt"], "missing.txt: no such file"),
        (["extract", "sub"], "sub: cannot be read: Is a directory"),
        (["extract", "latin.txt"], "latin.txt: not utf-8: byte 0xe5 at offset 25, line 2"),
        (["extract", "binary.txt"], "binary.txt: binary data, not text: byte 0x00 at offset 8"),
        (["extract", "empty.txt"], "empty.txt: no words in it"),
        (["extract", "blank.txt"], "blank.txt: no words in it"),
        (["extract", "good.txt", "missing.txt"], "missing.txt: no such file"),
        (["extract", "broken.json"], "broken.json: not JSON: Expecting ':' delimiter at line 2, column 10"),
        (["extract", "object.json"], "object.json: a list of documents is needed, each with doc_id and text"),
        (["extract", "beside.txt"], "beside.json: unknown key 'titel'"),
        (["extract", "good.txt", "--language", "tlh"], "there is no lexicon for the language 'tlh'"),
        (["extract", "good.txt", "--encoding", "utf-9"], "good.txt: no encoding is called 'utf-9'"),
        (["extract"], "(see sagesman extract --help)"),
        (["extract", "good.txt", "--format", "xml"], "xml"),
        (["extract", "good.txt", "--colour"], "--colour"),
        (["claims", "--since", "igår"], "--since: 'igår' is no ISO 8601 date or time"),
        (["claims", "--limit", "0"], "--limit"),
        (["graph", "--hops", "9"], "--hops"),
        (["ask", ""], "sagesman: "),
        (["nosuch"], "nosuch"),
        (["db", "nosuch"], "nosuch"),
    ],
)
def test_it_is_told_in_one_line(folder: Path, sagesman: Sagesman, words: list[str], told: str) -> None:
    prepare(folder)
    before = sorted(folder.iterdir())
    result = sagesman(*words)
    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith("sagesman: ")
    assert result.err.count("\n") == 1
    assert told in result.err
    assert sorted(folder.iterdir()) == before


def test_a_text_over_the_limit(folder: Path, sagesman: Sagesman, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGESMAN_MAX_TEXT_CHARS", "100")
    (folder / "long.txt").write_text("å" * 101, "utf-8")
    (folder / "huge.txt").write_text("å" * 1000, "utf-8")
    assert "long.txt: 101 characters, more than the 100 taken" in sagesman("extract", "long.txt").err
    assert "huge.txt: more than 100 characters" in sagesman("extract", "huge.txt").err


def test_a_wrong_setting(sagesman: Sagesman, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGESMAN_PORT", "eighty")
    result = sagesman("models", "path")
    assert result.code == 2
    assert result.err.startswith("sagesman: SAGESMAN_PORT: ")


def test_a_misspelt_setting_is_only_reported(sagesman: Sagesman, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGESMAN_PROT", "80")
    result = sagesman("models", "path")
    assert result.code == 0
    assert result.err == "sagesman: SAGESMAN_PROT is no setting; did you mean SAGESMAN_PORT?\n"


@pytest.mark.parametrize("words", [["claims"], ["ask", "what did Baku claim?"], ["graph"], ["db", "check"]])
def test_reading_without_a_database_is_a_failure_and_makes_none(
    folder: Path, sagesman: Sagesman, words: list[str]
) -> None:
    result = sagesman(*words)
    assert (result.code, result.out) == (1, "")
    assert result.err == "sagesman: there is no database at sagesman.db\n"
    assert list(folder.iterdir()) == []


def test_a_database_in_a_folder_that_does_not_exist(sagesman: Sagesman, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGESMAN_DATABASE_URL", "sqlite:///./nowhere/news.db")
    result = sagesman("db", "upgrade")
    assert result.code == 1
    assert "the folder nowhere does not exist" in result.err
