"""Taking part: the first day, a second device, being deleted while writing; a morning's work."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import FilePayload, Page, expect
from sqlmodel import col, select

from data.database import open_session
from data.tables import AuditEvent, CalendarChange, Person, Study, Team
from survey import entering
from survey.people import add_person, membership_of
from survey.withdrawal import withdraw
from tests.browser.conftest import Site, Visit
from tests.browser.test_journey import scrolls_sideways, settled
from tests.browser.test_month import SIZES, database, entries, link_of

PIN = "4827"
SAID = {
    "phone": {
        "locale": "zh-CN",
        "tag": "zh-Hans",
        "before": "开始之前",
        "agree": "我已读过，并且同意。",
        "begin": "开始",
        "write": "开始写",
        "no": "否",
        "send": "发送",
        "words": "第一天，机器等了我们一个小时。",
    },
    "desktop": {
        "locale": "en-US",
        "tag": "en",
        "before": "Before you begin",
        "agree": "I have read this and agree.",
        "begin": "Begin",
        "write": "Write",
        "no": "No",
        "send": "Send",
        "words": "On the first day the machine waited an hour for us.",
    },
}


def somebody_new(site: Site, language: str) -> tuple[str, str]:
    """Add a person who has not agreed to anything yet, and return their code and link."""
    code = f"N{uuid4().hex[:6]}"
    with open_session(database(site)) as session:
        study = session.exec(select(Study).where(Study.slug == "demo")).one()
        team = session.exec(select(Team).where(Team.study_id == study.id)).first()
        assert team
        person = add_person(
            session=session, study=study, code=code, languages=[language], team_id=team.id,
            role="editor",
        )  # fmt: skip
        token = entering.invite(
            session=session, membership=membership_of(session=session, person_id=person.id)
        )
        session.commit()
    return code, f"{site.address}/enter/{token}"


def open_door(page: Page, number: int) -> None:
    page.locator(".st-key-doors").get_by_role("link").nth(number).click()
    settled(page)


@pytest.mark.parametrize("size", SIZES)
def test_the_first_day_begins_with_consent_and_ends_with_a_pin(
    site: Site, visit: Visit, size: str
) -> None:
    said = SAID[size]
    _, link = somebody_new(site, said["tag"])
    page = visit(link, size=size, locale=said["locale"])
    expect(page.get_by_role("heading", name=said["before"])).to_be_visible()
    assert not scrolls_sideways(page)
    begin = page.get_by_role("button", name=said["begin"], exact=True)
    expect(begin).to_be_disabled()
    page.get_by_text(said["agree"]).click()
    settled(page)
    begin.click()
    page.get_by_role("button", name=said["write"], exact=True).first.click()
    asked = page.locator('[class*="st-key-asked"]')
    for number in range(2):
        asked.nth(number).get_by_role("radio", name="7", exact=True).click()
        settled(page)
    page.locator('[class*="ai_today"]').get_by_text(said["no"], exact=True).click()
    settled(page)
    area = asked.nth(2).get_by_role("textbox")
    area.fill(said["words"])
    area.blur()
    settled(page)
    page.get_by_role("button", name=said["send"]).click()
    expect(page.get_by_text(said["words"])).to_be_visible()
    choose_pin(page)
    assert not scrolls_sideways(page)
    on_a_second_device(visit(link, size=size, locale=said["locale"]), said["words"])


def choose_pin(page: Page) -> None:
    open_door(page, 2)
    page.get_by_test_id("stExpander").filter(has=page.locator(".st-key-pin-new")).locator(
        "summary"
    ).click()
    for key in ("pin-new", "pin-again"):
        page.locator(f".st-key-{key} input").fill(PIN)
    page.locator(".st-key-pin-again input").press("Enter")
    settled(page)
    expect(page.get_by_test_id("stAlert")).to_be_visible()


def on_a_second_device(page: Page, words: str) -> None:
    open_door(page, 1)
    unlock = page.locator(".st-key-unlock")
    expect(unlock).to_be_visible()
    expect(page.get_by_text(words)).to_have_count(0)
    assert not scrolls_sideways(page)
    typed = unlock.locator(".st-key-pin-typed input")
    typed.fill("1357")
    typed.press("Enter")
    settled(page)
    expect(unlock.get_by_test_id("stAlert")).to_be_visible()
    typed.fill(PIN)
    typed.press("Enter")
    settled(page)
    expect(unlock).to_have_count(0)
    page.locator('[class*="st-key-entry-"] summary').first.click()
    expect(page.get_by_text(words)).to_be_visible()
    open_door(page, 2)
    expect(page.locator('[class*="st-key-remove-"]')).to_have_count(1)
    page.locator('[class*="st-key-remove-"] button').click()
    expect(page.locator('[class*="st-key-remove-"]')).to_have_count(0)


def test_somebody_deleted_while_writing_gets_a_kind_page(site: Site, visit: Visit) -> None:
    code, link = somebody_new(site, "en")
    page = visit(link, size="phone")
    page.get_by_text("I have read this and agree.").click()
    settled(page)
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("button", name="Write", exact=True).first.click()
    asked = page.locator('[class*="st-key-asked"]')
    expect(asked.first).to_be_visible()
    settled(page)
    with open_session(database(site)) as session:
        withdraw(
            session=session, person=session.exec(select(Person).where(Person.code == code)).one()
        )
        session.commit()
    asked.first.get_by_role("radio", name="7", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You no longer take part")
    expect(page.get_by_text("Page not found")).to_have_count(0)
    assert page.get_by_test_id("stException").count() == 0
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("You no longer take part")


@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        ("participant", ["today", "entries", "themes"]),
        ("coordinator", ["progress", "study", "person", "today"]),
        ("researcher", ["themes", "progress"]),
    ],
)
def test_no_address_of_ours_is_answered_with_an_error(
    site: Site, visit: Visit, role: str, addresses: list[str]
) -> None:
    page = visit(site.links()[role])
    for address in addresses:
        page.goto(f"{site.address}/{address}")
        page.wait_for_selector("h1")
        settled(page)
        expect(page.get_by_text("Page not found")).to_have_count(0)
        assert page.get_by_test_id("stException").count() == 0


def test_a_phone_whose_clock_is_wrong_saves_at_the_servers_time(site: Site, visit: Visit) -> None:
    _, link = somebody_new(site, "en")
    page = visit(link, size="phone")
    page.context.clock.set_system_time("2001-02-03T04:05:00Z")
    page.get_by_text("I have read this and agree.").click()
    settled(page)
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("button", name="Write", exact=True).first.click()
    box = page.locator('[class*="st-key-asked"]').get_by_role("textbox").first
    box.fill("Der Wecker des Telefons geht falsch.")
    box.blur()
    settled(page)
    page.reload()
    expect(box).to_have_value("Der Wecker des Telefons geht falsch.")
    open_door(page, 0)
    expect(page.get_by_role("button", name="Continue where you stopped").first).to_be_visible()


def changes(site: Site) -> list[tuple[str, bool]]:
    """Return the changed calendars: of which kind, and whether for a team."""
    with open_session(database(site)) as session:
        found = session.exec(select(CalendarChange)).all()
    return sorted((row.kind, row.team_id is not None) for row in found)


def test_a_coordinator_withdraws_for_somebody_who_asked(site: Site, visit: Visit) -> None:
    code = "P19"
    link, count = link_of(site, code), entries(site, code)
    assert count > 1
    with open_session(database(site)) as session:
        person = session.exec(
            select(Person)
            .join(Study, col(Study.id) == col(Person.study_id))
            .where(Study.slug == "demo", Person.code == code)
        ).one()
    page = visit(site.links()["coordinator"])
    page.goto(f"{site.address}/person?person={person.id}")
    expect(page.get_by_role("heading", level=1)).to_have_text(code)
    settled(page)
    page.get_by_text("Stopping and withdrawing").click()
    final = page.get_by_role("button", name=f"Withdraw for {code} and delete {count} entries")
    asked = page.get_by_text("They asked for it in words or in writing")
    expect(asked).to_be_visible()
    expect(final).to_have_count(0)
    page.wait_for_timeout(600)  # what opens moves; a press on what moves is lost
    asked.click()
    settled(page)
    expect(page.get_by_text("This cannot be undone.")).to_be_visible()
    final.click()
    expect(page.get_by_text("Everything they gave is deleted here.")).to_be_visible()
    assert entries(site, code) == 0
    # The history tells that it was done, by whom and to whom, and nothing more; the door is shut.
    with open_session(database(site)) as session:
        event = session.exec(
            select(AuditEvent).where(
                AuditEvent.action == "consent.withdrawn", AuditEvent.subject_id == person.id
            )
        ).one()
        assert event.account_id is not None
        assert entering.find(session=session, token=link.rpartition("/")[2]) is None
    page.reload()
    expect(page.get_by_text("Everything they gave is deleted here.")).to_be_visible()
    expect(page.get_by_text("Stopping and withdrawing")).to_have_count(0)


@pytest.mark.parametrize("size", SIZES)
def test_a_coordinators_morning(site: Site, visit: Visit, size: str, tmp_path: Path) -> None:
    page = visit(site.links()["coordinator"], size=size)
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("fallen silent"))
    before = changes(site)
    silent = page.locator('[class*="st-key-silent-"]').first
    silent.locator("summary").click()
    page.wait_for_timeout(600)  # what opens moves; a press on what moves is lost
    silent.get_by_role("button", name="Excuse").click()
    settled(page)
    expect(page.get_by_text("Done. It is noted in the history.")).to_be_visible()
    team = page.locator(".st-key-team-calendar")
    team.locator("summary").click()
    team.get_by_text("More time", exact=True).click()
    settled(page)
    team.get_by_label("Why? (coordinators alone read it)").fill("night shoot")
    team.get_by_role("button", name="Keep").click()
    settled(page)
    assert len(changes(site)) > len(before)
    assert ("extension", True) in changes(site)
    assert not scrolls_sideways(page)
    print_the_sheet(page, site, tmp_path)
    a_new_link(page, site)
    page.goto(f"{site.address}/history")
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    assert page.get_by_test_id("stException").count() == 0


def print_the_sheet(page: Page, site: Site, folder: Path) -> None:
    page.goto(f"{site.address}/links")
    page.wait_for_selector("h1")
    settled(page)
    page.locator(".st-key-sheet-for").get_by_text("Some people").click()
    settled(page)
    picked = page.locator(".st-key-sheet-people input")
    picked.fill("P22")
    picked.press("Enter")
    settled(page)
    assert not scrolls_sideways(page)
    with page.expect_download() as download:
        page.locator(".st-key-sheet button").click()
    path = folder / "links.html"
    download.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    assert text.count('class="card"') == 1
    found = re.search(rf"{site.address}/enter/([\w-]+)", text)
    assert found
    card = page.context.new_page()
    card.goto(f"file://{path}")
    assert card.locator("svg").count() == 1
    card.goto(found.group())
    expect(card.get_by_role("button")).to_be_visible()
    card.close()


def a_new_link(page: Page, site: Site) -> None:
    with open_session(database(site)) as session:
        person = session.exec(
            select(Person)
            .join(Study, col(Study.id) == col(Person.study_id))
            .where(Study.slug == "demo", col(Person.withdrawn_at).is_(None))
            .order_by(col(Person.code).desc())
        ).first()
    assert person is not None
    old = link_of(site, person.code)
    page.goto(f"{site.address}/person?person={person.id}")
    page.wait_for_selector("h1")
    settled(page)
    page.locator(".st-key-ways-in summary").click()
    page.get_by_role("button", name="Make a new link").click()
    settled(page)
    new = page.locator(".st-key-ways-in code").inner_text()
    assert new.startswith(f"{site.address}/enter/")
    assert not scrolls_sideways(page)
    with open_session(database(site)) as session:
        assert entering.find(session=session, token=new.rpartition("/")[2])
        assert entering.find(session=session, token=old.rpartition("/")[2]) is None


def test_a_people_file_is_previewed_before_it_is_taken_in(site: Site, visit: Visit) -> None:
    page = visit(site.links()["coordinator"])
    page.goto(f"{site.address}/study")
    page.wait_for_selector("h1")
    settled(page)
    code = f"X{uuid4().hex[:5]}"

    def bring(text: str) -> None:
        page.locator('[data-testid="stFileUploader"] input').set_input_files(
            FilePayload(name="people.csv", mimeType="text/csv", buffer=text.encode())
        )
        settled(page)

    bring(f"code,team\n{code},Z\n")
    expect(page.get_by_text("One mistake is in the file. Nothing was changed.")).to_be_visible()
    expect(page.get_by_text("people.csv, row 2, column team")).to_be_visible()
    page.reload()
    page.wait_for_selector("h1")
    settled(page)
    bring(f"code,team,nationalities\n{code},A,FR\nP18,D,XX\n")
    expect(page.get_by_text("one new person, one changed, 0 as they were.")).to_be_visible()
    expect(page.get_by_text("row 3, column nationalities")).to_be_visible()
    page.get_by_role("button", name="Take these people in").click()
    expect(page.get_by_test_id("stAlert").filter(has_text="one new person")).to_be_visible()
    with open_session(database(site)) as session:
        person = session.exec(select(Person).where(Person.code == code)).one()
        assert person.nationalities == ["FR"]
