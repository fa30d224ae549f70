"""The command line as a test runs it: in this process, in an empty folder, with a database of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.cli.program import run


@dataclass(frozen=True)
class Result:
    """What a command line left behind."""

    code: int
    out: str
    err: str


Sagesman = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory; the default database would be made here."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def sagesman(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Iterator[Sagesman]:
    """Runs a command line given as words: ``sagesman("db", "upgrade").code``."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level

    def call(*words: str) -> Result:
        capfdbinary.readouterr()
        code = run(words)
        out, err = capfdbinary.readouterr()
        return Result(code, out.decode("utf-8"), err.decode("utf-8"))

    yield call
    root.handlers, root.level = handlers, level
