"""Bodies in newsrooms' own formats, as the OpenAPI document shows them. What is inside XML is beyond its schemas."""

from __future__ import annotations

from typing import Any

_DOCUMENT = {"type": "string", "format": "binary"}

HTML: dict[str, Any] = {
    # Whatever bytes there are, a browser makes a page of them, and so do we.
    "schema": {"description": "A page, or a piece of one."},
    "example": "<p>Baku förnekade anklagelsen.</p>",
}
NINJS: dict[str, Any] = {
    "schema": {"$ref": "#/components/schemas/NinjsIn"},
    "example": {"uri": "urn:svar", "headline": "Svar", "body_text": "Baku förnekade anklagelsen."},
}
NEWSML: dict[str, Any] = {
    "schema": {**_DOCUMENT, "description": "NewsML-G2 with its text inside."},
    "example": '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:svar"><contentSet>'
    "<inlineData>Baku förnekade anklagelsen.</inlineData></contentSet></newsItem>",
}
FEED: dict[str, Any] = {
    "schema": {**_DOCUMENT, "description": "RSS, Atom, or NewsML-G2."},
    "example": "<rss><channel><title>TT</title><item><description>Baku förnekade anklagelsen.</description></item>"
    "</channel></rss>",
}
ARTICLES: dict[str, Any] = {
    "schema": {"$ref": "#/components/schemas/ArticleIn"},
    "example": '{"text": "Baku förnekade anklagelsen."}\n{"text": "Armenien svarade."}\n',
}
"""Lines of JSON: one such object a line."""
