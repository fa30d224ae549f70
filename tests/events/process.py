"""A process that tells of events, to be killed: ``python -m tests.events.process URL LEASE_SECONDS``."""

from __future__ import annotations

import sys
import threading
from datetime import timedelta

from app.events.notifier import Notifier
from app.storage.engine import open_engine


def main(url: str, lease: float) -> None:
    """Tell of events until killed."""
    engine = open_engine(url)
    stop = threading.Event()
    lasting = timedelta(seconds=lease)
    with Notifier(engine, keep=timedelta(days=30), private=True, failed=stop.set, lease=lasting):
        stop.wait()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
