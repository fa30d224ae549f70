"""``If-Match``: a change that is made only where nothing else has changed since its author looked."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from app.api.conditional import names_tag, tag_of

_STATUS = 412


class Precondition:
    """What the header ``If-Match`` of a request asks for; nothing where there is none."""

    def __init__(self, known: str | None) -> None:
        self._known = known

    @property
    def is_given(self) -> bool:
        """Whether there is anything to check."""
        return self._known is not None

    def check(self, *current: BaseModel) -> None:
        """Raise the problem ``precondition-failed`` (412) unless the header names one of these answers of the moment.

        They are what GET sends of the things to be changed. To be called in the transaction that changes them.
        """
        if self._known is None or any(names_tag(self._known, _tag(answer)) for answer in current):
            return
        raise HTTPException(_STATUS, "it has changed since the answer that If-Match names; nothing was done")


def _tag(answer: BaseModel) -> str:
    return tag_of(answer.model_dump_json(by_alias=True).encode())


def _precondition(
    if_match: Annotated[
        str | None,
        Header(
            alias="If-Match",
            max_length=1000,
            description="`ETag` of the answer to GET that the change goes back to. Where that answer would be another "
            "one by now, nothing is done (412).",
        ),
    ] = None,
) -> Precondition:
    return Precondition(if_match)


IfMatch = Annotated[Precondition, Depends(_precondition)]
