"""Long articles come in parts that cover them, stay light, and are found by the claims in them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from app.asgi import assemble
from app.domain.actor import Actor, ActorKind, Mention
from app.domain.article import Article
from app.domain.claim import Act, Claim, Extraction, Mode
from app.domain.span import Span
from app.settings import Settings
from app.storage.articles import Status, save_article, set_status
from app.storage.claims import save_extraction
from app.storage.engine import migrate, open_engine, transaction
from app.web.portions import NEAR, portions
from app.web.rendering import STATIC
from tests.web.reading import Element, read
from tests.web.test_headers import BUDGET

CLAIMS = 300


def long_article(separator: str = "\n") -> tuple[Article, Extraction]:
    """An article with 300 claims by 40 speakers."""
    said = [f"Talesperson {number % 40} sade att plats {number} är lugn och stabil." for number in range(CLAIMS)]
    article = Article(separator.join(said))
    claims, start = [], 0
    for number, sentence in enumerate(said):
        content = start + sentence.index("att ")
        speaker = Span.cut(article.text, start, start + sentence.index(" sade"))
        claims.append(
            Claim(
                f"c{number}",
                speaker,
                (f"a{number % 40}",),
                Span.cut(article.text, speaker.end + 1, speaker.end + 5),
                (Span.cut(article.text, content, start + len(sentence) - 1),),
                Act.STATEMENT,
                Mode.INDIRECT,
                evidence=(("content", "complement-att"), ("speaker", "subject")),
            )
        )
        start += len(sentence) + len(separator)
    actors = []
    for number in range(40):
        speaker = claims[number].speaker
        assert speaker is not None
        actors.append(Actor(f"a{number}", speaker.text, ActorKind.PERSON, (Mention(speaker, "name"),)))
    return article, Extraction(article.id, tuple(claims), tuple(actors))


@pytest.fixture(scope="module", params=["\n", " "])
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path_factory.mktemp('long') / 'long.db'}"
    engine = open_engine(url)
    migrate(engine)
    article, found = long_article(request.param)
    with transaction(engine) as session:
        save_article(session, article)
        save_extraction(session, found, {actor.ref: f"act_{actor.ref}" for actor in found.actors})
        set_status(session, [article.id], Status.DONE)
    engine.dispose()
    with TestClient(assemble(Settings(database_url=url)), headers={"accept": "text/html"}) as client:
        client.headers["x-text"] = article.id
        yield client


def pages(client: TestClient, query: str = "") -> list[str]:
    place, found = f"/articles/{client.headers['x-text']}?part=", []
    while True:
        html = client.get(f"{place}{len(found) + 1}{query}").text
        found.append(html)
        if not read(html).all("a", rel="next"):
            return found


def prose(html: str) -> Element:
    return read(html).one("div", cls="prose")


def test_the_parts_are_the_article_and_every_claim_is_in_one(client: TestClient) -> None:
    found = pages(client)
    assert len(found) > 4
    texts = {"".join(prose(html).text for html in found)}
    assert texts <= {long_article("\n")[0].text, long_article(" ")[0].text}
    numbers = [entry.all("span", cls="swatch")[0].words for html in found for entry in notes(html)]
    assert numbers == [str(number) for number in range(1, CLAIMS + 1)]
    assert "Del 2 av" in read(found[1]).one("main").words


def notes(html: str) -> list[Element]:
    return [each for each in read(html).one("ol", cls="notes").all("li") if "data-note-of" in each.attributes]


@pytest.mark.parametrize("query", ["", "&edit=new"])
def test_each_part_is_light(query: str, client: TestClient) -> None:
    with_it = sum(
        (STATIC / name).stat().st_size for name in ("pages.css", "article.js", "selecting.js", "suggesting.js")
    )
    assert max(len(html.encode()) for html in pages(client, query)) + with_it < BUDGET


def test_a_claim_leads_to_the_part_in_which_it_stands(client: TestClient) -> None:
    _, found = long_article()
    for claim in (found.claims[0], found.claims[150], found.claims[-1]):
        claim_id = claim.id_in(client.headers["x-text"])
        page = client.get(f"/claims/{claim_id}")
        if page.status_code == 404:
            # Of the article with other separators.
            continue
        place = read(page.text).one("p", cls="source").one("a").attributes["href"]
        path, _, anchor = place.partition("#")
        assert anchor == claim_id
        assert prose(client.get(path).text).all("span", id=claim_id)
        assert ("at=" in path) is (claim.content[0].start >= NEAR)
        edited = client.get(f"/articles/{client.headers['x-text']}?edit={claim_id}").text
        assert prose(edited).all("span", id=claim_id)


@given(
    st.lists(st.text("abö \n", max_size=3000), max_size=30).map("".join),
    st.lists(st.tuples(st.floats(0, 1), st.integers(1, 400)), max_size=200),
)
def test_portions_cover_any_text(text: str, marks: list[tuple[float, int]]) -> None:
    starts = [(int(share * max(len(text) - 1, 0)), length) for share, length in marks]
    claims = [(start, min(start + length, len(text))) for start, length in starts if text]
    found = portions(text, claims)
    assert "".join(text[each.start : each.end] for each in found) == text
    assert [each.number for each in found] == list(range(1, len(found) + 1))
    assert {each.of for each in found} == {len(found)}
    assert all(each.start < each.end for each in found) or not text


def test_a_short_text_is_one_portion_and_a_long_line_is_broken() -> None:
    assert [(each.start, each.end) for each in portions("Kort.\nText.", [])] == [(0, 11)]
    assert [(each.start, each.end) for each in portions("", [])] == [(0, 0)]
    found = portions("ord " * 50_000, [])
    assert len(found) > 3
    assert all(each.start % 4 == 0 for each in found)
    assert all(each.end - each.start < 60_000 for each in found)
