"""From a file to an answer with the real models: ingest, ask, claims, graph, on the seed article."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Sagesman
from tests.cli.test_process import environment
from tests.cli.test_process import sagesman as in_a_process

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "000_dc57c91d7ab00de9.txt"


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where the seed article was ingested by the command, with what it printed."""
    folder = tmp_path_factory.mktemp("ingested")
    result = in_a_process(folder, "ingest", str(SEED), "--format", "json")
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    (folder / "printed.json").write_text(result.stdout, "utf-8")
    return folder


@pytest.fixture
def here(ingested: Path, folder: Path) -> Path:
    """A copy of that folder as the working directory."""
    shutil.copytree(ingested, folder, dirs_exist_ok=True)
    return folder


def test_ingest_tells_what_became_of_each_file(ingested: Path) -> None:
    (row,) = json.loads((ingested / "printed.json").read_text("utf-8"))
    assert (row["source"], row["status"], row["error"]) == (str(SEED), "done", None)
    assert row["claims"] > 30


def test_ingest_takes_what_is_known_from_the_file_beside(ingested: Path) -> None:
    with sqlite3.connect(ingested / "sagesman.db") as connection:
        (found,) = connection.execute("SELECT language, agency, byline, text FROM articles").fetchall()
    assert found == ("sv", "Reuters", "Nguyen Quang Minh", SEED.read_bytes().decode("utf-8"))


def test_the_same_article_again_changes_nothing(here: Path) -> None:
    database = here / "sagesman.db"

    def rows() -> list[Any]:
        with sqlite3.connect(database) as connection:
            return [
                connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("articles", "claims", "actors")
            ]

    before = rows()
    result = in_a_process(here, "ingest", str(SEED), "--format", "json")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == json.loads((here / "printed.json").read_text("utf-8"))
    assert rows() == before


def test_ingest_of_another_text_under_the_same_uri_fails_and_keeps_the_first(folder: Path) -> None:
    (folder / "one.txt").write_text("Ministern sade att det regnar.", "utf-8")
    (folder / "two.txt").write_text("Ministern sade att det snöar.", "utf-8")
    assert in_a_process(folder, "ingest", "one.txt", "--uri", "urn:a", "--version", "1").returncode == 0
    result = in_a_process(folder, "ingest", "two.txt", "--uri", "urn:a", "--version", "1", "--format", "json")
    assert result.returncode == 1
    (row,) = json.loads(result.stdout)
    assert row["status"] == "failed"
    assert "urn:a version 1" in row["error"]
    with sqlite3.connect(folder / "sagesman.db") as connection:
        assert connection.execute("SELECT text FROM articles").fetchall() == [("Ministern sade att det regnar.",)]


def test_ingest_refuses_all_files_when_one_is_bad(folder: Path) -> None:
    (folder / "good.txt").write_text("Ministern sade att det regnar.", "utf-8")
    result = in_a_process(folder, "ingest", "good.txt", "missing.txt")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "sagesman: missing.txt: no such file\n"
    assert [path.name for path in folder.iterdir()] == ["good.txt"]


def test_one_uri_cannot_be_given_to_several_articles(folder: Path) -> None:
    (folder / "one.txt").write_text("Ministern sade att det regnar.", "utf-8")
    (folder / "two.txt").write_text("Ministern sade att det snöar.", "utf-8")
    result = in_a_process(folder, "ingest", "one.txt", "two.txt", "--uri", "urn:a")
    assert result.returncode == 2
    assert result.stderr == "sagesman: --uri is for one article, and these are 2\n"


def test_ask_answers_for_the_party_with_its_evidence(here: Path, sagesman: Sagesman) -> None:
    result = sagesman("ask", "what did Baku claim?")
    assert result.code == 0
    assert result.err == ""
    for words in (
        "Hikmet Hajiyev (Han)",
        "(Bakus försvarsministerium)",
        "Vi har fått nog.",
        "(Bakus regering)",
        "not verified by: Reuters",
        "denied by: armeniska styrkor",
    ):
        assert words in result.out
    assert "25 personer dödades" not in result.out
    assert "fredsbevarare i Karabach" not in result.out


def test_ask_gives_the_same_as_json(here: Path, sagesman: Sagesman) -> None:
    found = json.loads(sagesman("ask", "what did Baku claim?", "--format", "json").out)
    text = SEED.read_bytes().decode("utf-8")
    assert found["sentence"]
    for claim in found["claims"]:
        for span in claim["content"]:
            assert text[span["start"] : span["end"]] == span["text"]
        assert claim["evidence"]


def test_ask_for_nobody_suggests_who_is_there(here: Path, sagesman: Sagesman) -> None:
    result = sagesman("ask", "what did Hajiev claim?", "--format", "json")
    assert result.code == 0
    assert "Hikmet Hajiyev" in json.loads(result.out)["suggestions"]


