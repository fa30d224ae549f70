"""The one path from a stored article to stored claims. Every host takes it: worker, command line, archive."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib.resources import files
from typing import Protocol

from app.domain.article import Article
from app.domain.claim import Extraction
from app.domain.event import EventKind
from app.domain.record import WithdrawalRecord
from app.errors import EmptyText, InputError, NotFound, SagesmanError, StorageError, TextTooLong, UnsupportedLanguage
from app.storage.articles import (
    Status,
    attempts,
    begin_attempt,
    save_article,
    set_status,
    statuses,
    withdraw_attempt,
)
from app.storage.claims import save_extractions
from app.storage.engine import Engine, Session, reading, transaction
from app.storage.events import record
from app.storage.namesakes import lock
from app.storage.rereading import note_failed, note_read
from app.storage.withdrawals import kill

log = logging.getLogger(__name__)

# What a broken rule, a dead parsing process or a text that no model takes raises. Anything else, such as running out of
# memory, ends the process, and the attempt counted before it keeps the next one from dying in the same way for ever.
FAULTS = (
    SagesmanError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)

# An article is begun at most this often before it is given up. The first time it is begun among others, then alone.
MAX_ATTEMPTS = 3

# A text that every extractor takes: when not even this one goes through, it is not the articles' fault.
_PROBE = Article(text="Det är kallt, sade Anna Berg.")

ActorIds = Callable[[Extraction, Article], Mapping[str, str]]


class ArticleExtractor(Protocol):
    """Finds the claims of articles; see `app.extraction.extractor.Extractor`."""

    def extract_many(self, articles: Sequence[Article]) -> list[Extraction]:
        """One extraction for each article, in order."""
        ...


class Queue(Protocol):
    """Has stored articles read by a worker; see `app.jobs.queue.ArticleQueue`."""

    def put(self, session: Session, article_ids: Collection[str]) -> None:
        """Queue articles in the caller's transaction."""

    def put_again(self, session: Session, article_ids: Collection[str]) -> None:
        """Queue articles that are done or failed once more."""


def check_article(article: Article, longest: int) -> None:
    """Refuse what cannot be read: `EmptyText`, `TextTooLong` over ``longest`` code points, `UnsupportedLanguage`."""
    if not any(char.isalnum() for char in article.text):
        raise EmptyText("no words in the text")
    if len(article.text) > longest:
        raise TextTooLong(f"the text has {len(article.text)} characters; the limit is {longest}")
    if not (article.language.isalpha() and (files("app.lexicon") / article.language).is_dir()):
        raise UnsupportedLanguage(f"no lexicon for language {article.language!r}; there is one for 'sv'")


def submit(engine: Engine, queue: Queue, article: Article) -> tuple[str, bool]:
    """Store an article for good and have it read. Gives its id, and whether there is anything to read.

    The article and its place on the queue are one transaction. An article that is stored already is not read again,
    unless reading it failed. Raises `Conflict` and `NotText` as `save_article` does.
    """
    with transaction(engine) as session:
        article_id, is_new = save_article(session, article)
        if is_new:
            queue.put(session, [article_id])
            return article_id, True
        if statuses(session, [article_id])[article_id] is Status.FAILED:
            queue.put_again(session, [article_id])
            return article_id, True
    return article_id, False


def take_back(engine: Engine, article: Article, author: str) -> WithdrawalRecord:
    """Withdraw what its sender withdraws with ``article``, whatever its text. ``author`` is who delivered that.

    An article that is queued or being read is withdrawn all the same, and so is one that comes later with a version
    that the kill covers. Raises `InputError` where it names no uri, since then nobody knows what is withdrawn.
    """
    if article.uri is None:
        raise InputError("its sender withdraws this article without naming a uri")
    with transaction(engine) as session:
        return kill(session, article.uri, article.version, article.published_at, author=author)


