"""The tutorial and the how-to pages work as they stand there, one after the other, on one database and one server."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from scripts.client_types import written
from tests.cli.test_process import environment
from tests.docs.guide import DOCS, ROOT, Step, blocks, free_port, missing, prepare, run_page

HOW_TO = sorted((DOCS / "how-to").glob("*.md"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("guides")
    prepare(made)
    return made


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    """A server as the pages start it, over the database that they fill."""
    port = free_port()
    with (folder / "serve.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--port", str(port)],
            cwd=folder,
            env=environment(SAGESMAN_WEBHOOK_PRIVATE_ADDRESSES="true"),
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz")
            yield port
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="module")
def tutorial(folder: Path, port: int) -> list[tuple[Step, str]]:
    """What the tutorial printed. The other pages go on from there."""
    return run_page(DOCS / "tutorial.md", folder, port)


def test_the_tutorial_shows_what_is_printed(tutorial: list[tuple[Step, str]]) -> None:
    assert len(tutorial) > 5
    for step, printed in tutorial:
        assert missing(step.shown, printed) == [], f"{step.command}\n{printed}"


@pytest.mark.usefixtures("tutorial")
@pytest.mark.parametrize("page", [*HOW_TO, DOCS / "explanation.md"], ids=lambda page: page.stem)
def test_a_page_shows_what_is_printed(page: Path, folder: Path, port: int) -> None:
    ran = run_page(page, folder, port)
    assert ran
    for step, printed in ran:
        assert missing(step.shown, printed) == [], f"{step.command}\n{printed}"


@pytest.mark.usefixtures("tutorial")
def test_the_readme_leads_from_a_wire_item_to_an_embedded_claim(folder: Path, port: int) -> None:
    ran = run_page(ROOT / "README.md", folder, port)
    assert len(ran) == 4
    for step, printed in ran:
        assert missing(step.shown, printed) == [], f"{step.command}\n{printed}"


def test_pages_are_in_the_index() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    pages = [page.relative_to(DOCS) for page in DOCS.rglob("*.md") if page.parent.name != "decisions"]
    assert [str(page) for page in pages if f"({page})" not in index and page.name != "README.md"] == []
    assert "(docs/README.md)" in (ROOT / "README.md").read_text("utf-8")


def test_the_receiver_on_the_page_is_the_one_that_runs() -> None:
    receiver = (DOCS / "examples" / "webhook_receiver.py").read_text("utf-8")
    assert receiver in blocks(DOCS / "how-to" / "cms.md", "python")


def test_the_types_of_the_client_are_those_of_the_interface() -> None:
    """Otherwise: python scripts/client_types.py."""
    document = json.loads((ROOT / "tests" / "api" / "openapi.json").read_text("utf-8"))
    assert (DOCS / "examples" / "sagesman_types.py").read_text("utf-8") == written(document)


def test_the_examples_are_typed() -> None:
    files = [str(DOCS / "examples" / name) for name in ("client.py", "webhook_receiver.py")]
    cache = ROOT / ".mypy_cache" / "examples"
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={cache}", *files]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert checked.returncode == 0, checked.stdout


def test_datasette_hides_the_tables_with_secrets(folder: Path, tutorial: list[tuple[Step, str]]) -> None:
    configured = yaml.safe_load((DOCS / "examples" / "datasette.yaml").read_text("utf-8"))["databases"]["sagesman"]
    with closing(sqlite3.connect(f"file:{folder / 'sagesman.db'}?mode=ro", uri=True)) as file:
        columns = file.execute(
            "SELECT tables.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns"
            " WHERE tables.type = 'table' AND columns.name IN ('secret', 'digest')"
        ).fetchall()
        tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for (name,) in columns} <= set(configured["tables"]) <= tables
    assert configured["allow_sql"] is False
