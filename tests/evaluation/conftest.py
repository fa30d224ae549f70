"""One run over all sets that are looked at, shared by the tests that need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.evaluation.annotations import SETS
from tests.evaluation.run import Run, evaluate

if TYPE_CHECKING:
    from app.parsing.parser import Parser


@pytest.fixture(scope="session")
def run(parser: Parser) -> Run:
    """All sets, read with the bundled models."""
    return evaluate(SETS, parser)
