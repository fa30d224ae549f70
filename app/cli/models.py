"""``sagesman models``: the parsing models, bundled and downloaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

_COLUMNS = ("origin", "language", "processor", "package")

app = typer.Typer(help="Look at the parsing models, or fetch Stanza's own larger ones.", no_args_is_help=True)


@app.command("list")
def list_models(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Print the models at hand: the bundled ones and those that were downloaded."""
    from app.cli.output import print_json, print_table
    from app.cli.wiring import settings_of_this_run
    from app.parsing.stanza_parser import BUNDLED_MODELS

    downloaded = settings_of_this_run().model_dir
    found = [*_files("bundled", BUNDLED_MODELS), *_files("downloaded", downloaded)]
    if as_json:
        print_json(found)
        return
    rows = [[*(str(model[key]) for key in _COLUMNS), f"{model['bytes'] / 1e6:.1f}"] for model in found]
    print_table((*_COLUMNS, "MB"), rows)


@app.command(epilog="Example:\n\nsagesman models download sv && SAGESMAN_STANZA_PACKAGE=default sagesman serve")
def download(
    language: Annotated[str, typer.Argument(help="Language, ISO 639-1.")] = "sv",
    package: Annotated[str, typer.Option(help="Stanza package.")] = "default",
) -> None:
    """Fetch one of Stanza's own packages into the model folder; needs the network."""
    from app.cli.output import download_progress, note
    from app.cli.wiring import settings_of_this_run
    from app.parsing.models_download import download as fetch

    directory = settings_of_this_run().model_dir
    with download_progress() as report:
        files = fetch(language, package, directory, progress=report)
    note(f"{len(files)} models of package {package} are in {directory}")
    note(f"to parse with them: SAGESMAN_STANZA_PACKAGE={package} SAGESMAN_MODEL_DIR={directory}")


@app.command()
def path() -> None:
    """Print the folder that the parser reads its models from, as things are set."""
    from app.cli.wiring import settings_of_this_run
    from app.parsing.stanza_parser import BUNDLED_MODELS

    settings = settings_of_this_run()
    typer.echo(str(settings.model_dir if settings.stanza_package else BUNDLED_MODELS))


def _files(origin: str, directory: Path) -> Iterator[dict[str, Any]]:
    """The model files below a Stanza resources directory: ``LANGUAGE/PROCESSOR/PACKAGE.pt``."""
    for file in sorted(directory.glob("*/*/*.pt")):
        language, processor = file.parts[-3:-1]
        yield {
            "origin": origin,
            "language": language,
            "processor": processor,
            "package": file.stem,
            "bytes": file.stat().st_size,
            "path": str(file),
        }
