"""``sagesman reread`` and ``sagesman rereadings``: stored articles read anew by the rules and models of today."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import moment, whoever_runs_this
from app.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.cli.wiring import Extractors
    from app.domain.rereading import Rereading
    from app.settings import Settings
    from app.storage.engine import Engine

app = typer.Typer(help="What is being read anew, and what came of it.", no_args_is_help=True)

_EXAMPLES = """Examples:

sagesman reread --outdated

sagesman reread --since 2024-05-01 --until 2024-06-01

sagesman reread urn:newsml:example:4711 art_2f1d0c9b8a7e6f504132

sagesman reread --all --no-wait
"""


class Format(StrEnum):
    """How the outcome is printed."""

    TEXT = "text"
    JSON = "json"


Form = Annotated[Format, typer.Option("--format", "-f", help="For people (text) or programs (json).")]


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.command(epilog=_EXAMPLES)(reread)
    program.add_typer(app, name="rereadings")


def reread(
    articles: Annotated[list[str] | None, typer.Argument(metavar="ID|URI", help="Articles by id or uri.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All stored articles.")] = False,
    outdated: Annotated[
        bool, typer.Option("--outdated", help="Only what was last read by other rules or models.")
    ] = False,
    since: Annotated[str | None, typer.Option(help="Only articles from this date on, ISO 8601.")] = None,
    until: Annotated[str | None, typer.Option(help="Only articles from before this date, ISO 8601.")] = None,
    no_wait: Annotated[bool, typer.Option("--no-wait", help="Leave the reading to a running worker.")] = False,
    form: Form = Format.TEXT,
) -> None:
    """Read stored articles anew, and say what that changed. What people corrected and judged stays.

    What is begun is finished, also after a crash: by a running worker, or by sagesman rereadings resume.
    """
    from app.cli.wiring import Extractors, database, settings_of_this_run
    from app.domain.rereading import Selection
    from app.storage.engine import transaction
    from app.storage.rereading import begin

    narrowed = bool(articles) or outdated or since is not None or until is not None
    if everything == narrowed:
        raise InputError("--all goes alone" if everything else "say which: articles, --outdated, --since, or --all")
    settings = settings_of_this_run()
    extractors = Extractors(settings)
    selection = Selection(
        named=tuple(articles) if articles else None,
        since=moment(since, "--since"),
        until=moment(until, "--until"),
        outdated=extractors.edition if outdated else None,
    )
    with database(settings, create=False) as engine:
        with transaction(engine) as session:
            made = begin(session, selection, author=whoever_runs_this())
        _print([made] if no_wait else _finish(engine, settings, extractors, [made]), form)


@app.command("list")
def list_all(
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many.")] = 20, form: Form = Format.TEXT
) -> None:
    """Print rereadings, newest first."""
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.engine import reading
    from app.storage.rereading import list_rereadings

    with database(settings_of_this_run(), create=False) as engine, reading(engine) as session:
        _print(list_rereadings(session, limit=limit).items, form)


@app.command()
def resume(form: Form = Format.TEXT) -> None:
    """Finish every rereading of which something is left, as after a crash. Running workers do so by themselves."""
    from app.cli.wiring import Extractors, database, settings_of_this_run
    from app.storage.engine import reading
    from app.storage.rereading import open_rereadings

    settings = settings_of_this_run()
    with database(settings, create=False) as engine:
        with reading(engine) as session:
            left = open_rereadings(session)
        _print(_finish(engine, settings, Extractors(settings), left), form)


@app.command()
def stop(
    rereading: Annotated[str, typer.Argument(metavar="ID", help="Id of the rereading.")], form: Form = Format.TEXT
) -> None:
    """Read no more of it than has been begun. What was read stays."""
    from app.cli.wiring import database, settings_of_this_run
    from app.storage import rereading as storage
    from app.storage.engine import transaction

    with database(settings_of_this_run(), create=False) as engine, transaction(engine) as session:
        stopped = storage.stop(session, rereading)
    _print([stopped], form)


def _finish(
    engine: Engine, settings: Settings, extractors: Extractors, begun: Sequence[Rereading]
) -> Sequence[Rereading]:
    """Work until nothing of these is left to read; they as they are then."""
    from app.cli.output import progress
    from app.cli.wiring import ingest
    from app.jobs.worker import work_until
    from app.storage.engine import reading
    from app.storage.rereading import get_rereading

    def now() -> list[Rereading]:
        with reading(engine) as session:
            return [get_rereading(session, each.id) for each in begun]

    total = sum(each.waiting for each in begun)
    if total:
        with progress() as bar:
            task = bar.add_task("reading anew", total=total)

            def is_over() -> bool:
                left = sum(each.waiting for each in now())
                bar.update(task, completed=total - left)
                return left == 0

            process = ingest(engine, extractors).process_articles
            work_until(engine, process, is_over, batch_size=settings.batch_size)
    return now()


def _print(rereadings: Sequence[Rereading], form: Format) -> None:
    from app.cli.output import print_json

    if form is Format.JSON:
        print_json([asdict(each) for each in rereadings])
        return
    typer.echo("\n".join(map(_line, rereadings)) or "nothing is being read anew")


def _line(each: Rereading) -> str:
    left = f"{each.waiting} left" + (", stopped" if each.stopped_at else "")
    return (
        f"{each.id}: {each.done} of {each.total} articles read anew, {each.failed} failed, {left}; "
        f"claims: {each.added} added, {each.removed} removed, {each.changed} changed"
    )
