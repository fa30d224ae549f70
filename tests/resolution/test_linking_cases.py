"""Who a speaker is: pronouns, descriptions, surnames, acronyms, metonyms, on parses written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.extraction.extractor import Extractor
from tests.case_tables import Case, NoParser, found_in, parameters

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """The rules without a parser."""
    return Extractor(NoParser())


@pytest.mark.parametrize("case", parameters(CASES))
def test_case(case: Case, extractor: Extractor) -> None:
    assert found_in(case, extractor) == list(case.claims)
