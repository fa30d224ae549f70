"""What is an address, which hosts may be asked, and which network addresses are public."""

from __future__ import annotations

import time
from ipaddress import ip_address

import pytest

from app.domain.network import is_public
from app.errors import AddressNotAllowed, InputError, UpstreamFailed, UpstreamTooSlow
from app.fetching.addresses import check_host, parse_address, resolve


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "::127.0.0.1",
        # Private addresses of the older protocol inside those of the newer.
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "2001:0:0:0:0:0:f5ff:fffe",
    ],
)  # fmt: skip
def test_all_others_are_not(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    ("text", "url", "host", "port"),
    [
        ("https://News.Example/a?b=c#d", "https://news.example/a?b=c", "news.example", 443),
        ("http://news.example.:8080", "http://news.example:8080/", "news.example", 8080),
        ("https://dalälven.example/å?ö=ä", "https://xn--dallven-7wa.example/%C3%A5?%C3%B6=%C3%A4", None, 443),
        ("http://[2606:2800::1]:80/a%20b", "http://[2606:2800::1]:80/a%20b", "2606:2800::1", 80),
    ],
)
def test_addresses_are_taken_apart(text: str, url: str, host: str | None, port: int) -> None:
    address = parse_address(text)
    assert (address.url, address.port) == (url, port)
    assert host is None or address.host == host


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no http or https address"),
        ("ftp://a.example/", "no http or https address"),
        ("file:///etc/passwd", "no http or https address"),
        ("http:///a", "no http or https address"),
        ("javascript:alert(1)", "no http or https address"),
        ("http://a.example:port/", "is no address"),
        ("http://[::1", "is no address"),
        ("http://user:secret@a.example/", "with a user name or a password"),
        ("http://a.example/\r\nX: y", "no blanks or control characters"),
        ("http://a.example/a b", "no blanks or control characters"),
        ("http://a.example/" + "a" * 2000, "the limit is 2000"),
    ],
)
def test_what_is_no_address_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told) as caught:
        parse_address(text)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("a.example", {"a.example"}),
        ("a.example", {"*"}),
        ("www.a.example", {"*.a.example"}),
        ("x.y.a.example", {"b.example", "*.a.example"}),
    ],
)
def test_hosts_that_may_be_asked(host: str, allowed: set[str]) -> None:
    check_host(host, allowed)


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("a.example", set()),
        ("a.example", {"b.example"}),
        ("a.example", {"*.a.example"}),
        ("www.a.example", {"a.example"}),
        ("evila.example", {"*.a.example"}),
        ("a.example.evil.test", {"a.example"}),
    ],
)
def test_hosts_that_may_not(host: str, allowed: set[str]) -> None:
    with pytest.raises(AddressNotAllowed, match="SAGESMAN_FETCH_ALLOWED_HOSTS"):
        check_host(host, allowed)


def test_a_name_that_nobody_knows_and_one_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    # However a number is written, it is that address.
    assert {str(each) for each in resolve("2130706433", 80, 5)} == {"127.0.0.1"}

    def nobody(*_: object, **__: object) -> object:
        raise OSError("no such name")

    monkeypatch.setattr("socket.getaddrinfo", nobody)
    with pytest.raises(UpstreamFailed, match=r"a.example: no address is known"):
        resolve("a.example", 80, 5)
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: time.sleep(0.5) or [])
    with pytest.raises(UpstreamTooSlow, match="in time"):
        resolve("a.example", 80, 0.05)
