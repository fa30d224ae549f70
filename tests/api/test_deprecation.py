"""What is going to be taken away is announced as docs/api.md promises."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import APIRouter
from fastapi.testclient import TestClient

from app import __version__
from app.api.app import create_app
from app.api.deprecation import Deprecation, deprecated, deprecation_of
from app.api.openapi import endpoints
from app.errors import NotFound
from app.settings import Settings
from tests.api.conftest import GoldQueue

SINCE, SUNSET = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
ABOUT = "https://news.example/changes#old"
CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"

router = APIRouter(prefix="/v1", tags=["service"], dependencies=[deprecated(SINCE, SUNSET, ABOUT)])


@router.get("/old", operation_id="old", summary="Old")
def old(missing: bool = False) -> dict[str, str]:
    """What was there before."""
    if missing:
        raise NotFound("nothing of that name")
    return {"answer": "yes"}


def test_answers_and_refusals_say_until_when(settings: Settings, queue: GoldQueue) -> None:
    app = create_app(settings, open_intake=lambda _: queue)
    app.include_router(router)
    with TestClient(app) as client:
        for address, status in (("/v1/old", 200), ("/v1/old?missing=true", 404), ("/v1/old?missing=x", 422)):
            answer = client.get(address)
            assert answer.status_code == status
            assert answer.headers["Deprecation"] == "@1767225600"
            assert answer.headers["Sunset"] == "Thu, 31 Dec 2026 23:59:59 GMT"
            assert answer.headers["Link"] == f'<{ABOUT}>; rel="deprecation"'
        assert "Deprecation" not in client.get("/v1/claims").headers
        document = client.get("/openapi.json").json()["paths"]
    assert document["/v1/old"]["get"]["deprecated"] is True
    assert "2026-12-31" in document["/v1/old"]["get"]["description"]
    assert "deprecated" not in document["/v1/claims"]["get"]


def test_what_is_announced_keeps_the_policy() -> None:
    changelog = CHANGELOG.read_text("utf-8")
    for route in endpoints(create_app(Settings()).routes):
        announced = deprecation_of(route)
        if announced is not None:
            assert keeps_the_policy(announced), route.path
            assert route.path in changelog


def keeps_the_policy(announced: Deprecation) -> bool:
    least = timedelta(0) if __version__.startswith("0.") else timedelta(days=182)
    return announced.since + least <= announced.sunset and announced.about.startswith(("https://", "/"))
