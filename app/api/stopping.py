"""Being told that the server is asked to stop, while it still waits for its connections to end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def on_stop_signals(tell: Callable[[], None]) -> Iterator[None]:
    """Within the block, call ``tell`` when a signal asks the process to stop, before the server's own handler.

    Servers wait for open connections before they end the application, and a stream that waits for the end of the
    application would never close its own. Where the application does not run in the main thread nothing is done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def arrived(number: int, frame: FrameType | None) -> None:
        tell()
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    kept = {number: handler for number, handler in before.items() if callable(handler)}
    for number in kept:
        signal.signal(number, arrived)
    try:
        yield
    finally:
        for number, handler in kept.items():
            # Somebody who has put a handler of their own there since keeps it.
            if signal.getsignal(number) is arrived:
                signal.signal(number, handler)
