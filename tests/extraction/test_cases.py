"""Every rule on parses written by hand: what must be found, what must be left alone. No model is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.extraction.extractor import Extractor
from tests.case_tables import Case, NoParser, found_in, parameters, read_cases

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """The rules without a parser."""
    return Extractor(NoParser())


@pytest.mark.parametrize("case", parameters(CASES))
def test_case(case: Case, extractor: Extractor) -> None:
    assert found_in(case, extractor) == list(case.claims)


def test_there_are_cases_for_and_against() -> None:
    cases = [case for path in CASES.glob("*.conllu") for case in read_cases(path)]
    without_claims = [case for case in cases if not case.claims]
    assert len(cases) >= 120
    assert len(without_claims) >= 18
