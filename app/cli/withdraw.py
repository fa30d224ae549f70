"""``sagesman withdraw``: a kill by hand, and taking one back."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import whoever_runs_this
from app.errors import InputError, NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.record import WithdrawalRecord


class Format(StrEnum):
    """How the outcome is printed."""

    TEXT = "text"
    JSON = "json"


_EXAMPLES = """Examples:

sagesman withdraw art_2f1d0c9b8a7e6f504132 --reason "wrong person"

sagesman withdraw urn:newsml:example:4711 --reason "killed by phone" --by "A. Ek"

sagesman withdraw urn:newsml:example:4711 --undo
"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog=_EXAMPLES)(withdraw)


def withdraw(
    article: Annotated[str, typer.Argument(metavar="ID|URI", help="Id of an article, or the sender's uri of it.")],
    reason: Annotated[str | None, typer.Option(help="Why; needed unless it is undone.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what withdraws it, the sender's kill too.")] = False,
    by: Annotated[str | None, typer.Option(help="Who decides it.", show_default="your account")] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="For people (text) or programs (json).")] = Format.TEXT,
) -> None:
    """Withdraw an article with all its versions and claims, those to come included. Nothing is deleted."""
    from dataclasses import asdict

    from app.cli.output import print_json
    from app.cli.wiring import database, settings_of_this_run
    from app.storage import withdrawals
    from app.storage.engine import transaction

    if undo == bool(reason and reason.strip()):
        raise InputError("--undo takes no --reason" if undo else "--reason is missing: say why it is withdrawn")
    author = by or whoever_runs_this()
    with database(settings_of_this_run(), create=False) as engine, transaction(engine) as session:
        ids = withdrawals.ids_named(session, article)
        if not ids:
            raise NotFound(f"no article with the id or uri {article}")
        records: Sequence[WithdrawalRecord]
        if undo:
            records = withdrawals.undo_withdrawal(session, ids[0], author=author)
        else:
            records = [withdrawals.withdraw(session, ids[0], author=author, reason=reason or "")[0]]
    if form is Format.JSON:
        print_json([asdict(record) for record in records])
        return
    covered = dict.fromkeys(article_id for record in records for article_id in record.articles)
    typer.echo("\n".join((*covered, "in force again" if undo else "withdrawn")))
