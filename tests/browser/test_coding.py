"""A coder makes a codebook and marks texts: with the mouse, and with the keyboard alone."""

from __future__ import annotations

from uuid import uuid4

from playwright.sync_api import Page, expect
from sqlmodel import col, func, select

from data.database import open_session
from data.tables import CodedText, Interview, Study, Turn
from tests.browser.conftest import Site, Visit, settled
from tests.browser.test_month import database


def make_code(page: Page, site: Site, name: str) -> None:
    """Add a code to the codebook; its form is open as long as there is none."""
    page.goto(f"{site.address}/codebook")
    page.wait_for_selector("h1")
    settled(page)
    field = page.get_by_label("Name", exact=True)
    if not field.is_visible():
        page.get_by_text("Add a code", exact=True).click()
        page.wait_for_timeout(600)  # what opens moves; a press on what moves is lost
    field.fill(name)
    page.get_by_role("button", name="Add this code", exact=True).click()
    settled(page)
    expect(page.get_by_role("button", name=name)).to_be_visible()


def unread_interview(site: Site) -> str:
    """Return the key of the longest interview of the demo that nobody has finished coding."""
    with open_session(database(site)) as session:
        finished = select(Turn.interview_id).join(CodedText, col(CodedText.turn_id) == col(Turn.id))
        found = session.exec(
            select(Interview.id)
            .join(Study, col(Study.id) == col(Interview.study_id))
            .join(Turn, col(Turn.interview_id) == col(Interview.id))
            .where(Study.slug == "demo", col(Interview.id).not_in(finished))
            .group_by(col(Interview.id))
            .order_by(func.count().desc())
        ).first()
    return str(found)


def open_text(page: Page, site: Site, interview: str) -> None:
    """Open an interview to be coded."""
    page.goto(f"{site.address}/coding?interview={interview}")
    page.wait_for_selector(".zq-words")
    settled(page)


def saved(page: Page) -> None:
    """Wait until what was marked is on disk."""
    status = page.locator(".zq-status")
    expect(status).to_contain_text("Saved")
    expect(status).to_have_attribute("data-waiting", "0")


def marked(page: Page, code: str) -> list[str]:
    """Return the words that carry a mark with a code, as their names tell them."""
    names = page.locator(".zq-name", has_text=code)
    return [names.nth(place).get_attribute("title") or "" for place in range(names.count())]


def test_a_coder_marks_with_the_mouse_and_takes_it_back(site: Site, visit: Visit) -> None:
    code = f"Mouse {uuid4().hex[:6]}"
    page = visit(site.links()["researcher"])
    make_code(page, site, code)
    open_text(page, site, unread_interview(site))
    words = page.locator(".zq-part:not(.zq-context) .zq-words").first
    text = words.inner_text()
    words.scroll_into_view_if_needed()
    words.click(click_count=3)
    page.locator(".zq-code", has_text=code).click()
    saved(page)
    assert marked(page, code) == [text.strip()]
    page.reload()
    page.wait_for_selector(".zq-words")
    settled(page)
    assert marked(page, code) == [text.strip()]
    page.locator(".zq-name", has_text=code).click()
    page.get_by_label("A memo").fill("A memo 💡")
    page.get_by_label("A memo").blur()
    expect(page.locator(".zq-name", has_text=code)).to_contain_text("with a memo")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator(".zq-name", has_text=code)).not_to_contain_text("with a memo")
    expect(page.get_by_label("A memo")).to_have_value("")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator(".zq-name", has_text=code)).to_have_count(0)
    page.wait_for_selector("[data-waiting='0']")
    page.reload()
    page.wait_for_selector(".zq-words")
    settled(page)
    assert marked(page, code) == []


def test_a_coder_marks_with_the_keyboard_alone_on_a_phone(site: Site, visit: Visit) -> None:
    code = f"Keys {uuid4().hex[:6]}"
    page = visit(site.links()["researcher"], size="phone")
    make_code(page, site, code)
    open_text(page, site, unread_interview(site))
    page.locator(".zq-texts").focus()
    for key in ("ArrowDown", "Shift+ArrowDown"):
        page.keyboard.press(key)
    chosen = page.locator(".zq-chosen").inner_text()
    page.keyboard.press("Enter")
    page.keyboard.type(code.lower())
    page.keyboard.press("Enter")
    saved(page)
    (words,) = marked(page, code)
    assert words[:40] == chosen.strip("“”")[:40]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    chosen = page.locator(".zq-chosen").inner_text().strip("“”")
    page.keyboard.press("Enter")
    page.keyboard.type(code.lower())
    page.keyboard.press("Enter")
    expect(page.locator(".zq-name", has_text=code)).to_have_count(2)
    assert chosen in marked(page, code)
    page.keyboard.press("Control+z")
    expect(page.locator(".zq-name", has_text=code)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="I have finished this text").click()
    settled(page)
    expect(page.get_by_role("button", name="Open it again", exact=True)).to_be_visible()
    page.get_by_role("button", name="Open it again", exact=True).click()
    settled(page)
    expect(page.get_by_role("button", name="I have finished this text")).to_be_visible()
