"""``/v1/reconcile``: names from a spreadsheet matched with actors, as OpenRefine asks (Reconciliation API 0.2)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from pydantic import TypeAdapter, ValidationError
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from app import __version__
from app.api.access import needs, path_of
from app.api.dependencies import Reading
from app.api.schemas.base import NoQuery
from app.api.schemas.reconcile import (
    BATCH,
    CandidateOut,
    ManifestOut,
    PrefixQuery,
    PreviewOut,
    QueryIn,
    ReconcileQuery,
    ResultOut,
    ServiceOut,
    SuggestedEntities,
    SuggestedEntity,
    SuggestedTypes,
    SuggestOut,
    TypeOut,
    ViewOut,
)
from app.domain import access
from app.domain.actor import ActorKind
from app.errors import InputError
from app.storage.engine import Session
from app.storage.reconciling import candidates, with_prefix

_PATH = "/v1/reconcile"
_BATCH = TypeAdapter(dict[str, QueryIn])
_PROPERTIES = (
    TypeOut(id="territory", name="Territory (ISO 3166 code)"),
    TypeOut(id="role", name="Title"),
)
_SUGGESTED = ("entity", "type", "property")
_PREVIEW = "/embed/actors/"
_WIDTH, _HEIGHT = 400, 200

router = APIRouter(prefix=_PATH, tags=["reconcile"])


class AcrossOrigins:
    """Lets pages of any origin ask the reconciliation service, as its protocol demands, and nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._open = CORSMiddleware(app, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        path = path_of(scope) if scope["type"] == "http" else ""
        is_ours = path == _PATH or path.startswith((f"{_PATH}/", _PREVIEW))
        await (self._open if is_ours else self._app)(scope, receive, send)


@router.get("", operation_id="reconcile", summary="The service, or a batch of names", response_model_exclude_none=True)
def reconcile(
    request: Request, session: Reading, query: Annotated[ReconcileQuery, Query()]
) -> ManifestOut | dict[str, ResultOut]:
    """Without `queries` what the service is and where its parts are; with `queries` the candidates for each name."""
    return _manifest(request) if query.queries is None else _answers(session, query.queries)


@router.post("", operation_id="reconcile_batch", summary="A batch of names", dependencies=[needs(access.Scope.READ)])
def reconcile_batch(
    session: Reading,
    queries: Annotated[
        str,
        Form(
            min_length=1,
            description="A query batch: a JSON object of queries by names of the client's own.",
            examples=['{"q0": {"query": "Baku", "type": "state"}}'],
        ),
    ],
    query: Annotated[NoQuery, Query()],
) -> dict[str, ResultOut]:
    """The candidates for each name, best first, with a score from 0 to 100.

    `match` marks the one candidate that is meant beyond doubt: printed exactly so, at odds with no property, without
    namesakes. A type is a kind of actor; the properties are `territory` and `role`.
    """
    return _answers(session, queries)


@router.get("/suggest/entity", operation_id="suggest_entity", summary="Complete a name")
def suggest_entity(session: Reading, query: Annotated[PrefixQuery, Query()]) -> SuggestedEntities:
    """Actors whose names hold words that begin so; near names where there are none."""
    found = with_prefix(session, query.prefix, query.limit)
    return SuggestedEntities(result=[SuggestedEntity.of(actor) for actor in found])


@router.get("/suggest/type", operation_id="suggest_type", summary="Complete a type")
def suggest_type(query: Annotated[PrefixQuery, Query()]) -> SuggestedTypes:
    """Kinds of actors whose names begin so."""
    return _beginning([TypeOut.of(kind) for kind in ActorKind], query)


@router.get("/suggest/property", operation_id="suggest_property", summary="Complete a property")
def suggest_property(query: Annotated[PrefixQuery, Query()]) -> SuggestedTypes:
    """Properties whose names begin so."""
    return _beginning(list(_PROPERTIES), query)


def _beginning(types: list[TypeOut], query: PrefixQuery) -> SuggestedTypes:
    begun = query.prefix.strip().casefold()
    found = [each for each in types if each.name.casefold().startswith(begun) or each.id.startswith(begun)]
    return SuggestedTypes(result=found[: query.limit])


def _answers(session: Session, queries: str) -> dict[str, ResultOut]:
    try:
        batch = _BATCH.validate_json(queries)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise InputError(f"queries is no query batch: {f'{place}: ' if place else ''}{fault['msg']}") from None
    if len(batch) > BATCH:
        raise InputError(f"queries is no query batch: it holds {len(batch)} queries, the most are {BATCH}")
    for name, query in batch.items():
        if query.query is None and not query.properties:
            raise InputError(f"queries is no query batch: {name}: neither a query nor properties")
    return {
        name: ResultOut(result=[CandidateOut.of(each) for each in candidates(session, query.asked())])
        for name, query in batch.items()
    }


def _manifest(request: Request) -> ManifestOut:
    root = str(request.base_url).rstrip("/")
    suggest = {kind: ServiceOut(service_url=root, service_path=f"{_PATH}/suggest/{kind}") for kind in _SUGGESTED}
    return ManifestOut(
        versions=["0.2"],
        name="Sagesman",
        identifierSpace=f"{root}/v1/actors/",
        schemaSpace="https://schema.org/Thing",
        serviceVersion=__version__,
        documentation=f"{root}/docs#/reconcile",
        defaultTypes=[TypeOut.of(kind) for kind in ActorKind],
        batchSize=BATCH,
        view=ViewOut(url=f"{root}/actors/{{{{id}}}}"),
        preview=PreviewOut(url=f"{root}{_PREVIEW}{{{{id}}}}", width=_WIDTH, height=_HEIGHT),
        suggest=SuggestOut(entity=suggest["entity"], type=suggest["type"], property=suggest["property"]),
    )
