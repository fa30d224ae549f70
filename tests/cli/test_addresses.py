"""``sagesman ingest https://…``."""

from __future__ import annotations

import pytest

from app.cli.files import address_sources
from app.fetching import articles
from app.settings import Settings
from tests.cli.conftest import Sagesman
from tests.fetching.servers import PAGE, body, serving
from tests.fetching.stand_in import PUBLIC, stand_in
from tests.formats.newsroom_files import sample


def test_the_articles_at_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "fetcher_of", lambda settings: stand_in("news.example"))
    with serving({"/": body(PAGE.encode()), "/feed": body(sample("rss.xml"), "text/xml")}, PUBLIC) as port:
        (page,) = address_sources(f"http://news.example:{port}/", Settings(), agency="Bladet", title=None)
        assert page.article.text == "Ministern förnekade anklagelsen."
        assert (page.article.agency, page.article.uri) == ("Bladet", f"http://news.example:{port}/")
        feed = address_sources(f"http://news.example:{port}/feed", Settings())
        assert [source.article.title for source in feed] == [
            "Försvarsmakten nekar till stopp & fördröjning",
            "Riksbanken varnar",
        ]
        assert [source.name for source in feed] == [f"http://news.example:{port}/feed: {n}" for n in (1, 2)]


def test_nothing_is_fetched_that_is_not_allowed(sagesman: Sagesman, monkeypatch: pytest.MonkeyPatch) -> None:
    off = sagesman("ingest", "https://news.example/a")
    assert (off.code, off.out) == (2, "")
    assert off.err.startswith("sagesman: fetching is switched off here (SAGESMAN_FETCH_ALLOWED_HOSTS)")
    monkeypatch.setenv("SAGESMAN_FETCH_ALLOWED_HOSTS", "*")
    with serving({"/": body(PAGE.encode())}) as port:
        inside = sagesman("ingest", f"http://127.0.0.1:{port}/")
        assert (inside.code, inside.out) == (2, "")
        assert "127.0.0.1 has an address that is not public" in inside.err
    monkeypatch.setenv("SAGESMAN_FETCH_ALLOWED_HOSTS", "a b")
    assert "SAGESMAN_FETCH_ALLOWED_HOSTS: 'a b' is no host name" in sagesman("ingest", "https://news.example/").err
