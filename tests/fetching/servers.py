"""Web servers on this machine that behave as badly as servers can."""

from __future__ import annotations

import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]
PAGE = "<html><body><article><p>Ministern förnekade anklagelsen.</p></article></body></html>"


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is what the tests are about."""


@contextmanager
def serving(answers: dict[str, Answer], host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server that answers those paths, 404 any other; gives its port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answers.get(self.path, status(404))(self)

        def log_message(self, *_: object) -> None:
            pass

    server = Quiet((host, 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def body(data: bytes, content_type: str | None = "text/html; charset=utf-8", **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        if content_type is not None:
            request.send_header("Content-Type", content_type)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    return answer


def status(code: int) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(code)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def leads_to(address: str, code: int = 302) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(code)
        request.send_header("Location", address)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def endless(request: BaseHTTPRequestHandler) -> None:
    """A page that never ends."""
    _begin(request)
    while True:
        request.wfile.write(b"<p>och sedan</p>" * 1000)


def drips(request: BaseHTTPRequestHandler) -> None:
    """A page that comes letter by letter: no wait is long, all together are."""
    _begin(request)
    for _ in range(200):
        request.wfile.write(b"a")
        request.wfile.flush()
        time.sleep(0.05)


def drips_headers(request: BaseHTTPRequestHandler) -> None:
    """The same before the page has even begun."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        request.wfile.write(f"X-{number}: a\r\n".encode())
        request.wfile.flush()
        time.sleep(0.05)


def cut_off(request: BaseHTTPRequestHandler) -> None:
    """Less than was announced."""
    request.send_response(200)
    request.send_header("Content-Type", "text/plain")
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b"Bo sade")
    request.close_connection = True


def bomb() -> Answer:
    """A few hundred kB that unpack to 300 MB."""
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join(packer.compress(b"a" * 1_000_000) for _ in range(300)) + packer.flush()
    return body(packed, Content_Encoding="gzip")


def _begin(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.send_header("Connection", "close")
    request.end_headers()
