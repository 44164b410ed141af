"""Two coders: they check what the computer computed, and code the same text, each blind first."""

from __future__ import annotations

import re
import subprocess
import sys
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from settings import ROOT
from tests.browser.conftest import Site, Visit, settled
from tests.browser.test_coding import make_code, open_text, unread_interview

LET_IN = """
from sqlmodel import select
from data.database import open_session
from data.tables import Study
from settings import settings
from survey.entering import invite, open_account

with open_session() as session:
    study = session.exec(select(Study).where(Study.slug == "demo")).one()
    for _ in range(2):
        member = open_account(session=session, study_id=study.id, role="researcher")
        print(f"{settings().public_url}/enter/{invite(session=session, membership=member)}")
    session.commit()
"""


CODED = """
import sys
from sqlmodel import col, select
from data.database import open_session
from data.tables import Membership, Passage, Person, Study, Team
from nlp.coding.blind import finish
from nlp.coding.editing import Codebook
from nlp.coding.marking import mark
from nlp.coding.places import place_of
from settings import settings
from survey.entering import invite, open_account

with open_session() as session:
    study = session.exec(select(Study).where(Study.slug == "demo")).one()
    member = open_account(session=session, study_id=study.id, role="researcher")
    who = {"session": session, "study_id": study.id, "account_id": member.account_id}
    light, machine = (Codebook(**who).make(name) for name in ("LIGHT", "MACHINE"))
    team = session.exec(select(Team).where(Team.study_id == study.id, Team.code == "A")).one()
    people = session.exec(
        select(Person).where(Person.team_id == team.id).order_by(col(Person.code))
    ).all()[:6]
    for number, person in enumerate(people):
        first = session.exec(
            select(Passage)
            .where(Passage.person_id == person.id, col(Passage.response_id).is_not(None))
            .order_by(col(Passage.day), col(Passage.start))
        ).first()
        place = place_of(first)
        if number < 4:
            mark(place, first.start, first.end, [light.id], **who)
        if number < 3:
            mark(place, first.start, first.end, [machine.id], **who)
        finish([place], **who)
    print(f"{settings().public_url}/enter/{invite(session=session, membership=member)}")
    print(light.id, people[0].code)
    session.commit()
"""
FOUND = """
from sqlmodel import select
from data.database import open_session
from data.tables import ThemeRun

with open_session() as session:
    print(bool(session.exec(select(ThemeRun.id)).first()))
"""


