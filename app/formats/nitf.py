"""The text in NITF, the older markup for news that NewsML and ninjs may carry inside."""

from __future__ import annotations

from typing import Any

from app.formats.markup import lines_of, name_of


def content_of(root: Any) -> list[str]:
    """The lines of an NITF document's content, headlines and bylines left out; all lines where it marks no content."""
    found = [element for element in root.iter() if name_of(element) == "body.content"]
    return [line for content in found for line in lines_of(content)] if found else lines_of(root)
