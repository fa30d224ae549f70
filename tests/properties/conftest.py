"""The extractor without and with the bundled models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from app.extraction.extractor import Extractor

if TYPE_CHECKING:
    from app.domain.parse import ParsedText
    from app.parsing.parser import Parser


class NoParser:
    """A parser for tests that bring their own parses."""

    def parse_many(self, texts: Sequence[str]) -> list[ParsedText]:
        """Nothing may ask for a parse."""
        raise AssertionError("this test has its parses")


@pytest.fixture(scope="session")
def rules() -> Extractor:
    """The extraction rules alone."""
    return Extractor(NoParser())


@pytest.fixture(scope="session")
def extractor(parser: Parser) -> Extractor:
    """The extraction rules behind the bundled models."""
    return Extractor(parser)
