"""``sagesman graph``: the graph around an actor or of an article, for other tools or as a picture."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

import typer

from app.cli.files import write_output
from app.cli.options import Output
from app.errors import NotFound


class Format(StrEnum):
    """What ``graph`` writes."""

    JSON = "json"
    GRAPHML = "graphml"
    GEXF = "gexf"
    CYTOSCAPE = "cytoscape"
    SVG = "svg"


_EXAMPLES = """Examples:

sagesman graph --actor Baku --hops 2 --format svg -o baku.svg

sagesman graph --article art_0123456789abcdef0123 --format graphml -o article.graphml
"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog=_EXAMPLES)(graph)


def graph(
    actor: Annotated[str | None, typer.Option(help="Name or id of the actor in the middle.")] = None,
    article: Annotated[str | None, typer.Option(help="Id of the article whose claims count.")] = None,
    hops: Annotated[int, typer.Option(min=1, max=4, help="How far from the actor.")] = 1,
    limit: Annotated[int, typer.Option(min=1, max=5000, help="At most this many claims.")] = 500,
    form: Annotated[Format, typer.Option("--format", "-f", help="What to write; json is node-link.")] = Format.JSON,
    fold: Annotated[bool, typer.Option("--fold", help="Picture: one box a party.")] = False,
    swedish: Annotated[bool, typer.Option("--swedish", help="Picture: labels in Swedish.")] = False,
    output: Output = None,
) -> None:
    """Write the graph of actors, claims and articles: who said what, about or against whom, who denies it."""
    from app.cli.wiring import database, settings_of_this_run
    from app.graph.actor_picture import actor_picture
    from app.graph.build import build_graph
    from app.graph.export import export
    from app.graph.svg import draw
    from app.storage.engine import reading
    from app.storage.lookup import find_actors, suggest
    from app.storage.neighbourhood import graph_rows

    with database(settings_of_this_run(), create=False) as engine, reading(engine) as session:
        ids: list[str] | None = None
        if actor is not None:
            ids = [found.id for found in find_actors(session, actor)]
            if not ids:
                near = ", ".join(each.name for each in suggest(session, actor))
                raise NotFound(f"nobody is called {actor!r}" + (f"; names that are near: {near}" if near else ""))
        rows = graph_rows(session, ids, article, hops, limit)
    built = build_graph(rows)
    if form is Format.SVG:
        language: Literal["sv", "en"] = "sv" if swedish else "en"
        write_output(output, draw(actor_picture(built, fold=fold, language=language), heading=True))
    else:
        names = {Format.JSON: "node-link"}
        write_output(output, export(built, names.get(form, form.value)))
    if rows.truncated:
        from app.cli.output import note

        note(f"only {limit} claims are in it; --limit takes more")
