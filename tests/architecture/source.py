"""The source tree as facts: modules, their imports, where they stand. Read by syntax tree, nothing is executed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"


@dataclass(frozen=True)
class Import:
    """``module`` imports ``target`` on ``line``; ``lazy`` inside a function, ``typing`` only for type checkers."""

    module: str
    target: str
    line: int
    lazy: bool
    typing: bool

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


def name_of(path: Path) -> str:
    """The dotted name of the module in ``path``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    """Every module of the package by name."""
    return {name_of(path): path for path in sorted(APP.rglob("*.py"))}


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def imports_of(name: str) -> Iterator[Import]:
    """All imports of one module, wherever in it they stand; ``from package import module`` counts as the module."""
    path = modules()[name]
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    yield from _walk(tree(path), name, package, lazy=False, typing=False)


def _walk(node: ast.AST, name: str, package: str, *, lazy: bool, typing: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(name, alias.name, child.lineno, lazy, typing)
        elif isinstance(child, ast.ImportFrom):
            base = child.module or ""
            if child.level:
                above = package.split(".")[: len(package.split(".")) - child.level + 1]
                base = ".".join([*above, base] if base else above)
            for alias in child.names:
                full = f"{base}.{alias.name}"
                yield Import(name, full if full in modules() else base, child.lineno, lazy, typing)
        else:
            inside = lazy or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            checking = typing or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test))
            yield from _walk(child, name, package, lazy=inside, typing=checking)


@cache
def all_imports() -> tuple[Import, ...]:
    """The imports of every module."""
    return tuple(found for name in modules() for found in imports_of(name))


def unit(module: str) -> str:
    """The part of the house a module belongs to: ``app.api.claims`` -> ``api``; the package itself is ``""``."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""
