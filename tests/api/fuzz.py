"""`schemathesis run` over a service of its own: a fresh database with one article, keys asked for, a worker that reads.

``python -m tests.api.fuzz``; what is added goes to schemathesis, as in ``--max-time 600`` or ``--phases stateful``.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from app.domain.access import Scope
from app.storage.articles import Status, save_article, set_status
from app.storage.claims import save_extraction
from app.storage.engine import migrate, open_engine, transaction
from app.storage.keys import create_key
from tests.api.conftest import SEED
from tests.gold_extraction import gold_actor_ids, gold_article, gold_extraction

ROOT = Path(__file__).parents[2]
CONFIG = Path(__file__).with_name("schemathesis.toml")
_SECONDS_TO_START = 60


def main(arguments: Sequence[str]) -> int:
    """Serve, let schemathesis try, stop; gives its exit code."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/fuzz.db"
        settings = {
            "SAGESMAN_DATABASE_URL": url,
            "SAGESMAN_REQUIRE_KEYS": "always",
            "SAGESMAN_RATE_LIMIT_READ": "0",
            "SAGESMAN_RATE_LIMIT_WRITE": "0",
            "SAGESMAN_STREAM_SECONDS": "0.2",
            "SAGESMAN_MAX_TEXT_CHARS": "20000",
            "SAGESMAN_FUZZ_KEY": _filled(url),
        }
        environment = os.environ | settings
        port = _free_port()
        log = (Path(folder) / "serve.log").open("wb")
        serve = [sys.executable, "-m", "app", "serve", "--port", str(port)]
        with log, subprocess.Popen(serve, cwd=ROOT, env=environment, stderr=log, stdout=log) as server:
            try:
                _wait_for(f"http://127.0.0.1:{port}/healthz")
                program = Path(sys.executable).with_name("schemathesis")
                address = f"http://127.0.0.1:{port}/openapi.json"
                run = [str(program), "--config-file", str(CONFIG), "run", address, *arguments]
                return subprocess.run(run, cwd=ROOT, env=environment, check=False).returncode
            finally:
                server.terminate()


def _filled(url: str) -> str:
    """Fill a database with an article and its claims; gives a key that may do everything."""
    engine = open_engine(url)
    migrate(engine)
    extraction = gold_extraction(SEED)
    with transaction(engine) as session:
        article_id, _ = save_article(session, gold_article(SEED))
        save_extraction(session, extraction, gold_actor_ids(extraction))
        set_status(session, [article_id], Status.DONE)
        _, key = create_key(session, "fuzz", Scope.ADMIN)
    engine.dispose()
    return key


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(address: str) -> None:
    import time

    for _ in range(_SECONDS_TO_START * 5):
        try:
            with urllib.request.urlopen(address):
                return
        except urllib.error.URLError:
            time.sleep(0.2)
    raise TimeoutError(f"{address} does not answer")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
