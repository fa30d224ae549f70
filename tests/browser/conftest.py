"""A real Chromium in front of the real application on a loopback port."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from app.asgi import assemble
from app.settings import Settings
from app.storage.engine import Engine, migrate, open_engine
from tests.web.site import store

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_START = 20.0


@dataclass(frozen=True)
class Site:
    """The running service: its address and its database."""

    address: str
    engine: Engine


@dataclass
class Tab:
    """A page with what went on in it: messages on its console, addresses it asked for."""

    page: Page
    messages: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(path)
        return self.page


OpenTab = Callable[..., Tab]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = f"sqlite:///{tmp_path_factory.mktemp('browser') / 'site.db'}"
    engine = open_engine(url)
    migrate(engine)
    store(engine)
    config = uvicorn.Config(assemble(Settings(database_url=url)), log_config=None, access_log=False)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        deadline = time.monotonic() + _START
        while not server.started:
            assert thread.is_alive(), "the server ended before it began"
            assert time.monotonic() < deadline, "the server does not start"
            time.sleep(0.02)
        yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", engine)
        server.should_exit = True
        thread.join()
    engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.fail(f"the browser tests need Chromium: none of {', '.join(_NAMES)} is on the PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def tab(site: Site, browser: Browser) -> Iterator[OpenTab]:
    """Open a tab: ``width``, ``scheme`` (light or dark), ``scripts`` off, ``locale``."""
    contexts: list[BrowserContext] = []

    def open_tab(*, width: int = 1280, scheme: str = "light", scripts: bool = True, locale: str = "sv-SE") -> Tab:
        context = browser.new_context(
            base_url=site.address,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            locale=locale,
        )
        contexts.append(context)
        opened = Tab(context.new_page())

        def heard(message: ConsoleMessage) -> None:
            opened.messages.append(f"{message.type}: {message.text}")

        def asked(request: Request) -> None:
            opened.asked.append(request.url)

        opened.page.on("console", heard)
        opened.page.on("pageerror", lambda error: opened.messages.append(f"error: {error}"))
        opened.page.on("request", asked)
        return opened

    yield open_tab
    for context in contexts:
        context.close()