def test_a_question_that_cannot_be_read_is_refused(here: Path, sagesman: Sagesman) -> None:
    result = sagesman("ask", "banan?")
    assert (result.code, result.out) == (2, "")


def test_claims_filters_and_pages(here: Path, sagesman: Sagesman) -> None:
    denials = json.loads(sagesman("claims", "--act", "denial", "--format", "json").out)["claims"]
    assert {claim["act"] for claim in denials} == {"denial"}
    everything = json.loads(sagesman("claims", "--format", "json").out)
    assert everything["next_cursor"] is None
    first = json.loads(sagesman("claims", "--limit", "10", "--format", "json").out)
    rest = json.loads(sagesman("claims", "--cursor", first["next_cursor"], "--format", "json").out)
    assert [*first["claims"], *rest["claims"]] == everything["claims"]


def test_claims_of_nobody_is_an_empty_answer_with_near_names(here: Path, sagesman: Sagesman) -> None:
    result = sagesman("claims", "--speaker", "Hajiev")
    assert (result.code, result.out) == (0, "")
    assert "names that are near: Hikmet Hajiyev" in result.err


@pytest.mark.parametrize(
    ("form", "begins"),
    [("json", "{"), ("cytoscape", "{"), ("graphml", "<?xml"), ("gexf", "<?xml"), ("svg", "<svg")],
)
def test_graph_writes_each_format(here: Path, sagesman: Sagesman, form: str, begins: str) -> None:
    result = sagesman("graph", "--actor", "Baku", "--hops", "2", "--format", form, "-o", f"baku.{form}")
    assert (result.code, result.out) == (0, "")
    written = (here / f"baku.{form}").read_text("utf-8")
    assert written.lstrip().startswith(begins)
    assert "Azerbajdzjan" in written


def test_graph_around_nobody(here: Path, sagesman: Sagesman) -> None:
    result = sagesman("graph", "--actor", "Hajiev")
    assert result.code == 2
    assert result.err == "sagesman: nobody is called 'Hajiev'; names that are near: Hikmet Hajiyev\n"


def test_an_output_that_cannot_be_written(here: Path, sagesman: Sagesman) -> None:
    result = sagesman("graph", "-o", "nowhere/graph.json")
    assert result.code == 2
    assert result.err == "sagesman: nowhere/graph.json: cannot be written: No such file or directory\n"


@pytest.mark.parametrize("form", ["table", "json", "score", "conllu"])
def test_extract_prints_each_format(folder: Path, sagesman: Sagesman, form: str) -> None:
    (folder / "docs.json").write_text(json.dumps([{"doc_id": "d1", "text": "Ministern sade att det regnar."}]))
    result = sagesman("extract", "docs.json", "--format", form)
    assert (result.code, result.err) == (0, "")
    assert "d1" in result.out
    if form == "score":
        ((document),) = json.loads(result.out)
        (claim,) = document["claims"]
        assert (document["doc_id"], claim["content"]) == ("d1", [{"start": 15, "end": 29}])
    elif form == "json":
        (document,) = json.loads(result.out)
        assert document["claims"][0]["content"][0]["text"] == "att det regnar"
    elif form == "conllu":
        assert "\tregna\tVERB\t" in result.out
    else:
        assert "att det regnar" in result.out


def test_extract_reads_standard_input_and_writes_a_file(folder: Path) -> None:
    result = in_a_process(
        folder, "extract", "-", "-f", "json", "-o", "out.json", stdin="Ministern sade att det regnar."
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert json.loads((folder / "out.json").read_text("utf-8"))[0]["source"] == "standard input"
    assert [path.name for path in folder.iterdir()] == ["out.json"]


def test_a_killed_ingest_is_finished_by_the_next(folder: Path) -> None:
    for number in range(20):
        (folder / f"{number}.txt").write_text(f"Ministern sade att det regnar.\nDel {number}", "utf-8")
    names = [f"{number}.txt" for number in range(20)]
    command = [sys.executable, "-m", "app", "ingest", *names]
    process = subprocess.Popen(command, cwd=folder, env=environment(SAGESMAN_BATCH_SIZE="2"), stdout=subprocess.DEVNULL)
    with pytest.raises(subprocess.TimeoutExpired):
        # Long enough to have stored articles, too short to have loaded the models and read them all.
        process.wait(2.5)
    process.kill()
    process.wait()
    result = in_a_process(folder, "ingest", *names, "--format", "json")
    assert result.returncode == 0, result.stderr
    assert [(row["status"], row["claims"]) for row in json.loads(result.stdout)] == [("done", 1)] * 20


def test_db_fold_finds_reports_anew(sagesman: Sagesman) -> None:
    assert sagesman("db", "upgrade").code == 0
    assert sagesman("db", "fold").out == "0 articles folded\n"
