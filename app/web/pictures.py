"""Pictures of the graph for pages. Imported when the first is drawn: its library is slow to load."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from functools import lru_cache

from fastapi import Request
from markupsafe import Markup

from app.domain.record import Subgraph
from app.graph.actor_picture import actor_picture
from app.graph.build import build_graph
from app.graph.claim_picture import claim_picture
from app.graph.picture import Links
from app.graph.svg import draw
from app.web.language import LANGUAGES, Language
from app.web.rendering import Drawing, root_of, texts_of

# A picture of 40 actors takes half a second to lay out and some 50 kB to keep; a front page asks for the same one
# again and again.
_KEPT = 64
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def actors_drawn(request: Request, rows: Subgraph, *, fold: bool = True, most: int = 40) -> Drawing | None:
    """Who speaks about, to and against whom in these rows; ``None`` where nobody does."""
    links = _links(request, fold)
    return _drawn("actors", _bare(rows), fold, most, texts_of(request).language, links) if rows.claims else None


def claims_drawn(request: Request, rows: Subgraph, *, most: int = 30) -> Drawing | None:
    """The claims of these rows and how they bear on one another; ``None`` where there are none."""
    links = _links(request, False)
    return _drawn("claims", _bare(rows), False, most, texts_of(request).language, links) if rows.claims else None


@lru_cache(maxsize=_KEPT)
def _drawn(what: str, rows: Subgraph, fold: bool, most: int, language: Language, links: Links) -> Drawing:
    graph = build_graph(rows)
    if what == "actors":
        picture = actor_picture(graph, fold=fold, language=language, links=links, most=most)
    else:
        picture = claim_picture(graph, language=language, links=links, most=most)
    svg = draw(picture, scope=f"picture-{what}")
    found = _STYLE.search(svg)
    assert found is not None, "a picture without a style"
    digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode("ascii")
    return Drawing(Markup(svg), digest, picture.summary)


def _bare(rows: Subgraph) -> Subgraph:
    """The rows without their articles, whose texts no picture shows and which would be kept with it."""
    return replace(rows, articles=())


def _links(request: Request, fold: bool) -> Links:
    """Where boxes and links lead, in the language that the reader chose."""
    chosen = request.query_params.get("lang")
    first = f"?lang={chosen}" if chosen in LANGUAGES else ""
    pair = "" if fold else f"{'&' if first else '?'}apart=1"
    return Links(
        root_of(request),
        actor=f"/actors/{{id}}{first}",
        claim=f"/claims/{{id}}{first}",
        pair=f"/against/{{speaker}}/{{target}}{first}{pair}",
    )
