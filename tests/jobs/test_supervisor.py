from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.jobs import supervisor
from app.jobs.supervisor import Supervisor

# Notes its number in the file it is given, then waits for its parent to go.
CHILD = """
import os, sys, threading
from app.jobs.supervisor import stop_on_signals, stop_with_parent
stop = threading.Event()
stop_on_signals(stop)
stop_with_parent(stop)
with open(sys.argv[1], "a") as file:
    print(os.getpid(), file=file, flush=True)
stop.wait()
with open(sys.argv[1], "a") as file:
    print("ended", file=file)
"""

PARENT = """
import sys, time
from app.jobs.supervisor import Supervisor
with Supervisor([sys.executable, "-c", sys.argv[2], sys.argv[1]]):
    time.sleep(60)
"""


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def notes(path: Path) -> list[str]:
    return path.read_text().split() if path.exists() else []


def test_a_child_that_dies_is_replaced_and_all_end_with_the_supervisor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "_FIRST_PAUSE", 0.05)
    path = tmp_path / "notes"
    with Supervisor([sys.executable, "-c", CHILD, str(path)], count=2):
        until(lambda: len(notes(path)) == 2)
        os.kill(int(notes(path)[0]), signal.SIGKILL)
        until(lambda: len(notes(path)) == 3)
    assert notes(path)[3:] == ["ended", "ended"]
    for pid in notes(path)[:3]:
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


def test_children_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(path), CHILD])
    until(lambda: len(notes(path)) == 1)
    parent.kill()
    parent.wait()
    until(lambda: notes(path)[-1] == "ended")


def test_a_child_that_does_not_listen_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "_GRACE", 0.2)
    path = tmp_path / "notes"
    deaf = "import pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text('up'); time.sleep(60)"
    with Supervisor([sys.executable, "-c", deaf, str(path)]):
        until(lambda: notes(path) == ["up"])
        started = time.monotonic()
    assert time.monotonic() - started < 10


# The main thread waits for a lock while another thread is the one that the signal reaches.
ELSEWHERE = """
import signal, sys, threading, time
from app.jobs.supervisor import stop_on_signals
stop = threading.Event()
stop_on_signals(stop)
def elsewhere():
    time.sleep(0.3)
    signal.raise_signal(int(sys.argv[1]))
    time.sleep(60)
threading.Thread(target=elsewhere, daemon=True).start()
stop.wait()
print("ended")
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_reaches_another_thread_stops_too(number: int) -> None:
    command = [sys.executable, "-c", ELSEWHERE, str(int(number))]
    assert subprocess.run(command, capture_output=True, text=True, timeout=20).stdout == "ended\n"
