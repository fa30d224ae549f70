"""The OpenAPI document: FastAPI's, with every error as the problem it is sent as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from app import __version__
from app.api.access import is_public, keys_required, scope_of
from app.api.deprecation import deprecation_of
from app.api.links import add_links
from app.api.problems import MEDIA_TYPE, problem_kinds
from app.api.response_headers import HEADERS, add_headers
from app.api.schemas.article import AddressIn, ArticleIn, NinjsIn
from app.api.schemas.problem import Problem
from app.domain.access import Scope

DESCRIPTION = """
**Who said what, about or against whom, in the news, with the words that prove it.**

Send an article, ask "what did Baku claim?", and get claims back: speaker, target, speech act, the quoted words and
their place in the text, who denies them, and the rule that found them.

* Start with [`GET /v1/ask`](#tag/ask): a plain question in Swedish or English.
* [`GET /v1/claims`](#tag/claims) takes the same as filters; `scope=party` answers for a party with its government,
  ministries and spokespersons, and says for each claim through whom.
* [`POST /v1/articles`](#tag/articles) takes an article; with `?wait=10` its claims come back at once.
* Errors are [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) problems; `GET /problems` lists their kinds.
* Listings come in pages: follow `next`, or the `Link` header. Unknown query parameters are refused.
* Where keys are required, send `Authorization: Bearer sgm_…`. Reading takes the scope `read`, all else `write`.
* Answers to GET have an `ETag`: send it back as `If-None-Match`, and what has not changed is not sent again (304).
"""
TAGS = [
    {"name": "ask", "description": "Plain questions in Swedish and English."},
    {"name": "claims", "description": "Who says what, about or against whom, and why we think so."},
    {"name": "actors", "description": "Persons, states, bodies and groups that speak or are spoken about."},
    {"name": "corrections", "description": "What people put right, who did, and how it is taken back."},
    {"name": "articles", "description": "Articles in, and what became of them."},
    {"name": "graph", "description": "Claims as a graph, a picture, and in numbers."},
    {"name": "events", "description": "What happens: as a stream, for saved searches, sent to webhooks."},
    {"name": "reconcile", "description": "Names from spreadsheets matched with actors, as OpenRefine asks."},
    {"name": "service", "description": "Health, version, kinds of problems."},
]
# Problems that an operation says itself it may answer with.
_DECLARED = {403: "address-not-allowed", 406: "not-acceptable", 502: "upstream-failed", 504: "upstream-too-slow"}
_REF = "#/components/schemas/"
_KEYS = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "sgm_…",
        "description": "A key that `sagesman keys create` printed.",
    },
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same key in its own header."},
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Any words of your own, new for each new request. The same request under the same key is done once, "
    "and answered the same again for a day.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of ``app``, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title="Sagesman",
            version=__version__,
            summary="Who said what, about or against whom, in the news",
            description=DESCRIPTION.strip(),
            tags=TAGS,
            license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
            routes=app.routes,
        )
        schemas = made["components"]["schemas"]
        for model in (Problem, ArticleIn, AddressIn, NinjsIn):
            schema = model.model_json_schema(ref_template=_REF + "{model}")
            schemas |= schema.pop("$defs", {})
            schemas[model.__name__] = schema
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        settings = app.state.settings
        routes = {route.operation_id or route.unique_id: route for route in endpoints(app.routes)}
        for path, operations in made["paths"].items():
            for method, operation in operations.items():
                route = routes[operation["operationId"]]
                _add_problems(path, method, operation)
                announced = deprecation_of(route)
                if announced is not None:
                    operation["deprecated"] = True
                    operation["description"] += (
                        f"\n\nMay be gone after {announced.sunset:%Y-%m-%d}: see {announced.about}"
                    )
                if not is_public(path, settings):
                    scope = scope_of(route, method.upper())
                    _add_access(path, operation, scope, is_open=not keys_required(settings))
                if method == "post" and path.startswith("/v1/"):
                    operation.setdefault("parameters", []).append(_IDEMPOTENCY_KEY)
                for parameter in operation.get("parameters", ()):
                    _describe_parameter(parameter)
                add_headers(method, operation)
        add_links({each["operationId"]: each for methods in made["paths"].values() for each in methods.values()})
        made["components"]["schemas"] = dict(sorted(schemas.items()))
        made["components"]["headers"] = HEADERS
        made["components"]["securitySchemes"] = _KEYS
        app.openapi_schema = made
    return app.openapi_schema


def endpoints(routes: Sequence[BaseRoute]) -> Iterator[APIRoute]:
    """The endpoints among these routes, and in the routers that were included beside them."""
    for route in routes:
        included = getattr(route, "original_router", None)
        if isinstance(route, APIRoute):
            yield route
        elif included is not None:
            yield from endpoints(included.routes)


def _add_access(path: str, operation: dict[str, Any], scope: Scope, *, is_open: bool) -> None:
    """Which key the operation takes. An open service takes one too: it signs changes with the key's name."""
    keyed = [{name: [scope.value]} for name in _KEYS]
    operation["security"] = [{}, *keyed] if is_open else keyed
    for slug in ("unauthenticated", "missing-scope", "rate-limited"):
        _add_problem(path, operation, slug)


def _describe_parameter(parameter: dict[str, Any]) -> None:
    """A parameter that may be left out is no parameter that may be null; and its example goes into its description,
    since the pages fill in an example by themselves, and ten filters at once find nothing.
    """
    schema = parameter["schema"]
    branches = schema.pop("anyOf", None)
    if branches is not None:
        kept = [branch for branch in branches if branch != {"type": "null"}]
        schema = (kept[0] if len(kept) == 1 else {"anyOf": kept}) | schema
    examples = [example for example in schema.pop("examples", ()) if example is not None]
    description = schema.pop("description", parameter.get("description", ""))
    if examples and parameter["required"]:
        parameter["example"] = examples[0]
    elif examples and "default" not in schema:
        description = f"{description} For instance `{examples[0]}`."
    parameter["description"] = description
    schema.pop("title", None)
    parameter["schema"] = schema


def _add_problems(path: str, method: str, operation: dict[str, Any]) -> None:
    """Every problem that the operation may answer with; which, follows from what it takes."""
    parameters = {each["name"] for each in operation.get("parameters", ())}
    slugs = {422: "invalid-input", 503: "storage"}
    if "cursor" in parameters:
        slugs[400] = "bad-cursor"
    if "{" in path or parameters & {"article", "actor", "search"} or path == "/v1/judgements":
        slugs[404] = "not-found"
    slugs |= {status: slug for status, slug in _DECLARED.items() if str(status) in operation["responses"]}
    if "article" in parameters or any(f"{{{name}_id}}" in path for name in ("article", "claim", "actor")):
        slugs[410] = "withdrawn"
    if method == "post":
        slugs |= {409: "conflict", 413: "text-too-long", 415: "not-text"}
    if "If-Match" in parameters:
        slugs[412] = "precondition-failed"
    if "requestBody" in operation:
        slugs.setdefault(400, "bad-request")
    if method == "delete":
        slugs[409] = "conflict"
    if path in ("/healthz", "/v1/version") or path.startswith("/problems"):
        del slugs[503]
    for slug in slugs.values():
        _add_problem(path, operation, slug)


def _add_problem(path: str, operation: dict[str, Any], slug: str) -> None:
    kind = problem_kinds()[slug]
    example = {
        "type": kind.type,
        "title": kind.title,
        "status": kind.status,
        "detail": kind.description,
        "instance": path,
        "request_id": "5f0c9c3f5e0b4a30",
    }
    operation["responses"][str(kind.status)] = {
        "description": kind.title,
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"{_REF}Problem"}, "example": example}},
    }
    operation["responses"] = dict(sorted(operation["responses"].items()))
