"""What `schemathesis run` is told beyond its settings: how lines of JSON are written, and which refusals are right."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

import schemathesis
from schemathesis.core.transport import Response

from tests.api.refusals import is_beyond_schema


@schemathesis.serializer("application/x-ndjson")
def lines(context: schemathesis.SerializationContext, value: Any) -> bytes:
    """A string as it stands, anything else as a line of JSON."""
    return value.encode() if isinstance(value, str) else json.dumps(value).encode() + b"\n"


@schemathesis.check
def refused_for_a_reason(context: schemathesis.CheckContext, response: Response, case: schemathesis.Case) -> None:
    """A request that follows the document is refused only for what no schema can say."""
    made = case.meta
    if made is None or not made.generation.mode.is_positive:
        return
    if HTTPStatus.BAD_REQUEST <= response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        assert response.status_code == HTTPStatus.UNAUTHORIZED or is_beyond_schema(response.json()), response.text
