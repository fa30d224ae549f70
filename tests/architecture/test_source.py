"""What every source file keeps to: size, names, no blanket excepts, no prints, nothing unfinished."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, modules, name_of, tree

MAX_LINES = 300
VAGUE = {"utils", "util", "helpers", "helper", "common", "core", "misc", "manager", "managers"}
# Modules whose stdout is their product: the command line, and programs run by hand with ``python -m``.
PRINTING = ("app.cli", "app.parsing.train")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")


def files(folder: str, *endings: str) -> list[Path]:
    """The files below a folder of the repository that end so."""
    return [path for path in sorted((ROOT / folder).rglob("*")) if path.suffix in endings]


def places(path: Path, found: list[ast.AST]) -> list[str]:
    return [f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}" for node in found]


def test_no_module_is_too_long_to_read() -> None:
    long = {
        name: count for name, path in modules().items() if (count := len(path.read_text().splitlines())) > MAX_LINES
    }
    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [name for name in modules() if VAGUE & set(name.split("."))] == []


def test_every_module_says_what_it_is() -> None:
    assert [name for name, path in modules().items() if not ast.get_docstring(tree(path))] == []


def is_blanket(node: ast.AST) -> bool:
    """Whether an ``except`` swallows what nobody thought of; one that cleans up and raises again does not."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    named = {getattr(part, "id", "") for part in ast.walk(node.type)} if node.type else {"BaseException"}
    again = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
    return "Exception" in named or ("BaseException" in named and not again)


def test_no_blanket_excepts() -> None:
    found: list[str] = []
    for path in [*files("app", ".py"), *files("tests", ".py"), *files("migrations", ".py")]:
        found += places(path, [node for node in ast.walk(tree(path)) if is_blanket(node)])
    assert found == []


def test_only_the_command_line_prints() -> None:
    found: list[str] = []
    for path in modules().values():
        if not name_of(path).startswith(PRINTING):
            calls = [
                node
                for node in ast.walk(tree(path))
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
            ]
            found += places(path, [*calls])
    assert found == []


def test_only_settings_reads_the_environment() -> None:
    reading = [
        name
        for name, path in modules().items()
        if not name.startswith(("app.settings", "app.cli", "app.parsing.train"))
        and re.search(r"\bos\.(?:environ|getenv)\b", path.read_text("utf-8"))
    ]
    assert reading == []


@pytest.mark.parametrize("folder", ["app", "migrations"])
def test_nothing_is_left_unfinished(folder: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files(folder, ".py", ".html", ".yaml", ".css", ".js")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if UNFINISHED.search(line) or re.search(r"\braise NotImplementedError\b", line)
    ]
    assert found == []
