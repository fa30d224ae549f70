"""The lock files: every dependency at one exact version, and nothing of the machine they were made on."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PINNED = re.compile(r"([a-z0-9][a-z0-9._-]*)==([0-9][0-9a-z.]*)", re.I)


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    found = {}
    for line in lines:
        if line.strip() and not line.startswith("#"):
            match = PINNED.fullmatch(line.strip())
            assert match, f"{name}: {line!r} is no plain name==version"
            found[normal(match[1])] = match[2]
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(*groups: list[str]) -> set[str]:
    return {normal(re.match(r"[\w.-]+", line)[0]) for group in groups for line in group}  # type: ignore[index]


@pytest.mark.parametrize("name", LOCKS)
def test_lines_are_names_and_versions_alone(name: str) -> None:
    assert len(pins(name)) > 40


@pytest.mark.parametrize("name", LOCKS)
def test_no_accelerator_comes_along(name: str) -> None:
    assert [each for each in pins(name) if re.search(r"nvidia|cuda|triton|rocm", each)] == []
    assert pins(name)["torch"] == "2.13.0"


def test_everything_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert wanted(project["dependencies"]) - set(pins("requirements.lock")) == set()
    assert wanted(*project["optional-dependencies"].values()) - set(pins("requirements-dev.lock")) == set()


def test_both_locks_agree() -> None:
    runtime, development = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: version for name, version in runtime.items() if development.get(name) != version} == {}
