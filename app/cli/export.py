"""``sagesman export``: every claim that passes the filters, written while it is read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer

from app.cli import filters
from app.cli.options import Output
from app.errors import InputError
from app.formats.claim_file import ClaimFile, claim_file

_EXAMPLES = """Examples:

sagesman export --format csv -o claims.csv

sagesman export --speaker Kreml --since 2023-09-01 | gzip > kreml.jsonl.gz
"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog=_EXAMPLES)(export)


def export(
    form: Annotated[ClaimFile, typer.Option("--format", "-f", help="What to write.")] = ClaimFile.JSONL,
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
    base: filters.Base = None,
    output: Output = None,
) -> None:
    """Write all stored claims that pass the filters to a file, however many: memory stays the same."""
    from app.cli.wiring import database, settings_of_this_run
    from app.lexicon.wikidata import entity_of
    from app.storage.export import every_claim

    wanted = filters.claim_filter(
        speaker, target, act, mode, q, since, until, article, scope=scope, min_confidence=min_confidence
    )
    settings = settings_of_this_run()
    with database(settings, create=False) as engine:
        claims = every_claim(engine, wanted)
        with _opened(output) as file:
            for piece in claim_file(form, claims, filters.base_address(base, settings), entity_of):
                file.write(piece.encode())


@contextmanager
def _opened(path: str | None) -> Iterator[IO[bytes]]:
    """The file to write, or stdout. A file takes its name when it is whole: what stood there stays until then.

    Raises `InputError` where it cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = Path(f"{path}.part")
    try:
        with part.open("wb") as file:
            yield file
        os.replace(part, path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)
