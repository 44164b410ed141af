"""Choosing reminders, stopping them from a letter, and one's own calendar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from data.database import open_session
from data.tables import Membership
from survey import entering
from survey.reminding.choices import own_choice, stopping_token
from tests.browser.conftest import Site, Visit
from tests.browser.test_journey import scrolls_sideways, settled
from tests.studies_for_tests import a_study


@contextmanager
def at_the_database(site: Site) -> Iterator[Session]:
    with open_session(f"sqlite:///{site.environment['DATA_FOLDER']}/zhenqing.db") as session:
        yield session


def a_participant(site: Site) -> tuple[UUID, str]:
    """Make a study that sends nothing, with one person; return their key and their link."""
    with at_the_database(site) as session:
        study = a_study(session, slug=f"reminded-{uuid4().hex[:8]}")
        study.invented = True
        membership = session.exec(select(Membership).where(Membership.study_id == study.id)).one()
        assert membership.person_id
        entering.choose_language(session=session, account_id=membership.account_id, language="en")
        token = entering.invite(session=session, membership=membership)
        session.commit()
        return membership.person_id, f"{site.address}/enter/{token}"


def chosen(site: Site, person_id: UUID) -> tuple[bool | None, str | None]:
    with at_the_database(site) as session:
        own = own_choice(session=session, person_id=person_id)
        return (own.wanted, own.at) if own else (None, None)


def my_data(site: Site, visit: Visit, size: str) -> tuple[Page, UUID]:
    """Open “My data” of somebody new; return the page and who it is."""
    person_id, link = a_participant(site)
    page = visit(link, size=size)
    page.goto(f"{site.address}/my-data")
    expect(page.get_by_role("heading", name="What is held about you")).to_be_visible()
    settled(page)
    return page, person_id


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_somebody_turns_reminders_off_and_on_and_chooses_their_hour(
    site: Site, visit: Visit, size: str
) -> None:
    page, person_id = my_data(site, visit, size)
    wanted = page.locator(".st-key-remind-wanted")
    hour = page.locator(".st-key-remind-hour")
    expect(hour).to_be_visible()
    wanted.locator("label").click()
    expect(hour).to_have_count(0)
    settled(page)
    assert chosen(site, person_id)[0] is False
    wanted.locator("label").click()
    hour.get_by_role("spinbutton").first.click()
    page.keyboard.type("0715")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    settled(page)
    page.reload()
    expect(hour.get_by_role("spinbutton").first).to_have_text("07")
    assert chosen(site, person_id) == (True, "07:15")
    assert not scrolls_sideways(page)


def test_the_link_in_a_letter_ends_reminders_with_one_button(site: Site, visit: Visit) -> None:
    page, person_id = my_data(site, visit, "phone")
    page.goto(f"{site.address}/reminders/stop/{stopping_token(person_id)}")
    page.get_by_role("button", name="Stop the reminders").click()
    expect(page.get_by_role("heading", name="No more reminders")).to_be_visible()
    assert not scrolls_sideways(page)
    assert chosen(site, person_id)[0] is False
    page.goto(f"{site.address}/my-data")
    expect(page.get_by_text("Remind me by e-mail")).to_be_visible()
    expect(page.locator(".st-key-remind-hour")).to_have_count(0)


def test_a_calendar_is_read_at_its_address_until_it_is_closed(site: Site, visit: Visit) -> None:
    page, _ = my_data(site, visit, "desktop")
    make = page.locator(".st-key-calendar-open button")
    make.click()
    address = page.get_by_text("/calendar/").inner_text().strip()
    answer = page.request.get(address)
    assert answer.status == 200
    assert answer.text().startswith("BEGIN:VCALENDAR")
    page.locator(".st-key-calendar-close button").click()
    expect(make).to_be_visible()
    assert page.request.get(address).status == 410
