"""``sagesman actors``: who is who, as people judge it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from app.errors import InputError, NotFound

if TYPE_CHECKING:
    from app.storage.engine import Session
    from app.storage.judgements import JudgementRecord

app = typer.Typer(help="Join actors that are one, take apart those that are not.", no_args_is_help=True)

One = Annotated[str, typer.Argument(help="Name or id of an actor.")]
Other = Annotated[str, typer.Argument(help="Name or id of another.")]
Reason = Annotated[str | None, typer.Option(help="Why.")]
Author = Annotated[str, typer.Option(help="Who says so.")]

_MERGE = """Example:

sagesman actors merge "Niko Pashinyan" "Nikol Pasjinjan" --reason "samma person"
"""


@app.command(epilog=_MERGE)
def merge(one: One, other: Other, reason: Reason = None, author: Author = "local") -> None:
    """Say that two actors are the same: every list and answer joins them."""
    from app.storage import judgements

    _judge(one, other, judgements.merge, author, reason)


@app.command()
def split(one: One, other: Other, reason: Reason = None, author: Author = "local") -> None:
    """Say that two actors are different; what joined the two is taken back."""
    from app.storage import settling

    _judge(one, other, settling.split, author, reason)


@app.command()
def undo(
    judgement: Annotated[int, typer.Argument(help="Id of the judgement, as merge and review print it.")],
    author: Author = "local",
) -> None:
    """Take a judgement back."""
    from app.cli.wiring import database, settings_of_this_run
    from app.storage import judgements
    from app.storage.engine import transaction

    with database(settings_of_this_run(), create=False) as engine, transaction(engine) as session:
        typer.echo(_line(session, judgements.undo(session, judgement, author=author)))


@app.command()
def review(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most this many pairs.")] = 50,
    cursor: Annotated[str | None, typer.Option(help="Go on where an earlier list ended.")] = None,
) -> None:
    """Print the pairs that may be one and that nobody has judged, with the score explained."""
    from app.cli.output import note
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.engine import reading
    from app.storage.namesakes import review as pairs

    with database(settings_of_this_run(), create=False) as engine, reading(engine) as session:
        page = pairs(session, cursor, limit)
    for pair in page.items:
        typer.echo(f"{pair.judgement.id}  {pair.left.name} ({pair.left.id}) | {pair.right.name} ({pair.right.id})")
        typer.echo(f"    {pair.judgement.reason or ''}")
    if page.next_cursor is not None:
        note(f"more: --cursor {page.next_cursor}")


@app.command()
def join(
    language: Annotated[str, typer.Option("--language", "-l", help="Language of the names, ISO 639-1.")] = "sv",
) -> None:
    """Compare all stored actors anew, for a database filled by an earlier version. What people judged stays."""
    from app.cli.wiring import database, settings_of_this_run
    from app.joining import join_stored_actors

    with database(settings_of_this_run(), create=False) as engine:
        typer.echo(f"{join_stored_actors(engine, language)} joined")


def _judge(one: str, other: str, decide: Callable[..., JudgementRecord], author: str, reason: str | None) -> None:
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.engine import transaction

    with database(settings_of_this_run(), create=False) as engine, transaction(engine) as session:
        made = decide(session, _id(session, one), _id(session, other), author=author, reason=reason)
        typer.echo(_line(session, made))


def _id(session: Session, name: str) -> str:
    """The id of the one actor that ``name`` means; an id stands for itself, merged or not."""
    from app.storage.lookup import find_actors, suggest
    from app.storage.settling import named

    if named(session, [name]):
        return name
    found = find_actors(session, name)
    if not found:
        near = ", ".join(each.name for each in suggest(session, name))
        raise NotFound(f"nobody is called {name!r}" + (f"; names that are near: {near}" if near else ""))
    if len(found) > 1:
        listed = ", ".join(f"{each.id} ({each.name})" for each in found)
        raise InputError(f"several are called {name!r}; give the id of one: {listed}")
    return found[0].id


def _line(session: Session, made: JudgementRecord) -> str:
    from app.storage.settling import named

    names = named(session, (made.left_actor, made.right_actor))
    undone = f"  [undone by {made.undone_by}]" if made.undone_at else ""
    pair = f"{names[made.left_actor].name} | {names[made.right_actor].name}"
    return f"{made.id}  {made.judgement.value}  {pair}  by {made.author}{undone}"
