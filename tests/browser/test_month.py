"""A month of reflections: correcting an entry, withdrawing, and a coordinator's morning."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from data.database import open_session
from data.tables import Membership, Person, Response
from survey import entering
from survey.people import membership_of
from tests.browser.conftest import Site, Visit
from tests.browser.test_journey import scrolls_sideways, settled

SIZES = ("phone", "desktop")


def database(site: Site) -> str:
    return f"sqlite:///{site.environment['DATA_FOLDER']}/zhenqing.db"


def link_of(site: Site, code: str) -> str:
    """Make a link for one person of the demo, so that each test has its own."""
    with open_session(database(site)) as session:
        person = session.exec(select(Person).where(Person.code == code)).one()
        member: Membership = membership_of(session=session, person_id=person.id)
        token = entering.invite(session=session, membership=member)
        session.commit()
    return f"{site.address}/enter/{token}"


def entries(site: Site, code: str) -> int:
    with open_session(database(site)) as session:
        person = session.exec(select(Person).where(Person.code == code)).one()
        return len(session.exec(select(Response).where(Response.person_id == person.id)).all())


def in_english(page: Page) -> None:
    page.get_by_role("radio", name="English").or_(
        page.get_by_test_id("stButtonGroup").get_by_text("English", exact=True)
    ).first.click()
    settled(page)


def open_door(page: Page, name: str) -> None:
    page.locator(".st-key-doors").get_by_role("link", name=name).click()
    settled(page)


@pytest.mark.parametrize("size", SIZES)
def test_somebody_corrects_an_entry_and_removes_the_old_wording(
    site: Site, visit: Visit, size: str
) -> None:
    page = visit(link_of(site, {"phone": "P02", "desktop": "P05"}[size]), size=size)
    in_english(page)
    open_door(page, "My entries")
    entry = page.locator('[class*="st-key-entry-"]').filter(has_text="Diary").first
    entry.locator("summary").click()
    settled(page)
    page.get_by_role("button", name="Correct this entry").click()
    expect(page.get_by_role("heading", name="What should it say instead?")).to_be_visible()
    settled(page)
    assert not scrolls_sideways(page)
    box = page.locator('[class*="st-key-asked"]').get_by_role("textbox").first
    before = box.input_value()
    assert before
    box.fill("Es war anders, als ich schrieb.")
    box.blur()
    settled(page)
    why = page.get_by_label("Why? (you need not say)")
    why.fill("I mixed up two evenings.")
    expect(page.locator('[class*="st-key-writing-"][class*="-why"] .zq-status')).to_contain_text(
        "Saved"
    )
    page.reload()
    box = page.locator('[class*="st-key-asked"]').get_by_role("textbox").first
    expect(box).to_have_value("Es war anders, als ich schrieb.")
    expect(why).to_have_value("I mixed up two evenings.")
    page.get_by_role("button", name="Send the correction").click()
    expect(page.get_by_text("It is corrected")).to_be_visible()
    expect(page.get_by_text("Es war anders, als ich schrieb.")).to_be_visible()
    expect(page.get_by_text("I mixed up two evenings.")).to_be_visible()
    expect(page.get_by_text(before, exact=True)).to_be_visible()
    page.get_by_role("button", name="Remove the old wording for good").click()
    expect(page.get_by_text("The old wording was removed.")).to_be_visible()
    expect(page.get_by_text(before, exact=True)).to_have_count(0)
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("size", SIZES)
def test_somebody_takes_everything_along_and_withdraws_in_two_steps(
    site: Site, visit: Visit, size: str, tmp_path: Path
) -> None:
    code = {"phone": "P20", "desktop": "P21"}[size]
    link, count = link_of(site, code), entries(site, code)
    page = visit(link, size=size)
    in_english(page)
    open_door(page, "My data")
    expect(page.get_by_text(f"{count} entries you sent")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download everything").click()
    path = tmp_path / "everything.zip"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        facts = json.loads(archive.read("everything.json"))
    assert len(facts["entries"]) == count
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="I want to withdraw").click()
    last = page.get_by_role("button", name=f"Withdraw my consent and delete my {count} entries")
    expect(last).to_be_visible()
    expect(page.get_by_text("This cannot be undone.")).to_be_visible()
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Keep everything as it is").click()
    expect(last).to_have_count(0)
    page.get_by_role("button", name="I want to withdraw").click()
    last.click()
    expect(page.get_by_role("heading", name="You have withdrawn")).to_be_visible()
    expect(page.get_by_text(f"Your {count} entries are deleted.")).to_be_visible()
    assert page.get_by_test_id("stException").count() == 0
    assert entries(site, code) == 0
    page.goto(f"{site.address}/entries")
    expect(page.get_by_role("heading", level=1)).to_have_text("You no longer take part")
    page.goto(link)
    expect(page.get_by_role("heading")).to_have_text("You withdrew from this study")


@pytest.mark.parametrize("size", SIZES)
def test_a_coordinator_sees_in_the_morning_who_fell_silent_and_what_was_done(
    site: Site, visit: Visit, size: str, tmp_path: Path
) -> None:
    page = visit(site.links()["coordinator"], size=size)
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("fallen silent"))
    chart = page.get_by_test_id("stVegaLiteChart")
    expect(chart.locator("svg, canvas").first).to_be_visible()
    assert not scrolls_sideways(page)
    silent = page.locator('[class*="st-key-silent-"]').first
    silent.locator("summary").click()
    expect(silent.get_by_text("A message to copy, in")).to_be_visible()
    page.get_by_text("Only people who are silent").click()
    settled(page)
    page.get_by_text("The numbers as a table").click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    page.goto(f"{site.address}/history")
    expect(page.get_by_role("heading", name="Who did what, and when?")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as a table").click()
    path = tmp_path / "history.csv"
    download.value.save_as(path)
    text = path.read_text(encoding="utf-8-sig")
    assert text.startswith("at,account,action,said,subject,subject_id,details")
    assert "response.submitted" in text
    assert not scrolls_sideways(page)
    assert page.get_by_test_id("stException").count() == 0


def test_the_month_is_told_in_words_beside_its_signs(site: Site, visit: Visit) -> None:
    page = visit(link_of(site, "P07"), size="phone")
    in_english(page)
    signs = page.get_by_role("img", name=re.compile("days written"))
    expect(signs).to_be_visible()
    assert "●" in signs.inner_text()
    page.locator(".st-key-last-entry button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You sent")
    expect(page.get_by_role("button", name="Correct this entry")).to_be_visible()
    assert not scrolls_sideways(page)
