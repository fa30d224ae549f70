"""``sagesman keys``: who may use a service that asks for keys."""

from __future__ import annotations

from typing import Annotated

import typer

from app.domain.access import Scope

app = typer.Typer(help="Make, list and revoke the API keys of the service.", no_args_is_help=True)


@app.command(epilog="Example:\n\nsagesman keys create cms --scope write --expires 365")
def create(
    name: Annotated[str, typer.Argument(help="Whose key it is; changes made with it are signed so.")],
    scope: Annotated[
        Scope, typer.Option(help="read: ask; write: also change and submit; admin: also run the service.")
    ] = Scope.READ,
    expires: Annotated[int | None, typer.Option(min=1, max=36_500, help="Days until it opens nothing.")] = None,
) -> None:
    """Make a key and print it. It is shown this once: the database keeps a hash of it."""
    from datetime import UTC, datetime, timedelta

    from app.cli.output import note
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.engine import transaction
    from app.storage.keys import create_key

    until = datetime.now(UTC) + timedelta(days=expires) if expires else None
    with database(settings_of_this_run()) as engine, transaction(engine) as session:
        record, key = create_key(session, name, scope, expires_at=until)
    note(f"{record.id} for {record.name}, scope {record.scope}, " + (f"until {until:%Y-%m-%d}" if until else "no end"))
    note("Keep it now; it cannot be shown again:")
    typer.echo(key)


@app.command("list")
def list_all(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
) -> None:
    """Print all keys, revoked and expired ones too; never their secrets."""
    from dataclasses import asdict
    from datetime import UTC, datetime

    from app.cli.output import print_json, print_table
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.engine import reading
    from app.storage.keys import KeyRecord, list_keys

    now = datetime.now(UTC)

    def standing(key: KeyRecord) -> str:
        return "revoked" if key.revoked_at else "valid" if key.is_valid(now) else "expired"

    def day(moment: datetime | None) -> str:
        return f"{moment:%Y-%m-%d}" if moment else "never"

    with database(settings_of_this_run(), create=False) as engine, reading(engine) as session:
        keys = list_keys(session)
    if as_json:
        print_json([{**asdict(key), "standing": standing(key)} for key in keys])
        return
    rows = [
        (
            key.id,
            key.name,
            key.scope.value,
            day(key.created_at),
            day(key.expires_at),
            day(key.last_used_at),
            standing(key),
        )
        for key in keys
    ]
    print_table(("id", "name", "scope", "created", "expires", "last used", "standing"), rows)


@app.command(epilog="Example:\n\nsagesman keys revoke sgm_3f9a1c2b7d4e")
def revoke(key_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the key, as keys list prints it.")]) -> None:
    """Make a key useless, at once and for good."""
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.engine import transaction
    from app.storage.keys import revoke_key

    with database(settings_of_this_run(), create=False) as engine, transaction(engine) as session:
        record, is_new = revoke_key(session, key_id)
    typer.echo(f"{record.id} ({record.name}) is revoked" if is_new else f"{record.id} was revoked already")
