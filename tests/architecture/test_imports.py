"""Who may import whom: arrows point down, nobody imports a sibling, no circles, heavy libraries stay in one place."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import pytest

from tests.architecture.source import Import, all_imports, modules, unit

LEAVES = {"", "settings", "errors", "logs"}
LAYERS = (
    {"domain"},
    {"lexicon", "parsing"},
    # Below extraction: whom a mention means is asked in the middle of the sequence (decision 0007).
    {"resolution"},
    {"storage", "graph", "extraction", "formats"},
    {"joining", "fetching"},
    {"ingest", "asking", "jobs"},
    {"events"},
    {"api", "web", "batch"},
    {"cli", "asgi", "__main__"},
)
HEIGHT = {name: height for height, names in enumerate(LAYERS) for name in names}

# A library and the only modules (or packages) that may import it.
HOMES = {
    "stanza": ("app.parsing.stanza_parser", "app.parsing.train"),
    "torch": ("app.parsing",),
    "sqlalchemy": ("app.storage",),
    "alembic": ("app.storage",),
    "networkx": ("app.graph",),
    "dbos": ("app.jobs",),
    "limits": ("app.api",),
    "fastapi": ("app.api", "app.web", "app.asgi"),
    "typer": ("app.cli",),
    "rich": ("app.cli",),
    "ray": ("app.batch",),
    "httpcore2": ("app.fetching", "app.events"),
}


def within(module: str, homes: tuple[str, ...]) -> bool:
    return any(module == home or module.startswith(f"{home}.") for home in homes)


def inside() -> list[Import]:
    return [found for found in all_imports() if found.target.split(".")[0] == "app"]


def test_every_part_of_the_house_has_a_floor() -> None:
    assert {unit(name) for name in modules()} - LEAVES - set(HEIGHT) == set()


def uphill(imports: Iterable[Import]) -> list[str]:
    """The imports that run up, or out of a leaf."""
    return [
        str(found)
        for found in imports
        if unit(found.target) not in LEAVES
        and (unit(found.module) in LEAVES or HEIGHT[unit(found.target)] > HEIGHT[unit(found.module)])
    ]


def across(imports: Iterable[Import]) -> list[str]:
    """The imports between two parts of one floor."""
    return [
        str(found)
        for found in imports
        if unit(found.module) != unit(found.target)
        and {unit(found.module), unit(found.target)}.isdisjoint(LEAVES)
        and HEIGHT[unit(found.module)] == HEIGHT[unit(found.target)]
        # The entry points are one another's doors: `python -m app` is the command line.
        and HEIGHT[unit(found.module)] < HEIGHT["cli"]
    ]


def test_imports_point_down() -> None:
    assert uphill(inside()) == []


def test_siblings_do_not_import_one_another() -> None:
    assert across(inside()) == []


def test_the_rules_bite() -> None:
    def imported(module: str, target: str) -> Import:
        return Import(module, target, line=1, lazy=False, typing=False)

    assert uphill([imported("app.domain.claim", "app.storage.claims")]) == [
        "app.domain.claim:1 imports app.storage.claims"
    ]
    assert uphill([imported("app.settings", "app.domain.claim")])
    assert not uphill([imported("app.storage.claims", "app.domain.claim"), imported("app.domain.x", "app.errors")])
    assert across([imported("app.graph.build", "app.storage.claims")]) == [
        "app.graph.build:1 imports app.storage.claims"
    ]
    assert not across([imported("app.graph.build", "app.graph.svg"), imported("app.__main__", "app.cli")])


def test_only_extraction_and_resolution_use_the_lexicon_on_their_floor() -> None:
    others = {"storage", "graph", "formats"}
    assert [str(found) for found in inside() if unit(found.target) == "lexicon" and unit(found.module) in others] == []


def test_no_circles() -> None:
    below: dict[str, set[str]] = {name: set() for name in modules()}
    for found in inside():
        if not found.typing and not found.lazy:
            below[found.module].add(found.target)
    done: set[str] = set()

    def descend(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path[path.index(name) :], name))
        if name not in done:
            for target in sorted(below.get(name, ())):
                if target != name:
                    descend(target, (*path, name))
            done.add(name)

    for name in below:
        descend(name, ())


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_stays_in_its_home(library: str) -> None:
    astray = [
        str(found)
        for found in all_imports()
        if found.target.split(".")[0] == library and not within(found.module, HOMES[library])
    ]
    assert astray == []


@pytest.mark.parametrize("library", ["stanza", "torch", "ray"])
def test_heavy_libraries_are_imported_when_used(library: str) -> None:
    early = [
        str(found)
        for found in all_imports()
        if found.target.split(".")[0] == library
        and not (found.lazy or found.typing)
        and not within(found.module, ("app.parsing.train",))
    ]
    assert early == []


def test_the_domain_needs_nothing_but_python() -> None:
    foreign = [
        str(found)
        for found in all_imports()
        if unit(found.module) == "domain"
        and found.target.split(".")[0] not in sys.stdlib_module_names
        and unit(found.target) != "domain"
    ]
    assert foreign == []
