"""A researcher reads, names, merges and sets aside; comparison and chapter follow."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visit, unfolded
from tests.browser.test_journey import made_chapter, scrolls_sideways, settled

NAME = "What it costs"


@pytest.fixture(scope="module")
def themes(site: Site) -> None:
    """Find the themes of the demo with the operator's command."""
    site.manage("themes", "demo")


def first_theme(page: Page) -> str:
    """Open the passages of the theme that is shown first, with what can be decided about it."""
    page.get_by_role("link", name="Read its").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What do people say about")
    settled(page)
    page.get_by_text("Decide about this theme").click()
    expect(page.get_by_role("button", name="Set this theme aside")).to_be_visible()
    page.wait_for_timeout(600)  # what opens moves; a press on what moves is lost
    return page.get_by_role("heading", level=1).inner_text()


def go(page: Page, screen: str) -> None:
    page.get_by_role("link", name=screen, exact=True).click()
    settled(page)


@pytest.mark.usefixtures("themes")
def test_a_theme_is_named_merged_and_set_aside_and_the_report_follows(
    site: Site, visit: Visit, tmp_path: Path
) -> None:
    page = visit(site.links()["researcher"])
    many = page.get_by_role("heading", level=3).count()
    first_theme(page)
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
    expect(page.get_by_text("named by a person")).to_be_visible()
    settled(page)
    page.wait_for_timeout(600)  # what opened before the name was kept opens again
    unfolded(page.locator('[class*="st-key-into-"] input')).click()
    settled(page)
    page.get_by_role("button", name="Make it part of").click()
    expect(page.get_by_text("merged by a person from two themes")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back:")).to_be_visible()
    settled(page)
    go(page, "Themes")
    expect(page.get_by_role("heading", level=3)).to_have_count(many)
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    go(page, "Comparison")
    expect(page.get_by_test_id("stMain")).to_contain_text(NAME, timeout=60_000)
    chapter = chapter_of(page, tmp_path)
    assert f"### {NAME}" in chapter

    go(page, "Themes")
    first_theme(page)
    page.get_by_role("button", name="Set this theme aside").click()
    expect(page.get_by_text("Set aside by a person")).to_be_visible()
    settled(page)
    go(page, "Themes")
    expect(page.get_by_role("heading", level=3)).to_have_count(many - 1)
    expect(page.get_by_text("One theme is set aside")).to_be_visible()
    assert f"### {NAME}" not in chapter_of(page, tmp_path)
    go(page, "Themes")
    page.get_by_text("Set aside: one theme").click()
    page.get_by_role("button", name="Take it back in").click()
    expect(page.get_by_role("heading", level=3)).to_have_count(many)


def chapter_of(page: Page, folder: Path) -> str:
    """Write and download the chapter as Markdown."""
    page.goto(f"{page.url.rsplit('/', 1)[0]}/chapter")  # what was written before is not offered
    page.get_by_text("Markdown", exact=True).click()
    settled(page)
    path = folder / "chapter.md"
    made_chapter(page).save_as(path)
    return path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("themes")
def test_passages_are_read_on_a_phone_and_few_people_are_protected(
    site: Site, visit: Visit
) -> None:
    page = visit(site.links()["researcher"], size="phone")
    page.get_by_role("link", name="Read its").first.click()
    expect(page.get_by_text("passages by")).to_be_visible()
    expect(page.locator('[class*="st-key-passage-"]')).to_have_count(10)
    assert not scrolls_sideways(page)
    page.get_by_text("Filter", exact=True).click()
    settled(page)
    unfolded(page.get_by_label("Nationality"))
    page.get_by_role("option", name="Brazil").click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Not shown, to protect people")).to_be_visible()
    expect(page.locator('[class*="st-key-passage-"]')).to_have_count(0)


@pytest.mark.usefixtures("themes")
def test_the_card_of_the_run_is_readable(site: Site, visit: Visit) -> None:
    page = visit(site.links()["researcher"], size="phone")
    page.goto(f"{site.address}/run")
    expect(page.get_by_text("It can be repeated exactly")).to_be_visible()
    for word in ("Stability", "Coherence", "Translations in the same theme", "Seed"):
        expect(page.get_by_text(word).first).to_be_visible()
    assert not scrolls_sideways(page)


@pytest.mark.usefixtures("themes")
def test_of_two_researchers_the_second_sees_what_the_first_decided(
    site: Site, visit: Visit
) -> None:
    one, two = visit(site.links()["researcher"]), visit(site.links()["researcher"])
    for page in (one, two):
        first_theme(page)
        page.get_by_label("Name", exact=True).fill("Mine" if page is one else "Yours")
    one.get_by_role("button", name="Save", exact=True).click()
    expect(one.get_by_role("heading", level=1)).to_contain_text("Mine")
    two.get_by_role("button", name="Save", exact=True).click()
    expect(two.get_by_text("In the meantime somebody decided")).to_be_visible()
    expect(two.get_by_role("heading", level=1)).to_contain_text("Mine")
    one.get_by_role("button", name="Undo").click()
    expect(one.get_by_text("Taken back:")).to_be_visible()


@pytest.mark.usefixtures("themes")
def test_a_theme_is_read_beside_its_picture_split_and_put_together_again(
    site: Site, visit: Visit
) -> None:
    page = visit(site.links()["researcher"])
    cards = page.locator('[class*="st-key-theme-"]')
    many = cards.count()
    picture = page.locator('[data-testid="stVegaLiteChart"]').locator("canvas, svg").first
    room = picture.bounding_box()
    assert room is not None
    page.mouse.click(room["x"] + room["width"] * 0.4, room["y"] + 16)
    expect(page.locator('[class*="st-key-beside-"]')).to_have_count(4)
    page.get_by_text("Map", exact=True).click()
    expect(page.get_by_text("lie close together")).to_be_visible()
    settled(page)
    first_theme(page)
    page.get_by_role("button", name="Split it").click()
    page.get_by_role("button", name="Split into 2 parts").click()
    expect(page.get_by_text("You may leave this page; it goes on.")).to_be_visible()
    expect(page.get_by_text("You may leave this page; it goes on.")).to_have_count(
        0, timeout=120_000
    )
    settled(page)
    go(page, "Themes")
    expect(cards).to_have_count(many + 1)
    expect(page.get_by_text("a part of a theme that a person split").first).to_be_visible()
    page.get_by_text("What people decided").click()
    page.wait_for_timeout(600)  # what opens moves; a press on what moves is lost
    page.get_by_role("button", name="Undo").first.click()
    expect(cards).to_have_count(many)


@pytest.mark.usefixtures("themes")
def test_a_comparison_is_looked_at_in_parts_over_days_and_by_who_people_are(
    site: Site, visit: Visit
) -> None:
    page = visit(site.links()["researcher"])
    go(page, "Comparison")
    page.get_by_text("Who these people are").click()
    expect(page.get_by_text("a dash stands for fewer than")).to_be_visible()
    page.get_by_text("Over the days").click()
    expect(page.get_by_text("Each person counts once in each span")).to_be_visible()
    page.get_by_text("Does it hold elsewhere?").click()
    page.get_by_role("button", name="Look", exact=True).click()
    expect(page.get_by_text("is no proof that there is no difference")).to_be_visible(
        timeout=120_000
    )
    page.get_by_text("Differences", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.get_by_test_id("stException").count() == 0
