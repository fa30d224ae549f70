"""The server answers questions soon after it is started, and never loads what only parsing needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

READ_EVERYTHING = """
import sys
from fastapi.testclient import TestClient
from app.api.app import create_app
from app.settings import Settings

paths = ["/healthz", "/readyz", "/v1/version", "/problems", "/docs", "/openapi.json", "/v1/claims?speaker=Baku",
         "/v1/actors?q=Baku", "/v1/articles", "/v1/ask?q=what+did+Baku+claim", "/v1/graph?format=svg",
         "/v1/graph/against", "/v1/graph/disputes", "/v1/graph/centrality", "/v1/claims/clm_0"]
with TestClient(create_app(Settings(database_url=sys.argv[1]))) as client:
    for path in paths:
        assert client.get(path).status_code < 500, path
heavy = {"torch", "stanza", "dbos", "rensa"} & set(sys.modules)
assert not heavy, heavy
"""


def run(code: str, url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, url], capture_output=True, text=True, timeout=120, check=False)


def test_reading_loads_no_parser(sqlite_url: str) -> None:
    ended = run(READ_EVERYTHING, sqlite_url)
    assert ended.returncode == 0, ended.stderr


START = """
import sys, time
started = time.process_time()
import asyncio
from app.api.app import create_app
from app.settings import Settings

async def start():
    app = create_app(Settings(database_url=sys.argv[1]))
    async with app.router.lifespan_context(app):
        print(time.process_time() - started)

asyncio.run(start())
"""


@pytest.mark.parametrize("state", ["new", "migrated"])
def test_the_server_starts_soon(state: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """In processor time, with room for shared cores; `python -m bench.start` measures the two seconds we promise."""
    new = f"sqlite:///{tmp_path / 'new.db'}"
    url = new if state == "new" else str(request.getfixturevalue("sqlite_url"))
    taken = []
    for _ in range(3):
        ended = run(START, url)
        assert ended.returncode == 0, ended.stderr
        taken.append(float(ended.stdout))
        if taken[-1] < 4:
            break
    # The best of three: a core that others share counts their waiting as ours.
    assert min(taken) < 4, taken
