"""``sagesman serve`` and ``sagesman worker``: the processes that run until they are stopped."""

from __future__ import annotations

import logging
import signal
import socket
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from app.errors import SagesmanError, SettingsError

if TYPE_CHECKING:
    from app.settings import Settings
    from app.storage.engine import Engine

log = logging.getLogger(__name__)

# A worker process of ours; it ends when its standard input closes. With -P, a folder called app where the command was
# typed is not taken for the package.
_CHILD = (sys.executable, "-P", "-m", "app", "worker", "--processes", "1", "--with-parent")

_SERVE = """Examples:

sagesman serve --port 8080

sagesman keys create desk --scope write && sagesman serve --host 0.0.0.0

SAGESMAN_DATABASE_URL=postgresql://sagesman:secret@db/sagesman sagesman serve --no-worker
"""


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(epilog=_SERVE)(serve)
    app.command(epilog="Example:\n\nsagesman worker --processes 4")(worker)


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="SAGESMAN_HOST")] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port to listen on.", show_default="SAGESMAN_PORT")
    ] = None,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Leave the parsing to sagesman worker.")] = False,
    open_to_all: Annotated[
        bool, typer.Option("--open", help="Ask for no keys: whoever reaches the port reads and writes.")
    ] = False,
) -> None:
    """Serve the REST interface and the pages; articles are read in processes of their own.

    Elsewhere than on loopback every request needs a key, and without any key it does not start.
    """
    import uvicorn

    from app.asgi import assemble
    from app.cli.wiring import database, settings_of_this_run
    from app.jobs.supervisor import Supervisor
    from app.settings import KeyPolicy

    settings = settings_of_this_run(service=True)
    # The application has to know where it really listens, and for whom.
    told = {"host": host or settings.host, "port": port or settings.port}
    settings = settings.model_copy(update=told | ({"require_keys": KeyPolicy.NEVER} if open_to_all else {}))
    with database(settings) as engine:
        _check_keys(settings, engine)
    config = uvicorn.Config(
        assemble(settings),
        # The program's own handlers write the server's lines too; the application logs each request itself.
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    # The server raises the signal that ended it once more when it has ended: leave through the blocks below then.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    with ExitStack() as stack:
        # Bound first: a port that is taken ends the command before any worker starts.
        listening = stack.enter_context(_listen(settings.host, settings.port))
        if not no_worker:
            stack.enter_context(Supervisor(_CHILD, settings.worker_processes))
        name, number = listening.getsockname()[:2]
        log.info("listening", extra={"address": f"http://{f'[{name}]' if ':' in name else name}:{number}/"})
        uvicorn.Server(config).run(sockets=[listening])


def _check_keys(settings: Settings, engine: Engine) -> None:
    """Refuse to serve what nobody could use, and warn of what anybody may; raises `SettingsError`."""
    from app.api.access import keys_required, listens_on_loopback
    from app.storage.engine import reading
    from app.storage.keys import has_valid_key

    if not keys_required(settings):
        if not listens_on_loopback(settings):
            log.warning("open to whoever reaches the port", extra={"host": settings.host})
        return
    with reading(engine) as session:
        if not has_valid_key(session):
            raise SettingsError(
                f"serving on {settings.host} takes keys, and there are none: make one with "
                "`sagesman keys create NAME --scope write`, or say --open (SAGESMAN_REQUIRE_KEYS=never) "
                "to let whoever reaches the port read and write"
            )


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises `SagesmanError` saying why there can be none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        # Python adds the address to the system's message, which has been named already.
        reason = (error.strerror or str(error)).partition(" (while")[0]
        raise SagesmanError(f"cannot listen on {host} port {port}: {reason}") from None
    # Connections inherit it. An answer goes out in two pieces, and the second would wait 40 ms for the client to
    # confirm the first; asyncio sets this only on sockets that were made with the protocol's number.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def worker(
    processes: Annotated[
        int | None, typer.Option(min=1, max=256, help="Parser processes.", show_default="SAGESMAN_WORKER_PROCESSES")
    ] = None,
    with_parent: Annotated[bool, typer.Option("--with-parent", hidden=True)] = False,
) -> None:
    """Read queued articles and store their claims until stopped; several workers share the queue."""
    import threading
    from datetime import timedelta

    from app.cli.wiring import Extractors, database, ingest, notifier, settings_of_this_run
    from app.jobs.supervisor import Supervisor, stop_on_signals, stop_with_parent

    settings = settings_of_this_run(service=True)
    stop = threading.Event()
    stop_on_signals(stop)
    if with_parent:
        stop_with_parent(stop)
    count = processes or settings.worker_processes
    if count > 1:
        with Supervisor(_CHILD, count):
            stop.wait()
        return
    from app.domain.article import Article
    from app.jobs.worker import run_worker

    with (
        database(settings) as engine,
        notifier(engine, settings, stop.set),
        Extractors(settings, apart=True) as extractors,
    ):
        # The models load while the queue is opened; other languages follow when an article is in one.
        extractors.prepare(Article("").language)
        path = ingest(engine, extractors)
        keep = timedelta(days=settings.queue_days)
        run_worker(engine, path.process_articles, batch_size=settings.batch_size, stop=stop, keep=keep)
