"""Who a speaker is: pronouns, descriptions, surnames, acronyms, metonyms, on parses written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.extraction.extractor import Extractor
from tests.case_tables import Case, found_in, parameters

if TYPE_CHECKING:
    from app.domain.parse import ParsedText

CASES = Path(__file__).parent / "cases"


class NoParser:
    """These tests bring their parses."""

    def parse_many(self, texts: Sequence[str]) -> list[ParsedText]:
        """Never asked."""
        raise AssertionError("a parse was asked for")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """The rules without a parser."""
    return Extractor(NoParser())


@pytest.mark.parametrize("case", parameters(CASES))
def test_case(case: Case, extractor: Extractor) -> None:
    assert found_in(case, extractor) == list(case.claims)
