"""From a German question to a Chinese answer on the shelf, and to its author's word on a phone."""

from __future__ import annotations

import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from settings import ROOT
from tests.browser.conftest import Site, Visit
from tests.browser.test_journey import scrolls_sideways, settled

ENGLISH = "You never asked whether I am tired."
LINK = """
import sys
from sqlmodel import select
from data.database import open_session
from data.tables import Membership, Person
from settings import settings
from survey.entering import invite
with open_session() as session:
    person = session.exec(select(Person).where(Person.code == sys.argv[1])).one()
    member = session.exec(select(Membership).where(Membership.person_id == person.id)).one()
    print(f"{settings().public_url}/enter/{invite(session=session, membership=member)}")
    session.commit()
"""


@pytest.fixture(scope="module")
def themes(site: Site) -> None:
    """Find the themes of the demo with the operator's command."""
    site.manage("themes", "demo")


def link_of(code: str, site: Site) -> str:
    """Return a fresh personal link of a person of the demo."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LINK, code],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def search(page: Page, words: str) -> None:
    page.get_by_label("What are you looking for?").fill(words)
    page.get_by_role("button", name="Search", exact=True).click()
    settled(page)


@pytest.mark.usefixtures("themes")
def test_a_quotation_goes_from_a_german_question_to_its_authors_word(
    site: Site, visit: Visit
) -> None:
    page = visit(site.links()["researcher"])
    page.goto(f"{site.address}/search")
    settled(page)
    # The worker learns what the passages mean as soon as somebody wants to search.
    expect(page.get_by_text("not found by their meaning yet")).to_have_count(0, timeout=90_000)
    search(page, "Wer hat zu wenig geschlafen?")
    expect(page.get_by_role("heading", level=1)).to_contain_text("geschlafen")
    found = page.locator('[class*="st-key-found-"]')
    expect(found.first).to_contain_text("Chinese")
    fresh = [each for each in found.all() if each.get_by_text("Quote", exact=True).count()]
    first = fresh[0]  # one that is not on the shelf yet
    words = first.get_by_test_id("stText").inner_text()
    first.get_by_role("button", name="Quote", exact=True).click()
    expect(first.get_by_role("button", name="On the shelf")).to_be_visible()

    page.get_by_role("link", name="Quotations", exact=True).click()
    card = page.locator('[class*="st-key-card-"]').filter(has_text=words)
    expect(card).to_be_visible()
    expect(card).to_contain_text("Nobody was asked yet")
    code = card.get_by_text(" · ").first.inner_text().split(" ")[0]
    card.get_by_role("button", name="Work on it").click()
    card.get_by_label("In English").fill(ENGLISH)
    card.get_by_label("Translated by").fill("Lin Xia")
    card.get_by_role("button", name="Keep the translation").click()
    expect(card).to_contain_text("not checked: not printed")
    card.get_by_label("Compared with the original by").fill("Mara Weber")
    card.get_by_role("button", name="It says the same").click()
    expect(card).to_contain_text("checked by Mara Weber")
    page.get_by_role("button", name="Ask about one quotation").click()
    expect(page.get_by_text("One quotation was sent to its author.")).to_be_visible()
    expect(card).to_contain_text("No reply yet: not printed")

    phone = visit(link_of(code, site), size="phone")
    phone.get_by_text("English", exact=True).click()
    phone.get_by_role("link", name="My quotations (1)").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("May we quote you?")
    assert not scrolls_sideways(phone)
    asked = phone.locator('[class*="st-key-asked-about-"]')
    expect(asked).to_contain_text(words)
    asked.get_by_text("With my name", exact=True).click()
    asked.get_by_role("textbox", name="The name below it").fill("A. Sleepless, editor")
    asked.get_by_role("textbox", name="The name below it").press("Tab")
    expect(asked).to_contain_text("— A. Sleepless, editor")
    asked.get_by_text("Without my name", exact=True).click()
    expect(asked).to_contain_text(ENGLISH)
    expect(asked).to_contain_text("— without a name")
    asked.get_by_role("button", name="Keep my choice").click()
    expect(asked).to_contain_text("You chose: Without my name")
    expect(phone.get_by_role("link", name="My quotations", exact=True)).to_be_visible()
    assert not scrolls_sideways(phone)

    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("One quotation, 1 released")
    expect(card).to_contain_text("Released without the name")


@pytest.mark.usefixtures("themes")
def test_of_two_researchers_the_second_is_told_and_nothing_is_lost(
    site: Site, visit: Visit
) -> None:
    one, two = visit(site.links()["researcher"]), visit(site.links()["researcher"])
    one.goto(f"{site.address}/search?q=grandfather&how=exact")
    settled(one)
    one.locator('[class*="st-key-found-"]').first.get_by_role(
        "button", name="Quote", exact=True
    ).click()
    expect(one.get_by_role("button", name="On the shelf")).to_be_visible()
    for page in (one, two):
        page.goto(f"{site.address}/shelf")
        settled(page)
        card = page.locator('[class*="st-key-card-"]').last
        card.get_by_role("button", name="Work on it").click()
        expect(card.get_by_label("Translated by")).to_be_visible()
    for page, text in ((one, "外公"), (two, "爷爷")):
        card = page.locator('[class*="st-key-card-"]').last
        card.get_by_label("In Chinese (Simplified)").fill(text)
        card.get_by_label("Translated by").fill("Lin Xia")
        card.get_by_role("button", name="Keep the translation").click()
        settled(page)
    expect(one.locator('[class*="st-key-card-"]').last).to_contain_text("外公")
    expect(two.get_by_text("Somebody changed this quotation in the meantime")).to_be_visible()
    expect(two.locator('[class*="st-key-card-"]').last).to_contain_text("外公")
