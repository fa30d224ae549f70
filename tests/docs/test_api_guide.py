"""docs/api.md and the interface say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.api.app import create_app
from app.api.problems import problem_kinds
from app.asking.question import parse_question
from app.settings import Settings

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
OPERATIONS = {
    f"{method.upper()} {path}"
    for path, methods in create_app(Settings()).openapi()["paths"].items()
    for method in methods
}


def test_every_endpoint_is_listed() -> None:
    assert set(re.findall(r"^\| `((?:GET|POST|DELETE) [^`]+)`", GUIDE, re.M)) == OPERATIONS


def test_every_problem_is_listed_with_its_status() -> None:
    listed = dict(re.findall(r"^\| `(/problems/[^`]+)` \| (\d+)", GUIDE, re.M))
    assert listed == {kind.type: str(kind.status) for kind in problem_kinds().values()}


def questions() -> list[str]:
    """The questions in the first column of the table of questions, without those that are only a piece of one."""
    rows = re.findall(r"^\| (`.*?`) \|", GUIDE.split("## Questions")[1].split("## Endpoints")[0], re.M)
    return [question for row in rows for question in re.findall(r"`([^`]+)`", row) if "…" not in question]


@pytest.mark.parametrize("question", questions())
def test_the_questions_of_the_guide_are_read(question: str) -> None:
    parsed = parse_question(question)
    assert parsed.speaker or parsed.target or parsed.topic


def test_there_are_questions_in_the_guide() -> None:
    assert len(questions()) > 10
