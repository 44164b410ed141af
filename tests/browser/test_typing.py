"""Numbers, codes and places are brought to the server as they are typed, like any text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import SIZES, Site
from tests.browser.test_autosave import url
from tests.browser.writers import TYPED, Writer, a_writer, box, eventually

__all__ = ["url"]
ANSWERS = {
    "made": ("12", 12),
    "spent": ("12,50", 12.5),
    "code": ("0042x", "0042x"),
    "phone": ("+49 30 1", "+49 30 1"),
    "page": ("https://set.example/7", "https://set.example/7"),
    "tag": ("4006381333931", "4006381333931"),
    "where": ("31.23 121.47", "31.23 121.47"),
    "fine": ("640", 640),
    "since": ("1998", "1998-01-01"),
}


@pytest.fixture
def writer(site: Site, url: str) -> Writer:
    return a_writer(url, site.address, form=TYPED, slug="typed")


@pytest.fixture
def page(browser: Browser, writer: Writer) -> Iterator[Page]:
    context = browser.new_context(viewport=SIZES["phone"], locale="en-US")  # type: ignore[arg-type] # width and height
    yield entered(context, writer)
    context.close()


def entered(context: BrowserContext, writer: Writer) -> Page:
    made = context.new_page()
    made.goto(writer.link)
    made.click("button")
    made.locator('[class*="st-key-write-"] button').first.click()
    expect(box(made, "/data/since")).to_be_editable()
    return made


def test_whatever_is_typed_is_on_the_server_before_the_box_is_left(
    page: Page, writer: Writer
) -> None:
    for name, (typed, answer) in ANSWERS.items():
        path = f"/data/{name}"
        box(page, path).click()
        page.keyboard.type(typed)
        assert eventually(page, lambda: writer.drafts().get(path), answer) < 2.5  # noqa: B023 - called at once
        assert box(page, path).evaluate("element => element === document.activeElement")
    page.reload()
    for name, (typed, _) in ANSWERS.items():
        expect(box(page, f"/data/{name}")).to_have_value("12.5" if name == "spent" else typed)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("It has arrived")).to_be_visible()
    sent = writer.responses()[0]
    assert {name: sent[name] for name in ANSWERS} == {
        name: answer for name, (_, answer) in ANSWERS.items()
    }


def test_a_number_that_may_mean_two_is_asked_back_and_stays(page: Page, writer: Writer) -> None:
    spent = box(page, "/data/spent")
    spent.click()
    page.keyboard.type("12.000")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Is this 12000 or 12? Please write one of the two.")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Before it can be sent")).to_be_visible()
    expect(spent).to_have_value("12.000")
    spent.fill("12000")
    spent.press("Enter")
    expect(page.get_by_text("Is this 12000 or 12? Please write one of the two.")).to_have_count(0)
    eventually(page, lambda: writer.drafts().get("/data/spent"), 12000)


def test_numbers_bring_their_keys_and_what_is_masked_is_not_shown(page: Page) -> None:
    expect(box(page, "/data/made")).to_have_attribute("inputmode", "numeric")
    expect(box(page, "/data/phone")).to_have_attribute("inputmode", "tel")
    expect(box(page, "/data/code")).to_have_attribute("type", "password")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
