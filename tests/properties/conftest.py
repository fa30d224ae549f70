"""The extractor without and with the bundled models."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.extraction.extractor import Extractor
from tests.case_tables import NoParser

if TYPE_CHECKING:
    from app.parsing.parser import Parser


@pytest.fixture(scope="session")
def rules() -> Extractor:
    """The extraction rules alone."""
    return Extractor(NoParser())


@pytest.fixture(scope="session")
def extractor(parser: Parser) -> Extractor:
    """The extraction rules behind the bundled models."""
    return Extractor(parser)
