"""Fixtures that more than one folder of tests uses."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from app.domain.article import Article

if TYPE_CHECKING:
    from app.parsing.parser import Parser

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "000_dc57c91d7ab00de9.txt"

# Parsing in a property may take a while on a busy machine: how long one example takes says nothing there. On the
# checking machine the examples are the same each time, so that a red run can be repeated.
hypothesis_settings.register_profile("sagesman", deadline=None, max_examples=100)
hypothesis_settings.register_profile("ci", parent=hypothesis_settings.get_profile("sagesman"), derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "sagesman")

# A shell that starts the suite in the background has it ignore Ctrl-C, and ignoring is inherited: the processes
# that the tests interrupt would never notice.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own ``SAGESMAN_`` variables change no test."""
    for name in [name for name in os.environ if name.startswith("SAGESMAN_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def seed_text() -> str:
    """The seed article exactly as it is stored."""
    return SEED.read_bytes().decode("utf-8")


@pytest.fixture(scope="session")
def seed_article(seed_text: str) -> Article:
    """The seed article without metadata."""
    return Article(text=seed_text)


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The bundled Swedish models, loaded once a process on first use."""
    from app.parsing.stanza_parser import StanzaParser

    return StanzaParser()
