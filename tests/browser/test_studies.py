"""Several studies in one installation: begin “My Story”, invite, go over, close, go back."""

from __future__ import annotations

from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visit, settled


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)
    settled(page)


def test_my_story_is_begun_from_its_template_invited_to_and_closed(
    site: Site, visit: Visit
) -> None:
    slug = f"my-story-{uuid4().hex[:8]}"
    title = f"My Story {slug[-8:]}"
    page = visit(site.manage("invite", "demo").strip())
    page.goto(f"{site.address}/begin-study")
    heading(page, "What does the new study begin from?")
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="The template “My Story”", exact=True).click()
    settled(page)
    for label, text in (("What is it called?", title), ("Its short name", slug)):
        page.get_by_role("textbox", name=label, exact=True).fill(text)
        page.keyboard.press("Tab")
        settled(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Begin it", exact=True).click()
    heading(page, "You work on 2 studies")
    page.get_by_role("button", name=f"Go over to {title}", exact=True).click()
    expect(page.get_by_text(f"You are in {title} now.")).to_be_visible()
    settled(page)

    # Nothing of the first study is in the second.
    page.goto(f"{site.address}/study")
    heading(page, "Nobody takes part yet")
    page.goto(f"{site.address}/colleagues")
    heading(page, "One person works on this study")
    page.get_by_role("button", name="Make an invitation", exact=True).click()
    link = page.get_by_test_id("stCode").inner_text().strip()
    colleague = visit(link)
    expect(colleague.get_by_role("heading", level=1)).to_have_text("No interviews yet")

    page.goto(f"{site.address}/whole-study")
    heading(page, f"What becomes of {title}?")
    page.get_by_role("button", name="Close the study", exact=True).click()
    heading(page, "This study is closed")
    page.goto(f"{site.address}/teams")
    heading(page, "2 teams")
    page.get_by_role("textbox", name="Code", exact=True).fill("Z")
    page.get_by_role("button", name="Add the team", exact=True).click()
    said = page.get_by_test_id("stAlert").filter(has_text="This study is closed")
    expect(said).to_have_count(2)  # above everything, and beside what was tried

    # Deleted for good, with a receipt; the device is in the other study again.
    page.goto(f"{site.address}/whole-study")
    heading(page, "This study is closed")
    page.get_by_role("textbox", name=f"Type its short name, {slug}, to delete it").fill(slug)
    page.get_by_role("button", name="Delete the study for good", exact=True).click()
    heading(page, f"{title} is deleted")
    expect(page.get_by_test_id("stCode")).to_contain_text(f"The study {slug}")
    page.goto(f"{site.address}/studies")
    heading(page, "You work on one study")
    colleague.reload()
    heading(colleague, "Come in through your personal link")
