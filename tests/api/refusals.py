"""Refusals of requests that follow the OpenAPI document: what no schema can say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# What a question, a cursor, a language or a text is, and what stands in XML.
BEYOND_SCHEMA = {"bad-question", "bad-cursor", "unsupported-language", "empty-text", "not-text", "conflict"}
BEYOND_SCHEMA |= {"idempotency-key-reused"}
# And what depends on the settings: nothing is fetched here.
BEYOND_SCHEMA |= {"address-not-allowed"}
# And whether a correction fits an article.
BEYOND_SCHEMA |= {"bad-correction"}
# And what others did before.
BEYOND_SCHEMA |= {"not-found", "withdrawn", "precondition-failed"}
BEYOND_FIELDS = (
    "is no query batch",
    # Bytes are read as what they are, whatever media type they come with.
    "is no object",
    "holds no words",
    "belongs into the body",
    "not XML",
    "not well-formed XML",
    "XML with the root",
    "give a question, or one of",
    "a question says everything",
    "there is no saved search",
    "url: ",
    "against itself",
    "say which: articles",
    "goes alone",
)


def is_beyond_schema(problem: Mapping[str, Any]) -> bool:
    """Whether a request that follows the document may be answered with that problem."""
    slug = problem["type"].removeprefix("/problems/")
    return slug in BEYOND_SCHEMA or any(reason in problem["detail"] for reason in BEYOND_FIELDS)
