"""From a number to its entries, and the data out: masked at once, unmasked only when two agree."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visit
from tests.browser.test_journey import scrolls_sideways, settled


def pick(page: Page, label: str, option: str) -> None:
    """Choose in a list, once the charts above it are drawn: they move it while they are."""
    box = page.get_by_label(label).first
    box.scroll_into_view_if_needed()
    expect(
        page.locator('[data-testid="stVegaLiteChart"]').locator("canvas, svg").first
    ).to_be_visible()
    page.wait_for_timeout(1500)
    box.click()
    page.get_by_role("option", name=option).first.click()
    settled(page)


def test_a_number_leads_to_its_entries_and_the_data_is_taken_out(
    site: Site, visit: Visit, tmp_path: Path
) -> None:
    page = visit(site.links()["researcher"], size="phone")
    page.goto(f"{site.address}/answers?figure=takes")
    expect(page.get_by_role("heading", level=1)).to_contain_text("How many takes were made")
    settled(page)
    assert not scrolls_sideways(page)
    pick(page, "Read the entries behind a number", "How many were made?")
    expect(page.locator('[class*="st-key-entry-"]')).to_have_count(10)
    expect(page.locator('[class*="st-key-entry-"]').first).to_contain_text("Shot or scene")

    page.goto(f"{site.address}/export")
    page.get_by_text("Excel", exact=True).click()
    settled(page)
    page.get_by_role("button", name="Make the export").click()
    with page.expect_download(timeout=90_000) as download:
        page.get_by_role("button", name="Download").first.click(timeout=90_000)
    path = tmp_path / "export.zip"
    download.value.save_as(path)
    assert "is as it was written" in site.manage("check-export", str(path))
    with ZipFile(path) as archive:
        assert {"data.xlsx", "codebook.csv", "manifest.json"} <= set(archive.namelist())
    expect(page.get_by_text("Without masking")).to_have_count(0)  # that is for coordinators


def test_an_unmasked_export_needs_a_second_coordinator(
    site: Site, visit: Visit, tmp_path: Path
) -> None:
    first = visit(site.links()["coordinator"])
    first.goto(f"{site.address}/export")
    first.get_by_text("Without masking").click()
    first.get_by_label("Your name").fill("Ada One")
    first.get_by_label("What is it for?").fill("To check a translation.")
    first.get_by_role("button", name="Ask another coordinator").click()
    expect(first.get_by_text("Another coordinator has to decide")).to_be_visible()
    expect(first.get_by_role("button", name="Allow this one export")).to_have_count(0)

    second = visit(site.manage("invite", "demo").strip())
    second.goto(f"{site.address}/export")
    expect(second.get_by_text("To check a translation.")).to_be_visible()
    box = second.locator('[class*="st-key-request-"]')
    box.get_by_label("Your name").fill("Ben Two")
    box.get_by_role("button", name="Allow this one export").click()
    expect(second.get_by_role("button", name="Allow this one export")).to_have_count(0)

    first.goto(f"{site.address}/export")
    expect(first.get_by_text("Ben Two allowed your export")).to_be_visible()
    first.get_by_role("button", name="Make it now").click()
    made = first.locator('[class*="st-key-export-"]').filter(has_text="not masked")
    with first.expect_download(timeout=90_000) as download:
        made.get_by_role("button", name="Download").first.click(timeout=90_000)
    path = tmp_path / "raw.zip"
    download.value.save_as(path)
    assert "is as it was written" in site.manage("check-export", str(path))
    expect(first.get_by_text("Ben Two allowed your export")).to_have_count(0)
    second.goto(f"{site.address}/export")
    other = second.locator('[class*="st-key-export-"]').filter(has_text="not masked")
    expect(other.first).to_be_visible()
    expect(other.get_by_role("button", name="Download")).to_have_count(0)
