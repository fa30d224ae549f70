"""Nothing private is connected to, whatever a name or an address pretends to be."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpcore2
import pytest

from app.domain.network import is_public
from app.events.network import Network, PrivateAddress


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:7f00:1::",
        "2001:db8::1",
    ],
)
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def run(work: Coroutine[Any, Any, object]) -> None:
    """Do the work in a thread of its own: browser tests leave a loop running in the main one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def connect(host: str, port: int, *, private: bool) -> None:
    async def go() -> None:
        stream = await Network(private=private).connect_tcp(host, port, timeout=5)
        await stream.aclose()

    run(go())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "::1", "0"])
def test_loopback_is_refused_under_all_its_names(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises((PrivateAddress, httpcore2.ConnectError)):
        connect(host, server.getsockname()[1], private=False)


def test_loopback_is_allowed_where_the_settings_say_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        connect("127.0.0.1", server.getsockname()[1], private=True)


def answering(*answers: str) -> tuple[Callable[..., Any], list[str]]:
    """A resolver whose answer changes from question to question, and the names it was asked for."""
    asked: list[str] = []

    def getaddrinfo(host: object, port: int, *_args: object, **_options: object) -> list[Any]:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name[0].isdigit():
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (name, port))]
        asked.append(name)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers[len(asked) - 1], port))]

    return getaddrinfo, asked


def test_a_name_that_stands_for_a_private_address(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver, _ = answering("10.0.0.7")
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    with pytest.raises(PrivateAddress, match="is at a private address"):
        connect("intern.example", 443, private=False)


def test_a_name_is_asked_for_once_and_its_answer_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: a second question would be answered with loopback."""
    resolver, asked = answering("192.0.2.1", "127.0.0.1")
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    monkeypatch.setattr("app.events.network.is_public", lambda address: address == "192.0.2.1")
    connected: list[str] = []

    class Inner:
        async def connect_tcp(self, host: str, *_: object) -> httpcore2.AsyncNetworkStream:
            connected.append(host)
            return httpcore2.AsyncMockStream([])

    network = Network(private=False)
    monkeypatch.setattr(network, "_inner", Inner())
    run(network.connect_tcp("rebind.example", 443))
    assert (asked, connected) == (["rebind.example"], ["192.0.2.1"])


def test_a_name_nobody_has() -> None:
    with pytest.raises(httpcore2.ConnectError, match="was not found"):
        connect("a..b", 443, private=False)


def test_local_sockets_are_refused() -> None:
    with pytest.raises(PrivateAddress):
        run(Network(private=True).connect_unix_socket("/run/x"))
