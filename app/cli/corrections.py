"""``sagesman correct`` and ``sagesman corrections``: claims put right by people, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import Output
from app.domain.claim import Act, Mode, TargetRole
from app.errors import InputError

if TYPE_CHECKING:
    from app.domain.correction import Correction

app = typer.Typer(help="What people put right in claims.", no_args_is_help=True)

Author = Annotated[str, typer.Option(help="Who says so.")]
_EXAMPLES = """Examples:

sagesman correct clm_9d2c1b0a5e6f70812345 --speaker "Hikmet Hajiyev" --words Hajiyev --reason "Hans citat"

sagesman correct clm_9d2c1b0a5e6f70812345 --act denial --target accused=Ryssland

sagesman correct clm_9d2c1b0a5e6f70812345 --reject --reason "Berättarens ord"

sagesman correct clm_9d2c1b0a5e6f70812345 --undo
"""
_EXPORT = """Example:

sagesman corrections export --output gold.json
"""


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.command(epilog=_EXAMPLES)(correct)
    program.add_typer(app, name="corrections")


def correct(
    claim: Annotated[str, typer.Argument(help="Id of the claim.")],
    speaker: Annotated[
        str | None, typer.Option(help="Name or id of who makes the claim; empty for a source that is not named.")
    ] = None,
    words: Annotated[
        str | None, typer.Option(help="The words that name the speaker in the article; empty for none.")
    ] = None,
    act: Annotated[Act | None, typer.Option(help="Speech act.")] = None,
    mode: Annotated[Mode | None, typer.Option(help="How the words are given.")] = None,
    target: Annotated[
        list[str] | None, typer.Option(help="ROLE=NAME of whom it is directed at, all of them; empty for nobody.")
    ] = None,
    reject: Annotated[bool, typer.Option("--reject", help="It is no claim at all.")] = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="All of it is right.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take its newest correction back.")] = False,
    reason: Annotated[str | None, typer.Option(help="Why.")] = None,
    author: Author = "local",
) -> None:
    """Put a claim right, so that it stays right when its article is read anew."""
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.articles import get_article
    from app.storage.claims import get_claim
    from app.storage.corrections import confirm_claim, edit_claim, reject_claim, undo_correction
    from app.storage.engine import transaction
    from app.storage.history import history
    from app.storage.wording import Worded, worded_change

    edits = [value for value in (speaker, words, act, mode, target) if value is not None]
    if [bool(edits), reject, confirm, undo].count(True) != 1:
        raise InputError("give what to set, or one of --reject, --confirm and --undo")
    with database(settings_of_this_run(), create=False) as engine, transaction(engine) as session:
        if undo:
            standing = [each for each in history(session, claim) if each.in_force]
            if not standing:
                raise InputError(f"claim {claim} has no correction to take back")
            made = undo_correction(session, standing[-1].id, author=author)
        elif reject:
            made = reject_claim(session, claim, author=author, reason=reason)
        elif confirm:
            made = confirm_claim(session, claim, author=author, reason=reason)
        else:
            known = get_claim(session, claim)
            asked = Worded(speaker, words, act, mode, _targets(target) if target is not None else None)
            change = worded_change(get_article(session, known.article_id).text, known, asked)
            made = edit_claim(session, claim, change, author=author, reason=reason)
    typer.echo(_line(made))


@app.command("list")
def list_all(
    unfit: Annotated[bool, typer.Option("--unfit", help="Only those that no longer fit a claim.")] = False,
    article: Annotated[str | None, typer.Option(help="Id of the article.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most this many.")] = 100,
) -> None:
    """Print corrections, newest first, those that were taken back too."""
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.engine import reading
    from app.storage.history import list_corrections

    with database(settings_of_this_run(), create=False) as engine, reading(engine) as session:
        page = list_corrections(session, limit=limit, article_id=article, applied=False if unfit else None)
    for made in page.items:
        typer.echo(_line(made))


@app.command(epilog=_EXPORT)
def export(output: Output = None) -> None:
    """Write the articles with checked claims in the format of the gold files that the evaluation scores against."""
    import json

    from app.cli.files import write_output
    from app.cli.output import note
    from app.cli.wiring import database, settings_of_this_run
    from app.formats.gold import gold_document
    from app.storage.engine import reading
    from app.storage.history import checked_articles

    with database(settings_of_this_run(), create=False) as engine, reading(engine) as session:
        documents = [gold_document(each.text, each.extraction, each.checked) for each in checked_articles(session)]
    # One article a line, as the gold files have them: changes of one show as changes of one line.
    lines = ",\n".join(json.dumps(document, ensure_ascii=False) for document in documents)
    write_output(output, f"[\n{lines}\n]\n" if documents else "[]\n")
    note(f"{len(documents)} articles with checked claims")


def _targets(given: list[str]) -> list[tuple[TargetRole, str]]:
    targets = []
    for each in given:
        if not each.strip():
            continue
        role, equals, name = each.partition("=")
        try:
            targets.append((TargetRole(role.strip()), name.strip()))
        except ValueError:
            equals = ""
        if not equals or not name.strip():
            roles = ", ".join(known.value for known in TargetRole)
            raise InputError(f"--target {each!r}: give ROLE=NAME, where ROLE is one of {roles}")
    return targets


def _line(made: Correction) -> str:
    """``17  edit speaker, act  clm_…  by Ada, 2024-03-01 09:30: why``, with what became of it."""
    fields = " ".join(["", ", ".join(field.value for field in made.fields)]) if made.kind.value == "edit" else ""
    state = ""
    if made.undone_at is not None:
        state = f"  [undone by {made.undone_by}, {made.undone_at:%Y-%m-%d %H:%M}]"
    elif not made.applied:
        state = "  [fits no claim]"
    why = f": {made.reason}" if made.reason else ""
    return (
        f"{made.id}  {made.kind.value}{fields}  {made.claim_id}  by {made.author}, {made.at:%Y-%m-%d %H:%M}{why}{state}"
    )
