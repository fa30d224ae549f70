"""The application: `create_app` puts it together; the entry points give it settings and serve it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import Depends, FastAPI
from fastapi_offline import FastAPIOffline
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware

from app import __version__
from app.api import (
    actors,
    articles,
    ask,
    claims,
    corrections,
    deliveries,
    events,
    exports,
    graph,
    health,
    judgements,
    marks,
    reconcile,
    rereadings,
    searches,
    versions,
    webhooks,
)
from app.api.access import admit
from app.api.conditional import Conditional
from app.api.cross_origin import allow_origins
from app.api.dependencies import each_parameter_once
from app.api.deprecation import Announcements
from app.api.feed import EventFeed
from app.api.gate import Gate
from app.api.idempotency import Idempotency
from app.api.intake import LateIntake, OpenIntake, open_queue
from app.api.middleware import RequestLog
from app.api.openapi import document
from app.api.problems import add_problem_handlers
from app.api.stopping import on_stop_signals
from app.fetching.articles import fetcher_of
from app.fetching.fetcher import Fetcher
from app.settings import Settings
from app.storage.engine import Engine, migrate, open_engine

# Smaller answers grow by being compressed.
_LEAST_COMPRESSED = 1024


def create_app(settings: Settings, *, open_intake: OpenIntake = open_queue, fetcher: Fetcher | None = None) -> FastAPI:
    """The application for these settings. It opens the database when it starts, and closes it when it ends.

    ``open_intake`` gives the queue that submitted articles go to, ``fetcher`` fetches those that are submitted by their
    address, instead of the one that the settings ask for. Starting raises `StorageError` where the database
    cannot be opened or brought up to date.
    """
    app: FastAPI = FastAPIOffline(
        title="Sagesman",
        version=__version__,
        lifespan=partial(_lifespan, settings=settings, open_intake=open_intake),
        dependencies=[Depends(admit), Depends(each_parameter_once)],
        # A path with a stray slash is another address, and says so, rather than a redirect that loses the body.
        redirect_slashes=False,
        swagger_ui_parameters={"tryItOutEnabled": True, "displayRequestDuration": True, "docExpansion": "list"},
    )
    app.state.settings = settings
    app.state.fetcher = fetcher or fetcher_of(settings)
    # From the endpoints outwards: what is added last sees a request first.
    app.add_middleware(Announcements)
    app.add_middleware(Idempotency, settings=settings)
    app.add_middleware(Conditional)
    app.add_middleware(GZipMiddleware, minimum_size=_LEAST_COMPRESSED)
    app.add_middleware(Gate, settings=settings)
    allow_origins(app, settings.cors_origins or ())
    app.add_middleware(reconcile.AcrossOrigins)
    app.add_middleware(RequestLog)
    add_problem_handlers(app)
    asked = (ask, claims, exports, corrections, actors, judgements, articles, marks, versions, deliveries, graph)
    for part in (*asked, reconcile, events, searches, webhooks, rereadings, health):
        app.include_router(part.router)
    app.openapi = partial(document, app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI, *, settings: Settings, open_intake: OpenIntake) -> AsyncIterator[None]:
    engine = await run_in_threadpool(_open_database, settings.database_url)
    try:
        app.state.engine = engine
        app.state.intake = LateIntake(engine, open_intake)
        app.state.feed = EventFeed(engine)
        try:
            with on_stop_signals(app.state.feed.close):
                yield
        finally:
            await app.state.feed.ended()
            app.state.intake.close()
    finally:
        engine.dispose()


def _open_database(url: str) -> Engine:
    engine = open_engine(url)
    migrate(engine)
    return engine
