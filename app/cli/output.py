"""What the commands print: tables on stdout, progress on stderr where a person watches."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from app.cli.files import write_output

# Wide enough for a claim on few lines where no terminal says how wide it is (a file, a pipe).
_UNWATCHED_WIDTH = 140


def console() -> Console:
    """The console for results, on stdout."""
    return Console(width=None if sys.stdout.isatty() else _UNWATCHED_WIDTH, highlight=False, emoji=False)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None) -> str:
    """Rows under their headings, drawn for stdout; cells are text, never markup, and long ones fold."""
    drawn = Table(title=title, title_justify="left", show_lines=True)
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    drawer = console()
    with drawer.capture() as captured:
        drawer.print(drawn)
    return captured.get()


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None) -> None:
    """Print such a table."""
    sys.stdout.write(table(columns, rows, title))


def as_json(value: Any) -> str:
    """A value as indented JSON, Swedish letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n"


def print_json(value: Any) -> None:
    """Print a value as `as_json` writes it."""
    write_output(None, as_json(value))


def note(message: str) -> None:
    """One line for the person at the terminal, on stderr."""
    sys.stderr.write(f"{message}\n")


def progress() -> Progress:
    """A progress bar on stderr; where that is no terminal it shows nothing."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


@contextmanager
def download_progress() -> Iterator[Callable[[str, int, int | None], None]]:
    """A bar for each file that arrives, on stderr: call what is given with its name, bytes so far, bytes in all."""
    bars: dict[str, TaskID] = {}
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as shown:

        def report(name: str, done: int, total: int | None) -> None:
            if name not in bars:
                bars[name] = shown.add_task(name, total=total)
            shown.update(bars[name], completed=done, total=total)

        yield report
