"""Fetching from servers on this machine: what is taken, what is refused, and what never gets through."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from threading import Event, Semaphore
from typing import Any

import pytest
import trustme

from app.domain.network import IpAddress, is_public
from app.errors import AddressNotAllowed, NotText, TextTooLong, UnknownFormat, UpstreamFailed, UpstreamTooSlow
from app.fetching.articles import fetch_articles, fetcher_of
from app.fetching.fetcher import AT_ONCE, Fetcher
from app.settings import Settings
from tests.fetching import servers
from tests.fetching.servers import PAGE, body, leads_to, serving, status

LIMIT = 100_000
# The tests' own internet: one address of the loopback counts as public, the others do not.
PUBLIC = "127.0.0.2"


def is_permitted(address: IpAddress) -> bool:
    return str(address) == PUBLIC or is_public(address)


def names(host: str, port: int, seconds: float) -> list[IpAddress]:
    known = {
        "news.example": [PUBLIC],
        "other.example": [PUBLIC],
        "inside.example": ["10.0.0.7"],
        "home.example": ["127.0.0.1"],
        "both.example": [PUBLIC, "192.168.0.1"],
        "dead.example": ["127.0.0.3", PUBLIC],
    }
    return [ip_address(each) for each in known.get(host, [host])]


def fetcher(*allowed: str, **given: Any) -> Fetcher:
    parts = {"most_bytes": LIMIT, "seconds": 5.0, "is_permitted": is_permitted, "resolve": names, **given}
    return Fetcher(allowed or ("*",), **parts)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    page = PAGE.encode()
    answers = {
        "/page": body(page),
        "/latin": body(PAGE.encode("latin-1"), "text/html; charset=ISO-8859-1"),
        "/unnamed": body(page, None),
        "/odd": body(page, "text/html; charset=klingon"),
        "/packed": body(gzip.compress(page, mtime=0), Content_Encoding="gzip"),
        "/damaged": body(gzip.compress(page, mtime=0)[:-9], Content_Encoding="gzip"),
        "/no-gzip": body(page, Content_Encoding="gzip"),
        "/brotli": body(page, Content_Encoding="br"),
        "/archive": body(gzip.compress(b'{"text": "Bo sade ja."}', mtime=0), "application/x-ndjson"),
        "/photo": body(b"\xff\xd8", "image/jpeg"),
        "/large": body(b"a" * (LIMIT + 1), "text/plain"),
        "/bomb": servers.bomb(),
        "/endless": servers.endless,
        "/drips": servers.drips,
        "/drips-headers": servers.drips_headers,
        "/cut-off": servers.cut_off,
        "/gone": status(410),
        "/ours": status(500),
        "/moved": leads_to("/page", 301),
        "/elsewhere": leads_to("http://other.example:{port}/page"),
        "/home": leads_to("http://127.0.0.1:{port}/page"),
        "/home-by-name": leads_to("http://home.example:{port}/page"),
        "/metadata": leads_to("http://169.254.169.254/latest/meta-data/"),
        "/file": leads_to("file:///etc/passwd"),
        "/blanks": leads_to("/a b"),
        "/letters": leads_to("/sk\xc3\xa5l"),
        "/sk%C3%A5l": body(page),
        "/round": leads_to("/round"),
        "/nowhere": leads_to("http://news.example:1/"),
        **{f"/hop{number}": leads_to(f"/hop{number + 1}" if number < 5 else "/page") for number in range(1, 6)},
        "/hop0": leads_to("/hop1"),
    }
    with serving(answers, PUBLIC) as number:
        for path in ("/elsewhere", "/home", "/home-by-name"):
            named = {"/elsewhere": "other.example", "/home": "127.0.0.1", "/home-by-name": "home.example"}[path]
            answers[path] = leads_to(f"http://{named}:{number}/page")
        yield number


def at(port: int, path: str, host: str = "news.example") -> str:
    return f"http://{host}:{port}{path}"


@pytest.mark.parametrize(
    "path", ["/page", "/latin", "/unnamed", "/packed", "/moved", "/elsewhere", "/hop1", "/letters"]
)
def test_pages_are_fetched_and_read(path: str, port: int) -> None:
    (delivery,) = fetch_articles(fetcher(), at(port, path))
    assert delivery.article.text == "Ministern förnekade anklagelsen."
    assert delivery.article.uri is not None
    host = "other.example" if path == "/elsewhere" else "news.example"
    assert delivery.article.uri.startswith(f"http://{host}:{port}/")
    if path in ("/moved", "/elsewhere", "/hop1"):
        assert delivery.article.uri.endswith("/page")


REFUSED = {
    "/photo": (UnknownFormat, "is image/jpeg; read are text, HTML"),
    "/odd": (NotText, "no encoding is called 'klingon'"),
    "/archive": (NotText, "a packed file"),
    "/large": (TextTooLong, f"has {LIMIT + 1} bytes; the limit is {LIMIT}"),
    "/bomb": (TextTooLong, f"the limit is {LIMIT}"),
    "/endless": (TextTooLong, f"over the limit of {LIMIT} bytes"),
    "/damaged": (UpstreamFailed, "packed and ends too early"),
    "/no-gzip": (UpstreamFailed, "packed and damaged"),
    "/brotli": (UpstreamFailed, "packed with 'br', which was not asked for"),
    "/cut-off": (UpstreamFailed, "/cut-off: "),
    "/gone": (UpstreamFailed, "answers with status 410"),
    "/ours": (UpstreamFailed, "answers with status 500"),
    "/round": (UpstreamFailed, "leads on more than 5 times"),
    "/hop0": (UpstreamFailed, "leads on more than 5 times"),
    "/nowhere": (UpstreamFailed, "http://news.example:1/: "),
    "/home": (AddressNotAllowed, "127.0.0.1 has an address that is not public"),
    "/home-by-name": (AddressNotAllowed, "home.example has an address that is not public"),
    "/metadata": (AddressNotAllowed, "169.254.169.254 has an address that is not public"),
    "/file": (UpstreamFailed, "leads on to what cannot be fetched: url: 'file:///etc/passwd' is no http or https"),
    "/blanks": (UpstreamFailed, "leads on to what cannot be fetched: url: an address has no blanks"),
}


@pytest.mark.parametrize("path", REFUSED)
def test_what_is_refused(path: str, port: int) -> None:
    error, told = REFUSED[path]
    with pytest.raises(error, match=told):
        fetch_articles(fetcher(), at(port, path))


@pytest.mark.parametrize("host", ["inside.example", "home.example", "both.example", "127.0.0.1", "10.0.0.1", "[::1]"])
def test_nothing_inside_is_reached(host: str, port: int) -> None:
    with pytest.raises(AddressNotAllowed, match="not public") as caught:
        fetcher().fetch(at(port, "/page", host))
    assert "10.0.0.7" not in str(caught.value)


def test_every_redirect_is_asked_whether_its_host_is_allowed(port: int) -> None:
    assert fetcher("news.example").fetch(at(port, "/moved")).data
    with pytest.raises(AddressNotAllowed, match=r"other\.example is none of the hosts"):
        fetcher("news.example").fetch(at(port, "/elsewhere"))


def test_the_name_is_asked_once_and_the_connection_goes_where_it_was_checked(port: int) -> None:
    asked: list[str] = []

    def rebinding(host: str, number: int, seconds: float) -> list[IpAddress]:
        asked.append(host)
        return [ip_address(PUBLIC if len(asked) == 1 else "127.0.0.1")]

    # The system itself knows no such name: a second look-up, by whatever part, would fail.
    assert fetcher(resolve=rebinding).fetch(at(port, "/page", "rebound.example")).data == PAGE.encode()
    assert asked == ["rebound.example"]


def test_a_dead_address_does_not_keep_the_others_from_being_tried(port: int) -> None:
    def permitted(address: IpAddress) -> bool:
        return str(address) in (PUBLIC, "127.0.0.3")

    assert fetcher(is_permitted=permitted).fetch(at(port, "/page", "dead.example")).data == PAGE.encode()


@pytest.mark.parametrize("path", ["/drips", "/drips-headers"])
def test_the_time_counts_altogether(path: str, port: int) -> None:
    started = time.monotonic()
    with pytest.raises(UpstreamTooSlow, match=r"within 0\.4 seconds"):
        fetcher(seconds=0.4).fetch(at(port, path))
    assert time.monotonic() - started < 2


def test_a_server_that_never_answers() -> None:
    with socket.create_server((PUBLIC, 0)) as silent, pytest.raises(UpstreamTooSlow):
        fetcher(seconds=0.2).fetch(at(silent.getsockname()[1], "/"))


def test_a_bomb_takes_no_memory(port: int) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(TextTooLong):
            fetcher(most_bytes=5_000_000).fetch(at(port, "/bomb"))
        assert tracemalloc.get_traced_memory()[1] < 15_000_000
    finally:
        tracemalloc.stop()


def test_the_request_says_who_asks() -> None:
    seen: dict[str, str] = {}

    def answer(request: BaseHTTPRequestHandler) -> None:
        seen.update({name.lower(): value for name, value in request.headers.items()})
        body(b"Bo sade ja.", "text/plain")(request)

    with serving({"/": answer}, PUBLIC) as number:
        fetcher().fetch(f"http://news.example:{number}")
        assert seen["host"] == f"news.example:{number}"
    assert seen["user-agent"].startswith("Sagesman/")
    assert seen["accept-encoding"] == "gzip"
    assert "cookie" not in seen


def test_certificates_are_checked_against_the_name() -> None:
    authority = trustme.CA()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("news.example").configure_cert(tls)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with serving({"/": body(PAGE.encode())}, PUBLIC, tls) as number:
        found = fetcher(ssl_context=trusting).fetch(f"https://news.example:{number}/")
        assert found.data == PAGE.encode()
        # The same server by another name, and the same name with an authority that nobody trusts.
        with pytest.raises(UpstreamFailed, match="certificate"):
            fetcher(ssl_context=trusting).fetch(f"https://other.example:{number}/")
        with pytest.raises(UpstreamFailed, match="certificate"):
            fetcher().fetch(f"https://news.example:{number}/")


def test_the_settings_say_which_hosts() -> None:
    assert not fetcher_of(Settings()).is_on
    with pytest.raises(AddressNotAllowed, match="switched off"):
        fetcher_of(Settings()).fetch("https://news.example/")
    named = fetcher_of(Settings(fetch_allowed_hosts="News.example, *.b.example"))
    assert named.is_on
    with pytest.raises(AddressNotAllowed, match=r"c\.example is none"):
        named.fetch("https://c.example/")
    # Whatever the settings allow, this machine is not reached.
    with pytest.raises(AddressNotAllowed, match="not public"):
        fetcher_of(Settings(fetch_allowed_hosts="*")).fetch("http://127.0.0.1:8000/")


def test_only_so_many_are_fetched_at_once() -> None:
    began, end = Semaphore(0), Event()

    def waiting(request: BaseHTTPRequestHandler) -> None:
        began.release()
        end.wait(5)
        body(b"Bo sade ja.", "text/plain")(request)

    shared = fetcher()
    with serving({"/": waiting}, PUBLIC) as number, ThreadPoolExecutor(AT_ONCE) as threads:
        url = f"http://news.example:{number}/"
        running = [threads.submit(shared.fetch, url) for _ in range(AT_ONCE)]
        for _ in running:
            assert began.acquire(timeout=5)
        with pytest.raises(UpstreamTooSlow, match="8 other addresses are being fetched"):
            shared.fetch(url)
        end.set()
        assert {each.result().data for each in running} == {b"Bo sade ja."}
        assert shared.fetch(url).data == b"Bo sade ja."