def run(site: Site, script: str) -> list[str]:
    """Run a script on the installation; return the words it prints."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def two_researchers(site: Site) -> list[str]:
    """Let two people in who have not been here before; return their links."""
    return run(site, LET_IN)


@pytest.fixture(scope="module")
def themes(site: Site) -> None:
    """Find the themes of the demo where nobody has yet."""
    if run(site, FOUND) == ["False"]:
        site.manage("themes", "demo")


def read_all(page: Page, about: str) -> None:
    """Answer what is asked in English about a theme: yes, no, yes, no … by keyboard."""
    check = page.locator('[class*="st-key-check-"]', has_text=about)
    check.get_by_role("button", name="Read its passages blindly").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Is this about")
    settled(page)
    bar = page.get_by_text("kept as you go")
    of = int(re.findall(r"of (\d+)", bar.inner_text())[0])
    assert of >= 8
    for done in range(of):
        expect(bar).to_contain_text(f"{done} of {of}")
        settled(page)
        page.keyboard.press("n" if done % 2 else "j")
    expect(page.get_by_text("You have read all of it")).to_be_visible()
    settled(page)


@pytest.mark.usefixtures("themes")
def test_two_people_check_a_theme_blindly_and_the_card_shows_how_far_they_agree(
    site: Site, visit: Visit
) -> None:
    about = f"What is hard between people, {uuid4().hex[:6]}."
    one, two = (visit(link) for link in two_researchers(site))
    one.goto(f"{site.address}/checking")
    settled(one)
    one.get_by_role("slider").focus()
    for _ in range(3):
        one.keyboard.press("ArrowLeft")
    settled(one)
    one.get_by_role("textbox", name="What is it about").fill(about)
    one.keyboard.press("Tab")
    settled(one)
    one.get_by_role("button", name="Draw the passages").click()
    read_all(one, about)
    one.keyboard.press("z")
    expect(one.get_by_text("You have read all of it")).to_be_hidden()
    settled(one)
    one.keyboard.press("n")
    expect(one.get_by_text("A second person is still needed")).to_be_visible()
    two.goto(f"{site.address}/checking")
    settled(two)
    read_all(two, about)
    two.goto(f"{site.address}/run")
    expect(two.get_by_text("What people say who read it blindly")).to_be_visible()
    expect(two.get_by_text(re.compile(r"^[1-9]\d* of \d+ themes were checked"))).to_be_visible()
    expect(two.get_by_test_id("stDataFrame")).to_be_visible()


def code_turns(page: Page, site: Site, interview: str, code: str, count: int) -> None:
    """Mark the first turns of an interview with a code and finish it."""
    open_text(page, site, interview)
    for turn in range(count):
        page.locator(".zq-part:not(.zq-context) .zq-words").nth(turn).click(click_count=3)
        page.locator(".zq-code", has_text=code).click()
        expect(page.locator(".zq-name", has_text=code)).to_have_count(turn + 1)
    expect(page.locator(".zq-status")).to_have_attribute("data-waiting", "0")
    page.get_by_role("button", name="I have finished this text").click()
    settled(page)


def test_two_coders_from_the_codebook_to_what_they_decide(site: Site, visit: Visit) -> None:
    code = f"Trust {uuid4().hex[:6]}"
    one, two = (visit(link) for link in two_researchers(site))
    make_code(one, site, code)
    interview = unread_interview(site)
    code_turns(one, site, interview, code, 2)
    code_turns(two, site, interview, code, 1)
    two.goto(f"{site.address}/agreement")
    settled(two)
    expect(two.get_by_role("heading", level=1)).to_contain_text("to settle")
    expect(two.get_by_test_id("stDataFrame")).to_be_visible()
    two.locator(".st-key-differing-code input").fill(code)
    two.get_by_role("option", name=code).click()
    settled(two)
    difference = two.locator('[class*="st-key-differs-"]').first
    expect(difference).to_contain_text("left it unmarked")
    difference.get_by_role("textbox").fill("It is about trust, I overlooked it.")
    difference.get_by_role("button", name="Say it").click()
    expect(difference.get_by_text("I overlooked it")).to_be_visible()
    settled(two)
    many = two.locator('[class*="st-key-differs-"]').count()
    difference.get_by_role("button", name="It is", exact=True).click()
    expect(two.locator('[class*="st-key-differs-"]')).to_have_count(many - 1)
    one.goto(f"{site.address}/agreement")
    settled(one)
    one.get_by_text("Show what is settled, too").click()
    settled(one)
    one.locator(".st-key-differing-code input").fill(code)
    one.get_by_role("option", name=code).click()
    expect(one.get_by_text(f"Settled: it is “{code}”.")).to_be_visible()
    expect(one.get_by_text("I overlooked it")).to_be_visible()


@pytest.mark.usefixtures("themes")
def test_what_was_coded_is_counted_found_again_and_told_as_a_month(
    site: Site, visit: Visit
) -> None:
    names = [f"{name} {uuid4().hex[:6]}" for name in ("Light", "Machine")]
    light, machine = names
    link, code, person = run(site, CODED.replace("LIGHT", light).replace("MACHINE", machine))
    page = visit(link, size="phone")
    page.goto(f"{site.address}/matrix")
    expect(page.get_by_role("heading", level=1)).to_contain_text(light)
    expect(page.get_by_text("Of 6 people texts were read and coded.")).to_be_visible()
    cells = page.get_by_test_id("stDataFrame").locator('[role="gridcell"]')
    expect(cells.filter(has_text="67%")).to_have_count(1)
    expect(cells.filter(has_text="50%")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"{site.address}/retrieve?code={code}")
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("4 people say this")
    settled(page)
    page.get_by_role("radio", name="and", exact=True).click()
    settled(page)
    expect(title).to_have_text("3 people say this")
    expect(page.get_by_text("3 stretches of text")).to_be_visible()
    words = page.locator('[class*="st-key-passage-1-0"] [data-testid="stText"]').inner_text()
    page.get_by_role("link", name="Read it in its text").first.click()
    page.wait_for_selector(".zq-words")
    mark = page.locator(".zq-name", has_text=machine)
    expect(mark).to_have_attribute("title", words[:200] + (" …" if len(words) > 200 else ""))
    page.goto(f"{site.address}/case?person={person}")
    expect(title).to_have_text(f"How did the month go for {person}?")
    expect(page.get_by_text(f"Codes: {light} / {machine}")).to_be_visible()
    page.goto(f"{site.address}/case?team=A")
    expect(title).to_contain_text("How did the month go for")
    expect(page.get_by_text(re.compile(f"“{light}” \\d+%"))).to_be_visible()
