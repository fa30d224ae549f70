"""The parts put together from the settings. Entry points only; each part is imported when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.extraction.extractor import Extractor
    from app.parsing.parser import Parser
    from app.settings import Settings
    from app.storage.engine import Engine


def settings_of_this_run(log_level: str | None = None) -> Settings:
    """The settings from the environment, with logging set up as they say; ``log_level`` goes before theirs.

    Variables that look like settings and are none are reported on stderr. Raises `SettingsError`.
    """
    import os

    from app.logs import configure_logging
    from app.settings import load_settings, unknown_variables

    settings = load_settings()
    configure_logging(log_level or settings.log_level, settings.log_format)
    for sentence in unknown_variables(os.environ):
        sys.stderr.write(f"sagesman: {sentence}\n")
    return settings


@cache
def parser(settings: Settings, language: str) -> Parser:
    """The parser that the settings name, one a language; its models are loaded when it first parses."""
    from app.parsing.stanza_parser import StanzaParser

    return StanzaParser(
        language,
        package=settings.stanza_package,
        model_dir=settings.model_dir if settings.stanza_package else None,
        threads=settings.parser_threads,
    )


def extractor(settings: Settings, language: str) -> Extractor:
    """Extraction in this process, over `parser`. Raises `UnsupportedLanguage` where there is no lexicon for it."""
    from app.extraction.extractor import Extractor

    return Extractor(parser(settings, language), language)


@contextmanager
def database(settings: Settings, *, migrated: bool = True, create: bool = True) -> Iterator[Engine]:
    """The database, open for the length of the block and brought up to date first unless ``migrated`` is false.

    Raises `StorageError` where it cannot be opened; a file that does not exist is made only with ``create``.
    """
    from app.storage.engine import migrate, open_engine

    engine = open_engine(settings.database_url, create=create)
    try:
        if migrated:
            migrate(engine)
        yield engine
    finally:
        engine.dispose()
