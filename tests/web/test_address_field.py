"""The field for an address in the form: there where fetching is allowed, and what it answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.settings import Settings
from app.storage.articles import get_article
from app.storage.engine import reading
from app.web.pages import mount
from tests.api.conftest import GoldQueue
from tests.fetching.servers import PAGE, body, serving, status
from tests.fetching.stand_in import PUBLIC, stand_in
from tests.formats.newsroom_files import sample
from tests.web.reading import read
from tests.web.test_submission import HTML, LIMIT, engine, faults, form, queue  # noqa: F401


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    answers = {"/page": body(PAGE.encode()), "/feed": body(sample("rss.xml"), "text/xml"), "/gone": status(410)}
    with serving(answers, PUBLIC) as number:
        yield number


@pytest.fixture
def fetching(sqlite_url: str, queue: GoldQueue) -> Iterator[TestClient]:  # noqa: F811
    settings = Settings(database_url=sqlite_url, max_text_chars=LIMIT)
    app = create_app(settings, open_intake=lambda _: queue, fetcher=stand_in("news.example"))
    mount(app)
    with TestClient(app, follow_redirects=False, headers=HTML) as client:
        yield client


def test_the_field_is_there_where_fetching_is_allowed(form: TestClient, fetching: TestClient) -> None:  # noqa: F811
    assert not read(form.get("/ingest").text).all("input", id="url")
    field = read(fetching.get("/ingest").text).one("input", id="url")
    assert (field.attributes["type"], field.attributes["aria-describedby"]) == ("url", "url-hint")


def test_a_page_is_fetched_and_stored(fetching: TestClient, queue: GoldQueue, port: int) -> None:  # noqa: F811
    url = f"http://news.example:{port}/page"
    answer = fetching.post("/ingest", data={"url": f" {url} ", "text": "", "title": "Rubrik"})
    assert answer.status_code == 303
    with reading(queue.engine) as session:
        article = get_article(session, answer.headers["location"].rpartition("/")[2])
    assert (article.text, article.uri, article.title) == ("Ministern förnekade anklagelsen.", url, "Rubrik")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://news.example:{port}/gone", "Sidan gick inte att hämta. Kontrollera adressen eller klistra in texten."),
        ("http://news.example:{port}/feed", "Där står inte en artikel utan flera, eller en som har dragits tillbaka."),
        ("http://other.example/", "Från den adressen får inget hämtas. Klistra in texten i stället."),
        ("tidningen", "Det är ingen adress till en artikel som går att läsa."),
    ],
)
def test_what_is_wrong_stands_beside_the_field(url: str, told: str, fetching: TestClient, port: int) -> None:
    address = url.format(port=port)
    answer = fetching.post("/ingest", data={"url": address})
    assert answer.status_code == 422
    root = read(answer.text)
    assert faults(root) == {"url": told}
    assert root.one("input", id="url").attributes["value"] == address


def test_an_address_and_a_text_are_one_too_many(fetching: TestClient) -> None:
    answer = fetching.post("/ingest", data={"url": "http://news.example/", "text": "Hej, sade han."})
    assert faults(read(answer.text)) == {"url": "Skicka bara en av dem: text, fil eller adress."}
