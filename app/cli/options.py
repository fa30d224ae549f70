"""Options that several commands share, so that they read the same everywhere."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import Annotated

import typer

from app.errors import InputError

ARTICLE_FILES = (
    "Articles: text, HTML, ninjs, NewsML-G2, RSS, Atom, JSON Feed, JSON lines, JSON lists of {doc_id, text}; "
    "or - for stdin."
)
Language = Annotated[
    str | None, typer.Option("--language", "-l", help="Language of the text, ISO 639-1.", show_default="sv")
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        help="Encoding of the files; a byte order mark goes before it.",
        show_default="utf-8, or as they say",
    ),
]
Output = Annotated[str | None, typer.Option("--output", "-o", help="Write to this file instead of stdout.")]


def moment(text: str | None, option: str) -> datetime | None:
    """The point in time that an option gives as ISO 8601, in UTC where it names no offset; raises `InputError`."""
    if text is None:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"{option}: {text!r} is no ISO 8601 date or time, such as 2023-09-19") from None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def whoever_runs_this() -> str:
    """The name under which this run signs what it changes: that of the account it runs in."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        # An account without a name, as in a container.
        return "local"
