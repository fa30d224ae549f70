"""``sagesman db``: the schema of the database."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(help="Make the database and keep its schema up to date.", no_args_is_help=True)


@app.command(epilog="Example:\n\nSAGESMAN_DATABASE_URL=sqlite:///./news.db sagesman db upgrade")
def upgrade() -> None:
    """Make the tables, or bring them up to date. Safe to repeat; nothing is lost."""
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.engine import migrate, revision

    with database(settings_of_this_run(), migrated=False) as engine:
        before = revision(engine)
        migrate(engine)
        after = revision(engine)
    typer.echo(f"already at {after}" if before == after else f"upgraded from {before or 'empty'} to {after}")


@app.command()
def current() -> None:
    """Print the revision of the schema, or "empty" where there are no tables yet."""
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.engine import revision

    with database(settings_of_this_run(), migrated=False, create=False) as engine:
        typer.echo(revision(engine) or "empty")


@app.command()
def fold() -> None:
    """Find anew which claims are reports of one claim in copies of one text, as for a database of an older version.

    New articles need no such thing. Safe to repeat, and to stop.
    """
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.folding import fold_all

    with database(settings_of_this_run(), create=False) as engine:
        typer.echo(f"{fold_all(engine)} articles folded")


@app.command(epilog="Example:\n\nsagesman db prune --queue-days 1")
def prune(
    queue_days: Annotated[
        int | None, typer.Option(min=0, help="Days to keep ended jobs.", show_default="SAGESMAN_QUEUE_DAYS")
    ] = None,
    event_days: Annotated[
        int | None,
        typer.Option(min=0, help="Days to keep events and webhook deliveries.", show_default="SAGESMAN_EVENT_DAYS"),
    ] = None,
) -> None:
    """Forget ended jobs, published events and ended webhook deliveries that are old, as workers do every hour.

    Articles, claims and what people decided stay. Safe while workers run, and to stop.
    """
    from datetime import timedelta

    from app.cli.wiring import database, settings_of_this_run
    from app.events.publishing import prune as prune_events
    from app.jobs.pruning import prune_queue

    settings = settings_of_this_run()
    jobs_for = timedelta(days=settings.queue_days if queue_days is None else queue_days)
    events_for = timedelta(days=settings.event_days if event_days is None else event_days)
    with database(settings, create=False) as engine:
        jobs, events = prune_queue(engine, jobs_for), prune_events(engine, events_for)
    typer.echo(f"{jobs} ended jobs and {events} events and deliveries forgotten")


@app.command()
def check() -> None:
    """Exit with 0 when the schema is the newest this version knows, with 1 when it is not."""
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.engine import is_current, revision

    with database(settings_of_this_run(), migrated=False, create=False) as engine:
        if not is_current(engine):
            typer.echo(f"at {revision(engine) or 'empty'}: run sagesman db upgrade", err=True)
            raise typer.Exit(1)
    typer.echo("up to date")
