"""Every page in Chromium: accessible by axe-core in light and dark, quiet, light, whole on a small screen."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request

from tests.browser.conftest import OpenTab, Site
from tests.web.test_headers import BUDGET, PAGES, PICTURE

pytestmark = pytest.mark.browser

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def assert_accessible(page: Page) -> None:
    """Every rule of axe-core, the best practices too."""
    results = Axe().run(page)
    assert results.response["violations"] == [], results.generate_report()
    assert len(results.response["passes"]) > 10


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_quiet_and_light_and_asks_nobody_else(name: str, tab: OpenTab, site: Site) -> None:
    opened = tab()
    brought: list[Request] = []
    opened.page.on("requestfinished", lambda request: brought.append(request))
    page = opened.open(PAGES[name])
    assert_accessible(page)
    assert opened.messages == []
    assert [url for url in opened.asked if not url.startswith(f"{site.address}/")] == []
    assert len(brought) == len(opened.asked) >= 2
    assert sum(map(weight, brought)) < BUDGET


def weight(request: Request) -> int:
    """How many bytes a request brought, without the picture among them."""
    response = request.response()
    assert response is not None
    body = response.body()
    if "text/html" in response.headers["content-type"]:
        return len(PICTURE.sub("", body.decode()).encode())
    return len(body)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_in_the_dark_and_in_english(name: str, tab: OpenTab) -> None:
    page = tab(scheme="dark", locale="en-GB").open(PAGES[name])
    assert page.locator("html").get_attribute("lang") == "en"
    assert_accessible(page)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_on_a_small_screen(name: str, tab: OpenTab) -> None:
    page = tab(width=320).open(PAGES[name])
    assert page.evaluate(OVERFLOW) <= 0
    assert_accessible(page)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_the_same_without_scripts(name: str, tab: OpenTab) -> None:
    with_scripts, without = tab().open(PAGES[name]), tab(scripts=False).open(PAGES[name])
    said = with_scripts.locator("main").inner_text()
    # What scripts add are tools for what is there already.
    for words in with_scripts.locator(".tools").all_inner_texts():
        said = said.replace(words, "")
    assert said.split() == without.locator("main").inner_text().split()
