"""What endpoints are given: settings, a session of the request's own transaction, the place of the next page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, cast

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError

from app.api.intake import Intake, LateIntake
from app.fetching.fetcher import Fetcher
from app.settings import Settings
from app.storage.engine import Engine, Session, reading


def get_settings(request: Request) -> Settings:
    """The settings the application was made with."""
    return cast(Settings, request.app.state.settings)


def get_engine(request: Request) -> Engine:
    """The database that the application opened when it started."""
    return cast(Engine, request.app.state.engine)


def get_intake(request: Request) -> Intake:
    """Where submitted articles go, opened before the endpoint begins."""
    return cast(LateIntake, request.app.state.intake).opened()


def get_fetcher(request: Request) -> Fetcher:
    """What fetches articles that are submitted by their address."""
    return cast(Fetcher, request.app.state.fetcher)


def get_session(request: Request) -> Iterator[Session]:
    """A reading session, one a request: it ends before the answer is sent, so that a failure there still shows."""
    with reading(get_engine(request)) as session:
        yield session


def each_parameter_once(request: Request) -> None:
    """Refuse a query parameter that is given twice, since only one of the two could count."""
    names = [name for name, _ in request.query_params.multi_items()]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise RequestValidationError(
            [{"type": "repeated", "loc": ("query", name), "msg": "given more than once"} for name in twice]
        )


def link_next(request: Request, response: Response, cursor: str | None) -> None:
    """Put the address of the next page into the ``Link`` header (RFC 8288), where there is one."""
    if cursor is not None:
        address = request.url.include_query_params(cursor=cursor)
        response.headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'


SettingsOf = Annotated[Settings, Depends(get_settings)]
FetcherOf = Annotated[Fetcher, Depends(get_fetcher)]
EngineOf = Annotated[Engine, Depends(get_engine)]
IntakeOf = Annotated[Intake, Depends(get_intake)]
Reading = Annotated[Session, Depends(get_session, scope="function")]
