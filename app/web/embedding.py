"""Claims and actors for other sites: the pages that they frame, and the oEmbed answer that tells a CMS how."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from markupsafe import escape

from app.errors import NotFound
from app.storage.actors import get_actor
from app.storage.articles import get_article
from app.storage.claims import get_claim
from app.web.claim_views import claim_view
from app.web.dependencies import Reading
from app.web.rendering import address, respond, root_of, texts_of
from app.web.routing import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)

# A claim of some lines with its source fits into this on a phone too; the frame scrolls where it does not.
WIDTH, HEIGHT = 640, 340
# A day: a claim changes when rules are revised, and that is seldom.
_CACHE_SECONDS = 86_400


@router.get("/embed/claims/{claim_id}")
def framed(request: Request, session: Reading, claim_id: str) -> Response:
    """A claim alone, for a frame on any site."""
    claim = get_claim(session, claim_id)
    view = claim_view(claim, get_article(session, claim.article_id))
    return respond(request, "embed.html", embeddable=True, view=view)


@router.get("/embed/actors/{actor_id}")
def actor_framed(request: Request, session: Reading, actor_id: str) -> Response:
    """An actor in a few lines, for the frame in which OpenRefine shows whom a name may mean."""
    return respond(request, "embed_actor.html", embeddable=True, actor=get_actor(session, actor_id))


@router.get("/oembed")
def oembed(
    request: Request,
    session: Reading,
    url: Annotated[str, Query(max_length=2000)],
    maxwidth: Annotated[int, Query(ge=1)] = WIDTH,
    maxheight: Annotated[int, Query(ge=1)] = HEIGHT,
    format: str = "json",
) -> Response:
    """How to embed the claim page ``url``: oEmbed 1.0, type ``rich``, JSON only.

    Raises `NotFound` where the address is no claim page of this service.
    """
    if format != "json":
        return JSONResponse({"error": "this service answers in JSON only"}, 501)
    claim = get_claim(session, _claim_in(request, url))
    texts = texts_of(request)
    speakers = texts.listed([speaker.name for speaker in claim.speakers]) or texts("speaker.unnamed")
    title = f"{speakers}: {claim.text}"
    width, height = min(maxwidth, WIDTH), min(maxheight, HEIGHT)
    source = f"{request.url.scheme}://{request.url.netloc}{address(request, f'/embed/claims/{claim.id}')}"
    answer = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Sagesman",
        "provider_url": str(request.base_url),
        "title": title,
        "width": width,
        "height": height,
        "cache_age": _CACHE_SECONDS,
        "html": (
            f'<iframe src="{escape(source)}" width="{width}" height="{height}" title="{escape(title)}" '
            'loading="lazy" style="border:0"></iframe>'
        ),
    }
    return JSONResponse(answer, headers={"Access-Control-Allow-Origin": "*"})


def _claim_in(request: Request, url: str) -> str:
    before = f"{root_of(request)}/claims/"
    try:
        parts = urlsplit(url)
    except ValueError:
        raise NotFound("that is no address") from None
    if parts.netloc != request.url.netloc or parts.scheme not in ("http", "https") or not parts.path.startswith(before):
        raise NotFound("that is no claim page of this service")
    return parts.path.removeprefix(before)
