"""The headers of answers, as the OpenAPI document tells of them."""

from __future__ import annotations

from typing import Any

HEADERS: dict[str, dict[str, Any]] = {
    "X-Request-ID": {
        "description": "Id of the request: the caller's, or a new one. The log has it.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"},
    },
    "ETag": {
        "description": "Names the answer: sent back as `If-None-Match` it spares sending the same again (304), as "
        "`If-Match` it keeps a change from what has changed since. Streams have none.",
        "schema": {"type": "string"},
    },
    "Link": {
        "description": 'Address of the next page, `rel="next"`, where there is one.',
        "schema": {"type": "string"},
    },
    "Location": {"description": "Address of what was made.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds after which to ask again.", "schema": {"type": "integer", "minimum": 0}},
    "WWW-Authenticate": {"description": "How to come with a key.", "schema": {"type": "string"}},
}
_WITH_REFUSALS = {"401": "WWW-Authenticate", "403": "WWW-Authenticate", "429": "Retry-After", "503": "Retry-After"}
# Those that make something with an address of its own.
_MAKERS = frozenset({"create_article", "correct_claim", "add_claim", "judge_actors", "create_search", "create_webhook"})


def add_headers(method: str, operation: dict[str, Any]) -> None:
    """Name the headers that each answer of an operation may have; what they are stands once, under components."""
    is_paged = any(parameter["name"] == "cursor" for parameter in operation.get("parameters", ()))
    for status, response in operation["responses"].items():
        names = ["X-Request-ID"]
        if status in _WITH_REFUSALS:
            names.append(_WITH_REFUSALS[status])
        if status.startswith("2"):
            names += ["ETag"] if method == "get" else []
            names += ["Link"] if is_paged else []
            names += ["Location"] if operation["operationId"] in _MAKERS else []
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in sorted(names)}
