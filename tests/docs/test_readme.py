"""The README's commands do what it shows, on the article it shows them with."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.test_process import sagesman

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
SHOWN = re.search(r"\$ (sagesman ask [^\n]+)\n(.*?)\n\n", README, re.S)
COMMANDS = re.findall(r"^    (sagesman (?:ask|claims|export|graph|extract|correct) [^#\n]+)", README, re.M)


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database that `make demo` makes, and an article to extract from."""
    folder = tmp_path_factory.mktemp("readme")
    seeds = [str(path) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    result = sagesman(folder, "ingest", *seeds)
    assert result.returncode == 0, result.stderr
    (folder / "article.txt").write_text("Ministern sade att det regnar.", "utf-8")
    return folder


def test_the_answer_that_is_shown_is_the_answer(ingested: Path) -> None:
    assert SHOWN
    result = sagesman(ingested, *shlex.split(SHOWN[1])[1:])
    assert result.returncode == 0
    shown = [line.strip() for line in SHOWN[2].splitlines() if line.strip() != "…"]
    printed = [line.strip() for line in result.stdout.splitlines()]
    assert len(shown) > 5
    assert [line for line in shown if line not in printed] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_other_command_runs(ingested: Path, command: str) -> None:
    result = sagesman(ingested, *shlex.split(command)[1:])
    assert (result.returncode, result.stderr) == (0, "")


def test_the_demo_s_database_is_the_one_that_is_named() -> None:
    (made,) = re.findall(r"^DEMO_DB := (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert f"SAGESMAN_DATABASE_URL=sqlite:///./{made}\n" in README


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 7
