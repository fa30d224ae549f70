"""A parser in a process of its own, so that whoever answers readers never loads the models."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self

from app.domain.parse import ParsedText
from app.errors import ModelError
from app.parsing.parser import Parser

DEFAULT_TIMEOUT = 300.0
"""Seconds for one batch, the loading of the models included: a hundred times what twenty long articles take."""

_GRACE = 5.0
"""Seconds that a process asked to end gets before it is killed."""


class ParserProcess:
    """A ``Parser`` that hands its texts to ``parser``, which runs in a spawned process.

    ``parser`` must be picklable; it travels unloaded and loads its models there. The process starts with the first
    batch or with ``start``. One batch runs at a time; more threads may ask, and wait. A process that dies is started
    again, and the batch it died on is tried once more; one that overruns ``timeout`` seconds is killed.

    Must not be made inside a daemonic process, which may have no children.
    """

    def __init__(self, parser: Parser, timeout: float = DEFAULT_TIMEOUT) -> None:
        self._parser = parser
        self._timeout = timeout
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process that parses, or ``None`` while there is none."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process and let it load the models; does not wait for them."""
        with self._lock:
            self._ensure()

    def parse_many(self, texts: Sequence[str]) -> list[ParsedText]:
        """See ``Parser.parse_many``.

        Raises ``ModelError``: what the parser itself raised, or that the batch took too long, or killed its process
        twice.
        """
        with self._lock:
            try:
                return self._ask(list(texts))
            except _Died:
                pass
            try:
                return self._ask(list(texts))
            except _Died as died:
                raise ModelError(f"the parsing process died twice on the same {len(texts)} texts ({died})") from died

    def close(self) -> None:
        """End the process. A later ``parse_many`` starts a new one."""
        with self._lock:
            self._end()

    def _ask(self, texts: list[str]) -> list[ParsedText]:
        connection = self._ensure()
        try:
            connection.send(texts)
            if not connection.poll(self._timeout):
                self._end()
                raise ModelError(f"parsing {len(texts)} texts took more than {self._timeout:g} seconds")
            answer: list[ParsedText] | str = connection.recv()
        except (EOFError, OSError) as error:
            raise _Died(self._end()) from error
        except BaseException:
            # Interrupted between question and answer: the next question would get this one's answer.
            self._end()
            raise
        if isinstance(answer, str):
            raise ModelError(answer)
        return answer

    def _ensure(self) -> Connection:
        if self._connection is not None and self._process is not None and self._process.is_alive():
            return self._connection
        self._end()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._parser), name="sagesman-parser", daemon=True)
        process.start()
        # Without this copy closed, the death of the process would not end the connection.
        theirs.close()
        self._connection, self._process = ours, process
        return ours

    def _end(self) -> str:
        """End the process if there is one, and say how it ended."""
        if self._connection is not None:
            self._connection.close()
        process, self._connection, self._process = self._process, None, None
        if process is None:
            return "not running"
        process.join(0.1)
        if process.exitcode is None:
            process.terminate()
            process.join(_GRACE)
        if process.exitcode is None:
            process.kill()
            process.join()
        code = process.exitcode
        process.close()
        return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


class _Died(Exception):
    """The process ended before it answered."""


def _serve(connection: Connection, parser: Parser) -> None:
    """Answer each list of texts with a list of analyses or, where the models fail, with the reason as a string."""
    # Ctrl-C reaches the whole group; the parent decides when this process ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ModelError):
        # Load the models before the first question; where that fails, the question fails in the same way, and says so.
        parser.parse_many([])
    while True:
        try:
            texts: list[str] = connection.recv()
        except EOFError:
            return
        try:
            answer: list[ParsedText] | str = parser.parse_many(texts)
        except ModelError as error:
            answer = str(error)
        connection.send(answer)
