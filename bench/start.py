"""How long ``sagesman serve`` takes until it answers readers: wall time of five starts on this machine, median told.

python -m bench.start
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

_STARTS = 5


def seconds_to_ready(database: Path) -> float:
    """Start a server of its own over ``database`` and time it until ``/readyz`` answers; the server is ended."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    environment = {**os.environ, "SAGESMAN_DATABASE_URL": f"sqlite:///{database}", "SAGESMAN_LOG_LEVEL": "error"}
    started = time.monotonic()
    server = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(port), "--no-worker"], env=environment
    )
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                    return time.monotonic() - started
            except (urllib.error.URLError, ConnectionError):
                if server.poll() is not None:
                    raise SystemExit("the server ended before it was ready") from None
                time.sleep(0.02)
    finally:
        server.terminate()
        server.wait(30)


def main() -> None:
    """Print every start and the median, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "start.db"
        taken = [seconds_to_ready(database) for _ in range(_STARTS)]
    print(", ".join(f"{seconds:.2f}" for seconds in taken))
    print(f"median {statistics.median(taken):.2f} s to ready")


if __name__ == "__main__":
    main()
