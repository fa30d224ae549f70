"""``sagesman ask`` and ``sagesman claims``: stored claims, by a question or by filters."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from app.cli import filters
from app.cli.files import write_output
from app.cli.options import Output
from app.errors import InputError

MOST = 1000


class Format(StrEnum):
    """How claims are printed."""

    TEXT = "text"
    JSON = "json"


class ListFormat(StrEnum):
    """How lists of claims are printed."""

    TEXT = "text"
    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    JSONL = "jsonl"
    JSONLD = "jsonld"


Form = Annotated[Format, typer.Option("--format", "-f", help="For people (text) or programs (json).")]
Limit = Annotated[int, typer.Option(min=1, max=MOST, help="At most this many claims.")]
Cursor = Annotated[str | None, typer.Option(help="Go on where an earlier answer ended.")]

_ASK = """Examples:

sagesman ask "what did Baku claim about Armenia?"

sagesman ask "vem anklagade Ryssland?" --format json
"""
_CLAIMS = """Examples:

sagesman claims --speaker Kreml --act denial

sagesman claims --target Ryssland --since 2023-09-01 --format csv -o ryssland.csv
"""


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(epilog=_ASK)(ask)
    app.command(epilog=_CLAIMS)(claims)


def ask(
    question: Annotated[str, typer.Argument(help="A question in Swedish or English.")],
    scope: Annotated[
        filters.Scope | None, typer.Option(help="party: also those who speak for the speaker; own: the speaker alone.")
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
    speaker: filters.Speaker = None,
    target: filters.Target = None,
    act: filters.ActOption = None,
    mode: filters.ModeOption = None,
    q: filters.Words = None,
    since: filters.Since = None,
    until: filters.Until = None,
    article: filters.ArticleId = None,
    scope: filters.ScopeOption = filters.Scope.PARTY,
    min_confidence: filters.MinConfidence = None,
    limit: Limit = 100,
    cursor: Cursor = None,
    form: Annotated[
        ListFormat,
        typer.Option("--format", "-f", help="For people (text, table), or for programs and files (the others)."),
    ] = ListFormat.TEXT,
    base: filters.Base = None,
    output: Output = None,
) -> None:
    """Print the stored claims that pass all filters, a page of them; `sagesman export` writes all."""
    from app.cli.listing import claims_document, claims_table, print_claims
    from app.cli.output import as_json, note
    from app.cli.wiring import database, settings_of_this_run
    from app.formats.claim_file import ClaimFile, claim_file
    from app.lexicon.wikidata import entity_of
    from app.storage.claims import list_claims
    from app.storage.engine import reading

    wanted = filters.claim_filter(
        speaker, target, act, mode, q, since, until, article, scope=scope, min_confidence=min_confidence
    )
    if output is not None and form is ListFormat.TEXT:
        raise InputError("--output takes a format: csv, jsonl, jsonld, json or table")
    settings = settings_of_this_run()
    with database(settings, create=False) as engine, reading(engine) as session:
        page = list_claims(session, wanted, cursor, limit)
    if form is ListFormat.JSON:
        document = {
            "claims": claims_document(page.items),
            "suggestions": [actor.name for actor in page.suggestions],
            "next_cursor": page.next_cursor,
        }
        write_output(output, as_json(document))
        return
    if form is ListFormat.TEXT:
        print_claims(page.items)
    elif form is ListFormat.TABLE:
        write_output(output, claims_table(page.items))
    else:
        pieces = claim_file(ClaimFile(form.value), page.items, filters.base_address(base, settings), entity_of)
        write_output(output, "".join(pieces))
    if not page.items:
        near = ", ".join(actor.name for actor in page.suggestions)
        note("no such claims" + (f"; names that are near: {near}" if near else ""))
    _more(page.next_cursor)


def _more(cursor: str | None) -> None:
    if cursor:
        from app.cli.output import note

        note(f"there are more: --cursor {cursor}")
