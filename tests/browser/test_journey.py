"""The whole job: a participant writes, an interviewer uploads, a researcher downloads a chapter."""

from __future__ import annotations

import zipfile
from pathlib import Path

from playwright.sync_api import Download, Page, expect

from tests.browser.conftest import Site, Visit, settled

__all__ = ["scrolls_sideways", "settled"]

WORDS = "收工以后他没有走，在监视器前又看了一遍那条。"
TRANSCRIPT = """I: What did the machine take from you today?
P05: The waiting. I used to sit with the others and now there is nothing to wait for.
I: Do you miss it?
P05: Yes. The waiting was where we talked.
"""


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def test_a_participant_writes_in_chinese_on_a_phone(site: Site, visit: Visit) -> None:
    page = visit(site.links()["participant"], size="phone", locale="zh-CN")
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="开始写").first.click()
    asked = page.locator('[class*="st-key-asked"]')
    expect(asked.first).to_contain_text("今晚你感觉怎么样")
    assert not scrolls_sideways(page)
    for number in range(2):
        seven = asked.nth(number).get_by_role("radio", name="7", exact=True)
        seven.click()
        expect(seven).to_be_checked()
        settled(page)
    page.locator('[class*="ai_today"]').get_by_text("否", exact=True).click()
    settled(page)
    area = asked.nth(2).get_by_role("textbox")
    area.fill(WORDS)
    area.blur()
    settled(page)
    expect(page.get_by_text("已保存").first).to_be_visible()
    page.reload()
    expect(page.locator('[class*="st-key-asked"]').nth(2).get_by_role("textbox")).to_have_value(
        WORDS
    )
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_text("已收到")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert not scrolls_sideways(page)


def test_what_is_missing_is_said_and_nothing_is_lost(site: Site, visit: Visit) -> None:
    page = visit(site.links()["participant"], size="phone")
    page.get_by_role("button", name="镜次记录", exact=True).click()
    box = page.locator('[class*="st-key-asked"]').first.get_by_role("combobox")
    box.fill("Shot 7A")
    box.press("Enter")
    settled(page)
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_text("发送之前还差")).to_be_visible()
    expect(box).to_have_value("Shot 7A")


def test_an_interviewer_brings_a_transcript(site: Site, visit: Visit) -> None:
    page = visit(site.links()["interviewer"])
    page.get_by_role("button", name="Add a transcript").click()
    expect(page.get_by_role("heading", name="Which interview do you want to add?")).to_be_visible()
    page.locator('input[type="file"]').set_input_files(
        {"name": "evening.txt", "mimeType": "text/plain", "buffer": TRANSCRIPT.encode()}
    )
    expect(page.get_by_role("heading", name="4 turns, 2 speakers")).to_be_visible()
    keep = page.get_by_role("button", name="Save this interview")
    expect(keep).to_be_enabled()
    keep.click()
    expect(page.get_by_text("Known names will be masked for everyone")).to_be_visible()
    expect(page.get_by_text("The waiting was where we talked.")).to_be_visible()


def test_a_broken_transcript_is_refused_in_words(site: Site, visit: Visit) -> None:
    page = visit(site.links()["interviewer"])
    page.get_by_role("button", name="Add a transcript").click()
    page.locator('input[type="file"]').set_input_files(
        {"name": "broken.docx", "mimeType": "application/zip", "buffer": b"PK\x03\x04 nonsense"}
    )
    expect(page.get_by_test_id("stAlert")).to_contain_text("broken.docx")
    assert page.get_by_test_id("stException").count() == 0


def made_chapter(page: Page) -> Download:
    """Have the draft written by the worker, wait for it, and download it."""
    page.get_by_role("button", name="Write the draft").click()
    expect(page.get_by_text("You may leave this page; it goes on.")).to_be_visible()
    settled(page)  # from here on the chapter made before is not offered any more
    button = page.get_by_role("button", name="Download the chapter")
    expect(button).to_be_visible(timeout=120_000)
    settled(page)
    with page.expect_download() as download:
        button.click()
    return download.value


def test_a_researcher_finds_themes_compares_and_downloads_the_chapter(
    site: Site, visit: Visit, tmp_path: Path
) -> None:
    page = visit(site.links()["researcher"])
    page.get_by_role("button", name="Find themes").click()
    expect(page.get_by_text("You may leave this page; it goes on.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("people wrote", timeout=240_000)
    expect(page.locator('[class*="st-key-theme-"]').nth(3)).to_be_visible()
    page.get_by_role("link", name="Comparison").click()
    expect(page.get_by_text("People are compared, not texts")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Chapter").click()
    path = tmp_path / "chapter.docx"
    made_chapter(page).save_as(path)
    with zipfile.ZipFile(path) as document:
        text = document.read("word/document.xml").decode()
    assert "not released" in text
    assert "How it was done" in text
