"""The generated parts of docs/quality.md: tables between marks, for ``python -m tests.evaluation --write-docs``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from app.extraction.confidence import load_calibration
from tests.evaluation import questions, report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.evaluation.causes import Error
    from tests.evaluation.questions import Answered
    from tests.evaluation.run import Run

TESTS = Path(__file__).parents[1]
PAGE = Path(__file__).parents[2] / "docs" / "quality.md"


def write_page(run: Run, found: dict[str, list[Error]], answered: Sequence[Answered]) -> None:
    """Put the tables of the run into the page. Raises ``ValueError`` where the page has no place for one."""
    fill(
        PAGE,
        {
            "scores": report.as_markdown(report.set_rows(run)),
            "questions": report.as_markdown(questions.rows(answered)),
            "phenomena": report.as_markdown(report.phenomenon_rows(run)),
            "tiers": report.as_markdown(report.tier_rows(run, load_calibration().auto)),
            "causes": report.as_markdown(report.cause_rows(found)),
            "gaps": report.as_markdown(report.gap_rows(TESTS)),
            "kinds": report.as_markdown(report.kind_rows(found)),
        },
    )


def fill(page: Path, parts: Mapping[str, str]) -> None:
    """Replace what stands between ``<!-- name -->`` and ``<!-- /name -->`` in the page, for every name in ``parts``.

    Raises ``ValueError`` naming the marks that the page lacks; nothing is written then.
    """
    text = page.read_text("utf-8")
    for name, part in parts.items():
        marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.S)
        if not marks.search(text):
            raise ValueError(f"{page.name} has no marks <!-- {name} --> and <!-- /{name} -->")
        text = marks.sub(lambda match, part=part: f"{match[1]}\n{part}\n\n{match[2]}", text)  # type: ignore[misc]
    page.write_text(text, "utf-8")
