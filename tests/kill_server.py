"""Kill the real server in the middle of ingesting, start it again, and see that nothing is lost and nothing is twice.

``python -m tests.kill_server [--articles 200] [--url postgresql://…]`` serves with the real models, submits the
articles over HTTP, kills the server with signal 9 and lets a new one go on: once the server alone, once with all its
processes. Then it ingests the same articles undisturbed and compares every claim. Ends with 0 when all are the same.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

PLACES = ("Umeå", "Kalmar", "Gävle", "Ystad", "Falun", "Borås", "Motala")


@dataclass(frozen=True)
class Server:
    """A running server: its process and a client for it."""

    process: subprocess.Popen[bytes]
    client: httpx.Client

    def standing(self) -> dict[str, int]:
        """How many articles are queued, processing, done and failed."""
        found = self.client.get("/readyz").raise_for_status().json()
        return {name: found[name] for name in ("queued", "processing", "done", "failed")}


def text(number: int) -> str:
    """The ``number``-th article; all differ."""
    place = PLACES[number % len(PLACES)]
    return (
        f"{number} hus skadades i stormen över {place}, uppger räddningstjänsten.\n"
        f"– Vi har aldrig sett något liknande, säger Anna Berg, kommunalråd i {place}.\n"
        "Oppositionen anklagar kommunen för att ha varit dåligt förberedd."
    )


@contextmanager
def served(url: str) -> Iterator[Server]:
    """A server on a free port, until it is killed or the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(port)],
        env=os.environ | {"SAGESMAN_DATABASE_URL": url, "SAGESMAN_LOG_LEVEL": "warning"},
        start_new_session=True,
    )
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        server = Server(process, client)
        _until(lambda: _answers(server), 60)
        try:
            yield server
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(60)


def submit(server: Server, articles: int) -> None:
    """Send the articles, one request each."""
    for number in range(articles):
        server.client.post("/v1/articles", json={"text": text(number), "language": "sv"}).raise_for_status()


def claims(server: Server) -> list[dict[str, Any]]:
    """Every claim, page by page."""
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        query = {"limit": "100"} | ({"cursor": cursor} if cursor else {})
        page = server.client.get("/v1/claims", params=query).raise_for_status().json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found


def interrupted(url: str, articles: int) -> list[dict[str, Any]]:
    """The claims after a server was killed twice in the middle of it."""
    with served(url) as server:
        submit(server, articles)
        _until(lambda: server.standing()["done"] >= articles // 5, 300)
        print(f"killing the server at {server.standing()}", flush=True)
        server.process.kill()
        server.process.wait()
    with served(url) as server:
        _until(lambda: server.standing()["done"] >= articles // 2, 300)
        print(f"killing the server and all its processes at {server.standing()}", flush=True)
        os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait()
    with served(url) as server:
        _until(lambda: server.standing()["done"] + server.standing()["failed"] == articles, 600)
        print(f"finished at {server.standing()}", flush=True)
        return claims(server)


def undisturbed(url: str, articles: int) -> list[dict[str, Any]]:
    """The claims when nothing is killed."""
    with served(url) as server:
        submit(server, articles)
        _until(lambda: server.standing()["done"] == articles, 600)
        return claims(server)


def told(claim: dict[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    """What two claims have in common when they are the same."""
    return claim["id"], claim["text"], tuple(sorted(speaker["id"] for speaker in claim["speakers"]))


def _answers(server: Server) -> bool:
    code = server.process.poll()
    assert code is None, f"the server ended with {code}"
    try:
        return server.client.get("/readyz").is_success
    except httpx.TransportError:
        return False


def _until(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds:g} seconds"
        time.sleep(0.1)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--url", help="an empty database for the server that is killed; without it a new SQLite file")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        killed = interrupted(options.url or f"sqlite:///{Path(folder) / 'killed.db'}", options.articles)
        whole = undisturbed(f"sqlite:///{Path(folder) / 'whole.db'}", options.articles)
    print(f"{len(killed)} claims, {len(set(map(told, killed)))} different, {len(whole)} when nothing is killed")
    right = sorted(map(told, killed)) == sorted(map(told, whole)) and len(set(map(told, whole))) == len(whole) > 0
    print("every article has its claims, none twice" if right else "WRONG: lost or doubled")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