class Ingest:
    """Takes stored articles through extraction and resolution, and stores their claims.

    ``actor_ids`` gives every actor of an extraction the id under which it is stored. ``edition`` names the rules and
    models of the extractor, so that what others have read can be found and read anew.
    """

    def __init__(
        self, engine: Engine, extractor: ArticleExtractor, actor_ids: ActorIds, edition: str = "unknown"
    ) -> None:
        self._engine = engine
        self._edition = edition
        self._extractor = extractor
        self._actor_ids = actor_ids

    def process_article(self, article_id: str) -> None:
        """As `process_articles`, for one; raises `NotFound` when it is not stored."""
        with reading(self._engine) as session:
            if not statuses(session, [article_id]):
                raise NotFound(f"no article {article_id}")
        self.process_articles([article_id])

    def process_articles(self, article_ids: Sequence[str]) -> None:
        """Bring each of these articles to its claims, or to the status failed with the reason.

        Articles that are done or failed already are left alone. All are extracted together; where that fails each is
        tried alone, so that one bad article costs the others nothing. What was begun before and never ended may have
        taken a worker with it: those go alone, and fail for good after `MAX_ATTEMPTS`.

        Raises the extractor's error when it takes no article at all (then none is marked as failed), `StorageError`
        when the database cannot be reached.
        """
        with reading(self._engine) as session:
            begun = attempts(session, article_ids)
        fresh = [article_id for article_id in article_ids if begun.get(article_id) == 0]
        if fresh:
            self._process_together(fresh)
        for article_id in article_ids:
            before = begun.get(article_id, 0)
            if before >= MAX_ATTEMPTS:
                self._fail(article_id, f"gave up: processing it ended the worker {before} times")
            elif before:
                self._process_alone(article_id)

    def _process_together(self, article_ids: Sequence[str]) -> None:
        with transaction(self._engine) as session:
            articles = begin_attempt(session, article_ids)
        try:
            self._extract_and_save(articles)
        except StorageError:
            raise
        except FAULTS as fault:
            if len(articles) > 1:
                log.warning("a batch failed, each article is tried alone", extra={"reason": _reason(fault)})
            for article in articles:
                with transaction(self._engine) as session:
                    withdraw_attempt(session, [article.id])
                self._process_alone(article.id)

    def _process_alone(self, article_id: str) -> None:
        with transaction(self._engine) as session:
            articles = begin_attempt(session, [article_id])
        try:
            self._extract_and_save(articles)
        except StorageError:
            raise
        except FAULTS as fault:
            self._probe(article_id)
            log.exception("article failed", extra={"article": article_id})
            self._fail(article_id, _reason(fault))

    def _extract_and_save(self, articles: Sequence[Article]) -> None:
        # Only who reads articles joins actors: the server that answers need not load the language data for it.
        from app.joining import join_actors

        extractions = self._extractor.extract_many(articles)
        found = [
            (extraction, self._actor_ids(extraction, article))
            for extraction, article in zip(extractions, articles, strict=True)
        ]
        with transaction(self._engine) as session:
            lock(session)
            save_extractions(session, found)
            for language in sorted({article.language for article in articles}):
                own = [pair for pair, article in zip(found, articles, strict=True) if article.language == language]
                join_actors(session, own, language)
            set_status(session, [article.id for article in articles], Status.DONE)
            note_read(session, [article.id for article in articles], self._edition)
            for extraction in extractions:
                # Two claims with one cue and one content are stored as one.
                claims = len({claim.id_in(extraction.article_id) for claim in extraction.claims})
                record(session, EventKind.ARTICLE_DONE, article_id=extraction.article_id, data={"claims": claims})
        log.info(
            "articles done",
            extra={"articles": len(articles), "claims": sum(len(extraction.claims) for extraction in extractions)},
        )

    def _probe(self, article_id: str) -> None:
        """Raise what the extractor raises on the plainest text, if it does, and let the article wait on."""
        try:
            self._extractor.extract_many([_PROBE])
        except FAULTS:
            with transaction(self._engine) as session:
                withdraw_attempt(session, [article_id])
            raise

    def _fail(self, article_id: str, reason: str) -> None:
        log.warning("article given up", extra={"article": article_id, "reason": reason})
        with transaction(self._engine) as session:
            set_status(session, [article_id], Status.FAILED, reason)
            note_failed(session, article_id)
            record(session, EventKind.ARTICLE_FAILED, article_id=article_id, data={"reason": reason})


def _reason(fault: Exception) -> str:
    """What to tell about a fault: the message of an error raised on purpose, with the kind of any other."""
    return str(fault) if isinstance(fault, SagesmanError) else f"{type(fault).__name__}: {fault}"
