"""The pages in use: asking, reading, exploring, adding; by mouse, by keyboard, with and without scripts."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Page, expect

from app.domain.article import Article
from app.domain.claim import Extraction
from app.ingest import Ingest
from tests.api.conftest import annotated
from tests.browser.conftest import OpenTab, Site
from tests.browser.test_every_page import assert_accessible
from tests.gold_extraction import gold_actor_ids, gold_documents
from tests.web.site import SEED, TEXT, claim_id, tricky_article

pytestmark = pytest.mark.browser

ARTICLE = f"/articles/{tricky_article().id}"


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_question_to_the_words_in_the_article(scripts: bool, tab: OpenTab) -> None:
    page = tab(scripts=scripts).open("/")
    page.get_by_label("Din fråga").fill("Vad förnekade Baku?")
    page.get_by_role("button", name="Fråga").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 dementi från Azerbajdzjan")
    card = page.get_by_role("article")
    expect(card).to_contain_text("Bakus regering förnekade dock denna anklagelse.")
    card.get_by_role("link", name="Karabach, en bergig region").click()
    expect(page).to_have_url(re.compile(r"/articles/art_\w+(\?at=clm_\w+)?#clm_\w+$"))
    target = page.locator(".hl:target")
    expect(target).to_have_text("denna anklagelse")
    expect(target).to_be_in_viewport()
    target.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/claims/clm_\w+$"))
    expect(page.locator(".chain")).to_contain_text("Förnekar Nikol Pasjinjan")


def test_english_by_the_browser_and_by_choice(tab: OpenTab) -> None:
    page = tab(locale="en-GB").open("/")
    expect(page.get_by_role("button", name="Ask")).to_be_visible()
    page.get_by_role("link", name="Svenska").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    page.get_by_role("link", name="Aktörer").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")


def test_the_browser_reads_the_very_text_of_the_article(tab: OpenTab) -> None:
    page = tab().open(ARTICLE)
    assert page.locator(".prose").evaluate("element => element.textContent") == TEXT
    shown = page.locator(f'.prose [data-claim="{claim_id("c4")}"]').all_text_contents()
    assert "".join(shown) == "om freden, uppger"


def strip(page: Page) -> str:
    """What the strip at the foot of the window says, empty where it is not shown."""
    script = "() => [...document.querySelectorAll('.prose a')].map(a => getComputedStyle(a, '::after').content)"
    shown: list[str] = [content for content in page.evaluate(script) if content != "none"]
    assert len(shown) < 2
    return shown[0] if shown else ""


@pytest.mark.parametrize("scripts", [True, False])
def test_pointing_at_a_claim_tells_about_it(scripts: bool, tab: OpenTab) -> None:
    opened = tab(scripts=scripts)
    page = opened.open(ARTICLE)
    link = page.locator(f'[data-claim="{claim_id("c1")}"] a').first
    link.hover()
    content = link.evaluate("link => getComputedStyle(link, '::after').content") if scripts else None
    if scripts:
        assert content is not None
        assert "Anna Berg · dementi · regler quotation-broken, inverted · Säkerhet 92" in content
        lit = page.locator(".lit").evaluate_all("all => all.map(one => one.dataset.claim ?? one.dataset.noteOf)")
        assert lit == [claim_id("c1")] * 3
    # Without scripts nothing can be asked of the page; what it draws can: the strip covers the foot of the window.
    foot = {"x": 0, "y": 860, "width": 1280, "height": 40}
    with_strip = page.screenshot(clip=foot)  # type: ignore[arg-type]
    page.mouse.move(1, 1)
    assert page.screenshot(clip=foot) != with_strip  # type: ignore[arg-type]


def test_the_keyboard_goes_from_claim_to_claim(tab: OpenTab) -> None:
    page = tab().open(ARTICLE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    reached: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        claim = page.evaluate("document.activeElement.closest('.prose [data-claim]')?.dataset.claim ?? ''")
        if claim:
            reached.append(claim)
            assert strip(page)
    assert reached == [claim_id(ref) for ref in ("c1", "c2", "c3", "c4", "c5")]


def test_every_focus_can_be_seen(tab: OpenTab) -> None:
    page = tab().open("/graph?actor=Norge")
    for _ in range(30):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + s.outlineWidth }"
        )
        assert outline == "solid3px", page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def view_box(page: Page) -> list[float]:
    return [float(part) for part in (page.locator(".explorer svg").get_attribute("viewBox") or "").split()]


def test_the_explorer_zooms_moves_and_clicks_through(tab: OpenTab) -> None:
    page = tab().open("/graph")
    whole = view_box(page)
    page.get_by_role("button", name="Förstora").click()
    near = view_box(page)
    assert near[2] == pytest.approx(whole[2] / 1.3)
    frame = page.locator(".explorer .viewport")
    box = frame.bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + 200)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] - 80, middle[1] - 40, steps=4)
    page.mouse.up()
    moved = view_box(page)
    assert moved[0] > near[0]
    assert moved[1] > near[1]
    expect(page).to_have_url(re.compile("/graph$"))
    frame.focus()
    page.keyboard.press("ArrowLeft")
    assert view_box(page)[0] < moved[0]
    page.keyboard.press("-")
    page.keyboard.press("0")
    assert view_box(page) == whole
    page.mouse.move(*middle)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function(f"document.querySelector('.explorer svg').viewBox.baseVal.width < {whole[2]}")
    page.get_by_role("button", name="Hela bilden").click()
    page.locator(".explorer svg a.box", has_text="Azerbajdzjan").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Azerbajdzjan")


def test_the_explorer_without_scripts(tab: OpenTab) -> None:
    page = tab(scripts=False).open("/graph")
    page.get_by_label("Kring aktören").fill("Norge")
    page.get_by_label("Visa", exact=True).select_option("påståenden")
    page.get_by_role("button", name="Rita").click()
    expect(page.locator(".explorer svg")).to_contain_text("Norge ljuger")
    page.locator(".explorer svg a.box.person").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Bo Ek|Anna Berg"))


class GoldExtractor:
    """Reads articles by their annotation, where there is one."""

    def extract_many(self, articles: Sequence[Article]) -> list[Extraction]:
        return [annotated(article) for article in articles]


def read_by_a_worker(site: Site, page: Page) -> None:
    """What a worker does with the article that the page waits for."""
    article_id = page.url.partition("?")[0].rpartition("/")[2]
    Ingest(site.engine, GoldExtractor(), lambda extraction, _: gold_actor_ids(extraction)).process_article(article_id)


def test_a_pasted_text_becomes_an_article_while_one_watches(tab: OpenTab, site: Site) -> None:
    page = tab().open("/ingest")
    page.get_by_label("Text", exact=True).fill("Det regnar, sade Eva Holm.")
    page.get_by_label("Rubrik").fill("Regn")
    page.get_by_role("button", name="Spara och läs").click()
    expect(page.get_by_role("status")).to_contain_text("väntar på att läsas")
    expect(page.get_by_role("heading", level=1)).to_have_text("Regn")
    read_by_a_worker(site, page)
    expect(page.get_by_role("status")).to_have_count(0, timeout=10_000)
    expect(page.locator("main")).to_contain_text("Inga påståenden hittades i texten.")


def test_a_question_is_completed_by_keyboard(tab: OpenTab) -> None:
    opened = tab()
    page = opened.open("/")
    field = page.get_by_role("combobox", name="Din fråga")
    field.press_sequentially("Vad säger hikm")
    options = page.get_by_role("option")
    expect(options).to_have_text(["Vad säger Hikmet Hajiyev?"])
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press_sequentially("e")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Vad säger Hikmet Hajiyev?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hikmet Hajiyev")
    page.get_by_role("link", name="Graf").first.click()
    page.get_by_label("Kring aktören").press_sequentially("norg")
    page.get_by_role("option", name="Norge").click()
    expect(page.get_by_label("Kring aktören")).to_have_value("Norge")
    assert opened.messages == []


@pytest.mark.parametrize("scripts", [True, False])
def test_several_files_are_followed_until_all_are_read(scripts: bool, tab: OpenTab, site: Site) -> None:
    page = tab(scripts=scripts).open("/ingest")
    files = [(f"{name}-{scripts}.txt", f"Det {name} nu, sade Eva Holm. {scripts}") for name in ("regnar", "snöar")]
    page.get_by_label("eller filer").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in files]
    )
    page.get_by_role("button", name="Spara och läs").click()
    expect(page.get_by_role("status")).to_have_text("0 av 2 lästa")
    first, second = (Article(text).id for _, text in files)
    ingest = Ingest(site.engine, GoldExtractor(), lambda extraction, _: gold_actor_ids(extraction))
    ingest.process_article(first)
    expect(page.get_by_role("status")).to_have_text("1 av 2 lästa", timeout=10_000)
    if scripts:
        expect(page.locator("progress")).to_have_js_property("value", 1)
        expect(page.locator(f'[data-article="{second}"]')).to_contain_text("väntar")
        assert_accessible(page)
    ingest.process_article(second)
    expect(page.get_by_role("heading", level=1)).to_have_text("Artiklarna är lästa", timeout=10_000)
    expect(page.locator(".articles li")).to_contain_text(["Läst, 0 påståenden", "Läst, 0 påståenden"])


def test_a_finger_moves_the_picture_once_it_is_larger(tab: OpenTab) -> None:
    page = tab().open("/graph")
    frame = page.locator(".explorer .viewport")
    before = frame.evaluate("frame => getComputedStyle(frame).touchAction")
    page.get_by_role("button", name="Förstora").click()
    assert (before, frame.evaluate("frame => getComputedStyle(frame).touchAction")) == ("pan-y", "none")


def test_nothing_moves_by_itself_for_those_who_asked_for_that(tab: OpenTab) -> None:
    page = tab().open(ARTICLE)
    scrolling = "getComputedStyle(document.documentElement).scrollBehavior"
    assert page.evaluate(scrolling) == "smooth"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(scrolling) == "auto"


def test_a_file_becomes_an_article_without_scripts(tab: OpenTab, site: Site) -> None:
    text = gold_documents()[SEED]["text"] + "\n"
    page = tab(scripts=False).open("/ingest")
    page.get_by_label("eller filer").set_input_files(
        {"name": "seed.txt", "mimeType": "text/plain", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Spara och läs").click()
    expect(page.get_by_role("status")).to_contain_text("väntar på att läsas")
    read_by_a_worker(site, page)
    # The page loads itself anew every few seconds, and at once when asked to.
    page.get_by_role("link", name="Uppdatera nu").click()
    expect(page.get_by_role("status")).to_have_count(0)
    assert "".join(page.locator(".prose").all_text_contents()) == text


def test_a_file_can_be_dropped(tab: OpenTab) -> None:
    page = tab().open("/ingest")
    dropped = page.evaluate_handle(
        "() => { const drop = new DataTransfer();"
        "drop.items.add(new File(['Hej'], 'nytt.txt', {type: 'text/plain'})); return drop }"
    )
    page.dispatch_event(".drop", "dragover", {"dataTransfer": dropped})
    expect(page.locator(".drop")).to_have_class(re.compile("over"))
    page.dispatch_event(".drop", "drop", {"dataTransfer": dropped})
    assert page.locator("#file").evaluate("field => field.files[0].name") == "nytt.txt"
    expect(page.locator(".drop")).not_to_have_class(re.compile("over"))


def test_a_refused_form_says_why_and_keeps_what_was_typed(tab: OpenTab) -> None:
    page = tab().open("/ingest")
    page.get_by_label("Rubrik").fill("Regn")
    page.get_by_role("button", name="Spara och läs").click()
    expect(page.get_by_role("alert")).to_contain_text("Klistra in en text eller välj en fil.")
    expect(page.get_by_label("Rubrik")).to_have_value("Regn")
    assert page.evaluate("document.activeElement.className") == "faults"
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "text"


@pytest.fixture
def elsewhere(site: Site) -> Iterator[str]:
    """The address of another site, whose one page frames a claim of ours."""
    html = f'<title>CMS</title><iframe src="{site.address}/embed/claims/{claim_id("c2")}" width="640" height="340">'

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the page is asked for once."""

    with HTTPServer(("127.0.0.1", 0), Host) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_an_embedded_claim_leads_out_of_its_frame(tab: OpenTab, site: Site, elsewhere: str) -> None:
    page = tab().open(elsewhere)
    frame = page.frame_locator("iframe")
    expect(frame.locator("mark")).to_have_text("att Bo Ek hävdar att Norge ljuger om freden")
    frame.get_by_role("link", name="Anna Berg").click()
    expect(page).to_have_url(f"{site.address}/actors/act_anna_berg")


def test_printed_pages_leave_out_what_only_a_screen_needs(tab: OpenTab) -> None:
    page = tab().open(ARTICLE)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Huvudmeny")).to_be_hidden()
    expect(page.locator(".prose")).to_be_visible()
