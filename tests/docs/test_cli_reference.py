"""docs/cli.md and the command line say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.cli.program import run
from tests.docs.commands import commands

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs" / "cli.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## sagesman (\S+)[^\n]*\n(.*?)(?=^## |\Z)", REFERENCE, re.M | re.S))


@pytest.mark.parametrize("name", commands())
def test_every_command_is_documented_with_its_options(name: str) -> None:
    command = commands()[name]
    group = command.name.split()[0]
    assert group in SECTIONS, f"docs/cli.md has no section on {group}"
    if " " in command.name:
        assert f"`sagesman {command.name}" in SECTIONS[group]
    described = set(re.findall(r"`(--?[a-z][a-z-]*)`", SECTIONS[group])) | set(
        re.findall(r"`[^`]* (--?[a-z][a-z-]*)`", SECTIONS[group])
    )
    assert command.options - described == set()


def test_nothing_is_documented_that_is_not_there() -> None:
    groups = {name.split()[0] for name in commands()}
    assert set(SECTIONS) - groups == set()
    for group, section in SECTIONS.items():
        known = set().union(*(found.options for name, found in commands().items() if name.split()[0] == group))
        rows = re.findall(r"^\| (`-[^|]*) \|", section, re.M)
        options = {spelling for row in rows for spelling in re.findall(r"`(-[^`]*)`", row)}
        assert options - known == set(), f"docs/cli.md on {group}"


@pytest.mark.parametrize("name", commands())
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*name.split(), "--help"]) == 0
    assert f"sagesman {name}" in capsys.readouterr().out
    assert commands()[name].help
