"""Applying in German on a phone and coming back on another device; reviewing and inviting."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlmodel import Session, col, select

from data.database import open_session
from data.tables import Application, Letter, Membership, Person, Response, Review, Study, Team
from survey import entering
from survey.applying.states import State
from tests.applying_for_tests import a_call, a_reviewer, applied
from tests.browser.conftest import SIZES, Site, environment_of, free_port, serve, settled
from tests.browser.test_journey import scrolls_sideways
from tests.jobs.reminders.mail_server import MailServer
from tests.studies_for_tests import a_study

FORM = """
| survey |
| | type | name | label::English (en) | label::Deutsch (de) | required | appearance |
| | text | name | Your name | Dein Name | yes | |
| | text | motivation | Why do you apply? | Warum bewirbst du dich? | yes | multiline |
| | file | portfolio | A portfolio | Eine Arbeitsmappe | | |
"""
WHY = "Weil der Algorithmus wartet, wenn ich weine, und ich wissen will, warum."


@dataclass
class Place:
    """A server that sends letters, the letters it sent, and browsers to come in with."""

    site: Site
    mail: MailServer
    browser: Browser
    contexts: list[BrowserContext]

    @property
    def url(self) -> str:
        return f"sqlite:///{self.site.environment['DATA_FOLDER']}/zhenqing.db"

    def device(self, size: str, locale: str) -> Page:
        context = self.browser.new_context(viewport=SIZES[size], locale=locale)  # type: ignore[arg-type] # width and height
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        return page

    def come_in(self, link: str, *, size: str = "desktop", locale: str = "en-US") -> Page:
        page = self.device(size, locale)
        page.goto(link)
        page.click("button")
        page.wait_for_selector("h1")
        settled(page)
        return page

    def letter_to(self, address: str, number: int) -> str:
        """Wait for so many letters to an address and return the last."""
        for _ in range(200):
            found = [each for each in self.mail.letters if str(each["To"]) == address]
            if len(found) >= number:
                body = found[number - 1].get_body(("plain",))
                assert body
                return str(body.get_content())
            time.sleep(0.1)
        raise AssertionError(f"no letter number {number} to {address}")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, MailServer]]:
    """Serve a fresh installation without a study, beside a mail server."""
    mail = MailServer()
    mail.start()
    folder: Path = tmp_path_factory.mktemp("applying")
    port = free_port()
    address = f"http://localhost:{port}"
    environment = environment_of(folder, address) | {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(mail.port),
        "SMTP_SECURITY": "none",
        "MAIL_FROM": "set@set.example",
    }
    site = Site(address, environment, None)  # type: ignore[arg-type] # set below
    site.manage("migrate")
    site.server = serve(environment, port, folder / "server.log")
    yield site, mail
    site.server.terminate()
    site.server.wait(timeout=30)
    mail.stop()


@pytest.fixture
def place(running: tuple[Site, MailServer], browser: Browser) -> Iterator[Place]:
    made = Place(*running, browser, [])
    yield made
    for context in made.contexts:
        context.close()


def new_study(session: Session) -> Study:
    return a_study(session, slug=f"set-{uuid4().hex[:8]}")


def link_to(place: Place, session: Session, membership: Membership, language: str = "en") -> str:
    entering.choose_language(session=session, account_id=membership.account_id, language=language)
    return f"{place.site.address}/enter/{entering.invite(session=session, membership=membership)}"


def link_in(letter: str) -> str:
    found = re.search(r"http\S+/enter/\S+", letter)
    assert found
    return found[0]


def agree(page: Page) -> None:
    page.locator(".st-key-agree label").click()
    settled(page)
    page.locator(".st-key-begin button").click()
    settled(page)


def begin_writing(page: Page) -> None:
    page.locator(".st-key-apply button").click()
    settled(page)


def test_somebody_applies_in_german_on_a_phone_and_comes_back_on_another_device(
    place: Place,
) -> None:
    address = f"ana-{uuid4().hex[:6]}@film.example"
    with open_session(place.url) as session:
        study = new_study(session)
        a_call(session, study, form=FORM)
        session.commit()
    page = place.device("phone", "de-DE")
    page.goto(f"{place.site.address}/apply/{study.slug}")
    expect(page.get_by_role("heading", name="KI-Filmset: Bewerbung")).to_be_visible()
    assert not scrolls_sideways(page)
    page.fill("input[name=address]", address)
    page.locator("form button").click()
    page.wait_for_url("**/sent**")

    page = place.come_in(link_in(place.letter_to(address, 1)), size="phone", locale="de-DE")
    agree(page)
    begin_writing(page)
    expect(page.get_by_text("Warum bewirbst du dich?").first).to_be_visible()
    page.locator('[class*="motivation"] .zq-box').last.click()
    page.keyboard.type(WHY)
    page.wait_for_timeout(1500)  # it sends itself a second after the first key
    assert not scrolls_sideways(page)
    page.context.close()

    page = place.come_in(link_in(place.letter_to(address, 1)), locale="de-DE")
    begin_writing(page)
    box = page.locator('[class*="motivation"] .zq-box').last
    expect(box).to_contain_text(WHY) if box.evaluate("e => e.tagName") != "TEXTAREA" else expect(
        box
    ).to_have_value(WHY)
    files = page.locator("input[type=file]")
    files.set_input_files(
        {"name": "mappe.pdf", "mimeType": "application/pdf", "buffer": b"MZ this is a program"}
    )
    expect(page.get_by_role("alert")).to_contain_text("mappe.pdf")
    page.locator('[class*="-name"] .zq-box').last.click()
    page.keyboard.type("Ana Lima")
    page.wait_for_timeout(1500)
    page.keyboard.press("Tab")
    settled(page)
    page.locator(".st-key-send button").click()
    expect(page.locator(".st-key-correct button")).to_be_visible()
    assert "A0001" in place.letter_to(address, 2)
    with open_session(place.url) as session:
        response = session.exec(select(Response).join(Person).where(Person.email == address)).one()
        application = session.exec(
            select(Application).where(Application.person_id == response.person_id)
        ).one()
    assert response.answers["motivation"] == WHY
    assert (application.state, application.confirmed_at is not None) == ("sent", True)


def judge(page: Page, code: str) -> None:
    """Read an application without its name, score it and be done."""
    page.get_by_role("button", name=f"Read {code}", exact=True).click()
    settled(page)
    expect(page.get_by_role("heading", name=code)).to_be_visible()
    expect(page.get_by_text("Wiesenthal")).to_have_count(0)
    finish = page.locator(".st-key-finish button")
    for number, criterion in enumerate(("craft", "sincerity", "openness")):
        scale = page.locator(f'[class*="st-key-score-"][class*="-{criterion}"]')
        scale.get_by_role("radio", name=str(3 + number % 2), exact=True).click()
        settled(page)
    finish.click()
    expect(finish).to_have_count(0)
    settled(page)


def invite(page: Page, address: str) -> None:
    """Read what the reviewer said, and send the letter that ships."""
    page.goto(address)
    expect(page.get_by_text("3 / 5").first).to_be_visible()
    settled(page)
    page.locator('[class*="st-key-answer-"]').get_by_role("radio", name="Invite").click()
    settled(page)
    page.locator('[class*="st-key-send-"] button').click()
    expect(page.get_by_text("The letter is on its way.")).to_be_visible()


def put_into_team_a(page: Page, application: Application) -> None:
    """Choose a team on the board and take the one step."""
    team = page.locator(f'[class*="st-key-team-{application.id}"]')
    team.get_by_role("combobox").click()
    page.get_by_role("option", name="Team A").click()
    settled(page)
    page.locator('[class*="st-key-sure-"] label').click()
    settled(page)
    page.locator(".st-key-join button").click()
    expect(page.get_by_text("One person is a participant now: P02.")).to_be_visible()


def test_an_application_is_judged_without_its_name_and_its_person_invited(place: Place) -> None:
    with open_session(place.url) as session:
        study = new_study(session)
        call = a_call(session, study)
        address = f"robin-{study.slug}@people.example"
        application = applied(session, call, 1, name="Robin Wiesenthal", address=address)
        applied(session, call, 2, address=f"two-{study.slug}@people.example")
        reviewer = link_to(place, session, a_reviewer(session, call))
        coordinator = entering.open_account(session=session, study_id=study.id, role="coordinator")
        coordinate = link_to(place, session, coordinator)
        session.commit()
        code = session.get_one(Person, application.person_id).code

    judge(place.come_in(reviewer), code)
    with open_session(place.url) as session:
        review = session.exec(select(Review).where(Review.application_id == application.id)).one()
    assert review.scores == {"craft": 3, "sincerity": 4, "openness": 3}

    page = place.come_in(coordinate)
    invite(page, f"{place.site.address}/applicant?application={application.id}")
    invitation = place.letter_to(address, 2)  # the first is the receipt
    assert "Robin Wiesenthal" in invitation

    theirs = place.come_in(link_in(invitation), size="phone")
    agree(theirs)
    theirs.locator(".st-key-come button").click()
    expect(theirs.locator(".st-key-come button")).to_have_count(0)

    page.goto(f"{place.site.address}/board")
    settled(page)
    put_into_team_a(page, application)
    with open_session(place.url) as session:
        letters = session.exec(
            select(Letter.what).where(
                Letter.application_id == application.id, Letter.kind == "answer"
            )
        ).all()
        person, team_code = session.exec(
            select(Person, Team.code)
            .join(Team, col(Team.id) == col(Person.team_id))
            .where(Person.study_id == study.id, Person.code == "P02")
        ).one()
    assert list(letters) == [State.INVITED.value]
    assert (person.name, team_code) == ("Robin Wiesenthal", "A")
