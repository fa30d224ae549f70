"""serve and worker as processes: ready soon, reading without torch, ended by signals, workers gone with the server."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.cli.service import _listen
from tests.cli.test_process import COMMAND, environment
from tests.cli.test_process import sagesman as in_a_process

Start = Callable[..., subprocess.Popen[bytes]]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def get(port: int, path: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
        return json.load(response)


def until(condition: Callable[[], bool], seconds: float) -> float:
    """Wait for a condition, and tell how long it took."""
    started = time.monotonic()
    while True:
        try:
            if condition():
                return time.monotonic() - started
        except (urllib.error.URLError, ConnectionError):
            pass
        assert time.monotonic() - started < seconds, "it did not happen in time"
        time.sleep(0.05)


def is_ready(port: int) -> bool:
    return bool(get(port, "/readyz")["status"] == "ready")


def imported(pid: int, library: str) -> bool:
    """Whether a process has a library's compiled parts in memory."""
    return library in Path(f"/proc/{pid}/maps").read_text()


def processor_seconds(pid: int) -> float:
    """The processor time that a process has used so far."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for listed in lists for child in listed.read_text().split()]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a command in an empty folder; what still runs at the end is ended."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(*words: str) -> subprocess.Popen[bytes]:
        with (tmp_path / "stderr").open("ab") as log:
            process = subprocess.Popen([*COMMAND, *words], cwd=tmp_path, env=environment(), stderr=log)
        running.append(process)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def test_the_server_is_ready_soon_and_reads_without_torch(tmp_path: Path, start: Start) -> None:
    assert in_a_process(tmp_path, "db", "upgrade").returncode == 0
    port = free_port()
    server = start("serve", "--port", str(port), "--no-worker")
    until(partial(is_ready, port), 20)
    # Processor time, and much of it: cores are shared in a test run, and only a gross slip, such as a parser loaded by
    # mistake, can be told here. `python -m bench.start` measures the two seconds we promise.
    assert processor_seconds(server.pid) < 4.0
    assert get(port, "/v1/claims?speaker=Baku")["items"] == []
    get(port, "/v1/ask?q=what+did+Baku+claim")
    assert not imported(server.pid, "libtorch")


def test_an_article_sent_to_the_server_ends_with_its_claims(tmp_path: Path, start: Start) -> None:
    port = free_port()
    server = start("serve", "--port", str(port))
    until(lambda: get(port, "/healthz")["status"] == "ok", 10)
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/articles",
        data="Ministern sade att det regnar i Malmö.".encode(),
        headers={"Content-Type": "text/plain; charset=utf-8"},
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        assert response.status == 202
        location = response.headers["Location"]
    until(lambda: get(port, location)["status"] == "done", 60)
    (claim,) = get(port, f"{location}/claims")["items"]
    assert claim["text"] == "att det regnar i Malmö"
    assert not imported(server.pid, "libtorch")

    workers = children(server.pid)
    assert len(workers) == 1
    server.terminate()
    assert server.wait(30) == 0
    until(lambda: not any(is_running(worker) for worker in workers), 10)


def test_workers_end_when_their_server_is_killed(start: Start) -> None:
    port = free_port()
    server = start("serve", "--port", str(port))
    until(lambda: get(port, "/readyz")["worker"] == "running", 30)
    workers = children(server.pid)
    server.kill()
    server.wait()
    assert workers
    until(lambda: not any(is_running(worker) for worker in workers), 30)


def test_ctrl_c_ends_the_server_with_130(start: Start) -> None:
    port = free_port()
    server = start("serve", "--port", str(port), "--no-worker")
    until(lambda: get(port, "/healthz")["status"] == "ok", 10)
    server.send_signal(signal.SIGINT)
    assert server.wait(20) == 130


def test_a_worker_ends_with_0_when_asked_to(tmp_path: Path, start: Start) -> None:
    worker = start("worker")
    until(lambda: "worker ready" in (tmp_path / "stderr").read_text(), 30)
    worker.terminate()
    assert worker.wait(30) == 0


def test_answers_do_not_wait_for_the_client_to_confirm_each_piece() -> None:
    """Nagle's algorithm and delayed acknowledgements together cost 40 ms an answer on a kept connection."""
    with _listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = in_a_process(tmp_path, "serve", "--port", str(port))
    assert result.returncode == 1
    assert result.stderr == f"sagesman: cannot listen on 127.0.0.1 port {port}: {os.strerror(98)}\n"


def test_a_database_that_cannot_be_opened_ends_it_before_it_listens(tmp_path: Path) -> None:
    result = in_a_process(tmp_path, "serve", SAGESMAN_DATABASE_URL="sqlite:///nowhere/news.db")
    assert result.returncode == 1
    assert result.stderr.startswith("sagesman: cannot open the database")
    assert result.stderr.count("\n") == 1


def test_any_asgi_server_can_have_the_application(tmp_path: Path) -> None:
    port = free_port()
    command = [COMMAND[0], "-m", "uvicorn", "--factory", "app.asgi:create", "--port", str(port)]
    with (tmp_path / "stderr").open("wb") as log:
        server = subprocess.Popen(command, cwd=tmp_path, env=environment(), stderr=log)
    try:
        until(lambda: get(port, "/healthz")["status"] == "ok", 10)
    finally:
        server.terminate()
        server.wait(20)
