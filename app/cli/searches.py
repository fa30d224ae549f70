"""``sagesman searches``: searches that are saved, and tell of new claims that they find."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli import filters
from app.domain.record import ClaimFilter
from app.errors import InputError

app = typer.Typer(help="Save searches that tell of new claims; list and forget them.", no_args_is_help=True)

_LONGEST_NAME = 200
_EXAMPLES = """Examples:

sagesman searches add "Kreml förnekar" --question "vad förnekade Kreml"

sagesman searches add Anklagelser --act accusation --target Ryssland
"""


@app.command(epilog=_EXAMPLES)
def add(
    name: Annotated[str, typer.Argument(help="What it is called.")],
    question: Annotated[
        str | None, typer.Option(help="A plain question without a time, in place of the other options.")
    ] = None,
    speaker: filters.Speaker = None,
    target: filters.Target = None,
    act: filters.ActOption = None,
    mode: filters.ModeOption = None,
    q: filters.Words = None,
    scope: filters.ScopeOption = filters.Scope.PARTY,
) -> None:
    """Save a search and print its id. What it finds from now on is told as events, and sent to webhooks."""
    from app.cli.options import whoever_runs_this
    from app.cli.output import note
    from app.cli.wiring import database, settings_of_this_run
    from app.events.matching import keep_search
    from app.storage.engine import transaction

    wanted = ClaimFilter(speaker=speaker, target=target, act=act, mode=mode, q=q, scope=scope.value)
    if not 1 <= len(name.strip()) <= _LONGEST_NAME:
        raise InputError(f"name: 1 to {_LONGEST_NAME} characters")
    if (question is None) == (wanted == ClaimFilter(scope=scope.value)):
        raise InputError("give either --question, or at least one of --speaker, --target, --act, --mode, --q")
    with database(settings_of_this_run()) as engine, transaction(engine) as session:
        search, _, near = keep_search(session, name, question, wanted, whoever_runs_this())
    typer.echo(search.id)
    if near:
        note(f"nobody is called exactly so yet; names that are near: {', '.join(actor.name for actor in near)}")


@app.command("list")
def list_all(as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False) -> None:
    """Print the saved searches, oldest first."""
    from dataclasses import asdict

    from app.cli.output import print_json, print_table
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.engine import reading
    from app.storage.searches import all_searches

    with database(settings_of_this_run(), create=False) as engine, reading(engine) as session:
        searches = sorted(all_searches(session), key=lambda search: (search.created_at, search.id))
    if as_json:
        print_json([asdict(search) for search in searches])
        return
    rows = [
        (each.id, each.name, each.question or _told(each.wanted), f"{each.created_at:%Y-%m-%d}", each.created_by)
        for each in searches
    ]
    print_table(("id", "name", "looks for", "created", "by"), rows)


@app.command(epilog="Example:\n\nsagesman searches remove sch_0d6c1a0f3f6c7be0a1b2")
def remove(
    search_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the search, as searches list prints it.")],
) -> None:
    """Forget a search: it tells of no more claims. Events that told of earlier ones stay."""
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.engine import transaction
    from app.storage.searches import delete_search

    with database(settings_of_this_run(), create=False) as engine, transaction(engine) as session:
        delete_search(session, search_id)
    typer.echo(f"{search_id} is forgotten")


def _told(wanted: ClaimFilter) -> str:
    """A filter as one line, in the words of the options."""
    given = (
        (name, getattr(wanted, name)) for name in ("speaker", "target", "act", "mode", "q") if getattr(wanted, name)
    )
    return ", ".join([*(f"{name} {value}" for name, value in given), *(["scope own"] if wanted.scope == "own" else [])])
