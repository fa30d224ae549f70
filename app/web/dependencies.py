"""What pages are given: the stored claims, and query parameters that an empty form field leaves unset."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import BeforeValidator, Field

from app.domain.claim import Act, RelationKind
from app.storage.engine import Session, reading


def get_session(request: Request) -> Iterator[Session]:
    """A reading session, one a request; it ends before the page is sent."""
    with reading(request.app.state.engine) as session:
        yield session


def _unset(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Reading = Annotated[Session, Depends(get_session, scope="function")]

# A form sends its empty fields too.
_SetOnly = BeforeValidator(_unset)
Words = Annotated[Annotated[str, Field(max_length=500)] | None, _SetOnly, Query()]
Name = Annotated[Annotated[str, Field(max_length=300)] | None, _SetOnly, Query()]
Id = Annotated[Annotated[str, Field(max_length=100)] | None, _SetOnly, Query()]
ActChoice = Annotated[Act | None, _SetOnly, Query()]
RelationChoice = Annotated[RelationKind | None, _SetOnly, Query()]
# A year that no article is from would have no day after it, or none before.
Day = Annotated[Annotated[date, Field(ge=date(1000, 1, 1), le=date(9000, 1, 1))] | None, _SetOnly, Query()]
Cursor = Annotated[Annotated[str, Field(max_length=2000)] | None, _SetOnly, Query()]
