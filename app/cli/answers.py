"""``sagesman ask`` and ``sagesman claims``: stored claims, by a question or by filters."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from app.cli.options import moment
from app.domain.claim import Act, Mode

MOST = 1000


class Format(StrEnum):
    """How claims are printed."""

    TEXT = "text"
    JSON = "json"


class Scope(StrEnum):
    """Whose claims answer for a speaker."""

    PARTY = "party"
    OWN = "own"


Form = Annotated[Format, typer.Option("--format", "-f", help="For people (text) or programs (json).")]
Limit = Annotated[int, typer.Option(min=1, max=MOST, help="At most this many claims.")]
Cursor = Annotated[str | None, typer.Option(help="Go on where an earlier answer ended.")]

_ASK = """Examples:

sagesman ask "what did Baku claim about Armenia?"

sagesman ask "vem anklagade Ryssland?" --format json
"""
_CLAIMS = """Examples:

sagesman claims --speaker Kreml --act denial

sagesman claims --target Ryssland --since 2023-09-01 --format json
"""


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(epilog=_ASK)(ask)
    app.command(epilog=_CLAIMS)(claims)


def ask(
    question: Annotated[str, typer.Argument(help="A question in Swedish or English.")],
    scope: Annotated[
        Scope | None, typer.Option(help="party: also those who speak for the speaker; own: the speaker alone.")
    ] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
    form: Form = Format.TEXT,
) -> None:
    """Answer a plain question from the stored claims."""
    from app.asking.answer import answer
    from app.asking.question import parse_question
    from app.cli.listing import claims_document, print_claims
    from app.cli.output import print_json
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.engine import reading

    parsed = parse_question(question)
    with database(settings_of_this_run(), create=False) as engine, reading(engine) as session:
        found = answer(session, parsed, scope=scope.value if scope else None, limit=limit, cursor=cursor)
    if form is Format.JSON:
        print_json(
            {
                "question": question,
                "sentence": found.sentence,
                "notes": found.interpretation.notes,
                "claims": claims_document(found.page.items),
                "suggestions": [actor.name for actor in found.page.suggestions],
                "next_cursor": found.page.next_cursor,
            }
        )
        return
    typer.echo(found.sentence)
    for line in found.interpretation.notes:
        typer.echo(line)
    for other in found.interpretation.offered:
        typer.echo(f"→ {other}")
    print_claims(found.page.items)
    _more(found.page.next_cursor)


def claims(
    speaker: Annotated[str | None, typer.Option(help="Name or id of who makes the claim.")] = None,
    target: Annotated[str | None, typer.Option(help="Name or id of whom it is about or against.")] = None,
    act: Annotated[Act | None, typer.Option(help="Speech act.")] = None,
    mode: Annotated[Mode | None, typer.Option(help="How the words are given.")] = None,
    q: Annotated[str | None, typer.Option(help="Words in the claim or in the printed speaker.")] = None,
    since: Annotated[str | None, typer.Option(help="Published at or after, ISO 8601.")] = None,
    until: Annotated[str | None, typer.Option(help="Published before, ISO 8601.")] = None,
    article: Annotated[str | None, typer.Option(help="Id of the article.")] = None,
    scope: Annotated[
        Scope, typer.Option(help="party: also those who speak for the speaker; own: the speaker alone.")
    ] = Scope.PARTY,
    min_confidence: Annotated[float | None, typer.Option(min=0, max=1, help="At least this confidence.")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
    form: Form = Format.TEXT,
) -> None:
    """Print the stored claims that pass all filters; without filters, all of them."""
    from app.cli.listing import claims_document, print_claims
    from app.cli.output import note, print_json
    from app.cli.wiring import database, settings_of_this_run
    from app.domain.record import ClaimFilter
    from app.storage.claims import list_claims
    from app.storage.engine import reading

    wanted = ClaimFilter(
        speaker=speaker,
        target=target,
        act=act,
        mode=mode,
        q=q,
        since=moment(since, "--since"),
        until=moment(until, "--until"),
        article=article,
        scope=scope.value,
        min_confidence=min_confidence,
    )
    with database(settings_of_this_run(), create=False) as engine, reading(engine) as session:
        page = list_claims(session, wanted, cursor, limit)
    if form is Format.JSON:
        print_json(
            {
                "claims": claims_document(page.items),
                "suggestions": [actor.name for actor in page.suggestions],
                "next_cursor": page.next_cursor,
            }
        )
        return
    print_claims(page.items)
    if not page.items:
        near = ", ".join(actor.name for actor in page.suggestions)
        note("no such claims" + (f"; names that are near: {near}" if near else ""))
    _more(page.next_cursor)


def _more(cursor: str | None) -> None:
    if cursor:
        from app.cli.output import note

        note(f"there are more: --cursor {cursor}")
