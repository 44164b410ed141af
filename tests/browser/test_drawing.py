"""Questionnaires as people see them: on a phone and on a desk, in two languages, by keyboard."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Site, Visit
from tests.browser.test_journey import scrolls_sideways, settled
from tests.pages.drawing.conftest import EVERY_KIND, LENSES

SCALE = """
| survey |
| | type | name | label |
| | range | mood | How are you tonight? |
| settings |
| | form_title |
| | A scale |
"""


def workbook(source: str) -> bytes:
    """Write a form given as tables as an Excel file, as a coordinator has it."""
    book = Workbook()
    sheet = book.active
    for line in source.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 1 and cells[0]:
            sheet = book.create_sheet(cells[0])
        elif len(cells) > 1 and sheet is not None:
            sheet.append([cell or None for cell in cells[1:]])
    del book["Sheet"]
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def bring(page: Page, name: str, content: bytes, *more: tuple[str, bytes]) -> None:
    form, files = page.locator('input[type="file"]').nth(0), page.locator('input[type="file"]')
    form.set_input_files(_files((name, content)))
    # Its name shows before it was brought: the box to say which questionnaire it is comes after.
    expect(page.locator(".st-key-which")).to_be_visible()
    settled(page)
    if more:
        files.last.set_input_files(_files(*more))
        expect(page.get_by_text(more[0][0], exact=True)).to_be_visible()
        settled(page)


def _files(*files: tuple[str, bytes]) -> list[FilePayload]:
    return [
        FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
        for name, content in files
    ]


def questionnaires(site: Site, visit: Visit, *, locale: str = "en-US") -> Page:
    page = visit(site.links()["coordinator"], locale=locale)
    page.goto(f"{site.address}/questionnaires")
    page.wait_for_selector("h1")
    settled(page)
    return page


def test_every_problem_of_a_file_is_said_with_its_place(site: Site, visit: Visit) -> None:
    page = questionnaires(site, visit)
    broken = EVERY_KIND.replace("${country} != ''", "${contry} != ''").replace(
        "| rank tools |", "| rank toolz |"
    )
    bring(page, "broken.xlsx", workbook(broken))
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text("2 things must be put right")
    expect(alert).to_contain_text("Sheet survey, row 27, column relevant")
    expect(alert).to_contain_text("Sheet survey, row 29, column type")
    assert page.get_by_role("button", name="Publish").count() == 0
    assert page.get_by_test_id("stException").count() == 0


@pytest.mark.parametrize(
    ("locale", "label"),
    [("en-US", "A moment of sincere feeling"), ("zh-CN", "真情流露的一刻")],
)
def test_every_kind_of_question_is_tried_out_at_the_width_of_a_phone(
    site: Site, visit: Visit, locale: str, label: str
) -> None:
    page = questionnaires(site, visit, locale=locale)
    bring(page, "every.xlsx", workbook(EVERY_KIND), ("lenses.csv", LENSES))
    tried = page.locator('[class*="st-key-preview-new"]')
    page.locator(".st-key-try-new label").click()
    expect(tried).to_be_visible()
    if locale == "zh-CN":
        page.locator('[class*="st-key-language-new"] button').last.click()
        settled(page)
    expect(tried).to_contain_text(label)
    assert page.get_by_test_id("stException").count() == 0
    box = tried.bounding_box()
    assert box
    assert box["width"] <= 400
    wide = tried.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    assert not wide


def test_every_question_is_reached_with_the_tab_key(site: Site, visit: Visit) -> None:
    page = questionnaires(site, visit)
    bring(page, "every.xlsx", workbook(EVERY_KIND), ("lenses.csv", LENSES))
    page.locator(".st-key-try-new label").click()
    tried = page.locator('[class*="st-key-preview-new"]')
    expect(tried).to_contain_text("The call sheet")
    settled(page)
    tried.locator("input").first.focus()
    reached = set()
    for _ in range(160):
        reached.add(page.evaluate(f"({QUESTION})(document.activeElement)"))
        page.keyboard.press("Tab")
    asked = tried.locator('[class*="st-key-asked-"]').evaluate_all(f"each => each.map({QUESTION})")
    notes = {name for name in asked if name.endswith("hello") or "generated_table" in name}
    assert set(asked) - reached == notes


QUESTION = """
element => [...element.closest('[class*="st-key-asked-"]')?.classList ?? []]
    .find(name => name.startsWith("st-key-asked-")) ?? ""
"""


def test_a_version_is_published_compared_and_its_file_handed_back(site: Site, visit: Visit) -> None:
    page = questionnaires(site, visit)
    bring(page, "published.xlsx", workbook(EVERY_KIND), ("lenses.csv", LENSES))
    page.get_by_role("button", name="Publish as version 1").click()
    expect(page.get_by_text("is published as version 1")).to_be_visible()
    settled(page)
    expect(page.get_by_text("published.xlsx")).to_have_count(0)
    changed = EVERY_KIND.replace("| Which day?", "| Which day was it?")
    bring(page, "published.xlsx", workbook(changed))
    expect(page.get_by_text("The label in en was “Which day?”")).to_be_visible()
    expect(page.get_by_text("These files of the last version stay: lenses.csv")).to_be_visible()
    page.get_by_role("button", name="Publish as version 2").click()
    expect(page.get_by_text("is published as version 2")).to_be_visible()
    page.locator('[class*="st-key-view-published"]').get_by_text("Versions").click()
    expect(
        page.get_by_text("no entry answers it").or_(page.get_by_text("0 entries"))
    ).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download its file").last.click()
    assert download.value.suggested_filename == "published-1.xlsx"


def test_on_a_phone_nothing_scrolls_sideways_and_thumbs_have_room(site: Site, visit: Visit) -> None:
    page = visit(site.links()["participant"], size="phone", locale="zh-CN")
    page.get_by_role("button", name="镜次记录").click()
    settled(page)
    assert not scrolls_sideways(page)
    heights = page.locator('[class*="st-key-asked"] button:visible').evaluate_all(
        "buttons => buttons.map(button => button.getBoundingClientRect().height)"
    )
    assert all(height >= 28 for height in heights)


def test_a_line_of_the_list_of_what_is_missing_leads_to_its_question(
    site: Site, visit: Visit
) -> None:
    page = visit(site.links()["participant"], size="phone", locale="zh-CN")
    page.get_by_role("button", name="镜次记录").click()
    settled(page)
    page.get_by_role("button", name="发送").click()
    missing = page.locator('[class*="st-key-problems-"] a')
    expect(missing.first).to_be_visible()
    target = missing.last.get_attribute("href") or ""
    missing.last.click()
    expect(page.locator(f'[id="{target.removeprefix("#")}"]')).to_be_in_viewport()


def test_a_scale_is_answered_by_keyboard(site: Site, visit: Visit) -> None:
    page = questionnaires(site, visit)
    bring(page, "scale.xlsx", workbook(SCALE))
    page.locator(".st-key-try-new label").click()
    scale = page.locator('[class*="st-key-scale-"]').get_by_role("radio")
    expect(scale).to_have_count(10)
    assert scale.first.get_attribute("aria-checked") == "false"
    scale.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    settled(page)
    checked = page.locator('[class*="st-key-scale-"] [aria-checked="true"]')
    expect(checked).to_have_text("2")
    checked.press("Enter")
    expect(checked).to_have_count(0)
