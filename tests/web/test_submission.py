"""The form for articles: what it takes, what it refuses and where it says so, whose forms it takes."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.domain.article import Article
from app.settings import Settings
from app.storage.articles import Status, get_article, list_articles, set_status
from app.storage.engine import Engine, open_engine, reading, transaction
from app.web.pages import mount
from tests.api.conftest import GoldQueue
from tests.formats.newsroom_files import sample
from tests.web.reading import Element, read

LIMIT = 500
HTML = {"accept": "text/html", "accept-language": "sv"}


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    engine = open_engine(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture
def queue(engine: Engine) -> GoldQueue:
    return GoldQueue(engine)


@pytest.fixture
def form(sqlite_url: str, queue: GoldQueue) -> Iterator[TestClient]:
    app = create_app(Settings(database_url=sqlite_url, max_text_chars=LIMIT), open_intake=lambda _: queue)
    mount(app)
    with TestClient(app, follow_redirects=False, headers=HTML) as client:
        yield client


def articles(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [article.id for article in list_articles(session).items]


def faults(root: Element) -> dict[str, str]:
    """What is said beside each field, where the field points to it."""
    found = {}
    for tag in ("input", "textarea"):
        for each in root.one("main").all(tag, aria_invalid="true"):
            name = each.attributes["id"]
            assert f"{name}-fault" in each.attributes["aria-describedby"].split()
            found[name] = root.one("p", id=f"{name}-fault").words
    return found


def test_a_pasted_text_is_stored_as_it_is_and_queued(form: TestClient, engine: Engine, queue: GoldQueue) -> None:
    sent = {"text": "Rad ett.\r\n\r\nRad två.", "title": " Rubrik ", "agency": "TT", "published": "2024-02-03"}
    answer = form.post("/ingest?lang=en", data=sent)
    assert answer.status_code == 303
    (article_id,) = articles(engine)
    assert answer.headers["location"] == f"/articles/{article_id}?lang=en"
    assert queue.queued == [article_id]
    with reading(engine) as session:
        article = get_article(session, article_id)
    assert article.text == "Rad ett.\n\nRad två."
    assert (article.title, article.agency, article.status) == ("Rubrik", "TT", Status.QUEUED)
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2024-02-03T00:00:00+00:00"
    assert article_id == Article("Rad ett.\n\nRad två.").id


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("Åke\r\nsade nej.\n".encode(), "", "Åke\r\nsade nej.\n"),
        ("\ufeffÅke sade nej.".encode(), "utf-8", "Åke sade nej."),
        ("Åke sade nej.".encode("windows-1252"), "windows-1252", "Åke sade nej."),
        ("Åke sade nej.".encode("utf-16"), "utf-8", "Åke sade nej."),
        (b"Hej sade han.", "no-such", "Hej sade han."),
    ],
)
def test_a_file_is_stored_byte_for_byte(
    data: bytes, encoding: str, text: str, form: TestClient, engine: Engine
) -> None:
    answer = form.post("/ingest", data={"encoding": encoding}, files={"file": ("a.txt", data, "text/plain")})
    assert answer.status_code == 303
    with reading(engine) as session:
        assert get_article(session, answer.headers["location"].rpartition("/")[2]).text == text


def test_the_same_text_again_leads_to_the_same_page(form: TestClient, engine: Engine, queue: GoldQueue) -> None:
    places = {form.post("/ingest", data={"text": "Hej, sade han."}).headers["location"] for _ in range(2)}
    assert len(places) == len(articles(engine)) == len(queue.queued) == 1


BAD = {
    "nothing": ({}, None, {"text": "Klistra in en text eller välj en fil."}),
    "blanks": ({"text": " \n\t"}, None, {"text": "Klistra in en text eller välj en fil."}),
    "marks alone": ({"text": "… – !"}, None, {"text": "Det finns inga ord i texten."}),
    "too long": ({"text": "å" * (LIMIT + 1)}, None, {"text": f"Texten är längre än {LIMIT} tecken."}),
    "both": ({"text": "Hej"}, b"Hej", {"file": "Skicka antingen texten eller filen, inte båda."}),
    "empty file": ({}, b"", {"file": "Det finns inga ord i texten."}),
    "binary": ({}, b"\x00\x01\x02PNG", {"file": "Det är inte text i den valda teckenkodningen."}),
    "wrong encoding": ({}, "Åke".encode("windows-1252"), {"file": "Det är inte text i den valda teckenkodningen."}),
    "no date": ({"text": "Hej", "published": "i går"}, None, {"published": "Det är inget datum."}),
    "long title": ({"text": "Hej", "title": "x" * 1001}, None, {"title": "Det är för långt."}),
    "two at once": (
        {"text": "Hej", "title": "x" * 1001, "published": "2024-13-01"},
        None,
        {"title": "Det är för långt.", "published": "Det är inget datum."},
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_stored(
    case: str, form: TestClient, engine: Engine
) -> None:
    data, file, told = BAD[case]
    answer = form.post(
        "/ingest", data=data, files={"file": ("a.txt", file, "text/plain")} if file is not None else None
    )
    assert answer.status_code == 422
    root = read(answer.text)
    found = faults(root)
    assert found.keys() == told.keys()
    assert all(found[name].startswith(words) for name, words in told.items())
    for name in found:
        assert root.one("div", role="alert").all("a", href=f"#{name}")
    assert root.one("textarea").text.removeprefix("\n") == data.get("text", "")
    assert articles(engine) == []


def upload(form: TestClient, *files: tuple[str, bytes], **fields: str) -> httpx.Response:
    return form.post("/ingest", data=fields, files=[("file", (name, data, "")) for name, data in files])


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("newsml.xml", ["Sametinget kräver stopp för gruvan"]),
        ("ninjs/tt-1.x.json", ["Ringström avvisar kritiken om havsvinden"]),
        ("rss.xml", ["Försvarsmakten nekar till stopp & fördröjning", "Riksbanken varnar"]),
        ("feed.json", ["Rederiet anklagar regionen", "Regionen nekar"]),
    ],
)
def test_files_are_told_apart_by_their_content(
    name: str, titles: list[str], form: TestClient, engine: Engine, queue: GoldQueue
) -> None:
    answer = upload(form, ("whatever.txt", sample(name)))
    assert answer.status_code == 303, faults(read(answer.text))
    with reading(engine) as session:
        assert [get_article(session, each).title for each in queue.queued] == titles
    assert answer.headers["location"].startswith("/articles/" if len(titles) == 1 else "/ingest/progress?")


def test_several_files_lead_to_their_progress(form: TestClient, engine: Engine, queue: GoldQueue) -> None:
    sent = [("a.txt", b"Det regnar, sade hon."), ("b.txt", "Åskan går, sade han.".encode())]
    answer = upload(form, *sent, ("a2.txt", sent[0][1]), agency="TT")
    assert answer.status_code == 303
    ids = [Article(data.decode()).id for _, data in sent]
    assert queue.queued == ids
    assert answer.headers["location"] == f"/ingest/progress?articles={'%2C'.join(ids)}"
    root = read(form.get(answer.headers["location"]).text)
    assert root.one("p", role="status").words == "0 av 2 lästa"
    assert root.all("noscript")
    with transaction(engine) as session:
        set_status(session, ids[:1], Status.DONE)
        set_status(session, ids[1:], Status.FAILED, "no")
    answer = form.get(root.one("section", cls="waiting").attributes["data-statuses"])
    assert answer.json() == {"statuses": {ids[0]: "done", ids[1]: "failed"}}
    root = read(form.get(f"/ingest/progress?articles={','.join(ids)},art_0").text)
    assert (root.one("h1").words, root.all("noscript")) == ("Artiklarna är lästa", [])
    with reading(engine) as session:
        assert {get_article(session, each).agency for each in ids} == {"TT"}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([("a.txt", b"Hej, sade han."), ("b.bin", b"\x00\x01")], "Det är inte text i den valda teckenkodningen."),
        ([("a.txt", b"Hej, sade han."), ("b.gz", b"\x1f\x8b\x08")], "Det är inte text"),
        ([("b.json", b'{"text": ')], "Filen är trasig"),
        ([("b.json", sample("ninjs/killed.json"))], "I filen dras en artikel tillbaka."),
        ([("b.json", b'{"colour": "red"}')], "Det som står där är inget format som går att läsa."),
        ([("a.txt", b"Hej."), ("b.txt", b" ")], "Det finns inga ord i texten."),
        ([(f"{number}.txt", b"Hej, sade han.") for number in range(21)], "Det är för många filer. Högst 20"),
        ([(f"{number}.txt", b"Hej, sade han.") for number in range(40)], "Det är för många filer. Högst 20"),
    ],
)
def test_one_file_that_cannot_be_read_keeps_all_out(
    files: list[tuple[str, bytes]], told: str, form: TestClient, engine: Engine
) -> None:
    answer = upload(form, *files)
    assert answer.status_code == 422
    found = faults(read(answer.text))["file"]
    assert found.startswith(told)
    assert ("(b." in found) is (len(files) == 2)
    assert articles(engine) == []


def test_a_headline_fits_one_article(form: TestClient, engine: Engine) -> None:
    answer = upload(form, ("a.txt", b"Hej, sade han."), ("b.txt", b"Nej, sade hon."), title="Rubrik")
    assert faults(read(answer.text)) == {"title": "En rubrik passar bara en artikel. Lämna den tom för flera."}
    assert articles(engine) == []


def test_a_body_over_the_limit_is_refused_without_being_kept(form: TestClient, engine: Engine) -> None:
    answer = form.post("/ingest", files={"file": ("a.txt", b"x" * 200_000, "text/plain")})
    assert answer.status_code == 422
    assert "Texten är längre än" in faults(read(answer.text))["file"]
    assert articles(engine) == []


@pytest.mark.parametrize("body", [b"", b"--x", b'--x\r\ncontent-disposition: form-data; name="text"\r\n\r\n'])
def test_a_broken_form_is_no_accident_of_ours(body: bytes, form: TestClient) -> None:
    answer = form.post("/ingest", content=body, headers={"content-type": "multipart/form-data; boundary=x"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "none"}, 303),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://testserver"}, 303),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_no_other_site_can_put_articles_in(
    headers: dict[str, str], status: int, form: TestClient, engine: Engine
) -> None:
    assert form.post("/ingest", data={"text": "Hej, sade han."}, headers=headers).status_code == status
    assert len(articles(engine)) == (status == 303)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status.QUEUED, "Texten är sparad och väntar"),
        (Status.PROCESSING, "Texten läses just nu."),
        (Status.FAILED, "Artikeln kunde inte läsas. the parser died"),
    ],
)
def test_the_page_of_an_article_tells_how_far_it_is(
    status: Status, told: str, form: TestClient, engine: Engine
) -> None:
    place = form.post("/ingest", data={"text": "Hej, sade han."}).headers["location"]
    reason = "the parser died" if status is Status.FAILED else None
    with transaction(engine) as session:
        set_status(session, [place.rpartition("/")[2]], status, reason)
    root = read(form.get(place).text)
    assert told in root.one("main").words
    assert "Hej, sade han." in root.one("div", cls="prose").text
    waits = status is not Status.FAILED
    assert bool(root.all("noscript")) is waits
    assert bool(root.all("section", cls="waiting")) is waits
    answer = form.get(f"{place}/status")
    assert answer.json() == {"status": status}
    assert answer.headers["cache-control"] == "no-store"
