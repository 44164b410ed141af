"""Signing out on a device that others use: nothing is lost unsaid, and nothing stays behind."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from data.database import open_session
from data.tables import Person
from survey.withdrawal import withdraw
from tests.browser.test_autosave import WORDS, context, page, url, writer
from tests.browser.writers import Writer, box, eventually

__all__ = ["context", "page", "url", "writer"]
COPIES = """
() => new Promise((resolve) => {
  const request = indexedDB.open("zhenqing", 1);
  request.onsuccess = () => {
    const all = request.result.transaction("unsent").objectStore("unsent").getAll();
    all.onsuccess = () => resolve(all.result.map((record) => record.text).concat(
      Object.keys(localStorage).filter((key) => key.startsWith("zhenqing-unsent"))));
  };
})
"""


@pytest.fixture
def unsent(context: BrowserContext, page: Page) -> Page:
    """A page with a text that does not reach the server."""
    context.route("**/draft", lambda route: route.abort())
    box(page).click()
    page.keyboard.type(WORDS)
    eventually(page, lambda: page.evaluate(COPIES), [WORDS])
    return page


def test_what_is_unsent_reaches_the_server_before_signing_out(
    context: BrowserContext, unsent: Page, writer: Writer
) -> None:
    context.unroute("**/draft")
    address = unsent.url
    unsent.close()
    leaving = context.new_page()
    leaving.goto(address.partition("/write")[0] + "/leave")
    eventually(leaving, writer.draft, WORDS)
    eventually(leaving, lambda: leaving.evaluate(COPIES), [])
    expect(leaving.get_by_role("alert")).to_have_count(0)


def test_what_cannot_be_sent_is_said_and_goes_with_the_person(
    context: BrowserContext, unsent: Page, writer: Writer
) -> None:
    leaving = context.new_page()
    leaving.goto(unsent.url.partition("/write")[0] + "/leave")
    expect(leaving.get_by_role("alert")).to_contain_text("not saved to the study yet")
    expect(leaving.get_by_role("link", name="Go back")).to_be_visible()
    assert leaving.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    leaving.get_by_role("button", name="Sign out and remove it").click()
    expect(leaving.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(unsent.get_by_role("heading", level=1)).to_contain_text("personal link")
    eventually(leaving, lambda: leaving.evaluate(COPIES), [])
    assert writer.draft() == ""


def test_nothing_stays_on_the_device_of_somebody_who_withdrew_elsewhere(
    unsent: Page, writer: Writer
) -> None:
    with open_session(writer.url) as session:
        withdraw(session=session, person=session.get_one(Person, writer.person_id))
        session.commit()
    unsent.reload()
    expect(unsent.get_by_role("heading", level=1)).to_have_text("You no longer take part")
    eventually(unsent, lambda: unsent.evaluate(COPIES), [])
