"""Worker processes kept running: started, started again when they die, ended with the process that started them."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Sequence
from types import FrameType, TracebackType
from typing import Self

log = logging.getLogger(__name__)

_STDIN = 0

# Seconds between two looks at the processes.
_LOOK = 0.2
# Seconds before a process that died is started again: at first, and at most when it dies again and again.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
# A process that lived this many seconds died of something new: its pause starts from the beginning.
_HEALTHY = 60.0
# Seconds that a process gets to end its batch before it is killed; what it leaves is done by the next one.
_GRACE = 20.0


class Supervisor:
    """Keeps ``count`` processes of ``command`` running between `start` and `stop`.

    Each gets a pipe as its standard input that closes when this process ends, however it ends: `stop_with_parent` in
    the child listens to it.
    """

    def __init__(self, command: Sequence[str], count: int = 1) -> None:
        self._command = list(command)
        self._ending = threading.Event()
        self._threads = [threading.Thread(target=self._keep, name=f"worker-{slot}") for slot in range(count)]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the processes; does not wait until they work."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ask the processes to end, wait, and kill those that do not."""
        self._ending.set()
        for thread in self._threads:
            thread.join()

    def _keep(self) -> None:
        pause = _FIRST_PAUSE
        while not self._ending.is_set():
            started = time.monotonic()
            process = subprocess.Popen(self._command, stdin=subprocess.PIPE)
            while process.poll() is None and not self._ending.wait(_LOOK):
                pass
            if self._ending.is_set():
                _end(process)
                return
            if process.stdin is not None:
                process.stdin.close()
            lived = time.monotonic() - started
            pause = _FIRST_PAUSE if lived > _HEALTHY else pause
            log.error("a worker died, starting another", extra={"code": process.returncode, "seconds": pause})
            self._ending.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


def stop_with_parent(stop: threading.Event) -> None:
    """Set ``stop`` as soon as standard input closes, which the supervisor's death does too."""

    def watch() -> None:
        # Not through sys.stdin: its lock, held by a thread that waits here, would break the end of the process.
        while os.read(_STDIN, 1):
            pass
        stop.set()

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def stop_on_signals(stop: threading.Event) -> None:
    """Set ``stop`` on Ctrl-C and on the signal to terminate, whatever the main thread does; call it there."""
    # A handler alone would run when the main thread next runs Python. A main thread that waits for a lock does not, if
    # the system gave the signal to another thread or gave it just before the wait: the process would never end. The
    # byte that the interpreter writes for each signal wakes a thread of ours in every case.
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _arrived)
    signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)

    def watch() -> None:
        # The writer lives in this frame: the interpreter knows only its number.
        with reader, writer:
            while number := reader.recv(1):
                if number[0] in (signal.SIGINT, signal.SIGTERM):
                    stop.set()

    threading.Thread(target=watch, name="signal-watch", daemon=True).start()


def _arrived(_number: int, _frame: FrameType | None) -> None:
    """Handle a signal: nothing is left to do, but without a handler it would end the process."""


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
