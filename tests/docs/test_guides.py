"""The tutorial and the how-to pages work as they stand there, one after the other, on one database and one server."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_process import environment
from tests.docs.guide import DOCS, ROOT, Step, missing, prepare, run_page

HOW_TO = sorted((DOCS / "how-to").glob("*.md"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("guides")
    prepare(made)
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """A server as the pages start it, over the database that they fill."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (folder / "serve.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--port", str(port)],
            cwd=folder,
            env=environment(SAGESMAN_WEBHOOK_PRIVATE_ADDRESSES="true"),
            stdout=log,
            stderr=log,
        )
        try:
            yield _answering(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(20)


def _answering(address: str) -> str:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return address
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="module")
def tutorial(folder: Path, address: str) -> list[tuple[Step, str]]:
    """What the tutorial printed. The other pages go on from there."""
    return run_page(DOCS / "tutorial.md", folder, address)


def test_the_tutorial_shows_what_is_printed(tutorial: list[tuple[Step, str]]) -> None:
    assert len(tutorial) > 6
    for step, printed in tutorial:
        assert missing(step.shown, printed) == [], f"{step.command}\n{printed}"


@pytest.mark.usefixtures("tutorial")
@pytest.mark.parametrize("page", [*HOW_TO, DOCS / "explanation.md"], ids=lambda page: page.stem)
def test_a_page_shows_what_is_printed(page: Path, folder: Path, address: str) -> None:
    ran = run_page(page, folder, address)
    assert ran
    for step, printed in ran:
        assert missing(step.shown, printed) == [], f"{step.command}\n{printed}"


def test_pages_are_in_the_index() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    pages = [page.relative_to(DOCS) for page in DOCS.rglob("*.md") if page.parent.name != "decisions"]
    assert [str(page) for page in pages if f"({page})" not in index and page.name != "README.md"] == []
    assert "(docs/README.md)" in (ROOT / "README.md").read_text("utf-8")
