"""Whether the service lives, whether it can work, which version it is, and what its problems mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query

from app import __version__
from app.api.dependencies import EngineOf, Reading
from app.api.problems import problem_kinds
from app.api.schemas.base import NoQuery
from app.api.schemas.health import Alive, Ready, ServiceVersion
from app.api.schemas.problem import ProblemKind
from app.errors import NotFound, StorageError
from app.storage.articles import Status, counts
from app.storage.engine import is_current
from app.storage.workers import newest_report

router = APIRouter(tags=["service"])

# A worker reports every few seconds; one that was silent for this long has ended or hangs.
_WORKER_SILENCE = timedelta(seconds=60)


@router.get("/healthz", operation_id="health", summary="Alive?")
def health(query: Annotated[NoQuery, Query()]) -> Alive:
    """Answers as long as the process does; looks at nothing else, so that a slow database does not restart it."""
    return Alive()


@router.get("/readyz", operation_id="ready", summary="Ready?")
def ready(engine: EngineOf, session: Reading, query: Annotated[NoQuery, Query()]) -> Ready:
    """Whether questions can be answered: the database answers and its schema is current. Else 503.

    A missing worker is told of and is no reason to refuse: what is stored can be read, and new articles are kept.
    """
    if not is_current(engine):
        raise StorageError("the schema of the database is not current: run sagesman db upgrade")
    articles, reported = counts(session), newest_report(session)
    return Ready(
        worker="running" if reported and datetime.now(UTC) - reported < _WORKER_SILENCE else "absent",
        queued=articles[Status.QUEUED],
        processing=articles[Status.PROCESSING],
        done=articles[Status.DONE],
        failed=articles[Status.FAILED],
    )


@router.get("/v1/version", operation_id="version", summary="Version")
def version(query: Annotated[NoQuery, Query()]) -> ServiceVersion:
    """Which version of Sagesman, and of this interface, is running."""
    return ServiceVersion(version=__version__)


@router.get("/problems", operation_id="list_problems", summary="All kinds of problems")
def list_problems(query: Annotated[NoQuery, Query()]) -> list[ProblemKind]:
    """Every kind of problem that errors come as."""
    return list(problem_kinds().values())


@router.get("/problems/{slug}", operation_id="explain_problem", summary="What a problem means")
def explain_problem(
    slug: Annotated[str, Path(description="Last part of a problem's type.", examples=["bad-cursor"])],
    query: Annotated[NoQuery, Query()],
) -> ProblemKind:
    """What the `type` of a problem means."""
    kinds = problem_kinds()
    if slug not in kinds:
        raise NotFound(f"no problem is called {slug!r}; there are {', '.join(kinds)}")
    return kinds[slug]
