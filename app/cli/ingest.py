"""``sagesman ingest``: articles into the database, with their claims."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.files import Source, address_sources, is_address, read_sources
from app.cli.options import ARTICLE_FILES, Encoding, Language, moment
from app.errors import Conflict, InputError

if TYPE_CHECKING:
    from app.domain.record import ArticleRecord
    from app.settings import Settings
    from app.storage.engine import Engine


class Format(StrEnum):
    """How the outcome is printed."""

    TABLE = "table"
    JSON = "json"


_EXAMPLES = """Examples:

sagesman ingest seeds/*.txt

sagesman ingest page.html item.json archive.jsonl.gz

SAGESMAN_FETCH_ALLOWED_HOSTS=tidningen.example sagesman ingest https://tidningen.example/karabach

curl -s https://example.org/article.txt | sagesman ingest - --title "From the wire"
"""
# What is worth a word beside the status.
_STANDINGS = {"pending": "not in force", "superseded": "an earlier version", "withdrawn": "withdrawn"}
# What can hold for one article only.
_SINGLE = ("title", "uri", "version", "byline", "published_at")


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog=_EXAMPLES)(ingest)


def ingest(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help=f"{ARTICLE_FILES} Or addresses.")],
    title: Annotated[str | None, typer.Option(help="Headline; for one article.")] = None,
    agency: Annotated[str | None, typer.Option(help="Publisher or wire agency.")] = None,
    byline: Annotated[str | None, typer.Option(help="Who wrote it; for one article.")] = None,
    uri: Annotated[str | None, typer.Option(help="The sender's identifier; for one article.")] = None,
    version: Annotated[str | None, typer.Option(help="The sender's version; for one article.")] = None,
    published: Annotated[str | None, typer.Option(help="When, ISO 8601; for one article.")] = None,
    language: Language = None,
    encoding: Encoding = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="How the outcome is printed.")] = Format.TABLE,
) -> None:
    """Store articles and their claims. The same article twice changes nothing.

    A newer version of a stored article takes its place once it was read; what its sender withdraws is withdrawn.
    What is known of an article may stand in a JSON file of the same name beside it; options go before it.
    """
    from app.cli.wiring import Extractors, database, settings_of_this_run

    given: dict[str, Any] = {
        "title": title,
        "agency": agency,
        "byline": byline,
        "uri": uri,
        "version": version,
        "published_at": moment(published, "--published"),
        "language": language,
    }
    settings = settings_of_this_run()
    sources = [
        source
        for path in files
        for source in (
            address_sources(path, settings, **given)
            if is_address(path)
            else read_sources(path, settings.max_text_chars, encoding, **given)
        )
    ]
    single = [name for name in _SINGLE if given[name] is not None]
    if len(sources) > 1 and single:
        raise InputError(f"--{single[0].removesuffix('_at')} is for one article, and these are {len(sources)}")
    extractors = Extractors(settings)
    for name in {source.article.language for source in sources if not source.withdrawn}:
        extractors.prepare(name)
    with database(settings) as engine:
        refused = _store(engine, sources)
        taken = [source for source in sources if source.name not in refused and not source.withdrawn]
        outcome = _process(engine, settings, extractors, taken)
    rows = [
        _row(source, None if source.withdrawn else outcome.get(source.article.id), refused.get(source.name))
        for source in sources
    ]
    _print(rows, form)
    if any(row["status"] == "failed" for row in rows):
        raise typer.Exit(1)


def _store(engine: Engine, sources: Sequence[Source]) -> dict[str, str]:
    """Store and queue each article, or note that it is withdrawn; those that are refused by name, with the reason."""
    from app.cli.options import whoever_runs_this
    from app.ingest import submit, take_back
    from app.jobs.queue import ArticleQueue

    refused: dict[str, str] = {}
    queue = ArticleQueue(engine)
    try:
        for source in sources:
            try:
                if source.withdrawn:
                    take_back(engine, source.article, whoever_runs_this())
                else:
                    submit(engine, queue, source.article)
            except (Conflict, InputError) as error:
                refused[source.name] = str(error)
    finally:
        queue.close()
    return refused


def _process(
    engine: Engine, settings: Settings, extractors: Any, sources: Sequence[Source]
) -> dict[str, ArticleRecord]:
    """Work until each article has its claims or has failed; the articles as stored then, by id."""
    from app.cli.output import progress
    from app.cli.wiring import ingest as path
    from app.jobs.worker import drain
    from app.storage.articles import Status, articles_by_ids, statuses
    from app.storage.engine import reading

    ids = list(dict.fromkeys(source.article.id for source in sources))
    with reading(engine) as session:
        waiting = [each for each, status in statuses(session, ids).items() if status is not Status.DONE]
    if waiting:
        with progress() as bar:
            task = bar.add_task("reading", total=len(waiting))
            drain(
                engine,
                path(engine, extractors).process_articles,
                waiting,
                batch_size=settings.batch_size,
                progress=lambda ended: bar.update(task, completed=ended),
            )
    with reading(engine) as session:
        return {record.id: record for record in articles_by_ids(session, ids)}


def _row(source: Source, record: ArticleRecord | None, refusal: str | None) -> dict[str, Any]:
    if record is None:
        # A kill leaves no article: what it did is in ``standing``.
        done, standing = ("failed", None) if refusal else ("done", "withdrawn")
        return _outcome(source, None, done, 0, refusal, standing)
    return _outcome(source, record.id, record.status, record.claim_count, record.error, record.standing.value)


def _outcome(
    source: Source, article_id: str | None, status: str, claims: int, error: str | None, standing: str | None
) -> dict[str, Any]:
    return {
        "source": source.name,
        "id": article_id,
        "uri": source.article.uri,
        "version": source.article.version,
        "status": status,
        "standing": standing,
        "claims": claims,
        "error": error,
    }


def _print(rows: Sequence[dict[str, Any]], form: Format) -> None:
    from app.cli.output import print_json, print_table

    if form is Format.JSON:
        print_json(rows)
        return
    print_table(
        ("article", "id", "status", "claims"),
        [(row["source"], row["id"] or "–", _status(row), str(row["claims"])) for row in rows],
    )


def _status(row: dict[str, Any]) -> str:
    if row["error"]:
        return f"{row['status']}: {row['error']}"
    told = _STANDINGS.get(row["standing"])
    return f"{row['status']}, {told}" if told else str(row["status"])
