"""The parts put together from the settings. Entry points only; each part is imported when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

    from app.domain.article import Article
    from app.domain.claim import Extraction
    from app.events.notifier import Notifier
    from app.extraction.extractor import Extractor
    from app.ingest import Ingest
    from app.parsing.parser import Parser
    from app.parsing.process import ParserProcess
    from app.settings import Settings
    from app.storage.engine import Engine


def settings_of_this_run(*, service: bool = False) -> Settings:
    """The settings from the environment, with logging set up as they say.

    A command that ends by itself logs from warnings up where no level is set: its results say what it did. Variables
    that look like settings and are none are reported on stderr. Raises `SettingsError`.
    """
    import os

    from app.logs import configure_logging
    from app.settings import load_settings, unknown_variables

    settings = load_settings()
    told = service or "log_level" in settings.model_fields_set
    configure_logging(settings.log_level if told else "warning", settings.log_format)
    for sentence in unknown_variables(os.environ):
        sys.stderr.write(f"sagesman: {sentence}\n")
    return settings


def parser(settings: Settings, language: str) -> Parser:
    """The parser that the settings name; its models are loaded when it first parses."""
    from app.parsing.stanza_parser import StanzaParser

    return StanzaParser(
        language,
        package=settings.stanza_package,
        model_dir=settings.model_dir if settings.stanza_package else None,
        threads=settings.parser_threads,
    )


class Extractors:
    """Extraction of articles in several languages, with one extractor each, made when its language first occurs.

    ``apart`` parses in processes of their own, which load their models at once, are killed when they hang and started
    again when they die; `close` ends them.
    """

    def __init__(self, settings: Settings, *, apart: bool = False) -> None:
        self._settings = settings
        self._apart = apart
        self._of: dict[str, Extractor] = {}
        self._processes: list[ParserProcess] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def prepare(self, language: str) -> Extractor:
        """The extractor of a language; raises `UnsupportedLanguage` where there is no lexicon for it."""
        from app.extraction.extractor import Extractor

        if language not in self._of:
            own = parser(self._settings, language)
            self._of[language] = Extractor(self._process(own) if self._apart else own, language)
        return self._of[language]

    @property
    def edition(self) -> str:
        """Which rules and models these are."""
        from app.extraction.edition import edition

        return edition(self._settings.stanza_package)

    def close(self) -> None:
        """End the processes that parse."""
        for process in self._processes:
            process.close()

    def _process(self, own: Parser) -> ParserProcess:
        from app.parsing.process import ParserProcess

        process = ParserProcess(own)
        process.start()
        self._processes.append(process)
        return process

    def extract_many(self, articles: Sequence[Article]) -> list[Extraction]:
        """One extraction for each article, in order; see `Extractor.extract_many`."""
        found: dict[int, Extraction] = {}
        for language in dict.fromkeys(article.language for article in articles):
            places = [place for place, article in enumerate(articles) if article.language == language]
            extracted = self.prepare(language).extract_many([articles[place] for place in places])
            found.update(zip(places, extracted, strict=True))
        return [found[place] for place in range(len(articles))]


def ingest(engine: Engine, extractors: Extractors) -> Ingest:
    """The one path from stored articles to stored claims."""
    from app.ingest import Ingest
    from app.resolution.keys import actor_ids

    return Ingest(engine, extractors, actor_ids, extractors.edition)


def notifier(engine: Engine, settings: Settings, failed: Callable[[], None]) -> Notifier:
    """What tells of events while a worker runs: streams hear of them, webhooks are sent them."""
    from datetime import timedelta

    from app.events.notifier import Notifier

    keep = timedelta(days=settings.event_days)
    return Notifier(engine, keep=keep, private=settings.webhook_private_addresses, failed=failed)


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
