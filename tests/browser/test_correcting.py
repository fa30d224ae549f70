"""A reporter puts a claim right in a browser: by keyboard, without scripts, with faults that are heard and found."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from app.storage.corrections import undo_correction
from app.storage.engine import reading, transaction
from app.storage.history import list_corrections
from tests.browser.conftest import OpenTab, Site
from tests.browser.test_every_page import OVERFLOW, assert_accessible
from tests.web.site import TEXT, claim_id, tricky_article

pytestmark = pytest.mark.browser

CLAIM = f"/claims/{claim_id('c3')}"


def test_a_claim_is_put_right_and_back_by_keyboard_and_without_scripts(tab: OpenTab) -> None:
    page = tab(scripts=False).open(CLAIM)
    page.get_by_text("Rätta", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Slag").select_option("opinion")
    page.locator("#author").fill("Ada")
    page.locator("#author").press("Enter")
    page.wait_for_url(f"**{CLAIM}")
    assert page.locator(".kicker .tag").inner_text().casefold() == "åsikt"
    assert "av Ada" in page.locator(".history").inner_text()
    page.locator(".history").get_by_label("Ditt namn").fill("Bo")
    page.get_by_role("button", name="Ångra: Ändrat").click()
    assert page.locator(".kicker .tag").inner_text().casefold() == "anklagelse"
    assert "Ångrat av Bo" in page.locator(".history").inner_text()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_the_form_is_accessible_open_and_with_faults(scheme: str, width: int, tab: OpenTab) -> None:
    page = tab(scheme=scheme, width=width).open(CLAIM)
    page.get_by_text("Rätta", exact=True).click()
    assert_accessible(page)
    page.get_by_label("Orden i texten").fill("Bertil")
    page.locator("#author").fill("Ada")
    page.get_by_role("button", name="Spara rättelsen").click()
    assert "”Bertil” står inte i artikeln." in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Orden i texten").get_attribute("aria-invalid") == "true"
    assert page.evaluate(OVERFLOW) <= 0
    assert_accessible(page)


def test_the_form_that_joins_actors_is_accessible_with_faults(tab: OpenTab) -> None:
    page = tab().open("/actors/act_bo_ek")
    page.get_by_text("Samma som …").click()
    page.get_by_role("button", name="Inte samma").click()
    assert "Skriv ditt namn" in page.locator("#author-fault").inner_text()
    assert_accessible(page)


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Select with the mouse from one point to another."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=6)
    page.mouse.up()


def corners(page: Page, words: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Points just inside both ends of those words in the text of the article."""
    box = page.locator(".prose").evaluate(
        """(prose, words) => {
          const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            node.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
            const box = range.getBoundingClientRect();
            return [box.left, box.right, box.top + box.height / 2];
          }
        }""",
        words,
    )
    return (box[0], box[2]), (box[1], box[2])


def test_words_selected_in_the_text_go_into_the_form(tab: OpenTab, site: Site) -> None:
    opened = tab()
    page = opened.open(f"/articles/{tricky_article().id}?edit=new")
    assert page.locator("#said").get_attribute("aria-invalid") is None
    # Letters beyond the basic plane stand before: places are counted in code points.
    drag(page, *corners(page, "rad ett."))
    expect(page.locator("#said")).to_have_value("rad ett.")
    assert page.locator('[name="said-at"]').get_attribute("value") == str(TEXT.index("rad ett."))
    page.keyboard.down("Control")
    drag(page, *corners(page, "fett"))
    page.keyboard.up("Control")
    expect(page.locator("#said")).to_have_value("fett\nrad ett.")
    page.locator("#words").focus()
    # Inside a claim, whose words are a link at other times.
    drag(page, *corners(page, "Norge"))
    expect(page.locator("#words")).to_have_value("Norge")
    expect(page).to_have_url(re.compile("edit=new$"))
    expect(page.locator(".quoted [role=status]")).to_have_text("Hämtat ur texten: Norge")
    assert_accessible(page)
    page.get_by_label("Sagesman", exact=True).fill("Norge")
    page.locator("#author").fill("Ada")
    page.get_by_role("button", name="Spara påståendet").click()
    page.wait_for_url(re.compile("#clm_"))
    note = page.locator(".notes li", has_text="tillagt för hand")
    expect(note).to_contain_text("fett … rad ett.")
    assert opened.messages == []
    assert_accessible(page)
    with reading(site.engine) as session:
        (made,) = list_corrections(session, article_id=tricky_article().id, limit=1).items
    with transaction(site.engine) as session:
        undo_correction(session, made.id, author="Ada")


@pytest.mark.parametrize("scripts", [True, False])
def test_words_at_several_places_are_asked_for_on_the_page(scripts: bool, tab: OpenTab) -> None:
    page = tab(scripts=scripts, width=320).open(f"/articles/{tricky_article().id}?edit=new")
    page.get_by_label("Vad som påstås").fill("Ek")
    page.locator("#author").fill("Ada")
    page.get_by_role("button", name="Spara påståendet").click()
    choice = page.get_by_role("group", name="Orden står på flera ställen. Vilket menas?")
    expect(choice.get_by_role("radio")).to_have_count(2)
    if scripts:
        assert_accessible(page)
        assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_the_form_for_verdicts_is_accessible_with_faults(scheme: str, width: int, tab: OpenTab) -> None:
    page = tab(scheme=scheme, width=width).open(CLAIM)
    page.get_by_text("Är det sant? Ge ett omdöme").click()
    page.get_by_role("button", name="Spara omdömet").click()
    assert "Skriv omdömet" in page.get_by_role("alert").inner_text()
    expect(page.locator("#verdict-rating")).to_have_attribute("aria-invalid", "true")
    assert page.evaluate(OVERFLOW) <= 0
    assert_accessible(page)
