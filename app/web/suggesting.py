"""What a field offers while somebody types: questions with names that begin so, and names alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from app.asking.question import LONGEST_QUESTION
from app.storage.actors import search_actors
from app.storage.engine import Session
from app.web.dependencies import Reading
from app.web.language import Texts
from app.web.rendering import texts_of
from app.web.routing import PageRoute

router = APIRouter(prefix="/suggestions", route_class=PageRoute, include_in_schema=False)

_MOST = 6
# The longest names that anybody types out: "Ministeriet för nationell säkerhet".
_WORDS = 4
# Of one letter half of all names begin.
_FEWEST_LETTERS = 2
# With a name alone there are several questions for each.
_ALONE = 2

Typed = Annotated[str, Query(max_length=LONGEST_QUESTION)]


@router.get("/questions")
def questions(request: Request, session: Reading, q: Typed = "") -> Response:
    """Questions that begin as ``q`` does, its last words completed to a name."""
    return _offered(_questions(session, texts_of(request), q))


@router.get("/names")
def names(session: Reading, q: Typed = "") -> Response:
    """Names of actors that begin with the words of ``q``."""
    return _offered(_named(session, q.rpartition(";")[2]))


def _offered(found: list[str]) -> Response:
    return JSONResponse({"items": found}, headers={"Cache-Control": "no-store"})


def _questions(session: Session, texts: Texts, typed: str) -> list[str]:
    words = typed.rstrip("?").split()
    for count in range(min(_WORDS, len(words)), 0, -1):
        head, tail = words[:-count], " ".join(words[-count:])
        found = _named(session, tail)
        if found and head:
            return [f"{' '.join(head)} {name}?" for name in found]
        if found:
            return [question for name in found[: _MOST // _ALONE] for question in _about(texts, name)]
    return []


def _about(texts: Texts, name: str) -> list[str]:
    return [texts("example.says", speaker=name), texts("example.accusation", target=name)]


def _named(session: Session, typed: str) -> list[str]:
    """The names of actors that are called so, those that themselves begin so first, and of these those who say most."""
    wanted = typed.strip()
    if sum(char.isalnum() for char in wanted) < _FEWEST_LETTERS:
        return []
    found = {actor.name: actor.claim_count for actor in search_actors(session, wanted, limit=5 * _MOST).items}
    own = wanted.casefold()
    ranked = sorted(found, key=lambda name: (not name.casefold().startswith(own), -found[name]))
    return ranked[:_MOST]
