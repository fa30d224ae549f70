"""Requests made up from the OpenAPI document: whatever it allows is answered as it says, all else is refused."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance, use_after_free

from app.api.app import create_app
from app.settings import Settings
from app.storage.articles import Status, save_article, set_status
from app.storage.claims import save_extraction
from app.storage.engine import migrate, open_engine, transaction
from tests.api.conftest import SEED, GoldQueue
from tests.api.refusals import is_beyond_schema
from tests.gold_extraction import gold_actor_ids, gold_article, gold_extraction


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The application over the seed article and its claims."""
    folder = tmp_path_factory.mktemp("schemathesis")
    url = f"sqlite:///{folder / 'test.db'}"
    engine = open_engine(url)
    migrate(engine)
    extraction = gold_extraction(SEED)
    with transaction(engine) as session:
        article_id, _ = save_article(session, gold_article(SEED))
        save_extraction(session, extraction, gold_actor_ids(extraction))
        set_status(session, [article_id], Status.DONE)
    yield create_app(Settings(database_url=url, max_text_chars=20_000, stream_seconds=0.05), open_intake=GoldQueue)
    engine.dispose()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def api(application: FastAPI) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", application)


# What was taken back can still be read, with who took it back.
TAKEN_BACK = {"/v1/corrections/{correction_id}", "/v1/judgements/{judgement_id}"}

DOCUMENT = create_app(Settings()).openapi()
OPERATIONS = [
    (path, method.upper(), mode)
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
    for mode in GenerationMode
    # Where any string will do, no request is wrong.
    if mode is GenerationMode.POSITIVE
    or "requestBody" in operation
    or any(parameter["in"] == "query" for parameter in operation.get("parameters", ()))
]


def label(value: object) -> str:
    return value.value if isinstance(value, GenerationMode) else str(value)


@pytest.mark.parametrize(("path", "method", "mode"), OPERATIONS, ids=label)
def test_the_interface_keeps_its_word(
    path: str, method: str, mode: GenerationMode, api: schemathesis.BaseSchema
) -> None:
    @given(case=api[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    def requests(case: schemathesis.Case) -> None:
        kept_word(case.call(), case)

    requests()


def kept_word(response: Response, case: schemathesis.Case, **known: Any) -> None:
    """Check an answer; a request that follows the document is refused for what no schema can say alone."""
    excluded: list[Any] = []
    follows = case.meta is None or case.meta.generation.mode is GenerationMode.POSITIVE
    if follows and HTTPStatus.BAD_REQUEST <= response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        length = response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        assert length or is_beyond_schema(response.json()), response.text
        excluded.append(positive_data_acceptance)
    elif response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        # A body that is refused for its length is never looked at.
        excluded.append(negative_data_rejection)
    if case.operation.path in TAKEN_BACK:
        excluded.append(use_after_free)
    case.validate_response(response, excluded_checks=excluded, **known)


def test_requests_that_follow_from_one_another_keep_it_too(api: schemathesis.BaseSchema) -> None:
    class Following(api.as_state_machine()):  # type: ignore[misc]
        def validate_response(self, response: Response, case: schemathesis.Case, **known: Any) -> None:
            known.pop("additional_checks", None)
            kept_word(response, case, transport_kwargs=known)

        def step(self, input: Any) -> Any:
            if input.transition is not None:
                followed.add(input.case.operation.label)
            return super().step(input)

    followed: set[str] = set()
    Following.run(
        settings=settings(
            max_examples=40,
            stateful_step_count=6,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
    )
    assert len(followed) > 10, followed
