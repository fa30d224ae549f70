"""A reporter puts a claim right in a browser: by keyboard, without scripts, with faults that are heard and found."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenTab
from tests.browser.test_every_page import OVERFLOW, assert_accessible
from tests.web.site import claim_id

pytestmark = pytest.mark.browser

CLAIM = f"/claims/{claim_id('c3')}"


def test_a_claim_is_put_right_and_back_by_keyboard_and_without_scripts(tab: OpenTab) -> None:
    page = tab(scripts=False).open(CLAIM)
    page.get_by_text("Rätta", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Slag").select_option("opinion")
    page.get_by_label("Ditt namn").last.fill("Ada")
    page.get_by_label("Ditt namn").last.press("Enter")
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
    page.get_by_label("Ditt namn").last.fill("Ada")
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
