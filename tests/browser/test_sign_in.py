"""Signing in and out as a person does, with scripts and without."""

from __future__ import annotations

import pytest

from tests.api.keyed import make_key
from tests.browser.conftest import OpenTab, Site
from tests.browser.test_every_page import assert_accessible

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_a_key_opens_the_page_that_was_asked_for_and_is_forgotten(scripts: bool, tab: OpenTab, site: Site) -> None:
    key = make_key(site.engine, "read", "Nattdesken")
    page = tab(scripts=scripts).open("/sign-in?next=%2Fclaims%3Fact%3Ddenial")
    page.get_by_label("Nyckel").fill("sgm_nothing")
    page.get_by_role("button", name="Logga in").click()
    assert "okänd" in page.get_by_role("alert").inner_text()
    if scripts:
        assert_accessible(page)

    page.get_by_label("Nyckel").fill(key)
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims?act=denial")
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert page.get_by_role("link", name="Lägg in").count() == 0
    if scripts:
        assert_accessible(page)

    page.get_by_role("button", name="Logga ut Nattdesken").click()
    page.wait_for_url("**/sign-in")
    assert page.context.cookies() == []
