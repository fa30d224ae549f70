"""Links resolve, commands in the pages exist, decisions are listed, the changelog knows the version."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

import app
from tests.docs.commands import commands

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "app").rglob("*.md")])
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings make, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_resolve(page: Path) -> None:
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        linked = (page.parent / path).resolve() if path else page
        if not linked.exists() or (anchor and linked.suffix == ".md" and anchor not in anchors(linked)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_pages_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    code = "\n".join([*re.findall(r"^(?: {4}|```\w*\n)(.*)$", text, re.M), *re.findall(r"`([^`\n]+)`", text)])
    for words in re.findall(r"\bmake((?: [a-z-]+)+)", code):
        assert set(words.split()) <= TARGETS, f"make{words}"
    first = {name.split()[0] for name in commands()}
    for command in re.findall(r"(?:^|[;&|(] ?|\s)sagesman ([a-z]+)\b", code):
        assert command in first, f"sagesman {command}"


def test_the_changelog_has_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## {re.escape(app.__version__)} - ", changelog, re.M)


def test_decisions_are_numbered_and_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    numbers = [path.name[:4] for path in pages]
    assert len(set(numbers)) == len(numbers)
    index = (folder / "README.md").read_text("utf-8")
    assert [path.name for path in pages if f"({path.name})" not in index] == []
    for path in pages:
        text = path.read_text("utf-8")
        assert text.startswith(f"# {path.name[:4]}"), path.name
        for part in ("Context", "Decision", "Consequences", "Rejected"):
            assert re.search(rf"^## .*{part}", text, re.M | re.I), f"{path.name}: {part}"


def test_the_licence_is_the_one_that_is_named() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")[:200]
    assert "CC BY-SA 4.0" in (ROOT / "NOTICE").read_text("utf-8")
