"""The command ``sagesman`` put together: its subcommands, and how errors become exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated

import typer
from typer.exceptions import Abort, TyperException

from app.cli import (
    actors,
    answers,
    corrections,
    database,
    export,
    extract,
    graphs,
    ingest,
    keys,
    models,
    reread,
    searches,
    service,
    webhooks,
    withdraw,
)
from app.errors import InputError, NotFound, SagesmanError, SettingsError

OK, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="sagesman",
    help="Who said what, about or against whom, in the news: extract claims, keep them, ask for them.",
    epilog="Settings are environment variables that start with SAGESMAN_; docs/settings.md lists them.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)

extract.register(app)
ingest.register(app)
withdraw.register(app)
answers.register(app)
export.register(app)
graphs.register(app)
corrections.register(app)
reread.register(app)
service.register(app)
app.add_typer(actors.app, name="actors")
app.add_typer(database.app, name="db")
app.add_typer(keys.app, name="keys")
app.add_typer(models.app, name="models")
app.add_typer(searches.app, name="searches")
app.add_typer(webhooks.app, name="webhooks")


@app.callback()
def _root() -> None:
    """Turn articles into claims with their speakers, and ask who said what."""


@app.command()
def version(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Also name the Python and where it is.")] = False,
) -> None:
    """Print the version of Sagesman."""
    from app import __version__

    typer.echo(f"sagesman {__version__}")
    if verbose:
        typer.echo(f"Python {sys.version.split()[0]} ({sys.executable})")


def run(arguments: Sequence[str]) -> int:
    """Run one command line (without the program's name) and return its exit code; errors go to stderr as one line."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter shows a question mark; results in files are UTF-8 in any case.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        result = typer.main.get_command(app).main(list(arguments), prog_name="sagesman", standalone_mode=False)
        sys.stdout.flush()
    except SagesmanError as error:
        return _fail(str(error), BAD_INPUT if isinstance(error, InputError | NotFound | SettingsError) else FAILED)
    except TyperException as error:
        context = getattr(error, "ctx", None)
        where = f" (see {context.command_path} --help)" if context else ""
        return _fail(f"{error.format_message()}{where}", error.exit_code)
    except (Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit as leaving:
        # Typer and rich leave so, quietly, when the reader of stdout goes away; uvicorn after it has logged why.
        return leaving.code if isinstance(leaving.code, int) else FAILED
    except BrokenPipeError:
        # Whatever is still buffered has nowhere to go; without this Python would complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return result if isinstance(result, int) else OK


def _fail(message: str, code: int) -> int:
    sys.stderr.write(f"sagesman: {' '.join(message.split())}\n")
    return code
