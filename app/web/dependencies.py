"""What pages are given: the stored claims, and query parameters that an empty form field leaves unset."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import BeforeValidator

from app.domain.claim import Act
from app.storage.engine import Session, reading


def get_session(request: Request) -> Iterator[Session]:
    """A reading session, one a request; it ends before the page is sent."""
    with reading(request.app.state.engine) as session:
        yield session


def _unset(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Reading = Annotated[Session, Depends(get_session, scope="function")]

# A form sends its empty fields too.
Words = Annotated[str | None, BeforeValidator(_unset), Query(max_length=500)]
Name = Annotated[str | None, BeforeValidator(_unset), Query(max_length=300)]
Id = Annotated[str | None, BeforeValidator(_unset), Query(max_length=100)]
ActChoice = Annotated[Act | None, BeforeValidator(_unset), Query()]
Cursor = Annotated[str | None, BeforeValidator(_unset), Query(max_length=2000)]
Chosen = Annotated[str | None, BeforeValidator(_unset), Query(max_length=20)]
